package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Fully constrained least squares (FCLS): minimises ||y - E a||<sup>2</sup> subject to a &gt;= 0 (ANC) and sum(a) = 1 (ASC),
 * exactly.
 *
 * <p>The sum is held by eliminating one abundance of each set, which is what a multiplier nu on the sum gives, and not by a
 * heavily weighted extra row, whose error is about 1 / weight<sup>2</sup>. One product brings a whole tile to the at most
 * p - 1 dimensions that the differences of the endmembers span (orthogonal reduction, so that their condition is not squared),
 * and all else works there. The sets of positive abundances are searched by block principal pivoting, from the signs of the
 * solution on all endmembers. Up to 8 endmembers the solution on each set is kept as a small matrix, and up to 12 its
 * Cholesky factor; beyond that each set is factored anew, and the last one of a pixel is solved again against the columns
 * themselves. A primal active set takes over where pivoting fails. Every pixel is then verified by the conditions of Karush,
 * Kuhn and Tucker; where rounding has spoilt them (nearly dependent endmembers) it is solved by an active set with orthogonal
 * factors, and the figure {@code fallbacks} counts it. The scaled KKT residual stays below 10<sup>-10</sup>. The abundances of
 * a pixel depend on that pixel alone.
 *
 * <p>Affinely dependent endmembers (duplicates, p &gt; bands + 1) are allowed: one of the minimisers is given, the same one on
 * every run, and a note says so. One endmember has the abundance one in every pixel. A pixel given up after 10 p changes of
 * the set counts in the figure {@code unconverged}.
 *
 * <p>Costs 2 B p flops a pixel for the product, about 6 p<sup>2</sup> for the verification, and 2 p<sup>2</sup> for each set
 * tried up to 8 endmembers, 2 k<sup>2</sup> + 2 p k for each set of k up to 12, k<sup>3</sup> / 3 more beyond. Immutable and thread-safe.
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
                matrix.reducedDifferences(),
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
                + "quantification in hyperspectral imagery, IEEE TGRS 39(3), 2001; Kim and Park, Fast nonnegative matrix "
                + "factorization: an active-set-like method and comparisons, SIAM J. Sci. Comput. 33(6), 2011";
    }
}
