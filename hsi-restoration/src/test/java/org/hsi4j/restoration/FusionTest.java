package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.SpectralResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every fuser of the module, those to come included: it goes through the table of methods. */
class FusionTest {

    static Stream<Fuser> fusers() {
        return new RestorationMethods()
                .methods().stream().filter(Fuser.class::isInstance).map(Fuser.class::cast);
    }

    private static Cube truth(int rows, int columns, int bands) {
        return Cube.of(rows, columns, Scenes.image(rows, columns, bands, 3, 1));
    }

    private static double[][] planes(Cube cube) {
        return IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
    }

    /** A pair with holes: where the coarse scene is invalid its whole block is, where the sharp one is only that pixel. */
    private static FusionPair spoilt(double garbage) {
        FusionPair pair = FusionPair.of(truth(48, 36, 20), 3, 1.3, 4, 0.01, 2);
        double[][] coarse = planes(pair.coarse());
        double[][] sharp = planes(pair.sharp());
        coarse[3][17] = Double.NaN;
        for (double[] plane : coarse) {
            plane[40] = garbage;
        }
        sharp[1][100] = Double.NEGATIVE_INFINITY;
        for (double[] plane : sharp) {
            plane[700] = -garbage;
        }
        return new FusionPair(
                Cube.of(16, 12, coarse).masked(Mask.of(16, 12, i -> i != 40)),
                Cube.of(48, 36, sharp).masked(Mask.of(48, 36, i -> i != 700)));
    }

    @Test
    void theTableHoldsThem() {
        assertThat(Methods.all(Fuser.class))
                .extracting(Fuser::name)
                .contains("r-fuse", "mtf-glp", "gsa", "cnmf")
                .doesNotHaveDuplicates();
        assertThat(fusers()).allSatisfy(method -> {
            assertThat(method.family()).isEqualTo("restoration");
            assertThat(method.role()).isEqualTo("fuser");
        });
    }

    /** Half of the error of interpolation at most: each takes its detail from the sharp image. */
    @ParameterizedTest
    @MethodSource("fusers")
    void isSharperThanInterpolation(Fuser fuser) {
        Cube truth = truth(60, 48, 30);
        FusionPair pair = FusionPair.of(truth, 4, 1.7, 4, 0.003, 3);
        CoarseSampling sampling = CoarseSampling.of(15, 12, 4, 1.7, 0, 0);
        double[][] interpolated = new double[30][];
        for (int b = 0; b < 30; b++) {
            interpolated[b] = sampling.interpolated(pair.coarse().plane(b));
        }

        RestoredCube fused = Fusion.of(pair.coarse(), pair.sharp()).with(fuser).run();

        assertThat(Scenes.rms(fused.cube(), truth)).isLessThan(0.5 * Scenes.rms(Cube.of(60, 48, interpolated), truth));
        assertThat(fused.diagnostics().figures())
                .containsKeys("factor", "rank", "point-spread")
                .containsEntry(
                        "aliasing",
                        AliasingScore.variation(pair.sharp(), 4, RunContext.defaults())
                                .mean());
        assertThat(fused.diagnostics().elapsed()).isPositive();
    }

