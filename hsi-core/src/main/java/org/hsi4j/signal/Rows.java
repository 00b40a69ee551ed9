package org.hsi4j.signal;

/** Planes as arrays of rows: the kernels then run along whole rows, whatever row comes next. */
final class Rows {
    private static final int BLOCK = 16;

    private Rows() {}

    /** {@code out[c][r] = in[r][c]}, in blocks that stay in the cache. */
    static void transpose(double[][] in, int rows, int columns, double[][] out) {
        for (int r0 = 0; r0 < rows; r0 += BLOCK) {
            int r1 = Math.min(rows, r0 + BLOCK);
            for (int c0 = 0; c0 < columns; c0 += BLOCK) {
                int c1 = Math.min(columns, c0 + BLOCK);
                for (int c = c0; c < c1; c++) {
                    double[] target = out[c];
                    for (int r = r0; r < r1; r++) {
                        target[r] = in[r][c];
                    }
                }
            }
        }
    }

    static void load(double[] plane, int rows, int columns, double[][] out) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(plane, r * columns, out[r], 0, columns);
        }
    }

    static void store(double[][] in, int rows, int columns, double[] plane) {
        for (int r = 0; r < rows; r++) {
            System.arraycopy(in[r], 0, plane, r * columns, columns);
        }
    }

    static void requireSize(double[] plane, int rows, int columns) {
        if (plane.length != rows * columns) {
            throw new IllegalArgumentException(
                    "a plane of " + rows + "x" + columns + " does not fit an array of " + plane.length);
        }
    }

    /** Checks the sides of a plane that a plan is made for. */
    static void requireSides(int rows, int columns) {
        if (rows < 1 || columns < 1 || (long) rows * columns > 1 << 28) {
            throw new IllegalArgumentException(
                    "a plane of " + rows + "x" + columns + " pixels: there must be from 1 to 2^28 of them");
        }
    }
}
