package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.UpdateRules;

/**
 * Graph-regularised non-negative matrix factorisation (G-NMF): minimises
 * ||Y - E A||<sup>2</sup> / 2 + lambda/2 sum over neighbours i, j of w<sub>ij</sub> ||a<sub>i</sub> - a<sub>j</sub>||<sup>2</sup>
 * over E &gt;= 0 and A &gt;= 0, with endmembers of norm one inside the penalty. Neighbours are the up to eight valid pixels
 * around a pixel, each pair counted once, and w<sub>ij</sub> = exp(-||y<sub>i</sub> - y<sub>j</sub>||<sup>2</sup> /
 * (2 sigma<sup>2</sup>)) with sigma = {@code width} times the root mean square norm of a pixel.
 *
 * <p>With W the weights and D their sums the update of A is
 * A &larr; A (E'Y + lambda A (W + D)) / (E'E A + 2 lambda A D). The paper has A W and A D, whose proof treats one abundance at
 * a time; all at once can overshoot, so that the objective may rise. D + W is positive semidefinite, which makes the
 * form here safe: the objective never rises. Both stand still at the same places.
 *
 * <p>The objective is given relative to ||Y||<sup>2</sup>. Neighbours are where they are: a crop of a scene gives other results
 * than the scene.
 *
 * <p>Start, scale, negative samples, hostile scenes and invalid pixels are as for {@link Nmf}: each endmember keeps the norm it
 * had at the start, and abundances are held in memory. Twice that, and 32 bytes a pixel for the weights.
 * An iteration costs 4 B p + 4 p<sup>2</sup> + 50 p flops a pixel. Immutable and thread-safe.
 */
public final class Gnmf implements BlindUnmixer {
    private static final Gnmf DEFAULTS = new Gnmf(MultiplicativeSetup.defaults(), 0.01, 0.1);

    private final MultiplicativeSetup setup;
    private final double smoothness;
    private final double width;

    private Gnmf(MultiplicativeSetup setup, double smoothness, double width) {
        this.setup = setup;
        this.smoothness = smoothness;
        this.width = width;
    }

    /**
     * Starts from {@link Vca} and {@link Fcls}, lambda 0.01, width 0.1, at most 200 iterations, tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static Gnmf withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another start for the endmembers.
     *
     * @param extractor finds them; {@link Vca} by default
     * @return new method
     */
    public Gnmf withStart(EndmemberExtractor extractor) {
        return new Gnmf(setup.withStart(extractor), smoothness, width);
    }

    /**
     * Another start for the abundances.
     *
     * @param solver finds them for the endmembers of the start; {@link Fcls} by default
     * @return new method
     */
    public Gnmf withStartAbundances(AbundanceSolver solver) {
        return new Gnmf(setup.withStartAbundances(solver), smoothness, width);
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200, as in the benchmark of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public Gnmf withMaxIterations(int iterations) {
        return new Gnmf(setup.withMaxIterations(iterations), smoothness, width);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Gnmf withTolerance(double decrease) {
        return new Gnmf(setup.withTolerance(decrease), smoothness, width);
    }

    /**
     * Another weight of the smoothness.
     *
     * @param value lambda, at least 0; it has no unit. Default 0.01; Zhu (2017) used .0015 to .9 on Urban, more for more noise
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Gnmf withSmoothness(double value) {
        MultiplicativeSetup.requireWeight(value, "smoothness");
        return new Gnmf(setup, value, width);
    }

    /**
     * Another distance at which two neighbours hardly count as alike.
     *
     * @param value sigma in units of the root mean square norm of a pixel, above 0; default 0.1, as of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is not above 0 or not finite
     */
    public Gnmf withWidth(double value) {
        if (!(value > 0) || value == Double.POSITIVE_INFINITY) {
            throw new IllegalArgumentException("the width must be a number above 0, not " + value);
        }
        return new Gnmf(setup, smoothness, value);
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
     * The weight of the smoothness.
     *
     * @return lambda, at least 0
     */
    public double smoothness() {
        return smoothness;
    }

    /**
     * The distance at which two neighbours hardly count as alike.
     *
     * @return sigma, above 0
     */
    public double width() {
        return width;
    }

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        UpdateRules rules =
                new UpdateRules(false, 0, 1, 0, smoothness, width, setup.maxIterations(), setup.tolerance());
        return setup.run(cube, count, rules, name(), context);
    }

    @Override
    public String name() {
        return "g-nmf";
    }

    @Override
    public String summary() {
        return "Non-negative matrix factorisation with abundances that are alike in neighbours with like spectra.";
    }

    @Override
    public String reference() {
        return "Cai, He, Han and Huang, Graph regularized nonnegative matrix factorization for data representation, IEEE TPAMI "
                + "33(8), 2011; Zhu, arXiv 1708.05125, 2017";
    }
}
