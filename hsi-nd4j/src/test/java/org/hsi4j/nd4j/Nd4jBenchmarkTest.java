package org.hsi4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Precision;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

@EnabledIf("org.hsi4j.nd4j.Nd4jProducts#isAvailable")
class Nd4jBenchmarkTest {

    @ParameterizedTest
    @EnumSource(Precision.class)
    void allOfThemComputeTheSame(Precision precision) {
        Nd4jBenchmark benchmark = new Nd4jBenchmark();
        benchmark.precision = precision;
        benchmark.setUp();
        // The stated bound, for two: at most m = 5120 products below 0.25.
        double bound = 2 * (5120 + 4) * Nd4jRandomShapesTest.unit(precision) * 5120 * 0.25;

        double[][] scatter = new double[200][200];
        ((NativeMatrix) benchmark.scatterNd4j()).get(scatter, 200);
        double[][] maps = new double[12][Nd4jBenchmark.PIXELS];
        ((NativeMatrix) benchmark.product12Nd4j()).get(maps, Nd4jBenchmark.PIXELS);
        double[][] plain = benchmark.scatterPlain();
        double[][] vector = benchmark.scatterVector();
        double[] last = new double[Nd4jBenchmark.TILE];
        System.arraycopy(maps[11], Nd4jBenchmark.PIXELS - last.length, last, 0, last.length);

        for (int a = 0; a < 200; a++) {
            for (int b = a; b < 200; b++) {
                assertThat(plain[a][b]).isCloseTo(scatter[a][b], within(bound));
                assertThat(vector[a][b]).isCloseTo(scatter[a][b], within(bound));
            }
        }
        assertThat(row(benchmark.product12Plain(), 11)).containsExactly(last, within(bound));
        assertThat(row(benchmark.product12Vector(), 11)).containsExactly(last, within(bound));
        ((NativeMatrix) benchmark.product05Nd4j()).get(maps, Nd4jBenchmark.PIXELS);
        System.arraycopy(maps[4], Nd4jBenchmark.PIXELS - last.length, last, 0, last.length);
        assertThat(row(benchmark.product05Plain(), 4)).containsExactly(last, within(bound));
        assertThat(row(benchmark.product05Vector(), 4)).containsExactly(last, within(bound));
        benchmark.tearDown();
    }

    private static double[] row(Object rows, int k) {
        if (rows instanceof double[][] doubles) {
            return doubles[k];
        }
        float[] narrow = ((float[][]) rows)[k];
        double[] wide = new double[narrow.length];
        for (int i = 0; i < wide.length; i++) {
            wide[i] = narrow[i];
        }
        return wide;
    }

    /** The measurement itself, in the profile nd4j-benchmark only. */
    @Test
    @Tag("benchmark")
    void measure() throws Exception {
        assertThat(new Runner(new OptionsBuilder()
                                .include(Nd4jBenchmark.class.getName())
                                .build())
                        .run())
                .isNotEmpty();
    }
}
