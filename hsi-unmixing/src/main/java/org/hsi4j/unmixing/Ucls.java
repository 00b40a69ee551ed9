package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Unconstrained least squares (UCLS): minimises ||y - E a||<sup>2</sup> over all a. Neither ANC nor ASC holds: abundances
 * may be negative and need not sum to one, and the figure {@code negatives} counts the pixels where this shows.
 *
 * <p>From the singular value decomposition E = U S V', taken with the columns at unit length, a = V (S<sup>-1</sup>U'y) in
 * two products over whole tiles. The condition of E is not squared as in (E'E)<sup>-1</sup>E'y, and the residual is
 * orthogonal to the endmembers to rounding whatever the condition is. When the endmembers are linearly dependent
 * (duplicates, a zero spectrum, more endmembers than bands), the solution of least norm is given and a note says so. An
 * all-zero pixel gives zeros.
 *
 * <p>Costs 2 p (B + p) flops a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Ucls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class Ucls implements AbundanceSolver {
    private static final Ucls DEFAULTS = new Ucls();

    private Ucls() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static Ucls withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        EndmemberMatrix matrix = new EndmemberMatrix(endmembers.toMatrix());
        return new LinearModel(
                matrix.leastSquares(),
                endmembers.bands(),
                Conditions.of(matrix, endmembers, "the solution of least norm is given"));
    }

    @Override
    public String name() {
        return "ucls";
    }

    @Override
    public String summary() {
        return "Least squares without constraints.";
    }

    @Override
    public String reference() {
        return "Keshava and Mustard, Spectral unmixing, IEEE Signal Processing Magazine 19(1), 2002";
    }
}
