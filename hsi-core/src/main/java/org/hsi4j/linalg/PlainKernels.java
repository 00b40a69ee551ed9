package org.hsi4j.linalg;

import java.util.Arrays;

/**
 * Plain Java. The inner loops run over one array index, the shape that C2 turns into vector code. What counts there is how much
 * is computed for each value that is loaded and stored: two rows take their share of four planes at a time, the most that
 * C2 turns into vector code on JDK 17 as on later ones. Each sum is one chain of {@link Fused#fma} whatever the blocks, so
 * that a row or a pixel has the same bits in all of them.
 */
final class PlainKernels implements Kernels {
    static final PlainKernels INSTANCE = new PlainKernels();

    /** Pixels whose products are summed in float32 before they go to float64. */
    static final int MIXED_BLOCK = 64;

    /** Sums of a scatter that stay in a first-level cache of 32 KiB while four pixels at a time stream by. */
    private static final int SCATTER_SUMS = 2400;

    private static final int MOST_SCATTER_ROWS = 24;

    /** Rows of a triangular system that share the planes above them. */
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
            int b = 0;
            for (; b + 4 <= in.length; b += 4) {
                addFour(weights, b, in[b], in[b + 1], in[b + 2], in[b + 3], from, to, out);
            }
            for (; b < in.length; b++) {
                addOne(weights, b, in[b], from, to, out);
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

    @Override
    public int pixelsOfRun() {
        return PIXEL_BLOCK;
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
            addFour(weights, b, y0, y1, y2, y3, 0, n, out);
        }
        for (; b < in.length; b++) {
            widen(in[b], at, y0, n);
            addOne(weights, b, y0, 0, n, out);
        }
    }

    /** Every row takes its share of four planes while they are in the first-level cache. */
    private static void addFour(
            double[][] weights,
            int b,
            double[] y0,
            double[] y1,
            double[] y2,
            double[] y3,
            int from,
            int to,
            double[][] out) {
        int k = 0;
        for (; k + 2 <= weights.length; k += 2) {
            double[] v = weights[k];
            double[] w = weights[k + 1];
            add2x4(
                    out[k],
                    v[b],
                    v[b + 1],
                    v[b + 2],
                    v[b + 3],
                    out[k + 1],
                    w[b],
                    w[b + 1],
                    w[b + 2],
                    w[b + 3],
                    y0,
                    y1,
                    y2,
                    y3,
                    from,
                    to);
        }
        for (; k < weights.length; k++) {
            double[] w = weights[k];
            add4(out[k], w[b], y0, w[b + 1], y1, w[b + 2], y2, w[b + 3], y3, from, to);
        }
    }

    private static void addOne(double[][] weights, int b, double[] y, int from, int to, double[][] out) {
        for (int k = 0; k < weights.length; k++) {
            add1(out[k], weights[k][b], y, from, to);
        }
    }

