package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Mends a scene: what all roles of the family that need nothing but the scene have in common. An open interface: a caller's
 * own method plugs into {@link Restoring} by implementing it or, better, the interface of its role, such as {@link Denoiser}.
 * Implementations are immutable and thread-safe.
 */
public interface Restorer extends Method {

    @Override
    default String family() {
        return "restoration";
    }

    /**
     * Restores a scene.
     *
     * @param cube the scene as it was measured
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the restored scene: same metadata, one more line of provenance; masked pixels are NaN in all bands
     * @throws IllegalArgumentException if the method cannot work on such a scene or the result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    RestoredCube restore(Cube cube, RunContext context);
}
