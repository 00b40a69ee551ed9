package org.hsi4j.linalg;

import java.util.Arrays;

/**
 * Plain Java. Every inner loop runs over one array index with up to four input arrays, the shape that C2 turns into vector
 * code without running out of registers. Multiplications and additions stay apart: {@link Math#fma} would be faster where the
 * machine has it, and thousands of times slower where it has not.
 */
final class PlainKernels implements Kernels {
    static final PlainKernels INSTANCE = new PlainKernels();

    /** Pixels whose products are summed in float32 before they go to float64. */
    static final int MIXED_BLOCK = 64;

    /** Rows of a matrix of 200 columns that stay in a first-level cache of 32 KiB while four pixels at a time stream by. */
    private static final int ROW_BLOCK = 12;

    /** Rows of a triangular solve that share the planes above them. */
    private static final int SOLVE_BLOCK = 8;

    /** Pixels at a time, so that four planes of float64 fill half of a first-level cache of 32 KiB. */
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

    @Override
    public void multiply(double[][] weights, float[][] in, int at, int n, double[][] scratch, double[][] out) {
        // The last block comes first: all are summed at the beginning of the rows and then brought to their places.
        for (int from = (n - 1) / PIXEL_BLOCK * PIXEL_BLOCK; from >= 0; from -= PIXEL_BLOCK) {
            int count = Math.min(n - from, PIXEL_BLOCK);
            multiplyBlock(weights, in, at + from, count, scratch, out);
            for (int k = 0; k < weights.length && from > 0; k++) {
                System.arraycopy(out[k], 0, out[k], from, count);
            }
        }
    }

    private static void multiplyBlock(
            double[][] weights, float[][] in, int at, int n, double[][] scratch, double[][] out) {
        for (int k = 0; k < weights.length; k++) {
            Arrays.fill(out[k], 0, n, 0.0);
        }
        double[] y0 = scratch[0];
        double[] y1 = scratch[1];
        double[] y2 = scratch[2];
        double[] y3 = scratch[3];
        int b = 0;
        for (; b + 4 <= in.length; b += 4) {
            widen4(in[b], y0, in[b + 1], y1, in[b + 2], y2, in[b + 3], y3, at, n);
            for (int k = 0; k < weights.length; k++) {
                double[] w = weights[k];
                addFirst4(out[k], w[b], y0, w[b + 1], y1, w[b + 2], y2, w[b + 3], y3, n);
            }
        }
        for (; b < in.length; b++) {
            widen(in[b], at, y0, n);
            for (int k = 0; k < weights.length; k++) {
                add1(out[k], weights[k][b], y0, 0, n);
            }
        }
    }

    /**
     * A loop over two types is not turned into vector code, so it only fills the first-level cache for those that are; and
     * it waits for memory less when it reads four planes side by side. Here as in {@link #addFirst4} the JIT has to see that
     * the loop is short, or else it divides it once more for safepoints, which doubles its time.
     */
    private static void widen4(
            float[] x0,
            double[] y0,
            float[] x1,
            double[] y1,
            float[] x2,
            double[] y2,
            float[] x3,
            double[] y3,
            int at,
            int n) {
        int count = Math.min(n, PIXEL_BLOCK);
        for (int i = 0; i < count; i++) {
            y0[i] = x0[at + i];
            y1[i] = x1[at + i];
            y2[i] = x2[at + i];
            y3[i] = x3[at + i];
        }
    }

    private static void widen(float[] narrow, int at, double[] wide, int n) {
        for (int i = 0; i < n; i++) {
            wide[i] = narrow[at + i];
        }
    }

    /** Like {@link #add4} for the first entries, at most {@value #PIXEL_BLOCK}. */
    private static void addFirst4(
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
        int count = Math.min(n, PIXEL_BLOCK);
        for (int i = 0; i < count; i++) {
            z[i] += w0 * y0[i] + w1 * y1[i] + w2 * y2[i] + w3 * y3[i];
        }
    }

