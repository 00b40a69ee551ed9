package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SSIM and UIQI. */
class SsimTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Cube X = Cube.of(17, 23, new double[][] {Images.formula(17, 23, 3, 5, 11)});
    private static final Cube Y = Cube.of(17, 23, new double[][] {mixed()});

    private static double[] mixed() {
        double[] x = Images.formula(17, 23, 3, 5, 11);
        double[] y = Images.formula(17, 23, 7, 2, 29);
        for (int i = 0; i < y.length; i++) {
            y[i] = 0.8 * x[i] + 0.2 * y[i];
        }
        return y;
    }

    private static Cube constant(int rows, int columns, double value) {
        double[] plane = new double[rows * columns];
        Arrays.fill(plane, value);
        return Cube.of(rows, columns, new double[][] {plane});
    }

    /**
     * scikit-image 0.19.3: {@code structural_similarity(x, y, data_range=L, gaussian_weights=True, sigma=1.5,
     * use_sample_covariance=False)}, which has a window of 11x11 then and leaves out a border of five pixels.
     */
    @ParameterizedTest
    @CsvSource({"1, 0.947310120320307", "255, 0.9998605839239086"})
    void givesTheFigureOfScikitImageForTheRangeGiven(double range, double expected) {
        // sums of 121 products in another order
        assertThat(Ssim.of(Y, X, range, RUN).mean()).isCloseTo(expected, within(1e-13));
    }

    /**
     * scikit-image 0.19.3: {@code structural_similarity(x, y, data_range=1, win_size=7, K1=0, K2=0,
     * use_sample_covariance=False)}, which is UIQI; and NumPy's mean over {@code sliding_window_view} for the even sizes,
     * which scikit-image refuses.
     */
    @ParameterizedTest
    @CsvSource({"7, 0.9489012383721106", "8, 0.9490881471388496"})
    void givesTheQualityIndexOfScikitImage(int side, double expected) {
        assertThat(Uiqi.of(Y, X, side, RUN).mean()).isCloseTo(expected, within(1e-13));
    }

    @Test
    void constantBandsDifferInLuminanceOnly() {
        double c1 = 1e-4;
        double expected = (2 * 0.5 * 0.25 + c1) / (0.25 + 0.0625 + c1);

        assertThat(Ssim.of(constant(11, 13, 0.25), constant(11, 13, 0.5), 1, RUN)
                        .mean())
                .isCloseTo(expected, within(1e-15));
        assertThat(Uiqi.of(constant(8, 9, 0.1), constant(8, 9, 0.3), RUN).mean())
                .isCloseTo(2 * 0.03 / (0.01 + 0.09), within(1e-15));
        assertThat(Uiqi.of(constant(8, 9, 0), constant(8, 9, 0), RUN).mean()).isEqualTo(1);
    }

    @Test
    void isOneForEqualBands() {
        assertThat(Ssim.of(X, X, 1, RUN).mean()).isCloseTo(1, within(1e-15));
        assertThat(Uiqi.of(X, X, RUN).mean()).isCloseTo(1, within(1e-15));
    }

    /** A window of plus and minus d about a mean m, its negative about the same mean: -1 times the luminance of one. */
    @Test
    void isMinusOneForTheNegative() {
        double[] board = new double[16];
        double[] negative = new double[16];
        for (int i = 0; i < 16; i++) {
            board[i] = (i / 4 + i % 4) % 2 == 0 ? 1 : 3;
            negative[i] = 4 - board[i];
        }
        Cube x = Cube.of(4, 4, new double[][] {board});
        Cube y = Cube.of(4, 4, new double[][] {negative});

        assertThat(Uiqi.of(x, y, 4, RUN).mean()).isEqualTo(-1);
    }

    /** One window only: the whole of an 11x11 image, weighted by a Gaussian, straight from the definition. */
    @Test
    void isTheDefinitionForASingleWindow() {
        Cube a = X.crop(new Region(2, 3, 11, 11));
        Cube b = Y.crop(new Region(2, 3, 11, 11));
        double[] x = a.plane(0);
        double[] y = b.plane(0);
        double[] w = new double[121];
        double total = 0;
        for (int i = 0; i < 121; i++) {
            double r = i / 11 - 5.0;
            double c = i % 11 - 5.0;
            w[i] = Math.exp(-(r * r + c * c) / 4.5);
            total += w[i];
        }
        double mx = 0;
        double my = 0;
        double xx = 0;
        double yy = 0;
        double xy = 0;
        for (int i = 0; i < 121; i++) {
            mx += w[i] / total * x[i];
            my += w[i] / total * y[i];
            xx += w[i] / total * x[i] * x[i];
            yy += w[i] / total * y[i] * y[i];
            xy += w[i] / total * x[i] * y[i];
        }
        double c1 = 1e-4;
        double c2 = 9e-4;
        double expected = (2 * mx * my + c1)
                * (2 * (xy - mx * my) + c2)
                / ((mx * mx + my * my + c1) * (xx - mx * mx + yy - my * my + c2));

        assertThat(Ssim.of(b, a, 1, RUN).mean()).isCloseTo(expected, within(1e-13));
    }

    @Test
    void leavesOutWindowsWithAnInvalidPixel() {
        // a gap in the lower right corner leaves the windows of the image without that row and without that column
        Cube gap = Images.withGap(Y, 17 * 23 - 1, 0);
        double all = Ssim.of(Y, X, 1, RUN).mean() * 7 * 13;
        Region corner = new Region(6, 12, 11, 11);
        double last = Ssim.of(Y.crop(corner), X.crop(corner), 1, RUN).mean();

        // sums of 91 numbers near one
        assertThat(Ssim.of(gap, X, 1, RUN).mean()).isCloseTo((all - last) / (7 * 13 - 1), within(1e-14));
        assertThat(Ssim.of(Y.masked(Mask.of(17, 23, i -> i != 17 * 23 - 1)), X, 1, RUN)
                        .mean())
                .isEqualTo(Ssim.of(gap, X, 1, RUN).mean());
    }

    @Test
    void meansTheBandsAndIsTheSameOnAnyNumberOfThreads() {
        Cube a = Images.random(1, 19, 31, 9);
        Cube b = Images.random(2, 19, 31, 9);
        Ssim ssim = Ssim.of(a, b, 1, RUN);
        Uiqi uiqi = Uiqi.of(a, b, RUN);

        assertThat(ssim.bands()).hasSize(9);
        assertThat(ssim.bands().get(4))
                .isEqualTo(Ssim.of(a.selectBands(4), b.selectBands(4), 1, RUN).mean());
        assertThat(ssim.mean())
                .isCloseTo(ssim.bands().stream().mapToDouble(q -> q / 9).sum(), within(1e-15));
        for (int threads : new int[] {2, 7}) {
            assertThat(Ssim.of(a, b, 1, RUN.withParallelism(threads))).isEqualTo(ssim);
            assertThat(Uiqi.of(a, b, RUN.withParallelism(threads))).isEqualTo(uiqi);
        }
    }

    @Test
    void needsAWindow() {
        Cube pixel = constant(1, 1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ssim.of(pixel, pixel, 1, RUN))
                .withMessage("no window of 11x11 pixels that are valid in both cubes lies in the image of 1x1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Uiqi.of(Images.withGap(constant(8, 8, 1), 40, 0), constant(8, 8, 1), RUN))
                .withMessage("no window of 8x8 pixels that are valid in both cubes lies in the image of 8x8");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
    void refusesARangeThatIsNone(double range) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ssim.of(X, X, range, RUN))
                .withMessage("the range of the data is a positive finite number, not " + range);
    }

    @Test
    void refusesOtherShapesAndWindowsThatAreNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ssim.of(X, constant(17, 22, 1), 1, RUN))
                .withMessage("the estimated cube is 17x23x1 but the true one is 17x22x1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Uiqi.of(X, X, 1, RUN))
                .withMessage("a window is at least two pixels wide, not 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Uiqi.of(X, X, RUN.withMemoryLimit(100)))
                .withMessageStartingWith("the planes that are compared would take");
    }
}
