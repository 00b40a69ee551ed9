package org.hsi4j.examples;

import java.util.Optional;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.DetectedObjects;
import org.hsi4j.detection.DetectionResult;
import org.hsi4j.metrics.Roc;
import org.jspecify.annotations.Nullable;

/**
 * A scene and what was found in it.
 *
 * @param scene the scene
 * @param method name of the detector
 * @param result the scores and the pixels above the threshold
 * @param objects the objects that those pixels make
 * @param target the spectrum sought; none when anomalies were
 * @param truth where the targets are, when that is known
 */
record Detected(
        Scene scene,
        String method,
        DetectionResult result,
        DetectedObjects objects,
        @Nullable Spectrum target,
        @Nullable Mask truth) {

    /** Says how much was found and how good it is. */
    void describe(Facts facts) {
        Optional<Mask> found = result.detections();
        result.threshold().ifPresent(value -> facts.put("threshold", value));
        found.ifPresent(mask -> facts.put("detections", mask.count())
                .put("objects", objects.items().size()));
        if (truth == null) {
            return;
        }
        facts.put("targets", truth.count())
                .put("auc", Roc.of(result.scores(), truth).auc());
        if (found.isPresent()) {
            int hits = found.get().and(truth).count();
            facts.put("hits", hits).put("false_alarms", found.get().count() - hits);
        }
    }
}
