package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Generalised likelihood ratio test for a target of unknown strength in Gaussian background whose covariance was estimated
 * from N pixels (Kelly).
 *
 * <p>With the mean m and the covariance C = L L' of the background, z = L<sup>-1</sup> (x - m) and s = L<sup>-1</sup> (t - m), the score of
 * {@link #signed()} is s'z / sqrt(s's (1 + z'z / N)), negative for the opposite of the target; that of {@link #squared()} is its square,
 * which is Kelly's statistic times N and rewards the opposite too. The score is in standard deviations of the
 * background: it is that of the {@link SpectralMatchedFilter} but for pixels that lie as far from the mean as only N pixels can
 * tell, and bounded by sqrt(N). For a Gaussian background the square over N is beta distributed with the parameters 1/2 and
 * (N - B + 1) / 2, which gives thresholds and p-values when N is at least B; the mean's own error is left out of that.
 *
 * <p>{@link #averaged()} and {@link #averagedSquared()} have 1 in place of 1/N, as some tools do that put the averaged
 * covariance where the paper has the summed one: s'z / sqrt(s's (1 + z'z)), which for more than a few bands is {@link Ace}. They are
 * there for comparison and know no distribution.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. A pixel that is the mean has the score 0. Invalid pixels take no part and are NaN. Costs B<sup>2</sup>
 * flops a pixel for the background and as much for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Glrt.signed()).falseAlarmRate(1e-3).run();
 * }</pre>
 */
public final class Glrt implements TargetDetector {
    private final boolean averaged;
    private final boolean squared;
    private final Shrinkage shrinkage;
    private final double loading;

    private Glrt(boolean averaged, boolean squared, Shrinkage shrinkage, double loading) {
        this.averaged = averaged;
        this.squared = squared;
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * The root of Kelly's statistic with the sign of the target's strength.
     *
     * @return the method, named {@code glrt}
     */
    public static Glrt signed() {
        return new Glrt(false, false, Shrinkage.AUTO, 0);
    }

    /**
     * Kelly's statistic, times the number of pixels.
     *
     * @return the method, named {@code glrt-squared}
     */
    public static Glrt squared() {
        return new Glrt(false, true, Shrinkage.AUTO, 0);
    }

    /**
     * As {@link #signed()} with the averaged covariance in place of the summed one.
     *
     * @return the method, named {@code glrt1}
     */
    public static Glrt averaged() {
        return new Glrt(true, false, Shrinkage.AUTO, 0);
    }

    /**
     * As {@link #squared()} with the averaged covariance in place of the summed one.
     *
     * @return the method, named {@code glrt1-squared}
     */
    public static Glrt averagedSquared() {
        return new Glrt(true, true, Shrinkage.AUTO, 0);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Glrt withShrinkage(Shrinkage newShrinkage) {
        return new Glrt(averaged, squared, Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
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
    public Glrt withLoading(double share) {
        return new Glrt(averaged, squared, shrinkage, Windows.requireLoading(share));
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
        return (averaged ? "glrt1" : "glrt") + (squared ? "-squared" : "");
    }

    @Override
    public String summary() {
        return "Likelihood ratio of target and background" + (averaged ? ", averaged covariance" : "")
                + (squared ? ", both signs." : ", with the sign of the target.");
    }

    @Override
    public String reference() {
        return "Kelly, An adaptive detection algorithm, 1986";
    }

    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        Background estimate = Background.of(background, shrinkage, loading, context);
        double[] direction = estimate.direction(target);
        return averaged
                ? CoherenceModel.averaged(estimate, direction, squared)
                : CoherenceModel.kelly(estimate, direction, squared);
    }
}
