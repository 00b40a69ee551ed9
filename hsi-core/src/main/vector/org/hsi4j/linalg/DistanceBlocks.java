package org.hsi4j.linalg;

import java.util.Arrays;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Squared lengths of the products of a lower triangular matrix and pixels: eight rows at a time stay in registers, and only
 * their squares are kept. Every pixel is summed in the same order and with the same rounding, whatever the number of pixels.
 */
final class DistanceBlocks {
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    /** Pixels of a block. */
    private static final int WIDTH = 3 * LANES;

    private static final int ROWS = 8;

    private DistanceBlocks() {}

    /**
     * {@code out[i] = sum over k of (sum over b <= k of upper[b][k] in[b][i])^2}.
     *
     * @param upper transpose of the matrix, zero below its diagonal
     * @param in planes
     * @param n pixels
     * @param out n values
     */
    static void squares(double[][] upper, double[][] in, int n, double[] out) {
        if (n < WIDTH) {
            squaresOfFew(upper, in, n, out);
            return;
        }
        for (int i = 0; i < n; i += WIDTH) {
            int at = Math.min(i, n - WIDTH); // the last block overlaps the one before it
            Arrays.fill(out, at, at + WIDTH, 0.0);
            int row = 0;
            for (; row + ROWS <= upper.length; row += ROWS) {
                addEight(upper, row, in, at, out);
            }
            for (; row < upper.length; row++) {
                addOne(upper, row, in, at, out);
            }
        }
    }

    private static void squaresOfFew(double[][] upper, double[][] in, int n, double[] out) {
        for (int i = 0; i < n; i++) {
            double square = 0;
            for (int k = 0; k < upper.length; k++) {
                double sum = 0;
                for (int b = 0; b <= k; b++) {
                    sum = Math.fma(in[b][i], upper[b][k], sum);
                }
                square = Math.fma(sum, sum, square);
            }
            out[i] = square;
        }
    }

    private static void addEight(double[][] upper, int row, double[][] in, int at, double[] out) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s02 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s12 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s22 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s32 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        DoubleVector s42 = DoubleVector.zero(SPECIES);
        DoubleVector s50 = DoubleVector.zero(SPECIES);
        DoubleVector s51 = DoubleVector.zero(SPECIES);
        DoubleVector s52 = DoubleVector.zero(SPECIES);
        DoubleVector s60 = DoubleVector.zero(SPECIES);
        DoubleVector s61 = DoubleVector.zero(SPECIES);
        DoubleVector s62 = DoubleVector.zero(SPECIES);
        DoubleVector s70 = DoubleVector.zero(SPECIES);
        DoubleVector s71 = DoubleVector.zero(SPECIES);
        DoubleVector s72 = DoubleVector.zero(SPECIES);
        for (int b = 0; b < row + 8; b++) {
            double[] x = in[b];
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, x, at + 2 * LANES);
            double[] u = upper[b];
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, u[row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, u[row + 1]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, u[row + 2]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, u[row + 3]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, u[row + 4]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, u[row + 5]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            DoubleVector c6 = DoubleVector.broadcast(SPECIES, u[row + 6]);
            s60 = x0.fma(c6, s60);
            s61 = x1.fma(c6, s61);
            s62 = x2.fma(c6, s62);
            DoubleVector c7 = DoubleVector.broadcast(SPECIES, u[row + 7]);
            s70 = x0.fma(c7, s70);
            s71 = x1.fma(c7, s71);
            s72 = x2.fma(c7, s72);
        }
        DoubleVector q0 = DoubleVector.fromArray(SPECIES, out, at);
        q0 = s00.fma(s00, q0);
        q0 = s10.fma(s10, q0);
        q0 = s20.fma(s20, q0);
        q0 = s30.fma(s30, q0);
        q0 = s40.fma(s40, q0);
        q0 = s50.fma(s50, q0);
        q0 = s60.fma(s60, q0);
        q0 = s70.fma(s70, q0);
        q0.intoArray(out, at);
        DoubleVector q1 = DoubleVector.fromArray(SPECIES, out, at + LANES);
        q1 = s01.fma(s01, q1);
        q1 = s11.fma(s11, q1);
        q1 = s21.fma(s21, q1);
        q1 = s31.fma(s31, q1);
        q1 = s41.fma(s41, q1);
        q1 = s51.fma(s51, q1);
        q1 = s61.fma(s61, q1);
        q1 = s71.fma(s71, q1);
        q1.intoArray(out, at + LANES);
        DoubleVector q2 = DoubleVector.fromArray(SPECIES, out, at + 2 * LANES);
        q2 = s02.fma(s02, q2);
        q2 = s12.fma(s12, q2);
        q2 = s22.fma(s22, q2);
        q2 = s32.fma(s32, q2);
        q2 = s42.fma(s42, q2);
        q2 = s52.fma(s52, q2);
        q2 = s62.fma(s62, q2);
        q2 = s72.fma(s72, q2);
        q2.intoArray(out, at + 2 * LANES);
    }

    private static void addOne(double[][] upper, int row, double[][] in, int at, double[] out) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s02 = DoubleVector.zero(SPECIES);
        for (int b = 0; b < row + 1; b++) {
            double[] x = in[b];
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, x, at);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, x, at + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, x, at + 2 * LANES);
            double[] u = upper[b];
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, u[row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
        }
        DoubleVector q0 = DoubleVector.fromArray(SPECIES, out, at);
        q0 = s00.fma(s00, q0);
        q0.intoArray(out, at);
        DoubleVector q1 = DoubleVector.fromArray(SPECIES, out, at + LANES);
        q1 = s01.fma(s01, q1);
        q1.intoArray(out, at + LANES);
        DoubleVector q2 = DoubleVector.fromArray(SPECIES, out, at + 2 * LANES);
        q2 = s02.fma(s02, q2);
        q2.intoArray(out, at + 2 * LANES);
    }
}