    /** The blur is found to a tenth of it, the shift to a tenth of a coarse pixel; 225 pixels with noise carry no more. */
    @Test
    void findsThePointSpread() {
        FusionPair pair = FusionPair.of(truth(60, 60, 30), 4, 2.2, 4, 0.003, 3);

        var figures = Fusion.of(pair.coarse(), pair.sharp())
                .with(MtfGlp.withDefaults())
                .run()
                .diagnostics()
                .figures();

        assertThat(figures.get("point-spread")).isCloseTo(2.2, within(0.25));
        assertThat(figures.get("row-shift")).isCloseTo(0, within(0.4));
        assertThat(figures.get("column-shift")).isCloseTo(0, within(0.4));
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void threadsDoNotChangeABit(Fuser fuser) {
        FusionPair pair = spoilt(5);
        RestoredCube one = Fusion.of(pair.coarse(), pair.sharp()).with(fuser).run(RunContext.sequential());
        ForkJoinPool pool = new ForkJoinPool(7);
        try {
            for (int threads : new int[] {2, 7}) {
                RestoredCube many = Fusion.of(pair.coarse(), pair.sharp())
                        .with(fuser)
                        .run(RunContext.defaults().withExecutor(pool).withParallelism(threads));
                assertThat(Arrays.deepEquals(planes(many.cube()), planes(one.cube())))
                        .isTrue();
                assertThat(many.diagnostics().figures())
                        .isEqualTo(one.diagnostics().figures());
            }
        } finally {
            pool.shutdown();
        }
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void invalidPixelsChangeNothingElse(Fuser fuser) {
        FusionPair some = spoilt(1e6);
        FusionPair other = spoilt(-3.5);
        Cube fused = Fusion.of(some.coarse(), some.sharp()).with(fuser).run().cube();

        assertThat(Arrays.deepEquals(
                        planes(fused),
                        planes(Fusion.of(other.coarse(), other.sharp())
                                .with(fuser)
                                .run()
                                .cube())))
                .isTrue();
        assertThat(fused.validMask()).isEqualTo(Mask.of(48, 36, i -> {
            int block = i / 36 / 3 * 12 + i % 36 / 3;
            return i != 100 && i != 700 && block != 17 && block != 40;
        }));
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void metadataComeFromTheRightScene(Fuser fuser) {
        FusionPair pair = FusionPair.of(truth(8, 12, 3), 2, 1, 1, 0.01, 2);
        GeoReference place = new GeoReference("UTM", 500000, 5800000, 15, 15, 0, 33, true, "WGS-84", "Meters", "");
        Cube.Builder coarse = Cube.builder(4, 6, 3, Precision.FLOAT);
        for (int b = 0; b < 3; b++) {
            coarse.plane(b, pair.coarse().plane(b));
        }
        Cube.Builder sharp = Cube.builder(8, 12, 1, Precision.DOUBLE);
        sharp.plane(0, pair.sharp().plane(0)).geoReference(place);

        Cube fused = Fusion.of(
                        coarse.name("field")
                                .quantity(Quantity.RADIANCE)
                                .wavelengths(Wavelengths.of(450, 550, 650))
                                .bandNames(List.of("blue", "green", "red"))
                                .goodBands(true, false, true)
                                .build(),
                        sharp.build())
                .with(fuser)
                .run()
                .cube();

        assertThat(fused.name()).isEqualTo("field");
        assertThat(fused.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(fused.precision()).isEqualTo(Precision.FLOAT);
        assertThat(fused.wavelengths()).contains(Wavelengths.of(450, 550, 650));
        assertThat(fused.bandNames()).contains(List.of("blue", "green", "red"));
        assertThat(fused.isGoodBand(1)).isFalse();
        assertThat(fused.geoReference()).contains(place);
    }

    /** One coarse pixel, one band, one sharp band, bands that are equal, constant or empty: finite everywhere. */
    @ParameterizedTest
    @MethodSource("fusers")
    void poorScenes(Fuser fuser) {
        for (int[] shape : new int[][] {{2, 2, 5}, {2, 2, 1}, {6, 4, 1}, {4, 10, 40}}) {
            Cube truth = truth(shape[0], shape[1], shape[2]);
            FusionPair pair = FusionPair.of(truth, 2, 1, 1, 0.001, 2);
            assertFinite(fuser, pair);
        }
        double[][] poor = planes(truth(12, 18, 8));
        poor[1] = poor[0].clone();
        Arrays.fill(poor[3], 0);
        Arrays.fill(poor[5], 2.5);
        assertFinite(fuser, FusionPair.of(Cube.of(12, 18, poor), 3, 1.2, 8, 0, 2));
        assertFinite(fuser, FusionPair.of(Cube.of(12, 18, new double[4][216]), 3, 1.2, 2, 0, 2));
    }

    private static void assertFinite(Fuser fuser, FusionPair pair) {
        Cube fused = Fusion.of(pair.coarse(), pair.sharp()).with(fuser).run().cube();
        assertThat(fused.validMask().count()).isEqualTo(pair.sharp().pixels());
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void noPixelInCommon(Fuser fuser) {
        FusionPair pair = FusionPair.of(truth(8, 12, 3), 2, 1, 1, 0.01, 2);
        Cube empty = pair.coarse().masked(Mask.of(4, 6, i -> false));

        RestoredCube fused = Fusion.of(empty, pair.sharp()).with(fuser).run();

        assertThat(fused.cube().validMask().count()).isZero();
        assertThat(fused.diagnostics().notes()).anyMatch(note -> note.contains("no valid pixel in common"));
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void refusesSizesThatDoNotFit(Fuser fuser) {
        FusionPair pair = FusionPair.of(truth(8, 12, 3), 2, 1, 1, 0.01, 2);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Fusion.of(truth(4, 5, 3), pair.sharp()).with(fuser).run())
                .withMessageContaining("8x12")
                .withMessageContaining("4x5");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Fusion.of(truth(8, 12, 3), pair.sharp()).with(fuser).run());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fusion.of(pair.coarse(), pair.sharp())
                        .with(fuser)
                        .run(RunContext.sequential().withMemoryLimit(1000)))
                .withMessageContaining("memory limit");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Fusion.of(pair.coarse(), pair.sharp()).withPointSpread(0));
    }

    @ParameterizedTest
    @MethodSource("fusers")
    void canBeCancelled(Fuser fuser) {
        FusionPair pair = FusionPair.of(truth(8, 12, 3), 2, 1, 1, 0.01, 2);
        assertThatThrownBy(() -> Fusion.of(pair.coarse(), pair.sharp())
                        .with(fuser)
                        .run(RunContext.sequential().withCancellation(() -> true)))
                .isInstanceOf(CancellationException.class);
    }

    /** Without noise, with as many sharp bands as the scene has components, there is only one scene that fits both. */
    @Test
    void findsTheSceneThatBothDetermine() {
        Cube truth = truth(40, 24, 12);
        FusionPair pair = FusionPair.of(truth, 4, 1.7, 3, 0, 2);

        Cube fused = Fusion.of(pair.coarse(), pair.sharp())
                .withPointSpread(1.7)
                .with(RFuse.withDefaults())
                .run()
                .cube();

        // The noise assumed of scenes without any is 1e-4 of them.
        assertThat(Scenes.rms(fused, truth)).isLessThan(2e-4);
    }

    /** Equal shares of the bands, as {@link FusionPair} makes sharp bands, on wavelengths 1, 2, 3, ... */
    private static SpectralResponse equalShares(int bands, int sharpBands) {
        double[] centres = IntStream.rangeClosed(1, bands).asDoubleStream().toArray();
        double[][] shares = new double[sharpBands][bands];
        double[] middles = new double[sharpBands];
        for (int j = 0; j < sharpBands; j++) {
            int from = j * bands / sharpBands;
            int to = (j + 1) * bands / sharpBands;
            Arrays.fill(shares[j], from, to, 1);
            middles[j] = (from + to + 1) / 2.0;
        }
        return SpectralResponse.measured(Wavelengths.of(centres), Wavelengths.of(middles), centres, shares);
    }

    /** The true response and the one that was estimated lead to nearly the same scene: noise is all that keeps them apart. */
    @ParameterizedTest
    @MethodSource("fusers")
    void aGivenResponseIsAsGoodAsTheEstimate(Fuser fuser) {
        Cube truth = truth(60, 48, 30);
        FusionPair pair = FusionPair.of(truth, 4, 1.7, 4, 0.003, 3);
        Fusion fusion = Fusion.of(pair.coarse(), pair.sharp());

        double given = Scenes.rms(
                fusion.withSpectralResponse(equalShares(30, 4))
                        .with(fuser)
                        .run()
                        .cube(),
                truth);
        double estimated = Scenes.rms(fusion.with(fuser).run().cube(), truth);

        assertThat(given).isLessThan(1.1 * estimated);
    }

    /** A sharp sensor whose zero lies elsewhere changes rounding alone. */
    @Test
    void aGivenResponseAllowsForAnotherZero() {
        FusionPair pair = FusionPair.of(truth(40, 24, 12), 4, 1.7, 3, 0.003, 2);
        double[][] higher = planes(pair.sharp());
        for (double[] plane : higher) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] += 8;
            }
        }
        SpectralResponse response = equalShares(12, 3);
        Cube fused = Fusion.of(pair.coarse(), pair.sharp())
                .withSpectralResponse(response)
                .with(RFuse.withDefaults())
                .run()
                .cube();
        Cube other = Fusion.of(pair.coarse(), Cube.of(40, 24, higher))
                .withSpectralResponse(response)
                .with(RFuse.withDefaults())
                .run()
                .cube();

