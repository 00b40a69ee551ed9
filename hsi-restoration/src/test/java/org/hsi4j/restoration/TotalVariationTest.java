package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class TotalVariationTest {

    /** The objective by its definition, for a weight of one deviation. */
    private static double objective(double[] x, double[] y, int rows, int columns, double lambda) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            double down = i / columns + 1 < rows ? x[i + columns] - x[i] : 0;
            double along = i % columns + 1 < columns ? x[i + 1] - x[i] : 0;
            sum += (x[i] - y[i]) * (x[i] - y[i]) / 2 + lambda * Math.sqrt(down * down + along * along);
        }
        return sum;
    }

    /** Two pixels: x moves towards the other by lambda each, until they meet. Dual ascent reaches it to 1e-6 in 500 steps. */
    @Test
    void twoPixelsByHand() {
        double[] far = {0, 10};
        double[] near = {0, 1};
        TotalVariation.Worker worker =
                TotalVariation.withDefaults().withWeight(1).withIterations(500).worker(1, 2);
        worker.denoise(far, 2);
        worker.denoise(near, 2);

        assertThat(far).containsExactly(new double[] {2, 8}, within(1e-6));
        assertThat(near).containsExactly(new double[] {0.5, 0.5}, within(1e-6));
    }

    /** No small change of the answer has a smaller objective, to the accuracy of the iterations. */
    @Test
    void nothingNearIsBetter() {
        double[] y = PlaneDenoiserTest.noisy(PlaneDenoiserTest.picture(12, 15), 0.2, 1);
        double[] x = y.clone();
        TotalVariation.withDefaults()
                .withWeight(1)
                .withIterations(3000)
                .worker(12, 15)
                .denoise(x, 0.2);
        double best = objective(x, y, 12, 15, 0.2);

        for (int seed = 0; seed < 50; seed++) {
            double[] other = PlaneDenoiserTest.noisy(x, 0.01, seed);
            assertThat(objective(other, y, 12, 15, 0.2)).isGreaterThan(best);
        }
        assertThat(java.util.Arrays.stream(x).sum())
                .isCloseTo(java.util.Arrays.stream(y).sum(), within(1e-9));
    }

    /** Sixty iterations, the default, come within .1 % of the least objective. */
    @Test
    void theDefaultIterationsAreEnough() {
        double[] y = PlaneDenoiserTest.noisy(PlaneDenoiserTest.picture(40, 30), 0.2, 2);
        double[] x = y.clone();
        double[] exact = y.clone();
        TotalVariation method = TotalVariation.withDefaults();
        method.worker(40, 30).denoise(x, 0.2);
        method.withIterations(3000).worker(40, 30).denoise(exact, 0.2);

        double lambda = 0.2 * method.weight();
        assertThat(objective(x, y, 40, 30, lambda)).isLessThan(1.001 * objective(exact, y, 40, 30, lambda));
    }

    @Test
    void optionsAreChecked() {
        TotalVariation method = TotalVariation.withDefaults().withWeight(2).withIterations(5);
        assertThat(method.weight()).isEqualTo(2);
        assertThat(method.iterations()).isEqualTo(5);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withIterations(0));
    }
}
