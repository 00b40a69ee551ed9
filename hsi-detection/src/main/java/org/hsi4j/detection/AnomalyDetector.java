package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Finds what does not belong to the background, without knowing what it is. An open interface: a caller's own method plugs
 * into {@link Detection} by implementing it. Implementations are immutable and thread-safe.
 */
public interface AnomalyDetector extends Method {

    @Override
    default String family() {
        return "detection";
    }

    @Override
    default String role() {
        return "anomaly detector";
    }

    /**
     * Learns the background.
     *
     * @param background scene whose valid pixels are background, but for a few
     * @param context threads, progress, cancellation, seed and memory limit
     * @return a model whose score grows with the distance from the background
     * @throws IllegalArgumentException if the background has no valid pixel
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    DetectionModel fit(Cube background, RunContext context);
}
