package org.hsi4j.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Kernels;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@EnabledIf("org.hsi4j.nd4j.Nd4jProducts#isAvailable")
class Nd4jBenchmarkTest {

    private static Nd4jBenchmark benchmark(Precision precision, Nd4jBenchmark.Work work) {
        Nd4jBenchmark benchmark = new Nd4jBenchmark();
        benchmark.precision = precision;
        benchmark.work = work;
        benchmark.setUp();
        return benchmark;
    }

    private static List<Nd4jBenchmark.Provider> providers() {
        Nd4jBenchmark.Provider vector = new Nd4jBenchmark.Provider();
        vector.kernels = Kernels.vector().isPresent() ? "vector" : "plain";
        return List.of(new Nd4jBenchmark.Provider(), vector);
    }

    /** The stated bound, for two: at most m = 5120 products below 0.25. */
    private static double bound(Precision precision) {
        return 2 * (5120 + 4) * Nd4jRandomShapesTest.unit(precision) * 5120 * 0.25;
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void scattersAgree(Precision precision) {
        Nd4jBenchmark benchmark = benchmark(precision, Nd4jBenchmark.Work.SCATTER);
        double[][] theirs = new double[200][200];
        benchmark.nd4j().get(theirs, 200);
        for (Nd4jBenchmark.Provider provider : providers()) {
            double[][] ours = (double[][]) benchmark.hsi4j(provider);
            for (int a = 0; a < 200; a++) {
                for (int b = a; b < 200; b++) {
                    assertThat(ours[a][b]).isCloseTo(theirs[a][b], within(bound(precision)));
                }
            }
        }
        benchmark.tearDown();
    }

    @ParameterizedTest
    @CsvSource({"DOUBLE, PRODUCT_5, 5", "DOUBLE, PRODUCT_12, 12", "FLOAT, PRODUCT_5, 5", "FLOAT, PRODUCT_12, 12"})
    void lastTilesOfProductsAgree(Precision precision, Nd4jBenchmark.Work work, int rows) {
        Nd4jBenchmark benchmark = benchmark(precision, work);
        double[][] maps = new double[rows][Nd4jBenchmark.PIXELS];
        benchmark.nd4j().get(maps, Nd4jBenchmark.PIXELS);
        double[] last =
                Arrays.copyOfRange(maps[rows - 1], Nd4jBenchmark.PIXELS - Nd4jBenchmark.TILE, Nd4jBenchmark.PIXELS);
        for (Nd4jBenchmark.Provider provider : providers()) {
            assertThat(row(benchmark.hsi4j(provider), rows - 1)).containsExactly(last, within(bound(precision)));
        }
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
}
