package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ValueRangeTest {

    @Test
    void percentilesOfZeroToHundredAreThemselves() {
        double[] values =
                IntStream.rangeClosed(0, 100).mapToDouble(i -> 100 - i).toArray();
        ValueRange range = ValueRange.ofPercentiles(values, 2, 98.5);
        // one rounding of a product and one of a sum at about 100
        assertThat(range.low()).isCloseTo(2, within(1e-12));
        assertThat(range.high()).isCloseTo(98.5, within(1e-12));
    }

    @Test
    void oneValueIsItsOwnRangeAndLiesInTheMiddle() {
        ValueRange range = ValueRange.ofPercentiles(new double[] {7}, 2, 98);
        assertThat(range).isEqualTo(new ValueRange(7, 7));
        assertThat(range.isEmpty()).isTrue();
        assertThat(range.position(7)).isEqualTo(0.5);
        assertThat(range.position(8)).isEqualTo(1);
        assertThat(range.position(6)).isEqualTo(0);
    }

    @Test
    void noValueHasNoRange() {
        ValueRange range = ValueRange.ofPercentiles(new double[0], 2, 98);
        assertThat(range.low()).isNaN();
        assertThat(range.isEmpty()).isTrue();
    }

    @Test
    void theWidthOfAHugeRangeDoesNotOverflow() {
        ValueRange range = new ValueRange(-Double.MAX_VALUE, Double.MAX_VALUE);
        assertThat(range.position(0)).isEqualTo(0.5);
        assertThat(range.position(Double.POSITIVE_INFINITY)).isEqualTo(1);
    }

    @Test
    void symmetryWidensTheSmallerSide() {
        assertThat(new ValueRange(-1, 3).symmetric()).isEqualTo(new ValueRange(-3, 3));
        assertThat(new ValueRange(2, 3).symmetric()).isEqualTo(new ValueRange(-3, 3));
    }

    @Property
    void positionsKeepTheOrder(
            @ForAll @Size(min = 1, max = 40) double[] values,
            @ForAll @DoubleRange(min = 0, max = 49) double low,
            @ForAll @DoubleRange(min = 51, max = 100) double high) {
        ValueRange range = ValueRange.ofPercentiles(values, low, high);
        for (int i = 0; i < values.length; i++) {
            assertThat(range.position(values[i])).isBetween(0.0, 1.0);
            assertThat(i == 0 || range.position(values[i - 1]) <= range.position(values[i]))
                    .isTrue();
        }
    }

    @Test
    void refusesPercentilesThatDoNotRise() {
        for (double[] p : new double[][] {{-1, 98}, {2, 101}, {50, 50}, {60, 40}, {Double.NaN, 98}, {2, Double.NaN}}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> ValueRange.checkPercentiles(p[0], p[1]))
                    .withMessageContaining(String.valueOf(p[0]));
        }
    }
}
