package org.hsi4j.detection;

import java.util.Objects;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * {@link Ace}, {@link SpectralMatchedFilter} or {@link MatchedFilter} against the surroundings of each pixel, the ring between an inner and an outer
 * window, in place of one background for the whole scene.
 *
 * <p>With the mean m and the loaded covariance C = L L' of the ring, z = L<sup>-1</sup> (x - m) and s = L<sup>-1</sup> (t - m), the score of
 * {@link #ace()} is s'z / (|s| |z|), of {@link #aceSquared()} its square, of {@link #smf()} s'z / |s|, and of {@link #mf()} s'z / s's. A pixel or a target that is the mean
 * gives 0. It pays where the background changes across the scene; where it does not, the few pixels of a ring know their covariance less well
 * than the scene does: on a stationary synthetic scene the AUC of the local cosine is below that of the global one.
 *
 * <p>Windows, borders, loading, the covariance of the scene in place of the ring's and rings of too few pixels are those of {@link DualWindowRx}, and so is the cost: B<sup>3</sup> / 3 + 10 B<sup>2</sup>
 * flops a pixel. The scores of few pixels have no simple distribution, so there are no thresholds or p-values by the model.
 * Invalid pixels are NaN and in no ring. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(DualWindowTarget.ace().withOuterWindow(21)).run();
 * }</pre>
 */
public final class DualWindowTarget implements TargetDetector {
    private final RingStatistic statistic;
    private final Windows windows;
    private final double loading;
    private final WindowCovariance covariance;

    private DualWindowTarget(RingStatistic statistic, Windows windows, double loading, WindowCovariance covariance) {
        this.statistic = statistic;
        this.windows = windows;
        this.loading = loading;
        this.covariance = covariance;
    }

    private static DualWindowTarget of(RingStatistic statistic) {
        return new DualWindowTarget(statistic, Windows.byBands(), DualWindowRx.DEFAULT_LOADING, WindowCovariance.RING);
    }

    /**
     * The cosine between pixel and target.
     *
     * @return the method, named {@code local-ace}
     */
    public static DualWindowTarget ace() {
        return of(RingStatistic.COSINE);
    }

    /**
     * The squared cosine, which rewards the opposite of the target too.
     *
     * @return the method, named {@code local-ace-squared}
     */
    public static DualWindowTarget aceSquared() {
        return of(RingStatistic.SQUARED_COSINE);
    }

    /**
     * The matched filter in standard deviations of the ring.
     *
     * @return the method, named {@code local-smf}
     */
    public static DualWindowTarget smf() {
        return of(RingStatistic.DEVIATIONS);
    }

    /**
     * The matched filter that tells the target's share.
     *
     * @return the method, named {@code local-mf}
     */
    public static DualWindowTarget mf() {
        return of(RingStatistic.SHARE);
    }

    /**
     * Another inner window, whose pixels are left out.
     *
     * @param pixels pixels a side, odd, at least 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than one, or not smaller than an outer window that was set
     */
    public DualWindowTarget withInnerWindow(int pixels) {
        return new DualWindowTarget(statistic, windows.withInner(pixels), loading, covariance);
    }

    /**
     * The inner window.
     *
     * @return pixels a side; empty for 7, or half of the outer window if that is less
     */
    public OptionalInt innerWindow() {
        return windows.inner();
    }

    /**
     * Another outer window, whose pixels are the background.
     *
     * @param pixels pixels a side, odd, at least 3
     * @return a changed copy
     * @throws IllegalArgumentException if it is even, smaller than three, or not larger than an inner window that was set
     */
    public DualWindowTarget withOuterWindow(int pixels) {
        return new DualWindowTarget(statistic, windows.withOuter(pixels), loading, covariance);
    }

    /**
     * The outer window.
     *
     * @return pixels a side; empty for the smallest whose ring has two pixels a band
     */
    public OptionalInt outerWindow() {
        return windows.outer();
    }

    /**
     * Another loading of the diagonal.
     *
     * @param part in mean variances of the bands of the background, zero or more; 10<sup>-3</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public DualWindowTarget withLoading(double part) {
        return new DualWindowTarget(statistic, windows, Windows.requireLoading(part), covariance);
    }

    /**
     * What is added to the diagonal.
     *
     * @return in mean variances of the bands of the background
     */
    public double loading() {
        return loading;
    }

    /**
     * The covariance of the ring or that of the whole scene.
     *
     * @param whose {@link WindowCovariance#RING} by default
     * @return a changed copy
     */
    public DualWindowTarget withCovariance(WindowCovariance whose) {
        return new DualWindowTarget(statistic, windows, loading, Objects.requireNonNull(whose, "whose"));
    }

    /**
     * Whose covariance is taken.
     *
     * @return of the ring or of the scene
     */
    public WindowCovariance covariance() {
        return covariance;
    }

    @Override
    public String name() {
        return switch (statistic) {
            case DISTANCE -> throw new IllegalStateException("a distance has no target");
            case COSINE -> "local-ace";
            case SQUARED_COSINE -> "local-ace-squared";
            case DEVIATIONS -> "local-smf";
            case SHARE -> "local-mf";
        };
    }

    @Override
    public String summary() {
        return switch (statistic) {
            case DISTANCE -> throw new IllegalStateException("a distance has no target");
            case COSINE -> "Cosine between pixel and target where the ring around the pixel is white.";
            case SQUARED_COSINE -> "Squared cosine between pixel and target where the ring around the pixel is white.";
            case DEVIATIONS -> "Matched filter in standard deviations of the ring around the pixel.";
            case SHARE -> "Matched filter against the ring around the pixel, scaled to the target's share.";
        };
    }

    @Override
    public String reference() {
        return "Manolakis, Truslow, Pieper, Cooley and Brueggeman, Detection algorithms in hyperspectral imaging systems, 2014;"
                + " exact sliding windows";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        Background estimate = Background.of(background, Shrinkage.AUTO, context);
        return DualWindowModel.of(estimate, windows, loading, statistic, covariance, estimate.direction(target));
    }
}
