package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.metrics.SpectralDivergence;
import org.junit.jupiter.api.Test;

/** Divergence against the measure of the core, which has its own tests. */
class SidTest {
    private static final Spectrum TARGET = Spectrum.of(0.2, 0.5, -0.1, 0.9, 0.4);

    private static Cube scene() {
        Random random = new Random(4);
        double[][] planes = new double[5][60];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                plane[i] = random.nextGaussian() * 0.3 + 0.4; // some are negative
            }
        }
        return Cube.of(6, 10, planes);
    }

    @Test
    void scoresAreTheNegatedMeasures() {
        Cube scene = scene();
        double[] sid = scores(scene, Sid.withDefaults());
        double[] tangent = scores(scene, Sid.samTangent());
        double[] sine = scores(scene, Sid.samSine());

        for (int i = 0; i < 60; i++) {
            Spectrum pixel = scene.spectrum(i / 10, i % 10);
            // A dozen terms of at most some tens.
            assertThat(sid[i]).isCloseTo(-SpectralDivergence.sid(pixel, TARGET), within(1e-12));
            assertThat(sine[i]).isCloseTo(-SpectralDivergence.sidSamSin(pixel, TARGET), within(1e-12));
            double expected = -SpectralDivergence.sidSamTan(pixel, TARGET);
            assertThat(tangent[i]).isCloseTo(expected, within(1e-10 * (1 - expected)));
        }
    }

    @Test
    void brightnessDoesNotMatterAndNoPositiveValueIsTheWorst() {
        double[][] planes = new double[5][4];
        for (int b = 0; b < 5; b++) {
            planes[b] = new double[] {TARGET.value(b) * 1e-200, TARGET.value(b) * 1e200, -1, 0};
        }
        Cube cube = Cube.of(1, 4, planes);

        assertThat(scores(cube, Sid.withDefaults()))
                .containsExactly(new double[] {0, 0, -55.262042231857095, -55.262042231857095}, within(1e-12));
        assertThat(Arrays.stream(scores(cube, Sid.samTangent()))).allMatch(Double::isFinite);
        assertThat(scores(cube, Sid.samSine())[3]).isCloseTo(-55.262042231857095, within(1e-12));
    }

    @Test
    void aTargetWithoutAPositiveValueIsRefused() {
        for (Spectrum target : new Spectrum[] {Spectrum.of(0, 0, 0, 0, 0), Spectrum.of(-1, -2, -1, 0, 0)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Detection.of(scene())
                            .target(target)
                            .with(Sid.withDefaults())
                            .run())
                    .withMessageContaining("no positive value");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Detection.of(scene())
                        .target(Spectrum.of(0, 0, 0, 0, 0))
                        .with(Sam.withDefaults())
                        .run())
                .withMessageContaining("no direction");
    }

    @Test
    void aPixelOfZerosHasNoAngle() {
        double[][] planes = new double[5][2];
        for (int b = 0; b < 5; b++) {
            planes[b][1] = TARGET.value(b) * 1e-300;
        }

        assertThat(scores(Cube.of(1, 2, planes), Sam.withDefaults()))
                .containsExactly(new double[] {0, 1}, within(1e-15));
    }

    private static double[] scores(Cube cube, TargetDetector detector) {
        return Detection.of(cube).target(TARGET).with(detector).run().scores().toArray();
    }
}
