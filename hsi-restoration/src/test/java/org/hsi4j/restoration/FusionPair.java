package org.hsi4j.restoration;

import java.util.Random;
import org.hsi4j.Cube;

/** A coarse scene of many bands and a sharp one of few, made of a scene that is both: by the definition, sum by sum. */
record FusionPair(Cube coarse, Cube sharp) {

    /**
     * Coarse pixels are Gaussian means about the middles of the blocks, sharp bands means of equal shares of the bands; independent
     * noise is added to both.
     */
    static FusionPair of(Cube truth, int factor, double sigma, int sharpBands, double noise, long seed) {
        Random random = new Random(seed);
        double[][] coarse = new double[truth.bands()][];
        for (int b = 0; b < coarse.length; b++) {
            coarse[b] = noisy(seen(truth.plane(b), truth.columns(), factor, sigma), noise, random);
        }
        double[][] sharp = new double[sharpBands][];
        for (int j = 0; j < sharpBands; j++) {
            sharp[j] = noisy(
                    mean(truth, j * truth.bands() / sharpBands, (j + 1) * truth.bands() / sharpBands), noise, random);
        }
        return new FusionPair(
                Cube.of(truth.rows() / factor, truth.columns() / factor, coarse),
                Cube.of(truth.rows(), truth.columns(), sharp));
    }

    private static double[] noisy(double[] plane, double noise, Random random) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] += noise * random.nextGaussian();
        }
        return plane;
    }

    private static double[] mean(Cube cube, int from, int to) {
        double[] sum = new double[cube.pixels()];
        for (int b = from; b < to; b++) {
            double[] plane = cube.plane(b);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += plane[i] / (to - from);
            }
        }
        return sum;
    }

    private static double[] seen(double[] plane, int columns, int factor, double sigma) {
        int rows = plane.length / columns;
        int wide = columns / factor;
        double[] out = new double[rows / factor * wide];
        for (int i = 0; i < out.length; i++) {
            double y = (i / wide + 0.5) * factor - 0.5;
            double x = (i % wide + 0.5) * factor - 0.5;
            double weights = 0;
            for (int r = (int) Math.ceil(y - 4 * sigma); r <= y + 4 * sigma; r++) {
                for (int c = (int) Math.ceil(x - 4 * sigma); c <= x + 4 * sigma; c++) {
                    double w = Math.exp(-((r - y) * (r - y) + (c - x) * (c - x)) / (2 * sigma * sigma));
                    weights += w;
                    out[i] += w * plane[mirrored(r, rows) * columns + mirrored(c, columns)];
                }
            }
            out[i] /= weights;
        }
        return out;
    }

    private static int mirrored(int index, int n) {
        int turned = Math.floorMod(index, 2 * n);
        return turned < n ? turned : 2 * n - 1 - turned;
    }
}
