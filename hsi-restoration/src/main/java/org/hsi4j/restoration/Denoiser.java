package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Takes noise out of a scene. An open interface: a caller's own method plugs into {@link Denoising} by implementing it.
 * Implementations are immutable and thread-safe.
 */
public interface Denoiser extends Method {

    @Override
    default String family() {
        return "restoration";
    }

    @Override
    default String role() {
        return "denoiser";
    }

    /**
     * Denoises a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the scene without its noise: same shape, same bands, same metadata, one more line of provenance; invalid pixels
     *     are NaN in all bands
     * @throws IllegalArgumentException if the method cannot work on such a scene or the result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    RestoredCube denoise(Cube cube, RunContext context);
}
