package org.hsi4j.detection;

import java.util.List;
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

    /**
     * Learns the background and what sets several targets apart from it. Unless a method says otherwise, each target is
     * sought by itself and a pixel has the largest of its scores; the p-value is then the sum of those for each, at most one, and a
     * threshold gives each an equal part of the false alarms: both are on the safe side.
     *
     * @param background scene whose valid pixels are background, but for a few
     * @param targets the spectra sought, at least one, in the bands and the unit of the scene
     * @param context threads, progress, cancellation, seed and memory limit
     * @return a model whose score is larger the more a pixel looks like one of the targets
     * @throws IllegalArgumentException if there is no target, or as {@link #fit(Cube, Spectrum, RunContext)} says
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    default DetectionModel fit(Cube background, List<Spectrum> targets, RunContext context) {
        Background.requireTargets(targets, background);
        return targets.size() == 1
                ? fit(background, targets.get(0), context)
                : new BestTargetModel(
                        targets.stream().map(t -> fit(background, t, context)).toList());
    }
}
