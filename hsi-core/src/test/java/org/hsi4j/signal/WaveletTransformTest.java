package org.hsi4j.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.signal.WaveletTransform.Subband;
import org.junit.jupiter.api.Test;

class WaveletTransformTest {
    /** Values below one, through at most 4 levels of 40 products with filters good to 1e-14. */
    private static final double TOLERANCE = 1e-12;

    private static double[] random(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    @Property(tries = 40)
    void comesBackFromBothForms(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 24) int rows,
            @ForAll @IntRange(min = 1, max = 24) int columns,
            @ForAll @IntRange(min = 1, max = 4) int levels,
            @ForAll @IntRange(min = 1, max = 10) int moments) {
        double[] plane = random(seed, rows * columns);
        Wavelet wavelet = Wavelet.symlet(moments);
        for (WaveletTransform transform : new WaveletTransform[] {
            WaveletTransform.averaged(wavelet, levels, rows, columns),
            WaveletTransform.averaged(wavelet, levels, rows, columns).periodic(),
            WaveletTransform.orthogonal(wavelet, levels, rows, columns),
            WaveletTransform.orthogonal(wavelet, levels, rows << levels, columns << levels)
                    .periodic()
        }) {
            double[] whole = transform.toString().endsWith("of " + rows + "x" + columns)
                    ? plane
                    : random(seed, (rows * columns) << (2 * levels));
            double[] back = new double[whole.length];
            WaveletTransform.Worker worker = transform.worker();
            worker.forward(whole);
            worker.inverse(back);
            assertThat(back).as("%s", transform).containsExactly(whole, within(TOLERANCE));
        }
    }

