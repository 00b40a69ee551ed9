package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.method.Options;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.DownSampling;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every method that makes smaller pixels, those to come included: it goes through the table of methods. */
class SuperResolverTest {
    private static final RunContext RUN = RunContext.defaults();

    static Stream<SuperResolver> methods() {
        return new RestorationMethods()
                .methods().stream().filter(SuperResolver.class::isInstance).map(SuperResolver.class::cast);
    }

    private static Cube truth() {
        return Cube.of(48, 36, Scenes.image(48, 36, 12, 3, 1));
    }

    private static double error(SuperResolver method, Cube coarse, Cube truth) {
        return Scenes.rms(Restoring.of(coarse).with(method).run().cube(), truth);
    }

    /** Better than pixels repeated, which is what there was. */
    @ParameterizedTest
    @MethodSource("methods")
    void isBetterThanRepeatedPixels(SuperResolver method) {
        for (int factor : new int[] {2, 3}) {
            DownSampling.Result coarse =
                    DownSampling.withDefaults().withFactor(factor).apply(truth(), RUN);
            SuperResolver finer = Options.with(method, "factor", String.valueOf(factor));

            assertThat(finer.factor()).isEqualTo(factor);
            assertThat(error(finer, coarse.cube(), truth())).isLessThan(0.8 * Scenes.rms(coarse.replicated(), truth()));
        }
    }

    /** What models the sensor is better than interpolation where there is no noise. */
    @Test
    void theSensorIsSeenThrough() {
        Cube coarse =
                DownSampling.withDefaults().withFactor(2).apply(truth(), RUN).cube();
        double interpolated = error(Interpolation.cubic(), coarse, truth());

        assertThat(error(IterativeBackProjection.withDefaults(), coarse, truth()))
                .isLessThan(0.96 * interpolated);
        assertThat(error(SubspaceSuperResolution.withDefaults(), coarse, truth()))
                .isLessThan(0.9 * interpolated);
        assertThat(error(Interpolation.lanczos(), coarse, truth())).isLessThan(interpolated);
    }

    /** Back-projected often enough, the fine scene gives the coarse one again. */
    @Test
    void backProjectionConverges() {
        Cube coarse =
                DownSampling.withDefaults().withFactor(2).apply(truth(), RUN).cube();
        Cube fine = Restoring.of(coarse)
                .with(IterativeBackProjection.withDefaults().withIterations(100))
                .run()
                .cube();
        CoarseSampling sampling = CoarseSampling.imresize(24, 18, 2);
        for (int b = 0; b < 12; b++) {
            assertThat(sampling.down(fine.plane(b))).containsExactly(coarse.plane(b), within(1e-6));
        }
    }

    /** Those that sample down tell what that loses of their own result. */
    @Test
    void theAliasingOfTheResultIsTold() {
        Cube coarse =
                DownSampling.withDefaults().withFactor(2).apply(truth(), RUN).cube();
        for (SuperResolver method :
                List.of(IterativeBackProjection.withDefaults(), SubspaceSuperResolution.withDefaults())) {
            RestoredCube fine = Restoring.of(coarse).with(method).run();

            assertThat(fine.diagnostics().figures())
                    .containsEntry(
                            "aliasing",
                            AliasingScore.variation(fine.cube(), 2, RUN).mean());
        }
    }

    /** The sampling of the simulator, away from the border, where that repeats the last sample. */
    @Test
    void imresizeIsThatOfTheSimulator() {
        Cube coarse =
                DownSampling.withDefaults().withFactor(3).apply(truth(), RUN).cube();
        double[] expected = coarse.plane(5);
        double[] seen = CoarseSampling.imresize(16, 12, 3).down(truth().plane(5));
        for (int i = 0; i < expected.length; i++) {
            int r = i / 12;
            int c = i % 12;
            if (r > 1 && r < 14 && c > 1 && c < 10) {
                assertThat(seen[i]).isCloseTo(expected[i], within(1e-12));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void invalidPixelsBecomeInvalidBlocks(SuperResolver method) {
        Cube fine = Restoring.of(Scenes.spoilt(31, 17, 12, 4, 1e6))
                .with(method)
                .run()
                .cube();
        Cube other = Restoring.of(Scenes.spoilt(31, 17, 12, 4, -3))
                .with(method)
                .run()
                .cube();

        assertThat(fine.validMask()).isEqualTo(Mask.of(62, 34, i -> !Scenes.isSpoilt(i / 34 / 2 * 17 + i % 34 / 2)));
        assertThat(fine).isEqualTo(other);
    }

    @ParameterizedTest
    @MethodSource("methods")
    void metadataAreKept(SuperResolver method) {
        GeoReference place = new GeoReference("UTM", 500000, 5800000, 30, 30, 0, 33, true, "WGS-84", "Meters", "");
        Cube.Builder builder = Cube.builder(5, 6, 3, Precision.FLOAT);
        for (int b = 0; b < 3; b++) {
            builder.plane(b, Scenes.noisy(5, 6, 3, 1).plane(b));
        }
        Cube cube = builder.name("field")
                .quantity(Quantity.RADIANCE)
                .wavelengths(Wavelengths.of(450, 550, 650))
                .bandNames(List.of("blue", "green", "red"))
                .goodBands(true, false, true)
                .geoReference(place)
                .build();

        Cube fine = Restoring.of(cube).with(method).run().cube();

        assertThat(fine.name()).isEqualTo("field");
        assertThat(fine.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(fine.precision()).isEqualTo(Precision.FLOAT);
        assertThat(fine.wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(fine.bandNames()).isEqualTo(cube.bandNames());
        assertThat(fine.isGoodBand(1)).isFalse();
        GeoReference finer = fine.geoReference().orElseThrow();
        assertThat(finer.pixelWidth()).isEqualTo(15);
        assertThat(finer.xAt(10, 12)).isEqualTo(place.xAt(5, 6));
        assertThat(finer.yAt(10, 12)).isEqualTo(place.yAt(5, 6));
    }

    /** One pixel, one band, a line, more bands than pixels, and nothing but zeros: finite. */
    @ParameterizedTest
    @MethodSource("methods")
    void smallAndPoorScenes(SuperResolver method) {
        for (Cube cube : new Cube[] {
            Scenes.noisy(1, 1, 5, 1),
            Scenes.noisy(9, 8, 1, 1),
            Scenes.noisy(1, 40, 4, 1),
            Scenes.noisy(3, 4, 40, 1),
            Cube.of(5, 7, new double[3][35])
        }) {
            RestoredCube fine = Restoring.of(cube).with(method).run();
            assertThat(fine.cube().validMask().count()).isEqualTo(4 * cube.pixels());
            assertThat(fine.figures(cube)).isNotEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("methods")
    void refusesFactorsThatAreNone(SuperResolver method) {
        for (String factor : new String[] {"1", "17"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> Options.with(method, "factor", factor));
        }
    }
}
