package org.hsi4j.unmixing;

import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * Constrained sparse unmixing (the problem of CSUnSAL): of all a that explain the pixel up to the noise,
 * ||y - E a|| &lt;= delta, the one of least sum |a<sub>k</sub>|, by default subject to a &gt;= 0 (ANC), exactly.
 *
 * <p><b>Exact.</b> The solution is that of {@link Sunsal} at the lambda where the residual is delta. Its squared residual is an
 * increasing and piecewise linear function of lambda<sup>2</sup>, whose root Newton's steps find; the paper iterates (ADMM).
 * The figures are those of {@link Sunsal}, {@code kkt} among them, and {@code delta}. A pixel that no abundances bring within
 * delta gets those of least residual (of {@link Nnls}, or {@link Ucls} without ANC), and one no longer than delta gets zeros.
 *
 * <p><b>delta</b> has the unit of the scene. Unless it is set, it is the expected length of the noise of a pixel of that scene, the
 * root of the sum of the noise variances of the bands as {@link RegressionNoise} estimates them; this takes one more pass
 * over the scene.
 *
 * <p>Dependent spectra, zeros and invalid pixels are as in {@link Sunsal}; with a delta that is set, the abundances of a pixel
 * depend on that pixel alone. Costs some five times as much as {@link Sunsal}. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Csunsal.withDefaults().solve(scene, library, RunContext.defaults());
 * }</pre>
 */
public final class Csunsal implements AbundanceSolver {
    private static final Csunsal DEFAULTS = new Csunsal(OptionalDouble.empty(), true);

    private final OptionalDouble delta;
    private final boolean positivity;

    private Csunsal(OptionalDouble delta, boolean positivity) {
        this.delta = delta;
        this.positivity = positivity;
    }

    /**
     * With the delta of the noise of each scene, and ANC.
     *
     * @return the method
     */
    public static Csunsal withDefaults() {
        return DEFAULTS;
    }

    /**
     * A bound on the residual.
     *
     * @param length delta, in the unit of the scene, zero or more; that of the noise by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Csunsal withDelta(double length) {
        return new Csunsal(OptionalDouble.of(SparseOptions.requireNotNegative("delta", length)), positivity);
    }

    /**
     * The bound on the residual.
     *
     * @return delta; empty for that of the noise of the scene
     */
    public OptionalDouble delta() {
        return delta;
    }

    /**
     * With or without ANC.
     *
     * @param nonNegative whether a &gt;= 0; true by default
     * @return a changed copy
     */
    public Csunsal withPositivity(boolean nonNegative) {
        return new Csunsal(delta, nonNegative);
    }

    /**
     * Whether ANC holds.
     *
     * @return true by default
     */
    public boolean positivity() {
        return positivity;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        return delta.isPresent()
                ? SparseModel.bounded(endmembers, positivity, delta.getAsDouble())
                : new NoiseBounded(endmembers, positivity, SparseModel.diagnostics(endmembers));
    }

    @Override
    public String name() {
        return "csunsal";
    }

    @Override
    public String summary() {
        return "The least sum of abundances that explains a pixel up to the noise, for libraries.";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias and Figueiredo, Alternating direction algorithms for constrained sparse regression: application to"
                + " hyperspectral unmixing, WHISPERS 2010; solved exactly by active sets";
    }

    /** Estimates the noise of the scene it is given. */
    private record NoiseBounded(Endmembers endmembers, boolean positivity, Diagnostics diagnostics)
            implements AbundanceModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int bands() {
            return endmembers.bands();
        }

        @Override
        public int outputs() {
            return endmembers.count();
        }

        @Override
        public Abundances solve(Cube scene, RunContext context) {
            Passes.requireBands(scene, this);
            MeanScatter statistics = MeanScatter.of(scene, context);
            double delta = statistics.count() == 0 ? 0 : noise(RegressionNoise.of(statistics));
            Abundances found =
                    SparseModel.bounded(endmembers, positivity, delta).solve(scene, context);
            return new Abundances(found.maps(), found.diagnostics().with("delta", delta));
        }

        private static double noise(RegressionNoise noise) {
            double square = 0;
            for (double deviation : noise.deviation()) {
                square += deviation * deviation;
            }
            return Math.sqrt(square);
        }
    }
}
