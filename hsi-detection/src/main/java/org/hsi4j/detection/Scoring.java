package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * The scores of a scene.
 *
 * @param scores one a pixel, NaN at invalid pixels
 * @param diagnostics how the scoring went; what the fit has to say is not repeated
 */
public record Scoring(ScoreMap scores, Diagnostics diagnostics) implements Illustrated {

    /** Checks that both parts are there. */
    public Scoring {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The map of the scores.
     *
     * @return one figure
     */
    @Override
    public List<Figure> figures() {
        return List.of(new Figure("scores", "The scores.", MapPicture.of(scores)));
    }
}
