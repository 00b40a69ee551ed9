package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class NoiseCovarianceTest {
    private static final RunContext RUN = RunContext.defaults();

    /**
     * Flat fields of 16 x 16 pixels under noise of deviation .1 that is correlated by one half between neighbouring
     * bands.
     */
    private static Cube fields(int rows, int columns, int bands) {
        Random random = new Random(12);
        double[] level = random.doubles(1000, 1, 5).toArray();
        double[][] planes = new double[bands][rows * columns];
        for (int i = 0; i < rows * columns; i++) {
            int field = i / columns / 16 * ((columns + 15) / 16) + i % columns / 16;
            double before = random.nextGaussian();
            for (int b = 0; b < bands; b++) {
                double next = random.nextGaussian();
                planes[b][i] = level[(field * 7 + b * b) % 1000] + 0.1 * (before + next) / Math.sqrt(2);
                before = next;
            }
        }
        return Cube.of(rows, columns, planes);
    }

    @Test
    void homogeneousBlocksFindCorrelatedNoise() {
        NoiseCovariance noise = NoiseCovariance.homogeneousBlocks(fields(160, 160, 5), 8, 1, RUN);

        for (int a = 0; a < 5; a++) {
            for (int b = 0; b < 5; b++) {
                double expected = a == b ? 0.01 : Math.abs(a - b) == 1 ? 0.005 : 0;
                // Four standard errors: .01 sqrt(2 / 25200) 4 = 3.6e-4.
                assertThat(noise.matrix()[a][b]).isCloseTo(expected, within(3.6e-4));
            }
        }
        // 400 blocks of 8 x 8 tile the fields exactly.
        assertThat(noise.diagnostics().figures()).containsEntry("degrees-of-freedom", 400.0 * 63);
        assertThat(noise.diagnostics().notes()).isEmpty();
    }

    /** The calmest tenth of 400 blocks in five bands: the selection costs about a tenth of the deviation. */
    @Test
    void theCalmestBlocksAreALittleTooCalm() {
        NoiseCovariance noise = NoiseCovariance.of(fields(160, 160, 5), NoiseMethod.HOMOGENEOUS_BLOCKS, RUN);

        assertThat(noise.rms()).isBetween(0.085, 0.1);
        assertThat(noise.diagnostics().figures()).containsEntry("blocks-used", 40.0);
    }

    @Test
    void shiftDifferenceFindsTheNoiseUnderASlope() {
        Random random = new Random(3);
        double[][] planes = new double[2][100 * 120];
        for (int i = 0; i < planes[0].length; i++) {
            double slope = 0.001 * (i / 120) + 0.002 * (i % 120);
            planes[0][i] = 3 * slope + 0.2 * random.nextGaussian();
            planes[1][i] = slope + 0.1 * random.nextGaussian();
        }

        NoiseCovariance noise = NoiseCovariance.of(Cube.of(100, 120, planes), NoiseMethod.SHIFT_DIFFERENCE, RUN);

        // 24000 differences of 12000 pixels: a standard error of 1 % of the deviation, taken fourfold.
        assertThat(noise.deviation()[0]).isCloseTo(0.2, within(0.008));
        assertThat(noise.deviation()[1]).isCloseTo(0.1, within(0.004));
        assertThat(noise.matrix()[0][1]).isCloseTo(0, within(0.001));
    }

    /** By hand: differences 1, 2 across and 3, 3, 4 down... of a 2 x 2 image, with and without an invalid pixel. */
    @Test
    void shiftDifferenceByHand() {
        Cube cube = Cube.of(2, 2, new double[][] {{1, 3, 7, 12}});
        // across: 1-3, 7-12; down: 1-7, 3-12: -2, -5, -6, -9 with a mean of -5.5.
        double variance = (3.5 * 3.5 + 0.5 * 0.5 + 0.5 * 0.5 + 3.5 * 3.5) / 3;
        assertThat(NoiseCovariance.shiftDifference(cube, RUN).matrix()[0][0]).isCloseTo(variance / 2, within(1e-14));

        Cube masked = cube.masked(Mask.of(2, 2, i -> i != 3));
        // -2 and -6
        assertThat(NoiseCovariance.shiftDifference(masked, RUN).matrix()[0][0]).isCloseTo(4, within(1e-14));
    }

    /**
     * R^-1 by Cramer's rule in two bands: residual variance r11 - r12^2 / r22, residual correlation -r12 / sqrt(r11
     * r22).
     */
    @Test
    void regressionInTwoBands() {
        double[][] planes = {{1, 2, 4, 3, 6, 2}, {2, 1, 3, 5, 2, 4}};
        MeanScatter statistics = MeanScatter.of(Cube.of(2, 3, planes), RUN);
        double[][] r = statistics.correlation();
        double first = r[0][0] - r[0][1] * r[0][1] / r[1][1];
        RegressionNoise noise = RegressionNoise.of(statistics);

        assertThat(noise.residual()[0]).isCloseTo(Math.sqrt(first), within(1e-14));
        double correlation = noise.covariance()[0][1] / noise.deviation()[0] / noise.deviation()[1];
        assertThat(correlation).isCloseTo(-r[0][1] / Math.sqrt(r[0][0] * r[1][1]), within(1e-14));
        assertThat(noise.covariance()[0][1]).isEqualTo(noise.covariance()[1][0]);
        assertThat(NoiseCovariance.regression(statistics).deviation()[1])
                .isCloseTo(noise.deviation()[1], within(1e-15));
    }

    @Test
    void threadsMaskAndSerialisationChangeNothing() {
        Cube cube = fields(70, 66, 4).masked(Mask.of(70, 66, i -> i % 66 < 48));
        for (NoiseMethod method : NoiseMethod.values()) {
            NoiseCovariance one = NoiseCovariance.of(cube, method, RunContext.sequential());
            NoiseCovariance seven = Serial.copy(NoiseCovariance.of(cube, method, RUN.withParallelism(7)));
            NoiseCovariance cropped = NoiseCovariance.of(cube.crop(new org.hsi4j.Region(0, 0, 70, 48)), method, RUN);

            assertThat(seven.matrix()).isDeepEqualTo(one.matrix());
            assertThat(seven.method()).isEqualTo(method);
            for (int b = 0; b < 4; b++) {
                // The same pixels in other tiles: rounding.
                assertThat(cropped.deviation()[b]).isCloseTo(one.deviation()[b], within(1e-12));
            }
            assertThat(one.toString()).contains("4 bands by " + method);
        }
    }

    @Test
    void argumentsAreChecked() {
        Cube cube = fields(4, 4, 2);
        Cube none = cube.masked(Mask.of(4, 4, i -> false));

        assertThatIllegalArgumentException().isThrownBy(() -> NoiseCovariance.homogeneousBlocks(cube, 1, 0.1, RUN));
        assertThatIllegalArgumentException().isThrownBy(() -> NoiseCovariance.homogeneousBlocks(cube, 8, 0, RUN));
        for (NoiseMethod method : NoiseMethod.values()) {
            assertThatIllegalArgumentException().isThrownBy(() -> NoiseCovariance.of(none, method, RUN));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NoiseCovariance.shiftDifference(Cube.of(1, 1, new double[][] {{1}}), RUN))
                .withMessage("the shift difference needs two pairs of valid neighbours, but the cube has 0");
        assertThat(NoiseCovariance.homogeneousBlocks(fields(8, 8, 40), 8, 1, RUN)
                        .diagnostics()
                        .notes())
                .hasSize(1);
        assertThat(NoiseCovariance.of(fields(2, 2, 4), NoiseMethod.REGRESSION, RUN)
                        .diagnostics()
                        .notes())
                .hasSize(1);
    }

    @Test
    void snrByHand() {
        MeanScatter statistics = MeanScatter.of(Cube.of(1, 2, new double[][] {{3, 5}, {1, 1}, {0, 0}}), RUN);

        SnrReport report = SnrReport.of(statistics, new double[] {0.5, 0.1, 0});

        assertThat(report.bands()).isEqualTo(3);
        assertThat(report.mean(0)).isEqualTo(4);
        assertThat(report.noise(0)).isEqualTo(0.5);
        assertThat(report.ratio(0)).isEqualTo(8);
        // mean square 17
        assertThat(report.decibels(0)).isCloseTo(10 * Math.log10(16.75 / 0.25), within(1e-12));
        assertThat(report.decibels(2)).isNaN();
        assertThat(report.worstBand()).isZero();
        assertThat(report).hasToString("SNR of 3 bands, worst 18.3 dB in band 0");
        assertThatIllegalArgumentException().isThrownBy(() -> SnrReport.of(statistics, new double[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> SnrReport.of(statistics, new double[] {-1, 0, 0}));
        assertThatIllegalArgumentException().isThrownBy(() -> SnrReport.of(MeanScatter.empty(1), new double[1]));
    }
}
