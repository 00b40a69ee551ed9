package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Non-negative matrix factorisation (NMF): minimises ||Y - E A||<sup>2</sup> over E &gt;= 0 and A &gt;= 0 by multiplicative
 * updates, A &larr; A E'Y / E'E A and E &larr; E Y A' / E A A', entry by entry.
 *
 * <p>The problem is not convex and has no single answer: what comes out depends on the start, {@link Vca} and {@link Fcls} by
 * default, and stays near it. The objective never rises. It is given relative to the scene, as
 * ||Y - E A||<sup>2</sup> / (2 ||Y||<sup>2</sup>). There is no constraint on sums, so only the product of an endmember's
 * brightness and its abundance is known: each endmember keeps the norm it had at the start.
 * {@link org.hsi4j.AbundanceMaps#normalized()} divides by the sums.
 *
 * <p>Bands of which the others explain less than half of the variance ({@link org.hsi4j.stats.RegressionNoise}, where there are
 * more than twice as many pixels as bands) are noise: they are left out of the start and of the norms, and a note says so.
 * They are not left out of what is minimised.
 *
 * <p>Negative samples are allowed: the negative part of E'Y goes to the denominator, which keeps the objective from rising.
 * Abundances of the start that are zero are raised to 0.01, since a multiplication cannot bring them back. A scene of zeros
 * gives zeros; invalid pixels are left out and NaN in the maps. One endmember, one band and fewer bands than endmembers are
 * allowed as far as the start allows them.
 *
 * <p>An iteration is one pass over the scene and costs 4 B p + 4 p<sup>2</sup> flops a pixel. The abundances are held in memory.
 * Immutable and thread-safe.
 */
public final class Nmf implements BlindUnmixer {
    private static final Nmf DEFAULTS = new Nmf(MultiplicativeSetup.defaults());

    private final MultiplicativeSetup setup;

    private Nmf(MultiplicativeSetup setup) {
        this.setup = setup;
    }

    /**
     * Starts from {@link Vca} and {@link Fcls}, at most 200 iterations, tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static Nmf withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another start for the endmembers.
     *
     * @param extractor finds them; {@link Vca} by default
     * @return new method
     */
    public Nmf withStart(EndmemberExtractor extractor) {
        return new Nmf(setup.withStart(extractor));
    }

    /**
     * Another start for the abundances.
     *
     * @param solver finds them for the endmembers of the start; {@link Fcls} by default
     * @return new method
     */
    public Nmf withStartAbundances(AbundanceSolver solver) {
        return new Nmf(setup.withStartAbundances(solver));
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200, as in the benchmark of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public Nmf withMaxIterations(int iterations) {
        return new Nmf(setup.withMaxIterations(iterations));
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Nmf withTolerance(double decrease) {
        return new Nmf(setup.withTolerance(decrease));
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

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        return setup.run(cube, count, setup.plain(), name(), context);
    }

    @Override
    public String name() {
        return "nmf";
    }

    @Override
    public String summary() {
        return "Non-negative matrix factorisation by multiplicative updates.";
    }

    @Override
    public String reference() {
        return "Lee and Seung, Algorithms for non-negative matrix factorization, NIPS, 2001";
    }
}
