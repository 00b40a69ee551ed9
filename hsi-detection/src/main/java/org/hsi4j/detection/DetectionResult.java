package org.hsi4j.detection;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * What a detector found in a scene.
 *
 * @param scores one score a pixel, larger for pixels more like a target or an anomaly; NaN at invalid pixels
 * @param pValues probability that background has at least this score, by the distribution that the method assumes or, with
 *     {@link ThresholdRule#EXTREME_VALUE}, by the {@linkplain ScoreTail tail of the scores}; NaN at invalid pixels; empty when neither is known
 * @param threshold the score above which a pixel is reported; empty when no rate was asked for or none could be
 *     found
 * @param thresholdRule how the threshold was found, a few words for people; empty without a threshold
 * @param detections the pixels whose score is greater than the threshold; empty without a threshold
 * @param diagnostics how it went: those of the model, and the thresholds by either rule with the shares of the scene above
 *     them ({@code threshold-empirical}, {@code share-empirical}, {@code threshold-model}, {@code share-model} and, where that rule was asked for, {@code threshold-extreme-value} and so
 *     on with {@code tail-shape})
 */
@SuppressWarnings("OptionalUsedAsFieldOrParameterType")
public record DetectionResult(
        ScoreMap scores,
        Optional<ScoreMap> pValues,
        OptionalDouble threshold,
        String thresholdRule,
        Optional<Mask> detections,
        Diagnostics diagnostics)
        implements Illustrated {

    /** Pixels of one p-value have one colour in every scene; one in a million has the last. */
    private static final int RAREST = 6;

    /** Checks that every part is there. */
    public DetectionResult {
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(pValues, "pValues");
        Objects.requireNonNull(threshold, "threshold");
        Objects.requireNonNull(thresholdRule, "thresholdRule");
        Objects.requireNonNull(detections, "detections");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The objects that the detections make, joined by sides and corners, whatever their size.
     *
     * @return the objects, each with its own place, extent and scores
     * @throws IllegalStateException if there is no threshold
     */
    public DetectedObjects objects() {
        return objects(Connectivity.EIGHT, 1);
    }

    /**
     * The objects that the detections make.
     *
     * @param connectivity what neighbours are
     * @param leastPixels smaller objects are left out; one or more
     * @return the objects, each with its own place, extent and scores
     * @throws IllegalArgumentException if the least size is below one
     * @throws IllegalStateException if there is no threshold
     */
    public DetectedObjects objects(Connectivity connectivity, int leastPixels) {
        if (threshold.isEmpty()) {
            throw new IllegalStateException("without a threshold there are no objects: ask for a false-alarm rate");
        }
        return DetectedObjects.of(scores, threshold.getAsDouble(), connectivity, leastPixels);
    }

    /**
     * The scores ({@code scores}), coloured up to the threshold where there is one, so that what lies above it stands out even
     * where it is rare, with the detections outlined in cyan; and the p-values ({@code p-values}) as their negative
     * logarithm, where the method knows them.
     *
     * @return one or two figures
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        MapPicture picture = MapPicture.of(scores);
        if (threshold.isPresent() && threshold.getAsDouble() > picture.low()) {
            picture = picture.withRange(picture.low(), threshold.getAsDouble());
        }
        if (detections.isPresent()) {
            picture = picture.withMarks(detections.get(), Color.CYAN);
        }
        figures.add(new Figure(
                "scores",
                threshold.isPresent()
                        ? "The scores, coloured up to the threshold. Outlined: the pixels above it."
                        : "The scores.",
                picture));
        pValues.ifPresent(map -> figures.add(new Figure(
                "p-values",
                "How improbable the scores of the pixels are in the background: the negative decimal logarithm of the"
                        + " p-value, coloured up to " + RAREST + ".",
                MapPicture.of(negativeLogarithm(map)).withRange(0, RAREST))));
        return List.copyOf(figures);
    }

    private static ScoreMap negativeLogarithm(ScoreMap map) {
        double[] values = map.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = 0 - Math.log10(values[i]); // zero, not minus zero, where p is one
        }
        return ScoreMap.of("-log10 p", map.rows(), map.columns(), values);
    }
}
