package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BackgroundStatisticsTest {
    private static final int BANDS = 5;
    private static final RunContext CONTEXT = RunContext.sequential();

    private static Cube top(Cube cube, int rows) {
        return cube.crop(new Region(0, 0, rows, cube.columns()));
    }

    private static Cube bottom(Cube cube, int rows) {
        return cube.crop(new Region(rows, 0, cube.rows() - rows, cube.columns()));
    }

    private static double[] scores(DetectionModel model, Cube cube) {
        return model.score(cube, CONTEXT).scores().toArray();
    }

    /** Lines whose columns have a gain and an offset of their own. */
    private static Cube striped(int rows, int columns, long seed) {
        double[][] planes = Scenes.gaussianPlanes(rows * columns, BANDS, seed);
        Random random = new Random(seed);
        for (double[] plane : planes) {
            for (int c = 0; c < columns; c++) {
                double gain = 1 + .1 * random.nextGaussian();
                double offset = 20 * random.nextGaussian();
                for (int r = 0; r < rows; r++) {
                    plane[r * columns + c] = gain * plane[r * columns + c] + offset;
                }
            }
        }
        return Cube.of(rows, columns, planes);
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void joinedBackgroundsHaveTheStatisticsOfTheWholeScene(Shrinkage shrinkage) {
        Cube cube = Scenes.gaussian(60, 40, BANDS, 3);

        SceneBackground joined = SceneBackground.of(top(cube, 25), shrinkage, CONTEXT)
                .plus(SceneBackground.of(bottom(cube, 25), shrinkage, CONTEXT));

        SceneBackground whole = SceneBackground.of(cube, shrinkage, CONTEXT);
        assertThat(joined.pixels()).isEqualTo(2400);
        for (int b = 0; b < BANDS; b++) {
            // Only the order of the sums differs.
            assertThat(joined.statistics().mean()[b])
                    .isCloseTo(whole.statistics().mean()[b], within(1e-12 * 60));
            assertThat(joined.statistics().covariance()[b])
                    .containsExactly(whole.statistics().covariance()[b], within(1e-11));
        }
        // The weights of parts are estimates of a number that is the same for both but for the pixels; the candidates
        // of the
        // leave-one-out likelihood are a tenth apart, and its valley is flat.
        double alpha = whole.covariance().alpha();
        assertThat(joined.covariance().alpha()).isBetween(alpha / 2, alpha * 2);
        assertThat(joined.covariance().applied()).isEqualTo(whole.covariance().applied());
    }

    @Test
    void twoPartsOfTooFewPixelsMayBeEnoughTogether() {
        Cube cube = Scenes.gaussian(4, 3, 8, 3);
        SceneBackground first = SceneBackground.of(top(cube, 2), Shrinkage.AUTO, CONTEXT);
        SceneBackground second = SceneBackground.of(bottom(cube, 2), Shrinkage.AUTO, CONTEXT);

        assertThat(first.covariance().applied()).isEqualTo(Shrinkage.LEDOIT_WOLF);
        assertThat(first.plus(second).covariance().applied()).isEqualTo(Shrinkage.NONE);
    }

    @Test
    void whatIsKnownTakesThePlaceOfTheScene() {
        Cube cube = Scenes.spoilt(20, 30, BANDS, 3, 1e5);
        Spectrum target = Scenes.target(BANDS);
        SceneBackground known = SceneBackground.of(cube, Shrinkage.LEDOIT_WOLF, CONTEXT);

        Rx rx = Rx.withDefaults().withShrinkage(Shrinkage.LEDOIT_WOLF).withLoading(.1);
        assertThat(scores(rx.fit(known, CONTEXT), cube)).containsExactly(scores(rx.fit(cube, CONTEXT), cube));
        Ace ace = Ace.signed().withShrinkage(Shrinkage.LEDOIT_WOLF);
        assertThat(scores(ace.fit(known, target, CONTEXT), cube))
                .containsExactly(scores(ace.fit(cube, target, CONTEXT), cube));
        MatchedFilter mf = MatchedFilter.withDefaults().withShrinkage(Shrinkage.LEDOIT_WOLF);
        assertThat(scores(mf.fit(known, target, CONTEXT), cube))
                .containsExactly(scores(mf.fit(cube, target, CONTEXT), cube));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> mf.fit(known, Scenes.target(BANDS + 1), CONTEXT))
                .withMessageContaining("the background has 5");
    }

    @Test
    void aTrimmedBackgroundIsAsWideAsTheWholeOfAGaussian() {
        Cube cube = Scenes.gaussian(200, 200, BANDS, 3);

        double[][] all =
                SceneBackground.of(cube, Shrinkage.NONE, CONTEXT).covariance().matrix();
        SceneBackground trimmed = SceneBackground.trimmed(cube, .1, Shrinkage.NONE, CONTEXT);

        assertThat(trimmed.trimmedPixels()).isEqualTo(4000);
        for (int b = 0; b < BANDS; b++) {
            // A variance from 36000 pixels is known to 1 %.
            assertThat(trimmed.covariance().matrix()[b][b] / all[b][b]).isCloseTo(1, within(.02));
        }
    }

    @Test
    void maskedPixelsAreNotOfTheBackground() {
        Cube cube = Scenes.gaussian(20, 30, BANDS, 3);
        Mask keep = Mask.of(20, 30, i -> i % 30 < 10);

        assertThat(SceneBackground.of(cube.masked(keep), Shrinkage.AUTO, CONTEXT)
                        .statistics()
                        .mean())
                .containsExactly(
                        MeanScatter.of(cube.crop(new Region(0, 0, 20, 10)), CONTEXT)
                                .mean(),
                        within(1e-12 * 60));
        ColumnBackground columns = ColumnBackground.of(cube.masked(keep), CONTEXT);
        assertThat(columns.pixels()).isEqualTo(200);
        assertThat(columns.column(10).count()).isZero();
    }

    @Test
    void columnsHaveTheirOwnStatistics() {
        Cube cube = Scenes.spoilt(300, 7, BANDS, 3, 1e5); // more rows than are read at a time

        ColumnBackground columns = ColumnBackground.of(cube, CONTEXT);

        for (int c = 0; c < 7; c++) {
            MeanScatter expected = MeanScatter.of(cube.crop(new Region(0, c, 300, 1)), CONTEXT);
            assertThat(columns.column(c).count()).isEqualTo(expected.count());
            for (int b = 0; b < BANDS; b++) {
                assertThat(columns.column(c).covariance()[b])
                        .containsExactly(expected.covariance()[b], within(1e-11)); // the order of the sums
            }
        }
    }

    @Test
    void linesOfTheSameSensorJoin() {
        Cube cube = striped(80, 9, 4);

        ColumnBackground joined =
                ColumnBackground.of(top(cube, 30), CONTEXT).plus(ColumnBackground.of(bottom(cube, 30), CONTEXT));

        Rx rx = Rx.withDefaults();
        assertThat(scores(rx.fit(joined, CONTEXT), cube))
                .containsExactly(
                        scores(rx.withBackgroundExtent(BackgroundExtent.COLUMNS).fit(cube, CONTEXT), cube),
                        within(1e-9));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> joined.plus(ColumnBackground.of(Scenes.gaussian(4, 4, BANDS, 1), CONTEXT)))
                .withMessageContaining("4 columns");
    }

    /** The covariance of a column and of ten pixels a band that have the one within all columns. */
    @Test
    void aColumnBorrowsFromTheOthers() {
        Cube cube = striped(40, 6, 4);

        double[] actual = scores(
                Rx.withDefaults().withBackgroundExtent(BackgroundExtent.COLUMNS).fit(cube, CONTEXT), cube);

        double[][] within = new double[BANDS][BANDS];
        MeanScatter[] columns = new MeanScatter[6];
        for (int c = 0; c < 6; c++) {
            columns[c] = MeanScatter.of(cube.crop(new Region(0, c, 40, 1)), CONTEXT);
            for (int a = 0; a < BANDS; a++) {
                for (int b = 0; b < BANDS; b++) {
                    within[a][b] += 39 * columns[c].covariance()[a][b] / 240;
                }
            }
        }
        for (int c = 0; c < 6; c++) {
            double[][] covariance = columns[c].covariance();
            for (int a = 0; a < BANDS; a++) {
                for (int b = 0; b < BANDS; b++) {
                    covariance[a][b] = (39 * covariance[a][b] + 50 * within[a][b]) / 89;
                }
            }
            double[][] lower = Dense.cholesky(covariance).orElseThrow();
            for (int r = 0; r < 40; r += 13) {
                double[] z = cube.spectrum(r, c).toArray();
                for (int b = 0; b < BANDS; b++) {
                    z[b] -= columns[c].mean()[b];
                }
                Dense.forward(lower, z);
                double expected = Arrays.stream(z).map(v -> v * v).sum();
                assertThat(actual[r * 6 + c]).isCloseTo(expected, within(1e-9)); // the order of the sums
            }
        }
    }

    /** Whole columns that are brighter are no anomaly for their own background. */
    @Test
    void columnsOfTheirOwnGainAreNotOdd() {
        Cube cube = striped(150, 20, 4);
        double[][] planes = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            planes[b] = cube.plane(b);
            planes[b][1234] += b % 2 == 0 ? 15 : -15;
        }
        Cube scene = Cube.of(150, 20, planes);

        double[] whole = scores(Rx.withDefaults().fit(scene, CONTEXT), scene);
        double[] columns = scores(
                Rx.withDefaults().withBackgroundExtent(BackgroundExtent.COLUMNS).fit(scene, CONTEXT), scene);

        assertThat(Arrays.stream(whole).filter(v -> v > whole[1234]).count()).isGreaterThan(10);
        assertThat(Arrays.stream(columns).filter(v -> v > columns[1234]).count())
                .isZero();
    }

    @Test
    void aColumnOfFewPixelsTakesTheWholeScene() {
        Cube cube = Scenes.gaussian(50, 6, BANDS, 4).masked(Mask.of(50, 6, i -> i % 6 != 2 || i < 40));
        Rx rx = Rx.withDefaults();

        DetectionModel model = rx.withBackgroundExtent(BackgroundExtent.COLUMNS).fit(cube, CONTEXT);

        double[] columns = scores(model, cube);
        double[] whole = scores(rx.fit(cube, CONTEXT), cube);
        assertThat(columns[2]).isCloseTo(whole[2], within(1e-9)); // the order of the sums
        assertThat(columns[8]).isCloseTo(whole[8], within(1e-9));
        assertThat(columns[3]).isNotCloseTo(whole[3], within(1e-3));
        assertThat(model.diagnostics().figures()).containsEntry("columns-without-own", 1.0);
        assertThat(String.join(" ", model.diagnostics().notes())).contains("1 of 6 columns have fewer than 10");
    }

    @Test
    void aSceneOfOtherColumnsIsRefused() {
        DetectionModel model = MatchedFilter.withDefaults()
                .withBackgroundExtent(BackgroundExtent.COLUMNS)
                .fit(Scenes.gaussian(20, 6, BANDS, 4), Scenes.target(BANDS), CONTEXT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(Scenes.gaussian(20, 5, BANDS, 4), CONTEXT))
                .withMessageContaining("6 columns of a sensor but the cube has 5");
    }

    @Test
    void partsCountedByTheSameCentresJoin() {
        Cube cube = Scenes.gaussian(60, 40, BANDS, 3);
        ClusterBackground first = ClusterBackground.of(top(cube, 30), 3, 7, CONTEXT);

        ClusterBackground joined = first.plus(first.counting(bottom(cube, 30), CONTEXT));

        assertThat(joined.clusters()).isEqualTo(first.clusters()).isGreaterThan(1);
        assertThat(joined.pixels()).isEqualTo(2400);
        ClusterBackground whole = first.counting(cube, CONTEXT);
        long pixels = 0;
        for (int k = 0; k < joined.clusters(); k++) {
            pixels += joined.cluster(k).count();
            assertThat(joined.cluster(k).count()).isEqualTo(whole.cluster(k).count());
            assertThat(joined.cluster(k).mean())
                    .containsExactly(whole.cluster(k).mean(), within(1e-12 * 60));
        }
        assertThat(pixels).isEqualTo(2400);
        ClusterBackground other = ClusterBackground.of(top(cube, 30), 3, 8, CONTEXT);
        assertThatIllegalArgumentException().isThrownBy(() -> first.plus(other)).withMessageContaining("centres");
    }

    @Test
    void backgroundsTravel() {
        Cube cube = Scenes.gaussian(30, 12, BANDS, 3);
        for (BackgroundStatistics background : new BackgroundStatistics[] {
            SceneBackground.trimmed(cube, .05, Shrinkage.LEAVE_ONE_OUT, CONTEXT),
            ColumnBackground.of(cube, CONTEXT),
            ClusterBackground.of(cube, 3, 1, CONTEXT)
        }) {
            BackgroundStatistics copy = Serial.copy(background);

            assertThat(copy).isEqualTo(background).hasSameHashCodeAs(background).hasToString(background.toString());
            assertThat(scores(Rx.withDefaults().fit(copy, CONTEXT), cube))
                    .containsExactly(scores(Rx.withDefaults().fit(background, CONTEXT), cube));
        }
    }

    @Test
    void differentRulesOfShrinkageDoNotJoin() {
        Cube cube = Scenes.gaussian(30, 12, BANDS, 3);
        SceneBackground auto = SceneBackground.of(cube, Shrinkage.AUTO, CONTEXT);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> auto.plus(SceneBackground.of(cube, Shrinkage.LEDOIT_WOLF, CONTEXT)))
                .withMessageContaining("LEDOIT_WOLF");
    }
}
