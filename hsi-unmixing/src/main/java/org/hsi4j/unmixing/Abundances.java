package org.hsi4j.unmixing;

import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.run.Diagnostics;

/**
 * What an abundance solver gives for a scene.
 *
 * @param maps one map an endmember; NaN at invalid pixels
 * @param diagnostics how it went; the figures are listed at {@link AbundanceSolver#solve}
 */
public record Abundances(AbundanceMaps maps, Diagnostics diagnostics) {

    /** Checks that both are there. */
    public Abundances {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }
}
