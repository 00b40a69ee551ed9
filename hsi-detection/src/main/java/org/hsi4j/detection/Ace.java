package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Adaptive coherence (cosine) estimator: how well the direction of a pixel agrees with that of the target where the background
 * is white, whatever the pixel's contrast.
 *
 * <p>With the mean m and the covariance C = L L' of the background, z = L<sup>-1</sup> (x - m) and s = L<sup>-1</sup> (t - m), the score of
 * {@link #signed()} is s'z / sqrt(s's z'z), the cosine between s and z, from -1 to 1. That of {@link #squared()} is its square;
 * it also rewards pixels that are the opposite of the target, and on a synthetic scene with fills of 1 to 8 % its AUC was
 * .862 instead of .921, so it is there for comparison with other tools. A pixel equal to the mean has the score 0.
 *
 * <p>The score does not change when scene, background and target go through the same invertible affine map, nor when
 * the contrast of a pixel changes. For Gaussian background the square is beta distributed with the parameters 1/2 and
 * (B-1)/2 and both signs are equally likely, which gives thresholds and p-values when there is more than one band.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the background and as much
 * for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Ace.signed()).falseAlarmRate(1e-3).run();
 * }</pre>
 */
public final class Ace implements TargetDetector {
    private final boolean squared;
    private final Shrinkage shrinkage;
    private final double loading;
    private final BackgroundExtent backgroundExtent;

    private Ace(boolean squared, Shrinkage shrinkage, double loading, BackgroundExtent backgroundExtent) {
        this.squared = squared;
        this.shrinkage = shrinkage;
        this.loading = loading;
        this.backgroundExtent = backgroundExtent;
    }

    /**
     * The cosine itself, negative for the opposite of the target: what you want.
     *
     * @return the method, named {@code ace}
     */
    public static Ace signed() {
        return new Ace(false, Shrinkage.AUTO, 0, BackgroundExtent.SCENE);
    }

    /**
     * The square of the cosine, as the original papers and many tools have it.
     *
     * @return the method, named {@code ace-squared}
     */
    public static Ace squared() {
        return new Ace(true, Shrinkage.AUTO, 0, BackgroundExtent.SCENE);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Ace withShrinkage(Shrinkage newShrinkage) {
        return new Ace(squared, Objects.requireNonNull(newShrinkage, "shrinkage"), loading, backgroundExtent);
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
    public Ace withLoading(double share) {
        return new Ace(squared, shrinkage, Windows.requireLoading(share), backgroundExtent);
    }

    /**
     * What is added to the diagonal.
     *
     * @return in mean variances of the bands
     */
    public double loading() {
        return loading;
    }

    /**
     * What the background is taken from.
     *
     * @param newExtent {@link BackgroundExtent#SCENE} by default; with {@link BackgroundExtent#COLUMNS} a model applies to scenes of as many
     *     columns, knows no distribution of its scores, and {@link ColumnBackground} says what is done about few rows
     * @return a changed copy
     */
    public Ace withBackgroundExtent(BackgroundExtent newExtent) {
        return new Ace(squared, shrinkage, loading, Objects.requireNonNull(newExtent, "backgroundExtent"));
    }

    /**
     * What the background is taken from.
     *
     * @return the choice
     */
    public BackgroundExtent backgroundExtent() {
        return backgroundExtent;
    }

    @Override
    public String name() {
        return squared ? "ace-squared" : "ace";
    }

    @Override
    public String summary() {
        return squared
                ? "Squared cosine between pixel and target where the background is white."
                : "Cosine between pixel and target where the background is white.";
    }

    @Override
    public String reference() {
        return "Kraut, Scharf and Butler, The adaptive coherence estimator: a uniformly most-powerful-invariant adaptive"
                + " detection statistic, 2005";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        BackgroundStatistics statistics = backgroundExtent == BackgroundExtent.COLUMNS
                ? ColumnBackground.of(background, context)
                : SceneBackground.of(background, shrinkage, context);
        return fit(statistics, target, context);
    }

    /**
     * From a background that is known, in place of a scene.
     *
     * @param background what is known of it; shrinkage and extent are its own
     * @param target the spectrum sought, in the bands and the unit of the background
     * @param context threads, progress and cancellation
     * @return a model whose score is larger the more a pixel looks like the target
     * @throws IllegalArgumentException if the target has another number of bands, a NaN, or is the mean of the background, or of one of
     *     its parts
     */
    public DetectionModel fit(BackgroundStatistics background, Spectrum target, RunContext context) {
        Background.requireSpectrum("target", target, background.bands(), "background");
        return background.model(
                loading, estimate -> CoherenceModel.cosine(estimate, estimate.direction(target), squared), context);
    }
}
