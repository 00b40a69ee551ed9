package org.hsi4j.restoration;

import java.util.Arrays;

/**
 * Differences to the next pixel down (axis 0), along (axis 1) and to the next band (axis 2), zero at the last one, and their
 * adjoints.
 */
final class Differences {
    static final int AXES = 3;

    private final int rows;
    private final int columns;

    Differences(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /** Adds the differences of the pixels from, ... to - 1 of a plane to as many values. */
    void addDown(double[] plane, int from, int to, double[] out) {
        int end = Math.min(to, (rows - 1) * columns);
        for (int i = from; i < end; i++) {
            out[i - from] += plane[i + columns] - plane[i];
        }
    }

    /** The same along the rows. */
    void addAlong(double[] plane, int from, int to, double[] out) {
        int i = from;
        while (i < to) {
            int last = i - i % columns + columns - 1;
            int end = Math.min(to, last);
            for (; i < end; i++) {
                out[i - from] += plane[i + 1] - plane[i];
            }
            i += i == last ? 1 : 0;
        }
    }

    /** The same from one band to the next. */
    static void addAcross(double[] plane, double[] next, int from, int to, double[] out) {
        for (int i = from; i < to; i++) {
            out[i - from] += next[i] - plane[i];
        }
    }

    /** Adds the adjoint of the differences down of a field that is zero in the last row. */
    void addAdjointDown(double[] field, double[] out) {
        for (int i = 0; i < field.length; i++) {
            out[i] -= field[i];
        }
        for (int i = columns; i < field.length; i++) {
            out[i] += field[i - columns];
        }
    }

    /** Adds the adjoint of the differences along the rows of a field that is zero in the last column. */
    static void addAdjointAlong(double[] field, double[] out) {
        out[0] -= field[0];
        for (int i = 1; i < field.length; i++) {
            out[i] += field[i - 1] - field[i];
        }
    }

    /** Adds to band b the adjoint of the differences between bands; the last of them do not count. */
    static void addAdjointAcross(double[][] field, int b, double[] out) {
        if (b > 0) {
            for (int i = 0; i < out.length; i++) {
                out[i] += field[b - 1][i];
            }
        }
        if (b + 1 < field.length) {
            for (int i = 0; i < out.length; i++) {
                out[i] -= field[b][i];
            }
        }
    }

    /** 1 + D'D of both axes of a plane, as its cosine transform sees it. */
    static double[] divisors(int rows, int columns) {
        double[] down = eigenvalues(rows);
        double[] along = eigenvalues(columns);
        double[] divisors = new double[rows * columns];
        Arrays.setAll(divisors, i -> 1 + down[i / columns] + along[i % columns]);
        return divisors;
    }

    /** The eigenvalues of D'D for n places, in the order of the cosine transform. */
    static double[] eigenvalues(int n) {
        double[] values = new double[n];
        Arrays.setAll(values, k -> 2 - 2 * StrictMath.cos(Math.PI * k / n));
        return values;
    }
}
