package org.hsi4j.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlaneFilterTest {
    /** Sums of some hundred values below one; running sums of 40 rows. */
    private static final double TOLERANCE = 1e-13;

    private static double[] random(long seed, int n) {
        return new Random(seed).doubles(n, -1, 1).toArray();
    }

    /** By the definition, pixel by pixel, over the valid ones. */
    private static double[] naive(
            double[] plane, int rows, int columns, int reach, IntToDoubleFunction weight, boolean renormalised) {
        double[] result = new double[plane.length];
        for (int i = 0; i < plane.length; i++) {
            double sum = 0;
            double weights = 0;
            for (int a = -reach; a <= reach; a++) {
                for (int b = -reach; b <= reach; b++) {
                    int r = i / columns + a;
                    int c = i % columns + b;
                    boolean inside = r >= 0 && r < rows && c >= 0 && c < columns;
                    double v = plane[mirrored(r, rows) * columns + mirrored(c, columns)];
                    if (!Double.isNaN(v) && (inside || !renormalised)) {
                        double w = weight.applyAsDouble(Math.abs(a)) * weight.applyAsDouble(Math.abs(b));
                        sum += w * v;
                        weights += w;
                    }
                }
            }
            result[i] = Double.isNaN(plane[i]) ? Double.NaN : sum / weights;
        }
        return result;
    }

    private static int mirrored(int i, int n) {
        int index = i;
        while (index < 0 || index >= n) {
            index = index < 0 ? -1 - index : 2 * n - 1 - index;
        }
        return index;
    }

    private static double[] filtered(PlaneFilter filter, double[] plane, int rows, int columns) {
        double[] copy = plane.clone();
        filter.worker(rows, columns).applyToValid(copy);
        return copy;
    }

    @Property(tries = 40)
    void agreesWithTheDefinition(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 20) int rows,
            @ForAll @IntRange(min = 1, max = 20) int columns,
            @ForAll boolean gaps,
            @ForAll boolean renormalised) {
        double[] plane = random(seed, rows * columns);
        for (int i = 0; gaps && i < plane.length; i += 3) {
            plane[i] = Double.NaN;
        }
        double[] half = {0.5, 0.3, 0.1, 0.2};
        PlaneFilter taps = PlaneFilter.taps(half);
        PlaneFilter box = PlaneFilter.box(9);
        PlaneFilter gaussian = PlaneFilter.gaussian(0.9);

        assertThat(filtered(renormalised ? taps.renormalised() : taps, plane, rows, columns))
                .containsExactly(naive(plane, rows, columns, 3, k -> half[k], renormalised), within(TOLERANCE));
        assertThat(filtered(renormalised ? box.renormalised() : box, plane, rows, columns))
                .containsExactly(naive(plane, rows, columns, 4, k -> 1, renormalised), within(TOLERANCE));
        assertThat(filtered(renormalised ? gaussian.renormalised() : gaussian, plane, rows, columns))
                .containsExactly(
                        naive(plane, rows, columns, 5, k -> Math.exp(-k * k / 1.62), renormalised), within(TOLERANCE));
    }

    /** Of an impulse far from the border, every weight; the class states 0.012 along a line. */
    @ParameterizedTest
    @ValueSource(doubles = {2, 2.3, 3, 5, 10, 30, 100})
    void theRecursiveGaussianIsWithinItsBound(double sigma) {
        int n = 2 * (int) (14 * sigma) + 1;
        double[] recursive = new double[n];
        recursive[n / 2] = 1;
        double[] direct = recursive.clone();
        PlaneFilter.recursiveGaussian(sigma).worker(n, 1).apply(recursive);
        PlaneFilter.gaussian(sigma).worker(n, 1).apply(direct);
        double difference = 0;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            difference += Math.abs(recursive[i] - direct[i]);
            variance += recursive[i] * (i - n / 2) * (i - n / 2);
        }

        assertThat(difference).isLessThan(0.012);
        // beyond 14 sigma, the slowest pole leaves 1e-8 of the sum and 1e-6 of the second moment
        assertThat(Math.sqrt(variance)).isCloseTo(sigma, within(1e-5 * sigma));
    }

    /** The border values continued for long by hand, filtered and cut out, give the same: the state beyond is exact. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 40})
    void theRecursiveGaussianContinuesTheBorder(int n) {
        double[] line = random(11, n);
        int margin = 150;
        double[] continued = new double[n + 2 * margin];
        for (int i = 0; i < continued.length; i++) {
            continued[i] = line[Math.max(0, Math.min(n - 1, i - margin))];
        }
        PlaneFilter filter = PlaneFilter.recursiveGaussian(3);
        filter.worker(1, continued.length).apply(continued);
        filter.worker(1, n).apply(line);

        // 50 sigma away, the border that was continued is forgotten; the recursions round some ten times more than sums
        assertThat(line).containsExactly(Arrays.copyOfRange(continued, margin, margin + n), within(1e-12));
    }

    /** Nothing beyond the border, by hand: zeros continued for long, and the same of ones. */
    @Test
    void theRenormalisedRecursiveGaussianKnowsNothingBeyondTheBorder() {
        int n = 12;
        int margin = 150;
        double[] line = random(12, n);
        double[] zeros = new double[n + 2 * margin];
        double[] ones = new double[n + 2 * margin];
        System.arraycopy(line, 0, zeros, margin, n);
        Arrays.fill(ones, margin, margin + n, 1);
        PlaneFilter filter = PlaneFilter.recursiveGaussian(3);
        filter.worker(1, zeros.length).apply(zeros);
        filter.worker(1, ones.length).apply(ones);
        filter.renormalised().worker(1, n).apply(line);

        for (int i = 0; i < n; i++) {
            assertThat(line[i]).isCloseTo(zeros[margin + i] / ones[margin + i], within(1e-12));
        }
    }

    @Test
    void constantsStayInEveryFormAndShape() {
        for (PlaneFilter filter : new PlaneFilter[] {
            PlaneFilter.taps(2, 1, 1),
            PlaneFilter.gaussian(4),
            PlaneFilter.recursiveGaussian(4),
            PlaneFilter.box(31),
            PlaneFilter.taps(1).renormalised(),
            PlaneFilter.gaussian(4).renormalised(),
            PlaneFilter.recursiveGaussian(4).renormalised(),
            PlaneFilter.box(31).renormalised()
        }) {
            for (int[] size : new int[][] {{1, 1}, {1, 13}, {17, 1}, {7, 11}}) {
                double[] plane = new double[size[0] * size[1]];
                Arrays.fill(plane, 3);
                plane[0] = Double.NaN;
                double[] expected = plane.clone();
                assertThat(filtered(filter, plane, size[0], size[1]))
                        .as("%s", filter)
                        .containsExactly(expected, within(1e-11));
            }
        }
    }

    /** Mirrored at the border itself, no value counts more than another. */
    @Test
    void aMirroredBorderKeepsTheSum() {
        double[] plane = random(13, 9 * 14);
        double[] blurred = filtered(PlaneFilter.gaussian(3), plane, 9, 14);

        assertThat(Arrays.stream(blurred).sum()).isCloseTo(Arrays.stream(plane).sum(), within(1e-12));
    }

    @Test
    void namesWhatDoesNotFit() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneFilter.taps(1, -1))
                .withMessage("the weights [1.0, -1.0] have no positive sum");
        assertThatIllegalArgumentException().isThrownBy(PlaneFilter::taps);
        assertThatIllegalArgumentException().isThrownBy(() -> PlaneFilter.taps(1, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneFilter.gaussian(0))
                .withMessage("sigma must be positive and at most 1000 pixels, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneFilter.recursiveGaussian(1.9))
                .withMessage("sigma of a recursive Gaussian must be from 2 to 1000 pixels, not 1.9");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneFilter.box(4))
                .withMessage("the side of a window is an odd number from 1 to 2^20, not 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PlaneFilter.box(3).worker(2, 3).apply(new double[5]))
                .withMessage("a plane of 2x3 does not fit an array of 5");
        assertThat(PlaneFilter.box(3).renormalised()).hasToString("box of 3, renormalised");
    }
}
