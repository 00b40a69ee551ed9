package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class MeanScatterTest {

    private static RunContext threads(int threads) {
        return RunContext.defaults().withParallelism(threads);
    }

    private static MeanScatter of(Cube cube) {
        return MeanScatter.of(cube, RunContext.defaults());
    }

    /** Mean and scatter in two passes of exact decimal sums. */
    private record Exact(double[] mean, double[][] scatter) {
        static Exact of(double[][] pixels, int bands) {
            BigDecimal[] mean = new BigDecimal[bands];
            BigDecimal n = BigDecimal.valueOf(pixels.length);
            for (int b = 0; b < bands; b++) {
                mean[b] = BigDecimal.ZERO;
                for (double[] pixel : pixels) {
                    mean[b] = mean[b].add(new BigDecimal(pixel[b]));
                }
                mean[b] = mean[b].divide(n, new MathContext(60));
            }
            double[][] scatter = new double[bands][bands];
            double[] rounded = new double[bands];
            for (int a = 0; a < bands; a++) {
                rounded[a] = mean[a].doubleValue();
                for (int b = 0; b < bands; b++) {
                    BigDecimal sum = BigDecimal.ZERO;
                    for (double[] pixel : pixels) {
                        sum = sum.add(new BigDecimal(pixel[a])
                                .subtract(mean[a])
                                .multiply(new BigDecimal(pixel[b]).subtract(mean[b])));
                    }
                    scatter[a][b] = sum.doubleValue();
                }
            }
            return new Exact(rounded, scatter);
        }
    }

    /** S to within the given share of the largest entry of its diagonal. */
    private static void assertScatter(MeanScatter actual, double[][] expected, double share) {
        double size = 0;
        for (int b = 0; b < expected.length; b++) {
            size = Math.max(size, expected[b][b]);
        }
        double[][] covariance = actual.covariance();
        for (int a = 0; a < expected.length; a++) {
            for (int b = 0; b < expected.length; b++) {
                assertThat(covariance[a][b] * (actual.count() - 1)).isCloseTo(expected[a][b], within(share * size));
                assertThat(covariance[a][b]).isEqualTo(covariance[b][a]);
            }
        }
    }

    /** A mean of a million and unit variance: sums of squares in one pass would lose twelve digits of the variance. */
    @Property(tries = 30)
    void aLargeMeanCostsNoDigits(
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 40) int columns,
            @ForAll @IntRange(min = 1, max = 5) int bands,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.dirty(Scenes.gaussian(rows, columns, bands, 1e6, random), 0.05, random);
        double[][] pixels = Scenes.pixels(cube);
        MeanScatter s = of(cube);

        assertThat(s.count()).isEqualTo(pixels.length);
        assertThat(s.bands()).isEqualTo(bands);
        if (pixels.length == 0) {
            assertThat(s).isEqualTo(MeanScatter.empty(bands));
            return;
        }
        Exact exact = Exact.of(pixels, bands);
        assertThat(s.mean()).containsExactly(exact.mean(), within(1e-9)); // ten digits more than the deviation has
        // The centred values are differences of samples near 1e6, exact; what is left is the rounding of 1600 terms.
        assertScatter(s, exact.scatter(), 1e-13 * pixels.length);
    }

    /** Many tiles and chunks: the joining rule must not lose digits either. */
    @Test
    void aLargeMeanCostsNoDigitsOverManyTiles() {
        Cube cube = Scenes.gaussian(150, 300, 2, 1e6, new Random(5));
        Exact exact = Exact.of(Scenes.pixels(cube), 2);
        MeanScatter s = of(cube);

        assertThat(s.mean()).containsExactly(exact.mean(), within(1e-9));
        // The means of the tiles are rounded to 1e-10, and the 11 of them lie 0.02 deviations apart.
        assertScatter(s, exact.scatter(), 1e-11);
    }

    @Property(tries = 30)
    void threadsDoNotChangeABit(
            @ForAll @IntRange(min = 1, max = 200) int rows,
            @ForAll @IntRange(min = 1, max = 200) int columns,
            @ForAll @IntRange(min = 1, max = 8) int bands,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.dirty(Scenes.gaussian(rows, columns, bands, 10, random), 0.05, random);
        MeanScatter one = MeanScatter.of(cube, threads(1));

        assertThat(MeanScatter.of(cube, threads(2))).isEqualTo(one);
        assertThat(MeanScatter.of(cube, threads(7))).isEqualTo(one);
        assertThat(Serial.copy(one)).isEqualTo(one).hasSameHashCodeAs(one);
    }

    @Property(tries = 50)
    void partsJoinAndComeApart(
            @ForAll @IntRange(min = 2, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 1, max = 6) int bands,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.gaussian(rows, columns, bands, 1000, random);
        int cut = 1 + random.nextInt(rows - 1);
        MeanScatter top = of(cube.crop(new Region(0, 0, cut, columns)));
        MeanScatter bottom = of(cube.crop(new Region(cut, 0, rows - cut, columns)));
        Exact all = Exact.of(Scenes.pixels(cube), bands);
        double share = 1e-13 * cube.pixels();

        assertScatter(top.plus(bottom), all.scatter(), share);
        assertScatter(bottom.plus(top), all.scatter(), share);
        assertThat(top.plus(bottom).mean()).containsExactly(all.mean(), within(1e-11));
        assertThat(top.plus(bottom).count()).isEqualTo(cube.pixels());

        MeanScatter rest = top.plus(bottom).minus(bottom);
        assertThat(rest.count()).isEqualTo(top.count());
        // What is left carries the rounding of the whole, whose mean of 1000 is divided by the share that is left.
        double left = (double) cube.pixels() / top.count();
        assertThat(rest.mean()).containsExactly(top.mean(), within(1e-10 * left));
        double[][] before = top.covariance();
        double[][] after = rest.covariance();
        for (int b = 0; b < bands; b++) {
            assertThat(after[b]).containsExactly(before[b], within(1e-9 * left * left));
        }
    }

    @Test
    void theOrderOfMergingMattersToRoundingOnly() {
        Cube cube = Scenes.gaussian(60, 50, 4, 100, new Random(3));
        List<MeanScatter> lines = new ArrayList<>();
        for (int r = 0; r < 60; r++) {
            lines.add(of(cube.crop(new Region(r, 0, 1, 50))));
        }
        MeanScatter forward = lines.stream().reduce(MeanScatter.empty(4), MeanScatter::plus);
        MeanScatter backward = MeanScatter.empty(4);
        for (MeanScatter line : lines) {
            backward = line.plus(backward);
        }
        MeanScatter pairs = pairwise(lines);
        Exact exact = Exact.of(Scenes.pixels(cube), 4);

        assertScatter(forward, exact.scatter(), 1e-12);
        assertScatter(backward, exact.scatter(), 1e-12);
        assertScatter(pairs, exact.scatter(), 1e-12);
    }

    private static MeanScatter pairwise(List<MeanScatter> parts) {
        return parts.size() == 1
                ? parts.get(0)
                : pairwise(parts.subList(0, parts.size() / 2))
                        .plus(pairwise(parts.subList(parts.size() / 2, parts.size())));
    }

    /** Doubling a scene again and again reaches counts whose products do not fit into a long. */
    @Test
    void hugeCountsDoNotOverflow() {
        MeanScatter s = of(Cube.of(1, 2, new double[][] {{-1, 1}}));
        MeanScatter shifted = of(Cube.of(1, 2, new double[][] {{1, 3}}));
        for (int k = 0; k < 60; k++) {
            s = s.plus(s);
            shifted = shifted.plus(shifted);
        }
        assertThat(s.count()).isEqualTo(1L << 61);
        assertThat(s.covariance()[0][0]).isEqualTo(1);
        // Two halves two apart: their variance of one, and one more from the distance.
        MeanScatter both = s.plus(shifted);
        assertThat(both.count()).isEqualTo(1L << 62);
        assertThat(both.mean()).containsExactly(1);
        assertThat(both.covariance()[0][0]).isEqualTo(2);
        assertThat(both.minus(shifted).covariance()[0][0]).isEqualTo(1);
    }

    @Test
    void correlationIsNotCentred() {
        Cube cube = Cube.of(1, 2, new double[][] {{1, 3}, {2, -4}});
        MeanScatter s = of(cube);

        assertThat(s.mean()).containsExactly(2, -1);
        assertThat(s.covariance()).isDeepEqualTo(new double[][] {{2, -6}, {-6, 18}});
        assertThat(s.correlation()).isDeepEqualTo(new double[][] {{5, -5}, {-5, 10}});
    }

    @Test
    void aConstantBandHasNoVarianceAtAll() {
        // 0.1 is no binary fraction: its mean by plain summing is not 0.1, and the variance not zero.
        double[][] planes = new double[2][5000];
        java.util.Arrays.fill(planes[0], 0.1);
        for (int i = 0; i < 5000; i++) {
            planes[1][i] = i;
        }
        MeanScatter s = of(Cube.of(50, 100, planes));

        assertThat(s.mean()[0]).isEqualTo(0.1);
        assertThat(s.covariance()[0]).containsExactly(0, 0);
    }

    @Test
    void fewPixels() {
        MeanScatter none = of(Cube.of(1, 2, new double[][] {{1, 2}}).masked(Mask.of(1, 2, i -> false)));
        MeanScatter one = of(Cube.of(1, 1, new double[][] {{3}, {4}}));

        assertThat(none).isEqualTo(MeanScatter.empty(1));
        assertThat(none.covariance()).isDeepEqualTo(new double[1][1]);
        assertThat(none.correlation()).isDeepEqualTo(new double[1][1]);
        assertThat(none.mean()).containsExactly(0);
        assertThat(one.mean()).containsExactly(3, 4);
        assertThat(one.covariance()).isDeepEqualTo(new double[2][2]);
        assertThat(one.correlation()).isDeepEqualTo(new double[][] {{9, 12}, {12, 16}});
        assertThat(one.minus(one)).isEqualTo(MeanScatter.empty(2));
        assertThat(one.plus(MeanScatter.empty(2))).isSameAs(one);
        assertThat(MeanScatter.empty(2).plus(one)).isSameAs(one);
        assertThat(one.minus(MeanScatter.empty(2))).isSameAs(one);
    }

    @Test
    void refusesWhatDoesNotFit() {
        MeanScatter one = MeanScatter.empty(1);
        MeanScatter two = of(Cube.of(1, 2, new double[][] {{1, 2}, {3, 4}}));

        assertThatIllegalArgumentException().isThrownBy(() -> MeanScatter.empty(0));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeanScatter.Accumulator(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.plus(one))
                .withMessage("statistics of 1 bands do not go with statistics of 2 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> two.minus(one));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.minus(two.plus(two)))
                .withMessage("cannot take 4 pixels from 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MeanScatter.Accumulator(3).add(new PixelTile(2, 4)))
                .withMessage("the tile has 2 bands but the statistics have 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanScatter.of(
                        Cube.of(1, 1, new double[100][1]), RunContext.defaults().withMemoryLimit(100_000)))
                .withMessageStartingWith("the scatter of the scene would take");
    }

    @Test
    void gathersTilesInAnyWay() {
        Cube cube = Scenes.gaussian(9, 11, 3, 5, new Random(8));
        MeanScatter.Accumulator lines = new MeanScatter.Accumulator(3);
        PixelTile tile = new PixelTile(3, 11);
        for (int r = 0; r < 9; r++) {
            cube.read(r * 11, 11, tile);
            double[][] before =
                    java.util.Arrays.stream(tile.planes()).map(double[]::clone).toArray(double[][]::new);
            lines.add(tile);
            assertThat(tile.planes()).isDeepEqualTo(before);
        }
        assertScatter(lines.toMeanScatter(), Exact.of(Scenes.pixels(cube), 3).scatter(), 1e-13);
    }

    @Test
    void isAValue() {
        Cube cube = Cube.of(1, 3, new double[][] {{1, 2, 4}});
        MeanScatter s = of(cube);
        s.mean()[0] = 99;
        s.covariance()[0][0] = 99;
        s.correlation()[0][0] = 99;

        assertThat(s).isEqualTo(of(cube)).hasSameHashCodeAs(of(cube));
        assertThat(s)
                .isNotEqualTo(of(Cube.of(1, 3, new double[][] {{1, 2, 5}})))
                .isNotEqualTo(of(Cube.of(1, 2, new double[][] {{1, 2}})))
                .isNotEqualTo(of(Cube.of(1, 3, new double[][] {{0, 7.0 / 3, 14.0 / 3}})))
                .isNotEqualTo("statistics");
        assertThat(s).hasToString("mean and scatter of 3 pixels in 1 bands");
    }

    @Test
    void sumsMadeElsewhereGoIn() {
        double[][] scatter = {{2, 1}, {Double.NaN, 4}};
        double[] mean = {10, 20};

        MeanScatter given = MeanScatter.of(3, mean, scatter);
        mean[0] = 0;
        scatter[0][0] = 0;

        assertThat(given.count()).isEqualTo(3);
        assertThat(given.mean()).containsExactly(10, 20);
        assertThat(given.covariance()).isDeepEqualTo(new double[][] {{1, 0.5}, {0.5, 2}});
        assertThat(MeanScatter.of(0, new double[] {5}, new double[][] {{7}})).isEqualTo(MeanScatter.empty(1));
    }

    @Test
    void sumsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanScatter.of(-1, new double[1], new double[1][1]))
                .withMessageContaining("-1 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanScatter.of(2, new double[2], new double[3][2]))
                .withMessage("the scatter has 3 rows but the mean has 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MeanScatter.of(2, new double[2], new double[2][3]))
                .withMessage("row 0 of the scatter has 3 values but the mean has 2 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> MeanScatter.of(2, new double[0], new double[0][]));
    }
}
