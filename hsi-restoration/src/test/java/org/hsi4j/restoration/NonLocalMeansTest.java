package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NonLocalMeansTest {

    private static double mirrored(double[] plane, int rows, int columns, int r, int c) {
        int y = Math.floorMod(r, 2 * rows);
        int x = Math.floorMod(c, 2 * columns);
        return plane[(y < rows ? y : 2 * rows - 1 - y) * columns + (x < columns ? x : 2 * columns - 1 - x)];
    }

    /** Every weight of every pair by its definition; sums in another order, some rounding units. */
    @Test
    void isWhatTheFormulaSays() {
        int rows = 9;
        int columns = 13;
        double sigma = 0.3;
        double h = 0.7;
        double[] y = PlaneDenoiserTest.noisy(PlaneDenoiserTest.picture(rows, columns), sigma, 4);
        double[] expected = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            double sum = 0;
            double weights = 0;
            double most = 0;
            for (int j = 0; j < y.length; j++) {
                int down = Math.abs(i / columns - j / columns);
                int along = Math.abs(i % columns - j % columns);
                if (j != i && down <= 4 && along <= 4) {
                    double d = 0;
                    for (int a = -2; a <= 2; a++) {
                        for (int b = -2; b <= 2; b++) {
                            double difference = mirrored(y, rows, columns, i / columns + a, i % columns + b)
                                    - mirrored(y, rows, columns, j / columns + a, j % columns + b);
                            d += difference * difference / 25;
                        }
                    }
                    double w = Math.exp(-Math.max(d - 2 * sigma * sigma, 0) / (h * h * sigma * sigma));
                    sum += w * y[j];
                    weights += w;
                    most = Math.max(most, w);
                }
            }
            expected[i] = (sum + most * y[i]) / (weights + most);
        }

        NonLocalMeans.withDefaults()
                .withPatchRadius(2)
                .withWindowRadius(4)
                .withBandwidth(h)
                .worker(rows, columns)
                .denoise(y, sigma);

        assertThat(y).containsExactly(expected, within(1e-12));
    }

    @Test
    void optionsAreChecked() {
        NonLocalMeans method = NonLocalMeans.withDefaults()
                .withPatchRadius(3)
                .withWindowRadius(5)
                .withBandwidth(1);
        assertThat(method.patchRadius()).isEqualTo(3);
        assertThat(method.windowRadius()).isEqualTo(5);
        assertThat(method.bandwidth()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withPatchRadius(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWindowRadius(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withBandwidth(-1));
    }
}
