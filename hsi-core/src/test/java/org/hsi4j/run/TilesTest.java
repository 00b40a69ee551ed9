package org.hsi4j.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.testing.FormulaSource;
import org.junit.jupiter.api.Test;

class TilesTest {
    private static final int[] THREADS = {1, 2, 7};

    private static RunContext threads(int threads) {
        return RunContext.defaults().withParallelism(threads);
    }

    /** Random samples, some of them NaN. */
    private static Cube scene(int rows, int columns, int bands, double dirt, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextDouble() < dirt ? Double.NaN : random.nextGaussian();
            }
        }
        return Cube.of(rows, columns, planes);
    }

    private static double[] sums(Cube cube, RunContext context) {
        return Tiles.reduce(
                cube,
                context,
                "sums",
                () -> new double[cube.bands()],
                (sum, tile) -> {
                    for (int b = 0; b < sum.length; b++) {
                        for (int i = 0; i < tile.size(); i++) {
                            sum[b] += tile.planes()[b][i];
                        }
                    }
                },
                (left, right) -> {
                    for (int b = 0; b < left.length; b++) {
                        left[b] += right[b];
                    }
                    return left;
                });
    }

    @Property(tries = 40)
    void aReductionHasTheSameBitsOnAnyNumberOfThreads(
            @ForAll @IntRange(min = 1, max = 300) int rows,
            @ForAll @IntRange(min = 1, max = 200) int columns,
            @ForAll @IntRange(min = 1, max = 9) int bands,
            @ForAll long seed) {
        Cube cube = scene(rows, columns, bands, 0.01, seed);
        double[] one = sums(cube, threads(1));
        for (int threads : THREADS) {
            assertThat(sums(cube, threads(threads))).containsExactly(one);
        }
        double[] naive = new double[bands];
        Mask valid = cube.validMask();
        for (int b = 0; b < bands; b++) {
            double[] plane = cube.plane(b);
            for (int i = 0; i < plane.length; i++) {
                naive[b] += valid.get(i) ? plane[i] : 0;
            }
        }
        for (int b = 0; b < bands; b++) {
            // Two orders of a sum of at most 60000 terms of size 1: rounding grows like sqrt(n) * 1e-16.
            assertThat(one[b]).isCloseTo(naive[b], org.assertj.core.api.Assertions.within(1e-9));
        }
    }

    /** Joining lists does not commute, so their order shows that of the tiles. */
    @Test
    void partialResultsAreJoinedInTheOrderOfTheTiles() {
        for (int[] shape : new int[][] {{1, 1, 1}, {1, 63, 1100}, {3, 4097, 2}, {170, 1000, 2}}) {
            Cube cube = Cube.builder(new FormulaSource(
                            shape[0], shape[1], shape[2], Precision.FLOAT, (i, b) -> i % 1000 == 999 ? Double.NaN : i))
                    .build();
            List<Integer> expected = IntStream.range(0, cube.pixels())
                    .filter(i -> i % 1000 != 999)
                    .boxed()
                    .toList();
            for (int threads : THREADS) {
                List<Integer> pixels = Tiles.reduce(
                        cube,
                        threads(threads),
                        "pixels",
                        ArrayList::new,
                        (List<Integer> list, PixelTile tile) -> {
                            for (int i = 0; i < tile.size(); i++) {
                                list.add(tile.pixel(i));
                            }
                        },
                        (left, right) -> {
                            List<Integer> joined = new ArrayList<>(left);
                            joined.addAll(right);
                            return joined;
                        });
                assertThat(pixels).isEqualTo(expected);
            }
        }
    }

    @Test
    void holdsNoMorePartialResultsThanAnnounced() {
        Cube cube = scene(200, 1000, 3, 0, 1);
        for (int threads : THREADS) {
            AtomicInteger alive = new AtomicInteger();
            AtomicInteger most = new AtomicInteger();
            Tiles.reduce(
                    cube,
                    threads(threads),
                    "partials",
                    () -> {
                        most.accumulateAndGet(alive.incrementAndGet(), Math::max);
                        return new int[1];
                    },
                    (partial, tile) -> {},
                    (left, right) -> {
                        alive.decrementAndGet();
                        return left;
                    });
            assertThat(alive).hasValue(1);
            assertThat(most.get()).isLessThanOrEqualTo(Tiles.mostPartials(cube, threads(threads)));
        }
        assertThat(Tiles.mostPartials(cube, threads(1))).isEqualTo(2);
        assertThat(Tiles.mostPartials(cube, threads(2))).isEqualTo(33);
        assertThat(Tiles.mostPartials(scene(1, 1, 1, 0, 1), threads(2))).isEqualTo(2);
    }

    @Test
    void everyTileIsPassedOnceEvenWithoutAValidPixel() {
        Cube cube = scene(100, 300, 2, 0, 3).masked(Mask.of(100, 300, i -> false));
        for (int threads : THREADS) {
            int[] seen = new int[cube.pixels()];
            Tiles.forEach(cube, threads(threads), "tiles", () -> "own", (own, tile) -> {
                assertThat(own).isEqualTo("own");
                assertThat(tile.size()).isZero();
                for (int i = 0; i < tile.span(); i++) {
                    seen[tile.first() + i]++;
                }
            });
            assertThat(seen).containsOnly(1);
            assertThat(sums(cube, threads(threads))).containsExactly(0, 0);
            assertThat(Tiles.map(cube, new Squares(2, 1), threads(threads), "map")
                            .toScores("none")
                            .valid()
                            .count())
                    .isZero();
            assertThat(Tiles.mapToCube(cube, new Squares(2, 2), threads(threads), "map")
                            .build()
                            .validMask()
                            .count())
                    .isZero();
        }
    }

    /** Output k is the k-th power of the weighted sum of the bands; overwrites the tile as it may. */
    private record Squares(int bands, int outputs) implements PixelModel {
        @Override
        public Worker worker() {
            double[] sum = new double[PixelTile.capacityFor(bands)];
            return (tile, output) -> {
                for (int i = 0; i < tile.size(); i++) {
                    sum[i] = 0;
                    for (int b = 0; b < bands; b++) {
                        sum[i] += (b + 1) * tile.planes()[b][i];
                        tile.planes()[b][i] = Double.NaN;
                    }
                }
                for (int k = 0; k < outputs; k++) {
                    for (int i = 0; i < tile.size(); i++) {
                        output[k][i] = Math.pow(sum[i], k + 1);
                    }
                }
            };
        }
    }

    @Property(tries = 40)
    void mappingEqualsALoopOverThePixels(
            @ForAll @IntRange(min = 1, max = 90) int rows,
            @ForAll @IntRange(min = 1, max = 90) int columns,
            @ForAll @IntRange(min = 1, max = 20) int bands,
            @ForAll @IntRange(min = 1, max = 3) int outputs,
            @ForAll long seed) {
        Cube cube = scene(rows, columns, bands, 0.01, seed);
        for (int threads : THREADS) {
            AbundanceMaps maps = Tiles.map(cube, new Squares(bands, outputs), threads(threads), "map")
                    .toAbundances(
                            IntStream.range(0, outputs).mapToObj(k -> "m" + k).toList());
            Cube mapped = Tiles.mapToCube(cube, new Squares(bands, bands), threads(threads), "map")
                    .build();
            for (int k = 0; k < Math.max(outputs, bands); k++) {
                double[] expected = naive(cube, k + 1);
                if (k < outputs) {
                    assertThat(maps.map(k).toArray()).containsExactly(expected);
                }
                if (k < bands) {
                    assertThat(mapped.plane(k)).containsExactly(expected);
                }
            }
        }
    }

    private static double[] naive(Cube cube, int power) {
        double[][] planes = new double[cube.bands()][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = cube.plane(b);
        }
        double[] expected = new double[cube.pixels()];
        for (int i = 0; i < expected.length; i++) {
            double sum = 0;
            for (int b = 0; b < planes.length; b++) {
                sum += (b + 1) * planes[b][i];
            }
            expected[i] = Math.pow(sum, power);
        }
        return expected;
    }

    @Test
    void aMappedCubeKeepsMetadataAndPrecision() {
        Cube cube = Cube.builder(1, 2, 1, Precision.FLOAT)
                .pixel(0, 0, 2)
                .pixel(0, 1, Double.NaN)
                .bandNames(List.of("red"))
                .scale(new double[] {3}, new double[] {1})
                .build();
        Cube mapped = Tiles.mapToCube(cube, new Squares(1, 1), RunContext.defaults(), "map")
                .build();

        assertThat(mapped.plane(0)).containsExactly(7, Double.NaN);
        assertThat(mapped.precision()).isEqualTo(Precision.FLOAT);
        assertThat(mapped.bandNames()).contains(List.of("red"));
    }

    @Test
    void refusesAModelThatDoesNotFit() {
        Cube cube = scene(2, 2, 3, 0, 1);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.map(cube, new Squares(2, 1), RunContext.defaults(), "map"))
                .withMessage("the model was fitted on 2 bands but the cube has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.mapToCube(cube, new Squares(2, 2), RunContext.defaults(), "map"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.mapToCube(cube, new Squares(3, 2), RunContext.defaults(), "map"))
                .withMessage("the model gives 2 outputs for a cube of 3 bands");
    }

    @Test
    void refusesResultsBeyondTheMemoryLimit() {
        Cube doubles = scene(10, 10, 2, 0, 1);
        Cube floats = doubles.toHeap(Precision.FLOAT);
        RunContext tight = RunContext.defaults().withMemoryLimit(1599);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.map(doubles, new Squares(2, 2), tight, "map"))
                .withMessage("the maps of the result would take 1600 bytes but the memory limit of this run is 1599"
                        + " bytes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.mapToCube(doubles, new Squares(2, 2), tight, "map"))
                .withMessageStartingWith("the restored cube would take 1600 bytes");
        assertThat(Tiles.mapToCube(floats, new Squares(2, 2), tight, "map")
                        .build()
                        .bands())
                .isEqualTo(2);
        Cube huge = Cube.builder(new FormulaSource(40_000, 40_000, 3, Precision.DOUBLE, (i, b) -> i))
                .build();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Tiles.mapToCube(huge, new Squares(3, 3), tight.withMemoryLimit(1L << 30), "map"))
                .withMessageContaining("would take 36622 MiB but the memory limit of this run is 1024 MiB");
    }

    @Test
    void stopsWithinATile() {
        // Tiles of 4096 pixels, so each of the 32 chunks of the reduction has about 12 of them.
        Cube huge = Cube.builder(new FormulaSource(40_000, 40_000, 1, Precision.FLOAT, (i, b) -> i))
                .build()
                .crop(new org.hsi4j.Region(39_000, 38_500, 1000, 1500));
        for (int threads : THREADS) {
            AtomicInteger tiles = new AtomicInteger();
            RunContext context = threads(threads).withCancellation(() -> tiles.get() >= 3);
            assertThatExceptionOfType(CancellationException.class)
                    .isThrownBy(() -> Tiles.reduce(
                            huge, context, "stop", () -> tiles, (a, tile) -> a.incrementAndGet(), (a, b) -> a));
            assertThat(tiles.get()).isBetween(3, 3 + threads);
        }
    }
}
