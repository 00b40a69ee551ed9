package org.hsi4j.unmixing;

import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;

/** Abundances that are an affine function of the pixel: a = W y + c. Costs 2 p B flops a pixel. */
@SuppressWarnings("ArrayRecordComponent") // private to the package, never handed out and never compared
record LinearModel(double[][] weights, double[] constants, Diagnostics diagnostics) implements AbundanceModel {
    private static final long serialVersionUID = 1L;

    @Override
    public int bands() {
        return weights[0].length;
    }

    @Override
    public int outputs() {
        return weights.length;
    }

    @Override
    public Worker worker() {
        return this::apply;
    }

    private void apply(PixelTile tile, double[][] output) {
        int n = tile.size();
        Kernels.best().multiply(weights, tile.planes(), n, output);
        for (int k = 0; k < constants.length; k++) {
            double c = constants[k];
            for (int i = 0; i < n; i++) {
                output[k][i] += c;
            }
        }
    }
}
