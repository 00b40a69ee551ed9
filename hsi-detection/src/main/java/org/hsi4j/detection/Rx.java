package org.hsi4j.detection;

import java.util.Objects;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
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
 * <p>With {@link #trimmed()} the pixels that are farthest from the background are left out and it is learnt once more, so that
 * anomalies do not hide by widening it; distances are then multiplied by the factor by which that shrinks the variances of a Gaussian, so the
 * distribution stays. Over airport-1, beach-1, urban-1, urban-2 of ABU and HYDICE it raises the mean AUC from .955 to .960; where an
 * anomaly is rare and strong already, or the background has more than one part, it may lower it.
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
    private static final double DEFAULT_TRIMMING = 0.05;

    private final double trimming;
    private final Shrinkage shrinkage;
    private final double loading;

    private Rx(double trimming, Shrinkage shrinkage, double loading) {
        this.trimming = trimming;
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * With the sample covariance, shrunk only where it must be.
     *
     * @return the method
     */
    public static Rx withDefaults() {
        return new Rx(0, Shrinkage.AUTO, 0);
    }

    /**
     * With the background learnt anew without the twentieth of its pixels that is farthest from it: {@link #withTrimming} of 0.05.
     *
     * @return the method, named {@code trimmed-rx}
     */
    public static Rx trimmed() {
        return withDefaults().withTrimming(DEFAULT_TRIMMING);
    }

    /**
     * The share of the background's pixels that are left out when it is learnt for the second time.
     *
     * @param share from 0 to 0.5; 0, no second time, by default
     * @return a changed copy, named {@code trimmed-rx} when the share is above zero
     * @throws IllegalArgumentException if it is negative or above 0.5
     */
    public Rx withTrimming(double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("the share to trim must be from 0 to 0.5, not " + share);
        }
        return new Rx(share, shrinkage, loading);
    }

    /**
     * The share of the background's pixels that are left out.
     *
     * @return zero to a half
     */
    public double trimming() {
        return trimming;
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Rx withShrinkage(Shrinkage newShrinkage) {
        return new Rx(trimming, Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
    }

    /**
     * How the covariance is shrunk.
     *
     * @return the choice
     */
    public Shrinkage shrinkage() {
        return shrinkage;
    }

    /**
     * A fixed loading of the covariance's diagonal, besides the shrinkage.
     *
     * @param share in mean variances of the bands, zero or more; 0 by default. Production plume detectors use 10<sup>-10</sup>
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Rx withLoading(double share) {
        return new Rx(trimming, shrinkage, Windows.requireLoading(share));
    }

    /**
     * What is added to the diagonal.
     *
     * @return in mean variances of the bands
     */
    public double loading() {
        return loading;
    }

    @Override
    public String name() {
        return trimming > 0 ? "trimmed-rx" : "rx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance from the mean of the scene"
                + (trimming > 0 ? ", learnt without its outermost pixels." : ".");
    }

    @Override
    public String reference() {
        return "Reed and Yu, Adaptive multiple-band CFAR detection of an optical pattern with unknown spectral distribution,"
                + " 1990";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        Background estimate = Background.of(background, shrinkage, loading, context);
        Model all = new Model(estimate.mahalanobis(), 1, estimate.diagnostics());
        return trimming > 0 ? trimmed(background, all, context) : all;
    }

    private Model trimmed(Cube background, Model all, RunContext context) {
        ScoreMap scores = all.score(background, context).scores();
        Mask outermost = scores.above(Decision.exceededBy(scores, trimming).orElseThrow());
        Background estimate = Background.of(background.masked(outermost.not()), shrinkage, loading, context);
        int bands = estimate.bands();
        double share = (double) outermost.count() / scores.valid().count();
        Diagnostics diagnostics = estimate.diagnostics().with("trimmed-pixels", outermost.count());
        return new Model(estimate.mahalanobis(), shortened(bands, share), diagnostics);
    }

    /**
     * The factor by which a Gaussian's variances shrink when the share beyond a distance is cut off: by that the squared distances
     * have grown.
     */
    private static double shortened(int bands, double share) {
        if (share == 0) {
            return 1;
        }
        double limit = ChiSquaredDistribution.of(bands).inverseSurvivalProbability(share);
        return ChiSquaredDistribution.of(bands + 2).cumulativeProbability(limit) / (1 - share);
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final Mahalanobis mahalanobis;
        private final double factor;

        Model(Mahalanobis mahalanobis, double factor, Diagnostics diagnostics) {
            super(mahalanobis.bands(), new BackgroundLaw.ChiSquare(mahalanobis.bands()), diagnostics);
            this.mahalanobis = mahalanobis;
            this.factor = factor;
        }

        @Override
        public Worker worker() {
            return (tile, output) -> {
                mahalanobis.squaredDistances(tile, output[0]);
                int n = factor == 1 ? 0 : tile.size();
                for (int i = 0; i < n; i++) {
                    output[0][i] *= factor;
                }
            };
        }
    }
}
