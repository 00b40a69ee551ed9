package org.hsi4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.CancellationException;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("org.hsi4j.nd4j.Nd4jProducts#isAvailable")
class Nd4jProductsTest {
    private static final RunContext ONE = RunContext.sequential();

    private static double[][] identity(int n) {
        double[][] identity = new double[n][n];
        for (int i = 0; i < n; i++) {
            identity[i][i] = 1;
        }
        return identity;
    }

    /** Each sample tells where it is, in numbers that float32 holds. */
    private static Cube numbered(int rows, int columns, int bands) {
        Cube.Builder builder = Cube.builder(rows, columns, bands, Precision.FLOAT);
        for (int b = 0; b < bands; b++) {
            double[] plane = new double[rows * columns];
            for (int i = 0; i < plane.length; i++) {
                plane[i] = 1000 * b + i % 1000;
            }
            builder.plane(b, plane);
        }
        return builder.build();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void theProductWithTheIdentityIsTheSceneInItsOrder(Precision precision) {
        Cube cube = numbered(7, 11, 5).masked(Mask.of(7, 11, i -> i % 4 != 1));

        List<ScoreMap> maps =
                Nd4jRandomShapesTest.maps(Nd4jProducts.load().withPrecision(precision), cube, identity(5), ONE);

        for (int b = 0; b < 5; b++) {
            assertThat(maps.get(b).toArray()).containsExactly(cube.plane(b));
        }
    }

    @Test
    void severalBlocksMakeOneProduct() {
        // At most 64 pixels of so many bands at a time: four blocks, the last of them shorter.
        Cube cube = numbered(1, 202, 16_400).scaled(0x1p-20, 0).masked(Mask.of(1, 202, i -> i % 3 > 0));
        double[][] weights = Nd4jRandomShapesTest.weights(2, 16_400, 4);

        List<ScoreMap> maps = Nd4jRandomShapesTest.maps(Nd4jProducts.load(), cube, weights, ONE);

        assertThat(Nd4jProducts.capacity(cube)).isEqualTo(51);
        Nd4jRandomShapesTest.assertProduct(maps, cube, weights, Precision.DOUBLE);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void severalBlocksMakeOneScatterWhateverTheThreads(Precision precision) {
        Cube cube = numbered(260, 210, 40).masked(Mask.of(260, 210, i -> i < 260 * 210 / 2 || i % 5 > 0));
        Nd4jProducts products = Nd4jProducts.load().withPrecision(precision);

        MeanScatter one = products.scatter(cube, ONE);

        assertThat(products.scatter(cube, RunContext.defaults().withParallelism(2)))
                .isEqualTo(one);
        assertThat(products.scatter(cube, RunContext.defaults().withParallelism(7)))
                .isEqualTo(one);
        MeanScatter core = MeanScatter.of(cube, ONE);
        assertThat(one.count()).isEqualTo(core.count());
        // The stated bound for blocks of 2^20/40 pixels; differences to a mean are below 500, so products below 250000.
        double bound = ((1 << 20) / 40 + 4) * (Nd4jRandomShapesTest.unit(precision) + 0x1p-53) * 250_000;
        for (int b = 0; b < 40; b++) {
            assertThat(one.covariance()[b]).containsExactly(core.covariance()[b], within(bound));
        }
    }

    @Test
    void productsDoNotDependOnTheThreads() {
        Cube cube = Nd4jRandomShapesTest.scene(260, 210, 40, Precision.FLOAT, 5);
        double[][] weights = Nd4jRandomShapesTest.weights(5, 40, 6);

        List<ScoreMap> one = Nd4jRandomShapesTest.maps(Nd4jProducts.load(), cube, weights, ONE);

        assertThat(Nd4jRandomShapesTest.maps(
                        Nd4jProducts.load(),
                        cube,
                        weights,
                        RunContext.defaults().withParallelism(3)))
                .isEqualTo(one);
    }

    @Test
    void aSceneOfOneSampleHasAProductAndAScatter() {
        Cube cube = Cube.of(1, 1, new double[][] {{3}});

        assertThat(Nd4jRandomShapesTest.maps(Nd4jProducts.load(), cube, new double[][] {{2}}, ONE)
                        .get(0)
                        .toArray())
                .containsExactly(6);
        assertThat(Nd4jProducts.load().scatter(cube, ONE)).isEqualTo(MeanScatter.of(cube, ONE));
    }

    @Test
    void aSceneWithoutAValidPixelGivesNothing() {
        Cube cube = numbered(3, 4, 2).masked(Mask.of(3, 4, i -> false));

        assertThat(Nd4jRandomShapesTest.maps(Nd4jProducts.load(), cube, identity(2), ONE)
                        .get(1)
                        .toArray())
                .containsOnly(Double.NaN);
        assertThat(Nd4jProducts.load().scatter(cube, ONE)).isEqualTo(MeanScatter.empty(2));
    }

    @Test
    void weightsThatDoNotFitAreRefused() {
        Cube cube = numbered(3, 4, 2);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nd4jProducts.load().multiply(cube, new double[][] {{1, 2}, {1, 2, 3}}, ONE))
                .withMessage("the weights have 3 columns but the cube has 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nd4jProducts.load().multiply(cube, new double[0][], ONE))
                .withMessage("the weights need at least one row");
    }

    @Test
    void theMemoryLimitIsKept() {
        Cube cube = numbered(100, 100, 20);
        RunContext little = ONE.withMemoryLimit(2 << 20);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nd4jProducts.load().multiply(cube, identity(20), little))
                .withMessageContaining("the maps and blocks of the product would take");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Nd4jProducts.load().scatter(cube, little))
                .withMessageContaining("the scatter and blocks of the scene would take");
    }

    @Test
    void aCancelledRunStops() {
        RunContext stopped = ONE.withCancellation(() -> true);

        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> Nd4jProducts.load().scatter(numbered(3, 4, 2), stopped));
    }

    @Test
    void thePrecisionIsDoubleUnlessAskedFor() {
        assertThat(Nd4jProducts.load().precision()).isEqualTo(Precision.DOUBLE);
        assertThat(Nd4jProducts.load().withPrecision(Precision.FLOAT).precision())
                .isEqualTo(Precision.FLOAT);
    }
}
