package org.hsi4j.detection;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;

/**
 * What a detector found in a scene.
 *
 * @param scores one score a pixel, larger for pixels more like a target or an anomaly; NaN at invalid pixels
 * @param pValues probability that background has at least this score, by the distribution that the method assumes; NaN at
 *     invalid pixels; empty when the method knows none
 * @param threshold the score above which a pixel is reported; empty when no false-alarm rate was asked for or none could be
 *     found
 * @param thresholdRule how the threshold was found, a few words for people; empty without a threshold
 * @param detections the pixels whose score is greater than the threshold; empty without a threshold
 * @param diagnostics how it went: those of the model, and the thresholds by either rule with the shares of the scene above
 *     them ({@code threshold-empirical}, {@code share-empirical}, {@code threshold-model}, {@code share-model})
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record DetectionResult(
        ScoreMap scores,
        Optional<ScoreMap> pValues,
        OptionalDouble threshold,
        String thresholdRule,
        Optional<Mask> detections,
        Diagnostics diagnostics) {

    /** Checks that every part is there. */
    public DetectionResult {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(pValues, "pValues");
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(thresholdRule, "thresholdRule");
        Objects.requireNonNull(detections, "detections");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }
}
