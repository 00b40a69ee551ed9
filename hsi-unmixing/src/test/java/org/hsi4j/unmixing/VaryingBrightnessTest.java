package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.metrics.Alignment;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

/** What the default rules do about slopes and shade. */
class VaryingBrightnessTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final int PIXELS = 40 * 50;
    private static final double[][] E = Scenes.endmembers(20, 3, 6);
    private static final Endmembers TRUTH = Endmembers.ofMatrix(E);
    private static final Cube EVEN = Cube.of(40, 50, Scenes.mixtures(E, PIXELS, 0, 6));

    private static final double[] LIGHT =
            new Random(3).doubles(PIXELS, 0.6, 1.4).toArray();

    private static Cube uneven() {
        double[][] planes = Scenes.mixtures(E, PIXELS, 0, 6);
        for (double[] plane : planes) {
            for (int i = 0; i < PIXELS; i++) {
                plane[i] *= LIGHT[i];
            }
        }
        return Cube.of(40, 50, planes);
    }

    @Test
    void sharesAndBrightnessAreFoundExactly() {
        Abundances found = AutoAbundances.withDefaults().solve(uneven(), TRUTH, RUN);
        Abundances expected = Fcls.withDefaults().solve(EVEN, TRUTH, RUN);
        double[] brightness = found.brightness().orElseThrow().toArray();
        for (int i = 0; i < PIXELS; i++) {
            // Noiseless: rounding times the condition of three well separated spectra.
            assertThat(brightness[i]).isCloseTo(LIGHT[i], within(1e-10));
            assertThat(found.maps().abundances(i / 50, i % 50))
                    .containsExactly(expected.maps().abundances(i / 50, i % 50), within(1e-10));
        }
        assertThat(found.diagnostics().figures().get("sum_deviation")).isLessThan(1e-14);
        assertThat(found.figures()).extracting(Figure::name).containsExactly("abundances", "brightness");
    }

    @Test
    void theVariationIsThatOfTheLight() {
        double variation = AutoAbundances.withDefaults()
                .solve(uneven(), TRUTH, RUN)
                .diagnostics()
                .figures()
                .get("brightness_variation");
        // Uniform light of mean 1 and deviation .8 / sqrt(12) = .231; what is fitted, 1 - m'R^+ m, is .231^2 / (1 +
        // .231^2), and
        // 2000 pixels tell a deviation to about 1.6 %.
        assertThat(variation).isCloseTo(0.225, within(0.008));
    }

    @Test
    void evenLightIsSolvedBySumsOfOne() {
        Abundances found = AutoAbundances.withDefaults().solve(EVEN, TRUTH, RUN);
        assertThat(found.brightness()).isEmpty();
        assertThat(found.maps())
                .isEqualTo(Fcls.withDefaults().solve(EVEN, TRUTH, RUN).maps());
    }

    @Test
    void endmembersThatAreFoundHaveEqualPeaksAndExplainTheScene() {
        UnmixingResult result = Unmixing.of(uneven()).endmembers(3).run(RUN);
        double peak = peak(result.endmembers(), 0);
        for (int k = 1; k < 3; k++) {
            assertThat(peak(result.endmembers(), k)).isCloseTo(peak, within(1e-12));
        }
        // Pure pixels exist, and by their shape they are the corners; an angle below 1e-7 is lost in its cosine.
        assertThat(Alignment.ofEndmembers(result.endmembers(), TRUTH).meanCost())
                .isLessThan(1e-6);
        double sum = 0;
        for (int k = 0; k < 3; k++) {
            sum += result.abundances().value(3, 4, k);
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(result.figures()).extracting(Figure::name).contains("brightness");
    }

    @Test
    void theResidualCountsTheBrightness() {
        UnmixingResult result = Unmixing.of(uneven()).endmembers(TRUTH).run(RUN);
        assertThat(result.endmembers()).isEqualTo(TRUTH);
        assertThat(result.residual().max()).isLessThan(1e-12);
    }

    private static double peak(Endmembers endmembers, int k) {
        double peak = 0;
        for (int b = 0; b < endmembers.bands(); b++) {
            peak = Math.max(peak, endmembers.value(b, k));
        }
        return peak;
    }
}
