package org.hsi4j.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One row of the table: a contestant on a scene.
 *
 * @param scene name of the scene
 * @param method the method
 * @param setting what it was given
 * @param scores the figures over the runs; empty when every run failed
 * @param seconds time of a run; empty when every run failed
 * @param note what went wrong, or empty
 */
public record Entry(
        String scene,
        String method,
        String setting,
        Map<Measure, Spread> scores,
        Optional<Spread> seconds,
        String note) {

    /** Copies the scores, in their order. */
    public Entry {
        scores = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(scores));
    }

    /**
     * One figure.
     *
     * @param measure which
     * @return its spread; empty where the setting has no such figure
     */
    public Optional<Spread> score(Measure measure) {
        return Optional.ofNullable(scores.get(measure));
    }
}
