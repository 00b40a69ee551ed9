package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class LineMatchedFilterTest {
    private static final int BANDS = 4;
    private static final RunContext CONTEXT = RunContext.sequential();
    private static final Spectrum TARGET = Scenes.target(BANDS);

    private static double[][] line(Cube cube, int row) {
        double[][] line = new double[cube.bands()][cube.columns()];
        cube.read(new Region(row, 0, 1, cube.columns()), line);
        return line;
    }

    private static double[] scores(LineDetectionModel model, Cube cube) {
        return model.score(cube, CONTEXT).scores().toArray();
    }

    @Test
    void linesGiveTheScoresOfTheScene() {
        double[][] planes = Scenes.gaussianPlanes(52 * 17, BANDS, 3);
        planes[2][40] = Double.NaN;
        Arrays.fill(planes[1], 85, 102, Double.POSITIVE_INFINITY); // the whole of row 5
        Cube cube = Cube.of(52, 17, planes);
        for (LineDetectionModel model : new LineDetectionModel[] {
            LineMatchedFilter.withDefaults().fromNothing(TARGET),
            LineMatchedFilter.withDefaults().fit(Scenes.gaussian(30, 17, BANDS, 4), TARGET, CONTEXT)
        }) {
            double[] whole = scores(model, cube);

            LineScorer scorer = Serial.copy(model).lines(17);
            for (int row = 0; row < 52; row++) {
                assertThat(scorer.push(line(cube, row)))
                        .containsExactly(Arrays.copyOfRange(whole, row * 17, (row + 1) * 17));
            }
            assertThat(Arrays.stream(whole).filter(Double::isNaN).count()).isEqualTo(18);
        }
    }

    /** Without forgetting, a line is scored by the lines before it, as the matched filter with a background of columns has them. */
    @Test
    void withoutForgettingALineIsScoredByTheColumnsAboveIt() {
        Cube cube = Scenes.gaussian(61, 30, BANDS, 3);
        LineDetectionModel model = LineMatchedFilter.withDefaults()
                .withForgetting(1e-9)
                .withLoading(1e-12)
                .withRefresh(1)
                .fromNothing(TARGET);

        double[] actual = scores(model, cube);

        ColumnBackground above = ColumnBackground.of(cube.crop(new Region(0, 0, 60, 30)), CONTEXT);
        double[] expected = MatchedFilter.withDefaults()
                .fit(above, TARGET, CONTEXT)
                .score(cube, CONTEXT)
                .scores()
                .toArray();
        for (int i = 60 * 30; i < 61 * 30; i++) {
            // One covariance is divided by n, the other by n - 1, which are 60 and 59; the share of what is borrowed
            // differs alike.
            assertThat(actual[i]).isCloseTo(expected[i], within(.01 * .2));
        }
    }

    @Test
    void theTargetIsOneAndTheMeanZero() {
        double[][] planes = Scenes.gaussianPlanes(200 * 5, BANDS, 3);
        Cube cube = Cube.of(200, 5, planes);
        LineScorer scorer = LineMatchedFilter.withDefaults()
                .fit(ColumnBackground.of(cube, CONTEXT), TARGET)
                .lines(5);
        double[][] line = new double[BANDS][5];
        for (int b = 0; b < BANDS; b++) {
            line[b][0] = TARGET.value(b);
            for (int c = 1; c < 5; c++) {
                double mean = 0;
                for (int r = 0; r < 200; r++) {
                    mean += cube.value(r, c, b) / 200;
                }
                line[b][c] = mean + (c == 2 ? .5 * (TARGET.value(b) - mean) : 0);
            }
        }

        double[] scores = scorer.push(line);

        assertThat(scores[0]).isCloseTo(1, within(1e-12));
        assertThat(scores[1]).isCloseTo(0, within(1e-12));
        assertThat(scores[2]).isCloseTo(.5, within(1e-12));
    }

    /** A column whose gain changes on the way is followed by its mean. */
    @Test
    void whatWasForgottenDoesNotCount() {
        double[][] planes = Scenes.gaussianPlanes(400 * 10, BANDS, 3);
        double[][] other = Scenes.gaussianPlanes(400 * 10, BANDS, 3);
        for (double[] plane : other) {
            for (int i = 0; i < 20 * 10; i++) {
                plane[i] = 3 * plane[i] + 100;
            }
        }
        LineDetectionModel model =
                LineMatchedFilter.withDefaults().withForgetting(.1).fromNothing(TARGET);

        double[] first = scores(model, Cube.of(400, 10, planes));
        double[] second = scores(model, Cube.of(400, 10, other));

        assertThat(Math.abs(first[250] - second[250])).isGreaterThan(.1);
        for (int i = 399 * 10; i < first.length; i++) {
            // .9^380 of what was there is left: 4e-18 of its squares, which were ten thousand times as large.
            assertThat(second[i]).isCloseTo(first[i], within(1e-9));
        }
    }

    @Test
    void aColumnLearnsNothingFromOthersButTheirSpread() {
        double[][] planes = Scenes.gaussianPlanes(100 * 6, BANDS, 3);
        double[][] shifted = Scenes.gaussianPlanes(100 * 6, BANDS, 3);
        for (double[] plane : shifted) {
            for (int r = 0; r < 100; r++) {
                plane[r * 6 + 2] += 500; // an offset of one column
            }
        }
        LineDetectionModel model = LineMatchedFilter.withDefaults().fromNothing(TARGET);

        double[] scores = scores(model, Cube.of(100, 6, planes));
        double[] beside = scores(model, Cube.of(100, 6, shifted));

        for (int i = 0; i < scores.length; i++) {
            if (i % 6 != 2) {
                assertThat(beside[i]).isCloseTo(scores[i], within(1e-9)); // 500 costs digits of the differences
            }
        }
    }

    @Test
    void linesAreChecked() {
        LineDetectionModel nothing = LineMatchedFilter.withDefaults().fromNothing(TARGET);
        LineDetectionModel three =
                LineMatchedFilter.withDefaults().fit(Scenes.gaussian(30, 3, BANDS, 4), TARGET, CONTEXT);

        assertThatIllegalArgumentException().isThrownBy(() -> nothing.lines(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> three.lines(4))
                .withMessageContaining("3 columns of a sensor but the lines have 4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nothing.lines(3).push(new double[BANDS + 1][3]))
                .withMessageContaining("5 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> nothing.lines(3).push(new double[BANDS][2]))
                .withMessageContaining("2 columns");
    }

    @Test
    void optionsAreChecked() {
        LineMatchedFilter method = LineMatchedFilter.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("forgetting", "loading", "refresh");
        assertThat(method.withForgetting(.5).forgetting()).isEqualTo(.5);
        assertThat(method.withLoading(.1).loading()).isEqualTo(.1);
        assertThat(method.withRefresh(3).refresh()).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withForgetting(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLoading(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withRefresh(0));
    }
}
