package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.ejml.data.DMatrixRMaj;
import org.junit.jupiter.api.Test;

/**
 * The benchmarks compute the right thing: every rival gives the answer of the naive loops. Values are sums of at most 400
 * products of numbers below 2, so 1e-9 leaves four digits for another order of summation.
 */
class BenchmarksTest {
    private static final double TOLERANCE = 1e-9;

    @Test
    void tileProductsAgree() {
        TileProductBenchmark benchmark = new TileProductBenchmark();
        benchmark.bands = 50;
        benchmark.rows = 5;
        benchmark.setUp();
        double[][] naive = copy(benchmark.naive());
        assertClose(benchmark.hsi4j(), naive);
        assertClose(rows(benchmark.ejml()), naive);
        assertClose(benchmark.commonsMath().getData(), naive);
    }

    @Test
    void scattersAgree() {
        ScatterBenchmark first = new ScatterBenchmark();
        first.bands = 50;
        first.setUp();
        double[][] naive = copy(first.naive());
        first.setUp();
        double[][] ours = first.hsi4j();
        double[][] ejml = rows(first.ejml());
        double[][] math = first.commonsMath().getData();
        for (int a = 0; a < 50; a++) {
            for (int b = a; b < 50; b++) {
                assertThat(ours[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
                assertThat(ejml[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
                assertThat(math[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
            }
        }
    }

    @Test
    void distancesAgree() {
        WhitenBenchmark benchmark = new WhitenBenchmark();
        benchmark.bands = 50;
        benchmark.setUp();
        double[] naive = benchmark.naive().clone();
        assertThat(benchmark.hsi4j()).containsExactly(naive, within(TOLERANCE));
        assertThat(benchmark.ejml()).containsExactly(naive, within(TOLERANCE));
    }

    @Test
    void localScoresAgree() {
        LocalRxBenchmark benchmark = new LocalRxBenchmark();
        benchmark.bands = 12;
        benchmark.side = 24;
        benchmark.setUp();
        double[] naive = benchmark.ejml();
        assertThat(benchmark.hsi4j()).containsExactly(naive, within(TOLERANCE));
        assertThat(benchmark.hsi4jTwoThreads()).containsExactly(naive, within(TOLERANCE));
    }

    private static void assertClose(double[][] actual, double[][] expected) {
        for (int r = 0; r < expected.length; r++) {
            assertThat(actual[r]).containsExactly(expected[r], within(TOLERANCE));
        }
    }

    private static double[][] copy(double[][] rows) {
        double[][] copy = new double[rows.length][];
        for (int r = 0; r < rows.length; r++) {
            copy[r] = rows[r].clone();
        }
        return copy;
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][matrix.numCols];
        for (int r = 0; r < matrix.numRows; r++) {
            for (int c = 0; c < matrix.numCols; c++) {
                rows[r][c] = matrix.get(r, c);
            }
        }
        return rows;
    }
}
