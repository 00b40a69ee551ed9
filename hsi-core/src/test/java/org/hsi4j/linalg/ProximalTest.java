package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The steps against the conditions that characterise the minimum each of them claims to be. */
class ProximalTest {

    private static double[][] planes(int p, int n, double size, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[p][n];
        for (double[] plane : planes) {
            for (int i = 0; i < n; i++) {
                plane[i] = size * random.nextGaussian();
            }
        }
        return planes;
    }

    private static double[][] copy(double[][] a) {
        return java.util.Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
    }

    /** KKT: a >= 0, sum a = 1, and x - a is one number where a > 0 and at most that number elsewhere. */
    @Property
    void theProjectionIsTheNearestPointOfTheSimplex(
            @ForAll @IntRange(min = 1, max = 70) int p,
            @ForAll @IntRange(min = 0, max = 9) int n,
            @ForAll @IntRange(min = -3, max = 6) int power,
            @ForAll long seed) {
        double size = Math.pow(10, power);
        double[][] x = planes(p, n, size, seed);
        double[][] a = copy(x);
        Proximal.projectOntoSimplex(a, n, new double[p]);

        for (int i = 0; i < n; i++) {
            double sum = 0;
            double multiplier = Double.NaN;
            for (int k = 0; k < p; k++) {
                assertThat(a[k][i]).isNotNegative();
                sum += a[k][i];
                if (a[k][i] > 0) {
                    multiplier = x[k][i] - a[k][i];
                }
            }
            assertThat(sum).isCloseTo(1, within(1e-13 * p)); // p roundings of numbers up to one
            for (int k = 0; k < p; k++) {
                double bound = multiplier + 1e-14 * (1 + 5 * size) * p; // rounding of entries up to five sizes
                assertThat(x[k][i] - a[k][i]).isLessThanOrEqualTo(bound);
                if (a[k][i] > 0) {
                    assertThat(x[k][i] - a[k][i]).isCloseTo(multiplier, within(1e-14 * (1 + 5 * size) * p));
                }
            }
        }
    }

    @Test
    void pointsOfTheSimplexStay() {
        double[][] a = {{1, 0.25, 0}, {0, 0.5, 0}, {0, 0.25, 1}};
        Proximal.projectOntoSimplex(a, 3, new double[3]);

        assertThat(a).isDeepEqualTo(new double[][] {{1, 0.25, 0}, {0, 0.5, 0}, {0, 0.25, 1}});
    }

    @Test
    void equalEntriesShareEquallyHoweverLargeTheyAre() {
        double[][] a = {{1e15, -7}, {1e15, -7}};
        Proximal.projectOntoSimplex(a, 2, new double[2]);

        assertThat(a).isDeepEqualTo(new double[][] {{0.5, 0.5}, {0.5, 0.5}});
    }

    @Test
    void aPixelThatIsNotFiniteIsNaNAndAlone() {
        double[][] a = {{Double.NaN, 3, Double.POSITIVE_INFINITY}, {0, 1, 0}};
        Proximal.projectOntoSimplex(a, 3, new double[2]);

        assertThat(a[0]).containsExactly(Double.NaN, 1, Double.NaN);
        assertThat(a[1]).containsExactly(Double.NaN, 0, Double.NaN);
    }

    @Property
    void softThresholdMovesTowardsZeroAndStopsThere(@ForAll @IntRange(min = 0, max = 40) int n, @ForAll long seed) {
        double[][] x = planes(3, n + 1, 1, seed);
        double[][] a = copy(x);
        Proximal.softThreshold(a, n, 0.75);

        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < n; i++) {
                assertThat(a[k][i]).isEqualTo(Math.signum(x[k][i]) * Math.max(Math.abs(x[k][i]) - 0.75, 0));
            }
            assertThat(a[k][n]).isEqualTo(x[k][n]);
        }
    }

    /** The minimum of |a - x|^2 / 2 + t |a|: x - a has length t and the direction of a, or a is zero and |x| at most t. */
    @Property
    void groupsShrinkByTheThreshold(@ForAll @IntRange(min = 1, max = 9) int p, @ForAll long seed) {
        double[][] x = planes(p, 5, 1, seed);
        double[][] a = copy(x);
        Proximal.groupSoftThreshold(a, 5, 1.5, new double[5]);

        for (int i = 0; i < 5; i++) {
            double before = 0;
            double after = 0;
            double along = 0;
            for (int k = 0; k < p; k++) {
                before += x[k][i] * x[k][i];
                after += a[k][i] * a[k][i];
                along += a[k][i] * x[k][i];
            }
            assertThat(Math.sqrt(after)).isCloseTo(Math.max(Math.sqrt(before) - 1.5, 0), within(1e-14 * (1 + before)));
            assertThat(along).isCloseTo(Math.sqrt(before * after), within(1e-13 * (1 + before)));
        }
    }

    @Test
    void rowsShrinkByTheirOwnNorm() {
        double[][] a = {{3, 4, 9}, {0.3, 0.4, 9}, {0, 0, 9}};
        Proximal.rowSoftThreshold(a, 2, 2.5);

        assertThat(a).isDeepEqualTo(new double[][] {{1.5, 2, 9}, {0, 0, 9}, {0, 0, 9}});
    }
}
