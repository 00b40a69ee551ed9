package org.hsi4j.restoration;

import java.util.Arrays;

/**
 * Half of the plane of frequencies of real pictures, in rings of equal width. A frequency weighs one, half where its mirror image is in this
 * half as well, and nothing in the lowest two steps, where the scene's own shape decides, and the corners beyond .6 cycles a pixel. Immutable.
 */
final class FrequencyRings {
    /** Steps of frequency below which nothing counts. */
    private static final double LOWEST = 2;

    private static final double HIGHEST = 0.6;

    /** Harmonics of the direction that count as smooth, each as it is and in proportion to the frequency. */
    private static final int HARMONICS = 2;

    private final int tall;
    private final int wide;
    private final int half;
    private final int rings;
    private final int[] ring;
    private final double[] weight;

    private FrequencyRings(int tall, int wide, int[] ring, double[] weight) {
        this.tall = tall;
        this.wide = wide;
        this.half = wide / 2 + 1;
        this.rings = Math.min(tall, wide) / 4;
        this.ring = ring;
        this.weight = weight;
    }

    static FrequencyRings of(int tall, int wide) {
        int half = wide / 2 + 1;
        FrequencyRings all = new FrequencyRings(tall, wide, new int[tall * half], new double[tall * half]);
        double lowest = LOWEST / Math.min(tall, wide);
        for (int i = 0; i < all.size(); i++) {
            double f = all.frequency(i);
            boolean twice = i % half == 0 || 2 * (i % half) == wide;
            all.ring[i] = Math.min(all.rings - 1, (int) (2 * all.rings * f));
            all.weight[i] = f < lowest || f > HIGHEST ? 0 : twice ? 0.5 : 1;
        }
        return all;
    }

    /** With weights that are multiplied by a factor a ring. */
    FrequencyRings weighted(double[] factors) {
        double[] changed = weight.clone();
        for (int i = 0; i < changed.length; i++) {
            changed[i] *= factors[ring[i]];
        }
        return new FrequencyRings(tall, wide, ring, changed);
    }

    int tall() {
        return tall;
    }

    int wide() {
        return wide;
    }

    /** Columns of this half. */
    int half() {
        return half;
    }

    int size() {
        return weight.length;
    }

    /** Cycles a pixel. */
    double down(int i) {
        int u = i / half;
        return (u > tall / 2 ? u - tall : u) / (double) tall;
    }

    double along(int i) {
        return i % half / (double) wide;
    }

    double frequency(int i) {
        return Math.hypot(down(i), along(i));
    }

    int ring(int i) {
        return ring[i];
    }

    double weight(int i) {
        return weight[i];
    }

    /** How many frequencies count: the sum of the weights. */
    double frequencies() {
        return Arrays.stream(weight).sum();
    }

    /** Weighted means of the rings, zero of those without weight. */
    double[] means(double[] values) {
        double[] sums = new double[rings];
        double[] weights = new double[rings];
        for (int i = 0; i < values.length; i++) {
            sums[ring[i]] += weight[i] * values[i];
            weights[ring[i]] += weight[i];
        }
        for (int k = 0; k < rings; k++) {
            sums[k] = weights[k] > 0 ? sums[k] / weights[k] : 0;
        }
        return sums;
    }

    double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += weight[i] * a[i] * b[i];
        }
        return sum;
    }

    /** Subtracts the means of the rings; zero where there is no weight. */
    void centre(double[] values) {
        double[] mean = means(values);
        for (int i = 0; i < values.length; i++) {
            values[i] = weight[i] == 0 ? 0 : values[i] - mean[ring[i]];
        }
    }

    /** Orthonormal functions that change smoothly with the direction, without what rings have in common. */
    double[][] smooth() {
        double[][] functions = new double[4 * HARMONICS][size()];
        for (int k = 0; k < functions.length; k++) {
            int harmonic = k / 4 + 1;
            for (int i = 0; i < size(); i++) {
                double phase = 2 * harmonic * Math.atan2(down(i), along(i));
                functions[k][i] = (k % 2 == 0 ? Math.cos(phase) : Math.sin(phase)) * (k % 4 < 2 ? 1 : frequency(i));
            }
            centre(functions[k]);
            for (int j = 0; j < k; j++) {
                remove(functions[j], functions[k]);
            }
            double norm = Math.sqrt(product(functions[k], functions[k]));
            for (int i = 0; norm > 0 && i < size(); i++) {
                functions[k][i] /= norm;
            }
        }
        return functions;
    }

    void remove(double[] unit, double[] from) {
        Planes.add(from, -product(unit, from), unit);
    }
}
