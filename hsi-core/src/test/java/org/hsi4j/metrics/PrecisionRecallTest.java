package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;

class PrecisionRecallTest {

    @Test
    void knowsASmallExample() {
        PrecisionRecall pr =
                PrecisionRecall.of(new double[] {5, 4, 4, 2, 1}, new boolean[] {true, false, true, false, false});

        assertThat(pr.curve())
                .containsExactly(
                        new PrecisionRecall.Point(0.5, 1, 5),
                        new PrecisionRecall.Point(1, 2.0 / 3, 4),
                        new PrecisionRecall.Point(1, 0.5, 2),
                        new PrecisionRecall.Point(1, 0.4, 1));
        assertThat(pr.averagePrecision()).isCloseTo((1 + 2.0 / 3) / 2, within(1e-16));
        assertThat(pr.prevalence()).isEqualTo(0.4);
        assertThat(pr.curve().get(1).f1()).isCloseTo(0.8, within(1e-15));
        assertThat(pr).hasToString("precision and recall of 2 targets and 3 others, AP " + pr.averagePrecision());
    }

    /** scikit-learn 1.2.1, {@code average_precision_score}. */
    @Test
    void givesTheFigureOfScikitLearn() {
        double[] scores = new double[60];
        boolean[] truth = new boolean[60];
        for (int i = 0; i < 60; i++) {
            scores[i] = i * 37 % 23 / 4.0;
            truth[i] = (i * i + 3 * i) % 7 == 1 || i % 11 == 4;
        }
        assertThat(PrecisionRecall.of(scores, truth).averagePrecision()).isCloseTo(0.13843968922191702, within(1e-15));
    }

    @Test
    void scoresThatKnowNothingHaveTheShareOfTheTargets() {
        PrecisionRecall pr =
                PrecisionRecall.of(new double[] {3, 3, 3, 3, 3}, new boolean[] {true, false, false, false, false});

        assertThat(pr.averagePrecision()).isEqualTo(pr.prevalence()).isEqualTo(0.2);
    }

    @Test
    void aPerfectDetectorHasOne() {
        assertThat(PrecisionRecall.of(new double[] {3, 2, 1}, new boolean[] {true, true, false})
                        .averagePrecision())
                .isEqualTo(1);
    }

    @Test
    void theLastTargetOfManyHasItsRank() {
        PrecisionRecall pr = PrecisionRecall.of(new double[] {1, 2, 3, 4}, new boolean[] {true, false, false, false});

        assertThat(pr.averagePrecision()).isEqualTo(0.25);
        assertThat(pr.curve().get(0).f1()).isZero();
    }

    @Test
    void leavesOutInvalidPixels() {
        ScoreMap scores = ScoreMap.of("ace", 2, 2, new double[] {1, Double.NaN, 3, Double.NaN});
        PrecisionRecall pr = PrecisionRecall.of(scores, Mask.of(2, 2, i -> i >= 2));

        assertThat(pr.averagePrecision()).isEqualTo(1);
        assertThat(pr.prevalence()).isEqualTo(0.5);
    }

    @Test
    void f1IsTheHarmonicMeanOfPrecisionAndRecall() {
        assertThat(new PrecisionRecall.Point(0.25, 0.5, 1).f1()).isCloseTo(2 / (1 / 0.25 + 1 / 0.5), within(1e-15));
    }

    @Test
    void needsTargets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PrecisionRecall.of(new double[] {1}, new boolean[] {false}))
                .withMessageContaining("0 targets and 1 others");
    }
}
