package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class Bm3dTest {

    /** What repeats itself is where groups help: stripes and their like are denoised better than by wavelets. */
    @Test
    void isBetterThanWaveletsWhereThePictureRepeatsItself() {
        double[] clean = new double[64 * 64];
        for (int i = 0; i < clean.length; i++) {
            clean[i] = (i / 64 / 5 + i % 64 / 7) % 2;
        }
        double[] groups = PlaneDenoiserTest.noisy(clean, 0.3, 7);
        double[] wavelets = groups.clone();

        Bm3d.withDefaults().worker(64, 64).denoise(groups, 0.3);
        WaveletShrinkage.withDefaults().worker(64, 64).denoise(wavelets, 0.3);

        assertThat(PlaneDenoiserTest.rms(groups, clean)).isLessThan(0.7 * PlaneDenoiserTest.rms(wavelets, clean));
    }

    /** More patches are averaged where they lie nearer to one another; the picture hardly changes. */
    @Test
    void denserPatchesAreNoWorse() {
        double[] clean = PlaneDenoiserTest.picture(40, 50);
        double[] dense = PlaneDenoiserTest.noisy(clean, 0.2, 8);
        double[] sparse = dense.clone();

        Bm3d.withDefaults().withStep(2).worker(40, 50).denoise(dense, 0.2);
        Bm3d.withDefaults().withStep(6).worker(40, 50).denoise(sparse, 0.2);

        assertThat(PlaneDenoiserTest.rms(dense, clean)).isLessThan(1.02 * PlaneDenoiserTest.rms(sparse, clean));
    }

    @Test
    void optionsAreChecked() {
        Bm3d method = Bm3d.withDefaults().withStep(2).withThreshold(3);
        assertThat(method.step()).isEqualTo(2);
        assertThat(method.threshold()).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withStep(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withStep(9));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withThreshold(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withThreshold(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withThreshold(Double.POSITIVE_INFINITY));
    }
}
