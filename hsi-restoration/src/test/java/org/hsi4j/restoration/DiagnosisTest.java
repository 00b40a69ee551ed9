package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.ComplexNoise;
import org.hsi4j.simulate.DeadLines;
import org.hsi4j.simulate.DeadPixels;
import org.hsi4j.simulate.GaussianBlur;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.ImpulseNoise;
import org.hsi4j.simulate.MissingBands;
import org.hsi4j.simulate.MissingVoxels;
import org.hsi4j.simulate.PoissonNoise;
import org.hsi4j.simulate.Stripes;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found, at which strength; where nothing else is said there is noise of .02 beside what is named, in scenes with a peak of one. */
class DiagnosisTest {
    private static final int BANDS = 60;
    private static final Cube SMOOTH = unit(Cube.of(80, 70, Scenes.image(80, 70, BANDS, 3, 1)));
    private static final Cube NOISY =
            GaussianNoise.withDefaults().withSigma(0.02).apply(SMOOTH).cube();

    private static Diagnosis diagnose(Cube cube) {
        return Diagnosis.of(cube, RunContext.defaults());
    }

    @Test
    void nothingIsWrongWithACleanScene() {
        Diagnosis diagnosis = diagnose(SMOOTH);
        assertThat(diagnosis.faults()).isEmpty();
        assertThat(diagnosis.lines().get(0)).isEqualTo("80 rows, 70 columns, 60 bands: nothing to mend");
    }

    /** Regression on noisy bands leaves a little of their noise: the more, the quieter the band is beside them. */
    @Test
    void noiseIsMeasuredBandByBand() {
        double[] deviation = Scenes.uneven(BANDS);
        Cube cube =
                GaussianNoise.withDefaults().withSigmas(deviation).apply(SMOOTH).cube();
        Diagnosis diagnosis = diagnose(cube);

        assertThat(diagnosis.faults()).containsExactly(Fault.NOISE, Fault.UNEVEN_NOISE);
        for (BandDiagnosis band : diagnosis.bands()) {
            assertThat(band.noise() / deviation[band.band()]).isBetween(0.94, 1.3);
        }
        assertThat(diagnose(NOISY).faults()).containsExactly(Fault.NOISE);
        assertThat(diagnose(NOISY).noise()).isCloseTo(0.02, within(0.001));
    }

    @Test
    void noiseOfPhotonsGrowsWithTheSignal() {
        Diagnosis diagnosis = diagnose(
                PoissonNoise.withDefaults().withPhotons(200).apply(SMOOTH).cube());

        assertThat(diagnosis.has(Fault.SIGNAL_DEPENDENT_NOISE)).isTrue();
        assertThat(1 / diagnosis.gain()).isCloseTo(200, within(40.0));
    }

