package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Constrained energy minimisation: the linear filter of least mean output energy that gives 1 for the target.
 *
 * <p>With the correlation matrix R = (1/N) sum x x' of the background, whose mean is not removed, the score is
 * t' R<sup>-1</sup> x / (t' R<sup>-1</sup> t). The form that removes the mean and uses the covariance, which some tools call CEM too, is
 * {@link MatchedFilter}. Given several targets at once, the filter gives 1 for each of them. The score is 0 for a pixel of zeros, does not
 * change when scene, background and target go through the same invertible linear map, and is normal when the background is Gaussian, with the
 * mean w'm and the variance w'Cw of the filter w, which gives thresholds and p-values.
 *
 * <p>A correlation matrix that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and
 * reported, see {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the
 * background and 2 B for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Cem.withDefaults()).falseAlarmRate(1e-3).run();
 * }</pre>
 */
public final class Cem implements TargetDetector {
    private final Shrinkage shrinkage;
    private final double loading;

    private Cem(Shrinkage shrinkage, double loading) {
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * With the correlation matrix shrunk only where it must be.
     *
     * @return the method
     */
    public static Cem withDefaults() {
        return new Cem(Shrinkage.AUTO, 0);
    }

    /**
     * Another way to shrink the correlation matrix.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Cem withShrinkage(Shrinkage newShrinkage) {
        return new Cem(Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
    }

    /**
     * How the correlation matrix is shrunk.
     *
     * @return the choice
     */
    public Shrinkage shrinkage() {
        return shrinkage;
    }

    /**
     * A fixed loading of the correlation matrix's diagonal, besides the shrinkage.
     *
     * @param share in mean variances of the bands, zero or more; 0 by default. Production plume detectors use 10<sup>-10</sup>
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Cem withLoading(double share) {
        return new Cem(shrinkage, Windows.requireLoading(share));
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
        return "cem";
    }

    @Override
    public String summary() {
        return "Linear filter of least energy that gives 1 for the target; the mean is not removed.";
    }

    @Override
    public String reference() {
        return "Harsanyi, Detection and classification of subpixel spectral signatures in hyperspectral image sequences,"
                + " 1993";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the background has no valid pixel; if the target has another number of bands, a
     *     NaN, or nothing but zeros
     */
    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        return fit(background, List.of(target), context);
    }

    /**
     * {@inheritDoc} The filter gives 1 for every one of them.
     *
     * @throws IllegalArgumentException if the background has no valid pixel; if there is no target, or one of them has
     *     another number of bands, a NaN, or nothing but zeros, or depends on the others
     */
    @Override
    public DetectionModel fit(Cube background, List<Spectrum> targets, RunContext context) {
        return ConstrainedFilter.fit(background, targets, List.of(), shrinkage, loading, context);
    }
}
