package org.hsi4j.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntrinsicDimensionTest {
    private static final RunContext RUN = RunContext.defaults();

    /** Y = E A + noise, with p spectra that are far from dependent and abundances of the simplex. */
    static Cube mixed(int rows, int columns, int bands, int p, double noise, long seed) {
        Random random = new Random(seed);
        double[][] spectra = new double[p][bands];
        for (double[] spectrum : spectra) {
            for (int b = 0; b < bands; b++) {
                spectrum[b] = random.nextDouble();
            }
        }
        int n = rows * columns;
        double[][] planes = new double[bands][n];
        for (int i = 0; i < n; i++) {
            double[] a = new double[p];
            double sum = 0;
            for (int k = 0; k < p; k++) {
                a[k] = -Math.log(1 - random.nextDouble());
                sum += a[k];
            }
            for (int b = 0; b < bands; b++) {
                for (int k = 0; k < p; k++) {
                    planes[b][i] += a[k] / sum * spectra[k][b];
                }
                planes[b][i] += noise * random.nextGaussian();
            }
        }
        return Cube.of(rows, columns, planes);
    }

    /**
     * HySime and the noise edge find the five endmembers, as the authors' program does. HFC in its correct form finds
     * four: in both scenes the mean has next to no part in one of the five eigenvectors (z is 1.0 and .4 of its
     * deviation), so that no usual false-alarm probability counts it. An independent computation in NumPy gives the
     * same four, and the same z.
     */
    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"unmixing_pure.mat", "unmixing_mixed.mat"})
    void agreesWithTheReference(String name) throws Exception {
        MatFile file = MatFile.open(SharedFiles.oracle(name));
        MeanScatter statistics = MeanScatter.of(Cubes.read(SharedFiles.oracle(name)), RUN);
        double reference = file.vector("reference_noise_rms")[0];

        DimensionEstimate hysime = HySime.withDefaults().estimate(statistics);

        assertThat(hysime.count()).isEqualTo((int) file.vector("reference_hysime_k")[0]);
        // Eigenvalues of a matrix with a condition number of 1e8 leave eight digits.
        assertThat(hysime.diagnostics().figures().get("noise-rms")).isCloseTo(reference, within(1e-8));
        // The uncorrected figure is 3.5 % below the true noise of .015377 and .014366, the corrected one 1.1 % above.
        assertThat(hysime.diagnostics().figures().get("noise-rms-corrected"))
                .isCloseTo(reference * Math.sqrt(2500.0 / 2277.0), within(1e-8));
        assertThat(MarchenkoPastur.withDefaults().estimate(statistics).count()).isEqualTo(5);
        for (Hfc hfc : List.of(Hfc.withDefaults(), Hfc.noiseWhitened())) {
            DimensionEstimate estimate = hfc.estimate(statistics);
            assertThat(estimate.count()).isEqualTo(4);
            assertThat(estimate.diagnostics().figures().get("strongest-rejected"))
                    .isBetween(0.3, 1.1);
            assertThat(estimate.diagnostics().figures().get("weakest-counted")).isGreaterThan(10.0);
        }
    }

    /** What independent correct programs give for Samson; the known wrong ones count 16 to 224. */
    @RealData
    @Test
    void hfcOfARealScene() throws Exception {
        Cube samson = Cubes.read(SharedFiles.data("unmixing/samson/samson_1.mat"));

        assertThat(Hfc.withDefaults().estimate(samson, RUN).count()).isEqualTo(9);
    }

    @RealData
    @Test
    void residualsAreThoseOfTheReference() throws Exception {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_pure.mat"));
        double[] expected = file.vector("reference_Rw_diag");

        double[] residual = RegressionNoise.of(Cubes.read(SharedFiles.oracle("unmixing_pure.mat")), RUN)
                .residual();

        for (int b = 0; b < expected.length; b++) {
            // Relative; see above.
            assertThat(residual[b] * residual[b] / expected[b]).isCloseTo(1, within(1e-5));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 7})
    void findsTheEndmembersOfWellSeparatedScenes(int p) {
        MeanScatter statistics = MeanScatter.of(mixed(60, 50, 40, p, 0.005, 3), RUN);

        assertThat(HySime.withDefaults().estimate(statistics).count()).isEqualTo(p);
        assertThat(MarchenkoPastur.withDefaults().estimate(statistics).count()).isEqualTo(p);
    }

    /** One constant spectrum under white noise: R and K differ in one direction, that of the spectrum. */
    @Test
    void hfcCountsTheMean() {
        Cube cube = mixed(60, 50, 30, 1, 0.02, 8);

        assertThat(Hfc.withDefaults().estimate(cube, RUN).count()).isEqualTo(1);
        assertThat(Hfc.noiseWhitened().estimate(cube, RUN).count()).isEqualTo(1);
    }

    /** z_1 = R - K = mean^2, in one band, in closed form. */
    @Test
    void hfcInOneBand() {
        double[] band = {1, 2, 3, 4};
        double z = 6.25 / Math.sqrt(2 * (7.5 * 7.5 + 1.25 * 1.25) / 4);

        DimensionEstimate estimate =
                Hfc.withDefaults().withFalseAlarm(0.2).estimate(Cube.of(2, 2, new double[][] {band}), RUN);

        assertThat(estimate.count()).isEqualTo(1);
        assertThat(estimate.diagnostics().figures().get("weakest-counted")).isCloseTo(z, within(1e-14));
        assertThat(Hfc.withDefaults()
                        .withFalseAlarm(0.1)
                        .estimate(Cube.of(2, 2, new double[][] {band}), RUN)
                        .count())
                .isZero();
    }

    @Test
    void degenerateScenesAreAnswered() {
        Cube one = Cube.of(1, 1, new double[][] {{1}, {2}});
        Cube zeros = Cube.of(3, 3, new double[2][9]);
        Cube none = zeros.masked(Mask.of(3, 3, i -> false));
        for (DimensionEstimator method : DimensionEstimator.all()) {
            assertThat(method.estimate(none, RUN).count()).as(method.name()).isZero();
            assertThat(method.estimate(none, RUN).diagnostics().notes()).isNotEmpty();
            assertThat(method.estimate(zeros, RUN).count()).as(method.name()).isZero();
            assertThat(method.estimate(one, RUN).count()).as(method.name()).isBetween(0, 2);
            assertThat(method.reference()).isNotEmpty();
        }
    }

    @Test
    void moreBandsThanPixelsAreNoted() {
        Cube wide = mixed(2, 4, 20, 2, 0.01, 1);
        for (DimensionEstimator method :
                List.of(HySime.withDefaults(), Hfc.noiseWhitened(), MarchenkoPastur.withDefaults())) {
            assertThat(method.estimate(wide, RUN).diagnostics().notes())
                    .as(method.name())
                    .hasSize(1);
        }
    }

    @Test
    void threadsAndMaskedPixelsChangeNothing() {
        Cube cube = mixed(80, 70, 12, 3, 0.01, 5);
        Mask upper = Mask.of(80, 70, i -> i < 40 * 70);
        for (DimensionEstimator method : DimensionEstimator.all()) {
            DimensionEstimate half = method.estimate(cube.masked(upper), RunContext.sequential());
            DimensionEstimate threads = method.estimate(cube.masked(upper), RUN.withParallelism(7));
            assertThat(threads.diagnostics().figures())
                    .isEqualTo(half.diagnostics().figures());
            assertThat(threads.count()).isEqualTo(half.count());
        }
        assertThat(TailIndex.of(cube.masked(upper), RUN).alpha())
                .isEqualTo(TailIndex.of(cube.crop(new org.hsi4j.Region(0, 0, 40, 70)), RUN)
                        .alpha());
    }

    /** White noise is at 2.7 whatever the number of pixels; a spread over seeds of .1 was seen. */
    @ParameterizedTest
    @ValueSource(ints = {4, 10, 50, 300})
    void theTailOfWhiteNoiseDoesNotDependOnTheSize(int rows) {
        Random random = new Random(9);
        double[][] planes = new double[100][rows * 100];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextGaussian();
            }
        }

        TailIndex index = TailIndex.of(Cube.of(rows, 100, planes), RUN);

        assertThat(index.alpha()).isBetween(2.4, 3.0);
        assertThat(index.diagnostics().figures()).containsEntry("side", 64.0);
    }

    @RealData
    @Test
    void theTailOfACorrelatedSceneIsHeavier() throws Exception {
        TailIndex index = TailIndex.of(Cubes.read(SharedFiles.oracle("unmixing_pure.mat")), RUN);

        // 64 bands by 128 pixels; NumPy on the same kind of sub-matrices: 1.96.
        assertThat(index.alpha()).isBetween(1.8, 2.1);
    }

    @Test
    void aSceneWithoutVarianceHasNoTail() {
        TailIndex index = TailIndex.of(Cube.of(4, 4, new double[5][16]), RUN);

        assertThat(index.alpha()).isNaN();
        assertThat(index.diagnostics().notes()).hasSize(1);
        assertThat(TailIndex.of(Cube.of(1, 1, new double[][] {{3}}), RUN).alpha())
                .isNaN();
    }

    @Test
    void argumentsAreChecked() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Hfc.withDefaults().withFalseAlarm(0.5))
                .withMessage("false alarm must be above 0 and below 0.5, not 0.5");
        assertThatIllegalArgumentException().isThrownBy(() -> MarchenkoPastur.noiseEdge(0, 3));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new DimensionEstimate("x", -1, org.hsi4j.run.Diagnostics.none()));
        assertThat(Hfc.withDefaults().withFalseAlarm(1e-5).falseAlarm()).isEqualTo(1e-5);
    }
}