    /** Shifts of one and a half deviations of the noise on average, in some columns of a third of the bands. */
    @Test
    void stripesDoNotCountAsNoise() {
        Stripes.Result striped = Stripes.withDefaults().withAmplitude(0.06).apply(NOISY);
        Diagnosis diagnosis = diagnose(striped.cube());

        assertThat(diagnosis.has(Fault.STRIPES)).isTrue();
        assertThat(diagnosis.noise()).isCloseTo(0.02, within(0.0025));
        assertThat(diagnosis.lines()).anyMatch(line -> line.startsWith("stripes along the columns of "));
        for (BandDiagnosis band : diagnosis.bands()) {
            if (!striped.bands().contains(band.band())) {
                assertThat(band.stripedColumns() + band.stripedRows()).isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void stripesAlongRowsAreStripesToo() {
        Cube striped = Stripes.withDefaults().withAmplitude(0.06).apply(NOISY).cube();
        Diagnosis diagnosis = diagnose(turned(striped));

        assertThat(diagnosis.has(Fault.STRIPES)).isTrue();
        assertThat(diagnosis.lines()).anyMatch(line -> line.startsWith("stripes along the rows of "));
    }

    @Test
    void stripesOfAllBandsAreSeenWhereTheyAreStrong() {
        Cube striped = Stripes.withDefaults()
                .withAmplitude(0.2)
                .withBandShare(1)
                .withCoherence(true)
                .apply(NOISY)
                .cube();
        assertThat(diagnose(striped).has(Fault.STRIPES)).isTrue();
    }

    @Test
    void deadLinesAreFoundExactly() {
        DeadLines.Result result = DeadLines.withDefaults().apply(NOISY);
        Diagnosis diagnosis = diagnose(result.cube());

        assertThat(diagnosis.faults()).containsExactly(Fault.NOISE, Fault.DEAD_LINES);
        assertThat(diagnosis.lostSamples()).isEqualTo(result.dead());
        assertThat(diagnosis.noise()).isCloseTo(0.02, within(0.001));
    }

    @Test
    void deadPixelsAreFoundExactly() {
        DeadPixels.Result result = DeadPixels.withDefaults().apply(NOISY);
        Diagnosis diagnosis = diagnose(result.cube());

        assertThat(diagnosis.faults()).containsExactly(Fault.NOISE, Fault.DEAD_PIXELS);
        assertThat(diagnosis.deadPixels()).isEqualTo(result.dead());
    }

    /** One sample in a hundred, and half of them. */
    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.5})
    void impulsesAreFoundExactly(double amount) {
        ImpulseNoise.Result result =
                ImpulseNoise.withDefaults().withAmounts(amount).apply(NOISY);
        Diagnosis diagnosis = diagnose(result.cube());

        assertThat(diagnosis.faults()).containsExactly(Fault.NOISE, Fault.IMPULSES);
        for (int b = 0; b < BANDS; b++) {
            assertThat(diagnosis.lostSamples().get(b))
                    .isEqualTo(result.salt().get(b).or(result.pepper().get(b)));
        }
        assertThat(diagnosis.noise()).isCloseTo(0.02, within(0.001));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.02, 0.8, 0.9})
    void lostSamplesAreFoundExactly(double share) {
        MissingVoxels.Result result =
                MissingVoxels.withDefaults().withShare(share).apply(SMOOTH);
        Diagnosis diagnosis = diagnose(result.cube());

        assertThat(diagnosis.has(Fault.LOST_SAMPLES)).isTrue();
        assertThat(diagnosis.lostSamples()).isEqualTo(result.missing());
    }

