package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.PoissonNoise;
import org.junit.jupiter.api.Test;

class AnscombeTest {
    private static final RunContext RUN = RunContext.defaults();

    private static Anscombe.Stabiliser stabiliser(double gain, double deviation) {
        return new Anscombe.Stabiliser(new boolean[] {true, false}, gain, deviation);
    }

    private static double forward(Anscombe.Stabiliser stabiliser, double value) {
        double[] out = new double[1];
        stabiliser.forward(0, new double[] {value}, 1, out);
        return out[0];
    }

    private static double inverse(Anscombe.Stabiliser stabiliser, double value) {
        double[] out = new double[1];
        stabiliser.inverse(0, new double[] {value}, 1, out);
        return out[0];
    }

    /** Mean and variance of the transform of photons of a Poisson law, by its sum; 400 terms of means up to 100 are all there are. */
    private static double[] moments(Anscombe.Stabiliser stabiliser, double mean) {
        double weight = Math.exp(-mean);
        double first = 0;
        double second = 0;
        for (int k = 0; k < 400; k++) {
            double value = forward(stabiliser, k);
            first += weight * value;
            second += weight * value * value;
            weight *= mean / (k + 1);
        }
        return new double[] {first, second - first * first};
    }

    /** The closed form is off by at most .035 photons of its exact counterpart (Makitalo and Foi 2011 show some hundredths). */
    @Test
    void theWayBackFromTheMeanIsUnbiased() {
        Anscombe.Stabiliser stabiliser = stabiliser(1, 0);
        for (double mean : new double[] {0, 0.1, 0.5, 1, 2, 5, 20, 100}) {
            assertThat(inverse(stabiliser, moments(stabiliser, mean)[0])).isCloseTo(mean, within(0.035));
        }
    }

    @Test
    void theNoiseOfSomePhotonsAndMoreBecomesOne() {
        for (double mean : new double[] {4, 10, 100}) {
            // the variance is 1 + 1 / (16 mean^2) and higher orders
            assertThat(moments(stabiliser(1, 0), mean)[1]).isCloseTo(1, within(0.05));
        }
    }

    @Test
    void gainAndDeviationAreUnits() {
        assertThat(forward(stabiliser(0.1, 3), 2)).isEqualTo(2 * Math.sqrt(20 + 0.375 + 9));
        // far from zero the inverse is that of algebra less a quarter of a photon and 1 / (16 x 50) of one
        assertThat(inverse(stabiliser(0.1, 3), forward(stabiliser(0.1, 3), 5))).isCloseTo(5 + 0.1 * 0.25, within(1e-2));
        assertThat(inverse(stabiliser(0.1, 3), 0)).isZero();
    }

    @Test
    void bandsWithoutNoiseAreLeftAlone() {
        double[] out = new double[1];
        stabiliser(1, 0).forward(1, new double[] {-3}, 1, out);
        assertThat(out[0]).isEqualTo(-3);
    }

    /** Of 3000 pixels in 30 bands; regression takes the noise for a little larger, as the other bands are noisy too. */
    @Test
    void theGainIsFound() {
        Cube clean = Cube.of(60, 50, Scenes.image(60, 50, 30, 3, 1));
        Cube counts =
                PoissonNoise.withDefaults().withPhotons(20).apply(clean, RUN).cube();

        RestoredCube restored =
                Restoring.of(counts).with(Anscombe.withDefaults()).run();

        assertThat(restored.diagnostics().figures().get("gain")).isCloseTo(1.0 / 20, within(0.005));
        assertThat(Scenes.rms(restored.cube(), clean)).isLessThan(0.4 * Scenes.rms(counts, clean));
    }

    @Test
    void aSceneBelowZeroIsNotTransformed() {
        Cube noisy = Scenes.noisy(20, 30, 6, 1).scaled(-1, 0);

        RestoredCube restored =
                Restoring.of(noisy).with(Anscombe.withDefaults()).run();

        assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("not that of photons"));
        assertThat(Scenes.rms(
                        restored.cube(),
                        Restoring.of(noisy)
                                .with(SubspaceDenoiser.withDefaults())
                                .run()
                                .cube()))
                .isZero();
    }

    @Test
    void optionsAreCheckedAndKept() {
        Anscombe changed = Anscombe.of(NgMeet.withDefaults()).withGain(0.5).withDeviation(2);
        assertThat(changed.name()).isEqualTo("anscombe-ngmeet");
        assertThat(changed.denoiser().name()).isEqualTo("ngmeet");
        assertThat(changed.gain()).hasValue(0.5);
        assertThat(changed.deviation()).isEqualTo(2);
        assertThatIllegalArgumentException().isThrownBy(() -> changed.withGain(0));
        assertThatIllegalArgumentException().isThrownBy(() -> changed.withDeviation(-1));
    }
}
