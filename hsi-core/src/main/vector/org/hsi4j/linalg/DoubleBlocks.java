package org.hsi4j.linalg;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums that stay in vector registers, in float64: 16 to 24 of them keep the multipliers busy while the next operands are loaded. The
 * loops over rows and vectors are written out because an array of vectors would live in memory. Where a block reaches
 * beyond the last row, that row stands in for those that are missing.
 *
 * <p>No vector is passed to another method: where the JIT does not inline that, it boxes the vectors, in the loop before it
 * too, which is a tenth of the speed.
 */
final class DoubleBlocks {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** As many lanes of float32. */
    private static final VectorSpecies<Float> NARROW =
            VectorSpecies.of(float.class, VectorShape.forBitSize(SPECIES.vectorBitSize() / 2));

    /** Pixels or columns that a wide block spans. */
    static final int WIDTH = 4 * LANES;

    /** Rows of the larger blocks. */
    static final int ROWS = 6;

    private DoubleBlocks() {}

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
            double[][] weights,
            int row,
            int rows,
            double[][] in,
            int count,
            int at,
            int pixels,
            double[][] out,
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
    static void combine(double[] w, double[][] in, int count, int at, int pixels, double[] z, int to) {
        Arrays.fill(z, to, to + pixels, 0);
        int b = 0;
        for (; b + 4 <= count; b += 4) {
            add4(w[b], in[b], w[b + 1], in[b + 1], w[b + 2], in[b + 2], w[b + 3], in[b + 3], at, pixels, z, to);
        }
        for (; b < count; b++) {
            double v = w[b];
            double[] plane = in[b];
            for (int i = 0; i < pixels; i++) {
                z[to + i] = Math.fma(plane[at + i], v, z[to + i]);
            }
        }
    }

    private static void add4(
            double w0,
            double[] y0,
            double w1,
            double[] y1,
            double w2,
            double[] y2,
            double w3,
            double[] y3,
            int at,
            int n,
            double[] z,
            int to) {
        for (int i = 0; i < n; i++) {
            double sum = Math.fma(y0[at + i], w0, z[to + i]);
            sum = Math.fma(y1[at + i], w1, sum);
            sum = Math.fma(y2[at + i], w2, sum);
            z[to + i] = Math.fma(y3[at + i], w3, sum);
        }
    }

