package org.hsi4j.view;

import java.util.Arrays;

/** The values that get the first and the last colour. Both are NaN when there is no value. */
record ValueRange(double low, double high) {

    /** The percentiles of the finite values, interpolated linearly between order statistics; sorts the array. */
    static ValueRange ofPercentiles(double[] finite, double lowPercent, double highPercent) {
        if (finite.length == 0) {
            return new ValueRange(Double.NaN, Double.NaN);
        }
        Arrays.sort(finite);
        return new ValueRange(quantile(finite, lowPercent / 100), quantile(finite, highPercent / 100));
    }

    static void checkPercentiles(double low, double high) {
        if (!(low >= 0 && low < high && high <= 100)) {
            throw new IllegalArgumentException("percentiles must rise from 0 to 100, not from " + low + " to " + high);
        }
    }

    static double quantile(double[] sorted, double q) {
        double at = q * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(sorted.length - 1, below + 1);
        double share = at - below;
        return share == 0 ? sorted[below] : sorted[below] * (1 - share) + sorted[above] * share;
    }

    /** The smallest range around zero with as much on either side. */
    ValueRange symmetric() {
        double most = Math.max(Math.abs(low), Math.abs(high));
        return new ValueRange(-most, most);
    }

    /** Whether there is anything between the ends. */
    boolean isEmpty() {
        return !(low < high);
    }

    /** Where a value lies, 0 to 1; in the middle when all values are the same. */
    double position(double value) {
        if (isEmpty()) {
            return value > high ? 1 : value < low ? 0 : 0.5;
        }
        // halves, because the width of a range of huge values would overflow
        double t = (value / 2 - low / 2) / (high / 2 - low / 2);
        return Math.max(0, Math.min(1, t));
    }
}
