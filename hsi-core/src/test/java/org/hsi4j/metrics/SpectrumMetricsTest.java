package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliasing score and radial power-spectrum discrepancy. */
class SpectrumMetricsTest {
    private static final RunContext RUN = RunContext.sequential();

    private static Cube image(int rows, int columns, IntToDoubleFunction pixel) {
        double[] plane = new double[rows * columns];
        Arrays.setAll(plane, pixel);
        return Cube.of(rows, columns, new double[][] {plane});
    }

    /** Waves of 3 and 10 cycles along 24 columns: energies 1/2 and a quarter of that. */
    private static Cube waves(double mean) {
        return image(
                15,
                24,
                i -> mean
                        + Math.cos(2 * Math.PI * 3 * (i % 24) / 24)
                        + 0.5 * Math.cos(2 * Math.PI * 10 * (i % 24) / 24));
    }

    @Test
    void theScoreIsTheShareOfTheHighWave() {
        // above 1/4 cycle a pixel lies the wave of 10/24: 1/8 of 1/2 + 1/8; with a mean of 1 of that plus 1
        assertThat(AliasingScore.of(waves(0), 2, RUN).mean()).isCloseTo(0.2, within(1e-14));
        assertThat(AliasingScore.of(waves(1), 2, RUN).mean()).isCloseTo(0.125 / 1.625, within(1e-14));
        assertThat(AliasingScore.variation(waves(1), 2, RUN).mean()).isCloseTo(0.2, within(1e-14));
    }

    /** The wave of 3/24 is the Nyquist frequency of a factor of 4, and can just be held; its power is not above that. */
    @ParameterizedTest
    @CsvSource({"1, 0", "1.2, 0", "1.21, .2", "4, .2", "4.01, 1"})
    void theNyquistFrequencyItselfIsHeld(double factor, double score) {
        assertThat(AliasingScore.of(waves(0), factor, RUN).mean()).isCloseTo(score, within(1e-14));
    }

    @Test
    void rowsCountAsColumnsDo() {
        Cube across = waves(0);
        double[] plane = across.plane(0);
        Cube down = image(24, 15, i -> plane[i % 15 * 24 + i / 15]);

        assertThat(AliasingScore.of(down, 2, RUN).mean()).isCloseTo(0.2, within(1e-14));
    }

    /** NumPy: the share of {@code abs(fft2(x))**2} where {@code max(|fftfreq|) > 1/6}, mean subtracted or not. */
    @Test
    void givesTheFigureOfNumPy() {
        Cube x = Cube.of(17, 23, new double[][] {Images.formula(17, 23, 3, 5, 11)});

        assertThat(AliasingScore.of(x, 3, RUN).mean()).isCloseTo(0.2437632056079524, within(1e-14));
        assertThat(AliasingScore.variation(x, 3, RUN).mean()).isCloseTo(0.9387799291322296, within(1e-14));
    }

    @Test
    void aSinglePixelAndAConstantBandHaveNoHighFrequency() {
        assertThat(AliasingScore.of(image(1, 1, i -> 3), 2, RUN).mean()).isZero();
        assertThat(AliasingScore.variation(image(1, 1, i -> 3), 2, RUN).mean()).isNaN();
        assertThat(AliasingScore.of(image(4, 6, i -> 0), 2, RUN).bands()).containsExactly(Double.NaN);
    }

    @Test
    void invalidPixelsCountAsTheMean() {
        Cube board = image(4, 4, i -> (i / 4 + i) % 2 == 0 ? 1 : 3);
        Cube gap = Cube.of(4, 4, new double[][] {board.plane(0)}).masked(Mask.of(4, 4, i -> i != 0 && i != 1));
        double[] filled = board.plane(0);
        filled[0] = 2;
        filled[1] = 2;

        assertThat(AliasingScore.of(gap, 2, RUN)).isEqualTo(AliasingScore.of(image(4, 4, i -> filled[i]), 2, RUN));
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Cube a = Images.random(1, 19, 31, 9);
        Cube b = Images.random(2, 19, 31, 9);
        AliasingScore score = AliasingScore.of(a, 2, RUN);
        SpectrumDiscrepancy discrepancy = SpectrumDiscrepancy.of(a, b, RUN);

        assertThat(score.bands()).hasSize(9);
        for (int threads : new int[] {2, 7}) {
            assertThat(AliasingScore.of(a, 2, RUN.withParallelism(threads))).isEqualTo(score);
            assertThat(SpectrumDiscrepancy.of(a, b, RUN.withParallelism(threads)))
                    .isEqualTo(discrepancy);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAFactorThatIsNone(double factor) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AliasingScore.of(waves(0), factor, RUN))
                .withMessage("a factor of down-sampling is one or more, not " + factor);
    }

