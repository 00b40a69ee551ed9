package org.hsi4j.detection;

import org.hsi4j.run.RunContext;

/** Which values are among the largest by magnitude, of so many that sorting them would take too long. */
final class LargestMagnitudes {
    private static final int DIGIT = 16;
    private static final int BUCKETS = 1 << DIGIT;

    private LargestMagnitudes() {}

    /**
     * The smallest magnitude that at most {@code count} of the values exceed, found digit by digit: the bits of doubles that are
     * not negative are in the order of their values.
     */
    static double exceededBy(double[][] planes, long count, RunContext context) {
        long prefix = 0;
        long left = count;
        for (int shift = Long.SIZE - DIGIT; shift >= 0; shift -= DIGIT) {
            long[] histogram = histogram(planes, prefix, shift, context);
            int bucket = BUCKETS - 1;
            while (bucket > 0 && histogram[bucket] <= left) {
                left -= histogram[bucket--];
            }
            prefix = prefix << DIGIT | bucket;
        }
        return Double.longBitsToDouble(prefix);
    }

    /** How many of the values that begin with these digits have which next one. */
    private static long[] histogram(double[][] planes, long prefix, int shift, RunContext context) {
        long[] histogram = new long[BUCKETS];
        for (double[] plane : planes) {
            context.checkCancelled();
            for (double value : plane) {
                long digits = Double.doubleToRawLongBits(Math.abs(value)) >>> shift;
                if (digits >>> DIGIT == prefix) {
                    histogram[(int) (digits & BUCKETS - 1)]++;
                }
            }
        }
        return histogram;
    }
}
