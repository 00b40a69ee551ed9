package org.hsi4j.detection;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;

/** Scenes for tests. */
final class Scenes {

    private Scenes() {}

    /** Gaussian background: x = m + F g with a fixed mean m, a dense factor F and independent standard normal g. */
    static Cube gaussian(int rows, int columns, int bands, long seed) {
        return Cube.of(rows, columns, gaussianPlanes(rows * columns, bands, seed));
    }

    static double[][] gaussianPlanes(int pixels, int bands, long seed) {
        Random random = new Random(seed);
        double[][] factor = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                factor[a][b] = (a == b ? 2.0 : 0.0) + random.nextGaussian() / Math.sqrt(bands);
            }
        }
        double[][] planes = new double[bands][pixels];
        double[] g = new double[bands];
        for (int i = 0; i < pixels; i++) {
            for (int b = 0; b < bands; b++) {
                g[b] = random.nextGaussian();
            }
            for (int a = 0; a < bands; a++) {
                double x = 50 + 10 * Math.sin(a);
                for (int b = 0; b < bands; b++) {
                    x += factor[a][b] * g[b];
                }
                planes[a][i] = x;
            }
        }
        return planes;
    }

    /** A target that is not in the background. */
    static Spectrum target(int bands) {
        double[] t = new double[bands];
        for (int b = 0; b < bands; b++) {
            t[b] = 55 + 4 * Math.cos(0.7 * b);
        }
        return Spectrum.of(t);
    }

    /** Which pixels {@link #spoilt} makes invalid: one in seven by the mask, one in eleven by a NaN or an infinity. */
    static boolean isSpoilt(int pixel) {
        return pixel % 7 == 3 || pixel % 11 == 5;
    }

    /** A scene with masked and non-finite pixels; what lies under the mask and beside a NaN is garbage. */
    static Cube spoilt(int rows, int columns, int bands, long seed, double garbage) {
        double[][] planes = gaussianPlanes(rows * columns, bands, seed);
        for (int i = 0; i < rows * columns; i++) {
            if (isSpoilt(i)) {
                for (int b = 0; b < bands; b++) {
                    planes[b][i] = garbage * (b + 1 + i % 5);
                }
            }
            if (i % 11 == 5) {
                planes[i % bands][i] = i % 2 == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
            }
        }
        Cube.Builder builder = Cube.builder(rows, columns, bands, Precision.DOUBLE);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, planes[b]);
        }
        return builder.mask(Mask.of(rows, columns, i -> i % 7 != 3)).build();
    }
}
