package org.hsi4j.linalg;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums that stay in vector registers, in float32: 16 to 24 of them keep the multipliers busy while the next operands are loaded. The
 * loops over rows and vectors are written out because an array of vectors would live in memory. Where a block reaches
 * beyond the last row, that row stands in for those that are missing.
 *
 * <p>No vector is passed to another method: where the JIT does not inline that, it boxes the vectors, in the loop before it
 * too, which is a tenth of the speed.
 */
final class FloatBlocks {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Pixels or columns that a wide block spans. */
    static final int WIDTH = 4 * LANES;

    /** Rows of the larger blocks. */
    static final int ROWS = 6;

    private FloatBlocks() {}

    /**
     * {@code out[outRow + r][to + i] = sum over b of weights[row + r][b] in[b][at + i]}. Every entry is summed in the same
     * order and with the same rounding, whatever the number of pixels and of rows.
     *
     * @param weights the matrix
     * @param row its first row
     * @param rows four, five or six
     * @param in planes
     * @param count number of planes
     * @param at first pixel
     * @param pixels number of pixels, at most {@link #WIDTH}
     * @param out rows of sums
     * @param outRow the first of these rows
     * @param to where the sums begin in them
     */
    static void product(
            float[][] weights,
            int row,
            int rows,
            float[][] in,
            int count,
            int at,
            int pixels,
            float[][] out,
            int outRow,
            int to) {
        if (pixels < WIDTH) {
            for (int r = 0; r < Math.min(rows, weights.length - row); r++) {
                combine(weights[row + r], in, count, at, pixels, out[outRow + r], to);
            }
        } else if (rows == ROWS) {
            product6(weights, row, in, count, at, out, outRow, to);
        } else if (rows == 5) {
            product5(weights, row, in, count, at, out, outRow, to);
        } else {
            product4(weights, row, in, count, at, out, outRow, to);
        }
    }

    /** One row of a product, in the same order and with the same rounding as the blocks. */
    static void combine(float[] w, float[][] in, int count, int at, int pixels, float[] z, int to) {
        Arrays.fill(z, to, to + pixels, 0);
        int b = 0;
        for (; b + 4 <= count; b += 4) {
            add4(w[b], in[b], w[b + 1], in[b + 1], w[b + 2], in[b + 2], w[b + 3], in[b + 3], at, pixels, z, to);
        }
        for (; b < count; b++) {
            float v = w[b];
            float[] plane = in[b];
            for (int i = 0; i < pixels; i++) {
                z[to + i] = Math.fma(plane[at + i], v, z[to + i]);
            }
        }
    }

    private static void add4(
            float w0,
            float[] y0,
            float w1,
            float[] y1,
            float w2,
            float[] y2,
            float w3,
            float[] y3,
            int at,
            int n,
            float[] z,
            int to) {
        for (int i = 0; i < n; i++) {
            float sum = Math.fma(y0[at + i], w0, z[to + i]);
            sum = Math.fma(y1[at + i], w1, sum);
            sum = Math.fma(y2[at + i], w2, sum);
            z[to + i] = Math.fma(y3[at + i], w3, sum);
        }
    }

