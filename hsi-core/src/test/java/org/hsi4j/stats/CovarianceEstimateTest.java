package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Region;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CovarianceEstimateTest {

    private static CovarianceEstimate of(Cube cube, Shrinkage shrinkage) {
        return CovarianceEstimate.of(cube, shrinkage, RunContext.defaults());
    }

    /** The sum of x x' over centred pixels, divided as asked. */
    private static double[][] covariance(double[][] pixels, double divisor) {
        int bands = pixels[0].length;
        double[] mean = mean(pixels);
        double[][] s = new double[bands][bands];
        for (double[] pixel : pixels) {
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    s[a][b] += (pixel[a] - mean[a]) * (pixel[b] - mean[b]) / divisor;
                }
            }
        }
        return s;
    }

    private static double[] mean(double[][] pixels) {
        double[] mean = new double[pixels[0].length];
        for (double[] pixel : pixels) {
            for (int b = 0; b < mean.length; b++) {
                mean[b] += pixel[b] / pixels.length;
            }
        }
        return mean;
    }

    private static double trace(double[][] a) {
        double sum = 0;
        for (int b = 0; b < a.length; b++) {
            sum += a[b][b];
        }
        return sum;
    }

    private static double squaredDistance(double[][] a, double[][] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            for (int j = 0; j < a.length; j++) {
                sum += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
            }
        }
        return sum;
    }

    private static void assertMatrix(double[][] actual, double[][] expected, double share) {
        double size = trace(expected) / expected.length;
        for (int a = 0; a < expected.length; a++) {
            assertThat(actual[a]).containsExactly(expected[a], within(share * size));
        }
    }

    @Property(tries = 40)
    void withoutShrinkageItIsTheSampleCovariance(
            @ForAll @IntRange(min = 1, max = 12) int bands,
            @ForAll @IntRange(min = 1, max = 200) int more,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.dirty(Scenes.gaussian(bands + more, 2, bands, 3, random), 0.02, random);
        double[][] pixels = Scenes.pixels(cube);
        net.jqwik.api.Assume.that(pixels.length > bands);
        CovarianceEstimate c = of(cube, Shrinkage.NONE);

        assertThat(c.count()).isEqualTo(pixels.length);
        assertThat(c.bands()).isEqualTo(bands);
        assertThat(c.alpha()).isZero();
        assertThat(c.loading()).isZero();
        assertThat(c.applied()).isEqualTo(Shrinkage.NONE);
        assertThat(c.mean()).containsExactly(mean(pixels), within(1e-12));
        assertMatrix(c.matrix(), covariance(pixels, pixels.length - 1), 1e-12);
        assertThat(c.diagnostics().notes()).isEmpty();
    }

    /** A scene and its mirror image have the mean zero and twice the pixels, which halves the weight of Ledoit and Wolf. */
    @Test
    void aboutZeroItIsTheEstimateOfTheSceneAndItsOpposite() {
        int n = 60;
        double[][] planes = new double[4][n];
        double[][] mirrored = new double[4][2 * n];
        Random random = new Random(12);
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < n; i++) {
                planes[b][i] = 0.5 * b + random.nextGaussian();
                mirrored[b][i] = planes[b][i];
                mirrored[b][n + i] = -planes[b][i];
            }
        }
        Cube scene = Cube.of(1, n, planes);
        Cube both = Cube.of(2, n, mirrored);
        RunContext context = RunContext.sequential();
        MeanScatter statistics = MeanScatter.of(scene, context);

        CovarianceEstimate plain = CovarianceEstimate.aboutZero(scene, statistics, Shrinkage.AUTO, context);
        CovarianceEstimate shrunk = CovarianceEstimate.aboutZero(scene, statistics, Shrinkage.LEDOIT_WOLF, context);

        assertThat(plain.mean()).containsOnly(0.0);
        assertThat(plain.count()).isEqualTo(n);
        // The sample covariance of 2 n pixels is divided by 2 n - 1.
        double[][] expected = of(both, Shrinkage.NONE).matrix();
        for (double[] row : expected) {
            for (int b = 0; b < row.length; b++) {
                row[b] *= (2 * n - 1.0) / (2 * n);
            }
        }
        assertMatrix(plain.matrix(), expected, 1e-12);
        assertThat(shrunk.alpha())
                .isCloseTo(2 * of(both, Shrinkage.LEDOIT_WOLF).alpha(), within(1e-12))
                .isBetween(0.001, 0.5);
        assertThat(CovarianceEstimate.aboutZero(scene, statistics, Shrinkage.LEAVE_ONE_OUT, context)
                        .alpha())
                .isBetween(1e-10, 0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceEstimate.aboutZero(scene, MeanScatter.empty(3), Shrinkage.AUTO, context))
                .withMessageContaining("3 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceEstimate.aboutZero(scene, MeanScatter.empty(4), Shrinkage.AUTO, context))
                .withMessageContaining("no valid pixel");
    }

    @Test
    void loadingAddsMeanVariances() {
        double[][] planes = {{1, 3, 1, 3}, {2, 2, 6, 6}};
        CovarianceEstimate plain = of(Cube.of(2, 2, planes), Shrinkage.NONE);

        CovarianceEstimate loaded = plain.loaded(0.5);

        // Variances 4/3 and 16/3, whose mean is 10/3.
        assertMatrix(loaded.matrix(), new double[][] {{4.0 / 3 + 5.0 / 3, 0}, {0, 16.0 / 3 + 5.0 / 3}}, 1e-15);
        assertThat(loaded.loading()).isCloseTo(5.0 / 3, within(1e-15));
        assertThat(loaded.condition()).isCloseTo(7.0 / 3, within(1e-14));
        assertThat(loaded.diagnostics().notes()).singleElement().asString().contains("as asked");
        assertThat(plain.loaded(0)).isSameAs(plain);
        assertThatIllegalArgumentException().isThrownBy(() -> plain.loaded(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plain.loaded(Double.MAX_VALUE))
                .withMessageContaining("overflow");
    }

    @RealData
    @Test
    void theOracleSceneNeedsNoShrinkage() {
        Cube scene = Scenes.oracleCube("detection_scene.mat", "cube", 100, 100, 100);
        CovarianceEstimate c = of(scene, Shrinkage.AUTO);

        assertThat(c.applied()).isEqualTo(Shrinkage.NONE);
        assertThat(c.condition()).isBetween(1.0, 1e10);
        // Rounding of 10000 terms in another order.
        assertMatrix(c.matrix(), covariance(Scenes.pixels(scene), 9999), 1e-11);
    }

    /** Ledoit and Wolf, 2004, as written: d^2 = ||S - m I||^2, b^2 = min(d^2, sum of ||x x' - S||^2 / n^2). */
    private static double ledoitWolf(double[][] pixels) {
        int bands = pixels[0].length;
        double n = pixels.length;
        double[] mean = mean(pixels);
        double[][] s = covariance(pixels, n);
        double mu = trace(s) / bands;
        double[][] target = new double[bands][bands];
        for (int b = 0; b < bands; b++) {
            target[b][b] = mu;
        }
        double d2 = squaredDistance(s, target);
        double b2 = 0;
        for (double[] pixel : pixels) {
            double[][] outer = new double[bands][bands];
            for (int i = 0; i < bands; i++) {
                for (int j = 0; j < bands; j++) {
                    outer[i][j] = (pixel[i] - mean[i]) * (pixel[j] - mean[j]);
                }
            }
            b2 += squaredDistance(outer, s) / (n * n);
        }
        return Math.min(b2, d2) / d2;
    }

    @Property(tries = 40)
    void ledoitWolfIsItsDefinition(
            @ForAll @IntRange(min = 2, max = 10) int bands,
            @ForAll @IntRange(min = 3, max = 60) int n,
            @ForAll long seed) {
        Random random = new Random(seed);
        Cube cube = Scenes.gaussian(n, 1, bands, 3, random);
        double[][] pixels = Scenes.pixels(cube);
        CovarianceEstimate c = of(cube, Shrinkage.LEDOIT_WOLF);
        double alpha = ledoitWolf(pixels);

        // The fast formula takes a difference of two sums that agree to at most two or three digits.
        assertThat(c.alpha()).isCloseTo(alpha, within(1e-10));
        assertThat(c.applied()).isEqualTo(Shrinkage.LEDOIT_WOLF);
        double[][] expected = covariance(pixels, n - 1);
        double mu = trace(expected) / bands;
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                expected[a][b] = (1 - alpha) * expected[a][b] + (a == b ? alpha * mu : 0);
            }
        }
        assertMatrix(c.matrix(), expected, 1e-9);
        assertThat(c.diagnostics().notes()).hasSize(1);
        assertThat(c.diagnostics().notes().get(0)).contains("shrunk").contains("LEDOIT_WOLF");
    }

    /** ln det and x' A^-1 x by Gauss-Jordan elimination. */
    private record Inverse(double logDet, double[][] inverse) {
        static Inverse of(double[][] matrix) {
            int n = matrix.length;
            double[][] a = new double[n][2 * n];
            for (int i = 0; i < n; i++) {
                System.arraycopy(matrix[i], 0, a[i], 0, n);
                a[i][n + i] = 1;
            }
            double logDet = 0;
            for (int k = 0; k < n; k++) {
                int pivot = k;
                for (int i = k + 1; i < n; i++) {
                    pivot = Math.abs(a[i][k]) > Math.abs(a[pivot][k]) ? i : pivot;
                }
                double[] swap = a[k];
                a[k] = a[pivot];
                a[pivot] = swap;
                logDet += Math.log(Math.abs(a[k][k]));
                double scale = 1 / a[k][k];
                for (int j = 0; j < 2 * n; j++) {
                    a[k][j] *= scale;
                }
                for (int i = 0; i < n; i++) {
                    if (i != k) {
                        double factor = a[i][k];
                        for (int j = 0; j < 2 * n; j++) {
                            a[i][j] -= factor * a[k][j];
                        }
                    }
                }
            }
            double[][] inverse = new double[n][];
            for (int i = 0; i < n; i++) {
                inverse[i] = Arrays.copyOfRange(a[i], n, 2 * n);
            }
            return new Inverse(logDet, inverse);
        }

        double form(double[] x) {
            double sum = 0;
            for (int i = 0; i < x.length; i++) {
                for (int j = 0; j < x.length; j++) {
                    sum += x[i] * inverse[i][j] * x[j];
                }
            }
            return sum;
        }
    }

    /**
     * Mean over the pixels of -2 log likelihood of each under the shrunk covariance of the others: mean and target are those
     * of all pixels, as Theiler (2012) takes them, or those of the others.
     */
    private static double leaveOneOutLoss(double[][] pixels, double alpha, boolean everything) {
        int n = pixels.length;
        int bands = pixels[0].length;
        double loss = 0;
        double[] allMean = mean(pixels);
        double[][] allTarget = covariance(pixels, n);
        for (int k = 0; k < n; k++) {
            double[][] others = new double[n - 1][];
            for (int i = 0, j = 0; i < n; i++) {
                if (i != k) {
                    others[j++] = pixels[i];
                }
            }
            double[] m = everything ? mean(others) : allMean;
            double[][] s = new double[bands][bands];
            for (double[] x : others) {
                for (int a = 0; a < bands; a++) {
                    for (int b = 0; b < bands; b++) {
                        s[a][b] += (x[a] - m[a]) * (x[b] - m[b]) / (n - 1);
                    }
                }
            }
            double[][] shrunk = new double[bands][bands];
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    double target = a != b ? 0 : everything ? s[a][a] : allTarget[a][a];
                    shrunk[a][b] = (1 - alpha) * s[a][b] + alpha * target;
                }
            }
            Inverse inverse = Inverse.of(shrunk);
            double[] x = new double[bands];
            for (int b = 0; b < bands; b++) {
                x[b] = pixels[k][b] - m[b];
            }
            loss += inverse.logDet() + inverse.form(x);
        }
        return loss / n;
    }

    private static double candidate(int c) {
        return Math.pow(10, -10 + c / 20.0);
    }

    @ParameterizedTest
    @CsvSource({"12, 3, 1", "30, 6, 2", "8, 8, 3", "5, 9, 4", "40, 2, 5", "25, 12, 6"})
    void leaveOneOutIsTheBestOfAllCandidates(int n, int bands, long seed) {
        Cube cube = Scenes.gaussian(n, 1, bands, 3, new Random(seed));
        double[][] pixels = Scenes.pixels(cube);
        CovarianceEstimate c = of(cube, Shrinkage.LEAVE_ONE_OUT);

        double lowest = Double.POSITIVE_INFINITY;
        for (int k = 0; k <= 200; k++) {
            lowest = Math.min(lowest, leaveOneOutLoss(pixels, candidate(k), false));
        }
        // The chosen one reaches the minimum; next to a flat minimum rounding may pick a neighbour of the same value.
        assertThat(leaveOneOutLoss(pixels, c.alpha(), false)).isCloseTo(lowest, within(1e-9 * Math.abs(lowest)));
        assertThat(c.applied()).isEqualTo(Shrinkage.LEAVE_ONE_OUT);
        double[][] expected = covariance(pixels, n - 1);
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                expected[a][b] *= a == b ? 1 : 1 - c.alpha();
            }
        }
        assertMatrix(c.matrix(), expected, 1e-12);
    }

    /** With mean and target left out too, the likelihood is worse everywhere but its valley lies in the same place. */
    @Test
    void leaveOneOutFindsTheValleyOfTheTrueLikelihood() {
        for (long seed = 1; seed <= 5; seed++) {
            Cube cube = Scenes.gaussian(20, 1, 6, 3, new Random(seed));
            double[][] pixels = Scenes.pixels(cube);
            double chosen =
                    leaveOneOutLoss(pixels, of(cube, Shrinkage.LEAVE_ONE_OUT).alpha(), true);
            double lowest = Double.POSITIVE_INFINITY;
            for (int k = 0; k <= 200; k++) {
                lowest = Math.min(lowest, leaveOneOutLoss(pixels, candidate(k), true));
            }
            double unshrunk = leaveOneOutLoss(pixels, candidate(0), true);
            // A tenth of what there is to win; 20 pixels do not tell the valley's floor better.
            assertThat(chosen - lowest).isLessThan(0.1 * (unshrunk - lowest));
        }
    }

    @RealData
    @Test
    void theOracleSceneShrinksAsElsewhere() {
        Cube scene = Scenes.oracleCube("detection_scene.mat", "cube", 100, 100, 100);

        // The README gives two digits; candidates of the leave-one-out weight are 12 % apart.
        assertThat(of(scene, Shrinkage.LEDOIT_WOLF).alpha()).isBetween(1.65e-4, 1.75e-4);
        assertThat(of(scene, Shrinkage.LEAVE_ONE_OUT).alpha()).isBetween(3.5e-5, 4.5e-5);
    }

    /** Other random pixels than those of the README: the mean of a few draws is within a third of its figure. */
    @RealData
    @ParameterizedTest
    @CsvSource({"120, .00141, .0152", "300, .00089, .0062", "1000, .00032, .0017"})
    void fewPixelsOfTheOracleSceneShrinkAsElsewhere(int n, double leaveOneOut, double ledoitWolf) {
        Cube scene = Scenes.oracleCube("detection_scene.mat", "cube", 100, 100, 100);
        Random random = new Random(n);
        int draws = 4;
        double loo = 0;
        double lw = 0;
        for (int k = 0; k < draws; k++) {
            Cube some = Scenes.draw(scene, n, random);
            loo += of(some, Shrinkage.LEAVE_ONE_OUT).alpha() / draws;
            lw += of(some, Shrinkage.LEDOIT_WOLF).alpha() / draws;
        }
        assertThat(loo).isBetween(leaveOneOut / 1.33, leaveOneOut * 1.33);
        assertThat(lw).isBetween(ledoitWolf / 1.33, ledoitWolf * 1.33);
    }

    private static Stream<Cube> singularScenes() {
        Random random = new Random(1);
        Cube few = Scenes.gaussian(1, 5, 8, 3, random);
        Cube good = Scenes.gaussian(10, 10, 3, 3, random);
        double[] constant = new double[100];
        Arrays.fill(constant, 0.1);
        double[] sum = good.plane(0);
        for (int i = 0; i < 100; i++) {
            sum[i] += good.plane(1)[i];
        }
        return Stream.of(
                few,
                Scenes.gaussian(1, 8, 8, 3, random),
                good.selectBands(0, 1, 2, 0),
                Cube.of(10, 10, new double[][] {good.plane(0), constant, good.plane(2)}),
                Cube.of(10, 10, new double[][] {good.plane(0), good.plane(1), sum}),
                Cube.of(10, 10, new double[][] {constant, constant}),
                Cube.of(10, 10, new double[][] {constant}),
                Cube.of(10, 10, new double[3][100]),
                good.masked(Mask.of(10, 10, i -> i == 7)),
                good.masked(Mask.of(10, 10, i -> i == 7 || i == 8)));
    }

    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void singularScenesGiveAPositiveDefiniteMatrixAndSaySo(Shrinkage shrinkage) {
        singularScenes().forEach(cube -> {
            CovarianceEstimate c = of(cube, shrinkage);
            assertThat(c.applied()).isNotEqualTo(Shrinkage.AUTO);
            assertThat(c.alpha()).isBetween(0.0, 1.0);
            assertThat(c.loading()).isNotNegative();
            assertThat(c.alpha() + c.loading()).isPositive();
            assertThat(c.condition()).isBetween(1.0, 1e15);
            assertThat(c.diagnostics().notes()).isNotEmpty();
            assertThat(c.diagnostics().figures())
                    .containsEntry("pixels", (double) c.count())
                    .containsEntry("condition", c.condition())
                    .containsEntry("shrinkage", c.alpha())
                    .containsEntry("loading", c.loading());
            for (double[] row : c.matrix()) {
                assertThat(Arrays.stream(row).allMatch(Double::isFinite)).isTrue();
            }
            double[] white = c.whitening().apply(new double[cube.bands()]);
            assertThat(Arrays.stream(white).allMatch(Double::isFinite)).isTrue();
        });
    }

    @Test
    void autoShrinksOnlyWhenItMust() {
        Random random = new Random(2);
        assertThat(of(Scenes.gaussian(10, 10, 5, 3, random), Shrinkage.AUTO).applied())
                .isEqualTo(Shrinkage.NONE);
        // As many pixels as bands.
        assertThat(of(Scenes.gaussian(1, 5, 5, 3, random), Shrinkage.AUTO).applied())
                .isEqualTo(Shrinkage.LEDOIT_WOLF);
        // Regular, but with a condition number of about 1e12.
        Cube good = Scenes.gaussian(10, 10, 1, 3, random);
        Cube ill = Cube.of(10, 10, new double[][] {
            good.plane(0), Scenes.gaussian(10, 10, 1, 3, random).scaled(1e-6, 0).plane(0)
        });
        assertThat(of(ill, Shrinkage.AUTO).applied()).isEqualTo(Shrinkage.LEDOIT_WOLF);
        assertThat(of(ill, Shrinkage.NONE).applied()).isEqualTo(Shrinkage.NONE);
        assertThat(of(ill, Shrinkage.NONE).condition()).isGreaterThan(1e10);
    }

    /** What is no band at all for the likelihood must not move its minimum. */
    @Test
    void aConstantBandDoesNotChangeTheLeaveOneOutWeight() {
        Cube cube = Scenes.gaussian(30, 1, 6, 3, new Random(4));
        double[][] planes = new double[8][];
        for (int b = 0; b < 6; b++) {
            planes[b] = cube.plane(b);
        }
        planes[6] = new double[30];
        planes[7] = new double[30];
        Arrays.fill(planes[7], 0.1);

        assertThat(of(Cube.of(30, 1, planes), Shrinkage.LEAVE_ONE_OUT).alpha())
                .isEqualTo(of(cube, Shrinkage.LEAVE_ONE_OUT).alpha());
    }

    /** 1e-6, 1e6 and far beyond float32: shrinkage is a ratio, and so is the condition number. */
    @ParameterizedTest
    @EnumSource(Shrinkage.class)
    void theUnitOfTheSamplesDoesNotMatter(Shrinkage shrinkage) {
        Cube cube = Scenes.gaussian(12, 1, 10, 3, new Random(6));
        CovarianceEstimate unit = of(cube, shrinkage);
        for (double scale : new double[] {1e-140, 1e-6, 1e6, 1e140}) {
            CovarianceEstimate scaled = of(cube.scaled(scale, 0), shrinkage);
            assertThat(scaled.alpha()).isCloseTo(unit.alpha(), within(1e-9));
            assertThat(scaled.condition() / unit.condition()).isCloseTo(1, within(1e-6));
            double[][] back = scaled.matrix();
            for (double[] row : back) {
                for (int b = 0; b < row.length; b++) {
                    row[b] = row[b] / scale / scale;
                }
            }
            assertMatrix(back, unit.matrix(), 1e-9);
        }
    }

    @Test
    void refusesWhatHasNoCovariance() {
        Cube cube = Scenes.gaussian(5, 5, 2, 3, new Random(1));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(cube.masked(Mask.of(5, 5, i -> false)), Shrinkage.AUTO))
                .withMessage("the cube has no valid pixel, so it has no covariance");
        assertThatNullPointerException().isThrownBy(() -> of(cube, null));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(cube.scaled(1e200, 0), Shrinkage.NONE))
                .withMessageContaining("so large that their covariance overflows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(cube.scaled(1e-150, 0), Shrinkage.AUTO))
                .withMessageContaining("so small that their covariance underflows");
    }

    @Test
    void threadsDoNotChangeABit() {
        Cube cube = Scenes.gaussian(150, 150, 6, 3, new Random(9));
        for (Shrinkage shrinkage : Shrinkage.values()) {
            CovarianceEstimate one = CovarianceEstimate.of(cube, shrinkage, RunContext.sequential());
            for (int threads : new int[] {2, 7}) {
                CovarianceEstimate many = CovarianceEstimate.of(
                        cube, shrinkage, RunContext.defaults().withParallelism(threads));
                assertThat(many).isEqualTo(one);
                assertThat(many.alpha()).isEqualTo(one.alpha());
            }
        }
    }

    @Test
    void autoUsesAKnownWeightOnlyWhereItMust() {
        double[][] planes = new double[6][40];
        Random random = new Random(2);
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextGaussian());
        }
        MeanScatter enough = MeanScatter.of(Cube.of(8, 5, planes), RunContext.sequential());
        MeanScatter few = MeanScatter.of(Cube.of(8, 5, planes).crop(new Region(0, 0, 1, 4)), RunContext.sequential());

        assertThat(CovarianceEstimate.of(enough, Shrinkage.AUTO, .5).alpha()).isZero();
        assertThat(CovarianceEstimate.of(few, Shrinkage.AUTO, .5))
                .isEqualTo(CovarianceEstimate.of(few, Shrinkage.LEDOIT_WOLF, .5));
    }

    /** The weight that was found, handed in, gives the estimate that was found: bit for bit, as the sums are the same. */
    @Test
    void aKnownWeightGivesTheSameEstimate() {
        double[][] planes = new double[6][40];
        Random random = new Random(2);
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextGaussian());
        }
        Cube cube = Cube.of(8, 5, planes);
        MeanScatter statistics = MeanScatter.of(cube, RunContext.sequential());
        for (Shrinkage law : new Shrinkage[] {Shrinkage.LEDOIT_WOLF, Shrinkage.LEAVE_ONE_OUT, Shrinkage.NONE}) {
            CovarianceEstimate found = of(cube, law);

            assertThat(CovarianceEstimate.of(statistics, law, found.alpha())).isEqualTo(found);
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceEstimate.of(statistics, Shrinkage.LEDOIT_WOLF, 1.5));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CovarianceEstimate.of(MeanScatter.empty(2), Shrinkage.NONE, 0));
    }

    @Test
    void isAValue() {
        Cube cube = Scenes.gaussian(5, 5, 2, 3, new Random(1));
        CovarianceEstimate c = of(cube, Shrinkage.AUTO);
        c.mean()[0] = 99;
        c.matrix()[0][0] = 99;

        assertThat(c).isEqualTo(of(cube, Shrinkage.AUTO)).hasSameHashCodeAs(of(cube, Shrinkage.NONE));
        assertThat(Serial.copy(c)).isEqualTo(c);
        assertThat(Serial.copy(c).whitening().apply(new double[] {1, 2}))
                .containsExactly(c.whitening().apply(new double[] {1, 2}));
        assertThat(c)
                .isNotEqualTo(of(cube, Shrinkage.LEDOIT_WOLF))
                .isNotEqualTo(of(cube.scaled(2, 0), Shrinkage.AUTO))
                .isNotEqualTo(of(cube.masked(Mask.of(5, 5, i -> i > 0)), Shrinkage.AUTO))
                .isNotEqualTo("covariance");
        assertThat(c.toString()).startsWith("covariance of 25 pixels in 2 bands, condition ");
    }
}
