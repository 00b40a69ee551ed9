package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for the methods that remove Gaussian noise, dead lines and impulses at once. */
class MixedNoiseTest {
    private static final int ROWS = 30;
    private static final int COLUMNS = 37;
    private static final int BANDS = 20;

    static Stream<Denoiser> methods() {
        return Stream.of(
                EnhancedTotalVariation.withDefaults(),
                CoefficientTotalVariation.withDefaults(),
                // twenty bands: rank 10 is hardly a restriction
                Lrtdtv.withDefaults().withLambda(2),
                L1HyMixDe.withDefaults().withLambda(1));
    }

    /** Noise in all bands, and in each third of them dead columns, impulses or stripes. */
    private static Cube spoilt(double[][] clean) {
        double[][] planes = Scenes.noisy(clean, Scenes.even(BANDS, 0.05), 4);
        Random random = new Random(5);
        for (int b = 0; b < BANDS; b++) {
            for (int c = 0; c < COLUMNS; c++) {
                boolean hit = random.nextDouble() < 0.1;
                double offset = 0.5 * (random.nextDouble() - 0.5);
                for (int i = c; i < ROWS * COLUMNS; i += COLUMNS) {
                    if (b % 3 == 0 && hit) {
                        planes[b][i] = 0;
                    } else if (b % 3 == 1 && hit) {
                        planes[b][i] += offset;
                    } else if (b % 3 == 2 && random.nextDouble() < 0.1) {
                        planes[b][i] = random.nextBoolean() ? 3 : 0;
                    }
                }
            }
        }
        return Cube.of(ROWS, COLUMNS, planes);
    }

    /** A quarter of the error at most remains, and half of what a projection on the signal subspace leaves. */
    @ParameterizedTest
    @MethodSource("methods")
    void mendsLinesAndImpulses(Denoiser method) {
        double[][] clean = Scenes.image(ROWS, COLUMNS, BANDS, 3, 1);
        Cube truth = Cube.of(ROWS, COLUMNS, clean);
        Cube noisy = spoilt(clean);
        Cube linear = Restoring.of(noisy).with(WhitenedSvd.withDefaults()).run().cube();

        double error = Scenes.rms(Restoring.of(noisy).with(method).run().cube(), truth);

        assertThat(error).isLessThan(0.25 * Scenes.rms(noisy, truth));
        assertThat(error).isLessThan(0.5 * Scenes.rms(linear, truth));
    }

    /** The factor is a power of two, but the sums of the statistics may be rounded otherwise. */
    @ParameterizedTest
    @MethodSource("methods")
    void theUnitDoesNotMatter(Denoiser method) {
        Cube noisy = spoilt(Scenes.image(ROWS, COLUMNS, BANDS, 3, 1));
        Cube one = Restoring.of(noisy).with(method).run().cube();
        Cube other =
                Restoring.of(noisy.scaled(4096, 0)).with(method).run().cube().scaled(1.0 / 4096, 0);

        assertThat(Scenes.rms(one, other)).isLessThan(1e-9);
    }

    @Test
    void theSolverSolves() {
        int rows = 5;
        int columns = 7;
        int bands = 4;
        double[][] right = Scenes.lowRank(rows * columns, bands, 3, 9);
        double[][] x = Arrays.stream(right).map(double[]::clone).toArray(double[][]::new);
        new DifferenceSolver(rows, columns, bands, 1, 4, 0.25).solve(x, RunContext.sequential(), "solving");

        double[][] left = new double[bands][];
        double[][] along = new double[bands][rows * columns];
        double[][] across = new double[bands][rows * columns];
        Differences differences = new Differences(rows, columns);
        for (int b = 0; b < bands; b++) {
            left[b] = x[b].clone();
            double[] down = new double[rows * columns];
            differences.addDown(x[b], 0, rows * columns, down);
            differences.addAdjointDown(down, left[b]);
            differences.addAlong(x[b], 0, rows * columns, along[b]);
            if (b + 1 < bands) {
                Differences.addAcross(x[b], x[b + 1], 0, rows * columns, across[b]);
            }
        }
        for (int b = 0; b < bands; b++) {
            double[] second = new double[rows * columns];
            Differences.addAdjointAlong(along[b], second);
            double[] third = new double[rows * columns];
            Differences.addAdjointAcross(across, b, third);
            for (int i = 0; i < rows * columns; i++) {
                // Some roundings of values below ten.
                assertThat(left[b][i] + 4 * second[i] + 0.25 * third[i] - right[b][i])
                        .isBetween(-1e-12, 1e-12);
            }
        }
    }

