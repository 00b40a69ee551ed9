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

    private PlainKernels() {}

    @Override
    public String name() {
        return "plain";
    }

    @Override
    public void multiply(double[][] weights, double[][] in, int n, double[][] out) {
        for (int k = 0; k < weights.length; k++) {
            double[] z = out[k];
            Arrays.fill(z, 0, n, 0.0);
            combine(weights[k], 1.0, in, in.length, z, n);
        }
    }

    /** z += sign * sum over the first {@code count} planes of w[b] y[b]. */
    private static void combine(double[] w, double sign, double[][] y, int count, double[] z, int n) {
        int b = 0;
        for (; b + 4 <= count; b += 4) {
            add4(
                    z,
                    sign * w[b],
                    y[b],
                    sign * w[b + 1],
                    y[b + 1],
                    sign * w[b + 2],
                    y[b + 2],
                    sign * w[b + 3],
                    y[b + 3],
                    n);
        }
        for (; b < count; b++) {
            add1(z, sign * w[b], y[b], n);
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
            int n) {
        for (int i = 0; i < n; i++) {
            z[i] += w0 * y0[i] + w1 * y1[i] + w2 * y2[i] + w3 * y3[i];
        }
    }

    private static void add1(double[] z, double w, double[] y, int n) {
        for (int i = 0; i < n; i++) {
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
                    addOuter4(sum[a], x0[a], x0, x1[a], x1, x2[a], x2, x3[a], x3, a, bands);
                }
            }
            for (; i < n; i++) {
                double[] x = scratch[i];
                for (int a = a0; a < a1; a++) {
                    addOuter1(sum[a], x[a], x, a, bands);
                }
            }
        }
    }

    private static void addOuter4(
            double[] s,
            double w0,
            double[] x0,
            double w1,
            double[] x1,
            double w2,
            double[] x2,
            double w3,
            double[] x3,
            int from,
            int to) {
        for (int b = from; b < to; b++) {
            s[b] += w0 * x0[b] + w1 * x1[b] + w2 * x2[b] + w3 * x3[b];
        }
    }

    private static void addOuter1(double[] s, double w, double[] x, int from, int to) {
        for (int b = from; b < to; b++) {
            s[b] += w * x[b];
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
            combine(lower[b], -1.0, inOut, b, z, n);
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
