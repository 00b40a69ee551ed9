package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ErgasTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void knowsATwoBandExample() {
        // RMSE 1 of mean 10, and 4 of mean 20
        Cube truth = Cube.of(1, 2, new double[][] {{5, 15}, {20, 20}});
        Cube estimate = Cube.of(1, 2, new double[][] {{6, 14}, {24, 16}});
        Ergas ergas = Ergas.of(estimate, truth, 0.25, RUN);

        // roundings of numbers near one
        assertThat(ergas.bands().get(0)).isCloseTo(2.5, within(1e-14));
        assertThat(ergas.bands().get(1)).isCloseTo(5, within(1e-14));
        assertThat(ergas.value()).isCloseTo(25 * Math.sqrt((0.01 + 0.04) / 2), within(1e-14));
        assertThat(ergas.ratio()).isEqualTo(0.25);
    }

    @Test
    void doesNotDependOnTheUnit() {
        Cube truth = Images.random(1, 9, 7, 3);
        Cube estimate = Images.random(2, 9, 7, 3);

        // a power of two changes no digit
        assertThat(Ergas.of(estimate.scaled(1024, 0), truth.scaled(1024, 0), 1, RUN))
                .isEqualTo(Ergas.of(estimate, truth, 1, RUN));
    }

    @Test
    void leavesOutInvalidPixels() {
        Cube truth = Cube.of(1, 3, new double[][] {{5, 15, Double.NaN}});
        Cube estimate = Cube.of(1, 3, new double[][] {{6, 14, 900}});

        assertThat(Ergas.of(estimate, truth, 1, RUN).value()).isCloseTo(10, within(1e-14));
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Cube truth = Images.random(1, 37, 211, 5);
        Cube estimate = Images.random(2, 37, 211, 5);
        Ergas ergas = Ergas.of(estimate, truth, 1, RUN);
        assertThat(Ergas.of(estimate, truth, 1, RUN.withParallelism(2))).isEqualTo(ergas);
        assertThat(Ergas.of(estimate, truth, 1, RUN.withParallelism(7))).isEqualTo(ergas);
    }

    @Test
    void aBandOfMeanZeroIsNoScale() {
        Cube zero = Cube.of(1, 1, new double[][] {{0}});
        assertThat(Ergas.of(Cube.of(1, 1, new double[][] {{1}}), zero, 1, RUN).value())
                .isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Ergas.of(zero, zero, 1, RUN).value()).isNaN();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 4, Double.NaN})
    void refusesARatioThatIsNone(double ratio) {
        Cube cube = Cube.of(1, 1, new double[][] {{1}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ergas.of(cube, cube, ratio, RUN))
                .withMessage("the ratio of the pixel sizes, fine over coarse, is over 0 to 1, not " + ratio);
    }
}
