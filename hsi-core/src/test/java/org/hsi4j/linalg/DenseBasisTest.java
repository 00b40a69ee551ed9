package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.QRDecomposition;
import org.junit.jupiter.api.Test;

/** Factors that are changed, and bases. */
class DenseBasisTest {

    private static double[][] random(int rows, int columns, Random random) {
        double[][] a = new double[rows][];
        for (int r = 0; r < rows; r++) {
            a[r] = random.doubles(columns, -1, 1).toArray();
        }
        return a;
    }

    /** G G' / n + I. */
    private static double[][] positive(int n, Random random) {
        double[][] g = random(n, 2 * n, random);
        double[][] s = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i][j] = dot(g[i], g[j]) / n + (i == j ? 1 : 0);
            }
        }
        return s;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    @Property(tries = 60)
    void anUpdatedFactorIsThatOfTheUpdatedMatrix(
            @ForAll @IntRange(min = 1, max = 30) int n, @ForAll boolean down, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] s = positive(n, random);
        double[] x = random.doubles(n, -1, 1).toArray();
        double weight = down ? -0.5 / n : 3; // |x|^2 is at most n and the eigenvalues of S at least one
        double[][] lower = Dense.cholesky(s).orElseThrow();

        double[][] updated = Dense.updated(lower, x, weight).orElseThrow();

        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                s[i][j] += weight * x[i] * x[j];
            }
        }
        double[][] expected = Dense.cholesky(s).orElseThrow();
        for (int i = 0; i < n; i++) {
            // condition below 100, and n roundings of numbers below ten
            assertThat(updated[i]).containsExactly(expected[i], within(1e-13 * (1 + n)));
        }
    }

    @Test
    void whatCannotBeTakenAwayIsTold() {
        double[][] identity = {{1, 0}, {0, 1}};
        assertThat(Dense.updated(identity, new double[] {0.6, 0.8}, -1)).isEmpty();
        assertThat(Dense.updated(identity, new double[] {0.6, 0.8}, -2)).isEmpty();
        assertThat(Dense.updated(identity, new double[] {Double.NaN, 0}, 1)).isEmpty();
        assertThat(Dense.updated(identity, new double[] {3, 0}, 0))
                .hasValueSatisfying(same -> assertThat(same).isDeepEqualTo(identity));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.updated(identity, new double[3], 1))
                .withMessage("the factor has 2 rows but the vector 3 values");
    }

    /** Q is unique up to the signs of its columns. */
    @Property(tries = 40)
    void theBasisIsThatOfHouseholder(@ForAll @IntRange(min = 1, max = 12) int n, @ForAll long seed) {
        Random random = new Random(seed);
        double[][] rows = random(n, n + 5, random);

        double[][] basis = Dense.orthonormalized(rows);

        QRDecomposition<DMatrixRMaj> qr = DecompositionFactory_DDRM.qr(n + 5, n);
        DMatrixRMaj transposed = new DMatrixRMaj(n + 5, n);
        for (int k = 0; k < n; k++) {
            for (int b = 0; b < n + 5; b++) {
                transposed.set(b, k, rows[k][b]);
            }
        }
        assertThat(qr.decompose(transposed)).isTrue();
        DMatrixRMaj q = qr.getQ(null, true);
        for (int k = 0; k < n; k++) {
            double sign = Math.signum(q.get(0, k) * basis[k][0]);
            for (int b = 0; b < n + 5; b++) {
                // rows of random numbers: condition numbers up to some hundreds
                assertThat(basis[k][b]).isCloseTo(sign * q.get(b, k), within(1e-11));
            }
            for (int j = 0; j <= k; j++) {
                assertThat(dot(basis[j], basis[k])).isCloseTo(j == k ? 1 : 0, within(1e-14)); // rounding
            }
        }
    }

    @Test
    void rowsThatAddNothingBecomeDirectionsOfTheirOwn() {
        double[][] basis = Dense.orthonormalized(new double[][] {{3, 4, 0}, {6, 8, 0}, {0, 0, 0}});
        for (int j = 0; j < 3; j++) {
            for (int k = 0; k < 3; k++) {
                assertThat(dot(basis[j], basis[k])).isCloseTo(j == k ? 1 : 0, within(1e-15)); // rounding of ones
            }
        }
        assertThat(basis[0]).containsExactly(new double[] {0.6, 0.8, 0}, within(1e-16));
    }

    @Test
    void moreRowsThanValuesCannotBeOrthonormal() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.orthonormalized(new double[][] {{1}, {2}}))
                .withMessage("2 rows cannot be orthonormal when row 0 has 1 values");
    }
}
