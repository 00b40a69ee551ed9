package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Non-negative least squares (NNLS): minimises ||y - E a||<sup>2</sup> subject to a &gt;= 0 (ANC), exactly. The abundances need
 * not sum to one; {@link org.hsi4j.AbundanceMaps#normalized()} divides by the sum where that is wanted.
 *
 * <p>One product brings a whole tile to the at most p dimensions that the endmembers span (orthogonal reduction, so that
 * their condition is not squared), and all else works there. The sets of positive abundances are searched by block principal
 * pivoting, from the signs of the solution without constraints. Up to 8 endmembers the solution on each set is kept as a small
 * matrix, and up to 12 its Cholesky factor; beyond that each set is factored anew, and the last one of a pixel is solved again
 * against the columns themselves. A primal active set takes over where pivoting fails. Every pixel is then verified by the
 * conditions of Karush, Kuhn and Tucker; where rounding has spoilt them (nearly dependent endmembers) it is solved by an active
 * set with orthogonal factors, and the figure {@code fallbacks} counts it. The scaled KKT residual stays below
 * 10<sup>-10</sup>. The abundances of a pixel depend on that pixel alone.
 *
 * <p>Dependent endmembers (duplicates, more endmembers than bands) are allowed: one of the minimisers is given, the same
 * one on every run, and a note says so. A zero endmember and an all-zero pixel get zeros. A pixel given up after 10 p changes
 * of the set counts in the figure {@code unconverged}.
 *
 * <p>Costs 2 B p flops a pixel for the product, about 6 p<sup>2</sup> for the verification, and 2 p<sup>2</sup> for each set
 * tried up to 8 endmembers, 2 k<sup>2</sup> + 2 p k for each set of k up to 12, k<sup>3</sup> / 3 more beyond. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Nnls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class Nnls implements AbundanceSolver {
    private static final Nnls DEFAULTS = new Nnls();

    private Nnls() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static Nnls withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        EndmemberMatrix matrix = new EndmemberMatrix(endmembers.toMatrix());
        return new ActiveSetModel(
                matrix.reduced(),
                false,
                endmembers.bands(),
                Conditions.of(matrix, endmembers, "one of the minimisers is given"));
    }

    @Override
    public String name() {
        return "nnls";
    }

    @Override
    public String summary() {
        return "Least squares with abundances that are not negative.";
    }

    @Override
    public String reference() {
        return "Lawson and Hanson, Solving Least Squares Problems, 1974; Bro and de Jong, A fast "
                + "non-negativity-constrained least squares algorithm, J. Chemometrics 11, 1997; Kim and Park, Fast "
                + "nonnegative matrix factorization, SIAM J. Sci. Comput. 33(6), 2011";
    }
}
