package org.hsi4j.unmixing;

import org.hsi4j.Endmembers;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.unmixing.internal.EndmemberMatrix;

/** What a solver says about its endmembers. */
final class Conditions {

    private Conditions() {}

    /** The figure {@code condition}, and a note with what is done about linearly dependent endmembers. */
    static Diagnostics of(EndmemberMatrix matrix, Endmembers endmembers, String whenDependent) {
        Diagnostics diagnostics = Diagnostics.none().with("condition", matrix.condition());
        return matrix.isDependent()
                ? diagnostics.note("the " + endmembers.count() + " endmembers are linearly dependent (rank "
                        + matrix.rank() + "); " + whenDependent)
                : diagnostics;
    }

    /** The same for a solver with ASC, to which only affine dependence matters. */
    static Diagnostics ofSimplex(EndmemberMatrix matrix, Endmembers endmembers, String whenDependent) {
        Diagnostics diagnostics = Diagnostics.none().with("condition", matrix.condition());
        return matrix.isAffinelyDependent()
                ? diagnostics.note("the " + endmembers.count() + " endmembers are affinely dependent (they span "
                        + matrix.affineRank() + " dimensions); " + whenDependent)
                : diagnostics;
    }
}
