package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Fully constrained least squares (FCLS): minimises ||y - E a||<sup>2</sup> subject to a &gt;= 0 (ANC) and sum(a) = 1 (ASC),
 * exactly.
 *
 * <p>The sum is held by eliminating one abundance of each set, which is what a multiplier nu on the sum gives, and not by a
 * heavily weighted extra row, whose error is about 1 / weight<sup>2</sup>. E is brought to p x p by an orthogonal
 * reduction, a whole tile by one product, and each pixel is solved there by an active set
 * whose sets are factored by orthogonalisation. The Gram matrix E'E, which squares the condition of E, is not formed. The
 * scaled KKT residual stays below 10<sup>-10</sup>. Factors are kept for the sets that come again.
 *
 * <p>Affinely dependent endmembers (duplicates, p &gt; bands + 1) are allowed: one of the minimisers is given, the same one on
 * every run, and a note says so. One endmember has the abundance one in every pixel. A pixel given up after 10 p changes of
 * the set counts in the figure {@code unconverged}.
 *
 * <p>Costs 2 B p flops a pixel for the product and about 4 p k for each of the few sets of k endmembers tried, more where a
 * set is new. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Fcls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class Fcls implements AbundanceSolver {
    private static final Fcls DEFAULTS = new Fcls();

    private Fcls() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static Fcls withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        EndmemberMatrix matrix = new EndmemberMatrix(endmembers.toMatrix());
        return new ActiveSetModel(
                matrix.reduced(),
                true,
                endmembers.bands(),
                Conditions.ofSimplex(matrix, endmembers, "one of the minimisers is given"));
    }

    @Override
    public String name() {
        return "fcls";
    }

    @Override
    public String summary() {
        return "Least squares with abundances that are not negative and sum to one.";
    }

    @Override
    public String reference() {
        return "Heinz and Chang, Fully constrained least squares linear spectral mixture analysis method for material "
                + "quantification in hyperspectral imagery, IEEE TGRS 39(3), 2001";
    }
}
