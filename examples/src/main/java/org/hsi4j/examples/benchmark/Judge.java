package org.hsi4j.examples.benchmark;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/** Says how good a mended scene is. */
@FunctionalInterface
public interface Judge {

    /**
     * Its figures.
     *
     * @param restored the mended scene
     * @param context threads and cancellation
     * @return the figures
     */
    Map<Measure, Double> scores(Cube restored, RunContext context);

    /**
     * These figures and those of another one.
     *
     * @param other the other one
     * @return who gives both
     */
    default Judge and(Judge other) {
        return (restored, context) -> {
            Map<Measure, Double> all = new LinkedHashMap<>(scores(restored, context));
            all.putAll(other.scores(restored, context));
            return all;
        };
    }
}
