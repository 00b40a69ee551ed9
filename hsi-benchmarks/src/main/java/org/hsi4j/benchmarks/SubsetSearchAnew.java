package org.hsi4j.benchmarks;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * FCLS by its definition with nothing kept from one pixel to the next: for every set of endmembers the matrix E of its columns
 * is formed, E'E is inverted, the unconstrained solution a = (E'E)<sup>-1</sup>E'y is moved to the nearest one that
 * sums to one in the metric of E'E, and of those without a negative abundance that of the least residual over all bands is taken.
 * This is how the JVM's other unmixing program is built; {@link SubsetSearch} is the same search with all inverses prepared.
 */
final class SubsetSearchAnew {
    private final double[][] endmembers;
    private final int p;

    SubsetSearchAnew(double[][] endmembers) {
        this.endmembers = endmembers;
        this.p = endmembers[0].length;
    }

    /** Solves one pixel. */
    double[] solve(double[] y) {
        DMatrixRMaj pixel = new DMatrixRMaj(y.length, 1, true, y);
        double[] best = new double[p];
        double least = Double.POSITIVE_INFINITY;
        for (int set = 1; set < 1 << p; set++) {
            DMatrixRMaj columns = columns(set);
            DMatrixRMaj a = sumToOne(columns, pixel);
            if (CommonOps_DDRM.elementMin(a) >= 0) {
                double residual = squaredResidual(columns, a, pixel);
                if (residual < least) {
                    least = residual;
                    best = spread(set, a);
                }
            }
        }
        return best;
    }

    private DMatrixRMaj columns(int set) {
        DMatrixRMaj columns = new DMatrixRMaj(endmembers.length, Integer.bitCount(set));
        for (int k = 0, column = 0; k < p; k++) {
            if ((set >> k & 1) == 1) {
                for (int b = 0; b < endmembers.length; b++) {
                    columns.set(b, column, endmembers[b][k]);
                }
                column++;
            }
        }
        return columns;
    }

    private static DMatrixRMaj sumToOne(DMatrixRMaj columns, DMatrixRMaj pixel) {
        int k = columns.numCols;
        DMatrixRMaj inverse = new DMatrixRMaj(k, k);
        CommonOps_DDRM.multTransA(columns, columns, inverse);
        if (!CommonOps_DDRM.invert(inverse)) {
            throw new IllegalArgumentException("the endmembers are dependent");
        }
        DMatrixRMaj products = new DMatrixRMaj(k, 1);
        CommonOps_DDRM.multTransA(columns, pixel, products);
        DMatrixRMaj a = new DMatrixRMaj(k, 1);
        CommonOps_DDRM.mult(inverse, products, a);
        DMatrixRMaj ones = new DMatrixRMaj(k, 1);
        CommonOps_DDRM.fill(ones, 1);
        DMatrixRMaj direction = new DMatrixRMaj(k, 1);
        CommonOps_DDRM.mult(inverse, ones, direction);
        double excess = CommonOps_DDRM.elementSum(a) - 1;
        CommonOps_DDRM.addEquals(a, -excess / CommonOps_DDRM.elementSum(direction), direction);
        return a;
    }

    private static double squaredResidual(DMatrixRMaj columns, DMatrixRMaj a, DMatrixRMaj pixel) {
        DMatrixRMaj model = new DMatrixRMaj(pixel.numRows, 1);
        CommonOps_DDRM.mult(columns, a, model);
        CommonOps_DDRM.subtractEquals(model, pixel);
        return Arrays.stream(model.data).map(v -> v * v).sum();
    }

    private double[] spread(int set, DMatrixRMaj a) {
        double[] all = new double[p];
        for (int k = 0, at = 0; k < p; k++) {
            if ((set >> k & 1) == 1) {
                all[k] = a.get(at++);
            }
        }
        return all;
    }
}
