package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ScalingTest {

    @Test
    void smallIsEnlargedUntilItCanBeSeen() {
        Scaling chip = Scaling.fit(36, 36, 400, 2000);
        assertThat(chip.zoom()).isEqualTo(12);
        assertThat(chip.width()).isEqualTo(432);
        assertThat(chip.note()).isEmpty();
    }

    @Test
    void largeIsThinnedOut() {
        Scaling scene = Scaling.fit(5000, 700, 400, 2000);
        assertThat(scene.step()).isEqualTo(3);
        assertThat(scene.height()).isEqualTo(1667);
        assertThat(scene.width()).isEqualTo(234);
        assertThat(scene.sourceRow(0)).isEqualTo(1);
        assertThat(scene.sourceRow(1666)).isEqualTo(4999);
        assertThat(scene.note()).isEqualTo("one pixel in 3 x 3 shown");
    }

    @Property
    void keepsItsLimits(
            @ForAll @IntRange(min = 1) int rows,
            @ForAll @IntRange(min = 1, max = 40_000) int columns,
            @ForAll @IntRange(min = 1, max = 500) int minimum,
            @ForAll @IntRange(min = 500, max = 3000) int maximum) {
        Scaling s = Scaling.fit(rows, columns, minimum, maximum);
        int longest = Math.max(s.width(), s.height());
        assertThat(longest).isLessThanOrEqualTo(maximum);
        assertThat(s.step() == 1 || s.zoom() == 1).isTrue();
        // a whole factor may be too large for the maximum; one less gives more than half of it
        assertThat(s.step() > 1 || longest >= minimum || 2 * longest > maximum).isTrue();
        assertThat(s.sourceRow(s.sampledRows() - 1)).isBetween(0, rows - 1);
        assertThat(s.sourceColumn(s.sampledColumns() - 1)).isBetween(0, columns - 1);
    }

    @Test
    void refusesImpossibleLimits() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Scaling.check(0, 10))
                .withMessageContaining("0 to 10");
        assertThatIllegalArgumentException().isThrownBy(() -> Scaling.check(11, 10));
    }
}
