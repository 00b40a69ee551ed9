package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.internal.SceneSolution;
import org.hsi4j.unmixing.internal.VariationSolver;

/**
 * Sparse unmixing with total variation (the problem of SUnSAL-TV): minimises ||Y - E A||<sup>2</sup> / 2 + lambda sum |A| +
 * lambda-tv sum over neighbours i, j of ||a<sub>i</sub> - a<sub>j</sub>||<sub>1</sub>, by default subject to A &gt;= 0 (ANC). The neighbours
 * are the pixels to the right and below, so that maps are piecewise constant and the noise of neighbours averages out.
 *
 * <p><b>Borders and masks.</b> Only pairs of valid pixels count; the image does not wrap around as in the authors' program.
 *
 * <p><b>How.</b> By the alternating direction method in two blocks (the quadratic part and the differences; the l1 part and a smooth
 * copy, which the cosine transform solves for), over-relaxed, with a penalty that follows the residuals. It stops when the
 * primal residual, the distance of the blocks over their norm, and the dual one, the last step over the norm of the
 * multipliers, are at most the tolerance (10<sup>-4</sup>), or after 1000 iterations; then {@code converged} is false. What is given is
 * the copy that fulfils ANC, and ASC where asked (then a projection onto the simplex takes the place of the l1 part,
 * which is constant). Figures: {@code objective}, {@code primal_residual}, {@code dual_residual} and {@code penalty}.
 *
 * <p><b>lambda and lambda-tv</b> have the unit of the scene squared and are 10<sup>-3</sup> by default, for reflectance from 0 to 1;
 * published experiments take 10<sup>-4</sup> to 10<sup>-1</sup>, larger for more noise. Without the variation it is {@link Sunsal}.
 *
 * <p>A pixel's abundances depend on the whole scene. Invalid pixels have no part in it and are NaN. Dependent spectra and zeros are
 * allowed. Costs 2 p<sup>2</sup> flops a pixel and iteration, and about 60 p and two cosine transforms of each map; holds nine
 * images of p planes (72 p bytes a pixel), which the memory limit is checked against. The same bits for any number of threads.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = SunsalTv.withDefaults().withLambdaTv(1e-2).solve(scene, library, RunContext.defaults());
 * }</pre>
 */
public final class SunsalTv implements AbundanceSolver {
    private static final SunsalTv DEFAULTS = new SunsalTv(1e-3, 1e-3, true, false, 1e-4, 1000);

    private final double lambda;
    private final double lambdaTv;
    private final boolean positivity;
    private final boolean sumToOne;
    private final double tolerance;
    private final int maxIterations;

    private SunsalTv(
            double lambda, double lambdaTv, boolean positivity, boolean sumToOne, double tolerance, int maxIterations) {
        this.lambda = lambda;
        this.lambdaTv = lambdaTv;
        this.positivity = positivity;
        this.sumToOne = sumToOne;
        this.tolerance = tolerance;
        this.maxIterations = maxIterations;
        SparseOptions.requirePositivity(positivity, sumToOne);
    }

    /**
     * With lambda = lambda-tv = 10<sup>-3</sup>, ANC and no ASC, the tolerance 10<sup>-4</sup> and at most 1000 iterations.
     *
     * @return the method
     */
    public static SunsalTv withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another lambda.
     *
     * @param weight in the unit of the scene squared, zero or more; 10<sup>-3</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public SunsalTv withLambda(double weight) {
        return new SunsalTv(
                SparseOptions.requireNotNegative("lambda", weight),
                lambdaTv,
                positivity,
                sumToOne,
                tolerance,
                maxIterations);
    }

    /**
     * The lambda.
     *
     * @return in the unit of the scene squared
     */
    public double lambda() {
        return lambda;
    }

    /**
     * Another weight of the variation.
     *
     * @param weight in the unit of the scene squared, zero or more; 10<sup>-3</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public SunsalTv withLambdaTv(double weight) {
        return new SunsalTv(
                lambda,
                SparseOptions.requireNotNegative("weight of the variation", weight),
                positivity,
                sumToOne,
                tolerance,
                maxIterations);
    }

    /**
     * The weight of the variation.
     *
     * @return in the unit of the scene squared
     */
    public double lambdaTv() {
        return lambdaTv;
    }

    /**
     * With or without ANC.
     *
     * @param nonNegative whether a &gt;= 0; true by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is false while the abundances are to sum to one
     */
    public SunsalTv withPositivity(boolean nonNegative) {
        return new SunsalTv(lambda, lambdaTv, nonNegative, sumToOne, tolerance, maxIterations);
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
     * With or without ASC.
     *
     * @param sum whether sum(a) = 1; false by default. With it lambda has no effect
     * @return a changed copy
     * @throws IllegalArgumentException if it is true and abundances may be negative
     */
    public SunsalTv withSumToOne(boolean sum) {
        return new SunsalTv(lambda, lambdaTv, positivity, sum, tolerance, maxIterations);
    }

    /**
     * Whether ASC holds.
     *
     * @return false by default
     */
    public boolean sumToOne() {
        return sumToOne;
    }

    /**
     * Another tolerance.
     *
     * @param residual relative, for the primal and the dual residual, greater than zero; 10<sup>-4</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is not greater than zero
     */
    public SunsalTv withTolerance(double residual) {
        return new SunsalTv(
                lambda,
                lambdaTv,
                positivity,
                sumToOne,
                SparseOptions.requirePositive("the tolerance", residual),
                maxIterations);
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
    public SunsalTv withMaxIterations(int most) {
        return new SunsalTv(lambda, lambdaTv, positivity, sumToOne, tolerance, SparseOptions.requireIterations(most));
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

    private VariationSolver.Options options() {
        return new VariationSolver.Options(lambda, lambdaTv, positivity, sumToOne, tolerance, maxIterations);
    }

    @Override
    public String name() {
        return "sunsal-tv";
    }

    @Override
    public String summary() {
        return "Sparse regression on a library with maps whose neighbours are alike.";
    }

    @Override
    public String reference() {
        return "Iordache, Bioucas-Dias and Plaza, Total variation spatial regularization for sparse hyperspectral unmixing, IEEE TGRS"
                + " 50(11), 2012; Boyd et al., Distributed optimization and statistical learning via the alternating direction"
                + " method of multipliers, 2011";
    }

    private record Model(Endmembers endmembers, VariationSolver.Options options, Diagnostics diagnostics)
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
                    VariationSolver.bytes(outputs(), scene.pixels(), context.parallelism()),
                    "the maps and multipliers of SUnSAL-TV");
            long start = System.nanoTime();
            double[][] library = new double[outputs()][];
            for (int k = 0; k < library.length; k++) {
                library[k] = endmembers.get(k).toArray();
            }
            SceneSolution found = VariationSolver.solve(library, Passes.numbered(outputs()), scene, options, context);
            return new Abundances(
                    found.maps(), found.diagnostics().after(diagnostics).since(start));
        }
    }
}
