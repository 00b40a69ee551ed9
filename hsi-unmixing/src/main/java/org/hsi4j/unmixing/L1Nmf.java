package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.UpdateRules;

/**
 * Non-negative matrix factorisation with an l1 penalty (L1-NMF): minimises ||Y - E A||<sup>2</sup> / 2 + lambda sum(A) over
 * E &gt;= 0 and A &gt;= 0, with endmembers of norm one inside the penalty: a penalty on A alone would be evaded by making A
 * small and E large. The update of A is A &larr; A E'Y / (E'E A + lambda); what the penalty takes from the endmembers is
 * part of theirs, and the objective never rises.
 *
 * <p>The objective is given as (||Y - E A||<sup>2</sup> / 2 + lambda sum(A)) / ||Y||<sup>2</sup>, with Y in units of its root
 * mean square pixel norm.
 *
 * <p>Start, scale, negative samples, hostile scenes and invalid pixels are as for {@link Nmf}: each endmember keeps the norm it
 * had at the start, and abundances are held in memory. An iteration costs 4 B p + 4 p<sup>2</sup> flops a pixel.
 * Immutable and thread-safe.
 */
public final class L1Nmf implements BlindUnmixer {
    private static final L1Nmf DEFAULTS = new L1Nmf(MultiplicativeSetup.defaults(), 0.03);

    private final MultiplicativeSetup setup;
    private final double sparsity;

    private L1Nmf(MultiplicativeSetup setup, double sparsity) {
        this.setup = setup;
        this.sparsity = sparsity;
    }

    /**
     * Starts from {@link Vca} and {@link Fcls}, lambda 0.03, at most 200 iterations, tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static L1Nmf withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another start for the endmembers.
     *
     * @param extractor finds them; {@link Vca} by default
     * @return new method
     */
    public L1Nmf withStart(EndmemberExtractor extractor) {
        return new L1Nmf(setup.withStart(extractor), sparsity);
    }

    /**
     * Another start for the abundances.
     *
     * @param solver finds them for the endmembers of the start; {@link Fcls} by default
     * @return new method
     */
    public L1Nmf withStartAbundances(AbundanceSolver solver) {
        return new L1Nmf(setup.withStartAbundances(solver), sparsity);
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200, as in the benchmark of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public L1Nmf withMaxIterations(int iterations) {
        return new L1Nmf(setup.withMaxIterations(iterations), sparsity);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public L1Nmf withTolerance(double decrease) {
        return new L1Nmf(setup.withTolerance(decrease), sparsity);
    }

    /**
     * Another weight of the sparsity.
     *
     * @param value lambda, at least 0, in units of the root mean square norm of a pixel, so that it means the same for every
     *     scene; default 0.03, a little below the .15 to .39 that Zhu (2017) used on Urban with pixels of norm 4
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public L1Nmf withSparsity(double value) {
        MultiplicativeSetup.requireWeight(value, "sparsity");
        return new L1Nmf(setup, value);
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
        UpdateRules rules = new UpdateRules(false, sparsity, 1, 0, 0, 1, setup.maxIterations(), setup.tolerance());
        return setup.run(cube, count, rules, name(), context);
    }

    @Override
    public String name() {
        return "l1-nmf";
    }

    @Override
    public String summary() {
        return "Non-negative matrix factorisation with the sum of the abundances as a penalty.";
    }

    @Override
    public String reference() {
        return "Hoyer, Non-negative sparse coding, IEEE NNSP, 2002; Zhu, Hyperspectral unmixing: ground truth labeling, datasets, "
                + "benchmark performances and survey, arXiv 1708.05125, 2017";
    }
}
