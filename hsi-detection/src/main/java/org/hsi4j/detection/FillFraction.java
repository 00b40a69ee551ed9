package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * How much of a pixel the target fills, with a standard error, from the background's mean and covariance alone: without endmembers
 * and without unmixing.
 *
 * <p>A pixel of which the target fills the share a has the mean a t + (1 - a) m and the covariance (1 - a)<sup>2</sup> C, because what it fills is
 * background no longer (replacement model). With C = L L', z = L<sup>-1</sup> (x - m), s = L<sup>-1</sup> (t - m) and u = z - s the likelihood of g = 1 - a is largest
 * where B g<sup>2</sup> - (u's) g - u'u = 0, that is for
 *
 * <p>g = (u's + sqrt((u's)<sup>2</sup> + 4 B u'u)) / (2 B).
 *
 * <p>The score is a = 1 - g, at most 1; it is signed, as background scatters about zero. {@link MatchedFilter} is what is left when the covariance is taken for C
 * whatever the share is: it errs more the more of the pixel is target. <b>Standard error:</b> by the Fisher information it is
 * k g / sqrt(2 B + s's). k is 1 in theory and at least that here: the 95 % quantile of |a| by its error over the background, by the 1.96 of a normal
 * law, because real backgrounds have heavier tails than a Gaussian; the diagnostics tell it ({@code spread}). So an interval of 95 % covers
 * zero in 95 % of the background. {@link FillFractionModel#estimate} gives the maps and the intervals. The score's law is known only
 * nearly, so there are no thresholds or p-values by the model.
 *
 * <p>Where the target is so like the background that s's is not more than 2 B, the share is read from the pixel's spread as much as from the target, and
 * pixels of odd brightness mislead it: the diagnostics say so.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs 2 B<sup>2</sup> flops a pixel for the background and B<sup>2</sup> for the
 * score. Immutable and thread-safe.
 *
 * <pre>{@code
 * FillFractions fill = FillFraction.withDefaults().fit(scene, spectrum, context).estimate(scene, context);
 * ScoreMap atLeast = fill.lower(.95);
 * }</pre>
 */
public final class FillFraction implements TargetDetector {
    private final Shrinkage shrinkage;
    private final double loading;

    private FillFraction(Shrinkage shrinkage, double loading) {
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * With the sample covariance, shrunk only where it must be.
     *
     * @return the method
     */
    public static FillFraction withDefaults() {
        return new FillFraction(Shrinkage.AUTO, 0);
    }

    /**
     * Another way to shrink the covariance.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public FillFraction withShrinkage(Shrinkage newShrinkage) {
        return new FillFraction(Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
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
    public FillFraction withLoading(double share) {
        return new FillFraction(shrinkage, Windows.requireLoading(share));
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
        return "fill-fraction";
    }

    @Override
    public String summary() {
        return "The target's share of the pixel by likelihood, without unmixing, with a standard error.";
    }

    @Override
    public String reference() {
        return "Schaum and Stocker, Spectrally selective target detection, 1997 (finite-target matched filter)";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the background has no valid pixel; if the
     *     target has another number of bands, a NaN, or is the mean of the background
     */
    @Override
    public FillFractionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        long start = System.nanoTime();
        Background estimate = Background.of(background, shrinkage, loading, context);
        return FillFractionModel.of(estimate, estimate.direction(target), background, start, context);
    }
}
