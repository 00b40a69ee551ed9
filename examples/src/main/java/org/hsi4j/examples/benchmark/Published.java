package org.hsi4j.examples.benchmark;

import java.util.Map;

/**
 * What others report.
 *
 * @param scene the scene, as ours is called
 * @param method their method
 * @param scores their figures
 * @param source where they stand, and against which truth they were taken
 */
public record Published(String scene, String method, Map<Measure, Double> scores, String source) {

    /** Copies the scores. */
    public Published {
        scores = Map.copyOf(scores);
    }
}
