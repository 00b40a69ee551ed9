package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.UpdateRules;

/**
 * Robust representation and learning-based sparsity (RRLbS): minimises
 * sum over channels l of c ||(Y - E A)<sub>l</sub>|| + lambda sum over pixels n and endmembers k of
 * a<sub>kn</sub><sup>1-h<sub>n</sub></sup> over E &gt;= 0 and A &gt;= 0, with endmembers of norm one inside the penalty.
 *
 * <p><b>Robust.</b> The norm of a channel's residual counts, not its square (l2,1 loss), so a few noisy channels hardly pull. It
 * is minimised through channel weights u<sub>l</sub> = c / ||(Y - E A)<sub>l</sub>||, which are a result:
 * {@link Factorization#spectrum} of {@value #CHANNEL_WEIGHTS}, relative to the median channel. c is the root mean square norm
 * of a channel; below a thousandth of it a residual counts squared, which keeps the weights finite.
 *
 * <p><b>Learnt sparsity.</b> The power of a pixel follows the guidance map h, which is learnt from its abundances every
 * {@code refresh} iterations by Hoyer's measure, h = (sqrt(p) - ||a||<sub>1</sub>/||a||<sub>2</sub>) / (sqrt(p) - 1): 0 for an even
 * mixture, where the penalty is l1, to 1 for a pure pixel, where it hardly moves what is there. The map is a result:
 * {@link Factorization#map} of {@value #GUIDANCE}. The power is that of A + 10<sup>-6</sup>, which keeps its slope finite. For one
 * endmember h is 0.
 *
 * <p>The updates, with U = diag(u) and H = 1 h', are E &larr; E U Y A' / (U E A A' + the penalty's pull on the norms) and
 * A &larr; A E'U Y / (E'U E A + lambda (1 - H) A<sup>-H</sup>). The objective, given relative to ||Y||<sup>2</sup>, never rises while
 * the map stays; when the map is learnt again it becomes another objective. The form of the power and of the map are a
 * reading of the paper's abstract, and its printed gains are not claimed.
 *
 * <p><b>Where it helps, and where not.</b> Eight bands of Samson replaced by Gaussian noise of half its largest
 * value, ten seeds, same start: root mean square error of the abundances divided by their sums .330 with squares ({@link Nmf}),
 * .184 with norms and no sparsity, which is what Samson gives without the noise (.188 both). Against noise that is
 * never negative the gain is small (.284 to .278), since non-negative factors follow its mean. On clean scenes the norms change
 * nothing. The learnt sparsity brought the endmembers of Samson from 8.8 to 6.0 degrees (lambda .05), less than
 * {@link L1Nmf} does (2.9), and made abundances worse where all pixels are well mixed (.020 to .034 for even Dirichlet
 * abundances): set it to 0 there.
 *
 * <p>Start, scale, negative samples, hostile scenes and invalid pixels are as for {@link Nmf}: each endmember keeps the norm it
 * had at the start, and abundances are held in memory. An iteration costs 4 B p + 4 p<sup>2</sup> flops and 2 p powers a
 * pixel. Immutable and thread-safe.
 */
public final class Rrlbs implements BlindUnmixer {
    /** Name of the map of {@link Factorization#map} that holds how sparse each pixel is. */
    public static final String GUIDANCE = MultiplicativeSetup.GUIDANCE;

    /** Name of the spectrum of {@link Factorization#spectrum} that holds how much each channel counts. */
    public static final String CHANNEL_WEIGHTS = MultiplicativeSetup.CHANNEL_WEIGHTS;

    private static final Rrlbs DEFAULTS = new Rrlbs(MultiplicativeSetup.defaults(), 0.02, 10);

    private final MultiplicativeSetup setup;
    private final double sparsity;
    private final int refresh;

    private Rrlbs(MultiplicativeSetup setup, double sparsity, int refresh) {
        this.setup = setup;
        this.sparsity = sparsity;
        this.refresh = refresh;
    }

    /**
     * Starts from {@link Vca} and {@link Fcls}, lambda 0.02, refresh every 10 iterations, at most 200 of them, tolerance
     * 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static Rrlbs withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another start for the endmembers.
     *
     * @param extractor finds them; {@link Vca} by default
     * @return new method
     */
    public Rrlbs withStart(EndmemberExtractor extractor) {
        return new Rrlbs(setup.withStart(extractor), sparsity, refresh);
    }

    /**
     * Another start for the abundances.
     *
     * @param solver finds them for the endmembers of the start; {@link Fcls} by default
     * @return new method
     */
    public Rrlbs withStartAbundances(AbundanceSolver solver) {
        return new Rrlbs(setup.withStartAbundances(solver), sparsity, refresh);
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200, as in the benchmark of Zhu (2017)
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public Rrlbs withMaxIterations(int iterations) {
        return new Rrlbs(setup.withMaxIterations(iterations), sparsity, refresh);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Rrlbs withTolerance(double decrease) {
        return new Rrlbs(setup.withTolerance(decrease), sparsity, refresh);
    }

    /**
     * Another weight of the sparsity.
     *
     * @param value lambda, at least 0, in units of the root mean square norm of a pixel, so that it means the same for every
     *     scene; default 0.02; 0 leaves the robust loss alone
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Rrlbs withSparsity(double value) {
        MultiplicativeSetup.requireWeight(value, "sparsity");
        return new Rrlbs(setup, value, refresh);
    }

    /**
     * Another number of iterations between two learnings of the guidance map.
     *
     * @param value at least 1; default 10
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public Rrlbs withRefresh(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("the iterations between refreshes must be at least 1, not " + value);
        }
        return new Rrlbs(setup, sparsity, value);
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

    /**
     * Iterations between two learnings of the guidance map.
     *
     * @return at least 1
     */
    public int refresh() {
        return refresh;
    }

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        UpdateRules rules = new UpdateRules(true, sparsity, 1, refresh, 0, 1, setup.maxIterations(), setup.tolerance());
        return setup.run(cube, count, rules, name(), context);
    }

    @Override
    public String name() {
        return "rrlbs";
    }

    @Override
    public String summary() {
        return "Non-negative factorisation that trusts clean channels more and learns how mixed each pixel is.";
    }

    @Override
    public String reference() {
        return "Zhu, Wang, Xiang, Fan and Pan, Effective spectral unmixing via robust representation and learning-based sparsity, "
                + "arXiv 1409.0685, 2014";
    }
}
