package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * What an abundance solver gives for a scene.
 *
 * @param maps one map an endmember; NaN at invalid pixels
 * @param diagnostics how it went; the figures are listed at {@link AbundanceSolver#solve}
 * @param brightness where the maps are shares of the light of a pixel, what they were divided by: the model of a pixel is then
 *     brightness times E a; empty where it is E a
 */
public record Abundances(AbundanceMaps maps, Diagnostics diagnostics, Optional<ScoreMap> brightness)
        implements Illustrated {

    /** Checks that all parts are there. */
    public Abundances {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(diagnostics, "diagnostics");
        Objects.requireNonNull(brightness, "brightness");
    }

    /**
     * Abundances whose model of a pixel is E a.
     *
     * @param maps one map an endmember; NaN at invalid pixels
     * @param diagnostics how it went
     */
    public Abundances(AbundanceMaps maps, Diagnostics diagnostics) {
        this(maps, diagnostics, Optional.empty());
    }

    /**
     * The maps side by side ({@code abundances}), and the {@code brightness} where there is one.
     *
     * @return one or two figures
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("abundances", "How much of each endmember the pixels hold.", AbundancePanel.of(maps)));
        brightness.ifPresent(map -> figures.add(brightnessFigure(map)));
        return List.copyOf(figures);
    }

    static Figure brightnessFigure(ScoreMap brightness) {
        return new Figure(
                "brightness",
                "Brightness: what the abundances of each pixel were divided by, so that they sum to one.",
                MapPicture.of(brightness));
    }
}
