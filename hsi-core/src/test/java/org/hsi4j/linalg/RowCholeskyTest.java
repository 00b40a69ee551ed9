package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RowCholeskyTest {

    /** G'G / m + I: eigenvalues between one and about ten, so a dozen roundings of numbers near one are 1e-12 at most. */
    private static double[][] matrix(int n, long seed) {
        Random random = new Random(seed);
        double[][] s = new double[n][n];
        for (int k = 0; k < 2 * n; k++) {
            double[] g = random.doubles(n, -2, 2).toArray();
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    s[i][j] += g[i] * g[j] / (2 * n);
                }
            }
        }
        for (int i = 0; i < n; i++) {
            s[i][i] += 1;
        }
        return s;
    }

    private static double[][] lower(double[][] symmetric) {
        double[][] rows = new double[symmetric.length][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = java.util.Arrays.copyOf(symmetric[i], i + 1);
        }
        return rows;
    }

    @Property(tries = 60)
    void theFactorGivesTheMatrixBack(@ForAll @IntRange(min = 1, max = 41) int n, @ForAll long seed) {
        double[][] s = matrix(n, seed);
        double[][] m = lower(s);

        assertThat(RowCholesky.factor(m, n, new double[n])).isTrue();

        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = 0;
                for (int k = i; k < n; k++) {
                    sum += m[k][i] * m[k][j];
                }
                assertThat(sum).isCloseTo(s[i][j], within(1e-12));
            }
        }
    }

    @Property(tries = 60)
    void whiteningGivesTheDistance(@ForAll @IntRange(min = 1, max = 41) int n, @ForAll long seed) {
        double[][] s = matrix(n, seed);
        double[] x = new Random(seed).doubles(n, -1, 1).toArray();
        double[] solved = x.clone();
        Dense.solve(Dense.cholesky(s).orElseThrow(), solved);
        double expected = 0;
        for (int i = 0; i < n; i++) {
            expected += x[i] * solved[i];
        }
        double[][] m = lower(s);
        RowCholesky.factor(m, n, new double[n]);

        assertThat(RowCholesky.whiten(m, n, x)).isCloseTo(expected, within(1e-12 * n));
    }

    @Test
    void longerRowsAndMoreOfThemAreLeftAlone() {
        double[][] s = matrix(9, 1);
        double[] x = new double[9];
        x[8] = 7;

        assertThat(RowCholesky.factor(s, 6, new double[9])).isTrue();
        RowCholesky.whiten(s, 6, x);

        double[][] untouched = matrix(9, 1);
        assertThat(s[8]).containsExactly(untouched[8]);
        assertThat(s[2][3]).isEqualTo(untouched[2][3]);
        assertThat(x[8]).isEqualTo(7);
    }

    @Test
    void singularMatricesAreTold() {
        double[][] s = matrix(7, 3);
        double[] least = new double[7];
        for (int i = 0; i < 7; i++) {
            s[4][i] = s[1][i]; // two equal bands
            least[i] = 70 * Math.ulp(1.0) * s[i][i];
        }
        for (int i = 0; i < 7; i++) {
            s[i][4] = s[i][1];
        }
        s[4][4] = s[1][1];

        assertThat(RowCholesky.factor(lower(s), 7, least)).isFalse();
        assertThat(RowCholesky.factor(new double[][] {{0}}, 1, new double[1])).isFalse();
        assertThat(RowCholesky.factor(new double[][] {{-1}}, 1, new double[1])).isFalse();
    }

    @Test
    void whatIsNotFiniteIsNotPositive() {
        for (double v : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            double[][] s = matrix(6, 3);
            s[5][2] = v;
            assertThat(RowCholesky.factor(lower(s), 6, new double[6])).isFalse();
            s = matrix(6, 3);
            s[3][3] = v;
            assertThat(RowCholesky.factor(lower(s), 6, new double[6])).isFalse();
        }
    }
}
