package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DegradationTest {
    private static final RunContext RUN = RunContext.sequential();

    static Stream<Degradation<?>> all() {
        return Stream.of(
                GaussianBlur.withDefaults(),
                MotionBlur.withDefaults(),
                DownSampling.withDefaults(),
                DownSampling.withDefaults().withAntiAliasing(false),
                MissingVoxels.withDefaults(),
                MissingBands.withDefaults(),
                Haze.withDefaults());
    }

    private static Cube random(int rows, int columns, int bands) {
        Random random = new Random(rows * 31L + columns);
        double[][] planes = new double[bands][rows * columns];
        for (double[] plane : planes) {
            Arrays.setAll(plane, i -> random.nextDouble());
        }
        return Cube.of(rows, columns, planes);
    }

    @ParameterizedTest
    @MethodSource("all")
    void threadsDoNotMatter(Degradation<?> degradation) {
        Cube scene = LinearMixingScene.withDefaults()
                .withShape(21, 30)
                .withBands(13)
                .withMissingCorner(5)
                .generate(RUN)
                .cube();
        Cube once = degradation.apply(scene, RUN).cube();

        assertThat(degradation
                        .apply(scene, RunContext.defaults().withParallelism(2))
                        .cube())
                .isEqualTo(once);
        assertThat(degradation
                        .apply(scene, RunContext.defaults().withParallelism(7))
                        .cube())
                .isEqualTo(once);
        assertThat(degradation.apply(scene).cube()).isEqualTo(once).isNotEqualTo(scene);
        assertThat(once.wavelengths()).isEqualTo(scene.wavelengths());
        assertThat(once.provenance().size()).isGreaterThan(scene.provenance().size());
        if (once.pixels() == scene.pixels()) {
            assertThat(once.validMask()).isEqualTo(scene.validMask());
        }
        assertThatIllegalArgumentException().isThrownBy(() -> degradation.apply(scene, RUN.withMemoryLimit(1)));
    }

    @Test
    void aBlurIsAConvolutionWithTheKernel() {
        double[] point = new double[31 * 41];
        point[15 * 41 + 20] = 1;
        Cube cube = Cube.of(31, 41, new double[][] {point});
        for (Degraded blurred : new Degraded[] {
            GaussianBlur.withDefaults().withSize(9).withSigma(1.3).apply(cube, RUN),
            MotionBlur.withDefaults().withLength(8.5).withAngle(20).apply(cube, RUN)
        }) {
            ScoreMap kernel =
                    blurred instanceof GaussianBlur.Result g ? g.kernel() : ((MotionBlur.Result) blurred).kernel();
            int reach = kernel.rows() / 2;
            assertThat(reach).isEqualTo(4);
            assertThat(Arrays.stream(kernel.toArray()).sum()).isCloseTo(1, within(1e-14)); // roundings of 81 weights
            for (int r = 0; r < 31; r++) {
                for (int c = 0; c < 41; c++) {
                    int i = r - 15 + reach;
                    int j = c - 20 + reach;
                    boolean inside = i >= 0 && j >= 0 && i < 9 && j < 9;
                    assertThat(blurred.cube().value(r, c, 0)).isEqualTo(inside ? kernel.value(i, j) : 0);
                }
            }
        }
    }

    @Test
    void kernelsHaveTheirClosedForm() {
        ScoreMap gaussian =
                GaussianBlur.withDefaults().apply(random(2, 3, 1), RUN).kernel();
        assertThat(gaussian.rows()).isEqualTo(11);
        assertThat(GaussianBlur.withDefaults().sigma()).isCloseTo(2, within(1e-15));
        assertThat(GaussianBlur.withDefaults().withSize(7).size()).isEqualTo(7);
        assertThat(gaussian.value(5, 8) / gaussian.value(5, 5)).isCloseTo(Math.exp(-9 / 8.0), within(1e-14));
        assertThat(gaussian.value(2, 4) / gaussian.value(5, 5)).isCloseTo(Math.exp(-10 / 8.0), within(1e-14));

        ScoreMap across = motion(4, 0);
        assertThat(Arrays.copyOfRange(across.toArray(), 10, 15))
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(0.125, 0.25, 0.25, 0.25, 0.125);
        ScoreMap back = motion(4, 180);
        assertThat(back.toArray()).usingComparatorWithPrecision(1e-15).containsExactly(across.toArray());
        ScoreMap up = motion(3, 90);
        for (int i = 0; i < 3; i++) {
            assertThat(up.value(i, 1)).isCloseTo(1 / 3.0, within(1e-15));
        }
        double diagonal = Math.sqrt(2);
        ScoreMap slanted = motion(3 * diagonal, 45); // covers three pixels from corner to corner
        int middle = slanted.rows() / 2;
        for (int i = -1; i <= 1; i++) { // rising: rows fall while columns grow
            assertThat(slanted.value(middle - i, middle + i)).isCloseTo(1 / 3.0, within(1e-14));
        }
        assertThat(MotionBlur.withDefaults().length()).isEqualTo(15);
        assertThat(MotionBlur.withDefaults().angle()).isEqualTo(45);
    }

    private static ScoreMap motion(double length, double angle) {
        MotionBlur motion = MotionBlur.withDefaults().withLength(length).withAngle(angle);
        assertThat(motion.apply(random(1, 1, 1), RUN).kernel()).isEqualTo(motion.kernel());
        return motion.kernel();
    }

    @Test
    void aBlurKeepsConstantsAndTheMean() {
        Cube flat = Cube.of(5, 7, new double[][] {new double[35]}).scaled(1, 3);
        Cube holed = flat.masked(Mask.of(5, 7, i -> i % 4 != 0));
        for (double y : GaussianBlur.withDefaults().apply(flat, RUN).cube().plane(0)) {
            assertThat(y).isCloseTo(3, within(1e-14)); // the weights sum to one to rounding
        }
        Cube blurred = GaussianBlur.withDefaults().apply(holed, RUN).cube();
        assertThat(blurred.validMask()).isEqualTo(holed.validMask());
        for (int i = 0; i < 35; i++) {
            if (i % 4 != 0) {
                assertThat(blurred.plane(0)[i]).isCloseTo(3, within(1e-13));
            }
        }
        // a mirrored image keeps its sum under a symmetric kernel, even when it is smaller than the kernel
        Cube noise = random(4, 6, 1);
        double before = Arrays.stream(noise.plane(0)).sum();
        double after = Arrays.stream(
                        GaussianBlur.withDefaults().apply(noise, RUN).cube().plane(0))
                .sum();
        assertThat(after).isCloseTo(before, within(1e-13));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void downSamplingKeepsConstantsAndLines(boolean antiAliasing) {
        double[] ramp = new double[24 * 36];
        Arrays.setAll(ramp, i -> 2.0 * (i % 36) + 5.0 * (i / 36));
        DownSampling.Result result = DownSampling.withDefaults()
                .withFactor(4)
                .withAntiAliasing(antiAliasing)
                .apply(Cube.of(24, 36, new double[][] {ramp}), RUN);
        Cube small = result.cube();
        assertThat(small.rows()).isEqualTo(6);
        assertThat(small.columns()).isEqualTo(9);
        // away from the border, where samples are repeated: cubic convolution with a = -1/2 reproduces lines; a = -3/4
        // does
        // not quite, and is checked by hand below
        for (int r = 2; antiAliasing && r < 4; r++) {
            for (int c = 2; c < 7; c++) {
                double expected = 2 * (4 * c + 1.5) + 5 * (4 * r + 1.5);
                assertThat(small.value(r, c, 0)).isCloseTo(expected, within(1e-12));
            }
        }
        Cube large = result.replicated();
        assertThat(large.rows()).isEqualTo(24);
        assertThat(large.columns()).isEqualTo(36);
        assertThat(large.value(7, 35, 0)).isEqualTo(small.value(1, 8, 0));
        assertThat(DownSampling.withDefaults().factor()).isEqualTo(4);
        assertThat(DownSampling.withDefaults().antiAliasing()).isTrue();
    }

    @Test
    void samplesWithoutAntiAliasingStandOnTheCorners() {
        double[] line = {3, 1, 4, 1, 5, 9, 2};
        double[][] rows = new double[1][2 * 7];
        for (int i = 0; i < 14; i++) {
            rows[0][i] = line[i % 7];
        }
        Cube small = DownSampling.withDefaults()
                .withFactor(2)
                .withAntiAliasing(false)
                .apply(Cube.of(2, 7, rows), RUN)
                .cube();
        // outputs at 0, 3 and 6: on samples, which cubic convolution goes through
        assertThat(small.plane(0)).usingComparatorWithPrecision(1e-14).containsExactly(3, 1, 2);

        Cube between = DownSampling.withDefaults()
                .withFactor(2)
                .withAntiAliasing(false)
                .apply(Cube.of(2, 8, new double[][] {{0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0}}), RUN)
                .cube();
        // outputs at 0, 7/3, 14/3, 7; the kernel at 1/3: 1.25/27 - 2.25/9 + 1
        assertThat(between.value(0, 1, 0)).isCloseTo(1.25 / 27 - 2.25 / 9 + 1, within(1e-14));
    }

    @Test
    void antiAliasingRemovesWhatCannotBeHeld() {
        double[] checks = new double[32 * 32];
        Arrays.setAll(checks, i -> (i % 32) % 2 == 0 ? 1 : -1);
        Cube cube = Cube.of(32, 32, new double[][] {checks});
        DownSampling sampling = DownSampling.withDefaults();
        assertThat(sampling.apply(cube, RUN).cube().value(4, 4, 0)).isCloseTo(0, within(0.02));
        assertThat(energy(sampling.withAntiAliasing(false).apply(cube, RUN).cube()))
                .isGreaterThan(0.1);
    }

    /** A wave of eight periods in 32 pixels, one more of two with three times its variance: pixels four times as large hold four. */
    @Test
    void downSamplingTellsBeforeWhatIsLost() {
        double[] waves = new double[32 * 32];
        Arrays.setAll(
                waves,
                i -> 7 + Math.sin(2 * Math.PI * 8 * i / 32) + Math.sqrt(3) * Math.sin(2 * Math.PI * 2 * (i / 32) / 32));
        Cube cube = Cube.of(32, 32, new double[][] {waves});

        // Both are periodic in the image, so nothing leaks.
        assertThat(DownSampling.withDefaults().apply(cube, RUN).aliasing().mean())
                .isCloseTo(0.25, within(1e-12));
        assertThat(DownSampling.withDefaults()
                        .withFactor(2)
                        .apply(cube, RUN)
                        .aliasing()
                        .mean())
                .isCloseTo(0, within(1e-12));
    }

    @Test
    void downSamplingOfNoValidPixelHasNoAliasing() {
        Cube cube = random(8, 8, 3).masked(Mask.of(8, 8, i -> false));

        DownSampling.Result result = DownSampling.withDefaults().apply(cube, RUN);

        assertThat(result.cube().validMask().count()).isZero();
        assertThat(result.aliasing().bands()).containsOnly(Double.NaN).hasSize(3);
    }

    private static double energy(Cube cube) {
        return Arrays.stream(cube.plane(0)).map(v -> v * v).average().orElseThrow();
    }

    @Test
    void missingVoxelsAreLostIndependently() {
        double squares = 0;
        long[] pairs = new long[4];
        for (long seed = 0; seed < 10; seed++) {
            Cube cube = random(30, 40, 3);
            MissingVoxels.Result result = MissingVoxels.withDefaults()
                    .withShare(0.3)
                    .withFill(-2)
                    .withSeed(seed)
                    .apply(cube, RUN);
            for (int b = 0; b < 3; b++) {
                Mask missing = result.missing().get(b);
                double[] before = cube.plane(b);
                double[] after = result.cube().plane(b);
                for (int i = 0; i < before.length; i++) {
                    assertThat(after[i]).isEqualTo(missing.get(i) ? -2 : before[i]);
                }
                squares += Math.pow(missing.count() - 360, 2) / (1200 * 0.3 * 0.7);
            }
            for (int i = 0; i < 1200; i++) {
                int pair = (result.missing().get(0).get(i) ? 1 : 0)
                        + (result.missing().get(1).get(i) ? 2 : 0);
                pairs[pair]++;
            }
        }
        ChiSquare.assertValue(squares, 30);
        ChiSquare.assertCounts(pairs, new double[] {12000 * 0.49, 12000 * 0.21, 12000 * 0.21, 12000 * 0.09});
        assertThat(MissingVoxels.withDefaults().share()).isEqualTo(0.8);
        assertThat(MissingVoxels.withDefaults().fill()).isZero();
        assertThat(MissingVoxels.withDefaults().seed()).isEqualTo(1);
    }

    @Test
    void missingBandsAreAsManyAsAskedForAndAny() {
        long[] counts = new long[10];
        for (long seed = 0; seed < 400; seed++) {
            Cube cube = random(1, 2, 10);
            MissingBands.Result result = MissingBands.withDefaults()
                    .withShare(0.3)
                    .withFill(9)
                    .withSeed(seed)
                    .apply(cube, RUN);
            assertThat(result.bands()).hasSize(3).doesNotHaveDuplicates().isSorted();
            result.bands().forEach(b -> counts[b]++);
            for (int b = 0; b < 10; b++) {
                double[] expected = result.bands().contains(b) ? new double[] {9, 9} : cube.plane(b);
                assertThat(result.cube().plane(b)).isEqualTo(expected);
            }
        }
        ChiSquare.assertEven(counts);
        assertThat(MissingBands.withDefaults().share()).isEqualTo(0.2);
        assertThat(MissingBands.withDefaults().fill()).isZero();
        assertThat(MissingBands.withDefaults().seed()).isEqualTo(1);
    }

    private static Cube coloured() {
        Cube plain = random(20, 10, 3);
        Cube.Builder b = Cube.builderLike(plain).wavelengths(Wavelengths.of(400, 500, 800));
        for (int band = 0; band < 3; band++) {
            b.plane(band, plain.plane(band));
        }
        return b.build();
    }

    @Test
    void hazeFollowsItsLaw() {
        Cube cube = coloured();
        double[] thickness = new double[200];
        Arrays.setAll(thickness, i -> i / 199.0);
        Haze.Result result = Haze.withDefaults()
                .withDensity(0.5)
                .withExponent(2)
                .withCirrus(ScoreMap.of("cirrus", 20, 10, thickness))
                .apply(cube, RUN);
        assertThat(result.exponents().toArray())
                .usingComparatorWithPrecision(1e-15)
                .containsExactly(1, 0.64, 0.25);
        for (int b = 0; b < 3; b++) {
            double[] x = cube.plane(b);
            double[] y = result.cube().plane(b);
            double airlight = Arrays.stream(x).max().orElseThrow(); // 0.01 % of 200 samples is less than one
            assertThat(result.airlight().value(b)).isEqualTo(airlight);
            for (int i = 0; i < 200; i++) {
                double t = Math.exp(result.exponents().value(b) * Math.log(1 - 0.5 * i / 199.0));
                assertThat(y[i]).isCloseTo(x[i] * t + airlight * (1 - t), within(1e-14)); // a few roundings
            }
        }
        assertThat(result.transmission().min()).isEqualTo(0.5);
    }

    @Test
    void theRandomCirrusReachesFromNoneToAll() {
        Haze.Result result = Haze.withDefaults().apply(coloured(), RUN);
        assertThat(result.transmission().min()).isCloseTo(0.25, within(1e-15));
        assertThat(result.transmission().max()).isEqualTo(1);
        assertThat(Haze.withDefaults().withSeed(2).apply(coloured(), RUN).transmission())
                .isNotEqualTo(result.transmission());
        Cube none = coloured().masked(Mask.all(20, 10).not());
        Spectrum airlight = Haze.withDefaults().apply(none, RUN).airlight();
        assertThat(airlight.isComplete()).isFalse();
        assertThat(Haze.withDefaults().density()).isEqualTo(0.75);
        assertThat(Haze.withDefaults().exponent()).isEqualTo(1);
        assertThat(Haze.withDefaults().seed()).isEqualTo(1);
    }

    @Test
    void wrongSettingsAreRefused() {
        Cube cube = random(3, 4, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianBlur.withDefaults().withSize(4));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> GaussianBlur.withDefaults().withSigma(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MotionBlur.withDefaults().withLength(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MotionBlur.withDefaults().withAngle(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DownSampling.withDefaults().withFactor(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DownSampling.withDefaults().apply(cube))
                .withMessage("a cube of 3x4 pixels cannot be made 4 times smaller");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Haze.withDefaults().apply(cube))
                .withMessage("haze needs the wavelengths, which the cube lacks");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Haze.withDefaults().withExponent(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Haze.withDefaults().withCirrus(ScoreMap.of("c", 1, 1, new double[] {2})));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Haze.withDefaults()
                        .withCirrus(ScoreMap.of("c", 1, 1, new double[] {1}))
                        .apply(coloured()))
                .withMessage("the cirrus has 1x1 pixels but the cube has 20x10");
    }
}
