package org.hsi4j.linalg;

import java.util.Arrays;
import jdk.incubator.vector.VectorShape;

/**
 * The Vector API: sums of blocks of rows and pixels stay in registers. What only streams through memory, or is too small to
 * fill a block, is left to plain Java, which does it as fast.
 */
final class VectorKernels implements Kernels {
    private static final Kernels PLAIN = PlainKernels.INSTANCE;

    /** Planes that are read side by side where they come from memory: no more than it can be read ahead in. */
    private static final int PLANES = 8;

    /** Pages of 4 KiB that are read one after the other, two of each plane. */
    private static final int RUN = 2048;

    /** A scatter of fewer bands is mostly diagonal blocks, of which the lower half is of no use. */
    private static final int FEWEST_BANDS = 16;

    VectorKernels() {}

    /**
     * Width of the vectors of this machine.
     *
     * @return bits
     */
    static int vectorBits() {
        return VectorShape.preferredShape().vectorBitSize();
    }

    @Override
    public String name() {
        return "vector";
    }

    @Override
    public void multiply(double[][] weights, double[][] in, int n, double[][] out) {
        if (weights.length == 1) { // a block would load more than it computes
            DoubleBlocks.combine(weights[0], in, in.length, 0, n, out[0], 0);
            return;
        }
        int width = DoubleBlocks.WIDTH;
        int pixels = Math.min(n, width);
        for (int i = 0; i < n; i += width) {
            int at = Math.min(i, n - pixels); // the last block overlaps the one before it
            for (int k = 0; k < weights.length; ) {
                int rows = rowsOfNextBlock(weights.length - k);
                DoubleBlocks.product(weights, k, rows, in, in.length, at, pixels, out, k, at);
                k += rows;
            }
        }
    }

    @Override
    public void multiply(double[][] weights, float[][] in, int at, int n, double[][] scratch, double[][] out) {
        for (int k = 0; k < weights.length; k++) {
            Arrays.fill(out[k], 0, n, 0.0);
        }
        for (int from = 0; from < in.length; from += PLANES) {
            int to = Math.min(in.length, from + PLANES);
            for (int i = 0; i < n; i += DoubleBlocks.WIDTH) {
                int pixels = Math.min(n - i, DoubleBlocks.WIDTH);
                for (int k = 0; k < weights.length; ) {
                    int rows = weights.length - k == 1 ? 1 : rowsOfNextBlock(weights.length - k);
                    DoubleBlocks.add(weights, k, rows, in, from, to, at, out, i, pixels);
                    k += rows;
                }
            }
        }
    }

    @Override
    public int pixelsOfRun() {
        return RUN;
    }

    @Override
    public void multiply(float[][] weights, float[][] in, int n, float[][] out) {
        if (weights.length == 1) { // a block would load more than it computes
            FloatBlocks.combine(weights[0], in, in.length, 0, n, out[0], 0);
            return;
        }
        int width = FloatBlocks.WIDTH;
        int pixels = Math.min(n, width);
        for (int i = 0; i < n; i += width) {
            int at = Math.min(i, n - pixels); // the last block overlaps the one before it
            for (int k = 0; k < weights.length; ) {
                int rows = rowsOfNextBlock(weights.length - k);
                FloatBlocks.product(weights, k, rows, in, in.length, at, pixels, out, k, at);
                k += rows;
            }
        }
    }

    /** Four, five or six, so that blocks are few and waste none but the last rows of 1, 2, 3 and 7: 8 = 4 + 4, 9 = 5 + 4. */
    private static int rowsOfNextBlock(int left) {
        int blocks = (left + DoubleBlocks.ROWS - 1) / DoubleBlocks.ROWS;
        return Math.max(4, (left + blocks - 1) / blocks);
    }

    @Override
    public double[][] scatterScratch(int bands, int pixels) {
        return bands < FEWEST_BANDS ? PLAIN.scatterScratch(bands, pixels) : ScatterPanels.empty(bands, pixels);
    }