    private static void product6(
            float[][] weights, int row, float[][] in, int count, int at, float[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        float[] w0 = weights[row];
        float[] w1 = weights[row + Math.min(1, last)];
        float[] w2 = weights[row + Math.min(2, last)];
        float[] w3 = weights[row + Math.min(3, last)];
        float[] w4 = weights[row + Math.min(4, last)];
        float[] w5 = weights[row + Math.min(5, last)];
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
        FloatVector s40 = FloatVector.zero(SPECIES);
        FloatVector s41 = FloatVector.zero(SPECIES);
        FloatVector s42 = FloatVector.zero(SPECIES);
        FloatVector s43 = FloatVector.zero(SPECIES);
        FloatVector s50 = FloatVector.zero(SPECIES);
        FloatVector s51 = FloatVector.zero(SPECIES);
        FloatVector s52 = FloatVector.zero(SPECIES);
        FloatVector s53 = FloatVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            float[] plane = in[b];
            FloatVector x0 = FloatVector.fromArray(SPECIES, plane, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, plane, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, plane, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, plane, at + 3 * LANES);
            FloatVector c0 = FloatVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            FloatVector c1 = FloatVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            FloatVector c2 = FloatVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            FloatVector c3 = FloatVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            FloatVector c4 = FloatVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
            FloatVector c5 = FloatVector.broadcast(SPECIES, w5[b]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            s53 = x3.fma(c5, s53);
        }
        float[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        float[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        float[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        float[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
        float[] z4 = out[outRow + Math.min(4, last)];
        s40.intoArray(z4, to);
        s41.intoArray(z4, to + LANES);
        s42.intoArray(z4, to + 2 * LANES);
        s43.intoArray(z4, to + 3 * LANES);
        float[] z5 = out[outRow + Math.min(5, last)];
        s50.intoArray(z5, to);
        s51.intoArray(z5, to + LANES);
        s52.intoArray(z5, to + 2 * LANES);
        s53.intoArray(z5, to + 3 * LANES);
    }

    private static void product5(
            float[][] weights, int row, float[][] in, int count, int at, float[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        float[] w0 = weights[row];
        float[] w1 = weights[row + Math.min(1, last)];
        float[] w2 = weights[row + Math.min(2, last)];
        float[] w3 = weights[row + Math.min(3, last)];
        float[] w4 = weights[row + Math.min(4, last)];
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
        FloatVector s40 = FloatVector.zero(SPECIES);
        FloatVector s41 = FloatVector.zero(SPECIES);
        FloatVector s42 = FloatVector.zero(SPECIES);
        FloatVector s43 = FloatVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            float[] plane = in[b];
            FloatVector x0 = FloatVector.fromArray(SPECIES, plane, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, plane, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, plane, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, plane, at + 3 * LANES);
            FloatVector c0 = FloatVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            FloatVector c1 = FloatVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            FloatVector c2 = FloatVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            FloatVector c3 = FloatVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            FloatVector c4 = FloatVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
        }
        float[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        float[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        float[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        float[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
        float[] z4 = out[outRow + Math.min(4, last)];
        s40.intoArray(z4, to);
        s41.intoArray(z4, to + LANES);
        s42.intoArray(z4, to + 2 * LANES);
        s43.intoArray(z4, to + 3 * LANES);
    }

    private static void product4(
            float[][] weights, int row, float[][] in, int count, int at, float[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        float[] w0 = weights[row];
        float[] w1 = weights[row + Math.min(1, last)];
        float[] w2 = weights[row + Math.min(2, last)];
        float[] w3 = weights[row + Math.min(3, last)];
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            float[] plane = in[b];
            FloatVector x0 = FloatVector.fromArray(SPECIES, plane, at);
            FloatVector x1 = FloatVector.fromArray(SPECIES, plane, at + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, plane, at + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, plane, at + 3 * LANES);
            FloatVector c0 = FloatVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            FloatVector c1 = FloatVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            FloatVector c2 = FloatVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            FloatVector c3 = FloatVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
        }
        float[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        float[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        float[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        float[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
    }

    /**
     * {@code block[r][c] = sum over i of pixels[i][row + r] pixels[i][column + c]} for six rows.
     *
     * @param pixels pixels, one array each
     * @param from first pixel
     * @param to end of the pixels
     * @param row first row of the scatter matrix
     * @param column its first column
     * @param block the 6 rows of {@link #WIDTH} sums
     */
    static void scatterWide(float[][] pixels, int from, int to, int row, int column, float[] block) {
        int last = pixels[from].length - 1;
        int r1 = Math.min(row + 1, last);
        int r2 = Math.min(row + 2, last);
        int r3 = Math.min(row + 3, last);
        int r4 = Math.min(row + 4, last);
        int r5 = Math.min(row + 5, last);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s02 = FloatVector.zero(SPECIES);
        FloatVector s03 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s12 = FloatVector.zero(SPECIES);
        FloatVector s13 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s22 = FloatVector.zero(SPECIES);
        FloatVector s23 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s32 = FloatVector.zero(SPECIES);
        FloatVector s33 = FloatVector.zero(SPECIES);
        FloatVector s40 = FloatVector.zero(SPECIES);
        FloatVector s41 = FloatVector.zero(SPECIES);
        FloatVector s42 = FloatVector.zero(SPECIES);
        FloatVector s43 = FloatVector.zero(SPECIES);
        FloatVector s50 = FloatVector.zero(SPECIES);
        FloatVector s51 = FloatVector.zero(SPECIES);
        FloatVector s52 = FloatVector.zero(SPECIES);
        FloatVector s53 = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            float[] x = pixels[i];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, column);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, column + LANES);
            FloatVector x2 = FloatVector.fromArray(SPECIES, x, column + 2 * LANES);
            FloatVector x3 = FloatVector.fromArray(SPECIES, x, column + 3 * LANES);
            FloatVector c0 = FloatVector.broadcast(SPECIES, x[row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            FloatVector c1 = FloatVector.broadcast(SPECIES, x[r1]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            FloatVector c2 = FloatVector.broadcast(SPECIES, x[r2]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            FloatVector c3 = FloatVector.broadcast(SPECIES, x[r3]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            FloatVector c4 = FloatVector.broadcast(SPECIES, x[r4]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
            FloatVector c5 = FloatVector.broadcast(SPECIES, x[r5]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            s53 = x3.fma(c5, s53);
        }
        s00.intoArray(block, 0 * LANES);
        s01.intoArray(block, 1 * LANES);
        s02.intoArray(block, 2 * LANES);
        s03.intoArray(block, 3 * LANES);
        s10.intoArray(block, 4 * LANES);
        s11.intoArray(block, 5 * LANES);
        s12.intoArray(block, 6 * LANES);
        s13.intoArray(block, 7 * LANES);
        s20.intoArray(block, 8 * LANES);
        s21.intoArray(block, 9 * LANES);
        s22.intoArray(block, 10 * LANES);
        s23.intoArray(block, 11 * LANES);
        s30.intoArray(block, 12 * LANES);
        s31.intoArray(block, 13 * LANES);
        s32.intoArray(block, 14 * LANES);
        s33.intoArray(block, 15 * LANES);
        s40.intoArray(block, 16 * LANES);
        s41.intoArray(block, 17 * LANES);
        s42.intoArray(block, 18 * LANES);
        s43.intoArray(block, 19 * LANES);
        s50.intoArray(block, 20 * LANES);
        s51.intoArray(block, 21 * LANES);
        s52.intoArray(block, 22 * LANES);
        s53.intoArray(block, 23 * LANES);
    }

    /**
     * The same for half as many columns.
     *
     * @param pixels pixels, one array each
     * @param from first pixel
     * @param to end of the pixels
     * @param row first row of the scatter matrix
     * @param column its first column
     * @param block the 6 rows of half of {@link #WIDTH} sums
     */
    static void scatterNarrow(float[][] pixels, int from, int to, int row, int column, float[] block) {
        int last = pixels[from].length - 1;
        int r1 = Math.min(row + 1, last);
        int r2 = Math.min(row + 2, last);
        int r3 = Math.min(row + 3, last);
        int r4 = Math.min(row + 4, last);
        int r5 = Math.min(row + 5, last);
        FloatVector s00 = FloatVector.zero(SPECIES);
        FloatVector s01 = FloatVector.zero(SPECIES);
        FloatVector s10 = FloatVector.zero(SPECIES);
        FloatVector s11 = FloatVector.zero(SPECIES);
        FloatVector s20 = FloatVector.zero(SPECIES);
        FloatVector s21 = FloatVector.zero(SPECIES);
        FloatVector s30 = FloatVector.zero(SPECIES);
        FloatVector s31 = FloatVector.zero(SPECIES);
        FloatVector s40 = FloatVector.zero(SPECIES);
        FloatVector s41 = FloatVector.zero(SPECIES);
        FloatVector s50 = FloatVector.zero(SPECIES);
        FloatVector s51 = FloatVector.zero(SPECIES);
        for (int i = from; i < to; i++) {
            float[] x = pixels[i];
            FloatVector x0 = FloatVector.fromArray(SPECIES, x, column);
            FloatVector x1 = FloatVector.fromArray(SPECIES, x, column + LANES);
            FloatVector c0 = FloatVector.broadcast(SPECIES, x[row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            FloatVector c1 = FloatVector.broadcast(SPECIES, x[r1]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            FloatVector c2 = FloatVector.broadcast(SPECIES, x[r2]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            FloatVector c3 = FloatVector.broadcast(SPECIES, x[r3]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            FloatVector c4 = FloatVector.broadcast(SPECIES, x[r4]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            FloatVector c5 = FloatVector.broadcast(SPECIES, x[r5]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
        }
        s00.intoArray(block, 0 * LANES);
        s01.intoArray(block, 1 * LANES);
        s10.intoArray(block, 2 * LANES);
        s11.intoArray(block, 3 * LANES);
        s20.intoArray(block, 4 * LANES);
        s21.intoArray(block, 5 * LANES);
        s30.intoArray(block, 6 * LANES);
        s31.intoArray(block, 7 * LANES);
        s40.intoArray(block, 8 * LANES);
        s41.intoArray(block, 9 * LANES);
        s50.intoArray(block, 10 * LANES);
        s51.intoArray(block, 11 * LANES);
    }
}
