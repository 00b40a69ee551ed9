package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class SpectralDistanceTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void knowsARightTriangle() {
        assertThat(SpectralDistance.euclidean(Spectrum.of(1, 1), Spectrum.of(4, 5)))
                .isEqualTo(5);
    }

    /** SciPy 1.10.1, {@code scipy.spatial.distance.euclidean}. */
    @Test
    void givesTheFigureOfSciPy() {
        Spectrum u = Spectrum.of(0.12, 0.31, 0.45, 0.22, 0.08);
        Spectrum v = Spectrum.of(0.10, 0.25, 0.50, 0.30, 0.02);
        assertThat(SpectralDistance.euclidean(u, v)).isCloseTo(0.12845232578665128, within(1e-16));
    }

    @Test
    void neitherOverflowsNorVanishes() {
        assertThat(SpectralDistance.euclidean(new double[] {3e200, 0}, new double[] {0, 4e200}))
                .isCloseTo(5e200, within(1e185));
        assertThat(SpectralDistance.euclidean(new double[] {3e-200, 0}, new double[] {0, 4e-200}))
                .isCloseTo(5e-200, within(1e-215));
    }

    @Test
    void isZeroForEqualSpectraAndNaNForGaps() {
        assertThat(SpectralDistance.euclidean(new double[] {1, 2}, new double[] {1, 2}))
                .isZero();
        assertThat(SpectralDistance.euclidean(new double[] {1, Double.NaN}, new double[] {1, 2}))
                .isNaN();
    }

    @Test
    void meansTheValidPixelsOfTwoCubes() {
        Cube truth = Cube.of(1, 3, new double[][] {{0, 0, 0}, {0, 0, Double.NaN}});
        Cube estimate = Cube.of(1, 3, new double[][] {{3, 0, 9}, {4, 2, 9}});

        assertThat(SpectralDistance.meanEuclidean(estimate, truth, RUN)).isEqualTo(3.5);
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Cube a = Images.random(1, 37, 211, 5);
        Cube b = Images.random(2, 37, 211, 5);
        double mean = SpectralDistance.meanEuclidean(a, b, RUN);
        assertThat(SpectralDistance.meanEuclidean(a, b, RUN.withParallelism(2))).isEqualTo(mean);
        assertThat(SpectralDistance.meanEuclidean(a, b, RUN.withParallelism(7))).isEqualTo(mean);
    }

    @Test
    void namesWhatDoesNotFit() {
        Cube gap = Cube.of(1, 1, new double[][] {{Double.NaN}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralDistance.euclidean(Spectrum.of(1), Spectrum.of(1, 2)))
                .withMessage("one spectrum has 1 bands but the other has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralDistance.meanEuclidean(gap, gap, RUN))
                .withMessage("no pixel is valid in both cubes");
    }
}
