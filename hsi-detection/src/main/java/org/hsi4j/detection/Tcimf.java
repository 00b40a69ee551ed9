package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Shrinkage;

/**
 * Target-constrained interference-minimised filter: the linear filter of least mean output energy that gives 1 for the target
 * and 0 for spectra that are not wanted.
 *
 * <p>With the correlation matrix R = (1/N) sum x x' of the background and D = [T U], the targets T and the undesired spectra U,
 * the score is w'x with w = R<sup>-1</sup> D (D' R<sup>-1</sup> D)<sup>-1</sup> c, where c is 1 for the targets and 0 for the others. Without
 * undesired spectra it is {@link Cem}. For a Gaussian background the score is normal, with the mean w'm and the variance w'Cw, which
 * gives thresholds and p-values.
 *
 * <p>A correlation matrix that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and
 * reported, see {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs B<sup>2</sup> flops a pixel for the
 * background and 2 B for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult hits = Detection.of(scene).target(spectrum).with(Tcimf.withDefaults().suppressing(List.of(road, roof))).run();
 * }</pre>
 */
public final class Tcimf implements TargetDetector {
    private final List<Spectrum> undesired;
    private final Shrinkage shrinkage;
    private final double loading;

    private Tcimf(List<Spectrum> undesired, Shrinkage shrinkage, double loading) {
        this.undesired = undesired;
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * Without undesired spectra, and with the correlation matrix shrunk only where it must be.
     *
     * @return the method
     */
    public static Tcimf withDefaults() {
        return new Tcimf(List.of(), Shrinkage.AUTO, 0);
    }

    /**
     * The spectra for which the score shall be zero.
     *
     * @param spectra in the bands and the unit of the scene; empty for none
     * @return a changed copy
     */
    public Tcimf suppressing(List<Spectrum> spectra) {
        return new Tcimf(List.copyOf(spectra), shrinkage, loading);
    }

    /**
     * The spectra for which the score is zero.
     *
     * @return none by default
     */
    public List<Spectrum> undesired() {
        return undesired;
    }

    /**
     * Another way to shrink the correlation matrix.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Tcimf withShrinkage(Shrinkage newShrinkage) {
        return new Tcimf(undesired, Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
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
    public Tcimf withLoading(double share) {
        return new Tcimf(undesired, shrinkage, Windows.requireLoading(share));
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
        return "tcimf";
    }

    @Override
    public String summary() {
        return "Linear filter of least energy that gives 1 for the target and 0 for undesired spectra.";
    }

    @Override
    public String reference() {
        return "Ren and Chang, Target-constrained interference-minimized approach to subpixel target detection for hyperspectral"
                + " images, 2000";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the background has no valid pixel; if the target or an undesired spectrum has
     *     another number of bands, a NaN, or nothing but zeros, or depends on the others
     */
    @Override
    public DetectionModel fit(Cube background, Spectrum target, RunContext context) {
        return fit(background, List.of(target), context);
    }

    /** {@inheritDoc} The filter gives 1 for every one of them. */
    @Override
    public DetectionModel fit(Cube background, List<Spectrum> targets, RunContext context) {
        return ConstrainedFilter.fit(background, targets, undesired, shrinkage, loading, context);
    }
}
