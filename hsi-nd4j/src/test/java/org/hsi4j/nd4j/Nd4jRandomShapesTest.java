package org.hsi4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/** On scenes of any shape the answers are those of the plain kernels, to the stated error of both. */
@AddLifecycleHook(Nd4jRandomShapesTest.WithoutNatives.class)
class Nd4jRandomShapesTest {

    static final class WithoutNatives implements SkipExecutionHook {
        @Override
        public SkipResult shouldBeSkipped(LifecycleContext context) {
            return Nd4jProducts.isAvailable() ? SkipResult.doNotSkip() : SkipResult.skip("no natives for this machine");
        }
    }

    static double unit(Precision precision) {
        return precision == Precision.FLOAT ? 0x1p-24 : 0x1p-53;
    }

    static Cube scene(int rows, int columns, int bands, Precision precision, long seed) {
        Random random = new Random(seed);
        Cube.Builder builder = Cube.builder(rows, columns, bands, precision);
        for (int b = 0; b < bands; b++) {
            builder.plane(
                    b,
                    random.doubles(rows * columns, -1, 1)
                            .map(x -> random.nextInt(40) == 0 ? Double.NaN : 3 + x)
                            .toArray());
        }
        return builder.build().masked(Mask.of(rows, columns, i -> random.nextInt(5) > 0));
    }

    static double[][] weights(int outputs, int bands, long seed) {
        Random random = new Random(seed);
        double[][] weights = new double[outputs][];
        for (int k = 0; k < outputs; k++) {
            weights[k] = random.doubles(bands, -1, 1).toArray();
        }
        return weights;
    }

    static List<ScoreMap> maps(Nd4jProducts products, Cube cube, double[][] weights, RunContext context) {
        return products.multiply(cube, weights, context)
                .toScores(IntStream.range(0, weights.length)
                        .mapToObj(k -> "map " + k)
                        .toList());
    }

    static void assertProduct(List<ScoreMap> maps, Cube cube, double[][] weights, Precision computed) {
        int bands = cube.bands();
        PixelTile tile = new PixelTile(bands, cube.pixels());
        cube.read(0, cube.pixels(), tile);
        double[][] expected = new double[weights.length][cube.pixels()];
        Kernels.plain().multiply(weights, tile.planes(), tile.size(), expected);
        Mask valid = cube.validMask();
        for (int k = 0; k < weights.length; k++) {
            assertThat(maps.get(k).valid()).isEqualTo(valid);
            double[] map = maps.get(k).toArray();
            for (int i = 0; i < tile.size(); i++) {
                double magnitude = 0;
                for (int b = 0; b < bands; b++) {
                    magnitude += Math.abs(weights[k][b] * tile.planes()[b][i]);
                }
                // Each of the two may be off by (m + 4) of its units.
                double bound = (bands + 4) * (unit(computed) + 0x1p-53) * magnitude;
                assertThat(map[tile.pixel(i)]).isCloseTo(expected[k][i], within(bound));
            }
        }
    }

    @Property(tries = 60)
    void productsAreThoseOfThePlainKernels(
            @ForAll @IntRange(min = 1, max = 13) int rows,
            @ForAll @IntRange(min = 1, max = 11) int columns,
            @ForAll @IntRange(min = 1, max = 33) int bands,
            @ForAll @IntRange(min = 1, max = 12) int outputs,
            @ForAll Precision stored,
            @ForAll Precision computed,
            @ForAll long seed) {
        Cube cube = scene(rows, columns, bands, stored, seed);
        double[][] weights = weights(outputs, bands, seed);

        List<ScoreMap> maps = maps(Nd4jProducts.load().withPrecision(computed), cube, weights, RunContext.defaults());

        assertProduct(maps, cube, weights, computed);
    }

    @Property(tries = 60)
    void scattersAreThoseOfTheCore(
            @ForAll @IntRange(min = 1, max = 13) int rows,
            @ForAll @IntRange(min = 1, max = 11) int columns,
            @ForAll @IntRange(min = 1, max = 33) int bands,
            @ForAll Precision stored,
            @ForAll Precision computed,
            @ForAll long seed) {
        Cube cube = scene(rows, columns, bands, stored, seed);

        MeanScatter ours = Nd4jProducts.load().withPrecision(computed).scatter(cube, RunContext.defaults());

        MeanScatter core = MeanScatter.of(cube, RunContext.defaults());
        assertThat(ours.count()).isEqualTo(core.count());
        // Samples are below 4 and their means are summed from as many terms as there are pixels.
        assertThat(ours.mean()).containsExactly(core.mean(), within((cube.pixels() + 4) * 0x1p-51));
        // Terms of magnitude at most 4 (two differences below 2), as many as pixels; divided by n - 1, below 2 (m + 4)
        // 4 units.
        double bound = 8 * (cube.pixels() + 4) * (unit(computed) + 0x1p-53);
        for (int b = 0; b < bands; b++) {
            assertThat(ours.covariance()[b]).containsExactly(core.covariance()[b], within(bound));
        }
    }
}
