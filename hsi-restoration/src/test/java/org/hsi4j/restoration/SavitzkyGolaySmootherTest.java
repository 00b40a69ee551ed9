package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.SavitzkyGolay;
import org.junit.jupiter.api.Test;

class SavitzkyGolaySmootherTest {

    @Test
    void isTheFilterOfEachSpectrum() {
        Cube scene = Scenes.noisy(5, 7, 20, 1).masked(Mask.of(5, 7, i -> i != 3));
        Cube smooth = Restoring.of(scene)
                .with(SavitzkyGolaySmoother.withDefaults().withWindow(9).withOrder(3))
                .run()
                .cube();
        Cube filtered = SavitzkyGolay.withDefaults().withWindow(9).withOrder(3).apply(scene, RunContext.defaults());

        for (int b = 0; b < 20; b++) {
            assertThat(smooth.plane(b)).containsExactly(filtered.plane(b));
            assertThat(smooth.plane(b)[3]).isNaN();
        }
        assertThat(smooth.provenance()).last().isEqualTo("smoothed by savitzky-golay, window 9, order 3");
    }

    /** A third of the variance of white noise inside, more at the ends. */
    @Test
    void smoothsNoise() {
        double[][] clean = Scenes.image(30, 40, 100, 2, 3);
        Cube truth = Cube.of(30, 40, clean);
        Cube noisy = Cube.of(30, 40, Scenes.noisy(clean, Scenes.even(100, 0.1), 4));
        Cube smooth = Restoring.of(noisy)
                .with(SavitzkyGolaySmoother.withDefaults())
                .run()
                .cube();

        assertThat(Scenes.rms(smooth, truth) / Scenes.rms(noisy, truth)).isCloseTo(Math.sqrt(1 / 3.0), within(0.03));
    }

    @Test
    void fewBandsHaveASmallerWindow() {
        for (int bands : new int[] {1, 2, 3, 4}) {
            Cube scene = Scenes.noisy(4, 6, bands, 2);
            RestoredCube restored = Restoring.of(scene)
                    .with(SavitzkyGolaySmoother.withDefaults())
                    .run();
            // a parabola goes through three bands; rounding of weights
            assertThat(Scenes.rms(restored.cube(), scene)).isLessThan(bands < 4 ? 1e-12 : 1);
            assertThat(restored.diagnostics().notes()).hasSize(1);
        }
    }
}
