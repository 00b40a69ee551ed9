package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;

/**
 * Receiver operating characteristic of a detector: how many targets (detection rate, Pd) and how many other pixels (false
 * alarm rate, Pf) score above a threshold, for every threshold, and the area under that curve (AUC).
 *
 * <p>AUC is the probability that a target scores higher than another pixel, ties counting one half: the statistic of Mann
 * and Whitney (1947), equal to the trapezoidal area (Hanley and McNeil, "The meaning and use of the area under a receiver
 * operating characteristic curve", Radiology 143, 1982). It is counted in integers, so it is exact but for the final
 * division. From zero to one; 0.5 for scores that know nothing. Higher scores mean target.
 *
 * <p>Pixels whose score is NaN are left out; infinite scores are allowed. Immutable and thread-safe. Making one costs
 * O(N log N).
 *
 * <pre>{@code
 * Roc roc = Roc.of(scores, truth);
 * double auc = roc.auc();
 * double pd = roc.detectionRate(1e-3);
 * double nauc = roc.normalizedPartialAuc(1e-2);
 * }</pre>
 */
public final class Roc {
    private final double auc;
    private final int targets;
    private final int others;
    /** Distinct scores, highest first, and how many targets and others have that score or a higher one. */
    private final double[] scores;

    private final int[] targetsFrom;
    private final int[] othersFrom;

    private Roc(double[] targetScores, double[] otherScores) {
        Arrays.sort(targetScores);
        Arrays.sort(otherScores);
        targets = targetScores.length;
        others = otherScores.length;
        double[] distinct = new double[targets + others];
        int[] hits = new int[distinct.length];
        int[] alarms = new int[distinct.length];
        int groups = 0;
        int t = targets;
        int o = others;
        long twiceWins = 0;
        while (t > 0 || o > 0) {
            double score = Math.max(
                    t > 0 ? targetScores[t - 1] : Double.NEGATIVE_INFINITY,
                    o > 0 ? otherScores[o - 1] : Double.NEGATIVE_INFINITY);
            int tiedTargets = t;
            int tiedOthers = o;
            while (t > 0 && targetScores[t - 1] == score) {
                t--;
            }
            while (o > 0 && otherScores[o - 1] == score) {
                o--;
            }
            tiedTargets -= t;
            tiedOthers -= o;
            twiceWins += (long) tiedTargets * (2L * o + tiedOthers);
            distinct[groups] = score;
            hits[groups] = targets - t;
            alarms[groups++] = others - o;
        }
        auc = twiceWins / (2.0 * targets * others);
        scores = Arrays.copyOf(distinct, groups);
        targetsFrom = Arrays.copyOf(hits, groups);
        othersFrom = Arrays.copyOf(alarms, groups);
    }

    /**
     * Of a map of scores.
     *
     * @param scores the scores; pixels with NaN are left out
     * @param truth the target pixels, in an image of the same shape
     * @return the characteristic
     * @throws IllegalArgumentException if the shapes differ, or no target pixel or no other pixel has a score
     */
    public static Roc of(ScoreMap scores, Mask truth) {
        if (scores.rows() != truth.rows() || scores.columns() != truth.columns()) {
            throw new IllegalArgumentException("the scores are " + scores.rows() + "x" + scores.columns()
                    + " pixels but the truth is " + truth.rows() + "x" + truth.columns());
        }
        return of(scores.toArray(), truth::get);
    }

    /**
     * Of any scores.
     *
     * @param scores the scores; entries with NaN are left out
     * @param truth whether each entry is a target
     * @return the characteristic
     * @throws IllegalArgumentException if the lengths differ, or no target or no other entry has a score
     */
    public static Roc of(double[] scores, boolean[] truth) {
        if (scores.length != truth.length) {
            throw new IllegalArgumentException(scores.length + " scores given but " + truth.length + " truths");
        }
        return of(scores, i -> truth[i]);
    }

    private static Roc of(double[] scores, IntPredicate truth) {
        double[] targetScores = new double[scores.length];
        double[] otherScores = new double[scores.length];
        int targets = 0;
        int others = 0;
        for (int i = 0; i < scores.length; i++) {
            if (Double.isNaN(scores[i])) {
                continue;
            }
            if (truth.test(i)) {
                targetScores[targets++] = scores[i];
            } else {
                otherScores[others++] = scores[i];
            }
        }
        if (targets == 0 || others == 0) {
            throw new IllegalArgumentException("a ROC needs targets and others with a score, but there are " + targets
                    + " targets and " + others + " others");
        }
        return new Roc(Arrays.copyOf(targetScores, targets), Arrays.copyOf(otherScores, others));
    }

    /**
     * Area under the curve.
     *
     * @return zero to one
     */
    public double auc() {
        return auc;
    }

