package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class ErxTest {
    private static final int BANDS = 4;
    private static final RunContext CONTEXT = RunContext.sequential();

    private static double[][] line(Cube cube, int row) {
        double[][] line = new double[cube.bands()][cube.columns()];
        for (int b = 0; b < line.length; b++) {
            for (int c = 0; c < cube.columns(); c++) {
                line[b][c] = cube.value(row, c, b);
            }
        }
        return line;
    }

    @Test
    void linesGiveTheScoresOfTheScene() {
        double[][] planes = Scenes.gaussianPlanes(12 * 17, BANDS, 3);
        planes[2][40] = Double.NaN;
        Arrays.fill(planes[1], 85, 102, Double.POSITIVE_INFINITY); // the whole of row 5
        Cube cube = Cube.of(12, 17, planes);
        LineDetectionModel model = Erx.withDefaults().fromNothing(BANDS);

        double[] whole = model.score(cube, CONTEXT).scores().toArray();

        LineScorer scorer = model.lines(17);
        for (int row = 0; row < 12; row++) {
            assertThat(scorer.push(line(cube, row)))
                    .containsExactly(Arrays.copyOfRange(whole, row * 17, (row + 1) * 17));
        }
        assertThat(Arrays.stream(whole).filter(Double::isNaN).count()).isEqualTo(18);
    }

    /** Until 1/t is less than the forgetting, the background is all lines so far, each with the same weight. */
    @Test
    void withoutForgettingTheLastLineIsScoredByTheWholeScene() {
        Cube cube = Scenes.gaussian(50, 30, BANDS, 3);
        Erx method = Erx.withDefaults().withForgetting(1e-9).withLoading(1e-12);

        double[] actual =
                method.fromNothing(BANDS).score(cube, CONTEXT).scores().toArray();

        double[] rx = Detection.of(cube).with(Rx.withDefaults()).run().scores().toArray();
        for (int i = 49 * 30; i < 50 * 30; i++) {
            // Here the covariance is divided by n, there by n - 1.
            assertThat(actual[i]).isCloseTo(rx[i] * 1500 / 1499, within(1e-8 * (1 + rx[i])));
        }
    }

    @Test
    void whatWasForgottenDoesNotCount() {
        double[][] planes = Scenes.gaussianPlanes(200 * 30, BANDS, 3);
        double[][] other = Scenes.gaussianPlanes(200 * 30, BANDS, 3);
        for (double[] plane : other) {
            for (int i = 0; i < 20 * 30; i++) {
                plane[i] = 3 * plane[i] + 100;
            }
        }
        LineDetectionModel model = Erx.withDefaults().withForgetting(.3).fromNothing(BANDS);

        double[] first = model.score(Cube.of(200, 30, planes), CONTEXT).scores().toArray();
        double[] second = model.score(Cube.of(200, 30, other), CONTEXT).scores().toArray();

        assertThat(Math.abs(first[700] - second[700])).isGreaterThan(.1);
        for (int i = 199 * 30; i < first.length; i++) {
            // .7^180 of what was there is left.
            assertThat(second[i]).isCloseTo(first[i], within(1e-9));
        }
    }

    @Test
    void singlePrecisionIsWidened() {
        float[][] line = {{1, 2, 4, 3}, {3, 1, 2, 2}};
        double[][] wide = {{1, 2, 4, 3}, {3, 1, 2, 2}};
        LineDetectionModel model = Erx.withDefaults().fromNothing(2);

        assertThat(model.lines(4).push(line)).containsExactly(model.lines(4).push(wide));
    }

    @Test
    void linesAreChecked() {
        LineDetectionModel model = Erx.withDefaults().fromNothing(BANDS);
        assertThatIllegalArgumentException().isThrownBy(() -> model.lines(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.lines(3).push(new double[5][3]))
                .withMessageContaining("5 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.lines(3).push(new double[BANDS][2]))
                .withMessageContaining("2 columns");
        assertThatIllegalArgumentException().isThrownBy(() -> Erx.withDefaults().fromNothing(0));
    }

    @Test
    void optionsAreChecked() {
        Erx method = Erx.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("forgetting", "loading");
        assertThat(method.withForgetting(.5).forgetting()).isEqualTo(.5);
        assertThat(method.withLoading(.1).loading()).isEqualTo(.1);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withForgetting(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLoading(0));
    }
}
