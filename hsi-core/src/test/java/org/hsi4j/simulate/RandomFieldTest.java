package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RandomFieldTest {

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.7, 2, 3})
    void hasUnitVarianceAndAGaussianCorrelation(double smoothness) {
        int columns = 400;
        double[] field = new double[500 * columns];
        RandomField.add(new SplittableRandom(2), smoothness, 1, field, columns);
        int lag = 2;
        double variance = 0;
        double along = 0;
        double across = 0;
        for (int i = 0; i < field.length; i++) {
            variance += field[i] * field[i] / field.length;
            along += i >= lag ? field[i] * field[i - lag] / field.length : 0;
            across += i >= lag * columns ? field[i] * field[i - lag * columns] / field.length : 0;
        }
        // smoothing with s twice over is smoothing with s sqrt(2), whose Gaussian is the correlation
        double expected = smoothness == 0 ? 0 : Math.exp(-lag * lag / (4 * smoothness * smoothness));
        // a patch of 4 pi s^2 pixels counts as one sample: five standard deviations of their mean square
        double patches = field.length / Math.max(1, 4 * Math.PI * smoothness * smoothness);
        double tolerance = 5 * Math.sqrt(2 / patches);
        assertThat(variance).isCloseTo(1, within(tolerance));
        assertThat(along).isCloseTo(expected, within(tolerance));
        assertThat(across).isCloseTo(expected, within(tolerance));
    }

    @Test
    void addsItsShare() {
        double[] zero = new double[6];
        double[] three = {3, 3, 3, 3, 3, 3};
        RandomField.add(new SplittableRandom(1), 1, 1, zero, 3);
        RandomField.add(new SplittableRandom(1), 1, 0.5, three, 3);
        for (int i = 0; i < 6; i++) {
            assertThat(three[i]).isCloseTo(3 + zero[i] / 2, within(1e-14)); // sums of 81 products in another scale
        }
    }
}
