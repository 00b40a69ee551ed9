package org.hsi4j.restoration;

import java.util.Arrays;

/**
 * Stein's unbiased estimate of the squared error that a soft threshold t leaves in n values x with white noise of variance one:
 * n - 2 #{|x| &lt;= t} + sum of min(x<sup>2</sup>, t<sup>2</sup>).
 */
final class Sure {

    private Sure() {}

    /** The threshold of the smallest estimate: zero or one of the magnitudes. The scratch is overwritten. */
    static double threshold(double[] values, int from, int to, double[] scratch) {
        int n = to - from;
        for (int i = 0; i < n; i++) {
            scratch[i] = Math.abs(values[from + i]);
        }
        Arrays.sort(scratch, 0, n);
        double best = 0;
        double least = n;
        double below = 0;
        for (int k = 0; k < n; k++) {
            double square = scratch[k] * scratch[k];
            below += square;
            double risk = n - 2.0 * (k + 1) + below + (n - k - 1) * square;
            if (risk < least) {
                least = risk;
                best = scratch[k];
            }
        }
        return best;
    }

    /** The estimate for a threshold. */
    static double risk(double[] values, int from, int to, double threshold) {
        double risk = 0;
        for (int i = from; i < to; i++) {
            double magnitude = Math.abs(values[i]);
            risk += magnitude <= threshold ? magnitude * magnitude - 1 : 1 + threshold * threshold;
        }
        return risk;
    }

    /** What is put to zero altogether is off by its square, of which one is the noise. */
    static double riskOfZero(double[] values, int from, int to) {
        return risk(values, from, to, Double.POSITIVE_INFINITY);
    }

    /** Moves the values by the threshold towards zero. */
    static void shrink(double[] values, int from, int to, double threshold) {
        for (int i = from; i < to; i++) {
            values[i] -= Math.max(-threshold, Math.min(threshold, values[i]));
        }
    }
}