    private static void product6(
            double[][] weights, int row, double[][] in, int count, int at, double[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        double[] w0 = weights[row];
        double[] w1 = weights[row + Math.min(1, last)];
        double[] w2 = weights[row + Math.min(2, last)];
        double[] w3 = weights[row + Math.min(3, last)];
        double[] w4 = weights[row + Math.min(4, last)];
        double[] w5 = weights[row + Math.min(5, last)];
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s02 = DoubleVector.zero(SPECIES);
        DoubleVector s03 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s12 = DoubleVector.zero(SPECIES);
        DoubleVector s13 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s22 = DoubleVector.zero(SPECIES);
        DoubleVector s23 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s32 = DoubleVector.zero(SPECIES);
        DoubleVector s33 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        DoubleVector s42 = DoubleVector.zero(SPECIES);
        DoubleVector s43 = DoubleVector.zero(SPECIES);
        DoubleVector s50 = DoubleVector.zero(SPECIES);
        DoubleVector s51 = DoubleVector.zero(SPECIES);
        DoubleVector s52 = DoubleVector.zero(SPECIES);
        DoubleVector s53 = DoubleVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            double[] plane = in[b];
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, plane, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, plane, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, plane, at + 2 * LANES);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, plane, at + 3 * LANES);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, w5[b]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            s53 = x3.fma(c5, s53);
        }
        double[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        double[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        double[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        double[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
        double[] z4 = out[outRow + Math.min(4, last)];
        s40.intoArray(z4, to);
        s41.intoArray(z4, to + LANES);
        s42.intoArray(z4, to + 2 * LANES);
        s43.intoArray(z4, to + 3 * LANES);
        double[] z5 = out[outRow + Math.min(5, last)];
        s50.intoArray(z5, to);
        s51.intoArray(z5, to + LANES);
        s52.intoArray(z5, to + 2 * LANES);
        s53.intoArray(z5, to + 3 * LANES);
    }

    private static void product5(
            double[][] weights, int row, double[][] in, int count, int at, double[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        double[] w0 = weights[row];
        double[] w1 = weights[row + Math.min(1, last)];
        double[] w2 = weights[row + Math.min(2, last)];
        double[] w3 = weights[row + Math.min(3, last)];
        double[] w4 = weights[row + Math.min(4, last)];
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s02 = DoubleVector.zero(SPECIES);
        DoubleVector s03 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s12 = DoubleVector.zero(SPECIES);
        DoubleVector s13 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s22 = DoubleVector.zero(SPECIES);
        DoubleVector s23 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s32 = DoubleVector.zero(SPECIES);
        DoubleVector s33 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        DoubleVector s42 = DoubleVector.zero(SPECIES);
        DoubleVector s43 = DoubleVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            double[] plane = in[b];
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, plane, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, plane, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, plane, at + 2 * LANES);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, plane, at + 3 * LANES);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
        }
        double[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        double[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        double[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        double[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
        double[] z4 = out[outRow + Math.min(4, last)];
        s40.intoArray(z4, to);
        s41.intoArray(z4, to + LANES);
        s42.intoArray(z4, to + 2 * LANES);
        s43.intoArray(z4, to + 3 * LANES);
    }

    private static void product4(
            double[][] weights, int row, double[][] in, int count, int at, double[][] out, int outRow, int to) {
        int last = weights.length - 1 - row;
        double[] w0 = weights[row];
        double[] w1 = weights[row + Math.min(1, last)];
        double[] w2 = weights[row + Math.min(2, last)];
        double[] w3 = weights[row + Math.min(3, last)];
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s02 = DoubleVector.zero(SPECIES);
        DoubleVector s03 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s12 = DoubleVector.zero(SPECIES);
        DoubleVector s13 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s22 = DoubleVector.zero(SPECIES);
        DoubleVector s23 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s32 = DoubleVector.zero(SPECIES);
        DoubleVector s33 = DoubleVector.zero(SPECIES);
        for (int b = 0; b < count; b++) {
            double[] plane = in[b];
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, plane, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, plane, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, plane, at + 2 * LANES);
            DoubleVector x3 = DoubleVector.fromArray(SPECIES, plane, at + 3 * LANES);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
        }
        double[] z0 = out[outRow];
        s00.intoArray(z0, to);
        s01.intoArray(z0, to + LANES);
        s02.intoArray(z0, to + 2 * LANES);
        s03.intoArray(z0, to + 3 * LANES);
        double[] z1 = out[outRow + Math.min(1, last)];
        s10.intoArray(z1, to);
        s11.intoArray(z1, to + LANES);
        s12.intoArray(z1, to + 2 * LANES);
        s13.intoArray(z1, to + 3 * LANES);
        double[] z2 = out[outRow + Math.min(2, last)];
        s20.intoArray(z2, to);
        s21.intoArray(z2, to + LANES);
        s22.intoArray(z2, to + 2 * LANES);
        s23.intoArray(z2, to + 3 * LANES);
        double[] z3 = out[outRow + Math.min(3, last)];
        s30.intoArray(z3, to);
        s31.intoArray(z3, to + LANES);
        s32.intoArray(z3, to + 2 * LANES);
        s33.intoArray(z3, to + 3 * LANES);
    }

    /**
     * {@code out[row + r][first + i] += sum over b of weights[row + r][b] in[b][at + first + i]} for some planes in float32, widened
     * in the registers. In the same order and with the same rounding as {@link #product}.
     *
     * @param weights the matrix
     * @param row its first row
     * @param rows one, four, five or six
     * @param in planes
     * @param from first plane
     * @param to end of the planes
     * @param at where the pixels begin in the planes
     * @param out as many rows as the matrix has
     * @param first first pixel
     * @param pixels number of pixels, at most {@link #WIDTH}
     */
    static void add(
            double[][] weights,
            int row,
            int rows,
            float[][] in,
            int from,
            int to,
            int at,
            double[][] out,
            int first,
            int pixels) {
        if (pixels < WIDTH) {
            for (int r = row; r < Math.min(row + rows, weights.length); r++) {
                addFew(weights[r], in, from, to, at, out[r], first, pixels);
            }
        } else if (rows == ROWS) {
            add6(weights, row, in, from, to, at, out, first);
        } else if (rows == 5) {
            add5(weights, row, in, from, to, at, out, first);
        } else if (rows == 4) {
            add4(weights, row, in, from, to, at, out, first);
        } else {
            add1(weights, row, in, from, to, at, out, first);
        }
    }

    private static void addFew(double[] w, float[][] in, int from, int to, int at, double[] z, int first, int pixels) {
        for (int b = from; b < to; b++) {
            double v = w[b];
            float[] plane = in[b];
            for (int i = first; i < first + pixels; i++) {
                z[i] = Math.fma(plane[at + i], v, z[i]);
            }
        }
    }

    private static void add6(
            double[][] weights, int row, float[][] in, int from, int to, int at, double[][] out, int first) {
        int last = weights.length - 1;
        double[] w0 = weights[row];
        double[] w1 = weights[Math.min(row + 1, last)];
        double[] w2 = weights[Math.min(row + 2, last)];
        double[] w3 = weights[Math.min(row + 3, last)];
        double[] w4 = weights[Math.min(row + 4, last)];
        double[] w5 = weights[Math.min(row + 5, last)];
        double[] z0 = out[row];
        double[] z1 = out[Math.min(row + 1, last)];
        double[] z2 = out[Math.min(row + 2, last)];
        double[] z3 = out[Math.min(row + 3, last)];
        double[] z4 = out[Math.min(row + 4, last)];
        double[] z5 = out[Math.min(row + 5, last)];
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, z0, first);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, z0, first + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, z0, first + 2 * LANES);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, z0, first + 3 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, z1, first);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, z1, first + LANES);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, z1, first + 2 * LANES);
        DoubleVector s13 = DoubleVector.fromArray(SPECIES, z1, first + 3 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, z2, first);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, z2, first + LANES);
        DoubleVector s22 = DoubleVector.fromArray(SPECIES, z2, first + 2 * LANES);
        DoubleVector s23 = DoubleVector.fromArray(SPECIES, z2, first + 3 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, z3, first);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, z3, first + LANES);
        DoubleVector s32 = DoubleVector.fromArray(SPECIES, z3, first + 2 * LANES);
        DoubleVector s33 = DoubleVector.fromArray(SPECIES, z3, first + 3 * LANES);
        DoubleVector s40 = DoubleVector.fromArray(SPECIES, z4, first);
        DoubleVector s41 = DoubleVector.fromArray(SPECIES, z4, first + LANES);
        DoubleVector s42 = DoubleVector.fromArray(SPECIES, z4, first + 2 * LANES);
        DoubleVector s43 = DoubleVector.fromArray(SPECIES, z4, first + 3 * LANES);
        DoubleVector s50 = DoubleVector.fromArray(SPECIES, z5, first);
        DoubleVector s51 = DoubleVector.fromArray(SPECIES, z5, first + LANES);
        DoubleVector s52 = DoubleVector.fromArray(SPECIES, z5, first + 2 * LANES);
        DoubleVector s53 = DoubleVector.fromArray(SPECIES, z5, first + 3 * LANES);
        int i = at + first;
        for (int b = from; b < to; b++) {
            float[] plane = in[b];
            DoubleVector x0 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x1 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x2 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 2 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x3 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 3 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, w5[b]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            s53 = x3.fma(c5, s53);
        }
        s00.intoArray(z0, first);
        s01.intoArray(z0, first + LANES);
        s02.intoArray(z0, first + 2 * LANES);
        s03.intoArray(z0, first + 3 * LANES);
        s10.intoArray(z1, first);
        s11.intoArray(z1, first + LANES);
        s12.intoArray(z1, first + 2 * LANES);
        s13.intoArray(z1, first + 3 * LANES);
        s20.intoArray(z2, first);
        s21.intoArray(z2, first + LANES);
        s22.intoArray(z2, first + 2 * LANES);
        s23.intoArray(z2, first + 3 * LANES);
        s30.intoArray(z3, first);
        s31.intoArray(z3, first + LANES);
        s32.intoArray(z3, first + 2 * LANES);
        s33.intoArray(z3, first + 3 * LANES);
        s40.intoArray(z4, first);
        s41.intoArray(z4, first + LANES);
        s42.intoArray(z4, first + 2 * LANES);
        s43.intoArray(z4, first + 3 * LANES);
        s50.intoArray(z5, first);
        s51.intoArray(z5, first + LANES);
        s52.intoArray(z5, first + 2 * LANES);
        s53.intoArray(z5, first + 3 * LANES);
    }

    private static void add5(
            double[][] weights, int row, float[][] in, int from, int to, int at, double[][] out, int first) {
        int last = weights.length - 1;
        double[] w0 = weights[row];
        double[] w1 = weights[Math.min(row + 1, last)];
        double[] w2 = weights[Math.min(row + 2, last)];
        double[] w3 = weights[Math.min(row + 3, last)];
        double[] w4 = weights[Math.min(row + 4, last)];
        double[] z0 = out[row];
        double[] z1 = out[Math.min(row + 1, last)];
        double[] z2 = out[Math.min(row + 2, last)];
        double[] z3 = out[Math.min(row + 3, last)];
        double[] z4 = out[Math.min(row + 4, last)];
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, z0, first);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, z0, first + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, z0, first + 2 * LANES);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, z0, first + 3 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, z1, first);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, z1, first + LANES);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, z1, first + 2 * LANES);
        DoubleVector s13 = DoubleVector.fromArray(SPECIES, z1, first + 3 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, z2, first);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, z2, first + LANES);
        DoubleVector s22 = DoubleVector.fromArray(SPECIES, z2, first + 2 * LANES);
        DoubleVector s23 = DoubleVector.fromArray(SPECIES, z2, first + 3 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, z3, first);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, z3, first + LANES);
        DoubleVector s32 = DoubleVector.fromArray(SPECIES, z3, first + 2 * LANES);
        DoubleVector s33 = DoubleVector.fromArray(SPECIES, z3, first + 3 * LANES);
        DoubleVector s40 = DoubleVector.fromArray(SPECIES, z4, first);
        DoubleVector s41 = DoubleVector.fromArray(SPECIES, z4, first + LANES);
        DoubleVector s42 = DoubleVector.fromArray(SPECIES, z4, first + 2 * LANES);
        DoubleVector s43 = DoubleVector.fromArray(SPECIES, z4, first + 3 * LANES);
        int i = at + first;
        for (int b = from; b < to; b++) {
            float[] plane = in[b];
            DoubleVector x0 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x1 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x2 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 2 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x3 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 3 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, w4[b]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            s43 = x3.fma(c4, s43);
        }
        s00.intoArray(z0, first);
        s01.intoArray(z0, first + LANES);
        s02.intoArray(z0, first + 2 * LANES);
        s03.intoArray(z0, first + 3 * LANES);
        s10.intoArray(z1, first);
        s11.intoArray(z1, first + LANES);
        s12.intoArray(z1, first + 2 * LANES);
        s13.intoArray(z1, first + 3 * LANES);
        s20.intoArray(z2, first);
        s21.intoArray(z2, first + LANES);
        s22.intoArray(z2, first + 2 * LANES);
        s23.intoArray(z2, first + 3 * LANES);
        s30.intoArray(z3, first);
        s31.intoArray(z3, first + LANES);
        s32.intoArray(z3, first + 2 * LANES);
        s33.intoArray(z3, first + 3 * LANES);
        s40.intoArray(z4, first);
        s41.intoArray(z4, first + LANES);
        s42.intoArray(z4, first + 2 * LANES);
        s43.intoArray(z4, first + 3 * LANES);
    }

    private static void add4(
            double[][] weights, int row, float[][] in, int from, int to, int at, double[][] out, int first) {
        int last = weights.length - 1;
        double[] w0 = weights[row];
        double[] w1 = weights[Math.min(row + 1, last)];
        double[] w2 = weights[Math.min(row + 2, last)];
        double[] w3 = weights[Math.min(row + 3, last)];
        double[] z0 = out[row];
        double[] z1 = out[Math.min(row + 1, last)];
        double[] z2 = out[Math.min(row + 2, last)];
        double[] z3 = out[Math.min(row + 3, last)];
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, z0, first);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, z0, first + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, z0, first + 2 * LANES);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, z0, first + 3 * LANES);
        DoubleVector s10 = DoubleVector.fromArray(SPECIES, z1, first);
        DoubleVector s11 = DoubleVector.fromArray(SPECIES, z1, first + LANES);
        DoubleVector s12 = DoubleVector.fromArray(SPECIES, z1, first + 2 * LANES);
        DoubleVector s13 = DoubleVector.fromArray(SPECIES, z1, first + 3 * LANES);
        DoubleVector s20 = DoubleVector.fromArray(SPECIES, z2, first);
        DoubleVector s21 = DoubleVector.fromArray(SPECIES, z2, first + LANES);
        DoubleVector s22 = DoubleVector.fromArray(SPECIES, z2, first + 2 * LANES);
        DoubleVector s23 = DoubleVector.fromArray(SPECIES, z2, first + 3 * LANES);
        DoubleVector s30 = DoubleVector.fromArray(SPECIES, z3, first);
        DoubleVector s31 = DoubleVector.fromArray(SPECIES, z3, first + LANES);
        DoubleVector s32 = DoubleVector.fromArray(SPECIES, z3, first + 2 * LANES);
        DoubleVector s33 = DoubleVector.fromArray(SPECIES, z3, first + 3 * LANES);
        int i = at + first;
        for (int b = from; b < to; b++) {
            float[] plane = in[b];
            DoubleVector x0 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x1 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x2 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 2 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x3 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 3 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, w1[b]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            s13 = x3.fma(c1, s13);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, w2[b]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            s23 = x3.fma(c2, s23);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, w3[b]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            s33 = x3.fma(c3, s33);
        }
        s00.intoArray(z0, first);
        s01.intoArray(z0, first + LANES);
        s02.intoArray(z0, first + 2 * LANES);
        s03.intoArray(z0, first + 3 * LANES);
        s10.intoArray(z1, first);
        s11.intoArray(z1, first + LANES);
        s12.intoArray(z1, first + 2 * LANES);
        s13.intoArray(z1, first + 3 * LANES);
        s20.intoArray(z2, first);
        s21.intoArray(z2, first + LANES);
        s22.intoArray(z2, first + 2 * LANES);
        s23.intoArray(z2, first + 3 * LANES);
        s30.intoArray(z3, first);
        s31.intoArray(z3, first + LANES);
        s32.intoArray(z3, first + 2 * LANES);
        s33.intoArray(z3, first + 3 * LANES);
    }

    private static void add1(
            double[][] weights, int row, float[][] in, int from, int to, int at, double[][] out, int first) {
        double[] w0 = weights[row];
        double[] z0 = out[row];
        DoubleVector s00 = DoubleVector.fromArray(SPECIES, z0, first);
        DoubleVector s01 = DoubleVector.fromArray(SPECIES, z0, first + LANES);
        DoubleVector s02 = DoubleVector.fromArray(SPECIES, z0, first + 2 * LANES);
        DoubleVector s03 = DoubleVector.fromArray(SPECIES, z0, first + 3 * LANES);
        int i = at + first;
        for (int b = from; b < to; b++) {
            float[] plane = in[b];
            DoubleVector x0 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x1 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x2 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 2 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector x3 = (DoubleVector)
                    FloatVector.fromArray(NARROW, plane, i + 3 * LANES).convertShape(VectorOperators.F2D, SPECIES, 0);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, w0[b]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            s03 = x3.fma(c0, s03);
        }
        s00.intoArray(z0, first);
        s01.intoArray(z0, first + LANES);
        s02.intoArray(z0, first + 2 * LANES);
        s03.intoArray(z0, first + 3 * LANES);
    }
}
