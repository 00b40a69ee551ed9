package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleSupplier;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.assertj.core.data.Percentage;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTailTest {

    private static ScoreMap drawn(int count, DoubleSupplier next) {
        return ScoreMap.of(
                "s",
                1,
                count,
                java.util.stream.DoubleStream.generate(next).limit(count).toArray());
    }

    private static ScoreTail tail(ScoreMap scores) {
        return ScoreTail.of(scores).orElseThrow();
    }

    /**
     * Largest likelihood by SciPy 1.10 (genpareto.logpdf, Nelder-Mead to 1e-12) for the 200 quantiles (i - 1/2) / 200 of the Pareto
     * distribution with the shape, times 1 + .3 sin i.
     */
    @ParameterizedTest
    @CsvSource({
        ".4, .40098330549907435, .9818876173008679",
        "0, -.001046792813307508, .9905156850523842",
        "-.2, -.17853336231628986, .9774960740507627",
        "1.2, 1.202836412504274, .9747360803659763"
    })
    void agreesWithScipy(double xi, double shape, double scale) {
        double[] y = new double[200];
        for (int i = 1; i <= y.length; i++) {
            double log = Math.log1p(-(i - 0.5) / y.length);
            y[i - 1] = (xi == 0 ? -log : Math.expm1(-xi * log) / xi) * (1 + 0.3 * Math.sin(i));
        }
        ParetoFit fit = ParetoFit.of(y);

        // A maximum is flat: its place is known to the root of the precision of the likelihood, 1e-8, times its width.
        assertThat(fit.shape()).isCloseTo(shape, within(1e-6));
        assertThat(fit.scale()).isCloseTo(scale, Percentage.withPercentage(1e-4));
    }

    @Property
    void excessUndoesTheSurvival(
            @ForAll @DoubleRange(min = -0.5, max = 2) double shape,
            @ForAll @DoubleRange(min = -25, max = 0) double log) {
        ParetoFit fit = new ParetoFit(3, shape);

        // Near the end of a bounded tail the survival hangs on the last digits of the excess.
        assertThat(Math.exp(fit.logSurvival(fit.excess(log)))).isCloseTo(Math.exp(log), within(1e-7));
    }

    @Test
    void beyondTheTailAnExponentialIsContinued() {
        Random random = new Random(1);
        ScoreTail tail = tail(drawn(100_000, () -> -Math.log(1 - random.nextDouble())));

        // The distribution is exponential: the tail has the shape zero, within three of its deviations, 1 / sqrt(5000).
        assertThat(tail.exceedances()).isEqualTo(5000);
        assertThat(tail.shape()).isCloseTo(0, within(3 / Math.sqrt(5000)));
        assertThat(tail.scale()).isCloseTo(1, within(6 / Math.sqrt(5000)));
        // Ten times fewer than the scores in the tail can tell: a tenth of the probability either way
        assertThat(tail.threshold(1e-5)).isCloseTo(-Math.log(1e-5), within(1.0));
        assertThat(tail.threshold(0.2)).isCloseTo(-Math.log(0.2), within(0.03));
    }

    @Test
    void survivalIsTheMeanShareOfNewPixels() {
        // 99 scores 1, 2, ..., 99: the i-th from above is reached with probability i / 100.
        double[] values = new double[99];
        Arrays.setAll(values, i -> i + 1);
        ScoreTail tail = tail(ScoreMap.of("s", 9, 11, values));

        assertThat(tail.exceedances()).isEqualTo(30);
        assertThat(tail.start()).isEqualTo(69);
        assertThat(tail.survival(69)).isCloseTo(0.31, within(1e-15));
        assertThat(tail.survival(50)).isCloseTo(0.50, within(1e-15));
        assertThat(tail.survival(49.5)).isCloseTo(0.505, within(1e-15));
        assertThat(tail.threshold(0.5)).isCloseTo(50, within(1e-12));
        assertThat(tail.threshold(0.505)).isCloseTo(49.5, within(1e-12));
        assertThat(tail.survival(0)).isBetween(0.99, 1.0);
        assertThat(tail.survival(Double.NaN)).isNaN();
    }

    @Test
    void thresholdAndSurvivalUndoEachOther() {
        Random random = new Random(2);
        ScoreTail tail = tail(drawn(3000, random::nextGaussian));

        for (double rate : new double[] {0.9, 0.3, 0.051, 0.0499, 1e-2, 1e-4, 1e-9, 1e-13, 1e-40}) {
            assertThat(tail.survival(tail.threshold(rate))).isCloseTo(rate, Percentage.withPercentage(1e-4));
        }
    }

    /** Heavy, light and bounded tails; other scores than those learnt from, far below and above, too. */
    @Test
    void normalisationKeepsTheOrder() {
        for (double power : new double[] {-0.3, 0, 1}) {
            Random random = new Random(3);
            ScoreTail tail = tail(drawn(
                    2000,
                    () -> power == 0
                            ? random.nextGaussian()
                            : power > 0 ? random.nextDouble() : Math.pow(random.nextDouble(), power)));
            double[] probes = new double[4000];
            Arrays.setAll(probes, i -> -5 + 0.01 * i);
            double[] mapped = tail.normalised(ScoreMap.of("p", 40, 100, probes)).toArray();
            for (int i = 1; i < mapped.length; i++) {
                boolean seen = tail.survival(probes[i - 1]) < 0.999;
                assertThat(mapped[i]).isGreaterThanOrEqualTo(mapped[i - 1]);
                if (seen) {
                    assertThat(mapped[i])
                            .as("%s after %s", probes[i], probes[i - 1])
                            .isGreaterThan(mapped[i - 1]);
                }
            }
        }
    }

    @Test
    void scoresOfDifferentDetectorsBecomeAlike() {
        Random random = new Random(4);
        ScoreMap scores = drawn(5000, random::nextGaussian);
        ScoreMap cubes = ScoreMap.of(
                "cubes",
                1,
                5000,
                Arrays.stream(scores.toArray()).map(x -> x * x * x).toArray());
        double[] a = tail(scores).normalised(scores).toArray();
        double[] b = tail(cubes).normalised(cubes).toArray();

        for (int i = 0; i < a.length; i++) {
            // Below the tail both are counted; in it two fits may differ by a fraction of a decade at the largest of
            // 5000.
            assertThat(b[i]).isCloseTo(a[i], within(a[i] < 1.3 ? 1e-12 : 0.3));
        }
    }

    @Test
    void tooFewOrTiedScoresHaveNoTail() {
        assertThat(ScoreTail.of(drawn(59, new Random(5)::nextGaussian))).isEmpty();
        assertThat(ScoreTail.of(drawn(60, new Random(5)::nextGaussian))).isPresent();
        assertThat(ScoreTail.of(drawn(1000, () -> 7))).isEmpty();
        assertThat(ScoreTail.of(drawn(1000, () -> Double.NaN))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScoreTail.of(drawn(100, () -> 1), 0.6))
                .withMessage("the share of the tail is above 0 and at most 0.5, not 0.6");
    }

    @Test
    void infiniteScoresAreTheRarest() {
        Random random = new Random(6);
        ScoreTail tail = tail(drawn(1000, random::nextGaussian));

        assertThat(tail.survival(Double.POSITIVE_INFINITY)).isZero();
        assertThat(tail.survival(Double.NEGATIVE_INFINITY)).isEqualTo(1);
    }

    /** The example of Benjamini and Hochberg (1995): of fifteen hypotheses four are rejected at .05, Bonferroni's rule takes three. */
    @Test
    void falseDiscoveriesAsInThePaper() {
        double[] p = {
            .0459,
            .0001,
            .3240,
            .0004,
            .4262,
            .0019,
            .5719,
            .0095,
            .6528,
            .0201,
            .7590,
            .0278,
            1.000,
            .0298,
            .0344,
            Double.NaN
        };

        assertThat(FalseDiscoveries.largest(ScoreMap.of("p", 4, 4, p), 0.05)).isEqualTo(.0095);
        assertThat(FalseDiscoveries.largest(ScoreMap.of("p", 1, 2, new double[] {.5, .6}), 0.05))
                .isEqualTo(-1);
        assertThat(FalseDiscoveries.largest(ScoreMap.of("p", 1, 1, new double[] {Double.NaN}), 0.05))
                .isEqualTo(-1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FalseDiscoveries.largest(ScoreMap.of("p", 1, 1, new double[] {1}), 0));
    }
}
