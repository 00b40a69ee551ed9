package org.hsi4j.detection;

import java.util.Optional;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/** The p-values of a map of scores, where the model knows them. */
final class PValues {
    private static final int RUN = 4096;

    private PValues() {}

    static Optional<ScoreMap> of(ScoreMap scores, DetectionModel model, RunContext context) {
        if (model.pValue(0.0).isEmpty()) {
            return Optional.empty();
        }
        context.requireMemory(16L * scores.pixels(), "the maps of the result");
        double[] values = scores.toArray();
        int runs = (values.length + RUN - 1) / RUN;
        Parallel.run(context, "p-values", runs, () -> model, (own, run) -> {
            int end = Math.min(values.length, (run + 1) * RUN);
            for (int i = run * RUN; i < end; i++) {
                values[i] = own.pValue(values[i]).orElse(Double.NaN);
            }
        });
        return Optional.of(ScoreMap.of("p-value of " + scores.name(), scores.rows(), scores.columns(), values)
                .withGeoReference(scores.geoReference().orElse(null)));
    }
}