    @Test
    void equalSpectraHaveNoDiscrepancyWhateverTheShiftAndMean() {
        Cube x = Images.random(5, 12, 20, 1);
        double[] plane = x.plane(0);
        Cube moved = image(12, 20, i -> plane[(i / 20 + 5) % 12 * 20 + (i % 20 + 3) % 20] + 7);

        assertThat(SpectrumDiscrepancy.of(x, x, RUN).mean()).isZero();
        // rounding of the transform, in decibels
        assertThat(SpectrumDiscrepancy.of(moved, x, RUN).mean()).isCloseTo(0, within(1e-10));
    }

    @Test
    void halfTheAmplitudeIsSixDecibelsInEveryRing() {
        Cube x = Images.random(5, 12, 20, 2);

        assertThat(SpectrumDiscrepancy.of(x.scaled(0.5, 0), x, RUN).bands())
                .allSatisfy(d -> assertThat(d).isCloseTo(20 * Math.log10(2), within(1e-12)));
    }

    /** NumPy: ring means of {@code abs(fft2(x))**2} by {@code floor(23 * hypot(fr, fc) + .5)}, rings 1 to 11. */
    @Test
    void givesTheDiscrepancyOfNumPy() {
        double[] truth = Images.formula(17, 23, 3, 5, 11);
        double[] other = Images.formula(17, 23, 7, 2, 29);
        Cube x = image(17, 23, i -> truth[i]);
        Cube y = image(17, 23, i -> 0.8 * truth[i] + 0.2 * other[i]);

        assertThat(SpectrumDiscrepancy.of(y, x, RUN).mean()).isCloseTo(1.9341783905837369, within(1e-12));
    }

    @Test
    void aSmoothedImageLacksPower() {
        Cube x = Images.random(5, 1, 64, 1);
        double[] plane = x.plane(0);
        Cube smooth = image(1, 64, i -> (plane[i] + plane[(i + 1) % 64]) / 2);
        double squares = 0;
        for (int k = 1; k <= 32; k++) {
            // the filter's power is cos(pi k / 64) squared, and zero at the end: the floor
            double decibels = 20 * Math.log10(Math.cos(Math.PI * k / 64));
            squares += k == 32 ? 0 : decibels * decibels;
        }

        assertThat(SpectrumDiscrepancy.of(smooth, x, RUN).mean())
                .isBetween(Math.sqrt((squares + 90 * 90) / 32), Math.sqrt((squares + 135 * 135) / 32));
    }

    @Test
    void aConstantTruthHasNoSpectrum() {
        SpectrumDiscrepancy discrepancy = SpectrumDiscrepancy.of(waves(0), image(15, 24, i -> 0), RUN);

        assertThat(discrepancy.bands()).containsExactly(Double.NaN);
        assertThat(discrepancy.mean()).isNaN();
    }

    @Test
    void namesWhatDoesNotFit() {
        Cube pixel = image(1, 1, i -> 1);
        Cube gaps = image(2, 2, i -> Double.NaN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectrumDiscrepancy.of(pixel, pixel, RUN))
                .withMessage("an image of one pixel has no frequency but zero");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectrumDiscrepancy.of(gaps, gaps, RUN))
                .withMessage("no pixel is valid in both cubes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AliasingScore.of(gaps, 2, RUN))
                .withMessage("no pixel is valid in the cube");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AliasingScore.of(waves(0), 2, RUN.withMemoryLimit(1000)))
                .withMessageStartingWith("the transforms of the bands would take");
    }
}
