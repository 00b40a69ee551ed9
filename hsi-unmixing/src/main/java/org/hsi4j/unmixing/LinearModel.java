package org.hsi4j.unmixing;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/** Abundances that are an affine function of the pixel. Costs 2 p (B + p) flops a pixel. */
record LinearModel(EndmemberMatrix.Affine map, int bands, Diagnostics diagnostics) implements PixelAbundanceModel {
    private static final long serialVersionUID = 1L;

    @Override
    public int outputs() {
        return map.constants().length;
    }

    @Override
    public Abundances solve(Cube scene, RunContext context) {
        return Passes.abundances(scene, this, Passes.capacityForProduct(scene, 2 * outputs() + 2), context);
    }

    @Override
    public Worker worker() {
        return new TwoProducts(map);
    }

    private static final class TwoProducts implements Worker {
        private final EndmemberMatrix.Affine map;
        private double[][] reduced;

        TwoProducts(EndmemberMatrix.Affine map) {
            this.map = map;
            this.reduced = new double[map.origin().length][0];
        }

        @Override
        public void apply(PixelTile tile, double[][] output) {
            if (reduced.length > 0 && reduced[0].length < tile.span()) {
                reduced = new double[reduced.length][tile.capacity()];
            }
            tile.multiply(map.reduce(), reduced);
            int n = tile.size();
            add(map.origin(), -1, reduced, n);
            Kernels.best().multiply(map.expand(), reduced, n, output);
            add(map.constants(), 1, output, n);
            if (map.remainder() >= 0) {
                fillRemainder(output, n);
            }
        }

        private void fillRemainder(double[][] output, int n) {
            double[] remainder = output[map.remainder()];
            Arrays.fill(remainder, 0, n, 1.0);
            for (double[] plane : output) {
                for (int i = 0; i < n && plane != remainder; i++) {
                    remainder[i] -= plane[i];
                }
            }
        }

        private static void add(double[] constants, double sign, double[][] planes, int n) {
            for (int k = 0; k < constants.length; k++) {
                double c = sign * constants[k];
                double[] plane = planes[k];
                for (int i = 0; i < n; i++) {
                    plane[i] += c;
                }
            }
        }
    }
}