    /** Blocks of pixels begin and end within rows. */
    @Test
    void differencesOfABlockAreThoseOfThePlane() {
        double[] plane = new Random(3).doubles(35).toArray();
        Differences differences = new Differences(5, 7);
        double[] all = new double[35];
        differences.addAlong(plane, 0, 35, all);
        for (int i = 0; i < 35; i++) {
            assertThat(all[i]).isEqualTo(i % 7 == 6 ? 0 : plane[i + 1] - plane[i]);
        }
        for (int from = 0; from < 35; from++) {
            for (int to = from + 1; to <= 35; to++) {
                double[] part = new double[to - from];
                differences.addAlong(plane, from, to, part);
                assertThat(part).containsExactly(Arrays.copyOfRange(all, from, to));
            }
        }
    }

    @Test
    void optionsOfEnhancedTotalVariation() {
        EnhancedTotalVariation changed = EnhancedTotalVariation.withDefaults()
                .withTau(0.4)
                .withLambda(2)
                .withRank(13)
                .withIterations(40);
        assertThat(changed.tau()).isEqualTo(0.4);
        assertThat(changed.lambda()).isEqualTo(2);
        assertThat(changed.rank()).isEqualTo(13);
        assertThat(changed.iterations()).isEqualTo(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changed.withTau(0))
                .withMessage("tau must be positive and finite, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changed.withRank(0))
                .withMessage("rank must be at least 1, not 0");
    }

    @Test
    void optionsOfCoefficientTotalVariation() {
        CoefficientTotalVariation changed = CoefficientTotalVariation.withDefaults()
                .withTau(0.4)
                .withBeta(20)
                .withLambda(2)
                .withRank(13)
                .withIterations(40);
        assertThat(changed.tau()).isEqualTo(0.4);
        assertThat(changed.beta()).isEqualTo(20);
        assertThat(changed.lambda()).isEqualTo(2);
        assertThat(changed.rank()).isEqualTo(13);
        assertThat(changed.iterations()).isEqualTo(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changed.withBeta(Double.POSITIVE_INFINITY))
                .withMessage("beta must be positive and finite, not Infinity");
    }

    @Test
    void optionsOfLrtdtv() {
        Lrtdtv changed = Lrtdtv.withDefaults()
                .withTau(0.4)
                .withLambda(2)
                .withSpectralWeight(0.5)
                .withRank(13)
                .withSpatialShare(1)
                .withIterations(40);
        assertThat(changed.tau()).isEqualTo(0.4);
        assertThat(changed.lambda()).isEqualTo(2);
        assertThat(changed.spectralWeight()).isEqualTo(0.5);
        assertThat(changed.rank()).isEqualTo(13);
        assertThat(changed.spatialShare()).isEqualTo(1);
        assertThat(changed.iterations()).isEqualTo(40);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> changed.withSpatialShare(1.1))
                .withMessage("spatial share must be above 0 and at most 1, not 1.1");
    }

    /** A scene of ranks 3 along all axes, and ranks that leave room for it: only rounding changes it. */
    @Test
    void theProjectionKeepsWhatItsBasesHold() {
        double[][] scene = cornered(10, 14, 9);
        double[][] projected = Arrays.stream(scene).map(double[]::clone).toArray(double[][]::new);
        new TuckerProjection(scene, 10, 14, 0.3, 3, RunContext.sequential()).project(projected);

        for (int b = 0; b < scene.length; b++) {
            // sums of some hundred products near one
            assertThat(projected[b]).containsExactly(scene[b], within(1e-12));
        }
    }

    /** What is left out stands on what is kept, as the projection is orthogonal. */
    @Test
    void theProjectionIsOrthogonal() {
        double[][] scene = new double[8][];
        Random random = new Random(3);
        Arrays.setAll(scene, b -> random.doubles(9 * 5).toArray());
        double[][] projected = Arrays.stream(scene).map(double[]::clone).toArray(double[][]::new);
        new TuckerProjection(scene, 9, 5, 0.6, 4, RunContext.sequential()).project(projected);

        double product = 0;
        double left = 0;
        for (int b = 0; b < scene.length; b++) {
            for (int i = 0; i < scene[b].length; i++) {
                product += projected[b][i] * (scene[b][i] - projected[b][i]);
                left += (scene[b][i] - projected[b][i]) * (scene[b][i] - projected[b][i]);
            }
        }
        assertThat(left).isGreaterThan(1);
        // 360 products below one
        assertThat(product).isCloseTo(0, within(1e-12));
    }

