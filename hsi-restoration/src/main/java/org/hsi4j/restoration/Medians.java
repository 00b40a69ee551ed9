package org.hsi4j.restoration;

/** Medians by selection, n operations each: robust locations and spreads. */
final class Medians {
    /** A Gaussian's standard deviation by its median absolute deviation. */
    private static final double GAUSSIAN = 1.482602218505602;

    private Medians() {}

    /** The median of the first n values, which are put in another order; the upper one of the two middle ones, NaN of none. */
    static double of(double[] values, int n) {
        return n == 0 ? Double.NaN : select(values, n, n / 2);
    }

    /** Standard deviation of the Gaussian with the same median absolute deviation from zero; the values are overwritten. */
    static double deviation(double[] values, int n) {
        for (int i = 0; i < n; i++) {
            values[i] = Math.abs(values[i]);
        }
        return n == 0 ? Double.NaN : GAUSSIAN * of(values, n);
    }

    /** The value that stands at place k of the first n when they are sorted (Hoare). */
    static double select(double[] values, int n, int k) {
        int low = 0;
        int high = n - 1;
        while (low < high) {
            double pivot = values[(low + high) >>> 1];
            int i = low;
            int j = high;
            while (i <= j) {
                while (values[i] < pivot) {
                    i++;
                }
                while (values[j] > pivot) {
                    j--;
                }
                if (i <= j) {
                    double t = values[i];
                    values[i++] = values[j];
                    values[j--] = t;
                }
            }
            if (k <= j) {
                high = j;
            } else if (k >= i) {
                low = i;
            } else {
                break;
            }
        }
        return values[k];
    }
}