        assertThat(Scenes.rms(fused, other)).isLessThan(1e-9);
    }

    @Test
    void aResponseOfOtherBandsIsRefused() {
        FusionPair pair = FusionPair.of(truth(8, 12, 6), 2, 1, 2, 0.01, 2);
        Fusion fusion = Fusion.of(pair.coarse(), pair.sharp());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fusion.withSpectralResponse(equalShares(7, 2))
                        .with(RFuse.withDefaults())
                        .run())
                .withMessageContaining("6 bands but the resampling is from 7");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fusion.withSpectralResponse(equalShares(6, 3))
                        .with(Cnmf.withDefaults())
                        .run())
                .withMessageContaining("2 bands but the spectral response has 3");
    }

    /** What was measured is kept: seen by the coarse sensor again, the fused scene is the coarse one. */
    @Test
    void theLaplacianPyramidKeepsWhatWasMeasured() {
        FusionPair pair = FusionPair.of(truth(40, 24, 12), 4, 1.7, 1, 0, 2);
        Cube fused = Fusion.of(pair.coarse(), pair.sharp())
                .withPointSpread(1.7)
                .with(MtfGlp.withDefaults())
                .run()
                .cube();
        CoarseSampling sampling = CoarseSampling.of(10, 6, 4, 1.7, 0, 0);
        double[][] seen = new double[12][];
        for (int b = 0; b < 12; b++) {
            seen[b] = sampling.down(fused.plane(b));
        }
        // Interpolation and sampling do not undo each other exactly; the detail added has no mean.
        assertThat(Scenes.rms(Cube.of(10, 6, seen), pair.coarse())).isLessThan(0.05);
    }
}
