package org.hsi4j.detection;

import org.hsi4j.PixelTile;
import org.hsi4j.stats.Mahalanobis;
import org.jspecify.annotations.Nullable;

/**
 * The component of a whitened pixel along the target by a measure of its length: a / sqrt(fixed + share q), with a = s'z / |s|
 * and q = z'z, or the square of that. Costs B<sup>2</sup> flops a pixel.
 */
final class CoherenceModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final Mahalanobis mahalanobis;
    private final LinearFilter projection; // on s / |s|
    private final double fixed;
    private final double share;
    private final boolean squared;

    private CoherenceModel(
            Background background,
            double[] direction,
            double fixed,
            double share,
            boolean squared,
            @Nullable BackgroundLaw law) {
        super(background.bands(), law, background.diagnostics());
        this.mahalanobis = background.mahalanobis();
        this.projection = LinearFilter.along(background, Background.unit(direction));
        this.fixed = fixed;
        this.share = share;
        this.squared = squared;
    }

    /** The cosine between pixel and target. */
    static CoherenceModel cosine(Background background, double[] direction, boolean squared) {
        return new CoherenceModel(background, direction, 0, 1, squared, cosineLaw(background.bands(), squared));
    }

    /** Kelly's ratio: the component in deviations of a background that was estimated from so many pixels. */
    static CoherenceModel kelly(Background background, double[] direction, boolean squared) {
        double pixels = background.pixels();
        // Kelly's statistic is a cosine in N - B + 2 dimensions, N of them the pixels.
        double dimensions = pixels - background.bands() + 2;
        BackgroundLaw law = dimensions < 2
                ? null
                : new BackgroundLaw.Scaled(
                        squared ? new BackgroundLaw.SquaredCosine(dimensions) : new BackgroundLaw.Cosine(dimensions),
                        squared ? pixels : Math.sqrt(pixels),
                        0);
        return new CoherenceModel(background, direction, 1, 1 / pixels, squared, law);
    }

    /** Kelly's ratio with the averaged covariance in place of the summed one. */
    static CoherenceModel averaged(Background background, double[] direction, boolean squared) {
        return new CoherenceModel(background, direction, 1, 1, squared, null);
    }

    private static @Nullable BackgroundLaw cosineLaw(int bands, boolean squared) {
        if (bands == 1) {
            return null; // the cosine is nothing but a sign
        }
        return squared ? new BackgroundLaw.SquaredCosine(bands) : new BackgroundLaw.Cosine(bands);
    }

    @Override
    public Worker worker() {
        return new Coherence();
    }

    private final class Coherence implements Worker {
        private double[] squaredNorms = new double[0];

        @Override
        public void apply(PixelTile tile, double[][] output) {
            int n = tile.size();
            if (squaredNorms.length < n) {
                squaredNorms = new double[tile.capacity()];
            }
            projection.apply(tile, output);
            mahalanobis.squaredDistances(tile, squaredNorms);
            double[] score = output[0];
            for (int i = 0; i < n; i++) {
                // No component is longer than the pixel: rounding must not say so.
                double length = Math.sqrt(squaredNorms[i]);
                double along = Math.max(-length, Math.min(length, score[i]));
                double ratio = length > 0 ? along / Math.sqrt(fixed + share * squaredNorms[i]) : 0.0;
                score[i] = squared ? ratio * ratio : ratio;
            }
        }
    }
}
