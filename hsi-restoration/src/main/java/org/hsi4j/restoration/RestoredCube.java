package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;

/**
 * A restored scene and how the restoration went.
 *
 * @param cube the restored scene
 * @param diagnostics what was estimated on the way
 */
public record RestoredCube(Cube cube, Diagnostics diagnostics) {

    /** Checks that both are there. */
    public RestoredCube {
        Objects.requireNonNull(cube, "cube");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }
}
