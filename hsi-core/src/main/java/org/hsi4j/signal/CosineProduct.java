package org.hsi4j.signal;

import org.hsi4j.linalg.Kernels;

/**
 * Orthonormal cosine transforms of many lines side by side as products with the matrix, of which the even rows are the same from
 * both ends and the odd ones the opposite: sums and differences of the entries j and n - 1 - j are transformed by a quarter of the
 * matrix each, at n flops a value. Immutable and thread-safe.
 */
final class CosineProduct {
    /** Below, the whole matrix is as fast. */
    private static final int SHORTEST_FOLDED = 24;

    private final int length;
    /** Without folding: all rows, and no odd ones. */
    private final double[][] even;

    private final double[][] odd;
    private final double[][] evenBack;
    private final double[][] oddBack;

    CosineProduct(int length) {
        this.length = length;
        if (length < SHORTEST_FOLDED) {
            even = rows(0, 1, length, length);
            odd = new double[0][];
        } else {
            even = rows(0, 2, (length + 1) / 2, (length + 1) / 2);
            odd = rows(1, 2, length / 2, length / 2);
        }
        evenBack = transposed(even);
        oddBack = transposed(odd);
    }

    private double[][] rows(int first, int step, int count, int entries) {
        double[][] rows = new double[count][entries];
        for (int i = 0; i < count; i++) {
            int k = first + step * i;
            for (int j = 0; j < entries; j++) {
                rows[i][j] = Math.sqrt((k == 0 ? 1.0 : 2.0) / length) * CosineLines.cosine(k * (2 * j + 1), length);
            }
        }
        return rows;
    }

    private static double[][] transposed(double[][] rows) {
        double[][] result = new double[rows.length][rows.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                result[j][i] = rows[i][j];
            }
        }
        return result;
    }

    Scratch scratch() {
        return new Scratch();
    }

    /** The buffers of one thread: sums and differences of lines, and every other row of what is given. */
    final class Scratch {
        private final double[][] evenRows = new double[even.length][];
        private final double[][] oddRows = new double[odd.length][];
        private double[][] sums = new double[even.length][0];
        private double[][] differences = new double[odd.length][0];

        private Scratch() {}

        private void prepare(double[][] whole, int lines) {
            if (sums[0].length < lines) {
                sums = new double[even.length][lines];
                differences = new double[odd.length][lines];
            }
            for (int k = 0; k < even.length; k++) {
                evenRows[k] = whole[2 * k];
            }
            for (int k = 0; k < odd.length; k++) {
                oddRows[k] = whole[2 * k + 1];
            }
        }
    }

    void forward(double[][] in, int lines, double[][] out, Scratch scratch, Kernels kernels) {
        if (odd.length == 0) {
            kernels.multiply(even, in, lines, out);
            return;
        }
        scratch.prepare(out, lines);
        for (int j = 0; j < odd.length; j++) {
            fold(in[j], in[length - 1 - j], lines, scratch.sums[j], scratch.differences[j]);
        }
        if (even.length > odd.length) {
            System.arraycopy(in[odd.length], 0, scratch.sums[odd.length], 0, lines);
        }
        kernels.multiply(even, scratch.sums, lines, scratch.evenRows);
        kernels.multiply(odd, scratch.differences, lines, scratch.oddRows);
    }

    void inverse(double[][] in, int lines, double[][] out, Scratch scratch, Kernels kernels) {
        if (odd.length == 0) {
            kernels.multiply(evenBack, in, lines, out);
            return;
        }
        scratch.prepare(in, lines);
        kernels.multiply(evenBack, scratch.evenRows, lines, scratch.sums);
        kernels.multiply(oddBack, scratch.oddRows, lines, scratch.differences);
        for (int j = 0; j < odd.length; j++) {
            fold(scratch.sums[j], scratch.differences[j], lines, out[j], out[length - 1 - j]);
        }
        if (even.length > odd.length) {
            System.arraycopy(scratch.sums[odd.length], 0, out[odd.length], 0, lines);
        }
    }

    private static void fold(double[] a, double[] b, int lines, double[] sum, double[] difference) {
        for (int i = 0; i < lines; i++) {
            sum[i] = a[i] + b[i];
            difference[i] = a[i] - b[i];
        }
    }
}
