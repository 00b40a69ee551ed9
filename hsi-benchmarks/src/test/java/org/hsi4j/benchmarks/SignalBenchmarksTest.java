package org.hsi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hsi4j.signal.Wavelet;
import org.hsi4j.signal.WaveletTransform;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The benchmarks of planes compute the right thing. Values are below one, and sums of up to 20000 of them round to 1e-10. */
class SignalBenchmarksTest {
    private static final double TOLERANCE = 1e-10;

    @Test
    void fourierTransformsAgree() {
        FourierBenchmark benchmark = new FourierBenchmark();
        benchmark.side = 145;
        benchmark.setUp();
        double[] ours = benchmark.hsi4j();
        double[] rival = benchmark.jtransforms();
        for (int u = 0; u < 145; u++) {
            for (int v = 0; v < 73; v++) {
                assertThat(ours[u * 73 + v]).isCloseTo(rival[2 * (u * 145 + v)], within(TOLERANCE));
            }
        }
    }

    /** In the packing of real planes, entry [u][2 v] is the real part for 0 < v < columns / 2. */
    @Test
    void fourierTransformsOfPowersOfTwoAgree() {
        FourierBenchmark benchmark = new FourierBenchmark();
        benchmark.side = 64;
        benchmark.setUp();
        double[] ours = benchmark.hsi4j();
        double[] rival = benchmark.jtransforms();
        for (int u = 0; u < 64; u++) {
            for (int v = 1; v < 32; v++) {
                assertThat(ours[u * 33 + v]).isCloseTo(rival[u * 64 + 2 * v], within(TOLERANCE));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 145})
    void cosineTransformsAgree(int side) {
        CosineBenchmark benchmark = new CosineBenchmark();
        benchmark.side = side;
        benchmark.setUp();
        double[] ours = benchmark.hsi4j().clone();

        assertThat(benchmark.jtransforms()).containsExactly(ours, within(TOLERANCE));
    }

    @Test
    void waveletsComeBackAndTheNaiveSubbandIsTheirs() {
        WaveletBenchmark benchmark = new WaveletBenchmark();
        benchmark.moments = 4;
        benchmark.levels = 1;
        benchmark.setUp();
        double[] plane = Planes.random(1, 100 * 100, 1)[0];
        assertThat(benchmark.hsi4j()).containsExactly(plane, within(TOLERANCE));
        double spread = squares(benchmark.hsi4j());
        assertThat(squares(benchmark.hsi4jShrunk())).isBetween(0.5 * spread, 0.999 * spread); // small details are gone

        WaveletTransform.Worker worker = WaveletTransform.averaged(Wavelet.symlet(4), 1, 100, 100)
                .periodic()
                .worker();
        worker.forward(plane);
        double[] naive = benchmark.naive();
        for (int r = 0; r < 100; r++) {
            assertThat(Arrays.copyOfRange(naive, r * 100, r * 100 + 100))
                    .containsExactly(worker.approximation()[r], within(TOLERANCE));
        }
    }

    /** Within the stated 0.024 of the recursive filter, and the difference of the borders beside it. */
    @Test
    void gaussiansAgree() {
        GaussianBenchmark benchmark = new GaussianBenchmark();
        benchmark.sigma = 2;
        benchmark.setUp();
        double[] direct = benchmark.direct().clone();
        double[] recursive = benchmark.recursive();
        for (int r = 20; r < 236; r++) {
            assertThat(Arrays.copyOfRange(recursive, r * 256 + 20, r * 256 + 236))
                    .containsExactly(Arrays.copyOfRange(direct, r * 256 + 20, r * 256 + 236), within(0.024));
        }
    }

    private static double squares(double[] plane) {
        double sum = 0;
        for (double v : plane) {
            sum += v * v;
        }
        return sum;
    }
}
