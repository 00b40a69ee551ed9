package org.hsi4j.simulate;

import org.hsi4j.Cube;

/** What a {@link Degradation} hands back: a cube, and in each implementing record exactly what was done to it. */
public interface Degraded {

    /**
     * The degraded cube.
     *
     * @return with the metadata of the original and one more line of provenance
     */
    Cube cube();
}
