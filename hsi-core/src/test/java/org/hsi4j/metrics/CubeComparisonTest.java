package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** PSNR and RMSE of cubes. */
class CubeComparisonTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void knowsATwoBandExample() {
        Cube truth = Cube.of(1, 2, new double[][] {{0, 0}, {1, 1}});
        Cube estimate = Cube.of(1, 2, new double[][] {{0.1, 0.1}, {1, 1.1}});
        Psnr psnr = Psnr.of(estimate, truth, RUN);

        // roundings of 0.1 squared, in decibels
        assertThat(psnr.bands().get(0)).isCloseTo(20, within(1e-13));
        assertThat(psnr.bands().get(1)).isCloseTo(20 + 10 * Math.log10(2), within(1e-13));
        assertThat(psnr.mean()).isCloseTo(20 + 5 * Math.log10(2), within(1e-13));
        assertThat(psnr.peak()).isEqualTo(1);
        assertThat(CubeError.rmse(estimate, truth, RUN)).isCloseTo(Math.sqrt(0.03 / 4), within(1e-16));
    }

    @Test
    void anotherPeakShiftsAllBands() {
        Cube truth = Cube.of(1, 2, new double[][] {{0, 0}, {1, 1}});
        Cube estimate = Cube.of(1, 2, new double[][] {{0.1, 0.1}, {1, 1.1}});
        Psnr psnr = Psnr.of(estimate, truth, 1000, RUN);

        assertThat(psnr.mean()).isCloseTo(Psnr.of(estimate, truth, RUN).mean() + 60, within(1e-12)); // rounding near 80
        assertThat(psnr.peak()).isEqualTo(1000);
    }

    @Test
    void aBandWithoutErrorIsInfinitelyGood() {
        Cube truth = Cube.of(1, 2, new double[][] {{0, 0}, {1, 1}});
        Cube estimate = Cube.of(1, 2, new double[][] {{0, 0.1}, {1, 1}});
        Psnr psnr = Psnr.of(estimate, truth, RUN);

        assertThat(psnr.bands().get(0)).isFinite();
        assertThat(psnr.bands().get(1)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(psnr.mean()).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(CubeError.rmse(truth, truth, RUN)).isZero();
    }

    /** scikit-image 0.19.3, {@code peak_signal_noise_ratio} with {@code data_range} 1 and the maximum of the true band. */
    @Test
    void givesTheFiguresOfScikitImage() {
        double[] truth = Images.formula(17, 23, 3, 5, 11);
        double[] estimate = Images.formula(17, 23, 7, 2, 29);
        for (int i = 0; i < truth.length; i++) {
            estimate[i] = 0.8 * truth[i] + 0.2 * estimate[i];
        }
        Cube x = Cube.of(17, 23, new double[][] {estimate});
        Cube y = Cube.of(17, 23, new double[][] {truth});

        // sums of 391 numbers in another order
        assertThat(Psnr.of(x, y, RUN).mean()).isCloseTo(21.722104870123843, within(1e-12));
        assertThat(Psnr.ofBandPeaks(x, y, RUN).mean()).isCloseTo(21.635677394470996, within(1e-12));
    }

    @Test
    void bandsMayHaveTheirOwnPeaks() {
        Cube truth = Cube.of(1, 3, new double[][] {{0, 10, 999}, {1, 0, Double.NaN}});
        Cube estimate = Cube.of(1, 3, new double[][] {{1, 9, 0}, {1, 0.1, 0}});
        Psnr psnr = Psnr.ofBandPeaks(estimate, truth, RUN);

        assertThat(psnr.bands().get(0)).isCloseTo(20, within(1e-13));
        assertThat(psnr.bands().get(1)).isCloseTo(20 + 10 * Math.log10(2), within(1e-13));
        assertThat(psnr.peak()).isNaN();
    }

    @Test
    void aBandWithoutAPositiveValueHasNoPeak() {
        Cube truth = Cube.of(1, 1, new double[][] {{1}, {0}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Psnr.ofBandPeaks(truth, truth, RUN))
                .withMessage("band 1 of the truth has no positive value, so it has no peak");
    }

    @Test
    void givesTheErrorOfEachBand() {
        Cube truth = Cube.of(1, 2, new double[][] {{0, 0}, {1, 1}});
        Cube estimate = Cube.of(1, 2, new double[][] {{3, 3}, {1, 1}});

        assertThat(CubeError.bandRmse(estimate, truth, RUN)).containsExactly(3.0, 0.0);
    }

    @Property(tries = 40)
    void leavesOutPixelsThatAreInvalidInEither(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 1, max = 130) int columns,
            @ForAll @IntRange(min = 1, max = 5) int bands) {
        Random random = new Random(seed);
        int n = rows * columns;
        double[][] x = new double[bands][];
        double[][] y = new double[bands][];
        for (int b = 0; b < bands; b++) {
            x[b] = random.doubles(n).toArray();
            y[b] = random.doubles(n).toArray();
        }
        for (int i = 0; i < n; i++) {
            if (random.nextInt(4) == 0) {
                (random.nextBoolean() ? x : y)[random.nextInt(bands)][i] = Double.NaN;
            }
        }
        Mask keep = Mask.of(rows, columns, i -> i % 5 != 0);
        Cube estimate = Cube.of(rows, columns, x);
        Cube truth = Cube.of(rows, columns, y).masked(keep);
        Mask both = keep.and(estimate.validMask()).and(truth.validMask());
        if (both.count() == 0) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Psnr.of(estimate, truth, RUN))
                    .withMessage("no pixel is valid in both cubes");
            return;
        }
        double sum = 0;
        double squares = 0;
        for (int b = 0; b < bands; b++) {
            double mse = 0;
            for (int i = 0; i < n; i++) {
                mse += both.get(i) ? Math.pow(x[b][i] - y[b][i], 2) / both.count() : 0;
            }
            sum += -10 * Math.log10(mse);
            squares += mse;
        }
        Psnr psnr = Psnr.of(estimate, truth, RUN);
        double rmse = CubeError.rmse(estimate, truth, RUN);

        // sums of up to 5200 numbers below one in another order
        assertThat(psnr.mean()).isCloseTo(sum / bands, within(1e-10));
        assertThat(rmse).isCloseTo(Math.sqrt(squares / bands), within(1e-12));
        for (int threads : new int[] {2, 7}) {
            RunContext run = RunContext.defaults().withParallelism(threads);
            assertThat(Psnr.of(estimate, truth, run)).isEqualTo(psnr);
            assertThat(CubeError.rmse(estimate, truth, run)).isEqualTo(rmse);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesAPeakThatIsNone(double peak) {
        Cube cube = Cube.of(1, 1, new double[][] {{1}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Psnr.of(cube, cube, peak, RUN))
                .withMessage("the peak must be a positive finite number, not " + peak);
    }

    @Test
    void refusesOtherShapesAndStopsWhenCancelled() {
        Cube cube = Cube.of(1, 1, new double[][] {{1}});
        Cube other = Cube.of(1, 1, new double[][] {{1}, {2}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Psnr.of(cube, other, RUN))
                .withMessage("the estimated cube is 1x1x1 but the true one is 1x1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CubeError.rmse(cube, other, RUN))
                .withMessage("the estimated cube is 1x1x1 but the true one is 1x1x2");
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> CubeError.rmse(cube, cube, RUN.withCancellation(() -> true)));
    }
}
