package org.hsi4j.detection;

import java.util.OptionalDouble;
import org.hsi4j.ScoreMap;

/** How a threshold is found for a false-alarm rate. */
public enum ThresholdRule {
    /**
     * The smallest score that at most the asked share of the background's pixels exceed: keeps its word on the scene at hand
     * whatever the distribution. The share is always used up, so as many pixels are reported in a scene without a target,
     * and none at all when the share is less than one pixel. New pixels of the same background exceed it a little more often: with
     * n pixels (k + 1) / (n + 1) times, where k of n were to exceed it, so twice as often where k is 1.
     */
    EMPIRICAL,
    /**
     * The quantile of the distribution that the method assumes of its scores, see {@link DetectionModel#threshold}. Reports
     * nothing but chance where there is no target and holds on scenes of any size, if the background is Gaussian. Real
     * ones have heavier tails, so that RX in particular reports many times what was asked. The cosine does not ask how far a
     * pixel is from the mean: the thresholds of {@link Ace} hold on all elliptical backgrounds.
     */
    MODEL,
    /**
     * By the {@linkplain ScoreTail tail of the scores}: as they are up to the highest 5 %, a Pareto distribution fitted beyond. Holds
     * for any detector, Gaussian background or not, also for scores that no pixel of the scene has, down to rates of one pixel
     * of the scene: learnt on 50 Gaussian and 50 elliptical (t, 6 degrees of freedom) scenes of 10 000 pixels, it was exceeded
     * by new scenes .97 to 1.07 times as often as asked at 1e-2, .98 to 1.18 times at 1e-3 and 1.2 to 1.9 times at 1e-4
     * (docs/results-detection.md). Targets in the scene make it stricter.
     */
    EXTREME_VALUE;

    /**
     * The threshold by this rule.
     *
     * @param model the detector
     * @param background its scores of background
     * @param falseAlarmRate above zero and below one
     * @return the threshold; empty where the background has no valid pixel or, by rule, too few different scores, or the method
     *     knows no distribution
     * @throws IllegalArgumentException if the rate is not above zero and below one
     */
    public OptionalDouble threshold(DetectionModel model, ScoreMap background, double falseAlarmRate) {
        Detection.requireRate(falseAlarmRate);
        return switch (this) {
            case EMPIRICAL -> Decision.exceededBy(background, falseAlarmRate);
            case MODEL -> model.threshold(falseAlarmRate);
            case EXTREME_VALUE ->
                ScoreTail.of(background)
                        .map(tail -> OptionalDouble.of(tail.threshold(falseAlarmRate)))
                        .orElse(OptionalDouble.empty());
        };
    }
}
