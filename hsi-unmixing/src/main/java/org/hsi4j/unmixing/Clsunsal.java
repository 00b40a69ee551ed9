package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.CollaborativeSolver;
import org.hsi4j.unmixing.internal.SceneSolution;

/**
 * Collaborative sparse unmixing (the problem of CLSUnSAL): minimises ||Y - E A||<sup>2</sup> / 2 + lambda sum over k of
 * ||a<sub>k</sub>||, where a<sub>k</sub> is row k of A, the map of one spectrum over all pixels, by default subject to A &gt;= 0 (ANC).
 * A spectrum of the library is used by many pixels or by none.
 *
 * <p><b>How.</b> By the alternating direction method, over-relaxed, with a penalty that follows the residuals: (E'E + mu I)<sup>-1</sup>
 * is formed from one eigendecomposition, and each iteration is one product of it with all pixels and one pass over the rows. It
 * stops when the primal residual, the distance of the two copies of A over their norm, and the dual one, the last
 * step over the norm of the multipliers, are at most the tolerance (10<sup>-4</sup>), or after 1000 iterations; then {@code
 * converged} is false. What is given is the copy that fulfils ANC and has zero rows. Figures: {@code objective}, {@code
 * duality_gap} (how far above the minimum the objective is at most, relative to it: the dual objective at the scaled residual),
 * {@code primal_residual}, {@code dual_residual}, {@code penalty} and {@code active_rows}.
 *
 * <p><b>lambda</b> weighs norms over the whole scene, which grow with the root of the number of pixels: 10<sup>-2</sup> by default, for
 * reflectance from 0 to 1. Zero gives {@link Nnls}. The notes on noise of {@link Sunsal} hold.
 *
 * <p>A pixel's abundances depend on the whole scene. Invalid pixels have no part in it and are NaN. Dependent spectra and zeros are
 * allowed. Costs 2 p<sup>2</sup> + 20 p flops a pixel and iteration, and holds five images of p planes (40 p bytes a pixel),
 * which the memory limit is checked against. The same bits for any number of threads. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Clsunsal.withDefaults().withLambda(0.1).solve(scene, library, RunContext.defaults());
 * }</pre>
 */
public final class Clsunsal implements AbundanceSolver {
    private static final Clsunsal DEFAULTS = new Clsunsal(1e-2, true, 1e-4, 1000);

    private final double lambda;
    private final boolean positivity;
    private final double tolerance;
    private final int maxIterations;

    private Clsunsal(double lambda, boolean positivity, double tolerance, int maxIterations) {
        this.lambda = lambda;
        this.positivity = positivity;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
    }

    /**
     * With lambda = 10<sup>-2</sup>, ANC, the tolerance 10<sup>-4</sup> and at most 1000 iterations.
     *
     * @return the method
     */
    public static Clsunsal withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another weight of the rows.
     *
     * @param weight in the unit of the scene squared, zero or more; 10<sup>-2</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Clsunsal withLambda(double weight) {
        return new Clsunsal(
                SparseOptions.requireNotNegative("weight of the rows", weight), positivity, tolerance, maxIterations);
    }

    /**
     * The weight of the rows.
     *
     * @return in the unit of the scene squared
     */
    public double lambda() {
        return lambda;
    }

    /**
     * With or without ANC.
     *
     * @param nonNegative whether a &gt;= 0; true by default
     * @return a changed copy
     */
    public Clsunsal withPositivity(boolean nonNegative) {
        return new Clsunsal(lambda, nonNegative, tolerance, maxIterations);
    }

    /**
     * Whether ANC holds.
     *
     * @return true by default
     */
    public boolean positivity() {
        return positivity;
    }

    /**
     * Another tolerance.
     *
     * @param residual relative, for the primal and the dual residual, greater than zero; 10<sup>-4</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is not greater than zero
     */
    public Clsunsal withTolerance(double residual) {
        return new Clsunsal(
                lambda, positivity, SparseOptions.requirePositive("the tolerance", residual), maxIterations);
    }

    /**
     * The tolerance.
     *
     * @return relative
     */
    public double tolerance() {
        return tolerance;
    }

    /**
     * Another limit of iterations.
     *
     * @param most at least one; 1000 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Clsunsal withMaxIterations(int most) {
        return new Clsunsal(lambda, positivity, tolerance, SparseOptions.requireIterations(most));
    }

    /**
     * The most iterations.
     *
     * @return at least one
     */
    public int maxIterations() {
        return maxIterations;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        return new Model(endmembers, this.options(), SparseModel.diagnostics(endmembers));
    }

    private CollaborativeSolver.Options options() {
        return new CollaborativeSolver.Options(lambda, positivity, tolerance, maxIterations);
    }

    @Override
    public String name() {
        return "clsunsal";
    }

    @Override
    public String summary() {
        return "Sparse regression on a library in which all pixels share their spectra.";
    }

    @Override
    public String reference() {
        return "Iordache, Bioucas-Dias and Plaza, Collaborative sparse regression for hyperspectral unmixing, IEEE TGRS 52(1), 2014;"
                + " Boyd et al., Distributed optimization and statistical learning via the alternating direction method of"
                + " multipliers, 2011";
    }

    private record Model(Endmembers endmembers, CollaborativeSolver.Options options, Diagnostics diagnostics)
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
            context.requireMemory(
                    CollaborativeSolver.bytes(outputs(), scene.pixels()), "the maps and multipliers of CLSUnSAL");
            long start = System.nanoTime();
            double[][] library = new double[outputs()][];
            for (int k = 0; k < library.length; k++) {
                library[k] = endmembers.get(k).toArray();
            }
            SceneSolution found =
                    CollaborativeSolver.solve(library, Passes.numbered(outputs()), scene, options, context);
            return new Abundances(
                    found.maps(), found.diagnostics().after(diagnostics).since(start));
        }
    }
}
