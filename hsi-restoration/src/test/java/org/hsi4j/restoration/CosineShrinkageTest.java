package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class CosineShrinkageTest {

    /** One block of two pixels, by hand: the difference over sqrt(2) is .71, 2.4 sigma are more or less than that. */
    @Test
    void twoPixelsByHand() {
        double[] alike = {1, 2};
        double[] different = {1, 2};
        CosineShrinkage.withDefaults().worker(1, 2).denoise(alike, 0.3);
        CosineShrinkage.withDefaults().worker(1, 2).denoise(different, 0.29);

        assertThat(alike).containsExactly(new double[] {1.5, 1.5}, within(1e-14));
        assertThat(different).containsExactly(new double[] {1, 2}, within(1e-14));
    }

    /** Nothing below the threshold, nothing changed: the blocks are a frame that is undone exactly, to rounding. */
    @Test
    void aTinyThresholdChangesNothing() {
        double[] y = PlaneDenoiserTest.noisy(PlaneDenoiserTest.picture(19, 11), 1, 3);
        double[] x = y.clone();
        CosineShrinkage.withDefaults().withThreshold(1e-12).worker(19, 11).denoise(x, 1e-3);

        assertThat(x).containsExactly(y, within(1e-12));
    }

    @Test
    void optionsAreChecked() {
        CosineShrinkage method = CosineShrinkage.withDefaults().withThreshold(3);
        assertThat(method.threshold()).isEqualTo(3);
        assertThatIllegalArgumentException().isThrownBy(() -> method.withThreshold(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withThreshold(Double.POSITIVE_INFINITY));
    }
}
