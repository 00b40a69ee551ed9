package org.hsi4j.linalg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseSvdTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "7, 3", "3, 7", "20, 20", "1, 5", "5, 1"})
    void putsTheMatrixTogetherAgain(int rows, int columns) {
        double[][] a = random(rows, columns);
        Dense.Svd svd = Dense.svd(a);
        int k = Math.min(rows, columns);
        assertThat(svd.values()).hasSize(k);
        assertThat(svd.u()).hasDimensions(rows, k);
        assertThat(svd.v()).hasDimensions(columns, k);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                double sum = 0;
                for (int s = 0; s < k; s++) {
                    sum += svd.u()[i][s] * svd.values()[s] * svd.v()[j][s];
                }
                assertThat(sum).isCloseTo(a[i][j], within(1e-13)); // rounding of up to 20 sums of numbers near one
            }
        }
        assertThat(svd.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
    }

    @Test
    void knowsTheRank() {
        Dense.Svd svd = Dense.svd(new double[][] {{1, 1, 0}, {1, 1, 0}, {0, 0, 2}, {1, 1, 0}});
        assertThat(svd.values()[0]).isCloseTo(Math.sqrt(6), within(1e-14));
        assertThat(svd.values()[1]).isCloseTo(2, within(1e-14));
        assertThat(svd.rank(1e-14)).isEqualTo(2);
        assertThat(svd.rank(2.1)).isEqualTo(1);
        assertThat(svd.rank(3)).isZero();
    }

    @Test
    void knowsTheZeroMatrix() {
        Dense.Svd svd = Dense.svd(new double[4][3]);
        assertThat(svd.values()).containsOnly(0.0);
        assertThat(svd.rank(0)).isZero();
        assertThat(svd.u()[0]).doesNotContain(Double.NaN);
    }

    @Test
    void refusesWhatIsNotFinite() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Dense.svd(new double[][] {{1, 2}, {3, Double.NaN}}))
                .withMessage("matrix is not finite at row 1, column 1");
    }

    private static double[][] random(int rows, int columns) {
        Random random = new Random(rows * 31L + columns);
        double[][] a = new double[rows][columns];
        for (double[] row : a) {
            java.util.Arrays.setAll(row, j -> random.nextGaussian());
        }
        return a;
    }
}
