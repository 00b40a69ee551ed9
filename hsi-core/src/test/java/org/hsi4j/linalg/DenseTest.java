package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Factorisations by the properties that define them. Errors of O(n^3) methods are a few n times the rounding unit. */
class DenseTest {
    private static final double UNIT = Math.ulp(1.0);

    private static double[][] random(int rows, int columns, Random random) {
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            for (int j = 0; j < columns; j++) {
                row[j] = random.nextGaussian();
            }
        }
        return a;
    }

    private static double[][] symmetric(int n, Random random) {
        double[][] a = random(n, n, random);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < i; j++) {
                a[i][j] = a[j][i];
            }
        }
        return a;
    }

    /** G G' of n x 2n random numbers: its condition number is about 30. */
    private static double[][] positive(int n, Random random) {
        return product(random(n, 2 * n, random));
    }

    /** G G'. */
    private static double[][] product(double[][] g) {
        double[][] p = new double[g.length][g.length];
        for (int i = 0; i < g.length; i++) {
            for (int j = 0; j < g.length; j++) {
                for (int k = 0; k < g[0].length; k++) {
                    p[i][j] += g[i][k] * g[j][k];
                }
            }
        }
        return p;
    }

    private static void scale(double[][] a, double factor) {
        for (double[] row : a) {
            for (int j = 0; j < row.length; j++) {
                row[j] *= factor;
            }
        }
    }

    /** In doubles: AssertJ compares in decimals, which takes seconds for numbers of 300 digits. */
    private static void assertNear(double actual, double expected, double tolerance) {
        assertThat(Math.abs(actual - expected)).isLessThanOrEqualTo(tolerance);
    }

    private static void assertNear(double[] actual, double[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertNear(actual[i], expected[i], tolerance);
        }
    }

    private static double largest(double[][] a) {
        double largest = 0;
        for (double[] row : a) {
            for (double v : row) {
                largest = Math.max(largest, Math.abs(v));
            }
        }
        return largest;
    }

    @Property(tries = 100)
    void eigenvectorsDiagonalise(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @DoubleRange(min = -280, max = 280) double exponent,
            @ForAll long seed) {
        double[][] a = symmetric(n, new Random(seed));
        scale(a, Math.pow(10, exponent));
        Dense.Eigen eigen = Dense.eigen(a);
        double tolerance = 100 * n * UNIT;
        double size = n * largest(a);
        for (int k = 0; k < n; k++) {
            double[] v = eigen.vectors()[k];
            for (int i = 0; i < n; i++) {
                double av = 0;
                for (int j = 0; j < n; j++) {
                    av += a[i][j] * v[j];
                }
                assertNear(av, eigen.values()[k] * v[i], tolerance * size);
            }
            for (int l = 0; l <= k; l++) {
                double dot = 0;
                for (int i = 0; i < n; i++) {
                    dot += v[i] * eigen.vectors()[l][i];
                }
                assertNear(dot, k == l ? 1 : 0, tolerance);
            }
            double extreme = 0;
            for (double x : v) {
                extreme = Math.abs(x) > Math.abs(extreme) ? x : extreme;
            }
            assertThat(extreme).isPositive();
            assertThat(k == 0 || eigen.values()[k] <= eigen.values()[k - 1]).isTrue();
        }
    }

    @Test
    void eigenvaluesOfDegenerateMatrices() {
        assertThat(Dense.eigen(new double[][] {{-3}}).values()).containsExactly(-3);
        assertThat(Dense.eigen(new double[][] {{-3}}).vectors()).isDeepEqualTo(new double[][] {{1}});
        assertThat(Dense.eigen(new double[3][3]).values()).containsExactly(0, 0, 0);
        // All ones: one eigenvalue n, the others zero to rounding.
        double[][] ones = new double[5][5];
        for (double[] row : ones) {
            java.util.Arrays.fill(row, 1);
        }
        double[] values = Dense.eigen(ones).values();
        assertThat(values[0]).isCloseTo(5, within(1e-14));
        for (int k = 1; k < 5; k++) {
            assertThat(values[k]).isCloseTo(0, within(1e-14));
        }
    }

    @Property(tries = 60)
    void theEigenvaluesAloneAreThoseOfTheDecomposition(
            @ForAll @IntRange(min = 1, max = 30) int n,
            @ForAll long seed,
            @ForAll @IntRange(min = -300, max = 300) int exponent) {
        Random random = new Random(seed);
        double[][] a = new double[n][n];
        double largest = 0;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                a[i][j] = Math.scalb(random.nextDouble() - 0.5, exponent);
                largest = Math.max(largest, Math.abs(a[i][j]));
            }
        }
        // two iterations of the same matrix, each backward stable
        assertThat(Dense.eigenvalues(a)).containsExactly(Dense.eigen(a).values(), within(1e-14 * n * n * largest));
    }

    @Test
    void theMeanOfBothTrianglesIsUsed() {
        assertThat(Dense.eigen(new double[][] {{0, 3}, {1, 0}}).values())
                .containsExactly(new double[] {2, -2}, within(1e-15));
    }

    @Test
    void refusesWhatHasNoEigenvalues() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.eigen(new double[][] {{1, 2}, {3}}))
                .withMessage("matrix has 2 rows but row 1 has 1 columns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.eigen(new double[][] {{1, Double.NaN}, {3, 4}}))
                .withMessage("matrix is not finite at row 0, column 1");
    }

    @Property(tries = 100)
    void theCholeskyFactorGivesTheMatrixBackAndSolves(
            @ForAll @IntRange(min = 1, max = 40) int n,
            @ForAll @DoubleRange(min = -140, max = 140) double exponent,
            @ForAll long seed) {
        Random random = new Random(seed);
        double[][] a = positive(n, random);
        double factor = Math.pow(10, exponent);
        scale(a, factor);
        double[][] lower = Dense.cholesky(a).orElseThrow();
        double size = largest(a);
        double[][] back = product(lower);
        for (int i = 0; i < n; i++) {
            assertThat(lower[i][i]).isPositive();
            for (int j = 0; j < n; j++) {
                assertNear(back[i][j], a[i][j], 10 * n * UNIT * size);
                assertThat(j > i && lower[i][j] != 0).isFalse();
            }
        }

        // The condition number of a is seldom above 1e3, for n = 1 and 2 rarely above 1e6; residuals do not feel it.
        double[] b = random.doubles(n, -1, 1).toArray();
        double[] x = b.clone();
        Dense.solve(lower, x);
        assertNear(times(a, x), b, 100 * n * UNIT * size * norm(x) * n);
        double[] z = b.clone();
        Dense.forward(lower, z);
        assertNear(times(lower, z), b, 100 * n * UNIT * largest(lower) * norm(z) * n);
        Dense.backward(lower, z);
        assertThat(z).containsExactly(x);
        double[][] inverse = Dense.inverse(lower);
        for (int c = 0; c < n; c++) {
            double[] column = new double[n];
            double[] unit = new double[n];
            unit[c] = 1;
            for (int r = 0; r < n; r++) {
                column[r] = inverse[r][c];
            }
            assertNear(times(a, column), unit, 100 * n * UNIT * size * norm(column) * n);
        }
    }

    private static double[] times(double[][] a, double[] x) {
        double[] y = new double[a.length];
        for (int i = 0; i < y.length; i++) {
            for (int j = 0; j < x.length; j++) {
                y[i] += a[i][j] * x[j];
            }
        }
        return y;
    }

    private static double norm(double[] x) {
        double sum = 0;
        for (double v : x) {
            sum += v * v;
        }
        return Math.sqrt(sum);
    }

    /**
     * Fewer factors than rows: singular, and rounding must not make it look regular, in whatever unit each row is. Half as
     * many factors, so that the regular part is well conditioned and does not blow the rounding up.
     */
    @Property(tries = 100)
    void aSingularMatrixHasNoCholeskyFactor(@ForAll @IntRange(min = 2, max = 40) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] g = random(n, n / 2, random);
        for (double[] row : g) {
            double unit = Math.pow(10, 20 * random.nextDouble() - 10);
            for (int k = 0; k < row.length; k++) {
                row[k] *= unit;
            }
        }
        assertThat(Dense.cholesky(product(g))).isEmpty();
    }

    @Test
    void onlyPositiveDefiniteMatricesHaveACholeskyFactor() {
        assertThat(Dense.cholesky(new double[][] {{4}}).orElseThrow()).isDeepEqualTo(new double[][] {{2}});
        assertThat(Dense.cholesky(new double[][] {{0}})).isEmpty();
        assertThat(Dense.cholesky(new double[][] {{-1}})).isEmpty();
        assertThat(Dense.cholesky(new double[][] {{1, 2}, {2, 1}})).isEmpty();
        assertThat(Dense.cholesky(new double[][] {{1, 0}, {Double.NaN, 1}})).isEmpty();
        assertThat(Dense.cholesky(new double[][] {{Double.POSITIVE_INFINITY}})).isEmpty();
        // Rows of very different units are no reason to refuse.
        assertThat(Dense.cholesky(new double[][] {{1e-30, 0}, {0, 1e30}})).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> Dense.cholesky(new double[1][2]));
    }

    @Test
    void onlyTheLowerTriangleIsFactored() {
        assertThat(Dense.cholesky(new double[][] {{4, 99}, {2, 2}}).orElseThrow())
                .isDeepEqualTo(new double[][] {{2, 0}, {1, 1}});
    }

    @Property(tries = 100)
    void singularValuesAreRootsOfTheEigenvaluesOfTheProduct(
            @ForAll @IntRange(min = 1, max = 25) int rows,
            @ForAll @IntRange(min = 1, max = 25) int columns,
            @ForAll @IntRange(min = -900, max = 900) int exponent,
            @ForAll long seed) {
        double[][] a = random(rows, columns, new Random(seed));
        double[] squares = Dense.eigen(product(a)).values();
        scale(a, Math.scalb(1.0, exponent));
        double[] values = Arrays.stream(Dense.singularValues(a))
                .map(v -> Math.scalb(v, -exponent))
                .toArray();
        double[] again = Arrays.stream(Dense.svd(a).values())
                .map(v -> Math.scalb(v, -exponent))
                .toArray();
        assertThat(again).containsExactly(values, within(100 * UNIT * values[0]));

        assertThat(values).hasSize(Math.min(rows, columns));
        for (int k = 0; k < values.length; k++) {
            assertThat(values[k]).isNotNegative();
            assertThat(values[k] * values[k]).isCloseTo(squares[k], within(1000 * UNIT * squares[0]));
            assertThat(k == 0 || values[k] <= values[k - 1]).isTrue();
        }
    }

    @Test
    void theConditionNumberIsThatOfTheSingularValues() {
        assertThat(Dense.condition(new double[][] {{2, 0}, {0, -8}, {0, 0}})).isCloseTo(4, within(1e-14));
        assertThat(Dense.condition(new double[][] {{3}})).isEqualTo(1);
        assertThat(Dense.condition(new double[2][2])).isInfinite();
        // A third column that is the sum of two others, up to rounding.
        assertThat(Dense.condition(new double[][] {{0.1, 0.2, 0.3}, {0.7, 0.1, 0.8}, {0.5, 0.4, 0.9}}))
                .isInfinite();
    }

    @Test
    void refusesWhatIsNoMatrix() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.singularValues(new double[0][]))
                .withMessage("a matrix has at least one row and one column");
        assertThatIllegalArgumentException().isThrownBy(() -> Dense.singularValues(new double[1][0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.svd(new double[][] {{1, 2}, {3}}))
                .withMessage("row 1 of the matrix has 1 columns but row 0 has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.condition(new double[][] {{Double.NaN}}))
                .withMessage("matrix is not finite at row 0, column 0");
    }

    @Test
    void argumentsAreLeftAsTheyAre() {
        double[][] a = positive(6, new Random(1));
        double[][] copy = java.util.Arrays.stream(a).map(double[]::clone).toArray(double[][]::new);
        Dense.eigen(a);
        Dense.cholesky(a);
        Dense.singularValues(a);
        Dense.svd(a);
        assertThat(a).isDeepEqualTo(copy);
    }
}
