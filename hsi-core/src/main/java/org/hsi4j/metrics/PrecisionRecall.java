package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;

/**
 * Precision and recall of a detector at every threshold, and average precision (AP). Recall is the share of the targets that
 * are detected, precision the share of the detections that are targets. Where targets are rare, it shows the false alarms that
 * a {@link Roc} divides by a large number of background pixels.
 *
 * <p>AP = sum over distinct scores, from the highest to the lowest, of (R<sub>n</sub> - R<sub>n-1</sub>) P<sub>n</sub>: <b>a
 * sum of steps, not of trapezoids</b>. Between two thresholds precision does not change in proportion to recall, so no
 * detector works on the straight line between two points, and the area under it is too large: Davis and Goadrich, "The
 * relationship between precision-recall and ROC curves", ICML 2006. Pixels of equal scores are detected together. From over
 * zero to one; scores that know nothing have the share of the targets among all pixels, the {@link #prevalence()}, so figures
 * of scenes with different shares cannot be compared.
 *
 * <p>Pixels whose score is NaN are left out; higher scores mean target. Immutable and thread-safe. Making one costs O(N log N).
 *
 * <pre>{@code
 * double ap = PrecisionRecall.of(scores, truth).averagePrecision();
 * }</pre>
 */
public final class PrecisionRecall {
    private final Roc roc;
    private final double averagePrecision;

    private PrecisionRecall(Roc roc) {
        this.roc = roc;
        double sum = 0;
        int before = 0;
        for (int g = 0; g < roc.groups(); g++) {
            sum += (roc.targetsFrom(g) - before) * precision(g);
            before = roc.targetsFrom(g);
        }
        this.averagePrecision = sum / roc.targets();
    }

    /**
     * Of a map of scores.
     *
     * @param scores the scores; pixels with NaN are left out
     * @param truth the target pixels, in an image of the same shape
     * @return precision and recall
     * @throws IllegalArgumentException if the shapes differ, or no target pixel or no other pixel has a score
     */
    public static PrecisionRecall of(ScoreMap scores, Mask truth) {
        return new PrecisionRecall(Roc.of(scores, truth));
    }

    /**
     * Of any scores.
     *
     * @param scores the scores; entries with NaN are left out
     * @param truth whether each entry is a target
     * @return precision and recall
     * @throws IllegalArgumentException if the lengths differ, or no target or no other entry has a score
     */
    public static PrecisionRecall of(double[] scores, boolean[] truth) {
        return new PrecisionRecall(Roc.of(scores, truth));
    }

    /**
     * Average precision.
     *
     * @return over zero to one
     */
    public double averagePrecision() {
        return averagePrecision;
    }

    /**
     * Share of the targets among the pixels that have a score: the precision of detecting everything.
     *
     * @return over zero and below one
     */
    public double prevalence() {
        return (double) roc.targets() / (roc.targets() + roc.others());
    }

    /**
     * The curve, one point for each number of distinct scores that are detected; at least one is.
     *
     * @return the points, recall never falling
     */
    public List<Point> curve() {
        List<Point> points = new ArrayList<>(roc.groups());
        for (int g = 0; g < roc.groups(); g++) {
            double recall = (double) roc.targetsFrom(g) / roc.targets();
            points.add(new Point(recall, precision(g), roc.score(g)));
        }
        return List.copyOf(points);
    }

    private double precision(int group) {
        return (double) roc.targetsFrom(group) / (roc.targetsFrom(group) + roc.othersFrom(group));
    }

    @Override
    public String toString() {
        return "precision and recall of " + roc.targets() + " targets and " + roc.others() + " others, AP "
                + averagePrecision;
    }

    /**
     * One point of the curve.
     *
     * @param recall share of the targets that have this score or a higher one
     * @param precision share of the targets among the pixels that have this score or a higher one
     * @param score the lowest score that is a detection
     */
    public record Point(double recall, double precision, double score) {

        /**
         * F1 score, the harmonic mean of precision and recall.
         *
         * @return zero to one; zero where no target is detected
         */
        public double f1() {
            return recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
        }
    }
}
