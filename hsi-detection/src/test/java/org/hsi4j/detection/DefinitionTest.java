package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Methods;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores against their definitions, and what must not change them. */
class DefinitionTest {

    /**
     * The textbook formulas with an explicit inverse. Scenes have at least three pixels a band, so the condition number stays
     * below 1e4 and 1e-9 leaves four digits of room.
     */
    @Property(tries = 60)
    void scoresAreThoseOfTheFormulas(
            @ForAll @IntRange(min = 1, max = 12) int bands,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll long seed) {
        int columns = (3 * bands + 5) / rows + 1;
        double[][] planes = Scenes.gaussianPlanes(rows * columns, bands, seed);
        Cube cube = Cube.of(rows, columns, planes);
        Spectrum target = Scenes.target(bands);
        double[] mean = mean(planes);
        double[][] inverse = inverse(covariance(planes, mean));
        double[] t = difference(target.toArray(), mean);
        double tt = form(t, inverse, t);

        ScoreMap rx = Detection.of(cube).with(Rx.withDefaults()).run().scores();
        ScoreMap smf = search(cube, target, SpectralMatchedFilter.withDefaults());
        ScoreMap mf = search(cube, target, MatchedFilter.withDefaults());
        ScoreMap ace = search(cube, target, Ace.signed());
        ScoreMap squared = search(cube, target, Ace.squared());

        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                double[] x = difference(cube.spectrum(row, column).toArray(), mean);
                double xx = form(x, inverse, x);
                double tx = form(t, inverse, x);
                double cosine = tx / Math.sqrt(tt * xx);
                assertThat(rx.value(row, column)).isCloseTo(xx, within(1e-9 * (1 + xx)));
                assertThat(smf.value(row, column)).isCloseTo(tx / Math.sqrt(tt), within(1e-9 * (1 + xx)));
                assertThat(mf.value(row, column)).isCloseTo(tx / tt, within(1e-9 * (1 + xx) * (1 + 1 / tt)));
                assertThat(ace.value(row, column)).isCloseTo(cosine, within(1e-9));
                assertThat(squared.value(row, column)).isCloseTo(cosine * cosine, within(1e-9));
            }
        }
    }

    /** Scene and target through x -> A x + b; A is well conditioned, so the digits lost are those of the covariance. */
    @ParameterizedTest
    @ValueSource(strings = {"rx", "ace", "ace-squared", "smf", "mf"})
    void scoresDoNotChangeUnderAffineMaps(String name) {
        int bands = 8;
        double[][] planes = Scenes.gaussianPlanes(30 * 20, bands, 5);
        double[][] map = new double[bands][bands];
        double[] shift = new double[bands];
        Random random = new Random(3);
        for (int a = 0; a < bands; a++) {
            shift[a] = 1000 * random.nextGaussian();
            for (int b = 0; b < bands; b++) {
                map[a][b] = (a == b ? 30 : 0) + 4 * random.nextGaussian();
            }
        }
        Spectrum target = Scenes.target(bands);
        double[][] movedPlanes = new double[bands][600];
        double[] movedTarget = new double[bands];
        for (int a = 0; a < bands; a++) {
            movedTarget[a] = shift[a];
            for (int b = 0; b < bands; b++) {
                movedTarget[a] += map[a][b] * target.value(b);
            }
            for (int i = 0; i < 600; i++) {
                movedPlanes[a][i] = shift[a];
                for (int b = 0; b < bands; b++) {
                    movedPlanes[a][i] += map[a][b] * planes[b][i];
                }
            }
        }
        Cube cube = Cube.of(30, 20, planes);
        Cube moved = Cube.of(30, 20, movedPlanes);

        double[] before = name.equals("rx")
                ? anomalies(cube)
                : search(cube, target, find(name)).toArray();
        double[] after = name.equals("rx")
                ? anomalies(moved)
                : search(moved, Spectrum.of(movedTarget), find(name)).toArray();

        assertThat(after).containsExactly(before, within(1e-9));
    }

    @Test
    void theMatchedFilterTellsTheShareOfTheTarget() {
        int bands = 10;
        Cube background = Scenes.gaussian(20, 30, bands, 1);
        Spectrum target = Scenes.target(bands);
        DetectionModel model = MatchedFilter.withDefaults().fit(background, target, RunContext.sequential());
        double[] mean = mean(Scenes.gaussianPlanes(600, bands, 1));
        double[] shares = {0, 0.01, 0.25, 1, -0.5, 2};
        double[][] mixtures = new double[bands][shares.length];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < shares.length; i++) {
                mixtures[b][i] = shares[i] * target.value(b) + (1 - shares[i]) * mean[b];
            }
        }

        double[] scores = model.score(Cube.of(1, shares.length, mixtures), RunContext.sequential())
                .scores()
                .toArray();

        // Samples of 50 to 60 and a target tens of deviations away: 1e-12 is a few roundings.
        assertThat(scores).containsExactly(shares, within(1e-12));
    }

    @Test
    void aceDoesNotAskForTheContrastButForTheSign() {
        int bands = 6;
        Cube background = Scenes.gaussian(20, 20, bands, 9);
        Spectrum target = Scenes.target(bands);
        DetectionModel model = Ace.signed().fit(background, target, RunContext.sequential());
        double[] mean = mean(Scenes.gaussianPlanes(400, bands, 9));
        double[] contrast = {1, 1e-3, 50, -1, -7};
        double[][] planes = new double[bands][contrast.length];
        for (int b = 0; b < bands; b++) {
            for (int i = 0; i < contrast.length; i++) {
                planes[b][i] = mean[b] + contrast[i] * (target.value(b) - mean[b]);
            }
        }

        double[] scores = model.score(Cube.of(1, contrast.length, planes), RunContext.sequential())
                .scores()
                .toArray();

        assertThat(scores).containsExactly(new double[] {1, 1, 1, -1, -1}, within(1e-12));
    }

    @Test
    void aPixelThatIsTheMeanHasNoDirection() {
        // Five pixels whose mean is the fifth, exactly.
        Cube cube = Cube.of(1, 5, new double[][] {{1, -1, 0, 0, 0}, {0, 0, 1, -1, 0}});
        Spectrum target = Spectrum.of(3, 1);

        for (Ace ace : new Ace[] {Ace.signed(), Ace.squared()}) {
            assertThat(search(cube, target, ace).value(0, 4)).isZero();
        }
        assertThat(search(cube, target, SpectralMatchedFilter.withDefaults()).value(0, 4))
                .isZero();
    }

    @Test
    void trimmingLeavesTheOutermostPixelsOut() {
        Cube cube = Scenes.gaussian(20, 30, 5, 3);
        ScoreMap all = Detection.of(cube).with(Rx.withDefaults()).run().scores();
        double[] sorted = all.toArray();
        Arrays.sort(sorted);
        Cube inner = cube.masked(all.above(sorted[539]).not()); // without the 60 farthest of 600

        DetectionResult trimmed =
                Detection.of(cube).with(Rx.withDefaults().withTrimming(0.1)).run();

        double[] expected = Detection.of(cube)
                .with(Rx.withDefaults())
                .background(inner)
                .run()
                .scores()
                .toArray();
        double[] actual = trimmed.scores().toArray();
        assertThat(trimmed.diagnostics().figures()).containsEntry("trimmed-pixels", 60.0);
        // P(chi-square of 7 <= 9.2364) / 0.9, where 9.2364 is exceeded by a tenth of chi-square of 5.
        double factor = 0.7638708 / 0.9;
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i] / expected[i]).isCloseTo(factor, within(1e-5));
        }
        assertThat(Rx.trimmed().trimming()).isEqualTo(0.05);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Rx.withDefaults().withTrimming(0.6))
                .withMessageContaining("0.6");
    }

    @Test
    void theMixtureTunedFilterKnowsWhatIsNoMixture() {
        int bands = 6;
        Cube background = Scenes.gaussian(30, 30, bands, 5);
        Spectrum target = Scenes.target(bands);
        RunContext context = RunContext.sequential();
        MtmfModel model = Mtmf.withDefaults().fit(background, target, context);
        double[] mean = mean(Scenes.gaussianPlanes(900, bands, 5));
        double[][] planes = new double[bands][4];
        for (int b = 0; b < bands; b++) {
            double odd = b % 2 == 0 ? 40 : -35;
            planes[b] =
                    new double[] {mean[b], 0.6 * mean[b] + 0.4 * target.value(b), target.value(b), target.value(b) + odd
                    };
        }
        Cube pixels = Cube.of(1, 4, planes);

        MtmfModel.Parts parts = model.parts(pixels, context);
        double[] share = parts.share().toArray();
        double[] infeasibility = parts.infeasibility().toArray();
        double[] score = model.score(pixels, context).scores().toArray();

        assertThat(share).containsExactly(search(background, pixels, target), within(1e-12));
        assertThat(Arrays.copyOf(share, 3)).containsExactly(new double[] {0, 0.4, 1}, within(1e-12));
        assertThat(Arrays.copyOf(infeasibility, 3)).containsExactly(new double[] {0, 0, 0}, within(1e-9));
        assertThat(infeasibility[3]).isGreaterThan(5);
        assertThat(Arrays.copyOf(score, 3)).containsExactly(new double[] {0, 0.4, 1}, within(1e-12));
        assertThat(score[3]).isEqualTo(share[3] / infeasibility[3]);
    }

    /** Half of a white background is farther from its own mixtures than one deviation, and half is nearer. */
    @Test
    void backgroundIsFeasible() {
        Cube background = Scenes.gaussian(40, 30, 15, 6);
        RunContext context = RunContext.sequential();

        double[] infeasibility = Mtmf.withDefaults()
                .fit(background, Scenes.target(15), context)
                .parts(background, context)
                .infeasibility()
                .toArray();

        double meanSquare =
                Arrays.stream(infeasibility).map(v -> v * v).average().orElseThrow();
        // One of 15 dimensions is fitted away, and correlated bands have components of less variance than the noise.
        assertThat(meanSquare).isBetween(0.7, 1.3);
    }

    private static double[] search(Cube background, Cube pixels, Spectrum target) {
        RunContext context = RunContext.sequential();
        return MatchedFilter.withDefaults()
                .fit(background, target, context)
                .score(pixels, context)
                .scores()
                .toArray();
    }

    private static TargetDetector find(String name) {
        return Methods.find(TargetDetector.class, name);
    }

    private static ScoreMap search(Cube cube, Spectrum target, TargetDetector detector) {
        return Detection.of(cube).target(target).with(detector).run().scores();
    }

    private static double[] anomalies(Cube cube) {
        return Detection.of(cube).with(Rx.withDefaults()).run().scores().toArray();
    }

    private static double[] mean(double[][] planes) {
        double[] mean = new double[planes.length];
        for (int b = 0; b < mean.length; b++) {
            for (double v : planes[b]) {
                mean[b] += v / planes[b].length;
            }
        }
        return mean;
    }

    private static double[][] covariance(double[][] planes, double[] mean) {
        int bands = planes.length;
        double[][] c = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < planes[a].length; i++) {
                    c[a][b] += (planes[a][i] - mean[a]) * (planes[b][i] - mean[b]) / (planes[a].length - 1);
                }
            }
        }
        return c;
    }

    private static double[] difference(double[] a, double[] b) {
        double[] d = a.clone();
        for (int i = 0; i < d.length; i++) {
            d[i] -= b[i];
        }
        return d;
    }

    private static double form(double[] a, double[][] matrix, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < b.length; j++) {
                sum += a[i] * matrix[i][j] * b[j];
            }
        }
        return sum;
    }

    /** Gauss and Jordan with pivots. */
    private static double[][] inverse(double[][] matrix) {
        int n = matrix.length;
        double[][] a = new double[n][2 * n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(matrix[i], 0, a[i], 0, n);
            a[i][n + i] = 1;
        }
        for (int c = 0; c < n; c++) {
            int pivot = c;
            for (int r = c + 1; r < n; r++) {
                if (Math.abs(a[r][c]) > Math.abs(a[pivot][c])) {
                    pivot = r;
                }
            }
            double[] swap = a[c];
            a[c] = a[pivot];
            a[pivot] = swap;
            double scale = a[c][c];
            for (int k = 0; k < 2 * n; k++) {
                a[c][k] /= scale;
            }
            for (int r = 0; r < n; r++) {
                double factor = r == c ? 0 : a[r][c];
                for (int k = 0; factor != 0 && k < 2 * n; k++) {
                    a[r][k] -= factor * a[c][k];
                }
            }
        }
        double[][] result = new double[n][n];
        for (int i = 0; i < n; i++) {
            System.arraycopy(a[i], n, result[i], 0, n);
        }
        return result;
    }
}
