package org.hsi4j.unmixing.internal;

import org.hsi4j.AbundanceMaps;
import org.hsi4j.run.Diagnostics;

/** Abundances of a scene and how they were found. */
public final class SceneSolution {
    private final AbundanceMaps maps;
    private final Diagnostics diagnostics;

    SceneSolution(AbundanceMaps maps, Diagnostics diagnostics) {
        this.maps = maps;
        this.diagnostics = diagnostics;
    }

    /**
     * The abundances.
     *
     * @return NaN at invalid pixels
     */
    public AbundanceMaps maps() {
        return maps;
    }

    /**
     * How the iteration went.
     *
     * @return its figures
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }
}
