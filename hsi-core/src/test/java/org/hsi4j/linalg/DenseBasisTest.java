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

class DenseBasisTest {

    private static double[][] random(int rows, int columns, Random random) {
        double[][] a = new double[rows][];
        for (int r = 0; r < rows; r++) {
            a[r] = random.doubles(columns, -1, 1).toArray();
        }
        return a;
    }

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
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
