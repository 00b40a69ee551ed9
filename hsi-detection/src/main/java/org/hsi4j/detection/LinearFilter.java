package org.hsi4j.detection;

import java.io.Serializable;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;

/**
 * A component of the whitened spectra, d' L<sup>-1</sup> (x - m), as one product a pixel: w'x - w'm with w = L'<sup>-1</sup> d. The mean goes out
 * after the product, which is one pass less over the tile; that costs no digits that the rounding of the mean itself has not
 * cost already. Costs 2 B flops a pixel.
 */
final class LinearFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[][] weights; // a matrix of one row
    private final double atMean;

    private LinearFilter(double[] weights, double[] mean) {
        this.weights = new double[][] {weights};
        this.atMean = atMean(mean);
    }

    /** By the kernel that filters the pixels, so that a pixel that is the mean gets exactly zero. */
    private double atMean(double[] mean) {
        double[][] pixel = new double[mean.length][];
        for (int b = 0; b < mean.length; b++) {
            pixel[b] = new double[] {mean[b]};
        }
        double[][] value = new double[1][1];
        Kernels.best().multiply(weights, pixel, 1, value);
        return value[0][0];
    }

    static LinearFilter along(Background background, double[] direction) {
        return new LinearFilter(background.whitening().filter(direction), background.mean());
    }

    void apply(PixelTile tile, double[][] output) {
        tile.multiply(weights, output);
        double[] score = output[0];
        for (int i = 0; i < tile.span(); i++) {
            score[i] -= atMean;
        }
    }
}
