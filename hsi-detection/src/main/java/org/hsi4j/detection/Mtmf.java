package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.NoiseCovariance;
import org.hsi4j.stats.Shrinkage;
import org.hsi4j.transform.ComponentTransform;
import org.hsi4j.transform.Mnf;

/**
 * Mixture-tuned matched filter: the share of the target by the {@linkplain MatchedFilter matched filter}, and how little sense
 * a mixture of that share would make.
 *
 * <p>The share a is the score of the matched filter. In the space of the minimum noise fractions ({@link Mnf}), where the noise has unit
 * variance and component k of the background the variance v<sub>k</sub> (at least one), a pixel y with the share a of the target s should lie
 * near a s, by one deviation d<sub>k</sub> = (1 - a) (sqrt(v<sub>k</sub>) - 1) + 1 in each component: that of the background for a = 0 and of the
 * noise alone for a = 1. The infeasibility is sqrt( mean over k of ((y<sub>k</sub> - a s<sub>k</sub>) / d<sub>k</sub>)<sup>2</sup> ), about one for background and for
 * true mixtures, and large for what is neither. In d<sub>k</sub> the share is cut to the range from 0 to 1.
 *
 * <p>The variance of the noise in each band is what the other bands do not explain ({@link NoiseCovariance#regression}), which needs
 * no neighbours and so works for any scene and mask.
 *
 * <p>The score is the share by the infeasibility, the latter taken for at least one, because less is chance: it is the matched filter's for
 * feasible pixels, and less for false alarms. {@link MtmfModel#parts} gives both maps. The score knows no
 * distribution, so there are no thresholds or p-values by the model.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. A pixel that is the mean has the score 0. Invalid pixels take no part and are NaN. Costs 2 B<sup>2</sup> flops a pixel for the background and
 * as much for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * MtmfModel model = Mtmf.withDefaults().fit(scene, spectrum, context);
 * MtmfModel.Parts parts = model.parts(scene, context);
 * }</pre>
 */
public final class Mtmf implements TargetDetector {
    private final Shrinkage shrinkage;
    private final double loading;

    private Mtmf(Shrinkage shrinkage, double loading) {
        this.shrinkage = shrinkage;
        this.loading = loading;
    }

    /**
     * With the covariance shrunk only where it must be.
     *
     * @return the method
     */
    public static Mtmf withDefaults() {
        return new Mtmf(Shrinkage.AUTO, 0);
    }

    /**
     * Another way to shrink the covariance of the matched filter.
     *
     * @param newShrinkage how; {@link Shrinkage#AUTO} by default
     * @return a changed copy
     */
    public Mtmf withShrinkage(Shrinkage newShrinkage) {
        return new Mtmf(Objects.requireNonNull(newShrinkage, "shrinkage"), loading);
    }

    /**
     * How the covariance of the matched filter is shrunk.
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
    public Mtmf withLoading(double share) {
        return new Mtmf(shrinkage, Windows.requireLoading(share));
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
        return "mtmf";
    }

    @Override
    public String summary() {
        return "The target's share by the matched filter, over how infeasible such a mixture is.";
    }

    @Override
    public String reference() {
        return "Boardman and Kruse, Analysis of imaging spectrometer data using N-dimensional geometry and a mixture-tuned"
                + " matched filtering approach, 2011";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the background has no valid pixel; if the
     *     target has another number of bands, a NaN, or is the mean of the background
     */
    @Override
    public MtmfModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        Background estimate = Background.of(background, shrinkage, loading, context);
        double[] direction = estimate.direction(target);
        MeanScatter statistics = MeanScatter.of(background, context);
        ComponentTransform components = Mnf.withDefaults()
                .fit(statistics, NoiseCovariance.regression(statistics).diagonal());
        return MtmfModel.of(estimate, direction, target, components);
    }
}
