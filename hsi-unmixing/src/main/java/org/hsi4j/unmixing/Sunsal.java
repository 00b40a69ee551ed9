package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;

/**
 * Sparse unmixing by l1-regularised least squares (the problem of SUnSAL): minimises ||y - E a||<sup>2</sup> / 2 +
 * lambda sum |a<sub>k</sub>|, by default subject to a &gt;= 0 (ANC), exactly. E may be a library with many more spectra than a
 * pixel holds materials, and more spectra than bands.
 *
 * <p><b>Exact.</b> The paper iterates (ADMM) until a tolerance is met. With a &gt;= 0 the regulariser is linear, and this is a
 * quadratic program with an active set as small as the pixel has materials: it is found directly, in a fraction of the time
 * and to rounding. Without ANC, a is split into the parts above and below zero. With ANC and ASC the regulariser is constant,
 * and the solution is that of {@link Fcls}. The figure {@code kkt} is the largest residual of the conditions of Karush, Kuhn
 * and Tucker over all pixels (|E'(y - E a) - lambda| where a is positive, its positive part elsewhere), over the longest
 * spectrum times the length of the pixel; it stays below 10<sup>-10</sup>. A pixel that an active set on the Gram matrix does not
 * solve so well (nearly dependent spectra) is solved by coordinate descent and counts in {@code fallbacks}, and in {@code
 * unconverged} if that fails too.
 *
 * <p><b>lambda</b> has the unit of the scene squared: 10<sup>-3</sup> by default, which is meant for reflectance from 0 to 1.
 * Zero gives {@link Nnls}, or {@link Ucls} without ANC. <b>Noise.</b> What limits sparse regression on a library is noise along
 * its nearly dependent directions. Projecting the scene onto its signal subspace first ({@link
 * org.hsi4j.stats.Subspace}) takes most of it away: on the scene DC1 of 75 x 75 pixels with 30 dB of noise the
 * signal-to-reconstruction error is at most 9 dB without it, whatever lambda is, and 16 dB with it.
 *
 * <p>Where spectra depend on each other one of the minimisers is given, the same one on every run. A zero spectrum and an
 * all-zero pixel get zeros; the abundances of a pixel depend on that pixel alone. Invalid pixels are NaN. Costs 2 B p flops a
 * pixel for the product, 4 B p for the verification, and about p k for each of the k spectra that enter or leave the set, twice
 * as much without ANC; the Gram matrix takes 8 p<sup>2</sup> bytes a thread (32 p<sup>2</sup> without ANC). Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Abundances a = Sunsal.withDefaults().withLambda(1e-2).solve(scene, library, RunContext.defaults());
 * }</pre>
 */
public final class Sunsal implements AbundanceSolver {
    private static final Sunsal DEFAULTS = new Sunsal(1e-3, true, false);

    private final double lambda;
    private final boolean positivity;
    private final boolean sumToOne;

    private Sunsal(double lambda, boolean positivity, boolean sumToOne) {
        this.lambda = lambda;
        this.positivity = positivity;
        this.sumToOne = sumToOne;
        SparseOptions.requirePositivity(positivity, sumToOne);
    }

    /**
     * With lambda = 10<sup>-3</sup>, ANC and no ASC.
     *
     * @return the method
     */
    public static Sunsal withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another price of abundance.
     *
     * @param price lambda, in the unit of the scene squared, zero or more; 10<sup>-3</sup> by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public Sunsal withLambda(double price) {
        return new Sunsal(SparseOptions.requireNotNegative("lambda", price), positivity, sumToOne);
    }

    /**
     * The price of abundance.
     *
     * @return lambda
     */
    public double lambda() {
        return lambda;
    }

    /**
     * With or without ANC.
     *
     * @param nonNegative whether a &gt;= 0; true by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is false while the abundances are to sum to one
     */
    public Sunsal withPositivity(boolean nonNegative) {
        return new Sunsal(lambda, nonNegative, sumToOne);
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
    public Sunsal withSumToOne(boolean sum) {
        return new Sunsal(lambda, positivity, sum);
    }

    /**
     * Whether ASC holds.
     *
     * @return false by default
     */
    public boolean sumToOne() {
        return sumToOne;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        if (sumToOne) {
            return Fcls.withDefaults().fit(endmembers);
        }
        return lambda == 0 && !positivity
                ? Ucls.withDefaults().fit(endmembers)
                : SparseModel.priced(endmembers, positivity, lambda);
    }

    @Override
    public String name() {
        return "sunsal";
    }

    @Override
    public String summary() {
        return "Least squares with a price on the sum of the abundances, for libraries.";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias and Figueiredo, Alternating direction algorithms for constrained sparse regression: application to"
                + " hyperspectral unmixing, WHISPERS 2010; Iordache, Bioucas-Dias and Plaza, Sparse unmixing of hyperspectral"
                + " data, IEEE TGRS 49(6), 2011; solved exactly by an active set";
    }
}
