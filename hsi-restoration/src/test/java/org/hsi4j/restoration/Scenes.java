package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;

/** Scenes for tests. */
final class Scenes {

    private Scenes() {}

    /** Planes of rank k: positive spectra, smooth along the bands, mixed with random positive weights. */
    static double[][] lowRank(int pixels, int bands, int rank, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][pixels];
        for (int k = 0; k < rank; k++) {
            double phase = 6 * random.nextDouble();
            mix(planes, random.doubles(pixels).toArray(), phase, k);
        }
        return planes;
    }

    /** The same with weights that look like an image: hills, and an edge. */
    static double[][] image(int rows, int columns, int bands, int rank, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[bands][rows * columns];
        for (int k = 0; k < rank; k++) {
            double phase = 6 * random.nextDouble();
            double[] weights = new double[rows * columns];
            for (int i = 0; i < weights.length; i++) {
                double y = (i / columns + 0.5) / Math.max(rows, columns);
                double x = (i % columns + 0.5) / Math.max(rows, columns);
                weights[i] = 0.5
                        + 0.3 * Math.sin(phase + (k + 1) * x) * Math.cos(2 * phase + 2 * y)
                        + (x + (k - 1) * y > 0.4 ? 0.2 : 0);
            }
            mix(planes, weights, phase, k);
        }
        return planes;
    }

    private static void mix(double[][] planes, double[] weights, double phase, int k) {
        for (int b = 0; b < planes.length; b++) {
            double value = 1.1 + Math.sin(phase + (k + 1.5) * b / planes.length * 3);
            for (int i = 0; i < weights.length; i++) {
                planes[b][i] += weights[i] * value;
            }
        }
    }

    /** The same planes with independent Gaussian noise of the given deviation in each band. */
    static double[][] noisy(double[][] clean, double[] deviation, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[clean.length][];
        for (int b = 0; b < planes.length; b++) {
            planes[b] = clean[b].clone();
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] += deviation[b] * random.nextGaussian();
            }
        }
        return planes;
    }

    /** Deviations that differ tenfold between bands. */
    static double[] uneven(int bands) {
        double[] deviation = new double[bands];
        for (int b = 0; b < bands; b++) {
            deviation[b] = 0.01 * Math.pow(10, (b * 7 % bands) / (double) bands);
        }
        return deviation;
    }

    static double[] even(int bands, double deviation) {
        double[] all = new double[bands];
        Arrays.fill(all, deviation);
        return all;
    }

    /** A noisy scene of rank 3. */
    static Cube noisy(int rows, int columns, int bands, long seed) {
        return Cube.of(rows, columns, noisy(lowRank(rows * columns, bands, 3, seed), uneven(bands), seed + 1));
    }

    /** Which pixels {@link #spoilt} makes invalid. */
    static boolean isSpoilt(int pixel) {
        return pixel % 7 == 3 || pixel % 11 == 5;
    }

    /** A noisy scene with masked and non-finite pixels; what lies under the mask and beside a NaN is garbage. */
    static Cube spoilt(int rows, int columns, int bands, long seed, double garbage) {
        int pixels = rows * columns;
        double[][] planes = noisy(lowRank(pixels, bands, 3, seed), uneven(bands), seed + 1);
        for (int i = 0; i < pixels; i++) {
            if (isSpoilt(i)) {
                for (int b = 0; b < bands; b++) {
                    planes[b][i] = garbage * (b + 1 + i % 5);
                }
            }
            if (i % 11 == 5) {
                planes[i % bands][i] = i % 2 == 0 ? Double.NaN : Double.NEGATIVE_INFINITY;
            }
        }
        Cube.Builder builder = Cube.builder(rows, columns, bands, Precision.DOUBLE);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, planes[b]);
        }
        return builder.mask(Mask.of(rows, columns, i -> i % 7 != 3)).build();
    }

    /** Root mean square of the difference of two cubes over all bands. */
    static double rms(Cube a, Cube b) {
        double sum = 0;
        for (int band = 0; band < a.bands(); band++) {
            double[] x = a.plane(band);
            double[] y = b.plane(band);
            for (int i = 0; i < x.length; i++) {
                sum += (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
        return Math.sqrt(sum / a.samples());
    }
}