    /** The sum of three products of a profile down, one along and a spectrum. */
    private static double[][] cornered(int rows, int columns, int bands) {
        Random random = new Random(8);
        double[][] scene = new double[bands][rows * columns];
        for (int k = 0; k < 3; k++) {
            double[] down = random.doubles(rows).toArray();
            double[] along = random.doubles(columns).toArray();
            double[] across = random.doubles(bands).toArray();
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < rows * columns; i++) {
                    scene[b][i] += down[i / columns] * along[i % columns] * across[b];
                }
            }
        }
        return scene;
    }

    /**
     * Total variation with the absolute error has a closed form for plateaus: those narrower than twice lambda go, wider ones
     * stay at their height.
     */
    @Test
    void hyMiNoRTakesNarrowPlateausOutOfSpectraAndKeepsWideOnes() {
        HyMiNoR.Spectra spectra = new HyMiNoR.Spectra(40);
        double[][] given = spectra.given();
        for (int b = 0; b < 40; b++) {
            given[b][0] = b >= 10 && b < 13 ? 1 : 0.25;
            given[b][1] = b >= 20 && b < 25 ? -0.5 : 0.25;
            given[b][2] = b < 20 ? 0 : 1;
        }
        spectra.solve(3, 2, 2000);

        for (int b = 0; b < 40; b++) {
            // what 2000 iterations leave
            assertThat(spectra.found()[b][0]).isCloseTo(0.25, within(1e-3));
            assertThat(spectra.found()[b][1]).isCloseTo(given[b][1], within(1e-3));
            assertThat(spectra.found()[b][2]).isCloseTo(given[b][2], within(1e-3));
        }
    }

    /** Impulses in single bands: HyRes alone spreads them over the spectrum. */
    @Test
    void hyMiNoRRemovesImpulsesBetterThanHyRes() {
        double[][] clean = Scenes.image(ROWS, COLUMNS, 60, 3, 1);
        double[][] planes = Scenes.noisy(clean, Scenes.even(60, 0.02), 4);
        Random random = new Random(5);
        for (int b = 0; b < 60; b += 3) {
            for (int i = 0; i < ROWS * COLUMNS; i++) {
                planes[b][i] = random.nextDouble() < 0.1 ? 3 : planes[b][i];
            }
        }
        Cube truth = Cube.of(ROWS, COLUMNS, clean);
        Cube noisy = Cube.of(ROWS, COLUMNS, planes);
        double first =
                Scenes.rms(Restoring.of(noisy).with(HyRes.withDefaults()).run().cube(), truth);
        double both = Scenes.rms(
                Restoring.of(noisy).with(HyMiNoR.withDefaults()).run().cube(), truth);

        assertThat(both).isLessThan(0.9 * first);
    }

    @Test
    void optionsOfHyMiNoR() {
        HyMiNoR changed = HyMiNoR.withDefaults().withLambda(3).withIterations(20);
        assertThat(changed.lambda()).hasValue(3.0);
        assertThat(changed.iterations()).isEqualTo(20);
        assertThatIllegalArgumentException().isThrownBy(() -> changed.withLambda(0));
    }

    @Test
    void impulsesAreReplacedByTheMedianAroundThem() {
        double[] plane = new double[30 * 20];
        Random random = new Random(2);
        Arrays.setAll(plane, i -> random.nextGaussian());
        plane[5 * 20 + 7] = 50;
        plane[0] = -50;
        double[] before = plane.clone();

        int replaced = new RobustMedian(30, 20).replaceOutliers(plane, 6);

        assertThat(replaced).isEqualTo(2);
        assertThat(plane[5 * 20 + 7]).isBetween(-2.0, 2.0);
        assertThat(plane[0]).isBetween(-2.0, 2.0);
        plane[5 * 20 + 7] = before[5 * 20 + 7];
        plane[0] = before[0];
        assertThat(plane).containsExactly(before);
    }

    @Test
    void optionsOfL1HyMixDe() {
        L1HyMixDe changed = L1HyMixDe.withDefaults()
                .withLambda(2)
                .withIterations(3)
                .withPlaneDenoiser(WaveletShrinkage.withDefaults());
        assertThat(changed.lambda()).isEqualTo(2);
        assertThat(changed.iterations()).isEqualTo(3);
        assertThat(changed.planeDenoiser().name()).isEqualTo("wavelet-shrinkage");
        assertThatIllegalArgumentException().isThrownBy(() -> changed.withLambda(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> changed.withIterations(0));
    }
}
