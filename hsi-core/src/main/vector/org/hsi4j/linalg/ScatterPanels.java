package org.hsi4j.linalg;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/**
 * The scatter of pixels that lie in panels: {@link #WIDTH} bands of all pixels, one pixel after the other in one array, so that
 * what a block of sums in registers needs comes from memory in a row.
 */
final class ScatterPanels {
    private static final VectorSpecies<Double> SPECIES = VectorSpecies.of(
            double.class, VectorShape.forBitSize(Math.min(512, DoubleVector.SPECIES_PREFERRED.vectorBitSize())));
    private static final int LANES = SPECIES.length();

    /** Bands of a panel: a multiple of the rows of a block and of every number of lanes. */
    private static final int WIDTH = 24;

    private static final int ROWS = 8;

    private ScatterPanels() {}

    /** Room for some pixels, and for a block of sums in the last array; what is beyond the last band stays zero. */
    static double[][] empty(int bands, int pixels) {
        int count = (bands + WIDTH - 1) / WIDTH;
        double[][] panels = new double[count + 1][];
        for (int p = 0; p < count; p++) {
            panels[p] = new double[pixels * WIDTH];
        }
        panels[count] = new double[ROWS * 3 * LANES];
        return panels;
    }

    /** Turns planes into panels less their centre, eight bands at a time: what one line of the cache holds. */
    static void pack(double[][] in, int n, double[] centre, double[][] panels) {
        int b = 0;
        for (; b + ROWS <= in.length; b += ROWS) {
            double[] to = panels[b / WIDTH];
            int first = b % WIDTH;
            double[] p0 = in[b];
            double[] p1 = in[b + 1];
            double[] p2 = in[b + 2];
            double[] p3 = in[b + 3];
            double[] p4 = in[b + 4];
            double[] p5 = in[b + 5];
            double[] p6 = in[b + 6];
            double[] p7 = in[b + 7];
            double c0 = centre[b];
            double c1 = centre[b + 1];
            double c2 = centre[b + 2];
            double c3 = centre[b + 3];
            double c4 = centre[b + 4];
            double c5 = centre[b + 5];
            double c6 = centre[b + 6];
            double c7 = centre[b + 7];
            for (int i = 0; i < n; i++) {
                int k = i * WIDTH + first;
                to[k] = p0[i] - c0;
                to[k + 1] = p1[i] - c1;
                to[k + 2] = p2[i] - c2;
                to[k + 3] = p3[i] - c3;
                to[k + 4] = p4[i] - c4;
                to[k + 5] = p5[i] - c5;
                to[k + 6] = p6[i] - c6;
                to[k + 7] = p7[i] - c7;
            }
        }
        for (; b < in.length; b++) {
            double[] to = panels[b / WIDTH];
            for (int i = 0; i < n; i++) {
                to[i * WIDTH + b % WIDTH] = in[b][i] - centre[b];
            }
        }
    }

    /** The same from float32, subtracted in float64. */
    static void pack(float[][] in, int at, int n, double[] centre, double[][] panels) {
        int b = 0;
        for (; b + ROWS <= in.length; b += ROWS) {
            double[] to = panels[b / WIDTH];
            int first = b % WIDTH;
            float[] p0 = in[b];
            float[] p1 = in[b + 1];
            float[] p2 = in[b + 2];
            float[] p3 = in[b + 3];
            float[] p4 = in[b + 4];
            float[] p5 = in[b + 5];
            float[] p6 = in[b + 6];
            float[] p7 = in[b + 7];
            double c0 = centre[b];
            double c1 = centre[b + 1];
            double c2 = centre[b + 2];
            double c3 = centre[b + 3];
            double c4 = centre[b + 4];
            double c5 = centre[b + 5];
            double c6 = centre[b + 6];
            double c7 = centre[b + 7];
            for (int i = 0; i < n; i++) {
                int k = i * WIDTH + first;
                to[k] = p0[at + i] - c0;
                to[k + 1] = p1[at + i] - c1;
                to[k + 2] = p2[at + i] - c2;
                to[k + 3] = p3[at + i] - c3;
                to[k + 4] = p4[at + i] - c4;
                to[k + 5] = p5[at + i] - c5;
                to[k + 6] = p6[at + i] - c6;
                to[k + 7] = p7[at + i] - c7;
            }
        }
        for (; b < in.length; b++) {
            double[] to = panels[b / WIDTH];
            for (int i = 0; i < n; i++) {
                to[i * WIDTH + b % WIDTH] = in[b][at + i] - centre[b];
            }
        }
    }

