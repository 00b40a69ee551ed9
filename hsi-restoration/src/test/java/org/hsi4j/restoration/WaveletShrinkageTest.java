package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WaveletShrinkageTest {

    /** Every subband of noise stronger than announced nowhere is zero: what is left is smooth. */
    @Test
    void noiseAloneBecomesSmooth() {
        double[] plane = PlaneDenoiserTest.noisy(new double[64 * 64], 1, 6);

        WaveletShrinkage.withDefaults().worker(64, 64).denoise(plane, 1.2);

        // A mean over 16 x 16 pixels of unit variance has a deviation of 1/16; wavelets do a little worse at the
        // border.
        assertThat(PlaneDenoiserTest.rms(plane, new double[64 * 64])).isLessThan(0.1);
    }

    /** One level of Haar on two by two equal pixels, by hand: the details are zero, and zero stays zero. */
    @Test
    void aConstantPlaneStays() {
        double[] plane = {3, 3, 3, 3};
        WaveletShrinkage.withDefaults().withVanishingMoments(1).worker(2, 2).denoise(plane, 5);

        assertThat(plane).containsExactly(new double[] {3, 3, 3, 3}, within(1e-14));
    }

    @Test
    void optionsAreChecked() {
        WaveletShrinkage method = WaveletShrinkage.withDefaults().withLevels(2).withVanishingMoments(6);
        assertThat(method.levels()).isEqualTo(2);
        assertThat(method.vanishingMoments()).isEqualTo(6);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLevels(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withLevels(13));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withVanishingMoments(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withVanishingMoments(11));
    }
}