    @Override
    public void multiply(float[][] weights, float[][] in, int n, float[][] out) {
        for (int from = 0; from < n; from += 2 * PIXEL_BLOCK) {
            int to = Math.min(n, from + 2 * PIXEL_BLOCK);
            for (int k = 0; k < weights.length; k++) {
                Arrays.fill(out[k], from, to, 0f);
            }
            int b = 0;
            for (; b + 4 <= in.length; b += 4) {
                for (int k = 0; k < weights.length; k++) {
                    float[] w = weights[k];
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

    private static void add4(
            float[] z,
            float w0,
            float[] y0,
            float w1,
            float[] y1,
            float w2,
            float[] y2,
            float w3,
            float[] y3,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            z[i] += w0 * y0[i] + w1 * y1[i] + w2 * y2[i] + w3 * y3[i];
        }
    }

    private static void add1(float[] z, float w, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] += w * y[i];
        }
    }

    @Override
    public double[][] scatterScratch(int bands, int pixels) {
        return new double[pixels][bands];
    }

    @Override
    public void addScatter(double[][] in, int n, double[] centre, double[][] scratch, double[][] sum) {
        pack(in, n, centre, scratch);
        addScatter(scratch, n, sum);
    }

    @Override
    public void addScatter(float[][] in, int at, int n, double[] centre, double[][] scratch, double[][] sum) {
        pack(in, at, n, centre, scratch);
        addScatter(scratch, n, sum);
    }

    private static void addScatter(double[][] pixels, int n, double[][] sum) {
        int bands = sum.length;
        for (int a0 = 0; a0 < bands; a0 += ROW_BLOCK) {
            int a1 = Math.min(bands, a0 + ROW_BLOCK);
            int i = 0;
            for (; i + 4 <= n; i += 4) {
                double[] x0 = pixels[i];
                double[] x1 = pixels[i + 1];
                double[] x2 = pixels[i + 2];
                double[] x3 = pixels[i + 3];
                for (int a = a0; a < a1; a++) {
                    add4(sum[a], x0[a], x0, x1[a], x1, x2[a], x2, x3[a], x3, a, bands);
                }
            }
            for (; i < n; i++) {
                double[] x = pixels[i];
                for (int a = a0; a < a1; a++) {
                    add1(sum[a], x[a], x, a, bands);
                }
            }
        }
    }

    @Override
    public void addScatterMixed(float[][] in, int n, float[] centre, float[][] scratch, double[][] sum) {
        pack(in, n, centre, scratch);
        float[][] rows = new float[ROW_BLOCK][sum.length];
        for (int from = 0; from < n; from += MIXED_BLOCK) {
            int to = Math.min(n, from + MIXED_BLOCK);
            for (int a = 0; a < sum.length; a += ROW_BLOCK) {
                addScatterMixed(scratch, from, to, a, Math.min(sum.length, a + ROW_BLOCK), rows, sum);
            }
        }
    }

    /** Rows {@code a0} to {@code a1} of the scatter of some pixels, summed in {@code rows} first. */
    private static void addScatterMixed(
            float[][] pixels, int from, int to, int a0, int a1, float[][] rows, double[][] sum) {
        int bands = sum.length;
        for (int a = a0; a < a1; a++) {
            Arrays.fill(rows[a - a0], a, bands, 0f);
        }
        int i = from;
        for (; i + 4 <= to; i += 4) {
            float[] x0 = pixels[i];
            float[] x1 = pixels[i + 1];
            float[] x2 = pixels[i + 2];
            float[] x3 = pixels[i + 3];
            for (int a = a0; a < a1; a++) {
                add4(rows[a - a0], x0[a], x0, x1[a], x1, x2[a], x2, x3[a], x3, a, bands);
            }
        }
        for (; i < to; i++) {
            float[] x = pixels[i];
            for (int a = a0; a < a1; a++) {
                add1(rows[a - a0], x[a], x, a, bands);
            }
        }
        for (int a = a0; a < a1; a++) {
            float[] row = rows[a - a0];
            double[] total = sum[a];
            for (int b = a; b < bands; b++) {
                total[b] += row[b];
            }
        }
    }

    /** Turns planes into pixels less their centre, eight bands at a time: what one line of the cache holds. */
    static void pack(double[][] in, int n, double[] centre, double[][] pixels) {
        int b = 0;
        for (; b + 8 <= in.length; b += 8) {
            double[] p0 = in[b];
            double[] p1 = in[b + 1];
            double[] p2 = in[b + 2];
            double[] p3 = in[b + 3];
            double[] p4 = in[b + 4];
            double[] p5 = in[b + 5];
            double[] p6 = in[b + 6];
            double[] p7 = in[b + 7];
            for (int i = 0; i < n; i++) {
                double[] x = pixels[i];
                x[b] = p0[i] - centre[b];
                x[b + 1] = p1[i] - centre[b + 1];
                x[b + 2] = p2[i] - centre[b + 2];
                x[b + 3] = p3[i] - centre[b + 3];
                x[b + 4] = p4[i] - centre[b + 4];
                x[b + 5] = p5[i] - centre[b + 5];
                x[b + 6] = p6[i] - centre[b + 6];
                x[b + 7] = p7[i] - centre[b + 7];
            }
        }
        for (; b < in.length; b++) {
            for (int i = 0; i < n; i++) {
                pixels[i][b] = in[b][i] - centre[b];
            }
        }
    }

    /** The same from float32, subtracted in float64. */
    static void pack(float[][] in, int at, int n, double[] centre, double[][] pixels) {
        int b = 0;
        for (; b + 8 <= in.length; b += 8) {
            float[] p0 = in[b];
            float[] p1 = in[b + 1];
            float[] p2 = in[b + 2];
            float[] p3 = in[b + 3];
            float[] p4 = in[b + 4];
            float[] p5 = in[b + 5];
            float[] p6 = in[b + 6];
            float[] p7 = in[b + 7];
            for (int i = 0; i < n; i++) {
                double[] x = pixels[i];
                x[b] = p0[at + i] - centre[b];
                x[b + 1] = p1[at + i] - centre[b + 1];
                x[b + 2] = p2[at + i] - centre[b + 2];
                x[b + 3] = p3[at + i] - centre[b + 3];
                x[b + 4] = p4[at + i] - centre[b + 4];
                x[b + 5] = p5[at + i] - centre[b + 5];
                x[b + 6] = p6[at + i] - centre[b + 6];
                x[b + 7] = p7[at + i] - centre[b + 7];
            }
        }
        for (; b < in.length; b++) {
            for (int i = 0; i < n; i++) {
                pixels[i][b] = in[b][at + i] - centre[b];
            }
        }
    }

    /** The same in float32. */
    static void pack(float[][] in, int n, float[] centre, float[][] pixels) {
        int b = 0;
        for (; b + 8 <= in.length; b += 8) {
            float[] p0 = in[b];
            float[] p1 = in[b + 1];
            float[] p2 = in[b + 2];
            float[] p3 = in[b + 3];
            float[] p4 = in[b + 4];
            float[] p5 = in[b + 5];
            float[] p6 = in[b + 6];
            float[] p7 = in[b + 7];
            for (int i = 0; i < n; i++) {
                float[] x = pixels[i];
                x[b] = p0[i] - centre[b];
                x[b + 1] = p1[i] - centre[b + 1];
                x[b + 2] = p2[i] - centre[b + 2];
                x[b + 3] = p3[i] - centre[b + 3];
                x[b + 4] = p4[i] - centre[b + 4];
                x[b + 5] = p5[i] - centre[b + 5];
                x[b + 6] = p6[i] - centre[b + 6];
                x[b + 7] = p7[i] - centre[b + 7];
            }
        }
        for (; b < in.length; b++) {
            for (int i = 0; i < n; i++) {
                pixels[i][b] = in[b][i] - centre[b];
            }
        }
    }

    @Override
    public void whiten(double[][] lower, double[] mean, double[][] inOut, int n) {
        for (int from = 0; from < n; from += PIXEL_BLOCK) {
            whiten(lower, mean, inOut, 0, from, Math.min(n, from + PIXEL_BLOCK));
        }
    }

    /** Solves for the planes from {@code first} on, those before it being solved, and for a range of pixels. */
    static void whiten(double[][] lower, double[] mean, double[][] inOut, int first, int from, int to) {
        for (int b0 = first; b0 < inOut.length; b0 += SOLVE_BLOCK) {
            int b1 = Math.min(inOut.length, b0 + SOLVE_BLOCK);
            for (int b = b0; b < b1; b++) {
                double[] z = inOut[b];
                double m = mean[b];
                for (int i = from; i < to; i++) {
                    z[i] -= m;
                }
            }
            // Four solved planes stay in the first-level cache while every row of the block takes its share of them.
            int c = 0;
            for (; c + 4 <= b0; c += 4) {
                for (int b = b0; b < b1; b++) {
                    subtract4(lower[b], c, inOut, inOut[b], from, to);
                }
            }
            for (int b = b0; b < b1; b++) {
                solveRow(lower[b], c, b, inOut, from, to);
            }
        }
    }

    /** Row b, from which the terms of the planes before {@code done} were taken already. */
    static void solveRow(double[] lower, int done, int b, double[][] inOut, int from, int to) {
        double[] z = inOut[b];
        int c = done;
        for (; c + 4 <= b; c += 4) {
            subtract4(lower, c, inOut, z, from, to);
        }
        for (; c < b; c++) {
            add1(z, -lower[c], inOut[c], from, to);
        }
        scale(z, 1.0 / lower[b], from, to);
    }

    private static void subtract4(double[] w, int c, double[][] y, double[] z, int from, int to) {
        add4(z, -w[c], y[c], -w[c + 1], y[c + 1], -w[c + 2], y[c + 2], -w[c + 3], y[c + 3], from, to);
    }

    @Override
    public void squaredDistances(double[][] upper, double[] mean, double[][] inOut, int n, double[] out) {
        for (int from = 0; from < n; from += PIXEL_BLOCK) {
            int to = Math.min(n, from + PIXEL_BLOCK);
            subtract(mean, inOut, from, to);
            Arrays.fill(out, from, to, 0.0);
            // From the last row up, because a row is a sum of the planes before it: each may take the place of its own
            // plane.
            for (int k1 = inOut.length; k1 > 0; k1 -= SOLVE_BLOCK) {
                int k0 = Math.max(0, k1 - SOLVE_BLOCK);
                for (int k = k1 - 1; k >= k0; k--) {
                    scale(inOut[k], upper[k][k], from, to);
                    addPlanes(upper, k0, k, inOut, k, k + 1, from, to);
                }
                addPlanes(upper, 0, k0, inOut, k0, k1, from, to);
                for (int k = k0; k < k1; k++) {
                    addProducts(out, inOut[k], inOut[k], from, to);
                }
            }
        }
    }

    static void subtract(double[] mean, double[][] planes, int from, int to) {
        for (int b = 0; b < planes.length; b++) {
            double[] plane = planes[b];
            double m = mean[b];
            for (int i = from; i < to; i++) {
                plane[i] -= m;
            }
        }
    }

    private static void scale(double[] z, double factor, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] *= factor;
        }
    }

    /** Adds the terms of the planes from b0 to b1 to the rows from k0 to k1. */
    private static void addPlanes(
            double[][] upper, int b0, int b1, double[][] planes, int k0, int k1, int from, int to) {
        int b = b0;
        for (; b + 4 <= b1; b += 4) {
            double[] u0 = upper[b];
            double[] u1 = upper[b + 1];
            double[] u2 = upper[b + 2];
            double[] u3 = upper[b + 3];
            for (int k = k0; k < k1; k++) {
                add4(
                        planes[k],
                        u0[k],
                        planes[b],
                        u1[k],
                        planes[b + 1],
                        u2[k],
                        planes[b + 2],
                        u3[k],
                        planes[b + 3],
                        from,
                        to);
            }
        }
        for (; b < b1; b++) {
            for (int k = k0; k < k1; k++) {
                add1(planes[k], upper[b][k], planes[b], from, to);
            }
        }
    }

    @Override
    public void squaredNorms(double[][] in, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        int b = 0;
        for (; b + 4 <= in.length; b += 4) {
            addSquares(out, in[b], in[b + 1], in[b + 2], in[b + 3], n);
        }
        for (; b < in.length; b++) {
            addProducts(out, in[b], in[b], 0, n);
        }
    }

    private static void addSquares(double[] z, double[] y0, double[] y1, double[] y2, double[] y3, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += y0[i] * y0[i] + y1[i] * y1[i] + y2[i] * y2[i] + y3[i] * y3[i];
        }
    }

    @Override
    public void dots(double[][] a, double[][] b, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        int k = 0;
        for (; k + 2 <= a.length; k += 2) {
            addProducts2(out, a[k], b[k], a[k + 1], b[k + 1], n);
        }
        for (; k < a.length; k++) {
            addProducts(out, a[k], b[k], 0, n);
        }
    }

    private static void addProducts2(double[] z, double[] x0, double[] y0, double[] x1, double[] y1, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += x0[i] * y0[i] + x1[i] * y1[i];
        }
    }

    private static void addProducts(double[] z, double[] x, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] += x[i] * y[i];
        }
    }

    @Override
    public void means(double[][] in, int n, double[] out) {
        for (int b = 0; b < in.length; b++) {
            double[] plane = in[b];
            double first = plane[0];
            // Four sums, because each addition waits for the one before it.
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = 1;
            for (; i + 4 <= n; i += 4) {
                s0 += plane[i] - first;
                s1 += plane[i + 1] - first;
                s2 += plane[i + 2] - first;
                s3 += plane[i + 3] - first;
            }
            for (; i < n; i++) {
                s0 += plane[i] - first;
            }
            out[b] = first + ((s0 + s1) + (s2 + s3)) / n;
        }
    }

    @Override
    public void means(float[][] in, int at, int n, double[] out) {
        for (int b = 0; b < in.length; b++) {
            float[] plane = in[b];
            double first = plane[at];
            double s0 = 0;
            double s1 = 0;
            double s2 = 0;
            double s3 = 0;
            int i = 1;
            for (; i + 4 <= n; i += 4) {
                s0 += plane[at + i] - first;
                s1 += plane[at + i + 1] - first;
                s2 += plane[at + i + 2] - first;
                s3 += plane[at + i + 3] - first;
            }
            for (; i < n; i++) {
                s0 += plane[at + i] - first;
            }
            out[b] = first + ((s0 + s1) + (s2 + s3)) / n;
        }
    }
}
