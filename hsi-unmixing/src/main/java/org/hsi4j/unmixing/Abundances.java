package org.hsi4j.unmixing;

import java.util.List;
import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;

/**
 * What an abundance solver gives for a scene.
 *
 * @param maps one map an endmember; NaN at invalid pixels
 * @param diagnostics how it went; the figures are listed at {@link AbundanceSolver#solve}
 */
public record Abundances(AbundanceMaps maps, Diagnostics diagnostics) implements Illustrated {

    /** Checks that both are there. */
    public Abundances {
        Objects.requireNonNull(maps, "maps");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The maps side by side ({@code abundances}).
     *
     * @return one figure
     */
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("abundances", "How much of each endmember the pixels hold.", AbundancePanel.of(maps)));
    }
}
