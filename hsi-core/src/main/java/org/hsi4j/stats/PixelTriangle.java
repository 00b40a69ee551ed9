package org.hsi4j.stats;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** The triangle R with R'R the scatter of a scene's pixels, by orthogonal transformations: nothing is ever squared. */
final class PixelTriangle {
    private final double[] mean;
    private DMatrixRMaj triangle;

    private PixelTriangle(double[] mean) {
        this.mean = mean;
        this.triangle = new DMatrixRMaj(0, mean.length);
    }

    /** B x B, upper triangular. */
    static double[][] of(Cube cube, double[] mean, RunContext context) {
        long bytes = 24L * mean.length * (mean.length + PixelTile.capacityFor(mean.length));
        context.requireMemory(bytes * Tiles.mostPartials(cube, context), "the factor of the scene");
        PixelTriangle all = Tiles.reduce(
                cube, context, "factor", () -> new PixelTriangle(mean), PixelTriangle::add, PixelTriangle::join);
        int bands = mean.length;
        double[][] rows = new double[bands][bands];
        for (int i = 0; i < Math.min(bands, all.triangle.numRows); i++) {
            for (int j = i; j < bands; j++) {
                rows[i][j] = all.triangle.unsafe_get(i, j);
            }
        }
        return rows;
    }

    private void add(PixelTile tile) {
        int n = tile.size();
        DMatrixRMaj pixels = new DMatrixRMaj(n, mean.length);
        for (int b = 0; b < mean.length; b++) {
            double[] plane = tile.planes()[b];
            for (int i = 0; i < n; i++) {
                pixels.unsafe_set(i, b, plane[i] - mean[b]);
            }
        }
        reduce(pixels);
    }

    private PixelTriangle join(PixelTriangle later) {
        reduce(later.triangle);
        return this;
    }

    /** The triangle of the rows so far and these. */
    private void reduce(DMatrixRMaj more) {
        if (more.numRows == 0) {
            return;
        }
        int before = triangle.numRows;
        DMatrixRMaj stack = new DMatrixRMaj(before + more.numRows, mean.length);
        System.arraycopy(triangle.data, 0, stack.data, 0, before * mean.length);
        System.arraycopy(more.data, 0, stack.data, before * mean.length, more.numRows * mean.length);
        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(stack.numRows, stack.numCols);
        if (!qr.decompose(stack)) {
            throw new IllegalArgumentException("the pixels could not be factored: a sample is not finite");
        }
        triangle = qr.getR(null, true);
    }
}
