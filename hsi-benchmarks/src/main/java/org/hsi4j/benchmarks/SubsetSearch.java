package org.hsi4j.benchmarks;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * FCLS by its definition: the least-squares problem with the sum is solved on every set of endmembers, and of the solutions
 * without a negative abundance that of the least residual is taken. What only depends on the set, the inverse of its bordered
 * normal equations, is prepared once. Costs 2<sup>p</sup> solutions and residuals a pixel.
 */
final class SubsetSearch {
    private final double[][] endmembers;
    private final int p;
    private final DMatrixRMaj[] inverses;
    private final double[] products;
    private final double[] trial;

    SubsetSearch(double[][] endmembers) {
        this.endmembers = endmembers;
        this.p = endmembers[0].length;
        this.inverses = new DMatrixRMaj[1 << p];
        this.products = new double[p];
        this.trial = new double[p];
        for (int set = 1; set < inverses.length; set++) {
            inverses[set] = inverse(set);
        }
    }

    private DMatrixRMaj inverse(int set) {
        int k = Integer.bitCount(set);
        DMatrixRMaj bordered = new DMatrixRMaj(k + 1, k + 1);
        for (int i = 0, row = 0; i < p; i++) {
            for (int j = 0, column = 0; (set >> i & 1) == 1 && j < p; j++) {
                if ((set >> j & 1) == 1) {
                    double sum = 0;
                    for (double[] band : endmembers) {
                        sum += band[i] * band[j];
                    }
                    bordered.set(row, column++, sum);
                }
            }
            if ((set >> i & 1) == 1) {
                bordered.set(row, k, 1);
                bordered.set(k, row++, 1);
            }
        }
        if (!CommonOps_DDRM.invert(bordered)) {
            throw new IllegalArgumentException("the endmembers are dependent");
        }
        return bordered;
    }

    /** Solves one pixel. */
    void solve(double[] y, double[] a) {
        for (int k = 0; k < p; k++) {
            double sum = 0;
            for (int b = 0; b < y.length; b++) {
                sum += endmembers[b][k] * y[b];
            }
            products[k] = sum;
        }
        double least = Double.POSITIVE_INFINITY;
        for (int set = 1; set < inverses.length; set++) {
            if (solveOn(set)) {
                double residual = squaredResidual(y);
                if (residual < least) {
                    least = residual;
                    System.arraycopy(trial, 0, a, 0, p);
                }
            }
        }
    }

    private boolean solveOn(int set) {
        DMatrixRMaj inverse = inverses[set];
        int last = inverse.numCols - 1;
        boolean feasible = true;
        for (int i = 0, row = 0; i < p; i++) {
            double sum = 0;
            if ((set >> i & 1) == 1) {
                sum = inverse.unsafe_get(row, last);
                for (int j = 0, column = 0; j < p; j++) {
                    if ((set >> j & 1) == 1) {
                        sum += inverse.unsafe_get(row, column++) * products[j];
                    }
                }
                row++;
            }
            trial[i] = sum;
            feasible &= sum >= 0;
        }
        return feasible;
    }

    private double squaredResidual(double[] y) {
        double sum = 0;
        for (int b = 0; b < y.length; b++) {
            double rest = y[b];
            for (int k = 0; k < p; k++) {
                rest -= endmembers[b][k] * trial[k];
            }
            sum += rest * rest;
        }
        return sum;
    }
}
