package org.hsi4j.unmixing;

import java.util.Objects;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;

/**
 * What comes out of {@link Unmixing}.
 *
 * @param endmembers those the abundances belong to
 * @param abundances one map an endmember; NaN at invalid pixels
 * @param extraction both forms of the endmembers and where they lie; empty when the endmembers were given
 * @param residual root mean square over the bands of y - E a, in the unit of the scene; NaN at invalid pixels
 * @param diagnostics figures and notes of all steps; {@code residual_rms} is the root mean square over all bands and pixels
 */
public record UnmixingResult(
        Endmembers endmembers,
        AbundanceMaps abundances,
        Optional<Extraction> extraction,
        ScoreMap residual,
        Diagnostics diagnostics) {

    /** Checks that all parts are there. */
    public UnmixingResult {
        Objects.requireNonNull(endmembers, "endmembers");
        Objects.requireNonNull(abundances, "abundances");
        Objects.requireNonNull(extraction, "extraction");
        Objects.requireNonNull(residual, "residual");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }
}
