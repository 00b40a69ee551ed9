package org.hsi4j.stats;

import java.io.Serializable;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;

/**
 * Squared Mahalanobis distance of spectra from a background with the mean m and the covariance C = L L': the squared length
 * of L<sup>-1</sup> (x - m). The inverse of the factor L is kept, whose condition number is the square root of that of C; C itself is
 * never inverted. Where the whitened spectra themselves are needed, {@link Whitening} gives them. Immutable, serialisable,
 * thread-safe. Costs B<sup>2</sup> flops a pixel, and B<sup>3</sup> / 3 once.
 *
 * @serial exclude
 */
public final class Mahalanobis implements Serializable {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[][] upper; // transpose of the inverse of L

    private Mahalanobis(double[] mean, double[][] upper) {
        this.mean = mean;
        this.upper = upper;
    }

    static Mahalanobis of(double[] mean, double[][] lower) {
        double[][] upper = new double[mean.length][mean.length];
        for (int b = 0; b < upper.length; b++) {
            upper[b][b] = 1;
            Dense.forward(lower, upper[b]);
        }
        return new Mahalanobis(mean, upper);
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
     * Squared distances of the pixels of a tile, whose contents are overwritten.
     *
     * @param tile as many bands as the background
     * @param out one value a pixel
     * @throws IllegalArgumentException if the number of bands differs
     */
    public void squaredDistances(PixelTile tile, double[] out) {
        if (tile.bands() != mean.length) {
            throw new IllegalArgumentException(
                    "the tile has " + tile.bands() + " bands but the background has " + mean.length);
        }
        Kernels.best().squaredDistances(upper, mean, tile.planes(), tile.size(), out);
    }

    /**
     * Squared distances of pixels that are in no tile, whose samples are overwritten.
     *
     * @param planes one array a band, of which the first n entries count
     * @param n pixels
     * @param out one value a pixel
     * @throws IllegalArgumentException if the number of bands differs
     */
    public void squaredDistances(double[][] planes, int n, double[] out) {
        if (planes.length != mean.length) {
            throw new IllegalArgumentException(
                    "the pixels have " + planes.length + " bands but the background has " + mean.length);
        }
        Kernels.best().squaredDistances(upper, mean, planes, n, out);
    }
}
