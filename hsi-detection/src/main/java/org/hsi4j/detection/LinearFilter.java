package org.hsi4j.detection;

import java.io.Serializable;
import java.util.Arrays;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.stats.Whitening;

/**
 * Components of the whitened spectra, d' L<sup>-1</sup> (x - m), each as one product a pixel: w'x - w'm with w = L'<sup>-1</sup> d. The mean goes out
 * after the product, which is one pass less over the tile; that costs no digits that the rounding of the mean itself has not
 * cost already. Costs 2 B flops a pixel and component.
 */
final class LinearFilter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[][] weights; // one row a component
    private final double[] atMean;

    private LinearFilter(double[][] weights, double[] mean) {
        this.weights = weights;
        this.atMean = atMean(mean);
    }

    /** By the kernel that filters the pixels, so that a pixel that is the mean gets exactly zero. */
    private double[] atMean(double[] mean) {
        double[][] pixel = new double[mean.length][];
        for (int b = 0; b < mean.length; b++) {
            pixel[b] = new double[] {mean[b]};
        }
        double[][] value = new double[weights.length][1];
        Kernels.best().multiply(weights, pixel, 1, value);
        return Arrays.stream(value).mapToDouble(v -> v[0]).toArray();
    }

    static LinearFilter along(Background background, double[]... directions) {
        Whitening whitening = background.whitening();
        return new LinearFilter(
                Arrays.stream(directions).map(whitening::filter).toArray(double[][]::new), background.mean());
    }

    /** w' (x - m) by its weights. */
    static LinearFilter of(double[] weights, double[] mean) {
        return new LinearFilter(new double[][] {weights}, mean);
    }

    void apply(PixelTile tile, double[][] output) {
        tile.multiply(weights, output);
        for (int k = 0; k < atMean.length; k++) {
            subtract(output[k], atMean[k], tile.span());
        }
    }

    private static void subtract(double[] values, double constant, int n) {
        for (int i = 0; i < n; i++) {
            values[i] -= constant;
        }
    }
}
