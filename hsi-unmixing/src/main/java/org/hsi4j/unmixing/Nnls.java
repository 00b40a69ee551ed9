package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Non-negative least squares (NNLS): minimises ||y - E a||<sup>2</sup> subject to a &gt;= 0 (ANC), exactly. The abundances need
 * not sum to one; {@link org.hsi4j.AbundanceMaps#normalized()} divides by the sum where that is wanted.
 *
 * <p>E is brought to p x p by an orthogonal reduction (E = U S V', columns at unit length first), a whole tile to U'y by one
 * product, and each pixel is solved there by an active set (Lawson and Hanson) whose sets are factored by orthogonalisation.
 * The Gram matrix E'E is not formed: it would square the condition of E, and lose near-collinear endmembers altogether. The
 * scaled KKT residual stays below 10<sup>-10</sup>. Factors are kept for the sets that come again.
 *
 * <p>Dependent endmembers (duplicates, more endmembers than bands) are allowed: one of the minimisers is given, the same
 * one on every run, and a note says so. A zero endmember and an all-zero pixel get zeros. A pixel given up after 10 p changes
 * of the set counts in the figure {@code unconverged}.
 *
 * <p>Costs 2 B p flops a pixel for the product and about 4 p k for each of the few sets of k endmembers tried, more where a
 * set is new. Immutable and thread-safe.
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
                + "non-negativity-constrained least squares algorithm, J. Chemometrics 11, 1997";
    }
}
