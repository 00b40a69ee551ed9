package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Mahalanobis;
import org.hsi4j.stats.Shrinkage;

/**
 * Global RX: the squared Mahalanobis distance of a pixel from the mean of the background.
 *
 * <p>With the mean m and the covariance C = L L' of the background, the score is z'z with z = L<sup>-1</sup> (x - m). It is
 * zero or larger, without unit, and does not change when scene and background go through the same invertible affine map.
 * For a Gaussian background of many more pixels than bands it is chi-square with B degrees of freedom, which gives
 * thresholds and p-values; real backgrounds have heavier tails, see {@link ThresholdRule}.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the background and as much
 * for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).with(Rx.withDefaults()).falseAlarmRate(1e-3).run();
 * }</pre>
 */
public final class Rx implements AnomalyDetector {
    private final Shrinkage shrinkage;

    private Rx(Shrinkage shrinkage) {
        this.shrinkage = shrinkage;
    }

    /**
     * With the sample covariance, shrunk only where it must be.
     *
     * @return the method
     */
    public static Rx withDefaults() {
        return new Rx(Shrinkage.AUTO);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Rx withShrinkage(Shrinkage newShrinkage) {
        return new Rx(Objects.requireNonNull(newShrinkage, "shrinkage"));
    }

    /**
     * How the covariance is shrunk.
     *
     * @return the choice
     */
    public Shrinkage shrinkage() {
        return shrinkage;
    }

    @Override
    public String name() {
        return "rx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance from the mean of the scene.";
    }

    @Override
    public String reference() {
        return "Reed and Yu, Adaptive multiple-band CFAR detection of an optical pattern with unknown spectral distribution,"
                + " 1990";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        Background estimate = Background.of(background, shrinkage, context);
        return new Model(estimate.mahalanobis(), estimate.diagnostics());
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final Mahalanobis mahalanobis;

        Model(Mahalanobis mahalanobis, Diagnostics diagnostics) {
            super(mahalanobis.bands(), new BackgroundLaw.ChiSquare(mahalanobis.bands()), diagnostics);
            this.mahalanobis = mahalanobis;
        }

        @Override
        public Worker worker() {
            return (tile, output) -> mahalanobis.squaredDistances(tile, output[0]);
        }
    }
}