    /**
     * A loop over two types is not turned into vector code, so it only fills the first-level cache for those that are; and
     * it waits for memory less when it reads four planes side by side. The JIT has to see that the loop is short, or else
     * it divides it once more for safepoints, which doubles its time.
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

    /**
     * Where the JIT of JDK 17 looks for operations to do side by side, it tells the two that use a sample by their operands: with
     * the sample as first operand of both it takes one for the other, now and then, and gives up.
     */
    private static void add2x4(
            double[] z0,
            double v0,
            double v1,
            double v2,
            double v3,
            double[] z1,
            double w0,
            double w1,
            double w2,
            double w3,
            double[] y0,
            double[] y1,
            double[] y2,
            double[] y3,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            double s0 = z0[i];
            double s1 = z1[i];
            double y = y0[i];
            s0 = Fused.fma(y, v0, s0);
            s1 = Fused.fma(w0, y, s1);
            y = y1[i];
            s0 = Fused.fma(y, v1, s0);
            s1 = Fused.fma(w1, y, s1);
            y = y2[i];
            s0 = Fused.fma(y, v2, s0);
            s1 = Fused.fma(w2, y, s1);
            y = y3[i];
            z0[i] = Fused.fma(y, v3, s0);
            z1[i] = Fused.fma(w3, y, s1);
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
            z[i] = Fused.fma(y3[i], w3, Fused.fma(y2[i], w2, Fused.fma(y1[i], w1, Fused.fma(y0[i], w0, z[i]))));
        }
    }

    private static void add1(double[] z, double w, double[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] = Fused.fma(y[i], w, z[i]);
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
                addFour(weights, b, in[b], in[b + 1], in[b + 2], in[b + 3], from, to, out);
            }
            for (; b < in.length; b++) {
                for (int k = 0; k < weights.length; k++) {
                    add1(out[k], weights[k][b], in[b], from, to);
                }
            }
        }
    }

    private static void addFour(
            float[][] weights, int b, float[] y0, float[] y1, float[] y2, float[] y3, int from, int to, float[][] out) {
        int k = 0;
        for (; k + 2 <= weights.length; k += 2) {
            float[] v = weights[k];
            float[] w = weights[k + 1];
            add2x4(
                    out[k],
                    v[b],
                    v[b + 1],
                    v[b + 2],
                    v[b + 3],
                    out[k + 1],
                    w[b],
                    w[b + 1],
                    w[b + 2],
                    w[b + 3],
                    y0,
                    y1,
                    y2,
                    y3,
                    from,
                    to);
        }
        for (; k < weights.length; k++) {
            float[] w = weights[k];
            add4(out[k], w[b], y0, w[b + 1], y1, w[b + 2], y2, w[b + 3], y3, from, to);
        }
    }

    private static void add2x4(
            float[] z0,
            float v0,
            float v1,
            float v2,
            float v3,
            float[] z1,
            float w0,
            float w1,
            float w2,
            float w3,
            float[] y0,
            float[] y1,
            float[] y2,
            float[] y3,
            int from,
            int to) {
        for (int i = from; i < to; i++) {
            float s0 = z0[i];
            float s1 = z1[i];
            float y = y0[i];
            s0 = Fused.fma(y, v0, s0);
            s1 = Fused.fma(w0, y, s1);
            y = y1[i];
            s0 = Fused.fma(y, v1, s0);
            s1 = Fused.fma(w1, y, s1);
            y = y2[i];
            s0 = Fused.fma(y, v2, s0);
            s1 = Fused.fma(w2, y, s1);
            y = y3[i];
            z0[i] = Fused.fma(y, v3, s0);
            z1[i] = Fused.fma(w3, y, s1);
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
            z[i] = Fused.fma(y3[i], w3, Fused.fma(y2[i], w2, Fused.fma(y1[i], w1, Fused.fma(y0[i], w0, z[i]))));
        }
    }

    private static void add1(float[] z, float w, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            z[i] = Fused.fma(y[i], w, z[i]);
        }
    }

    /**
     * Pixels, and the rows of a block of sums behind them. Arrays that the JVM places one after the other then begin at the same
     * place in a line of the cache, because with the 16 bytes of its head each fills some lines; so where the loop
     * aligns one of them, it aligns all. Where the JVM places them otherwise, that is lost and nothing else.
     */
    @Override
    public double[][] scatterScratch(int bands, int pixels) {
        return new double[pixels + MOST_SCATTER_ROWS][(bands + 1) / 8 * 8 + 6];
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
        int block = scatterRows(bands);
        double[][] rows = Arrays.copyOfRange(pixels, pixels.length - block, pixels.length);
        for (int a = 0; a < bands; a += block) {
            int count = Math.min(block, bands - a);
            for (int r = 0; r < count; r++) {
                Arrays.fill(rows[r], a, bands, 0.0);
            }
            addScatter(pixels, n, a, count, bands, rows);
            for (int r = 0; r < count; r++) {
                double[] row = rows[r];
                double[] total = sum[a + r];
                for (int b = a + r; b < bands; b++) {
                    total[b] += row[b];
                }
            }
        }
    }

    /** Rows of a block: an even number. */
    private static int scatterRows(int bands) {
        return Math.max(2, Math.min(MOST_SCATTER_ROWS, SCATTER_SUMS / bands / 2 * 2));
    }

    /** Adds some rows of the scatter, from the one of band {@code a} on. Some sums left of the diagonal are of no use. */
    private static void addScatter(double[][] pixels, int n, int a, int count, int bands, double[][] rows) {
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            double[] x0 = pixels[i];
            double[] x1 = pixels[i + 1];
            double[] x2 = pixels[i + 2];
            double[] x3 = pixels[i + 3];
            int r = 0;
            for (; r + 2 <= count; r += 2) {
                int c = a + r;
                add2x4(
                        rows[r],
                        x0[c],
                        x1[c],
                        x2[c],
                        x3[c],
                        rows[r + 1],
                        x0[c + 1],
                        x1[c + 1],
                        x2[c + 1],
                        x3[c + 1],
                        x0,
                        x1,
                        x2,
                        x3,
                        c,
                        bands);
            }
            for (; r < count; r++) {
                int c = a + r;
                add4(rows[r], x0[c], x0, x1[c], x1, x2[c], x2, x3[c], x3, c, bands);
            }
        }
        for (; i < n; i++) {
            double[] x = pixels[i];
            for (int r = 0; r < count; r++) {
                add1(rows[r], x[a + r], x, a + r, bands);
            }
        }
    }

    @Override
    public void addScatterMixed(float[][] in, int n, float[] centre, float[][] scratch, double[][] sum) {
        pack(in, n, centre, scratch);
        int block = scatterRows(sum.length);
        float[][] rows = new float[block][sum.length];
        for (int from = 0; from < n; from += MIXED_BLOCK) {
            int to = Math.min(n, from + MIXED_BLOCK);
            for (int a = 0; a < sum.length; a += block) {
                addScatterMixed(scratch, from, to, a, Math.min(block, sum.length - a), rows, sum);
            }
        }
    }

    /** Some rows of the scatter of some pixels, from the one of band {@code a} on, summed in {@code rows} first. */
    private static void addScatterMixed(
            float[][] pixels, int from, int to, int a, int count, float[][] rows, double[][] sum) {
        int bands = sum.length;
        for (int r = 0; r < count; r++) {
            Arrays.fill(rows[r], a, bands, 0f);
        }
        int i = from;
        for (; i + 4 <= to; i += 4) {
            float[] x0 = pixels[i];
            float[] x1 = pixels[i + 1];
            float[] x2 = pixels[i + 2];
            float[] x3 = pixels[i + 3];
            int r = 0;
            for (; r + 2 <= count; r += 2) {
                int c = a + r;
                add2x4(
                        rows[r],
                        x0[c],
                        x1[c],
                        x2[c],
                        x3[c],
                        rows[r + 1],
                        x0[c + 1],
                        x1[c + 1],
                        x2[c + 1],
                        x3[c + 1],
                        x0,
                        x1,
                        x2,
                        x3,
                        c,
                        bands);
            }
            for (; r < count; r++) {
                int c = a + r;
                add4(rows[r], x0[c], x0, x1[c], x1, x2[c], x2, x3[c], x3, c, bands);
            }
        }
        for (; i < to; i++) {
            float[] x = pixels[i];
            for (int r = 0; r < count; r++) {
                add1(rows[r], x[a + r], x, a + r, bands);
            }
        }
        for (int r = 0; r < count; r++) {
            float[] row = rows[r];
            double[] total = sum[a + r];
            for (int b = a + r; b < bands; b++) {
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
                subtract(mean[b], inOut[b], from, to);
            }
            subtractPlanes(lower, 0, b0, inOut, b0, b1, from, to);
            for (int b = b0; b < b1; b++) {
                solveRow(lower[b], b0, b, inOut, from, to);
            }
        }
    }

    /** Subtracts the terms of the planes from c0 to c1 from the rows from b0 to b1. */
    private static void subtractPlanes(
            double[][] lower, int c0, int c1, double[][] planes, int b0, int b1, int from, int to) {
        int c = c0;
        for (; c + 4 <= c1; c += 4) {
            int b = b0;
            for (; b + 2 <= b1; b += 2) {
                double[] v = lower[b];
                double[] w = lower[b + 1];
                add2x4(
                        planes[b],
                        -v[c],
                        -v[c + 1],
                        -v[c + 2],
                        -v[c + 3],
                        planes[b + 1],
                        -w[c],
                        -w[c + 1],
                        -w[c + 2],
                        -w[c + 3],
                        planes[c],
                        planes[c + 1],
                        planes[c + 2],
                        planes[c + 3],
                        from,
                        to);
            }
            for (; b < b1; b++) {
                subtract4(lower[b], c, planes, planes[b], from, to);
            }
        }
        for (; c < c1; c++) {
            for (int b = b0; b < b1; b++) {
                add1(planes[b], -lower[b][c], planes[c], from, to);
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
                addSquares(inOut, k0, k1, from, to, out);
            }
        }
    }

    static void subtract(double[] mean, double[][] planes, int from, int to) {
        for (int b = 0; b < planes.length; b++) {
            subtract(mean[b], planes[b], from, to);
        }
    }

    private static void subtract(double m, double[] plane, int from, int to) {
        for (int i = from; i < to; i++) {
            plane[i] -= m;
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
            double[] y0 = planes[b];
            double[] y1 = planes[b + 1];
            double[] y2 = planes[b + 2];
            double[] y3 = planes[b + 3];
            int k = k0;
            for (; k + 2 <= k1; k += 2) {
                add2x4(
                        planes[k],
                        u0[k],
                        u1[k],
                        u2[k],
                        u3[k],
                        planes[k + 1],
                        u0[k + 1],
                        u1[k + 1],
                        u2[k + 1],
                        u3[k + 1],
                        y0,
                        y1,
                        y2,
                        y3,
                        from,
                        to);
            }
            for (; k < k1; k++) {
                add4(planes[k], u0[k], y0, u1[k], y1, u2[k], y2, u3[k], y3, from, to);
            }
        }
        for (; b < b1; b++) {
            for (int k = k0; k < k1; k++) {
                add1(planes[k], upper[b][k], planes[b], from, to);
            }
        }
    }

    /** Adds the squares of the planes from b0 to b1. */
    private static void addSquares(double[][] planes, int b0, int b1, int from, int to, double[] out) {
        int b = b0;
        for (; b + 4 <= b1; b += 4) {
            addSquares(out, planes[b], planes[b + 1], planes[b + 2], planes[b + 3], from, to);
        }
        for (; b < b1; b++) {
            addProducts(out, planes[b], planes[b], from, to);
        }
    }

    @Override
    public void squaredNorms(double[][] in, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        addSquares(in, 0, in.length, 0, n, out);
    }

    private static void addSquares(double[] z, double[] y0, double[] y1, double[] y2, double[] y3, int from, int to) {
        for (int i = from; i < to; i++) {
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
