package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CancellationException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.metrics.CubeError;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearMixingSceneTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final LinearMixingScene SMALL =
            LinearMixingScene.withDefaults().withShape(30, 20).withBands(12).withEndmemberCount(3);

    @Test
    void quickStartIsTheSceneOfTheManual() {
        SimulatedScene scene = LinearMixingScene.quickStart().generate();
        Cube cube = scene.cube();

        assertThat(cube.rows()).isEqualTo(200);
        assertThat(cube.columns()).isEqualTo(180);
        assertThat(cube.bands()).isEqualTo(180);
        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
        assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(cube.wavelengths().orElseThrow().min()).isEqualTo(400);
        assertThat(cube.wavelengths().orElseThrow().max()).isEqualTo(2500);
        assertThat(cube.wavelengths().orElseThrow().fwhm(0)).contains(10.0);
        assertThat(cube.provenance()).containsExactly("simulated with seed 7 and noise of 40.0 dB");
        assertThat(scene.endmembers().count()).isEqualTo(6);
        assertThat(scene.targets().count()).isEqualTo(30);
        assertThat(scene.target())
                .isEqualTo(Material.POLYETHYLENE.on(cube.wavelengths().orElseThrow()));
        // the corner: 14 + 13 + ... + 1 pixels, none of them a target
        assertThat(cube.validMask().count()).isEqualTo(200 * 180 - 105);
        assertThat(scene.clean().validMask().count()).isEqualTo(200 * 180);
        assertThat(scene.targets().and(cube.validMask()).count()).isEqualTo(30);
        checkTruth(scene);
        for (int k = 0; k < 6; k++) {
            assertThat(pure(scene.abundances(), k))
                    .as(scene.endmembers().names().get(k))
                    .isGreaterThan(100);
        }
    }

    private static int pure(AbundanceMaps maps, int k) {
        int count = 0;
        for (int i = 0; i < maps.pixels(); i++) {
            count += maps.asBuffer(k).get(i) == 1 ? 1 : 0;
        }
        return count;
    }

    private static void checkTruth(SimulatedScene scene) {
        AbundanceMaps a = scene.abundances();
        Endmembers e = scene.endmembers();
        double[][] maps = a.toMatrix();
        for (int i = 0; i < a.pixels(); i++) {
            double sum = 0;
            for (double[] map : maps) {
                assertThat(map[i]).isGreaterThanOrEqualTo(0);
                sum += map[i];
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
        for (int b = 0; b < e.bands(); b++) {
            double[] clean = scene.clean().plane(b);
            for (int i = 0; i < clean.length; i++) {
                double mixed = 0;
                for (int k = 0; k < e.count(); k++) {
                    mixed += e.value(b, k) * maps[k][i];
                }
                double f = scene.targetFill().asBuffer().get(i);
                double expected = (1 - f) * mixed + f * scene.target().value(b);
                // half a unit in the last place of a float, and a few roundings in double before that
                if (Math.abs(clean[i] - expected) > 0.51 * Math.ulp((float) expected)) {
                    throw new AssertionError("band " + b + ", pixel " + i + ": " + clean[i] + ", not " + expected);
                }
            }
        }
    }

    @Property(tries = 60)
    void theTruthIsExactForEveryShape(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 25) int rows,
            @ForAll @IntRange(min = 1, max = 25) int columns,
            @ForAll @IntRange(min = 1, max = 12) int p,
            @ForAll @IntRange(min = 1, max = 20) int bands) {
        Random random = new Random(seed);
        SimulatedScene scene = LinearMixingScene.withDefaults()
                .withShape(rows, columns)
                .withBands(bands)
                .withEndmemberCount(p)
                .withSmoothness(random.nextInt(4))
                .withSharpness(random.nextInt(100))
                .withMaximumPurity(random.nextBoolean() ? 1 : 1.0 / p + (1 - 1.0 / p) * random.nextDouble())
                .withTargets(random.nextInt(rows * columns + 1), 0.05, 1)
                .withSeed(seed)
                .generate(RUN);

        assertThat(scene.cube().rows()).isEqualTo(rows);
        assertThat(scene.cube().columns()).isEqualTo(columns);
        assertThat(scene.cube().bands()).isEqualTo(bands);
        checkTruth(scene);
    }

    @Test
    void hasTheSameBitsOnAnyNumberOfThreads() {
        LinearMixingScene settings = LinearMixingScene.quickStart().withShape(90, 70);
        SimulatedScene one = settings.generate(RUN);
        for (int threads : new int[] {2, 7}) {
            assertThat(settings.generate(RunContext.defaults().withParallelism(threads)))
                    .isEqualTo(one);
        }
        assertThat(settings.generate(RUN.withSeed(99))).isEqualTo(one);
        SimulatedScene other = settings.withSeed(5).generate(RUN);
        assertThat(other.cube()).isNotEqualTo(one.cube());
        assertThat(other.abundances()).isNotEqualTo(one.abundances());
        assertThat(other.targets()).isNotEqualTo(one.targets());
    }

    /** Numbers written down once: documents and benchmarks speak of this scene, on every Java version. */
    @Test
    void isTheSceneItAlwaysWas() {
        SimulatedScene scene = SMALL.withSeed(11).generate(RUN);

        assertThat(scene.noiseSigma()).isEqualTo(0.0026907090178258253);
        assertThat(scene.abundances().value(8, 9, 0)).isEqualTo(0.6870400356251064);
        assertThat(scene.cube().value(8, 9, 5)).isEqualTo(0.24377699196338654);
    }

    @ParameterizedTest
    @ValueSource(doubles = {10, 35, 60})
    void theNoiseIsWhiteGaussianOfTheStatedVariance(double snr) {
        SimulatedScene scene = LinearMixingScene.withDefaults()
                .withShape(150, 120)
                .withBands(40)
                .withSnr(snr)
                .generate(RUN);
        int n = 150 * 120;
        double sigma = scene.noiseSigma();
        double power = 0;
        double squares = 0;
        double fourth = 0;
        double alongBands = 0;
        double alongColumns = 0;
        double[] before = new double[n];
        // two-sided at 1e-6 over the forty bands
        ChiSquaredDistribution band = ChiSquaredDistribution.of(n);
        for (int b = 0; b < 40; b++) {
            double[] clean = scene.clean().plane(b);
            double[] noise = scene.cube().plane(b);
            double bandSquares = 0;
            for (int i = 0; i < n; i++) {
                noise[i] = (noise[i] - clean[i]) / sigma;
                power += clean[i] * clean[i];
                bandSquares += noise[i] * noise[i];
                fourth += Math.pow(noise[i], 4);
                alongBands += noise[i] * before[i];
                alongColumns += i > 0 ? noise[i] * noise[i - 1] : 0;
            }
            assertThat(bandSquares)
                    .isBetween(
                            band.inverseCumulativeProbability(0.5e-6 / 40),
                            band.inverseSurvivalProbability(0.5e-6 / 40));
            squares += bandSquares;
            before = noise;
        }
        double samples = 40.0 * n;
        ChiSquaredDistribution all = ChiSquaredDistribution.of(samples);
        assertThat(squares).isBetween(all.inverseCumulativeProbability(0.5e-6), all.inverseSurvivalProbability(0.5e-6));
        // five standard deviations each: 1/sqrt(M) for correlations, sqrt(96/M) for the fourth moment
        assertThat(alongBands / samples).isCloseTo(0, within(5 / Math.sqrt(samples)));
        assertThat(alongColumns / samples).isCloseTo(0, within(5 / Math.sqrt(samples)));
        assertThat(fourth / samples).isCloseTo(3, within(5 * Math.sqrt(96 / samples)));
        // the clean cube was rounded to float after its power was taken
        assertThat(10 * Math.log10(power / samples / (sigma * sigma))).isCloseTo(snr, within(1e-6));
    }

    @Test
    void canBeFreeOfNoise() {
        SimulatedScene scene = SMALL.withSnr(Double.POSITIVE_INFINITY).generate(RUN);

        assertThat(scene.noiseSigma()).isZero();
        assertThat(scene.cube()).isEqualTo(scene.clean());
        assertThat(CubeError.rmse(scene.cube(), scene.clean(), RUN)).isZero();
    }

    @Test
    void abundancesAreSmooth() {
        double smooth = roughness(SMALL.withSmoothness(12));
        double fine = roughness(SMALL.withSmoothness(2));
        double white = roughness(SMALL.withSmoothness(0));

        assertThat(smooth).isLessThan(fine / 2);
        assertThat(fine).isLessThan(white / 2);
    }

    /** Mean absolute difference of neighbours. */
    private static double roughness(LinearMixingScene settings) {
        double[] map = settings.generate(RUN).abundances().map(0).toArray();
        double sum = 0;
        for (int i = 1; i < map.length; i++) {
            sum += Math.abs(map[i] - map[i - 1]);
        }
        return sum / map.length;
    }

    @Test
    void patchesShrinkWithSmallImages() {
        assertThat(LinearMixingScene.withDefaults().smoothness()).isEqualTo(12);
        assertThat(SMALL.smoothness()).isEqualTo(20 / 15.0);
        assertThat(SMALL.withShape(15, 4000).smoothness()).isEqualTo(1);
        assertThat(SMALL.withSmoothness(7).withShape(15, 15).smoothness()).isEqualTo(7);
    }

    @Test
    void sharpnessLeadsFromAnEqualMixtureToPurePixels() {
        AbundanceMaps equal = SMALL.withSharpness(0).generate(RUN).abundances();
        AbundanceMaps pure = SMALL.withSharpness(1000).generate(RUN).abundances();

        for (double share : equal.map(2).toArray()) {
            assertThat(share).isEqualTo(1.0 / 3);
        }
        assertThat(pure(pure, 0) + pure(pure, 1) + pure(pure, 2)).isGreaterThan(570);
    }

    @Test
    void noPixelIsPurerThanAllowed() {
        double[][] maps = SMALL.withShape(60, 50)
                .withMaximumPurity(0.8)
                .generate(RUN)
                .abundances()
                .toMatrix();
        double largest =
                Arrays.stream(maps).flatMapToDouble(Arrays::stream).max().orElseThrow();

        assertThat(largest).isCloseTo(0.8, within(1e-15)); // normalised once more, which rounds
        double[][] equal =
                SMALL.withMaximumPurity(1.0 / 3).generate(RUN).abundances().toMatrix();
        for (double[] map : equal) {
            for (double share : map) {
                assertThat(share).isCloseTo(1.0 / 3, within(1e-15));
            }
        }
    }

    @Test
    void plantsTargetsWithinTheirRange() {
        SimulatedScene scene =
                SMALL.withTargets(50, 0.2, 0.4).withMissingCorner(10).generate(RUN);
        double[] fill = scene.targetFill().toArray();

        assertThat(scene.targets().count()).isEqualTo(50);
        assertThat(Arrays.stream(fill).filter(f -> f > 0))
                .allSatisfy(f -> assertThat(f).isBetween(0.2, 0.4));
        assertThat(Arrays.stream(fill).max().orElseThrow()).isGreaterThan(0.35);
        for (int i = 0; i < fill.length; i++) {
            boolean missing = i / 20 + i % 20 < 10;
            assertThat(scene.cube().validMask().get(i)).isEqualTo(!missing);
            assertThat(missing && fill[i] > 0).isFalse();
        }
    }

    @Test
    void takesOtherEndmembersAndAnotherTarget() {
        Endmembers own = Endmembers.ofMatrix(new double[][] {{0.1, 0.9}, {0.5, 0.2}, {0.7, 0.3}});
        SimulatedScene scene = SMALL.withEndmembers(own).withTargets(3, 1, 1).generate(RUN);

        assertThat(scene.endmembers()).isEqualTo(own);
        assertThat(scene.cube().wavelengths()).isEmpty();
        assertThat(scene.abundances().names()).containsExactly("em1", "em2");
        assertThat(scene.target().bands()).isEqualTo(3);
        checkTruth(scene);

        Spectrum target = Spectrum.of(3, 2, 1);
        SimulatedScene other = SMALL.withEndmembers(own)
                .withTarget(target)
                .withTargets(600, 1, 1)
                .generate(RUN);
        assertThat(other.target()).isEqualTo(target);
        assertThat(other.clean().spectrum(7, 7).toArray()).containsExactly(3, 2, 1);

        Wavelengths grid = Wavelengths.of(500, 600);
        assertThat(SMALL.withEndmembers(own).withWavelengths(grid).endmembers().wavelengths())
                .contains(grid);
        assertThat(SMALL.withEndmembers(own).withEndmemberCount(4).endmembers().count())
                .isEqualTo(4);
    }

    @Test
    void oneBandLiesInTheMiddle() {
        assertThat(SMALL.withBands(1).endmembers().wavelengths().orElseThrow().at(0))
                .isEqualTo(1450);
    }

    @Test
    void tellsItsSettings() {
        LinearMixingScene s = SMALL.withTargets(2, 0.25, 0.5)
                .withMissingCorner(3)
                .withSmoothness(4)
                .withSharpness(5)
                .withMaximumPurity(0.9)
                .withSnr(20)
                .withSeed(8);

        assertThat(s.rows()).isEqualTo(30);
        assertThat(s.columns()).isEqualTo(20);
        assertThat(s.targetCount()).isEqualTo(2);
        assertThat(s.leastTargetFill()).isEqualTo(0.25);
        assertThat(s.mostTargetFill()).isEqualTo(0.5);
        assertThat(s.missingCorner()).isEqualTo(3);
        assertThat(s.smoothness()).isEqualTo(4);
        assertThat(s.sharpness()).isEqualTo(5);
        assertThat(s.maximumPurity()).isEqualTo(0.9);
        assertThat(s.snr()).isEqualTo(20);
        assertThat(s.seed()).isEqualTo(8);
        assertThat(s.endmembers().names()).isEqualTo(List.of("green vegetation", "dry soil", "water"));
        assertThat(s)
                .hasToString("linear mixing scene, 30 rows x 20 columns x 12 bands, 3 endmembers, 20.0 dB, seed 8");
    }

    @Test
    void refusesImpossibleSettings() {
        refuses("a scene has 1 to 2147483647 pixels, not 0x5", () -> SMALL.withShape(0, 5));
        refuses("a scene has 1 to 2147483647 pixels, not 5x-1", () -> SMALL.withShape(5, -1));
        refuses("a scene has 1 to 2147483647 pixels, not 65536x65536", () -> SMALL.withShape(65536, 65536));
        refuses("a scene has at least one band, not 0", () -> SMALL.withBands(0));
        refuses("1 to 12 endmembers can be chosen, not 0", () -> SMALL.withEndmemberCount(0));
        refuses("1 to 12 endmembers can be chosen, not 13", () -> SMALL.withEndmemberCount(13));
        refuses("smoothness is 0 to 1000 pixels, not -1.0", () -> SMALL.withSmoothness(-1));
        refuses("smoothness is 0 to 1000 pixels, not NaN", () -> SMALL.withSmoothness(Double.NaN));
        refuses("sharpness is 0 to 1000, not 1001.0", () -> SMALL.withSharpness(1001));
        refuses("the maximum purity is more than 0 and at most 1, not 0.0", () -> SMALL.withMaximumPurity(0));
        refuses("the signal-to-noise ratio must be a number of decibels, not NaN", () -> SMALL.withSnr(Double.NaN));
        refuses("the number of targets cannot be -1", () -> SMALL.withTargets(-1, 0.1, 0.2));
        refuses(
                "targets fill a share of more than 0 and at most 1 of their pixels, not 0.0 to 0.2",
                () -> SMALL.withTargets(1, 0, 0.2));
        refuses(
                "targets fill a share of more than 0 and at most 1 of their pixels, not 0.3 to 0.2",
                () -> SMALL.withTargets(1, 0.3, 0.2));
        refuses("the target has no value in some band", () -> SMALL.withTarget(Spectrum.of(Double.NaN)));
        refuses("the missing corner cannot have -1 pixels a side", () -> SMALL.withMissingCorner(-1));
        refuses(
                "no mixture of 3 endmembers has all abundances below 0.3",
                () -> SMALL.withMaximumPurity(0.3).generate(RUN));
        refuses(
                "601 targets do not fit into 600 pixels",
                () -> SMALL.withTargets(601, 0.1, 0.2).generate(RUN));
        refuses(
                "the target has 2 bands but the endmembers have 12",
                () -> SMALL.withTarget(Spectrum.of(1, 2)).generate(RUN));
        refuses(
                "the simulated scene would take 96000 bytes but the memory limit of this run is 1000 bytes",
                () -> SMALL.generate(RUN.withMemoryLimit(1000)));
    }

    private static void refuses(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessage(message);
    }

    @Test
    void canBeCancelled() {
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> SMALL.generate(RUN.withCancellation(() -> true)));
    }
}
