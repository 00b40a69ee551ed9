package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Spectral matched filter: the linear filter with the best ratio of target to background, in standard deviations of the
 * background.
 *
 * <p>With the mean m and the covariance C = L L' of the background, z = L<sup>-1</sup> (x - m) and s = L<sup>-1</sup> (t - m), the score is
 * s'z / |s|: under the background it has mean zero and variance one, and is normal when the background is Gaussian, which gives
 * thresholds and p-values. {@link MatchedFilter} ranks pixels alike and tells the share of the target instead. The score
 * does not change when scene, background and target go through the same invertible affine map.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the background and 3 B
 * for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(SpectralMatchedFilter.withDefaults()).falseAlarmRate(1e-3).run();
 * }</pre>
 */
public final class SpectralMatchedFilter implements TargetDetector {
    private final Shrinkage shrinkage;
    private final double loading;
    private final BackgroundExtent backgroundExtent;

    private SpectralMatchedFilter(Shrinkage shrinkage, double loading, BackgroundExtent backgroundExtent) {
        this.shrinkage = shrinkage;
        this.loading = loading;
        this.backgroundExtent = backgroundExtent;
    }

    /**
     * With the sample covariance, shrunk only where it must be.
     *
     * @return the method
     */
    public static SpectralMatchedFilter withDefaults() {
        return new SpectralMatchedFilter(Shrinkage.AUTO, 0, BackgroundExtent.SCENE);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public SpectralMatchedFilter withShrinkage(Shrinkage newShrinkage) {
        return new SpectralMatchedFilter(Objects.requireNonNull(newShrinkage, "shrinkage"), loading, backgroundExtent);
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
    public SpectralMatchedFilter withLoading(double share) {
        return new SpectralMatchedFilter(shrinkage, Windows.requireLoading(share), backgroundExtent);
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
    public SpectralMatchedFilter withBackgroundExtent(BackgroundExtent newExtent) {
        return new SpectralMatchedFilter(shrinkage, loading, Objects.requireNonNull(newExtent, "backgroundExtent"));
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
        return "smf";
    }

    @Override
    public String summary() {
        return "Linear filter matched to the target, in standard deviations of the background.";
    }

    @Override
    public String reference() {
        return "Eismann, Hyperspectral Remote Sensing, 2012, section 14.2";
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
                loading, estimate -> FilterModel.matched(estimate, estimate.direction(target), 1), context);
    }
}
