package org.hsi4j.detection;

import java.io.Serializable;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.hsi4j.ScoreMap;

/**
 * How the scores of a background are distributed, whatever the detector: as they were seen up to a high score u, and beyond it by a
 * generalised Pareto distribution of largest likelihood fitted to the excesses over u (peaks over threshold; Pickands,
 * "Statistical inference using extreme order statistics", Annals of Statistics 3, 1975). Immutable and thread-safe.
 *
 * <p><b>Probabilities.</b> Of n scores in falling order the i-th is reached or exceeded with the probability i / (n + 1), the mean of
 * what a new pixel does, with straight lines between; u is the (k+1)-th score, where k is the share of the tail times n, and beyond it the
 * probability is (k + 1) / (n + 1) (1 + &xi; (s - u) / &sigma;)<sup>-1/&xi;</sup>. Where &xi; is negative, that ends at a finite score;
 * from the score of probability 10<sup>-12</sup> on it is continued as an exponential, so that the probability falls strictly
 * and <b>the order of scores is kept</b> everywhere.
 *
 * <p><b>The share of the tail</b> is 5 % by default, and not less than 30 scores: of 1, 2, 5 and 10 % the one whose thresholds for
 * 1e-3 and 1e-4 on simulated Gaussian and elliptical scenes were best (docs/results-detection.md). <b>Targets in the background</b> make its
 * tail heavier and the thresholds higher: leave them out where they are known ({@link Detection.Run#background}).
 *
 * <pre>{@code
 * ScoreTail tail = ScoreTail.of(result.scores()).orElseThrow();
 * double threshold = tail.threshold(1e-4);
 * ScoreMap comparable = tail.normalised(result.scores()); // 3 where one background pixel in a thousand scores as high
 * }</pre>
 *
 * @serial exclude
 */
