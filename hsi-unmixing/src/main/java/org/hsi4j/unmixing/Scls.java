package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/**
 * Sum-to-one constrained least squares (SCLS): minimises ||y - E a||<sup>2</sup> subject to sum(a) = 1 (ASC). Abundances may
 * be negative, and the figure {@code negatives} counts the pixels where they are.
 *
 * <p>The abundance of the shortest endmember is one less all others, which leaves a problem without constraint in the
 * differences from it: what a multiplier on the sum gives, without squaring the condition. It is solved by the singular value
 * decomposition in two products over whole tiles, and the sum is one to rounding. When the endmembers are affinely dependent
 * (duplicates, p &gt; bands + 1), the solution of least norm is given and a note says so. One endmember has the abundance one
 * in every pixel.
 *
 * <p>Costs 2 p (B + p) flops a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Scls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * }</pre>
 */
public final class Scls implements AbundanceSolver {
    private static final Scls DEFAULTS = new Scls();

    private Scls() {}

    /**
     * The method; it has no options.
     *
     * @return the method
     */
    public static Scls withDefaults() {
        return DEFAULTS;
    }

    @Override
    public AbundanceModel fit(Endmembers endmembers) {
        EndmemberMatrix matrix = new EndmemberMatrix(endmembers.toMatrix());
        return new LinearModel(
                matrix.sumToOne(),
                endmembers.bands(),
                Conditions.ofSimplex(matrix, endmembers, "the solution of least norm is given"));
    }

    @Override
    public String name() {
        return "scls";
    }

    @Override
    public String summary() {
        return "Least squares with abundances that sum to one.";
    }

    @Override
    public String reference() {
        return "Settle and Drake, Linear mixing and the estimation of ground cover proportions, "
                + "Int. J. Remote Sensing 14(6), 1993";
    }
}
