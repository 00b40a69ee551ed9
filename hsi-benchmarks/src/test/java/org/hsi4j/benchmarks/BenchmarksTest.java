package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.Arrays;
import java.util.stream.Stream;
import org.ejml.data.DMatrixRMaj;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The benchmarks compute the right thing: every rival gives the answer of the naive loops. Values are sums of at most 400
 * products of numbers below 2, so 1e-9 leaves four digits for another order of summation.
 */
class BenchmarksTest {
    private static final double TOLERANCE = 1e-9;

    /** Plain Java, and the Vector API if this JVM has it. */
    static Stream<Provider> providers() {
        Provider plain = new Provider();
        plain.setUp();
        if (Kernels.vector().isEmpty()) {
            return Stream.of(plain);
        }
        Provider vector = new Provider();
        vector.kernels = "vector";
        vector.setUp();
        return Stream.of(plain, vector);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void tileProductsAgree(Provider provider) {
        TileProductBenchmark benchmark = new TileProductBenchmark();
        benchmark.bands = 50;
        benchmark.rows = 5;
        benchmark.setUp();
        double[][] naive = copy(benchmark.naive());
        assertClose(benchmark.hsi4j(provider), naive);
        float[][] inFloat = benchmark.hsi4jFloat(provider);
        for (int k = 0; k < naive.length; k++) {
            for (int i = 0; i < naive[k].length; i++) {
                // Inputs and sums in float32: some fifty rounding units of a sum of fifty.
                assertThat((double) inFloat[k][i]).isCloseTo(naive[k][i], within(2e-4));
            }
        }
        assertClose(rows(benchmark.ejml()), naive);
        assertClose(benchmark.commonsMath().getData(), naive);
    }

    @ParameterizedTest
    @MethodSource("providers")
    void scattersAgree(Provider provider) {
        ScatterBenchmark first = new ScatterBenchmark();
        first.bands = 50;
        first.setUp();
        double[][] naive = copy(first.naive());
        first.setUp();
        ScatterBenchmark.Scratch scratch = new ScatterBenchmark.Scratch();
        scratch.setUp(first, provider);
        double[][] ours = copy(first.hsi4j(provider, scratch));
        first.setUp();
        double[][] fromFloat = copy(first.hsi4jFromFloat(provider, scratch));
        first.setUp();
        double[][] mixed = copy(first.hsi4jMixed(provider));
        double[][] ejml = rows(first.ejml());
        double[][] math = first.commonsMath().getData();
        for (int a = 0; a < 50; a++) {
            for (int b = a; b < 50; b++) {
                assertThat(ours[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
                // Samples rounded to float32 (2^-24 each, on sums of terms below one), and sums of 64 in float32.
                assertThat(fromFloat[a][b]).isCloseTo(naive[a][b], withinPercentage(1e-5));
                assertThat(mixed[a][b]).isCloseTo(naive[a][b], withinPercentage(5e-4));
                assertThat(ejml[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
                assertThat(math[a][b]).isCloseTo(naive[a][b], within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("providers")
    void distancesAgree(Provider provider) {
        WhitenBenchmark benchmark = new WhitenBenchmark();
        benchmark.bands = 50;
        benchmark.setUp();
        double[] naive = benchmark.naive().clone();
        assertThat(benchmark.hsi4j(provider)).containsExactly(naive, within(TOLERANCE));
        assertThat(benchmark.hsi4jWhitened(provider)).containsExactly(naive, within(TOLERANCE));
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

    @Test
    void theRoofIsMadeOfWhatItSays() {
        RooflineBenchmark benchmark = new RooflineBenchmark();
        benchmark.setUp();

        assertThat(benchmark.read()).containsOnly(RooflineBenchmark.SAMPLES / 2048f);
        double v = 0;
        for (int i = 0; i < RooflineBenchmark.CHAIN; i++) {
            v = Math.fma(v, 0.999, 0.5);
        }
        assertThat(benchmark.fmaDouble()).hasSize(RooflineBenchmark.NUMBERS).containsOnly(v);
        assertThat(benchmark.fmaFloat()[7]).isCloseTo((float) v, within(1e-5f));
    }

    @Test
    void operationsAreCountedByTheTile() {
        assertThat(Roofline.flops(200, 5)).isEqualTo(2.0 * 200 * 5 * 320);
        assertThat(Roofline.flops(200, 0)).isEqualTo(200.0 * 201 * 320);
    }

    @Test
    void detectorsAgree() {
        DetectorBenchmark benchmark = new DetectorBenchmark();
        benchmark.bands = 5;
        benchmark.setUp();
        assertThat(benchmark.hsi4jRx()).containsExactly(benchmark.ejmlRx(), within(TOLERANCE));
    }

    @Test
    void theKernelsOfDetectorsAreTheirs() {
        DetectorBenchmark benchmark = new DetectorBenchmark();
        benchmark.bands = 5;
        benchmark.setUp();
        double[] scores = benchmark.hsi4jRx();
        int last = scores.length % PixelTile.capacityFor(5);
        assertThat(Arrays.copyOf(benchmark.scatterAndDistances(), last))
                .containsExactly(Arrays.copyOfRange(scores, scores.length - last, scores.length), within(TOLERANCE));
        assertThat(benchmark.scatterAndProduct()).isNotEmpty();
    }

    @Test
    void threadsAgreeOnRepresentations() {
        CrdBenchmark benchmark = new CrdBenchmark();
        benchmark.bands = 6;
        benchmark.side = 15;
        benchmark.setUp();
        assertThat(benchmark.hsi4jTwoThreads()).containsExactly(benchmark.hsi4j());
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
