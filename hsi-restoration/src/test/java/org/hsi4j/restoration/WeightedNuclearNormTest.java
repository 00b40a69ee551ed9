package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WeightedNuclearNormTest {

    /**
     * The new singular value x is the larger stationary point of (s - x)^2 / v + w x with the weight w = c' v / x that goes with itself,
     * where x^2 - s x + C = 0 with C = 2 c sqrt(n) v.
     */
    @Test
    void theFactorSolvesTheEquationOfTheSingularValue() {
        double variance = 0.3;
        int n = 50;
        double c = 2 * 2 * Math.sqrt(2) * Math.sqrt(n) * variance;
        for (double s : new double[] {2 * Math.sqrt(c) * 1.001, 20, 100}) {
            double x = s * WeightedNuclearNorm.factor(s * s, n, variance);
            assertThat(x * x - s * x + c).isCloseTo(0, within(1e-12 * s * s));
            assertThat(x).isGreaterThanOrEqualTo(s / 2);
        }
        assertThat(WeightedNuclearNorm.factor(4 * c * 0.999, n, variance)).isZero();
        assertThat(WeightedNuclearNorm.factor(0, n, 0)).isZero();
    }

    /** What repeats itself is where groups help: stripes and their like are denoised better than by wavelets. */
    @Test
    void isBetterThanWaveletsWhereThePictureRepeatsItself() {
        double[] clean = new double[64 * 64];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (i / 64 / 5 + i % 64 / 7) % 2;
        }
        double[] groups = PlaneDenoiserTest.noisy(clean, 0.3, 7);
        double[] wavelets = groups.clone();

        WeightedNuclearNorm.withDefaults().worker(64, 64).denoise(groups, 0.3);
        WaveletShrinkage.withDefaults().worker(64, 64).denoise(wavelets, 0.3);

        assertThat(PlaneDenoiserTest.rms(groups, clean)).isLessThan(0.7 * PlaneDenoiserTest.rms(wavelets, clean));
    }

    /** The noise that is fed back is taken out again: more rounds change little, and leave no noise behind. */
    @Test
    void moreRoundsStayNearTheFirst() {
        double[] clean = PlaneDenoiserTest.picture(40, 50);
        double[] once = PlaneDenoiserTest.noisy(clean, 0.2, 8);
        double[] often = once.clone();

        WeightedNuclearNorm.withDefaults().worker(40, 50).denoise(once, 0.2);
        WeightedNuclearNorm.withDefaults().withIterations(4).worker(40, 50).denoise(often, 0.2);

        assertThat(often).isNotEqualTo(once);
        assertThat(PlaneDenoiserTest.rms(often, clean)).isLessThan(1.2 * PlaneDenoiserTest.rms(once, clean));
    }

    @Test
    void optionsAreChecked() {
        WeightedNuclearNorm method =
                WeightedNuclearNorm.withDefaults().withStep(2).withIterations(3);
        assertThat(method.step()).isEqualTo(2);
        assertThat(method.iterations()).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withStep(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withStep(7));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withIterations(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withIterations(21));
    }
}