    /** Adds the scatter of n pixels to the upper triangle of a matrix. */
    static void add(double[][] panels, int n, double[][] sum) {
        int count = panels.length - 1;
        double[] block = panels[count];
        for (int a = 0; a < sum.length; a += ROWS) {
            double[] rows = panels[a / WIDTH];
            int column = a % WIDTH;
            for (int panel = a / WIDTH; panel < count; panel++) {
                int end = Math.min(WIDTH, sum.length - panel * WIDTH);
                while (column < end) {
                    int vectors = Math.min(3, (end - column + LANES - 1) / LANES);
                    switch (vectors) {
                        case 3 -> three(rows, a % WIDTH, panels[panel], column, n, block);
                        case 2 -> two(rows, a % WIDTH, panels[panel], column, n, block);
                        default -> one(rows, a % WIDTH, panels[panel], column, n, block);
                    }
                    add(block, vectors * LANES, sum, a, panel * WIDTH + column);
                    column += vectors * LANES;
                }
                column = 0;
            }
        }
    }

    /** Adds those of eight rows of sums that are on or above the diagonal. */
    private static void add(double[] block, int columns, double[][] sum, int row, int column) {
        for (int r = 0; r < ROWS && row + r < sum.length; r++) {
            double[] to = sum[row + r];
            int shift = r * columns - column;
            int end = Math.min(to.length, column + columns);
            for (int b = Math.max(row + r, column); b < end; b++) {
                to[b] += block[shift + b];
            }
        }
    }

