package org.hsi4j.linalg;

import java.util.Arrays;

/**
 * Plain Java. Every inner loop runs over one array index with up to four input arrays, the shape that C2 turns into vector
 * code without running out of registers.
 */
final class PlainKernels implements Kernels {
    static final PlainKernels INSTANCE = new PlainKernels();

    /** Rows of the scatter matrix that stay in the first-level cache while the pixels stream by. */
    private static final int ROW_BLOCK = 16;

    /** Pixels at a time, so that four planes fill half of a first-level cache of 32 KiB. */
    private static final int PIXEL_BLOCK = 512;

    private PlainKernels() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void multiply(double[][] weights, double[][] in, int n, double[][] out) {
        for (int from = 0; from < n; from += PIXEL_BLOCK) {
            int to = Math.min(n, from + PIXEL_BLOCK);
            for (int k = 0; k < weights.length; k++) {
                Arrays.fill(out[k], from, to, 0.0);
            }
            // Four planes stay in the first-level cache while every row takes its share of them.
            int b = 0;
            for (; b + 4 <= in.length; b += 4) {
                for (int k = 0; k < weights.length; k++) {
                    double[] w = weights[k];
                    add4(out[k], w[b], in[b], w[b + 1], in[b + 1], w[b + 2], in[b + 2], w[b + 3], in[b + 3], from, to);
                }
            }
            for (; b < in.length; b++) {
                for (int k = 0; k < weights.length; k++) {
                    add1(out[k], weights[k][b], in[b], from, to);
                }
            }
        }
    }

    /** z -= sum over the first {@code count} planes of w[b] y[b]. */
    private static void subtract(double[] w, double[][] y, int count, double[] z, int n) {
        int b = 0;
        for (; b + 4 <= count; b += 4) {
            add4(z, -w[b], y[b], -w[b + 1], y[b + 1], -w[b + 2], y[b + 2], -w[b + 3], y[b + 3], 0, n);
        }
        for (; b < count; b++) {
            add1(z, -w[b], y[b], 0, n);
        }
    }

    private static void add4(
            double[] z,
            double w0,
            double[] y0,
            double w1,
            double[] y1,
            double w2,
            double[] y2,
            double w3,
            double[] y3,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            z[i] += w0 * y0[i] + w1 * y1[i] + w2 * y2[i] + w3 * y3[i];
        }
    }

    private static void add1(double[] z, double w, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] += w * y[i];
        }
    }

    @Override
    public void addScatter(double[][] in, int n, double[] centre, double[][] scratch, double[][] sum) {
        int bands = in.length;
        for (int b = 0; b < bands; b++) {
            double[] plane = in[b];
            double c = centre[b];
            for (int i = 0; i < n; i++) {
                scratch[i][b] = plane[i] - c;
            }
        }
        for (int a0 = 0; a0 < bands; a0 += ROW_BLOCK) {
            int a1 = Math.min(bands, a0 + ROW_BLOCK);
            int i = 0;
            for (; i + 4 <= n; i += 4) {
                double[] x0 = scratch[i];
                double[] x1 = scratch[i + 1];
                double[] x2 = scratch[i + 2];
                double[] x3 = scratch[i + 3];
                for (int a = a0; a < a1; a++) {
                    add4(sum[a], x0[a], x0, x1[a], x1, x2[a], x2, x3[a], x3, a, bands);
                }
            }
            for (; i < n; i++) {
                double[] x = scratch[i];
                for (int a = a0; a < a1; a++) {
                    add1(sum[a], x[a], x, a, bands);
                }
            }
        }
    }

    @Override
    public void whiten(double[][] lower, double[] mean, double[][] inOut, int n) {
        for (int b = 0; b < inOut.length; b++) {
            double[] z = inOut[b];
            double m = mean[b];
            for (int i = 0; i < n; i++) {
                z[i] -= m;
            }
            subtract(lower[b], inOut, b, z, n);
            double scale = 1.0 / lower[b][b];
            for (int i = 0; i < n; i++) {
                z[i] *= scale;
            }
        }
    }

    @Override
    public void squaredNorms(double[][] in, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        for (double[] plane : in) {
            for (int i = 0; i < n; i++) {
                out[i] += plane[i] * plane[i];
            }
        }
    }

    @Override
    public void means(double[][] in, int n, double[] out) {
        for (int b = 0; b < in.length; b++) {
            double[] plane = in[b];
            double first = plane[0];
            double sum = 0;
            for (int i = 1; i < n; i++) {
                sum += plane[i] - first;
            }
            out[b] = first + sum / n;
        }
    }
}
