package org.hsi4j.view;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

/** Numbers as a reader wants them, the same in every country. */
final class Numbers {
    private static final MathContext FOUR_DIGITS = new MathContext(4, RoundingMode.HALF_UP);

    /** Beyond so many steps from zero the multiples of a step would be inexact. */
    private static final double MOST_STEPS = 1L << 40;

    private Numbers() {}

    /** Four significant digits. */
    static String text(double value) {
        if (!Double.isFinite(value)) {
            return String.valueOf(value);
        }
        return text(new BigDecimal(value).round(FOUR_DIGITS));
    }

    /** As exact as a step between ticks asks for. */
    static String text(double value, double step) {
        if (!(step >= Double.MIN_NORMAL) || !Double.isFinite(value)) {
            return text(value);
        }
        int scale = -(int) Math.floor(Math.log10(step));
        return text(new BigDecimal(value).setScale(scale, RoundingMode.HALF_UP));
    }

    private static String text(BigDecimal rounded) {
        if (rounded.signum() == 0) {
            return "0";
        }
        BigDecimal v = rounded.stripTrailingZeros();
        int exponent = v.precision() - v.scale() - 1;
        if (exponent >= -4 && exponent < 7) {
            return v.toPlainString();
        }
        return v.movePointLeft(exponent).stripTrailingZeros().toPlainString() + "e" + exponent;
    }

    /** Distance of about {@code count} round ticks over a range: 1, 2 or 5 times a power of ten. */
    static double tickStep(double low, double high, int count) {
        double rough = (high / count) - (low / count);
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double digit = rough / power;
        return power * (digit <= 1.5 ? 1 : digit <= 3.5 ? 2 : digit <= 7.5 ? 5 : 10);
    }

    /** The multiples of a step within a range, twenty at most; none when the range is too narrow for its numbers. */
    static List<Double> ticks(double low, double high, double step) {
        List<Double> ticks = new ArrayList<>();
        double slack = 1e-9;
        double first = Math.ceil(low / step - slack);
        double last = Math.floor(high / step + slack);
        if (step >= Double.MIN_NORMAL && Math.max(Math.abs(first), Math.abs(last)) < MOST_STEPS) {
            for (int i = 0; i < 20 && first + i <= last; i++) {
                ticks.add((first + i) * step);
            }
        }
        return ticks;
    }
}
