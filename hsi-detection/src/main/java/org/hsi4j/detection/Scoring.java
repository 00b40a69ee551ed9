package org.hsi4j.detection;

import java.util.Objects;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;

/**
 * The scores of a scene.
 *
 * @param scores one a pixel, NaN at invalid pixels
 * @param diagnostics how the scoring went; what the fit has to say is not repeated
 */
public record Scoring(ScoreMap scores, Diagnostics diagnostics) {

    /** Checks that both parts are there. */
    public Scoring {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }
}
