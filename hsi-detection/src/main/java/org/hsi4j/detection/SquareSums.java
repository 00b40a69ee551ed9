package org.hsi4j.detection;

import java.util.Arrays;

/** Number of some pixels, sum of their spectra, and, if wanted, sum of the outer products of the spectra: the lower triangle. */
final class SquareSums {
    private final double[][] squares;
    private final double[] sum;
    private int count;

    SquareSums(int bands, boolean withSquares) {
        squares = new double[withSquares ? bands : 0][];
        for (int b = 0; b < squares.length; b++) {
            squares[b] = new double[b + 1];
        }
        sum = new double[bands];
    }

    /** Bytes it takes. */
    static long bytes(int bands) {
        return 4L * bands * (bands + 7) + 8L * bands;
    }

    int count() {
        return count;
    }

    double[] sum() {
        return sum;
    }

    double[][] squares() {
        return squares;
    }

    void clear() {
        for (double[] row : squares) {
            Arrays.fill(row, 0.0);
        }
        Arrays.fill(sum, 0.0);
        count = 0;
    }

    /** Adds two pixels, the second one times a sign; a spectrum of zeros is no pixel and counts none. */
    void add(double[] x, int countX, double[] y, double sign, int countY) {
        for (int b = 0; b < squares.length; b++) {
            addProduct(squares[b], x[b], x, sign * y[b], y);
        }
        for (int b = 0; b < sum.length; b++) {
            sum[b] += x[b] + sign * y[b];
        }
        count += countX + (sign < 0 ? -countY : countY);
    }

    private static void addProduct(double[] row, double wx, double[] x, double wy, double[] y) {
        for (int j = 0; j < row.length; j++) {
            row[j] += wx * x[j] + wy * y[j];
        }
    }

    /** Adds the pixels of one and takes those of another. */
    void move(SquareSums in, SquareSums out) {
        for (int b = 0; b < squares.length; b++) {
            addDifference(squares[b], in.squares[b], out.squares[b]);
        }
        addDifference(sum, in.sum, out.sum);
        count += in.count - out.count;
    }

    private static void addDifference(double[] row, double[] in, double[] out) {
        for (int j = 0; j < row.length; j++) {
            row[j] += in[j] - out[j];
        }
    }
}
