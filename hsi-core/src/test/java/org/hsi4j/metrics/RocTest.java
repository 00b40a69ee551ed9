package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RocTest {
    private static final double INF = Double.POSITIVE_INFINITY;

    @Test
    void knowsASmallExample() {
        Roc roc = Roc.of(new double[] {5, 4, 4, 2, 1}, new boolean[] {true, false, true, false, false});

        // of six pairs five are won and one is tied
        assertThat(roc.auc()).isEqualTo(5.5 / 6);
        assertThat(roc.curve())
                .containsExactly(
                        new Roc.Point(0, 0, 5),
                        new Roc.Point(0, 0.5, 4),
                        new Roc.Point(1.0 / 3, 1, 2),
                        new Roc.Point(2.0 / 3, 1, 1),
                        new Roc.Point(1, 1, -INF));
        assertThat(roc.targets()).isEqualTo(2);
        assertThat(roc.others()).isEqualTo(3);
        assertThat(roc.detectionRate(0)).isEqualTo(0.5);
        assertThat(roc.detectionRate(0.3)).isEqualTo(0.5);
        assertThat(roc.detectionRate(1.0 / 3)).isEqualTo(1);
        assertThat(roc.detectionRate(1)).isEqualTo(1);
        assertThat(roc.threshold(0.3)).isEqualTo(4);
        assertThat(roc).hasToString("ROC of 2 targets and 3 others, AUC " + 5.5 / 6);
    }

    @Test
    void scoresThatKnowNothingAreHalfRight() {
        boolean[] truth = {true, false, false, true, false};
        Roc roc = Roc.of(new double[] {3, 3, 3, 3, 3}, truth);

        assertThat(roc.auc()).isEqualTo(0.5);
        assertThat(roc.detectionRate(0.99)).isZero();
        assertThat(Roc.of(new double[] {0.0, -0.0, 0.0, -0.0, 0.0}, truth).auc())
                .isEqualTo(0.5);
        assertThat(Roc.of(new double[] {9, 1, 1, 9, 1}, truth).auc()).isEqualTo(1);
        assertThat(Roc.of(new double[] {1, 9, 9, 1, 9}, truth).auc()).isZero();
    }

    private static Roc formula() {
        double[] scores = new double[60];
        boolean[] truth = new boolean[60];
        for (int i = 0; i < 60; i++) {
            scores[i] = i * 37 % 23 / 4.0;
            truth[i] = (i * i + 3 * i) % 7 == 1 || i % 11 == 4;
        }
        return Roc.of(scores, truth);
    }

    /** scikit-learn 1.2.1, {@code roc_auc_score(truth, scores, max_fpr=f)}, which is McClish's form. */
    @ParameterizedTest
    @CsvSource({
        "0.05, 0.4910572966128522",
        "0.1, 0.5126705653021443",
        "0.3, 0.5412732994432341",
        "1, 0.5370370370370371"
    })
    void givesThePartialAreaOfScikitLearn(double limit, double expected) {
        // some twenty roundings of numbers below one, divided by the limit
        assertThat(formula().standardizedPartialAuc(limit)).isCloseTo(expected, within(1e-14));
    }

    @Test
    void partialAreasOfASmallExample() {
        Roc roc = Roc.of(new double[] {5, 4, 4, 2, 1}, new boolean[] {true, false, true, false, false});

        // from (0, 1/2) the curve rises to (1/3, 1): at 1/6 it is 3/4
        assertThat(roc.partialAuc(1.0 / 6)).isCloseTo((0.5 + 0.75) / 2 / 6, within(1e-16));
        assertThat(roc.normalizedPartialAuc(1.0 / 6)).isCloseTo(0.625, within(1e-15));
        assertThat(roc.partialAuc(1.0 / 3)).isCloseTo(0.25, within(1e-16));
        assertThat(roc.partialAuc(1)).isCloseTo(roc.auc(), within(1e-15));
    }

    @Test
    void partialAreasOfPerfectUselessAndWrongScores() {
        boolean[] truth = {true, false, false, true, false};
        Roc perfect = Roc.of(new double[] {9, 1, 1, 9, 1}, truth);
        Roc useless = Roc.of(new double[] {3, 3, 3, 3, 3}, truth);
        Roc wrong = Roc.of(new double[] {1, 9, 9, 1, 9}, truth);

        assertThat(perfect.normalizedPartialAuc(0.2)).isEqualTo(1);
        assertThat(perfect.standardizedPartialAuc(0.2)).isEqualTo(1);
        assertThat(useless.normalizedPartialAuc(0.2)).isCloseTo(0.1, within(1e-16));
        assertThat(useless.standardizedPartialAuc(0.2)).isCloseTo(0.5, within(1e-16));
        assertThat(wrong.partialAuc(0.2)).isZero();
        assertThat(wrong.partialAuc(1)).isZero();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -0.1, 1.1, Double.NaN})
    void refusesALimitThatIsNone(double rate) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> formula().partialAuc(rate))
                .withMessage("the limit of a partial area is a false alarm rate over zero to one, not " + rate);
    }

    /** Against the count of all pairs; few distinct scores, infinite ones among them, and some that are missing. */
    @Property(tries = 300)
    void countsPairsExactly(@ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int n) {
        Random random = new Random(seed);
        double[] palette = {-INF, -3, -0.0, 0.0, 1, 2.5, 7, INF, Double.NaN};
        double[] scores =
                random.ints(n, 0, palette.length).mapToDouble(i -> palette[i]).toArray();
        boolean[] truth = new boolean[n];
        for (int i = 0; i < n; i++) {
            truth[i] = random.nextInt(3) == 0;
        }
        scores[0] = 1;
        truth[0] = true;
        scores[1] = 1;
        truth[1] = false;
        double wins = 0;
        int pairs = 0;
        for (int t = 0; t < n; t++) {
            for (int o = 0; o < n; o++) {
                if (truth[t] && !truth[o] && !Double.isNaN(scores[t]) && !Double.isNaN(scores[o])) {
                    wins += scores[t] > scores[o] ? 1 : scores[t] == scores[o] ? 0.5 : 0;
                    pairs++;
                }
            }
        }
        Roc roc = Roc.of(scores, truth);

        assertThat(roc.auc()).isEqualTo(wins / pairs);
        assertThat(roc.targets() * roc.others()).isEqualTo(pairs);
        // some hundred products of rates below one
        assertThat(roc.partialAuc(1)).isCloseTo(roc.auc(), within(1e-13));
        assertThat(area(roc.curve())).isCloseTo(roc.auc(), within(1e-13));
        assertThat(roc.curve().get(0)).isEqualTo(new Roc.Point(0, 0, max(scores)));
        for (Roc.Point point : roc.curve()) {
            if (!Double.isNaN(point.threshold())) {
                assertThat(point.falseAlarmRate()).isEqualTo(share(scores, truth, false, point.threshold()));
                assertThat(point.detectionRate()).isEqualTo(share(scores, truth, true, point.threshold()));
            }
        }
    }

    private static double max(double[] scores) {
        double max = -INF;
        for (double score : scores) {
            max = score > max ? score : max;
        }
        return max;
    }

    private static double area(List<Roc.Point> curve) {
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            Roc.Point a = curve.get(i - 1);
            Roc.Point b = curve.get(i);
            area += (b.falseAlarmRate() - a.falseAlarmRate()) * (a.detectionRate() + b.detectionRate()) / 2;
        }
        return area;
    }

    private static double share(double[] scores, boolean[] truth, boolean kind, double threshold) {
        int above = 0;
        int all = 0;
        for (int i = 0; i < scores.length; i++) {
            if (truth[i] == kind && !Double.isNaN(scores[i])) {
                all++;
                above += scores[i] > threshold ? 1 : 0;
            }
        }
        return (double) above / all;
    }

    @Property(tries = 100)
    void neverExceedsTheFalseAlarmRateAndNeverStopsShort(@ForAll long seed) {
        Random random = new Random(seed);
        double[] scores = random.ints(80, 0, 30).asDoubleStream().toArray();
        boolean[] truth = new boolean[80];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = i % 9 == 0;
        }
        Roc roc = Roc.of(scores, truth);
        double limit = random.nextDouble();
        double best = roc.curve().stream()
                .filter(point -> point.falseAlarmRate() <= limit)
                .mapToDouble(Roc.Point::detectionRate)
                .max()
                .orElseThrow();

        assertThat(roc.detectionRate(limit)).isEqualTo(best);
        assertThat(share(scores, truth, true, roc.threshold(limit))).isEqualTo(best);
        assertThat(share(scores, truth, false, roc.threshold(limit))).isLessThanOrEqualTo(limit);
    }

    @Test
    void noThresholdLiesBelowNegativeInfinity() {
        Roc roc = Roc.of(new double[] {INF, -INF}, new boolean[] {true, false});

        assertThat(roc.auc()).isEqualTo(1);
        assertThat(roc.curve())
                .containsExactly(new Roc.Point(0, 0, INF), new Roc.Point(0, 1, -INF), new Roc.Point(1, 1, Double.NaN));
    }

    @Test
    void readsMapsAndLeavesOutInvalidPixels() {
        ScoreMap scores = ScoreMap.of("ace", 2, 3, new double[] {1, 5, Double.NaN, 2, Double.NaN, 0});
        Mask truth = Mask.of(2, 3, i -> i == 1 || i == 2);
        Roc roc = Roc.of(scores, truth);

        assertThat(roc.targets()).isEqualTo(1);
        assertThat(roc.others()).isEqualTo(3);
        assertThat(roc.auc()).isEqualTo(1);
    }

    @Test
    void namesWhatDoesNotFit() {
        ScoreMap scores = ScoreMap.of("ace", 2, 1, new double[] {1, 2});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roc.of(scores, Mask.all(1, 2)))
                .withMessage("the scores are 2x1 pixels but the truth is 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roc.of(scores, Mask.all(2, 2)))
                .withMessage("the scores are 2x1 pixels but the truth is 2x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roc.of(new double[3], new boolean[2]))
                .withMessage("3 scores given but 2 truths");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roc.of(scores, Mask.all(2, 1)))
                .withMessage("a ROC needs targets and others with a score, but there are 2 targets and 0 others");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Roc.of(new double[] {Double.NaN, 1}, new boolean[] {true, false}))
                .withMessage("a ROC needs targets and others with a score, but there are 0 targets and 1 others");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void refusesARateThatIsNone(double rate) {
        Roc roc = Roc.of(new double[] {1, 2}, new boolean[] {true, false});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> roc.detectionRate(rate))
                .withMessage("a false alarm rate is a number from zero to one, not " + rate);
    }
}
