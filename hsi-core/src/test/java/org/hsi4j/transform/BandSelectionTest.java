package org.hsi4j.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.LUDecomposition;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;

class BandSelectionTest {

    private static MeanScatter scene(int bands, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][200];
        double[] before = new double[200];
        for (double[] plane : planes) {
            for (int i = 0; i < 200; i++) {
                before[i] = 0.7 * before[i] + random.nextGaussian();
                plane[i] = 3 + before[i];
            }
        }
        return MeanScatter.of(Cube.of(10, 20, planes), RunContext.defaults());
    }

    private static double determinant(double[][] gram, int... bands) {
        double[][] part = new double[bands.length][bands.length];
        for (int i = 0; i < bands.length; i++) {
            for (int j = 0; j < bands.length; j++) {
                part[i][j] = gram[bands[i]][bands[j]];
            }
        }
        return new LUDecomposition(new Array2DRowRealMatrix(part)).getDeterminant();
    }

    /** Swapping any chosen band for any other gains less than the bound: 1 for volume, 1.2^2 for strong RRQR. */
    @Property(tries = 40)
    void noExchangeGainsMoreThanTheBound(
            @ForAll @IntRange(min = 2, max = 12) int bands,
            @ForAll @IntRange(min = 1, max = 6) int wanted,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        int count = Math.min(wanted, bands);
        MeanScatter statistics = scene(bands, seed);

        // 2e-6 above the bound for the smallest gain that counts, and rounding.
        requireLocalMaximum(statistics.covariance(), BandSelection.volume(statistics, count), 1 + 2e-6);
        requireLocalMaximum(statistics.correlation(), BandSelection.rrqr(statistics, count), 1.44 + 2e-6);
    }

    private static void requireLocalMaximum(double[][] gram, int[] chosen, double bound) {
        assertThat(chosen).isSorted().doesNotHaveDuplicates();
        double volume = determinant(gram, chosen);
        for (int i = 0; i < chosen.length; i++) {
            for (int b = 0; b < gram.length; b++) {
                int[] other = chosen.clone();
                other[i] = b;
                assertThat(determinant(gram, other)).isLessThanOrEqualTo(bound * volume);
            }
        }
    }

    @Test
    void theLargestVolumeOfTwoBandsByTryingAll() {
        MeanScatter statistics = scene(9, 5);
        double best = 0;
        for (int a = 0; a < 9; a++) {
            for (int b = a + 1; b < 9; b++) {
                best = Math.max(best, determinant(statistics.covariance(), a, b));
            }
        }
        int[] chosen = BandSelection.volume(statistics, 2);
        // One chosen at a time and exchanged: the best pair here, which exchanges alone do not promise.
        assertThat(determinant(statistics.covariance(), chosen)).isGreaterThan(0.95 * best);
    }

    @Test
    void uniformSpansAllBands() {
        assertThat(BandSelection.uniform(10, 4)).containsExactly(0, 3, 6, 9);
        assertThat(BandSelection.uniform(11, 3)).containsExactly(0, 5, 10);
        assertThat(BandSelection.uniform(5, 5)).containsExactly(0, 1, 2, 3, 4);
        assertThat(BandSelection.uniform(9, 1)).containsExactly(4);
        assertThat(BandSelection.uniform(1, 1)).containsExactly(0);
    }

    @Test
    void varianceTakesTheLargest() {
        double[][] planes = {{1, 2, 3}, {5, 5, 5}, {0, 9, 0}, {0, 4, 8}};
        MeanScatter statistics = MeanScatter.of(Cube.of(1, 3, planes), RunContext.defaults());

        assertThat(BandSelection.variance(statistics, 2)).containsExactly(2, 3);
        assertThat(BandSelection.variance(statistics, 4)).containsExactly(0, 1, 2, 3);
    }

    @Test
    void aSceneOfLowerRankStillGivesAsManyBands() {
        double[][] planes = {{1, 2, 3, 7}, {2, 4, 6, 14}, {1, 1, 1, 1}, {0, 0, 0, 0}};
        MeanScatter statistics = MeanScatter.of(Cube.of(2, 2, planes), RunContext.defaults());

        assertThat(BandSelection.volume(statistics, 3)).hasSize(3).contains(1).doesNotHaveDuplicates();
        assertThat(BandSelection.rrqr(statistics, 2)).hasSize(2).contains(1, 2);
        assertThat(BandSelection.volume(MeanScatter.empty(4), 2)).hasSize(2);
    }

    @Test
    void countsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BandSelection.uniform(3, 4))
                .withMessage("cannot choose 4 of 3 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> BandSelection.variance(scene(2, 1), 0));
        assertThatIllegalArgumentException().isThrownBy(() -> BandSelection.volume(scene(2, 1), 3));
        assertThatIllegalArgumentException().isThrownBy(() -> BandSelection.rrqr(scene(2, 1), 3));
    }
}
