package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleBiFunction;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

/**
 * Metrics gathered tile by tile are those of their definitions, pixel by pixel: with several tiles in each of several partial results, and pixels
 * that are invalid in one cube or the other. Sums of 25,000 pixels in another order differ in the last three digits.
 */
class MetricsOfManyTilesTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final int ROWS = 128;
    private static final int COLUMNS = 170;
    private static final int BANDS = 200;
    private static final double[][] X = planes(1);
    private static final double[][] Y = planes(2);

    private static double[][] planes(long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[BANDS][ROWS * COLUMNS];
        for (double[] plane : planes) {
            // The second half is brighter, so that no tile stands for another.
            Arrays.setAll(plane, i -> random.nextDouble() * (1 + 2 * i / plane.length));
        }
        for (int i = (int) seed; i < ROWS * COLUMNS; i += 97) {
            planes[i % BANDS][i] = Double.NaN;
        }
        return planes;
    }

    private static Cube cube(double[][] planes) {
        return Cube.of(ROWS, COLUMNS, planes);
    }

    private static double[] spectrum(double[][] planes, int pixel) {
        double[] spectrum = new double[planes.length];
        for (int b = 0; b < spectrum.length; b++) {
            spectrum[b] = planes[b][pixel];
        }
        return spectrum;
    }

    private static boolean isFinite(double[] spectrum) {
        double sum = 0;
        for (double v : spectrum) {
            sum += v;
        }
        return Double.isFinite(sum);
    }

    /** The mean over the pixels that are valid in both. */
    private static double mean(ToDoubleBiFunction<double[], double[]> value) {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            double[] x = spectrum(X, i);
            double[] y = spectrum(Y, i);
            if (isFinite(x) && isFinite(y)) {
                sum += value.applyAsDouble(x, y);
                count++;
            }
        }
        return sum / count;
    }

    private static double squares(double[] x, double[] y) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += (x[b] - y[b]) * (x[b] - y[b]);
        }
        return sum;
    }

    private static double square(double[] x) {
        return squares(x, new double[x.length]);
    }

    /** Thirty-two partial results are joined, each of more than one tile. */
    @Test
    void theSceneIsLargeEnough() {
        assertThat(ROWS * COLUMNS / PixelTile.capacityFor(BANDS)).isGreaterThanOrEqualTo(2 * 32 - 1);
    }

    @Test
    void spectralAngle() {
        double expected = mean((x, y) -> {
            double product = 0;
            for (int b = 0; b < x.length; b++) {
                product += x[b] * y[b];
            }
            return Math.acos(product / Math.sqrt(square(x) * square(y)));
        });

        assertThat(SpectralAngle.meanRadians(cube(X), cube(Y), RUN)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void spectralDivergence() {
        double expected = mean((x, y) -> {
            double p = Arrays.stream(x).sum();
            double q = Arrays.stream(y).sum();
            double sum = 0;
            for (int b = 0; b < x.length; b++) {
                sum += (x[b] / p - y[b] / q) * Math.log(x[b] / p / (y[b] / q));
            }
            return sum;
        });

        assertThat(SpectralDivergence.meanSid(cube(X), cube(Y), RUN)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void spectralDistance() {
        double expected = mean((x, y) -> Math.sqrt(squares(x, y)));

        assertThat(SpectralDistance.meanEuclidean(cube(X), cube(Y), RUN)).isCloseTo(expected, within(1e-11));
    }

    @Test
    void squaredErrors() {
        double error = mean(MetricsOfManyTilesTest::squares) / BANDS;
        double signal = mean((x, y) -> square(y)) / BANDS;

        assertThat(CubeError.rmse(cube(X), cube(Y), RUN)).isCloseTo(Math.sqrt(error), within(1e-12));
        assertThat(SignalToReconstructionError.decibels(cube(X), cube(Y), RUN))
                .isCloseTo(10 * Math.log10(signal / error), within(1e-11));
    }

    @Test
    void errorsOfBands() {
        double[] errors = new double[BANDS];
        double[] means = new double[BANDS];
        double[] peaks = new double[BANDS];
        int[] pixels = new int[1];
        mean((x, y) -> {
            pixels[0]++;
            for (int b = 0; b < BANDS; b++) {
                errors[b] += (x[b] - y[b]) * (x[b] - y[b]);
                means[b] += y[b];
                peaks[b] = Math.max(peaks[b], y[b]);
            }
            return 0;
        });
        double decibels = 0;
        double relative = 0;
        for (int b = 0; b < BANDS; b++) {
            double error = errors[b] / pixels[0];
            double mean = means[b] / pixels[0];
            decibels += 10 * Math.log10(peaks[b] * peaks[b] / error) / BANDS;
            relative += error / (mean * mean) / BANDS;
        }

        assertThat(Psnr.ofBandPeaks(cube(X), cube(Y), RUN).mean()).isCloseTo(decibels, within(1e-11));
        assertThat(Ergas.of(cube(X), cube(Y), 0.5, RUN).value()).isCloseTo(50 * Math.sqrt(relative), within(1e-10));
    }

    @Test
    void reconstructionError() {
        double[][] e = {X[0].clone(), X[1].clone()};
        double[][] matrix = new double[BANDS][2];
        for (int b = 0; b < BANDS; b++) {
            matrix[b][0] = 1 + 0.01 * b;
            matrix[b][1] = 2 - 0.02 * b;
        }
        Endmembers endmembers = Endmembers.ofMatrix(matrix);
        double squares = 0;
        double roots = 0;
        int count = 0;
        for (int i = 0; i < ROWS * COLUMNS; i++) {
            double[] y = spectrum(Y, i);
            if (isFinite(y) && Double.isFinite(e[0][i]) && Double.isFinite(e[1][i])) {
                double[] rebuilt = new double[BANDS];
                for (int b = 0; b < BANDS; b++) {
                    rebuilt[b] = matrix[b][0] * e[0][i] + matrix[b][1] * e[1][i];
                }
                squares += squares(y, rebuilt) / BANDS;
                roots += Math.sqrt(squares(y, rebuilt) / BANDS);
                count++;
            }
        }

        ReconstructionError error =
                ReconstructionError.of(cube(Y), endmembers, AbundanceMaps.of(ROWS, COLUMNS, List.of("a", "b"), e), RUN);

        assertThat(error.pixels()).isEqualTo(count);
        assertThat(error.rmse()).isCloseTo(Math.sqrt(squares / count), within(1e-11));
        assertThat(error.meanPixelRmse()).isCloseTo(roots / count, within(1e-11));
    }
}
