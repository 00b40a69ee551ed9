package org.hsi4j.benchmarks;

import java.util.SplittableRandom;

/** Seeded inputs in the layouts that the kernels and their rivals take. */
final class Planes {

    private Planes() {}

    /** {@code planes[band][pixel]}, uniform in [0, 1). */
    static double[][] random(int bands, int pixels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        double[][] planes = new double[bands][pixels];
        for (double[] plane : planes) {
            for (int i = 0; i < pixels; i++) {
                plane[i] = random.nextDouble();
            }
        }
        return planes;
    }

    /** The same planes in float32. */
    static float[][] toFloat(double[][] planes) {
        float[][] floats = new float[planes.length][];
        for (int b = 0; b < planes.length; b++) {
            floats[b] = new float[planes[b].length];
            for (int i = 0; i < floats[b].length; i++) {
                floats[b][i] = (float) planes[b][i];
            }
        }
        return floats;
    }

    /** A well-conditioned lower triangular matrix. */
    static double[][] lower(int bands, long seed) {
        double[][] lower = random(bands, bands, seed);
        for (int r = 0; r < bands; r++) {
            for (int c = 0; c < bands; c++) {
                lower[r][c] = c > r ? 0 : c == r ? 1 + lower[r][c] : lower[r][c] / bands;
            }
        }
        return lower;
    }
}
