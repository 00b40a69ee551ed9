package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.junit.jupiter.api.Test;

class UnmixingScoreTest {
    /** Sums and square roots of a few numbers. */
    private static final double ROUNDING = 1e-12;

    private static final Endmembers TRUTH = Endmembers.of(List.of(Spectrum.of(1, 0), Spectrum.of(0, 1)));
    private static final AbundanceMaps SHARES = maps(new double[] {1, 0.5}, new double[] {0, 0.5});
    private static final UnmixingScene SCENE =
            UnmixingScene.of(Cube.of(1, 2, new double[][] {{1, 0.5}, {0, 0.5}}), TRUTH, SHARES);

    private static AbundanceMaps maps(double[]... planes) {
        return AbundanceMaps.of(
                1,
                planes[0].length,
                java.util.stream.IntStream.range(0, planes.length)
                        .mapToObj(k -> "em" + k)
                        .toList(),
                planes);
    }

    private static Endmembers atDegrees(double... angles) {
        return Endmembers.of(java.util.Arrays.stream(angles)
                .map(Math::toRadians)
                .mapToObj(a -> Spectrum.of(Math.cos(a), Math.sin(a)))
                .toList());
    }

    @Test
    void countsByHand() {
        // The first is 10 degrees from the second true one, the second 30 degrees from the first.
        Map<Measure, Double> scores =
                UnmixingScore.ofFound(atDegrees(80, 30), maps(new double[] {0, 1}, new double[] {2, 1}), SCENE);

        assertThat(scores.get(UnmixingScore.SAD)).isCloseTo(Math.toRadians(20), within(ROUNDING));
        // Aligned {2, 1} and {0, 1} against {1, .5} and {0, .5}: squares 1, .25, 0, .25.
        assertThat(scores.get(UnmixingScore.ARMSE)).isCloseTo(Math.sqrt(1.5 / 4), within(ROUNDING));
        // Divided by the sums they are {1, .5} and {0, .5}: the truth.
        assertThat(scores.get(UnmixingScore.RMSE)).isCloseTo(0, within(ROUNDING));
        // The squares of the truth add up to 1.5 as well.
        assertThat(scores.get(UnmixingScore.SRE)).isCloseTo(0, within(1e-9));
    }

    @Test
    void countsWhatOfALibraryIsFound() {
        AbundanceMaps held = maps(new double[] {1, 0.5}, new double[] {0, 0}, new double[] {0, 0.5});

        // The two of largest total are the first and the second, and the scene holds the first and the third.
        assertThat(UnmixingScore.ofLibrary(
                        maps(new double[] {1, 0}, new double[] {0.2, 0.2}, new double[] {0, 0.3}), held))
                .containsEntry(UnmixingScore.FOUND, 1.0);
        assertThat(UnmixingScore.ofLibrary(held, held)).containsEntry(UnmixingScore.FOUND, 2.0);
    }

    @Test
    void rmseIsTheMeanOverTheEndmembers() {
        Map<Measure, Double> scores = UnmixingScore.ofGiven(maps(new double[] {1, 1}, new double[] {0, 0}), SHARES);

        // Each endmember is wrong by a half in one of two pixels.
        assertThat(scores.get(UnmixingScore.RMSE)).isCloseTo(0.5 / Math.sqrt(2), within(ROUNDING));
        assertThat(scores).doesNotContainKey(UnmixingScore.SAD);
    }

    @Test
    void zhuTakesTheNearestPairFirstWhereTheBestSumIsAnother() {
        // Nearest are 0 and 19, which leaves 40 and -21: 19 + 61 degrees. The other match is 21 + 21.
        Endmembers truth = atDegrees(0, 40);
        Endmembers estimate = atDegrees(-21, 19);

        assertThat(GreedyMatch.of(estimate, truth)).containsExactly(1, 0);
        Map<Measure, Double> scores =
                UnmixingScore.ofFound(estimate, SHARES, UnmixingScene.of(SCENE.cube(), truth, SHARES));
        assertThat(scores.get(UnmixingScore.SAD)).isCloseTo(Math.toRadians(21), within(ROUNDING));
        assertThat(scores.get(UnmixingScore.ARMSE)).isCloseTo(0, within(ROUNDING));
        // The greedy match takes the maps the other way round: errors 1 and 0 in each.
        assertThat(scores.get(UnmixingScore.RMSE)).isCloseTo(1 / Math.sqrt(2), within(ROUNDING));
    }

    @Test
    void whatIsMissingCountsAsNothing() {
        Map<Measure, Double> scores = UnmixingScore.ofFound(atDegrees(0), maps(new double[] {1, 1}), SCENE);

        assertThat(scores.get(UnmixingScore.SAD)).isCloseTo(Math.PI / 4, within(ROUNDING));
        // Wrong by a half in the second pixel, for both.
        assertThat(scores.get(UnmixingScore.ARMSE)).isCloseTo(Math.sqrt(0.5 / 4), within(ROUNDING));
    }

    @Test
    void whatIsTooManyCountsForNothing() {
        Map<Measure, Double> scores = UnmixingScore.ofFound(
                atDegrees(0, 45, 90), maps(new double[] {1, 0.5}, new double[] {7, 7}, new double[] {0, 0.5}), SCENE);

        assertThat(scores.get(UnmixingScore.SAD)).isCloseTo(0, within(1e-7)); // arccos near one
        assertThat(scores.get(UnmixingScore.ARMSE)).isZero();
    }
}