    /** By the definition: the product of both filters, turned around the plane. */
    @Test
    void theFirstLevelAgreesWithTheDefinition() {
        int rows = 7;
        int columns = 9;
        double[] plane = random(5, rows * columns);
        Wavelet wavelet = Wavelet.daubechies(3);
        WaveletTransform.Worker worker =
                WaveletTransform.averaged(wavelet, 1, rows, columns).periodic().worker();
        worker.forward(plane);
        double[] h = wavelet.scaling();
        double[] g = wavelet.detail();

        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                assertThat(worker.approximation()[r][c])
                        .isCloseTo(naive(plane, rows, columns, r, c, h, h), within(TOLERANCE));
                assertThat(worker.detail(1, Subband.DOWN_COLUMNS)[r][c])
                        .isCloseTo(naive(plane, rows, columns, r, c, g, h), within(TOLERANCE));
                assertThat(worker.detail(1, Subband.ALONG_ROWS)[r][c])
                        .isCloseTo(naive(plane, rows, columns, r, c, h, g), within(TOLERANCE));
                assertThat(worker.detail(1, Subband.DIAGONAL)[r][c])
                        .isCloseTo(naive(plane, rows, columns, r, c, g, g), within(TOLERANCE));
            }
        }
    }

    private static double naive(
            double[] plane, int rows, int columns, int row, int column, double[] down, double[] along) {
        double sum = 0;
        for (int i = 0; i < down.length; i++) {
            for (int j = 0; j < along.length; j++) {
                sum += down[i] * along[j] * plane[(row + i) % rows * columns + (column + j) % columns];
            }
        }
        return sum;
    }

    /** What is kept of the averaged form for the shift zero is the orthogonal form, on every level. */
    @Test
    void theOrthogonalFormIsEverySecondValueOfTheAveragedOne() {
        double[] plane = random(6, 24 * 40);
        Wavelet wavelet = Wavelet.symlet(4);
        WaveletTransform.Worker all =
                WaveletTransform.averaged(wavelet, 3, 24, 40).periodic().worker();
        WaveletTransform.Worker some =
                WaveletTransform.orthogonal(wavelet, 3, 24, 40).periodic().worker();
        all.forward(plane);
        some.forward(plane);

        for (int level = 1; level <= 3; level++) {
            for (Subband subband : Subband.values()) {
                double[][] expected = all.detail(level, subband);
                double[][] actual = some.detail(level, subband);
                for (int r = 0; r < actual.length; r++) {
                    for (int c = 0; c < actual[r].length; c++) {
                        assertThat(actual[r][c]).isCloseTo(expected[r << level][c << level], within(TOLERANCE));
                    }
                }
            }
        }
    }

    @Test
    void thePeriodicOrthogonalFormKeepsTheSumOfSquares() {
        double[] plane = random(7, 16 * 48);
        WaveletTransform transform =
                WaveletTransform.orthogonal(Wavelet.daubechies(5), 4, 16, 48).periodic();
        WaveletTransform.Worker worker = transform.worker();
        worker.forward(plane);
        double sum = squares(worker.approximation());
        for (int level = 1; level <= 4; level++) {
            for (Subband subband : Subband.values()) {
                sum += squares(worker.detail(level, subband));
            }
        }

        assertThat(sum).isCloseTo(squares(new double[][] {plane}), within(1e-10));
    }

    private static double squares(double[][] rows) {
        double sum = 0;
        for (double[] row : rows) {
            for (double v : row) {
                sum += v * v;
            }
        }
        return sum;
    }

    /** Shrunk alike, a moved plane gives the moved result: the sums are the same ones in the same order. */
    @Test
    void theAveragedFormDoesNotKnowWhereThePlaneBegins() {
        int rows = 13;
        int columns = 22;
        double[] plane = random(8, rows * columns);
        double[] moved = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            moved[(i / columns + 5) % rows * columns + (i % columns + 3) % columns] = plane[i];
        }
        WaveletTransform transform =
                WaveletTransform.averaged(Wavelet.symlet(4), 3, rows, columns).periodic();
        double[] one = shrunk(transform, plane);
        double[] other = shrunk(transform, moved);

        for (int i = 0; i < plane.length; i++) {
            assertThat(other[(i / columns + 5) % rows * columns + (i % columns + 3) % columns])
                    .isCloseTo(one[i], within(TOLERANCE));
        }
    }

    private static double[] shrunk(WaveletTransform transform, double[] plane) {
        WaveletTransform.Worker worker = transform.worker();
        worker.forward(plane);
        for (int level = 1; level <= transform.levels(); level++) {
            for (Subband subband : Subband.values()) {
                for (double[] row : worker.detail(level, subband)) {
                    for (int c = 0; c < row.length; c++) {
                        row[c] = Math.signum(row[c]) * Math.max(0, Math.abs(row[c]) - 0.3);
                    }
                }
            }
        }
        double[] result = new double[plane.length];
        worker.inverse(result);
        return result;
    }

    /** The mean over the shifts of the orthogonal way there and back, which is what the averaged form is for. */
    @Test
    void theAveragedFormIsTheMeanOverAllShifts() {
        int side = 8;
        double[] plane = random(9, side * side);
        WaveletTransform orthogonal = WaveletTransform.orthogonal(Wavelet.daubechies(2), 2, side, side)
                .periodic();
        double[] mean = new double[plane.length];
        for (int shift = 0; shift < plane.length; shift++) {
            double[] moved = new double[plane.length];
            for (int i = 0; i < plane.length; i++) {
                moved[i] = plane[moved(i, shift, side)];
            }
            double[] result = shrunk(orthogonal, moved);
            for (int i = 0; i < plane.length; i++) {
                mean[moved(i, shift, side)] += result[i] / plane.length;
            }
        }
        WaveletTransform averaged =
                WaveletTransform.averaged(Wavelet.daubechies(2), 2, side, side).periodic();

        assertThat(shrunk(averaged, plane)).containsExactly(mean, within(TOLERANCE));
    }

    private static int moved(int i, int shift, int side) {
        return (i / side + shift / side) % side * side + (i + shift) % side;
    }

    @Test
    void constantPlanesHaveNoDetails() {
        for (int[] size : new int[][] {{1, 1}, {1, 17}, {19, 1}, {5, 31}}) {
            double[] plane = new double[size[0] * size[1]];
            java.util.Arrays.fill(plane, 3);
            for (boolean averaged : new boolean[] {false, true}) {
                WaveletTransform transform = averaged
                        ? WaveletTransform.averaged(Wavelet.symlet(6), 2, size[0], size[1])
                        : WaveletTransform.orthogonal(Wavelet.symlet(6), 2, size[0], size[1]);
                WaveletTransform.Worker worker = transform.worker();
                worker.forward(plane);
                for (int level = 1; level <= 2; level++) {
                    for (Subband subband : Subband.values()) {
                        assertThat(squares(worker.detail(level, subband))).isLessThan(1e-20);
                    }
                }
            }
        }
    }

    /** A ramp is mirrored and faded: no detail is as large as the jump of 100 that a periodic ramp has. */
    @Test
    void theMarginHasNoJump() {
        double[] ramp = new double[4 * 100];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = i % 100;
        }
        WaveletTransform.Worker worker =
                WaveletTransform.averaged(Wavelet.symlet(4), 2, 4, 100).worker();
        worker.forward(ramp);

        for (double[] row : worker.detail(1, Subband.ALONG_ROWS)) {
            for (double v : row) {
                assertThat(Math.abs(v)).isLessThan(20);
            }
        }
    }

    @Test
    void marginsAndMemoryAreAsStated() {
        WaveletTransform averaged = WaveletTransform.averaged(Wavelet.symlet(4), 3, 100, 10);
        assertThat(averaged.rows(1)).isEqualTo(125);
        assertThat(averaged.rows(3)).isEqualTo(125);
        assertThat(averaged.columns(2)).isEqualTo(20);
        assertThat(averaged.workerBytes()).isEqualTo(8L * 125 * 20 * 16);
        WaveletTransform orthogonal = WaveletTransform.orthogonal(Wavelet.symlet(4), 3, 100, 10);
        assertThat(orthogonal.rows(3)).isEqualTo(16);
        assertThat(orthogonal.columns(3)).isEqualTo(3);
        assertThat(orthogonal.workerBytes()).isEqualTo(8L * 128 * 24 * 7);
    }

    @Test
    void namesWhatDoesNotFit() {
        Wavelet haar = Wavelet.daubechies(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaveletTransform.orthogonal(haar, 2, 6, 8).periodic())
                .withMessage("sides must be multiples of 4 for 2 levels of a periodic plane, but it is 6x8");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaveletTransform.averaged(haar, 0, 6, 8))
                .withMessage("a wavelet transform has 1 to 12 levels, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WaveletTransform.averaged(haar, 1, 0, 8))
                .withMessage("a plane of 0x8 pixels: there must be from 1 to 2^28 of them");
        WaveletTransform.Worker worker =
                WaveletTransform.averaged(haar, 1, 6, 8).worker();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker.forward(new double[47]))
                .withMessage("a plane of 6x8 does not fit an array of 47");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> worker.detail(2, Subband.DIAGONAL))
                .withMessage("level 2 of a transform of 1 levels");
        assertThat(WaveletTransform.averaged(haar, 1, 6, 8))
                .hasToString("translation-averaged Daubechies 1 transform of 1 levels of planes of 6x8");
    }
}