public final class ScoreTail implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final double SHARE = 0.05;
    private static final int FEWEST = 30;
    private static final double RAREST = Math.log(1e-12);

    /** Finite scores, rising. */
    private final double[] sorted;

    private final double start;
    private final int exceedances;
    private final double scale;
    private final double shape;

    private ScoreTail(double[] sorted, double start, int exceedances, ParetoFit fit) {
        this.sorted = sorted;
        this.start = start;
        this.exceedances = exceedances;
        this.scale = fit.scale();
        this.shape = fit.shape();
    }

    /**
     * Of a map of scores, with a tail of 5 %.
     *
     * @param background scores of background; NaN and infinite ones are left out
     * @return the distribution; empty where there are fewer than 60 scores, or fewer than 30 above those that tie
     */
    public static Optional<ScoreTail> of(ScoreMap background) {
        return of(background, SHARE);
    }

    /**
     * Of a map of scores. Costs O(n log n).
     *
     * @param background scores of background; NaN and infinite ones are left out
     * @param share the share of the scores that make the tail, above zero and at most a half; at least 30 scores are taken
     * @return the distribution; empty where there are fewer than 60 scores, or fewer than 30 above those that tie
     * @throws IllegalArgumentException if the share is out of this range
     */
    public static Optional<ScoreTail> of(ScoreMap background, double share) {
        if (!(share > 0 && share <= 0.5)) {
            throw new IllegalArgumentException("the share of the tail is above 0 and at most 0.5, not " + share);
        }
        double[] sorted = finite(background);
        int tail = (int) Math.max(FEWEST, Math.round(share * sorted.length));
        if (sorted.length < 2 * FEWEST) {
            return Optional.empty();
        }
        double start = sorted[sorted.length - 1 - tail];
        int first = firstAbove(sorted, start);
        if (sorted.length - first < FEWEST) {
            return Optional.empty();
        }
        double[] excesses = Arrays.copyOfRange(sorted, first, sorted.length);
        for (int i = 0; i < excesses.length; i++) {
            excesses[i] -= start;
        }
        return Optional.of(new ScoreTail(sorted, start, excesses.length, ParetoFit.of(excesses)));
    }

    private static double[] finite(ScoreMap map) {
        DoubleBuffer all = map.asBuffer();
        double[] values = new double[map.pixels()];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            if (Double.isFinite(all.get(i))) {
                values[count++] = all.get(i);
            }
        }
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Index of the first value above another one. */
    private static int firstAbove(double[] sorted, double value) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] > value) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private ParetoFit fit() {
        return new ParetoFit(scale, shape);
    }

    private double logShare() {
        return Math.log((exceedances + 1.0) / (sorted.length + 1.0));
    }

    /**
     * Where the tail begins.
     *
     * @return u, a score
     */
    public double start() {
        return start;
    }

    /**
     * Number of scores in the tail.
     *
     * @return k, at least 30
     */
    public int exceedances() {
        return exceedances;
    }

    /**
     * Scale of the tail.
     *
     * @return &sigma;, in the unit of the scores
     */
    public double scale() {
        return scale;
    }

    /**
     * Shape of the tail: about zero for a Gaussian background, above it for heavy tails, below it where scores are bounded.
     *
     * @return &xi;, at least -1/2
     */
    public double shape() {
        return shape;
    }

    /**
     * The score that background exceeds with a given probability.
     *
     * @param falseAlarmRate the probability, above zero and below one
     * @return the threshold
     * @throws IllegalArgumentException if the rate is not above zero and below one
     */
    public double threshold(double falseAlarmRate) {
        Detection.requireRate(falseAlarmRate);
        double log = Math.log(falseAlarmRate) - logShare();
        if (log <= 0) {
            return start + tailExcess(log);
        }
        // the place in falling order, counted from one, where i / (n + 1) is the rate
        double place = Math.min(sorted.length, falseAlarmRate * (sorted.length + 1));
        int above = (int) place;
        double lower = sorted[sorted.length - Math.min(above + 1, sorted.length)];
        double upper = sorted[sorted.length - Math.max(1, above)];
        return upper + (place - above) * (lower - upper);
    }

    private double tailExcess(double log) {
        ParetoFit fit = fit();
        if (shape >= 0 || log >= RAREST) {
            return fit.excess(log);
        }
        double last = fit.excess(RAREST);
        return last + (RAREST - log) / fit.hazard(last);
    }

    /**
     * The probability that background has at least a given score.
     *
     * @param score the score
     * @return zero to one, NaN for NaN; it may be zero where the number is too small to be written
     */
    public double survival(double score) {
        return Math.exp(logSurvival(score));
    }

    private double logSurvival(double score) {
        if (Double.isNaN(score)) {
            return Double.NaN;
        }
        if (score > start) {
            return logShare() + logTail(score - start);
        }
        int n = sorted.length;
        int next = firstAbove(sorted, Math.nextDown(score)); // the first that is at least the score
        if (next == 0) {
            double gap = (sorted[0] - score) / Math.max(start - sorted[0], Double.MIN_NORMAL);
            return Math.log1p(-Math.exp(-gap) / (n + 1.0));
        }
        double upper = sorted[next];
        double lower = sorted[next - 1];
        double place = n - next;
        double share = score == upper ? 0 : (upper - score) / (upper - lower);
        double placeOfLower = n - firstAbove(sorted, Math.nextDown(lower));
        return Math.log((place + share * (placeOfLower - place)) / (n + 1.0));
    }

    private double logTail(double excess) {
        ParetoFit fit = fit();
        if (shape >= 0) {
            return fit.logSurvival(excess);
        }
        double last = fit.excess(RAREST);
        return excess <= last ? fit.logSurvival(excess) : RAREST - (excess - last) * fit.hazard(last);
    }

    /**
     * The probabilities that background has at least the scores of a map.
     *
     * @param scores the scores
     * @return zero to one, NaN for NaN
     */
    public ScoreMap pValues(ScoreMap scores) {
        return mapped("p-value of " + scores.name(), scores, this::survival);
    }

    /**
     * The scores of a map on a scale that is the same for all detectors and scenes: the negative decimal logarithm of the
     * probability that background scores as high. The order of the scores stays.
     *
     * @param scores the scores
     * @return zero or more, NaN for NaN
     */
    public ScoreMap normalised(ScoreMap scores) {
        return mapped(scores.name(), scores, score -> Math.max(0, -logSurvival(score) / Math.log(10)));
    }

    private static ScoreMap mapped(String name, ScoreMap scores, DoubleUnaryOperator f) {
        double[] values = Arrays.stream(scores.toArray()).map(f).toArray();
        return ScoreMap.of(name, scores.rows(), scores.columns(), values)
                .withGeoReference(scores.geoReference().orElse(null));
    }

    @Override
    public String toString() {
        return "scores of " + sorted.length + " pixels, above " + start + " Pareto with shape " + shape + " and scale "
                + scale;
    }
}
