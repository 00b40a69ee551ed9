package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.PoissonDistribution;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NoiseTest {
    private static final RunContext RUN = RunContext.sequential();

    static Stream<Degradation<?>> all() {
        return Stream.of(
                GaussianNoise.withDefaults(),
                PoissonNoise.withDefaults(),
                Stripes.withDefaults(),
                Stripes.withDefaults().withCoherence(true),
                DeadLines.withDefaults(),
                DeadPixels.withDefaults().withShare(0.3),
                ImpulseNoise.withDefaults(),
                ComplexNoise.withDefaults());
    }

    private static Cube constant(int rows, int columns, int bands, double value) {
        double[][] planes = new double[bands][rows * columns];
        for (double[] plane : planes) {
            Arrays.fill(plane, value);
        }
        return Cube.of(rows, columns, planes);
    }

    @ParameterizedTest
    @MethodSource("all")
    void threadsDoNotMatterAndInvalidSamplesStay(Degradation<?> degradation) {
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
        assertThat(once.validMask()).isEqualTo(scene.validMask());
        assertThat(once.precision()).isEqualTo(Precision.FLOAT);
        assertThat(once.wavelengths()).isEqualTo(scene.wavelengths());
        assertThat(once.provenance().get(0)).isEqualTo(scene.provenance().get(0));
        assertThat(once.provenance().size()).isGreaterThan(scene.provenance().size());
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyShapeWorks(Degradation<?> degradation) {
        for (int[] shape : new int[][] {{1, 1, 1}, {1, 5, 2}, {4, 1, 9}}) {
            Cube cube = constant(shape[0], shape[1], shape[2], 0.5);
            Cube nothing = cube.masked(Mask.all(shape[0], shape[1]).not());

            assertThat(degradation.apply(cube, RUN).cube().validMask().count()).isEqualTo(cube.pixels());
            assertThat(degradation.apply(nothing, RUN).cube().validMask().count())
                    .isZero();
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> degradation.apply(constant(2, 2, 2, 1), RUN.withMemoryLimit(1)));
        assertThatExceptionOfType(CancellationException.class)
                .isThrownBy(() -> degradation.apply(constant(2, 2, 2, 1), RUN.withCancellation(() -> true)));
    }

    @Test
    void gaussianNoiseHasTheVarianceOfEachBand() {
        double[] sigmas = {0, 0.1, 2, 30};
        for (long seed = 0; seed < 5; seed++) {
            GaussianNoise noise =
                    GaussianNoise.withDefaults().withSigmas(sigmas).withSeed(seed);
            GaussianNoise.Result result = noise.apply(constant(40, 50, 4, 0), RUN);

            assertThat(result.sigma().toArray()).containsExactly(sigmas);
            assertThat(result.cube().plane(0)).containsOnly(0);
            for (int b = 1; b < 4; b++) {
                double sum = 0;
                double squares = 0;
                for (double n : result.cube().plane(b)) {
                    sum += n / sigmas[b];
                    squares += n * n / (sigmas[b] * sigmas[b]);
                }
                ChiSquare.assertValue(squares, 2000);
                ChiSquare.assertValue(sum * sum / 2000, 1);
            }
        }
    }

    @Test
    void gaussianNoiseIsIndependentBetweenBandsAndNeighbours() {
        Cube noise = GaussianNoise.withDefaults()
                .withSigma(1)
                .apply(constant(50, 50, 6, 0), RUN)
                .cube();
        double squares = 0;
        int tests = 0;
        for (int b = 0; b < 5; b++) {
            double[] one = noise.plane(b);
            double[] next = noise.plane(b + 1);
            double between = 0;
            double along = 0;
            for (int i = 0; i < 2499; i++) {
                between += one[i] * next[i];
                along += one[i] * one[i + 1];
            }
            squares += (between * between + along * along) / 2499; // each nearly normal with variance one
            tests += 2;
        }
        ChiSquare.assertValue(squares, tests);
    }

    @Test
    void sigmasAreDrawnFromTheListOrTheRange() {
        Cube cube = constant(1, 1, 2000, 0);
        double[] list = {1, 2, 5};
        long[] counts = new long[3];
        long[] bins = new long[10];
        for (double s : GaussianNoise.withDefaults()
                .withSigmaChoices(list)
                .apply(cube, RUN)
                .sigma()
                .toArray()) {
            counts[Arrays.binarySearch(list, s)]++;
        }
        for (double s : GaussianNoise.withDefaults()
                .withSigmaRange(3, 4)
                .apply(cube, RUN)
                .sigma()
                .toArray()) {
            bins[(int) (10 * (s - 3))]++;
        }
        ChiSquare.assertEven(counts);
        ChiSquare.assertEven(bins);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 4, 9.99, 10, 25, 300, 20000})
    void poissonDeviatesFollowTheirLaw(double mean) {
        PoissonDistribution law = PoissonDistribution.of(mean);
        int draws = 20000;
        int[] ends = new int[19];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = law.inverseCumulativeProbability((i + 1) / 20.0);
        }
        int[] edges = Arrays.stream(ends).distinct().toArray();
        double[] expected = new double[edges.length + 1];
        double below = 0;
        for (int i = 0; i < edges.length; i++) {
            expected[i] = draws * (law.cumulativeProbability(edges[i]) - below);
            below = law.cumulativeProbability(edges[i]);
        }
        expected[edges.length] = draws * (1 - below);
        long[] counts = new long[expected.length];
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < draws; i++) {
            int at = Arrays.binarySearch(edges, (int) Poisson.next(random, mean));
            counts[at >= 0 ? at : -at - 1]++;
        }
        ChiSquare.assertCounts(counts, expected);
    }

    @Test
    void poissonNoiseCountsPhotons() {
        PoissonNoise noise = PoissonNoise.withDefaults().withPhotons(40).withSeed(3);
        PoissonNoise.Result result = noise.apply(constant(100, 100, 1, 0.75), RUN);
        double dispersion = 0;
        for (double y : result.cube().plane(0)) {
            assertThat(y * 40).isCloseTo(Math.rint(y * 40), within(1e-9)); // one rounding of the division
            dispersion += (40 * y - 30) * (40 * y - 30) / 30;
        }
        ChiSquare.assertValue(dispersion, 10000);
        assertThat(result.photons()).isEqualTo(40);
        assertThat(noise.apply(constant(2, 2, 1, -1), RUN).cube().plane(0)).containsOnly(0);
    }

    @Test
    void independentStripesAreWhatTheyAreSaidToBe() {
        long[] bins = new long[10];
        long[] places = new long[20];
        long[] numbers = new long[11];
        for (long seed = 0; seed < 40; seed++) {
            Stripes.Result result = Stripes.withDefaults().withSeed(seed).apply(constant(3, 100, 30, 0), RUN);
            assertThat(result.bands()).hasSize(10);
            for (int b = 0; b < 30; b++) {
                double[] offsets = result.offsets().plane(b);
                double[] plane = result.cube().plane(b);
                int striped = 0;
                for (int c = 0; c < 100; c++) {
                    assertThat(plane[c]).isEqualTo(offsets[c]);
                    assertThat(plane[200 + c]).isEqualTo(offsets[c]);
                    if (offsets[c] != 0) {
                        striped++;
                        bins[(int) ((offsets[c] + 0.25) * 20)]++;
                        places[c / 5]++;
                    }
                }
                assertThat(striped > 0).isEqualTo(result.bands().contains(b));
                if (striped > 0) {
                    numbers[striped - 5]++;
                }
            }
        }
        ChiSquare.assertEven(bins);
        // columns are drawn without replacement, which narrows their counts by 10 % and keeps the test conservative
        ChiSquare.assertEven(places);
        // 5 to 15 % even, rounded: half as many at both ends
        double[] expected = new double[11];
        Arrays.fill(expected, 40);
        expected[0] = 20;
        expected[10] = 20;
        ChiSquare.assertCounts(numbers, expected);
    }

    @Test
    void coherentStripesAreLinearInTheWavelength() {
        Cube plain = constant(2, 200, 5, 0);
        Cube.Builder builder = Cube.builderLike(plain).wavelengths(Wavelengths.of(400, 500, 700, 900, 1000));
        for (int b = 0; b < 5; b++) {
            builder.plane(b, plain.plane(b));
        }
        Stripes coherent = Stripes.withDefaults()
                .withCoherence(true)
                .withBandShare(1)
                .withColumnShare(1, 1)
                .withAmplitude(2);
        Cube offsets = coherent.apply(builder.build(), RUN).offsets();
        long[] bins = new long[10];
        for (int c = 0; c < 200; c++) {
            double middle = offsets.value(0, c, 2);
            double slope = (offsets.value(0, c, 4) - offsets.value(0, c, 0)) / 600;
            assertThat(offsets.value(0, c, 1)).isCloseTo(middle - 200 * slope, within(1e-14)); // a few roundings of 2
            assertThat(offsets.value(0, c, 3)).isCloseTo(middle + 200 * slope, within(1e-14));
            assertThat(Math.abs(300 * slope)).isLessThanOrEqualTo(Math.abs(middle) / 2 + 1e-14);
            bins[(int) (5 * (middle / 2 + 1))]++;
        }
        ChiSquare.assertEven(bins);
        assertThat(coherent.coherence()).isTrue();
        assertThat(coherent.amplitude()).isEqualTo(2);

        Stripes.Result some = Stripes.withDefaults().withCoherence(true).apply(plain, RUN);
        assertThat(some.bands()).hasSize(2);
        double[] first = some.offsets().plane(some.bands().get(0));
        double[] second = some.offsets().plane(some.bands().get(1));
        for (int c = 0; c < 200; c++) {
            assertThat(first[c] == 0).isEqualTo(second[c] == 0);
        }
    }

    @Test
    void deadLinesAreZero() {
        DeadLines.Result result = DeadLines.withDefaults().withSeed(8).apply(constant(4, 60, 12, 7), RUN);
        assertThat(result.bands()).hasSize(4);
        for (int b = 0; b < 12; b++) {
            Mask dead = result.dead().get(b);
            assertThat(dead.count() % 4).isZero();
            if (result.bands().contains(b)) {
                assertThat(dead.count() / 4).isBetween(3, 9);
            } else {
                assertThat(dead.count()).isZero();
            }
            double[] plane = result.cube().plane(b);
            for (int i = 0; i < plane.length; i++) {
                assertThat(plane[i]).isEqualTo(dead.get(i) ? 0 : 7);
            }
        }
        assertThat(DeadLines.withDefaults()
                        .withBandShare(1)
                        .withColumnShare(1, 1)
                        .apply(constant(2, 3, 2, 7), RUN)
                        .cube())
                .isEqualTo(DeadPixels.withDefaults()
                        .withShare(1)
                        .apply(constant(2, 3, 2, 7), RUN)
                        .cube());
    }

    @Test
    void deadPixelsAreAsManyAsAskedForAndAnywhere() {
        long[] places = new long[20];
        for (long seed = 0; seed < 50; seed++) {
            DeadPixels.Result result = DeadPixels.withDefaults()
                    .withShare(0.05)
                    .withBandShare(0.5)
                    .withValue(-3)
                    .withSeed(seed)
                    .apply(constant(20, 20, 4, 1), RUN);
            assertThat(result.dead().count()).isEqualTo(20);
            assertThat(result.bands()).hasSize(2);
            for (int i = 0; i < 400; i++) {
                places[i / 20] += result.dead().get(i) ? 1 : 0;
                for (int b = 0; b < 4; b++) {
                    boolean here = result.dead().get(i) && result.bands().contains(b);
                    assertThat(result.cube().value(i / 20, i % 20, b)).isEqualTo(here ? -3 : 1);
                }
            }
        }
        ChiSquare.assertEven(places);
    }

    @Test
    void impulsesComeWithTheirProbability() {
        List<Double> drawn = new ArrayList<>();
        double squares = 0;
        int tests = 0;
        for (long seed = 0; seed < 20; seed++) {
            ImpulseNoise.Result result = ImpulseNoise.withDefaults()
                    .withRange(-1, 2)
                    .withSaltShare(0.25)
                    .withSeed(seed)
                    .apply(constant(30, 30, 30, 0), RUN);
            assertThat(result.bands()).hasSize(10);
            for (int b = 0; b < 30; b++) {
                double amount = result.amounts().get(b);
                Mask salt = result.salt().get(b);
                Mask pepper = result.pepper().get(b);
                double[] plane = result.cube().plane(b);
                for (int i = 0; i < plane.length; i++) {
                    assertThat(plane[i]).isEqualTo(salt.get(i) ? 2 : pepper.get(i) ? -1 : 0);
                }
                if (result.bands().contains(b)) {
                    drawn.add(amount);
                    double expected = 900 * amount * 0.25;
                    squares += Math.pow(salt.count() - expected, 2) / (expected * (1 - amount * 0.25));
                    expected = 900 * amount;
                    squares += Math.pow(salt.count() + pepper.count() - expected, 2) / (expected * (1 - amount));
                    tests++;
                } else {
                    assertThat(amount).isZero();
                    assertThat(salt.or(pepper).count()).isZero();
                }
            }
        }
        // both counts of a band are correlated by at most 0.7: the variance of their sum of squares is half as large
        // again
        assertThat(squares).isCloseTo(2 * tests, within(5 * Math.sqrt(6.0 * tests)));
        long[] counts = new long[4];
        drawn.forEach(a -> counts[List.of(0.1, 0.3, 0.5, 0.7).indexOf(a)]++);
        ChiSquare.assertEven(counts);
        assertThat(ImpulseNoise.withDefaults().amounts()).containsExactly(0.1, 0.3, 0.5, 0.7);
    }

    @Test
    void complexNoiseIsTheSumOfItsParts() {
        Cube clean = constant(10, 60, 11, 0.5);
        ComplexNoise.Result all = ComplexNoise.withDefaults().withSeed(6).apply(clean, RUN);
        ComplexNoise.Result none =
                ComplexNoise.withDefaults().withFaults().withSeed(6).apply(clean, RUN);
        List<Integer> bands = new ArrayList<>(all.stripes().orElseThrow().bands());
        bands.addAll(all.deadLines().orElseThrow().bands());
        bands.addAll(all.impulse().orElseThrow().bands());

        assertThat(bands).hasSize(9).doesNotHaveDuplicates();
        assertThat(none.stripes()).isEmpty();
        assertThat(none.deadLines()).isEmpty();
        assertThat(none.impulse()).isEmpty();
        assertThat(none.sigma()).isEqualTo(all.sigma());
        for (int b = 0; b < 11; b++) {
            if (!bands.contains(b)) {
                assertThat(all.cube().plane(b)).isEqualTo(none.cube().plane(b));
            }
            assertThat(all.sigma().value(b) * 255)
                    .matches(s -> s == 10 || s == 30 || s == 50 || s == 70, "one of the four");
        }
        for (ComplexNoise.Fault fault : ComplexNoise.Fault.values()) {
            ComplexNoise one = ComplexNoise.withDefaults().withFaults(fault).withSeed(6);
            assertThat(one.faults()).containsExactly(fault);
            assertThat(one.seed()).isEqualTo(6);
            ComplexNoise.Result alone = one.apply(clean, RUN);
            List<Integer> own = switch (fault) {
                case STRIPES -> alone.stripes().orElseThrow().bands();
                case DEAD_LINES -> alone.deadLines().orElseThrow().bands();
                case IMPULSE -> alone.impulse().orElseThrow().bands();
            };
            for (int b : own) {
                assertThat(alone.cube().plane(b)).isEqualTo(all.cube().plane(b));
            }
        }
    }

    @Test
    void wrongSettingsAreRefused() {
        GaussianNoise gaussian = GaussianNoise.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> gaussian.withSigma(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> gaussian.withSigmas(1, Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> gaussian.withSigmaRange(2, 1));
        assertThatIllegalArgumentException().isThrownBy(gaussian::withSigmaChoices);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> gaussian.withSigmas(1, 2).apply(constant(1, 1, 3, 0)))
                .withMessage("2 standard deviations given for a cube of 3 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PoissonNoise.withDefaults().withPhotons(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stripes.withDefaults().withBandShare(1.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stripes.withDefaults().withColumnShare(0.3, 0.2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Stripes.withDefaults().withAmplitude(-0.1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImpulseNoise.withDefaults().withAmounts());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ImpulseNoise.withDefaults().withRange(1, 1));
    }

    @Test
    void settingsAreTold() {
        assertThat(GaussianNoise.withDefaults().withSeed(2).seed()).isEqualTo(2);
        assertThat(PoissonNoise.withDefaults().seed()).isEqualTo(1);
        assertThat(PoissonNoise.withDefaults().photons()).isEqualTo(10);
        assertThat(Stripes.withDefaults().seed()).isEqualTo(1);
        assertThat(DeadLines.withDefaults().seed()).isEqualTo(1);
        assertThat(DeadPixels.withDefaults().seed()).isEqualTo(1);
        assertThat(DeadPixels.withDefaults().share()).isEqualTo(0.01);
        assertThat(DeadPixels.withDefaults().value()).isZero();
        assertThat(ImpulseNoise.withDefaults().withBandShare(0.2).seed()).isEqualTo(1);
    }
}
