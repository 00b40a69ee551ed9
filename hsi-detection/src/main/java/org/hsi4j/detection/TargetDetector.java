package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Finds a known spectrum among the background. An open interface: a caller's own method plugs into {@link Detection} by
 * implementing it. Implementations are immutable and thread-safe.
 */
public interface TargetDetector extends Method {

    @Override
    default String family() {
        return "detection";
    }

    @Override
    default String role() {
        return "target detector";
    }

    /**
     * Learns the background and what sets the target apart from it.
     *
     * @param background scene whose valid pixels are background, but for a few
     * @param target the spectrum sought, in the bands and the unit of the scene
     * @param context threads, progress, cancellation, seed and memory limit
     * @return a model whose score is larger the more a pixel looks like the target
     * @throws IllegalArgumentException if something is to be learnt from the background and it has no valid pixel;
     *     if the target has another number of bands, a NaN, or is the mean of the background
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    DetectionModel fit(Cube background, Spectrum target, RunContext context);
}
