package org.hsi4j.stats;

import java.io.Serializable;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;

/**
 * Takes a background's mean and covariance C = L L' out of spectra: z = L<sup>-1</sup> (x - m), so that the background has mean
 * zero and unit covariance. C is never inverted. Immutable, serialisable, thread-safe. Costs B<sup>2</sup> flops a pixel.
 *
 * @serial exclude
 */
public final class Whitening implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[][] lower;

    private Whitening(double[] mean, double[][] lower) {
        this.mean = mean;
        this.lower = lower;
    }

    static Whitening of(double[] mean, double[][] lower) {
        return new Whitening(mean, lower);
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return mean.length;
    }

    /**
     * Whitens the pixels of a tile in place.
     *
     * @param tile as many bands as the background
     * @throws IllegalArgumentException if the number of bands differs
     */
    public void apply(PixelTile tile) {
        if (tile.bands() != mean.length) {
            throw new IllegalArgumentException(
                    "the tile has " + tile.bands() + " bands but the background has " + mean.length);
        }
        Kernels.best().whiten(lower, mean, tile.planes(), tile.size());
    }

    /**
     * Whitens one spectrum.
     *
     * @param spectrum one value a band
     * @return L<sup>-1</sup> (spectrum - m)
     * @throws IllegalArgumentException if the number of bands differs
     */
    public double[] apply(double[] spectrum) {
        requireBands("spectrum", spectrum);
        double[] z = new double[mean.length];
        for (int b = 0; b < z.length; b++) {
            z[b] = spectrum[b] - mean[b];
        }
        Dense.forward(lower, z);
        return z;
    }

    /**
     * The linear filter that gives a component of whitened spectra: w = L'<sup>-1</sup> d, so that w' (x - m) = d' z for every
     * x. One product of B terms a pixel then does what whitening does in B<sup>2</sup> / 2.
     *
     * @param direction d, one value a band
     * @return w, one value a band
     * @throws IllegalArgumentException if the number of bands differs
     */
    public double[] filter(double[] direction) {
        requireBands("direction", direction);
        double[] w = direction.clone();
        Dense.backward(lower, w);
        return w;
    }

    private void requireBands(String what, double[] values) {
        if (values.length != mean.length) {
            throw new IllegalArgumentException(
                    what + " has " + values.length + " bands but the background has " + mean.length);
        }
    }
}