    /** Some ten values a band, in regions; none of them is zero. */
    private static Cube coarselyCounted() {
        double[][] planes = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            planes[b] = Arrays.stream(SMOOTH.plane(b))
                    .map(v -> 1 + Math.rint(10 * v))
                    .toArray();
        }
        return Cube.of(80, 70, planes);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 0.7, 0.9})
    void lostSamplesOfASceneOfFewValuesAreFoundExactly(double share) {
        MissingVoxels.Result result =
                MissingVoxels.withDefaults().withShare(share).apply(coarselyCounted());

        assertThat(diagnose(result.cube()).lostSamples()).isEqualTo(result.missing());
    }

    /** One pixel in a hundred has a spectrum of its own, or every pixel has any of few values: nothing is lost. */
    @Test
    void scatteredValuesOfASceneOfFewAreNotLost() {
        Random random = new Random(1);
        double[][] rare = new double[BANDS][];
        double[][] any = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            rare[b] = coarselyCounted().plane(b);
            for (int i = 50; i < rare[b].length; i += 100) {
                rare[b][i] = 0;
            }
            any[b] = random.ints(80 * 70, 0, 6).asDoubleStream().toArray();
        }

        assertThat(diagnose(coarselyCounted()).lostShare()).isZero();
        assertThat(diagnose(Cube.of(80, 70, rare)).lostShare()).isZero();
        assertThat(diagnose(Cube.of(80, 70, any)).lostShare()).isZero();
    }

    @Test
    void samplesThatAreNoDataAreLost() {
        MissingVoxels.Result result =
                MissingVoxels.withDefaults().withShare(0.3).apply(SMOOTH);
        Cube marked = SMOOTH.withMissingSamples(result.missing());
        assertThat(diagnose(marked).lostSamples()).isEqualTo(result.missing());
        assertThat(diagnose(marked).faults()).contains(Fault.LOST_SAMPLES);
    }

    @Test
    void missingBandsAreMissingWhetherConstantOrNoData() {
        MissingBands.Result result = MissingBands.withDefaults().apply(NOISY);
        assertThat(diagnose(result.cube()).missingBands()).isEqualTo(result.bands());
        assertThat(diagnose(result.cube()).faults()).containsExactly(Fault.NOISE, Fault.MISSING_BANDS);

        List<Mask> gaps = IntStream.range(0, BANDS)
                .mapToObj(b -> Mask.of(80, 70, i -> result.bands().contains(b)))
                .toList();
        assertThat(diagnose(NOISY.withMissingSamples(gaps)).missingBands()).isEqualTo(result.bands());
    }

    @Test
    void allAtOnce() {
        Diagnosis diagnosis = diagnose(ComplexNoise.withDefaults().apply(SMOOTH).cube());
        assertThat(diagnosis.faults())
                .contains(Fault.NOISE, Fault.UNEVEN_NOISE, Fault.DEAD_LINES, Fault.IMPULSES)
                .doesNotContain(Fault.SIGNAL_DEPENDENT_NOISE, Fault.BLUR, Fault.MOTION_BLUR);
        assertThat(diagnosis.toString()).contains("dead columns", "impulses in 20 bands");
    }

    /** What ends the range in a region is the scene; it is no lost sample. */
    @Test
    void clippedSamplesAreNotLost() {
        double[][] planes = new double[BANDS][];
        for (int b = 0; b < BANDS; b++) {
            double[] plane = NOISY.plane(b);
            double[] sorted = plane.clone();
            Arrays.sort(sorted);
            double least = sorted[sorted.length / 5];
            planes[b] = Arrays.stream(plane).map(v -> Math.max(v, least)).toArray();
        }
        assertThat(diagnose(Cube.of(80, 70, planes)).lostShare()).isZero();
    }

    @Test
    void theUnitDoesNotMatterAndPixelsOutsideTheSceneDoNot() {
        Cube cube = ComplexNoise.withDefaults().apply(SMOOTH).cube();
        Cube other = cube.scaled(1024, 0).masked(Mask.of(80, 70, i -> i % 70 > 10));
        Diagnosis diagnosis = diagnose(cube.masked(Mask.of(80, 70, i -> i % 70 > 10)));

        assertThat(diagnose(other).faults()).isEqualTo(diagnosis.faults());
        assertThat(diagnose(other).noise()).isCloseTo(1024 * diagnosis.noise(), within(1e-6));
        assertThat(diagnose(other).lostSamples()).isEqualTo(diagnosis.lostSamples());
    }

    /** Within a tenth of 1.95, what a kernel of 11 pixels has, and no more than sharp scenes have of their own without a blur. */
    @ParameterizedTest
    @ValueSource(doubles = {0.0003, 0.003, 0.01})
    void theWidthOfABlurIsFound(double noise) {
        Cube sharp = unit(Cube.of(90, 75, edges(90, 75)));
        Cube blurred = GaussianBlur.withDefaults().apply(sharp).cube();

        GaussianNoise camera = GaussianNoise.withDefaults().withSigma(noise);
        assertThat(diagnose(camera.apply(sharp).cube()).blur()).isLessThan(0.4);
        Diagnosis diagnosis = diagnose(camera.apply(blurred).cube());
        assertThat(diagnosis.has(Fault.BLUR)).isTrue();
        assertThat(diagnosis.blur()).isCloseTo(1.95, within(0.195));
        assertThat(diagnosis.lines()).anyMatch(line -> line.startsWith("as smooth as after a Gaussian"));
        assertThat(diagnosis.pointSpread()).contains(new PointSpread.Gaussian(diagnosis.blur()));
    }

    /** Rectangles of three materials on top of each other. */
    private static double[][] edges(int rows, int columns) {
        Random random = new Random(5);
        double[][] planes = new double[BANDS][rows * columns];
        for (int n = 0; n < 150; n++) {
            int top = random.nextInt(rows);
            int left = random.nextInt(columns);
            int bottom = Math.min(rows, top + 2 + random.nextInt(25));
            int right = Math.min(columns, left + 2 + random.nextInt(25));
            double material = 1 + n % 3;
            double brightness = 0.2 + random.nextDouble();
            for (int b = 0; b < BANDS; b++) {
                double value = brightness * (1.2 + Math.sin(material * b * 3 / BANDS));
                for (int r = top; r < bottom; r++) {
                    Arrays.fill(planes[b], r * columns + left, r * columns + right, value);
                }
            }
        }
        return planes;
    }

    /** The noise hides that its spectrum goes on. */
    @RealData
    @ParameterizedTest
    @ValueSource(doubles = {0.035, 0.06, 0.1})
    void aSmoothSceneInNoiseIsNotBlurred(double noise) throws IOException {
        Cube smooth = unit(Cubes.read(
                SharedFiles.oracle("detection_scene.mat"),
                ReadOptions.defaults().withVariable("cube")));
        assertThat(diagnose(GaussianNoise.withDefaults()
                                .withSigma(noise)
                                .apply(smooth)
                                .cube())
                        .has(Fault.BLUR))
                .isFalse();
    }

    /** They are what they are: nothing tells them from white noise that was blurred, but sharp scenes are not white. */
    @Test
    void smoothRandomFieldsAreNotBlurred() {
        Random random = new Random(2);
        double[][] planes = new double[BANDS][80 * 70];
        for (int k = 0; k < 4; k++) {
            double[] field =
                    random.doubles(80 * 70).map(v -> random.nextGaussian()).toArray();
            double[] smooth = GaussianBlur.withDefaults()
                    .withSize(21)
                    .withSigma(2)
                    .apply(Cube.of(80, 70, new double[][] {field}))
                    .cube()
                    .plane(0);
            for (int b = 0; b < BANDS; b++) {
                for (int i = 0; i < field.length; i++) {
                    planes[b][i] += (1 + Math.cos(k * b * 0.1)) * (3 + smooth[i]);
                }
            }
        }
        Diagnosis diagnosis = diagnose(Cube.of(80, 70, planes));
        assertThat(diagnosis.blur()).isGreaterThan(1.5);
        assertThat(diagnosis.has(Fault.BLUR)).isFalse();
    }

    @Test
    void smallScenes() {
        assertThat(diagnose(Cube.of(1, 1, new double[][] {{3}})).missingBands()).containsExactly(0);
        assertThat(diagnose(Scenes.noisy(2, 3, 4, 1)).reliable()).isFalse();
        assertThat(diagnose(Scenes.noisy(30, 30, 1, 1)).reliable()).isFalse();
        assertThat(diagnose(Scenes.noisy(3, 5, 4, 1).masked(Mask.of(3, 5, i -> false)))
                        .missingBands())
                .hasSize(4);
    }

    /** Rows as columns. */
    static Cube turned(Cube cube) {
        double[][] planes = new double[cube.bands()][cube.pixels()];
        for (int b = 0; b < planes.length; b++) {
            double[] plane = cube.plane(b);
            for (int i = 0; i < plane.length; i++) {
                planes[b][i % cube.columns() * cube.rows() + i / cube.columns()] = plane[i];
            }
        }
        return Cube.of(cube.columns(), cube.rows(), planes);
    }

    /** Scenes as they were measured, in units of their peak. */
    @RealData
    @ParameterizedTest
    @ValueSource(
            strings = {
                "restoration/reno/Reno150-150-100.mat",
                "restoration/paviau_crop/paviaU_subimg.mat",
                "envi/samson/samson_1.img.hdr"
            })
    void realScenes(String file) throws IOException {
        Cube scene = unit(Cubes.read(SharedFiles.data(file)));
        Diagnosis asItIs = diagnose(scene);
        assertThat(asItIs.faults())
                .contains(Fault.NOISE)
                .doesNotContain(
                        Fault.IMPULSES,
                        Fault.DEAD_LINES,
                        Fault.DEAD_PIXELS,
                        Fault.LOST_SAMPLES,
                        Fault.MISSING_BANDS,
                        Fault.BLUR,
                        Fault.MOTION_BLUR);
        assertThat(asItIs.decibels()).isBetween(45.0, 53.0);
        assertThat(asItIs.blur()).isLessThan(0.5);

        Cube noisy = GaussianNoise.withDefaults().withSigma(0.05).apply(scene).cube();
        assertThat(diagnose(noisy).faults()).containsExactly(Fault.NOISE);
        Cube photons = PoissonNoise.withDefaults().apply(scene).cube();
        assertThat(diagnose(photons).faults())
                .contains(Fault.SIGNAL_DEPENDENT_NOISE)
                .doesNotContain(Fault.STRIPES, Fault.IMPULSES, Fault.LOST_SAMPLES);
        assertThat(1 / diagnose(photons).gain()).isCloseTo(10, within(1.0));
        Cube mixture = ComplexNoise.withDefaults().apply(scene).cube();
        assertThat(diagnose(mixture).faults())
                .containsExactly(Fault.NOISE, Fault.UNEVEN_NOISE, Fault.STRIPES, Fault.DEAD_LINES, Fault.IMPULSES);
        // The kernel has 1.34 pixels; samson, whose spectrum is the steepest, is taken for the smoothest.
        Cube blurred = GaussianBlur.withDefaults().withSize(7).apply(scene).cube();
        assertThat(diagnose(blurred).blur()).isBetween(1.3, 1.8);
        assertThat(diagnose(blurred).has(Fault.BLUR)).isTrue();
        // Noise that leaves little of the spectrum to be seen makes no blur of it.
        Cube dark = GaussianNoise.withDefaults().withSigma(0.2).apply(scene).cube();
        assertThat(diagnose(dark).has(Fault.BLUR)).isFalse();
    }

    @RealData
    @Test
    void theScenesOfTheOracle() throws IOException {
        assertThat(oracle("clean").faults()).isEmpty();
        assertThat(oracle("gaussian_0_1").faults()).containsExactly(Fault.NOISE);
        // Two per cent more than the truth, as the regressors are noisy too.
        assertThat(oracle("gaussian_0_1").noise()).isCloseTo(0.1, within(0.004));
        assertThat(oracle("noniid").faults()).containsExactly(Fault.NOISE, Fault.UNEVEN_NOISE);
        assertThat(oracle("mixture").faults())
                .containsExactly(Fault.NOISE, Fault.UNEVEN_NOISE, Fault.STRIPES, Fault.DEAD_LINES, Fault.IMPULSES);
        Cube indian = Cubes.read(SharedFiles.data("restoration/simu_indian/simu_indian.mat"));
        assertThat(diagnose(indian).faults()).isEmpty();
    }

    private static Diagnosis oracle(String variable) throws IOException {
        return diagnose(Cubes.read(
                SharedFiles.oracle("restoration_synthetic.mat"),
                ReadOptions.defaults().withVariable(variable)));
    }

    private static Cube unit(Cube cube) {
        double peak = 0;
        for (int b = 0; b < cube.bands(); b++) {
            peak = Math.max(peak, Arrays.stream(cube.plane(b)).max().orElse(0));
        }
        return cube.scaled(1 / peak, 0).toHeap(Precision.DOUBLE);
    }
}
