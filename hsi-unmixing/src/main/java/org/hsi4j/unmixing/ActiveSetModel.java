package org.hsi4j.unmixing;

import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.unmixing.internal.ActiveSet;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/** Abundances by an active set for each pixel, after one product that brings a whole tile to min(bands, p) numbers a pixel. */
record ActiveSetModel(EndmemberMatrix.Reduced problem, boolean sumToOne, int bands, Diagnostics diagnostics)
        implements AbundanceModel {
    private static final long serialVersionUID = 1L;

    @Override
    public int outputs() {
        return problem.columns().length;
    }

    @Override
    public Worker worker() {
        return new PixelByPixel();
    }

    private final class PixelByPixel implements Worker {
        private final ActiveSet solver = new ActiveSet(problem.columns(), sumToOne);
        private final double[] z = new double[problem.weights().length];
        private final double[] a = new double[outputs()];
        private double[][] reduced = new double[z.length][0];
        private long unconverged;

        @Override
        public void apply(PixelTile tile, double[][] output) {
            int n = tile.size();
            if (reduced[0].length < n) {
                reduced = new double[z.length][tile.capacity()];
            }
            Kernels.best().multiply(problem.weights(), tile.planes(), n, reduced);
            for (int i = 0; i < n; i++) {
                for (int k = 0; k < z.length; k++) {
                    z[k] = reduced[k][i];
                }
                if (!solver.solve(z, a)) {
                    unconverged++;
                }
                for (int k = 0; k < a.length; k++) {
                    output[k][i] = a[k];
                }
            }
        }

        @Override
        public long iterations() {
            return solver.iterations();
        }

        @Override
        public long unconverged() {
            return unconverged;
        }
    }
}
