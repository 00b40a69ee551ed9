package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Fuses a scene of many bands with one of the same place that has smaller pixels and fewer bands (a multispectral or a
 * panchromatic image): the bands of the one in the pixels of the other. An open interface: a caller's own method plugs into
 * {@link Fusion} by implementing it. Implementations are immutable and thread-safe.
 */
public interface Fuser extends Method {

    @Override
    default String family() {
        return "restoration";
    }

    @Override
    default String role() {
        return "fuser";
    }

    /**
     * Fuses two scenes.
     *
     * @param coarse the scene of many bands
     * @param sharp the scene of the same place, d times as many rows and d times as many columns, d at least 2
     * @param sensors what is known of them; the rest is estimated
     * @param context threads, progress, cancellation and memory limit
     * @return the bands of the coarse scene in the pixels of the sharp one; a pixel that is invalid in either is NaN
     * @throws IllegalArgumentException if the sizes or the spectral response do not fit or the result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    RestoredCube fuse(Cube coarse, Cube sharp, FusedSensors sensors, RunContext context);
}