    private static void three(double[] rows, int row, double[] columns, int column, int n, double[] block) {
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
        for (int i = 0; i < n * WIDTH; i += WIDTH) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, columns, i + column);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, columns, i + column + LANES);
            DoubleVector x2 = DoubleVector.fromArray(SPECIES, columns, i + column + 2 * LANES);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, rows[i + row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            s02 = x2.fma(c0, s02);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, rows[i + row + 1]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            s12 = x2.fma(c1, s12);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, rows[i + row + 2]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            s22 = x2.fma(c2, s22);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, rows[i + row + 3]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            s32 = x2.fma(c3, s32);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, rows[i + row + 4]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            s42 = x2.fma(c4, s42);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, rows[i + row + 5]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            s52 = x2.fma(c5, s52);
            DoubleVector c6 = DoubleVector.broadcast(SPECIES, rows[i + row + 6]);
            s60 = x0.fma(c6, s60);
            s61 = x1.fma(c6, s61);
            s62 = x2.fma(c6, s62);
            DoubleVector c7 = DoubleVector.broadcast(SPECIES, rows[i + row + 7]);
            s70 = x0.fma(c7, s70);
            s71 = x1.fma(c7, s71);
            s72 = x2.fma(c7, s72);
        }
        s00.intoArray(block, 0 * LANES);
        s01.intoArray(block, 1 * LANES);
        s02.intoArray(block, 2 * LANES);
        s10.intoArray(block, 3 * LANES);
        s11.intoArray(block, 4 * LANES);
        s12.intoArray(block, 5 * LANES);
        s20.intoArray(block, 6 * LANES);
        s21.intoArray(block, 7 * LANES);
        s22.intoArray(block, 8 * LANES);
        s30.intoArray(block, 9 * LANES);
        s31.intoArray(block, 10 * LANES);
        s32.intoArray(block, 11 * LANES);
        s40.intoArray(block, 12 * LANES);
        s41.intoArray(block, 13 * LANES);
        s42.intoArray(block, 14 * LANES);
        s50.intoArray(block, 15 * LANES);
        s51.intoArray(block, 16 * LANES);
        s52.intoArray(block, 17 * LANES);
        s60.intoArray(block, 18 * LANES);
        s61.intoArray(block, 19 * LANES);
        s62.intoArray(block, 20 * LANES);
        s70.intoArray(block, 21 * LANES);
        s71.intoArray(block, 22 * LANES);
        s72.intoArray(block, 23 * LANES);
    }

    private static void two(double[] rows, int row, double[] columns, int column, int n, double[] block) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s01 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s11 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s21 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s31 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s41 = DoubleVector.zero(SPECIES);
        DoubleVector s50 = DoubleVector.zero(SPECIES);
        DoubleVector s51 = DoubleVector.zero(SPECIES);
        DoubleVector s60 = DoubleVector.zero(SPECIES);
        DoubleVector s61 = DoubleVector.zero(SPECIES);
        DoubleVector s70 = DoubleVector.zero(SPECIES);
        DoubleVector s71 = DoubleVector.zero(SPECIES);
        for (int i = 0; i < n * WIDTH; i += WIDTH) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, columns, i + column);
            DoubleVector x1 = DoubleVector.fromArray(SPECIES, columns, i + column + LANES);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, rows[i + row]);
            s00 = x0.fma(c0, s00);
            s01 = x1.fma(c0, s01);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, rows[i + row + 1]);
            s10 = x0.fma(c1, s10);
            s11 = x1.fma(c1, s11);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, rows[i + row + 2]);
            s20 = x0.fma(c2, s20);
            s21 = x1.fma(c2, s21);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, rows[i + row + 3]);
            s30 = x0.fma(c3, s30);
            s31 = x1.fma(c3, s31);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, rows[i + row + 4]);
            s40 = x0.fma(c4, s40);
            s41 = x1.fma(c4, s41);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, rows[i + row + 5]);
            s50 = x0.fma(c5, s50);
            s51 = x1.fma(c5, s51);
            DoubleVector c6 = DoubleVector.broadcast(SPECIES, rows[i + row + 6]);
            s60 = x0.fma(c6, s60);
            s61 = x1.fma(c6, s61);
            DoubleVector c7 = DoubleVector.broadcast(SPECIES, rows[i + row + 7]);
            s70 = x0.fma(c7, s70);
            s71 = x1.fma(c7, s71);
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
        s60.intoArray(block, 12 * LANES);
        s61.intoArray(block, 13 * LANES);
        s70.intoArray(block, 14 * LANES);
        s71.intoArray(block, 15 * LANES);
    }

    private static void one(double[] rows, int row, double[] columns, int column, int n, double[] block) {
        DoubleVector s00 = DoubleVector.zero(SPECIES);
        DoubleVector s10 = DoubleVector.zero(SPECIES);
        DoubleVector s20 = DoubleVector.zero(SPECIES);
        DoubleVector s30 = DoubleVector.zero(SPECIES);
        DoubleVector s40 = DoubleVector.zero(SPECIES);
        DoubleVector s50 = DoubleVector.zero(SPECIES);
        DoubleVector s60 = DoubleVector.zero(SPECIES);
        DoubleVector s70 = DoubleVector.zero(SPECIES);
        for (int i = 0; i < n * WIDTH; i += WIDTH) {
            DoubleVector x0 = DoubleVector.fromArray(SPECIES, columns, i + column);
            DoubleVector c0 = DoubleVector.broadcast(SPECIES, rows[i + row]);
            s00 = x0.fma(c0, s00);
            DoubleVector c1 = DoubleVector.broadcast(SPECIES, rows[i + row + 1]);
            s10 = x0.fma(c1, s10);
            DoubleVector c2 = DoubleVector.broadcast(SPECIES, rows[i + row + 2]);
            s20 = x0.fma(c2, s20);
            DoubleVector c3 = DoubleVector.broadcast(SPECIES, rows[i + row + 3]);
            s30 = x0.fma(c3, s30);
            DoubleVector c4 = DoubleVector.broadcast(SPECIES, rows[i + row + 4]);
            s40 = x0.fma(c4, s40);
            DoubleVector c5 = DoubleVector.broadcast(SPECIES, rows[i + row + 5]);
            s50 = x0.fma(c5, s50);
            DoubleVector c6 = DoubleVector.broadcast(SPECIES, rows[i + row + 6]);
            s60 = x0.fma(c6, s60);
            DoubleVector c7 = DoubleVector.broadcast(SPECIES, rows[i + row + 7]);
            s70 = x0.fma(c7, s70);
        }
        s00.intoArray(block, 0 * LANES);
        s10.intoArray(block, 1 * LANES);
        s20.intoArray(block, 2 * LANES);
        s30.intoArray(block, 3 * LANES);
        s40.intoArray(block, 4 * LANES);
        s50.intoArray(block, 5 * LANES);
        s60.intoArray(block, 6 * LANES);
        s70.intoArray(block, 7 * LANES);
    }
}
