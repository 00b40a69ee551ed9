package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Methods;
import org.hsi4j.method.Options;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class Mag1cTest {

    private static GasResult measure(Cube cube, Mag1c method) {
        return Detection.of(cube).gas(absorption(cube)).with(method).run(RunContext.sequential());
    }

    private static Spectrum absorption(Cube cube) {
        double[] k = new double[cube.bands()];
        for (int b = 0; b < k.length; b++) {
            k[b] = -1e-5 * (1 + Math.sin(0.9 * b));
        }
        return cube.bands() == GasScenes.BANDS ? GasScenes.absorption() : Spectrum.of(k);
    }

    @Test
    void aPlumeIsMeasuredWithinAHundredPpmMetres() {
        GasScenes.Plume scene = GasScenes.plume(1242, 8, 1);
        Mag1c method = Mag1c.withDefaults();
        double plain = GasScenes.rmse(
                measure(scene.radiance(), method.withIterations(0).withAlbedoCorrection(false)), scene);
        double albedo = GasScenes.rmse(measure(scene.radiance(), method.withIterations(0)), scene);
        double five = GasScenes.rmse(measure(scene.radiance(), method), scene);
        double thirty = GasScenes.rmse(measure(scene.radiance(), method.withIterations(30)), scene);

        // The field notes have 518, 207, 97 and 95 on columns of their own.
        assertThat(plain).isBetween(450.0, 550.0);
        assertThat(albedo).isBetween(180.0, 220.0);
        assertThat(five).isLessThan(100);
        assertThat(thirty).isCloseTo(five, within(2.0));
    }

    /** The definition, pixel by pixel: the gas is taken out of copies of the pixels and their covariance is summed anew. */
    @Test
    void theRankTwoUpdateIsTheDefinition() {
        GasScenes.Plume scene = GasScenes.plume(120, 1, 3);
        double[] k = scene.absorption().toArray();
        double[] expected = byDefinition(scene.radiance(), k, 3);

        double[] found = measure(scene.radiance(), Mag1c.withDefaults().withIterations(3))
                .enhancement()
                .toArray();

        // Thousands of ppm m; the condition number of the covariance, 1e4 or so, times rounding.
        assertThat(found).containsExactly(expected, within(1e-5));
    }

    private static double[] byDefinition(Cube cube, double[] k, int iterations) {
        int n = cube.pixels();
        int bands = k.length;
        double[][] x = new double[n][];
        for (int i = 0; i < n; i++) {
            x[i] = cube.spectrum(i, 0).toArray();
        }
        double[] m = mean(x);
        double[] c = new double[n];
        double[] tau = new double[bands];
        for (int iteration = 0; iteration <= iterations; iteration++) {
            double[][] y = new double[n][bands];
            for (int i = 0; i < n; i++) {
                for (int b = 0; b < bands; b++) {
                    y[i][b] = x[i][b] - albedo(x[i], m) * c[i] * tau[b];
                }
            }
            double[] mu = mean(y);
            double[][] covariance = new double[bands][bands];
            for (double[] pixel : y) {
                for (int a = 0; a < bands; a++) {
                    for (int b = 0; b < bands; b++) {
                        covariance[a][b] += (pixel[a] - mu[a]) * (pixel[b] - mu[b]) / (n - 1);
                    }
                }
            }
            for (int b = 0; b < bands; b++) {
                tau[b] = 1e5 * k[b] * mu[b];
            }
            double[] v = tau.clone();
            Dense.solve(Dense.cholesky(covariance).orElseThrow(), v);
            double energy = dot(v, tau);
            for (int i = 0; i < n; i++) {
                double r = albedo(x[i], m);
                double f = dot(v, x[i]) - dot(v, mu);
                double penalty = iteration == 0 ? 0 : 1 / (r * (c[i] + 1e-9));
                c[i] = Math.max(0, (f - penalty) / (r * Math.max(1, energy)));
            }
        }
        return Arrays.stream(c).map(value -> value * 1e5).toArray();
    }

    private static double albedo(double[] x, double[] m) {
        return dot(x, m) / dot(m, m);
    }

    private static double[] mean(double[][] x) {
        double[] m = new double[x[0].length];
        for (double[] pixel : x) {
            for (int b = 0; b < m.length; b++) {
                m[b] += pixel[b] / x.length;
            }
        }
        return m;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @Test
    void threadsDoNotChangeABit() {
        Cube cube = Scenes.spoilt(61, 23, 12, 11, 1e6);
        for (int group : new int[] {1, 4}) {
            Mag1c method = Mag1c.withDefaults().withGroupedColumns(group);
            GasSearch search =
                    Detection.of(cube).gas(absorption(cube)).with(method).background(Mask.of(61, 23, i -> i % 5 != 0));
            GasResult one = search.run(RunContext.sequential());
            ForkJoinPool pool = new ForkJoinPool(7);
            try {
                for (int threads : new int[] {2, 7}) {
                    GasResult many =
                            search.run(RunContext.defaults().withExecutor(pool).withParallelism(threads));
                    assertThat(many.enhancement()).isEqualTo(one.enhancement());
                    assertThat(many.uncertainty()).isEqualTo(one.uncertainty());
                    assertThat(many.sensitivity()).isEqualTo(one.sensitivity());
                    assertThat(many.diagnostics().figures())
                            .isEqualTo(one.diagnostics().figures());
                }
            } finally {
                pool.shutdown();
            }
        }
    }

    @Test
    void invalidPixelsChangeNothingElse() {
        GasResult some = measure(Scenes.spoilt(61, 7, 12, 4, 1e6), Mag1c.withDefaults());
        GasResult other = measure(Scenes.spoilt(61, 7, 12, 4, -3.5), Mag1c.withDefaults());

        assertThat(some.enhancement()).isEqualTo(other.enhancement());
        assertThat(some.enhancement().valid()).isEqualTo(Mask.of(61, 7, i -> !Scenes.isSpoilt(i)));
        assertThat(some.uncertainty().valid()).isEqualTo(some.enhancement().valid());
    }

    @Test
    void pixelsOutsideTheBackgroundAreMeasuredButNotLearntFrom() {
        GasScenes.Plume scene = GasScenes.plume(200, 2, 5);
        Cube cube = scene.radiance();
        Mask clear = Mask.of(200, 2, i -> i >= 40);
        GasSearch search = Detection.of(cube).gas(scene.absorption()).background(clear);

        double[] all = search.run().enhancement().toArray();
        double[] without = Detection.of(cube.masked(clear))
                .gas(scene.absorption())
                .run()
                .enhancement()
                .toArray();

        assertThat(Arrays.copyOf(all, 40)).doesNotContain(Double.NaN);
        assertThat(Arrays.copyOf(without, 40)).containsOnly(Double.NaN);
        // The same statistics; only the sums for the filter may run in another order.
        assertThat(Arrays.copyOfRange(all, 40, 400))
                .containsExactly(Arrays.copyOfRange(without, 40, 400), within(1e-6));
    }

    @Test
    void columnsAreMeasuredByThemselves() {
        GasScenes.Plume scene = GasScenes.plume(150, 3, 6);
        ScoreMap all = measure(scene.radiance(), Mag1c.withDefaults()).enhancement();
        Cube second = scene.radiance().crop(new org.hsi4j.Region(0, 1, 150, 1));
        ScoreMap alone = measure(second, Mag1c.withDefaults()).enhancement();

        for (int row = 0; row < 150; row++) {
            assertThat(alone.value(row, 0)).isEqualTo(all.value(row, 1));
        }
    }

    @Test
    void columnsWithTooFewPixelsAreSkippedAndTold() {
        GasScenes.Plume scene = GasScenes.plume(150, 4, 6);
        Mask keep = Mask.of(150, 4, i -> i % 4 == 1 ? i / 4 < 9 : i % 4 != 2);
        GasResult result = Detection.of(scene.radiance())
                .gas(scene.absorption())
                .background(keep)
                .run();

        assertThat(result.enhancement().value(3, 0)).isNotNaN();
        assertThat(result.enhancement().value(3, 1)).isNaN();
        assertThat(result.enhancement().value(3, 2)).isNaN();
        assertThat(result.enhancement().valid().count()).isEqualTo(300);
        assertThat(result.diagnostics().figures()).containsEntry("columns-skipped", 2.0);
        assertThat(result.diagnostics().notes().toString()).contains("2 of 4 columns");
    }

    @Test
    void noMorePixelsThanBandsIsShrunkAndTold() {
        GasScenes.Plume scene = GasScenes.plume(30, 2, 7);
        Diagnostics diagnostics = finite(scene.radiance());

        assertThat(diagnostics.figures())
                .containsEntry("groups-shrunk", 2.0)
                .containsEntry("largest-shrinkage", 50.0 / 80);
        assertThat(diagnostics.notes().toString()).contains("shrunk");
    }

    @Test
    void equalAndConstantBandsGiveFiniteColumns() {
        double[][] planes = Scenes.gaussianPlanes(300, 6, 2);
        planes[3] = planes[1].clone();
        Arrays.fill(planes[5], 7.5);
        Arrays.fill(planes[0], 0);

        assertThat(finite(Cube.of(100, 3, planes)).notes().toString()).contains("shrunk");
    }

    @Test
    void aSceneOfOneColourHasNoGas() {
        double[][] planes = new double[4][35];
        for (int b = 0; b < 4; b++) {
            Arrays.fill(planes[b], 0.5 * (b + 1));
        }
        Cube cube = Cube.of(35, 1, planes);
        finite(cube);

        // c is some 1e-16 of what would be the whole light.
        assertThat(measure(cube, Mag1c.withDefaults().withIterations(0))
                        .enhancement()
                        .max())
                .isCloseTo(0, within(1e-6));
    }

    @Test
    void oneBandAndOnePixel() {
        finite(Scenes.gaussian(40, 2, 1, 3));
        GasResult one = measure(Scenes.gaussian(1, 1, 3, 3), Mag1c.withDefaults());

        assertThat(one.enhancement().valid().count()).isZero();
        assertThat(one.diagnostics().figures()).containsEntry("columns-skipped", 1.0);
    }

    private static Diagnostics finite(Cube cube) {
        GasResult result = measure(cube, Mag1c.withDefaults());
        for (ScoreMap map : new ScoreMap[] {result.enhancement(), result.uncertainty(), result.sensitivity()}) {
            assertThat(Arrays.stream(map.toArray())).allMatch(Double::isFinite);
        }
        return result.diagnostics();
    }

    @Test
    void darkPixelsWithoutLightAreNotMeasured() {
        double[][] planes = Scenes.gaussianPlanes(60, 4, 2);
        for (double[] plane : planes) {
            plane[17] = 0;
        }
        ScoreMap map = measure(Cube.of(60, 1, planes), Mag1c.withDefaults()).enhancement();

        assertThat(map.value(17, 0)).isNaN();
        assertThat(map.valid().count()).isEqualTo(59);
    }

    @Test
    void sensitivityIsBrightnessOnOneMaterial() {
        GasScenes.Plume scene = GasScenes.plume(400, 1, 8);
        GasResult result = measure(scene.radiance(), Mag1c.withDefaults().withIterations(0));
        double sum = 0;
        for (double value : result.sensitivity().toArray()) {
            sum += value;
        }

        assertThat(sum / 400).isCloseTo(1, within(1e-9)); // linear in the pixel, one for the mean
        assertThat(result.sensitivity().min()).isLessThan(0.5);
    }

    @Test
    void theUncertaintyIsTheSpreadWhereThereIsNoGas() {
        Cube cube = Scenes.gaussian(4000, 1, 6, 9);
        GasResult result = measure(cube, Mag1c.withDefaults().withIterations(0).withAlbedoCorrection(false));
        double squares = 0;
        for (double value : result.enhancement().toArray()) {
            squares += value * value / 4000;
        }

        // g varies by some per cent between the pixels; the spread itself is that of the very covariance used.
        double expected =
                result.uncertainty().value(0, 0) * result.sensitivity().value(0, 0);
        assertThat(Math.sqrt(squares)).isCloseTo(expected, within(1e-3 * expected));
    }

    @Test
    void theNoiseOfTheSensorMakesTheUncertainty() {
        Cube cube = Scenes.gaussian(100, 2, 6, 9);
        Spectrum zero = Spectrum.of(new double[6]);
        Spectrum one = Spectrum.of(1, 1, 1, 1, 1, 1);
        Spectrum square = Spectrum.of(2, 2, 2, 2, 2, 2);
        Mag1c constant = Mag1c.withDefaults().withNoise(new SensorNoise(zero, zero, one));
        Mag1c twice = Mag1c.withDefaults().withNoise(new SensorNoise(zero, zero, square));
        Mag1c shot = Mag1c.withDefaults().withNoise(new SensorNoise(one, square, zero));
        double[] once = measure(cube, constant).uncertainty().toArray();

        assertThat(measure(cube, twice).uncertainty().toArray())
                .containsExactly(Arrays.stream(once).map(u -> 2 * u).toArray(), within(1e-6));
        // Radiances of 40 to 60 make the shot noise 6.5 to 7.9; single samples stray further.
        double ratio = measure(cube, shot).uncertainty().mean()
                / measure(cube, constant).uncertainty().mean();
        assertThat(ratio).isBetween(6.0, 8.5);
    }

    @Test
    void onlyGoodBandsOfTheWindowCount() {
        GasScenes.Plume scene = GasScenes.plume(200, 1, 5);
        Mag1c method = Mag1c.withDefaults().withLowestWavelength(2200).withHighestWavelength(2400);

        assertThat(measure(scene.radiance(), method).diagnostics().figures()).containsEntry("bands", 27.0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> measure(scene.radiance(), method.withLowestWavelength(2500)))
                .withMessageContaining("no good band from 2500.0 to 2400.0 nm");
    }

    @Test
    void plumesHaveALeastSize() {
        double[] values = {600, 0, 0, 700, 0, 800, Double.NaN, 0, 0, 600, 0, 0};
        ScoreMap map = ScoreMap.of("gas", 3, 4, values);
        GasResult result = new GasResult(map, map, map, Diagnostics.none());

        // Pixels 0, 5 and 9 hang together by corners and sides; 3 is alone.
        assertThat(result.plumes(500, 1).count()).isEqualTo(4);
        assertThat(result.plumes(500, 3)).isEqualTo(Mask.of(3, 4, i -> i == 0 || i == 5 || i == 9));
        assertThat(result.plumes(500, 4).count()).isZero();
        assertThat(result.figures()).hasSize(3);
        assertThatIllegalArgumentException().isThrownBy(() -> result.plumes(Double.NaN, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> result.plumes(500, 0));
    }

    @Test
    void unitAbsorptionIsTheLogarithmByTheColumn() {
        Spectrum unit = GasDetector.unitAbsorption(Spectrum.of(1, Math.exp(-0.1)), 1000);

        assertThat(unit.toArray()).containsExactly(new double[] {0, -1e-4}, within(1e-18));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GasDetector.unitAbsorption(Spectrum.of(1, 0), 1000))
                .withMessageContaining("in band 1 it is 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> GasDetector.unitAbsorption(Spectrum.of(1, 1), 0));
    }

    @Test
    void wrongArgumentsAreRefused() {
        Cube cube = Scenes.gaussian(20, 2, 3, 1);
        GasSearch search = Detection.of(cube).gas(Spectrum.of(-1, -1, -1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.background(Mask.all(2, 20)))
                .withMessageContaining("the mask has 2x20 pixels but the cube has 20x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(cube).gas(Spectrum.of(1, 1, 1)).run())
                .withMessageContaining("negative where the gas absorbs");
        assertThatIllegalArgumentException().isThrownBy(() -> Detection.of(cube).gas(Spectrum.of(-1, -1)));
        Spectrum two = Spectrum.of(1, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.with(Mag1c.withDefaults().withNoise(new SensorNoise(two, two, two)))
                        .run())
                .withMessageContaining("the noise has 2 bands but the cube has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SensorNoise(two, two, Spectrum.of(1)))
                .withMessageContaining("2, 2 and 1 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> new SensorNoise(two, two, Spectrum.of(1, Double.NaN)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(cube.scaled(1e200, 0))
                        .gas(Spectrum.of(-1, -1, -1))
                        .run())
                .withMessageContaining("scale the cube");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mag1c.withDefaults().withIterations(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mag1c.withDefaults().withGroupedColumns(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mag1c.withDefaults().withLowestWavelength(Double.NaN));
        assertThatThrownBy(() -> search.run(RunContext.sequential().withCancellation(() -> true)))
                .isInstanceOf(CancellationException.class);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> search.run(RunContext.sequential().withMemoryLimit(100)))
                .withMessageContaining("memory limit");
    }

    @Test
    void theTableHasIt() {
        assertThat(Methods.find(GasDetector.class, "mag1c").family()).isEqualTo("detection");
        assertThat(Options.of(Mag1c.withDefaults()))
                .extracting(Options.Option::name)
                .containsExactly(
                        "albedo-correction",
                        "grouped-columns",
                        "highest-wavelength",
                        "iterations",
                        "lowest-wavelength");
        assertThat(Mag1c.withDefaults().noise()).isEmpty();
    }
}
