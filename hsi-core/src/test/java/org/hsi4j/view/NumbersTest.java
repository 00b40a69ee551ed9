package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumbersTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0.0, 0",
        "1, 1",
        "0.1, 0.1",
        "3.14159, 3.142",
        "-2.5, -2.5",
        "12345, 12350",
        "1234567.89, 1235000",
        "98765432, 9.877e7",
        "0.00012347, 0.0001235",
        "0.000012347, 1.235e-5",
        "1e300, 1e300",
        "-4.9e-324, -4.941e-324",
        "NaN, NaN",
        "Infinity, Infinity",
    })
    void fourSignificantDigits(double value, String text) {
        assertThat(Numbers.text(value)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0.30000000000000004, 0.1, 0.3", "10000.2, 0.2, 10000.2", "1500, 500, 1500", "-2e-7, 1e-7, -2e-7"})
    void asExactAsTheStep(double value, double step, String text) {
        assertThat(Numbers.text(value, step)).isEqualTo(text);
    }

    @Test
    void ticksOfTheUnitRange() {
        double step = Numbers.tickStep(0, 1, 5);
        assertThat(step).isEqualTo(0.2);
        assertThat(Numbers.ticks(0, 1, step).stream().map(v -> Numbers.text(v, step)))
                .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    }

    @Property
    void ticksAreFewAndInside(
            @ForAll @DoubleRange(min = -1e12, max = 1e12) double low,
            @ForAll @Scale(3) @DoubleRange(min = 1e-3, max = 1e12) double width) {
        double high = low + width;
        if (high <= low) {
            return;
        }
        double step = Numbers.tickStep(low, high, 5);
        if (Math.max(Math.abs(low), Math.abs(high)) / step > 1e12) {
            return; // closer together than the numbers are exact
        }
        // 1, 2, 5 and 10 are at most a factor 1.5 from what was asked for, and both ends may be ticks
        assertThat(Numbers.ticks(low, high, step))
                .hasSizeBetween(2, 9)
                .allSatisfy(v -> assertThat(v).isBetween(low - step / 1000, high + step / 1000));
    }

    @Property
    void anyRangeHasLabels(@ForAll double one, @ForAll double other) {
        ValueRange range = new ValueRange(Math.min(one, other), Math.max(one, other));
        assertThat(Drawing.barLabels(range)).hasSizeBetween(1, 22).noneMatch(String::isEmpty);
    }

    @Test
    void neighboringNumbersHaveLabels() {
        for (double v : new double[] {0, Double.MIN_VALUE, Double.MIN_NORMAL, 1, 1e300, -1e300, -1}) {
            assertThat(Drawing.barLabels(new ValueRange(v, Math.nextUp(v)))).hasSize(2);
        }
    }
}
