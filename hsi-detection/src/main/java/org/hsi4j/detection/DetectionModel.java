package org.hsi4j.detection;

import java.io.Serializable;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * What a detector has learnt: gives one score a pixel, larger for pixels that are more like a target or an anomaly. Immutable,
 * serialisable, thread-safe; applies to any scene with the same bands. Most score each pixel by itself, see {@link
 * PixelDetectionModel}; others look at its neighbours too.
 */
public interface DetectionModel extends Serializable {

    /**
     * Bands a scene must have.
     *
     * @return at least one
     */
    int bands();

    /**
     * Scores a scene.
     *
     * @param scene what to score
     * @param context threads, progress, cancellation and memory limit
     * @return the scores, the same for any number of threads
     * @throws IllegalArgumentException if the scene has another number of bands or the map exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    Scoring score(Cube scene, RunContext context);

    /**
     * How the fit went.
     *
     * @return pixels, condition and shrinkage of the covariance and the like
     */
    Diagnostics diagnostics();

    /**
     * The score that background exceeds with a given probability, by the distribution that the method assumes.
     *
     * @param falseAlarmRate probability, above zero and below one
     * @return the threshold; empty when no distribution is known
     * @throws IllegalArgumentException if the rate is not above zero and below one
     */
    OptionalDouble threshold(double falseAlarmRate);

    /**
     * The probability that background has at least a given score, by the distribution that the method assumes.
     *
     * @param score the score
     * @return zero to one, NaN for NaN; empty when no distribution is known
     */
    OptionalDouble pValue(double score);
}