    @Override
    public void addScatter(double[][] in, int n, double[] centre, double[][] scratch, double[][] sum) {
        if (in.length < FEWEST_BANDS) {
            PLAIN.addScatter(in, n, centre, scratch, sum);
            return;
        }
        ScatterPanels.pack(in, n, centre, scratch);
        ScatterPanels.add(scratch, n, sum);
    }

    @Override
    public void addScatter(float[][] in, int at, int n, double[] centre, double[][] scratch, double[][] sum) {
        if (in.length < FEWEST_BANDS) {
            PLAIN.addScatter(in, at, n, centre, scratch, sum);
            return;
        }
        ScatterPanels.pack(in, at, n, centre, scratch);
        ScatterPanels.add(scratch, n, sum);
    }

    @Override
    public void addScatterMixed(float[][] in, int n, float[] centre, float[][] scratch, double[][] sum) {
        if (in.length < FloatBlocks.WIDTH) {
            PLAIN.addScatterMixed(in, n, centre, scratch, sum);
            return;
        }
        PlainKernels.pack(in, n, centre, scratch);
        for (int from = 0; from < n; from += PlainKernels.MIXED_BLOCK) {
            addScatterMixed(scratch, from, Math.min(n, from + PlainKernels.MIXED_BLOCK), sum);
        }
    }

    private static void addScatterMixed(float[][] pixels, int from, int to, double[][] sum) {
        int width = FloatBlocks.WIDTH;
        float[] block = new float[FloatBlocks.ROWS * width];
        for (int a = 0; a < sum.length; a += FloatBlocks.ROWS) {
            int end = sum.length;
            while (end > a) {
                int columns = end - a <= width / 2 ? width / 2 : width;
                int start = Math.max(0, end - columns);
                if (columns == width) {
                    FloatBlocks.scatterWide(pixels, from, to, a, start, block);
                } else {
                    FloatBlocks.scatterNarrow(pixels, from, to, a, start, block);
                }
                for (int r = 0; r < FloatBlocks.ROWS && a + r < sum.length; r++) {
                    double[] row = sum[a + r];
                    int shift = r * columns - start;
                    for (int b = Math.max(a + r, start); b < end; b++) {
                        row[b] += block[shift + b];
                    }
                }
                end = start;
            }
        }
    }

    @Override
    public void whiten(double[][] lower, double[] mean, double[][] inOut, int n) {
        int rows = DoubleBlocks.ROWS;
        int width = DoubleBlocks.WIDTH;
        double[][] block = new double[rows][width];
        for (int from = 0; from < n; from += width) {
            int to = Math.min(n, from + width);
            int b = 0;
            for (; b + rows <= inOut.length; b += rows) {
                DoubleBlocks.product(lower, b, rows, inOut, b, from, to - from, block, 0, 0);
                for (int r = 0; r < rows; r++) {
                    double[] z = inOut[b + r];
                    double m = mean[b + r];
                    double[] sums = block[r];
                    for (int i = from; i < to; i++) {
                        z[i] = z[i] - m - sums[i - from];
                    }
                    PlainKernels.solveRow(lower[b + r], b, b + r, inOut, from, to);
                }
            }
            PlainKernels.whiten(lower, mean, inOut, b, from, to);
        }
    }

    @Override
    public void squaredDistances(double[][] upper, double[] mean, double[][] inOut, int n, double[] out) {
        PlainKernels.subtract(mean, inOut, 0, n);
        DistanceBlocks.squares(upper, inOut, n, out);
    }

    @Override
    public void squaredNorms(double[][] in, int n, double[] out) {
        PLAIN.squaredNorms(in, n, out);
    }

    @Override
    public void dots(double[][] a, double[][] b, int n, double[] out) {
        PLAIN.dots(a, b, n, out);
    }

    @Override
    public void means(double[][] in, int n, double[] out) {
        PLAIN.means(in, n, out);
    }

    @Override
    public void means(float[][] in, int at, int n, double[] out) {
        PLAIN.means(in, at, n, out);
    }
}