    /**
     * Area under the part of the curve whose false alarm rate does not exceed a limit, f: the integral of Pd over Pf from 0 to
     * f, trapezoidal as {@link #auc()} is, so that the curve is a straight line across ties and up to f. Detectors are used at
     * low false alarm rates, of which the whole area says little.
     *
     * @param falseAlarmRate the limit f, over zero to one
     * @return zero to f; f<sup>2</sup>/2 for scores that know nothing
     * @throws IllegalArgumentException if the limit is not over zero to one
     */
    public double partialAuc(double falseAlarmRate) {
        if (!(falseAlarmRate > 0 && falseAlarmRate <= 1)) {
            throw new IllegalArgumentException(
                    "the limit of a partial area is a false alarm rate over zero to one, not " + falseAlarmRate);
        }
        double area = 0;
        double alarms = 0;
        double detections = 0;
        for (int g = 0; g < scores.length; g++) {
            double nextAlarms = (double) othersFrom[g] / others;
            double nextDetections = (double) targetsFrom[g] / targets;
            if (nextAlarms >= falseAlarmRate && nextAlarms > alarms) {
                double share = (falseAlarmRate - alarms) / (nextAlarms - alarms);
                double end = detections + share * (nextDetections - detections);
                return area + (falseAlarmRate - alarms) * (detections + end) / 2;
            }
            area += (nextAlarms - alarms) * (detections + nextDetections) / 2;
            alarms = nextAlarms;
            detections = nextDetections;
        }
        throw new IllegalStateException("the curve ends at a false alarm rate of one");
    }

    /**
     * The partial area as a plain fraction of the largest one there can be, f: the mean detection rate at false alarm rates up
     * to f, often called NAUC. Not to be confused with {@link #standardizedPartialAuc}.
     *
     * @param falseAlarmRate the limit f, over zero to one
     * @return zero to one; f/2 for scores that know nothing
     * @throws IllegalArgumentException if the limit is not over zero to one
     */
    public double normalizedPartialAuc(double falseAlarmRate) {
        return partialAuc(falseAlarmRate) / falseAlarmRate;
    }

    /**
     * The partial area A in the standardised form of McClish, "Analyzing a portion of the ROC curve", Medical Decision Making
     * 9, 1989: (1 + (A - f<sup>2</sup>/2) / (f - f<sup>2</sup>/2)) / 2, which keeps the scale of the AUC whatever f.
     *
     * @param falseAlarmRate the limit f, over zero to one
     * @return one for a perfect detector, 0.5 for scores that know nothing, less for worse ones; the AUC where f is one
     * @throws IllegalArgumentException if the limit is not over zero to one
     */
    public double standardizedPartialAuc(double falseAlarmRate) {
        double least = falseAlarmRate * falseAlarmRate / 2;
        return (1 + (partialAuc(falseAlarmRate) - least) / (falseAlarmRate - least)) / 2;
    }

    /** Number of distinct scores. */
    int groups() {
        return scores.length;
    }

    /** A distinct score, the highest one first. */
    double score(int group) {
        return scores[group];
    }

    /** Number of targets with that score or a higher one. */
    int targetsFrom(int group) {
        return targetsFrom[group];
    }

    /** Number of others with that score or a higher one. */
    int othersFrom(int group) {
        return othersFrom[group];
    }

    /**
     * Number of targets that have a score.
     *
     * @return at least one
     */
    public int targets() {
        return targets;
    }

    /**
     * Number of other pixels that have a score.
     *
     * @return at least one
     */
    public int others() {
        return others;
    }

    /**
     * The largest detection rate of any threshold whose false alarm rate does not exceed a limit. There is no
     * interpolation: some threshold really gives it.
     *
     * @param falseAlarmRate the limit, zero to one
     * @return zero to one
     * @throws IllegalArgumentException if the limit is not within zero and one
     */
    public double detectionRate(double falseAlarmRate) {
        return point(groupsWithin(falseAlarmRate)).detectionRate();
    }

    /**
     * The lowest threshold whose false alarm rate does not exceed a limit; pixels above it are detections
     * ({@link ScoreMap#above(double)}).
     *
     * @param falseAlarmRate the limit, zero to one
     * @return the threshold; see {@link Point#threshold()}
     * @throws IllegalArgumentException if the limit is not within zero and one
     */
    public double threshold(double falseAlarmRate) {
        return point(groupsWithin(falseAlarmRate)).threshold();
    }

    private int groupsWithin(double falseAlarmRate) {
        if (!(falseAlarmRate >= 0 && falseAlarmRate <= 1)) {
            throw new IllegalArgumentException(
                    "a false alarm rate is a number from zero to one, not " + falseAlarmRate);
        }
        int low = 0;
        int high = scores.length;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if ((double) othersFrom[middle - 1] / others <= falseAlarmRate) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /**
     * The curve from (0, 0) to (1, 1), one point for each number of distinct scores that are detected.
     *
     * @return the points, false alarm rate and detection rate both never falling
     */
    public List<Point> curve() {
        List<Point> points = new ArrayList<>(scores.length + 1);
        for (int g = 0; g <= scores.length; g++) {
            points.add(point(g));
        }
        return List.copyOf(points);
    }

    /** The point at which the highest {@code groups} distinct scores are detected. */
    private Point point(int groups) {
        if (groups == 0) {
            return new Point(0, 0, scores[0]);
        }
        double threshold = Double.NEGATIVE_INFINITY;
        if (groups < scores.length) {
            threshold = scores[groups];
        } else if (scores[groups - 1] == Double.NEGATIVE_INFINITY) {
            threshold = Double.NaN;
        }
        return new Point(
                (double) othersFrom[groups - 1] / others, (double) targetsFrom[groups - 1] / targets, threshold);
    }

    @Override
    public String toString() {
        return "ROC of " + targets + " targets and " + others + " others, AUC " + auc;
    }

    /**
     * One point of the curve.
     *
     * @param falseAlarmRate share of the other pixels that score above the threshold
     * @param detectionRate share of the targets that score above the threshold
     * @param threshold the highest score that is no longer a detection, negative infinity when all are detections; NaN when
     *     all are and some score is negative infinity itself, since no threshold lies below it
     */
    public record Point(double falseAlarmRate, double detectionRate, double threshold) {}
}
