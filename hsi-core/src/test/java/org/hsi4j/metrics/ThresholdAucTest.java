package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;

class ThresholdAucTest {
    private static final Mask TRUTH = Mask.of(2, 3, i -> i < 2);

    @Test
    void knowsASmallExample() {
        // scaled to 1, .5 | .75, 0, .25, and one without a score
        ThresholdAuc areas =
                ThresholdAuc.of(ScoreMap.of("s", 2, 3, new double[] {14, 12, 13, 10, 11, Double.NaN}), TRUTH);

        assertThat(areas.auc()).isEqualTo(5.0 / 6);
        assertThat(areas.detection()).isEqualTo(0.75);
        assertThat(areas.falseAlarm()).isCloseTo(1.0 / 3, within(1e-16));
        assertThat(areas.targetDetectability()).isCloseTo(19.0 / 12, within(1e-15));
        assertThat(areas.backgroundSuppressibility()).isCloseTo(0.5, within(1e-15));
        assertThat(areas.targetDetectionInBackground()).isCloseTo(5.0 / 12, within(1e-15));
        assertThat(areas.overallDetection()).isCloseTo(1.25, within(1e-15));
        assertThat(areas.overallDetectionProbability()).isCloseTo(17.0 / 12, within(1e-15));
        assertThat(areas.signalToNoiseProbabilityRatio()).isCloseTo(2.25, within(1e-15));
    }

    /** The areas by their definition: rates above a threshold, integrated over it in small steps. */
    @Test
    void areTheIntegralsOverTheThreshold() {
        Random random = new Random(3);
        double[] values = random.doubles(200).toArray();
        values[0] = 0;
        values[1] = 1;
        Mask truth = Mask.of(20, 10, i -> i % 7 == 0);
        ScoreMap scores = ScoreMap.of("s", 20, 10, values);
        int steps = 20_000;
        double detection = 0;
        double falseAlarm = 0;
        for (int t = 0; t < steps; t++) {
            Mask above = scores.above((t + 0.5) / steps);
            int hits = above.and(truth).count();
            detection += (double) hits / truth.count() / steps;
            falseAlarm += (double) (above.count() - hits) / (200 - truth.count()) / steps;
        }
        ThresholdAuc areas = ThresholdAuc.of(scores, truth);

        // each score lies within half a step of where the sum of steps counts it
        assertThat(areas.detection()).isCloseTo(detection, within(0.5 / steps));
        assertThat(areas.falseAlarm()).isCloseTo(falseAlarm, within(0.5 / steps));
    }

    @Test
    void changesUnderAMonotoneRescalingThatChangesNoDecision() {
        double[] scores = {0.9, 0.5, 0.6, 0, 1, 0.2};
        double[] squares = new double[6];
        for (int i = 0; i < 6; i++) {
            squares[i] = scores[i] * scores[i];
        }
        ThresholdAuc plain = ThresholdAuc.of(ScoreMap.of("s", 2, 3, scores), TRUTH);
        ThresholdAuc squared = ThresholdAuc.of(ScoreMap.of("s", 2, 3, squares), TRUTH);

        assertThat(squared.auc()).isEqualTo(plain.auc());
        assertThat(squared.signalToNoiseProbabilityRatio()).isNotEqualTo(plain.signalToNoiseProbabilityRatio());
    }

    @Test
    void needsAScale() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThresholdAuc.of(ScoreMap.of("s", 2, 3, new double[6]), TRUTH))
                .withMessage("scores from 0.0 to 0.0 cannot be scaled to the range from zero to one");
        double[] infinite = {1, 2, 3, 4, 5, Double.POSITIVE_INFINITY};
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ThresholdAuc.of(ScoreMap.of("s", 2, 3, infinite), TRUTH))
                .withMessage("scores from 1.0 to Infinity cannot be scaled to the range from zero to one");
    }
}
