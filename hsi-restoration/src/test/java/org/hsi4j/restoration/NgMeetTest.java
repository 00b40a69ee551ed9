package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class NgMeetTest {

    /**
     * A singular value of signal x is seen as y with y^2 = (x + 1 / x) (x + b / x) in white noise, and comes back times the
     * cosines of the angles by which its vectors are turned: eta = x cos cos, all three known in closed form for a matrix that
     * grows (Gavish and Donoho 2017, equations 7 to 9).
     */
    @Test
    void theFactorIsTheOptimalOne() {
        for (double b : new double[] {0.1, 0.5, 1, 2}) {
            for (double x : new double[] {1.5, 2, 5}) {
                double squared = (x + 1 / x) * (x + b / x);
                double x4 = x * x * x * x;
                double left = Math.sqrt((x4 - b) / (x4 + b * x * x));
                double right = Math.sqrt((x4 - b) / (x4 + x * x));

                assertThat(NgMeet.factor(squared, b) * Math.sqrt(squared)).isCloseTo(x * left * right, within(1e-12));
            }
            double edge = 1 + Math.sqrt(b);
            assertThat(NgMeet.factor(edge * edge, b)).isZero();
            assertThat(NgMeet.factor(0, b)).isZero();
            assertThat(NgMeet.factor(1e12, b)).isCloseTo(1, within(1e-6));
        }
    }

    /** Better than any denoiser of single images that the scene's images are given to. */
    @Test
    void groupsOfAllImagesAreBetterThanImagesAlone() {
        double[][] clean = Scenes.image(70, 45, 20, 4, 3);
        Cube truth = Cube.of(70, 45, clean);
        Cube noisy = Cube.of(70, 45, Scenes.noisy(clean, Scenes.even(20, 0.15), 4));

        double groups = Scenes.rms(NgMeet.withDefaults().restore(noisy, run()).cube(), truth);
        double alone =
                Scenes.rms(SubspaceDenoiser.withDefaults().restore(noisy, run()).cube(), truth);

        assertThat(groups).isLessThan(alone);
    }

    /** More components than are shrunk jointly: thirteen and the rest. */
    @Test
    void manyComponents() {
        double[][] clean = Scenes.image(60, 50, 40, 18, 5);
        Cube truth = Cube.of(60, 50, clean);
        Cube noisy = Cube.of(60, 50, Scenes.noisy(clean, Scenes.even(40, 0.02), 6));
        RestoredCube restored = NgMeet.withDefaults().withMates(30).restore(noisy, run());

        assertThat(restored.diagnostics().figures().get("rank")).isGreaterThan(3);
        assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(0.5 * Scenes.rms(noisy, truth));
    }

    /** A pixel with a spectrum of its own, twenty deviations off in every band, is not smoothed away. */
    @Test
    void aRarePixelStays() {
        double[][] clean = Scenes.image(50, 50, 20, 3, 7);
        for (int b = 0; b < 20; b++) {
            clean[b][25 * 50 + 20] += b % 2 == 0 ? 1 : -1;
        }
        Cube noisy = Cube.of(50, 50, Scenes.noisy(clean, Scenes.even(20, 0.05), 8));
        Cube restored = NgMeet.withDefaults().restore(noisy, run()).cube();

        double kept = 0;
        for (int b = 0; b < 20; b++) {
            kept += (b % 2 == 0 ? 1 : -1) * (restored.value(25, 20, b) - restored.value(25, 22, b)) / 20;
        }
        assertThat(kept).isGreaterThan(0.5);
    }

    private static RunContext run() {
        return RunContext.defaults();
    }

    @Test
    void optionsAreChecked() {
        NgMeet method = NgMeet.withDefaults().withPatchSide(5).withMates(60).withWindowRadius(20);
        assertThat(method.patchSide()).isEqualTo(5);
        assertThat(method.mates()).isEqualTo(60);
        assertThat(method.windowRadius()).isEqualTo(20);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withPatchSide(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withPatchSide(11));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMates(1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withMates(1001));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWindowRadius(0));
    }
}
