package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.hsi4j.stats.Subspace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** These benchmarks compute the right thing. Numbers are near one, so 1e-11 leaves four digits for sums in another order. */
class SmallBenchmarksTest {
    private static final double TOLERANCE = 1e-11;

    private static double[][] copy(double[][] planes) {
        return Arrays.stream(planes).map(double[]::clone).toArray(double[][]::new);
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int k = 0; k < expected.length; k++) {
            assertThat(actual[k]).containsExactly(expected[k], within(TOLERANCE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "vector"})
    void productsOfPixelsAgree(String kernels) {
        PixelProductsBenchmark benchmark = new PixelProductsBenchmark();
        benchmark.bands = 50;
        benchmark.setUp();
        Provider provider = new Provider();
        provider.kernels = kernels;
        provider.setUp();
        double[] norms = benchmark.norms(provider).clone();
        assertThat(benchmark.naiveNorms()).containsExactly(norms, within(TOLERANCE));
        double[] dots = benchmark.dots(provider).clone();
        assertThat(benchmark.naiveDots()).containsExactly(dots, within(TOLERANCE));
        assertThat(benchmark.ejmlDots()).containsExactly(dots, within(TOLERANCE));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 12})
    void proximalStepsAgree(int p) {
        ProximalBenchmark benchmark = new ProximalBenchmark();
        benchmark.p = p;
        benchmark.setUp();
        assertClose(benchmark.naiveSimplex(), copy(benchmark.simplex()));
        assertClose(benchmark.naiveSoft(), copy(benchmark.soft()));
        assertClose(benchmark.naiveGroup(), copy(benchmark.group()));
    }

    @Test
    void systemsOfPixelsHaveTheSameSolutions() {
        SmallCholeskyBenchmark benchmark = new SmallCholeskyBenchmark();
        benchmark.p = 6;
        benchmark.setUp();
        double[][] ours = copy(benchmark.hsi4jBatch());
        assertClose(benchmark.ejml(), ours);
        double distance = 0;
        double[][] right = Planes.random(6, SmallCholeskyBenchmark.PIXELS, 2);
        for (int k = 0; k < 6; k++) {
            distance += ours[k][SmallCholeskyBenchmark.PIXELS - 1] * right[k][SmallCholeskyBenchmark.PIXELS - 1];
        }
        assertThat(benchmark.hsi4jRows()).isCloseTo(distance, within(TOLERANCE));
    }

    @Test
    void decompositionsAgree() {
        DecompositionBenchmark benchmark = new DecompositionBenchmark();
        benchmark.bands = 40;
        benchmark.setUp();
        Subspace subspace = benchmark.subspace();
        double[] eigen = benchmark.ejmlEigen();
        double[] squares = benchmark.ejmlSvd();
        Arrays.sort(squares);
        double[] random = benchmark.randomized().scatter();
        for (int k = 0; k < DecompositionBenchmark.DIRECTIONS; k++) {
            // sums of 10000 products: eigenvalues to ten digits. Those of random directions approach them from below,
            // and
            // the last of them, which are all but noise, slowly
            assertThat(subspace.scatter()[k]).isCloseTo(eigen[k], withinPercentage(1e-6));
            assertThat(squares[squares.length - 1 - k]).isCloseTo(eigen[k], withinPercentage(1e-6));
            assertThat(random[k]).isCloseTo(eigen[k], withinPercentage(k < 5 ? 1 : 20));
        }
        DMatrixRMaj q = benchmark.ejmlQr();
        double[][] basis = benchmark.orthonormalized();
        for (int i = 0; i < 40; i++) {
            for (int k = 0; k < basis.length; k++) {
                assertThat(Math.abs(basis[k][i])).isCloseTo(Math.abs(q.get(i, k)), within(TOLERANCE));
            }
        }
    }
}
