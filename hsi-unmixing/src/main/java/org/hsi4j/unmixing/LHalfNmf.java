package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.UpdateRules;

/**
 * Non-negative matrix factorisation with an l1/2 penalty (L1/2-NMF): minimises
 * ||Y - E A||<sup>2</sup> / 2 + lambda sum(A<sup>1/2</sup>) over E &gt;= 0 and A &gt;= 0, with endmembers of norm one inside the
 * penalty. Sparser than {@link L1Nmf}: the penalty of a small abundance is steep. The update of A is
 * A &larr; A E'Y / (E'E A + lambda A<sup>-1/2</sup> / 2), and the objective never rises. The power is that of A + 10<sup>-6</sup>,
 * which keeps its slope finite.
 *
 * <p>The objective is given as (||Y - E A||<sup>2</sup> / 2 + lambda sum(A<sup>1/2</sup>)) / ||Y||<sup>2</sup>, with Y in units
 * of its root mean square pixel norm. There is no constraint on sums, unlike in the paper.
 *
 * <p>Start, scale, negative samples, hostile scenes and invalid pixels are as for {@link Nmf}: each endmember keeps the norm it
 * had at the start, and abundances are held in memory. An iteration costs 4 B p + 4 p<sup>2</sup> flops and 2 p square
 * roots a pixel. Immutable and thread-safe.
 */
public final class LHalfNmf implements BlindUnmixer {
    private static final LHalfNmf DEFAULTS = new LHalfNmf(MultiplicativeSetup.defaults(), 0.01);

    private final MultiplicativeSetup setup;
    private final double sparsity;

    private LHalfNmf(MultiplicativeSetup setup, double sparsity) {
        this.setup = setup;
        this.sparsity = sparsity;
    }

    /**
     * Starts from {@link Vca} and {@link Fcls}, lambda 0.01, at most 200 iterations, tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static LHalfNmf withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another start for the endmembers.
     *
     * @param extractor finds them; {@link Vca} by default
     * @return new method
     */
    public LHalfNmf withStart(EndmemberExtractor extractor) {
        return new LHalfNmf(setup.withStart(extractor), sparsity);
    }

    /**
     * Another start for the abundances.
     *
     * @param solver finds them for the endmembers of the start; {@link Fcls} by default
     * @return new method
     */
    public LHalfNmf withStartAbundances(AbundanceSolver solver) {
        return new LHalfNmf(setup.withStartAbundances(solver), sparsity);
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200, as in the benchmark of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public LHalfNmf withMaxIterations(int iterations) {
        return new LHalfNmf(setup.withMaxIterations(iterations), sparsity);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public LHalfNmf withTolerance(double decrease) {
        return new LHalfNmf(setup.withTolerance(decrease), sparsity);
    }

    /**
     * Another weight of the sparsity.
     *
     * @param value lambda, at least 0, in units of the root mean square norm of a pixel, so that it means the same for every
     *     scene; default 0.01, below the .35 to .59 that Zhu (2017) used on Urban with pixels of norm 4
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public LHalfNmf withSparsity(double value) {
        MultiplicativeSetup.requireWeight(value, "sparsity");
        return new LHalfNmf(setup, value);
    }

    /**
     * What finds the endmembers of the start.
     *
     * @return the extractor
     */
    public EndmemberExtractor start() {
        return setup.start();
    }

    /**
     * What finds the abundances of the start.
     *
     * @return the solver
     */
    public AbundanceSolver startAbundances() {
        return setup.startAbundances();
    }

    /**
     * Most iterations.
     *
     * @return at least 1
     */
    public int maxIterations() {
        return setup.maxIterations();
    }

    /**
     * The relative decrease of the objective that ends the search.
     *
     * @return at least 0
     */
    public double tolerance() {
        return setup.tolerance();
    }

    /**
     * The weight of the sparsity.
     *
     * @return lambda, at least 0
     */
    public double sparsity() {
        return sparsity;
    }

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        UpdateRules rules = new UpdateRules(false, sparsity, 0.5, 0, 0, 1, setup.maxIterations(), setup.tolerance());
        return setup.run(cube, count, rules, name(), context);
    }

    @Override
    public String name() {
        return "lhalf-nmf";
    }

    @Override
    public String summary() {
        return "Non-negative matrix factorisation with the square roots of the abundances as a penalty (L1/2-NMF).";
    }

    @Override
    public String reference() {
        return "Qian, Jia, Zhou and Robles-Kelly, Hyperspectral unmixing via L1/2 sparsity-constrained nonnegative matrix "
                + "factorization, IEEE TGRS 49(11), 2011";
    }
}
