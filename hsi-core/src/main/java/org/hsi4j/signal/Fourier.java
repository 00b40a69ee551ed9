package org.hsi4j.signal;

import java.util.Arrays;

/**
 * Discrete Fourier transform of real planes of any size, and back:
 * F(u, v) = sum over r, c of f(r, c) exp( -2 pi i (u r / rows + v c / columns) ), and f = (1 / (rows columns)) sum F exp( + ).
 *
 * <p>Because f is real, F(rows - u, columns - v) is the conjugate of F(u, v), and only the columns v from zero to
 * {@code columns / 2} are kept, {@link #halfColumns()} of them. Row u stands for the frequency u / rows cycles a pixel, or
 * (u - rows) / rows past the middle. A transfer function that is to keep planes real is multiplied to these alone.
 *
 * <p>Cost is O(N log N) for N pixels whatever the size; a pixel of a plane with another prime factor in its sides than those up to 31
 * takes four to ten times as long (101 and 307 against 100 and 256). Errors are some rounding units of the root mean
 * square of the result. Neither direction allocates anything.
 *
 * <p>A plan is immutable and thread-safe; a {@link Worker} has buffers and belongs to one thread.
 *
 * <pre>{@code
 * Fourier fourier = Fourier.of(rows, columns);
 * Fourier.Worker worker = fourier.worker();
 * double[] re = new double[rows * fourier.halfColumns()];
 * double[] im = new double[re.length];
 * worker.forward(plane, re, im);
 * worker.inverse(re, im, plane);
 * }</pre>
 */
public final class Fourier {
    private final int rows;
    private final int columns;
    private final int half;
    private final FourierLines down;
    private final FourierLines along;

    private Fourier(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.half = columns / 2 + 1;
        this.down = new FourierLines(rows);
        this.along = columns == rows ? down : new FourierLines(columns);
    }

    /**
     * A plan for planes of one size; a single line is a plane of one row.
     *
     * @param rows rows of the planes, from 1 to 2<sup>24</sup>
     * @param columns columns of the planes, from 1 to 2<sup>24</sup>
     * @return the plan
     * @throws IllegalArgumentException if a side is not as described, or there are more than 2<sup>30</sup> pixels
     */
    public static Fourier of(int rows, int columns) {
        int most = 1 << 24;
        if (rows < 1 || columns < 1 || rows > most || columns > most || (long) rows * columns > 1 << 30) {
            throw new IllegalArgumentException("a plane of " + rows + "x" + columns
                    + " pixels cannot be transformed: sides" + " are 1 to 2^24, and there are at most 2^30 pixels");
        }
        return new Fourier(rows, columns);
    }

    /**
     * Rows of the planes and of their transforms.
     *
     * @return at least one
     */
    public int rows() {
        return rows;
    }

    /**
     * Columns of the planes.
     *
     * @return at least one
     */
    public int columns() {
        return columns;
    }

    /**
     * Columns of the transforms.
     *
     * @return {@code columns / 2 + 1}
     */
    public int halfColumns() {
        return half;
    }

    /**
     * Bytes that a worker takes.
     *
     * @return some 256 times the longer side, half of that from 200 on, and up to four times that for a side that
     *     has a large prime factor
     */
    public long workerBytes() {
        return 4L * Double.BYTES * Math.max(down.workspace(), along.workspace());
    }

    /**
     * Buffers for one thread.
     *
     * @return a new worker
     */
    public Worker worker() {
        return new Worker();
    }

    /** Transforms planes, one at a time. */
    public final class Worker {
        private final double[][] work = new double[4][Math.max(down.workspace(), along.workspace())];

        private Worker() {}

        /**
         * Transforms a plane.
         *
         * @param plane rows x columns, row by row; stays as it is
         * @param re real part, rows x {@link #halfColumns()}, row by row; overwritten
         * @param im imaginary part; overwritten
         * @throws IllegalArgumentException if an array is not as long as that
         */
        public void forward(double[] plane, double[] re, double[] im) {
            check(plane, re, im);
            for (int first = 0; first < rows; first += 2 * along.lanes()) {
                loadRows(plane, first);
                along.transform(work);
                storeSpectra(re, im, first);
            }
            for (int first = 0; first < half; first += down.lanes()) {
                columnsOf(re, im, first);
            }
        }

        /**
         * Transforms back. The imaginary parts that those of a real plane do not have, in column zero and in the middle one of
         * an even number, are left out.
         *
         * @param re real part, rows x {@link #halfColumns()}, row by row; destroyed
         * @param im imaginary part; destroyed
         * @param plane rows x columns, row by row; overwritten
         * @throws IllegalArgumentException if an array is not as long as that
         */
        public void inverse(double[] re, double[] im, double[] plane) {
            check(plane, re, im);
            for (int first = 0; first < half; first += down.lanes()) {
                columnsOf(im, re, first); // with both parts swapped it is the inverse transform, but for its scale
            }
            for (int first = 0; first < rows; first += 2 * along.lanes()) {
                loadSpectra(re, im, first);
                along.transform(work);
                storeRows(plane, first);
            }
        }

        private void check(double[] plane, double[] re, double[] im) {
            if (plane.length != rows * columns || re.length != rows * half || im.length != rows * half) {
                throw new IllegalArgumentException(
                        "a plane of " + rows + "x" + columns + " and its transform of " + rows + "x" + half
                                + " do not fit arrays of " + plane.length + ", " + re.length + " and " + im.length);
            }
        }

        /** Two rows a lane: one as the real, one as the imaginary part. */
        private void loadRows(double[] plane, int first) {
            int lanes = along.lanes();
            for (int lane = 0; lane < lanes; lane++) {
                loadRow(plane, first + 2 * lane, work[0], lane);
                loadRow(plane, first + 2 * lane + 1, work[1], lane);
            }
        }

        private void loadRow(double[] plane, int row, double[] target, int lane) {
            int lanes = along.lanes();
            for (int c = 0; c < columns; c++) {
                target[c * lanes + lane] = row < rows ? plane[row * columns + c] : 0;
            }
        }

        /** Takes the transforms Z of pairs of rows apart: (Z(v) + Z*(n - v)) / 2 and (Z(v) - Z*(n - v)) / 2i. */
        private void storeSpectra(double[] re, double[] im, int first) {
            int lanes = along.lanes();
            for (int lane = 0; lane < lanes && first + 2 * lane < rows; lane++) {
                int row = (first + 2 * lane) * half;
                boolean pair = first + 2 * lane + 1 < rows;
                for (int v = 0; v < half; v++) {
                    int at = v * lanes + lane;
                    int mirrored = (columns - v) % columns * lanes + lane;
                    re[row + v] = (work[0][at] + work[0][mirrored]) / 2;
                    im[row + v] = (work[1][at] - work[1][mirrored]) / 2;
                    if (pair) {
                        re[row + half + v] = (work[1][at] + work[1][mirrored]) / 2;
                        im[row + half + v] = (work[0][mirrored] - work[0][at]) / 2;
                    }
                }
            }
        }

        private void columnsOf(double[] re, double[] im, int first) {
            int lanes = down.lanes();
            int count = Math.min(lanes, half - first);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(re, r * half + first, work[0], r * lanes, count);
                System.arraycopy(im, r * half + first, work[1], r * lanes, count);
                Arrays.fill(work[0], r * lanes + count, (r + 1) * lanes, 0.0);
                Arrays.fill(work[1], r * lanes + count, (r + 1) * lanes, 0.0);
            }
            down.transform(work);
            for (int r = 0; r < rows; r++) {
                System.arraycopy(work[0], r * lanes, re, r * half + first, count);
                System.arraycopy(work[1], r * lanes, im, r * half + first, count);
            }
        }

        /** Joins two rows to one lane, with both parts swapped. */
        private void loadSpectra(double[] re, double[] im, int first) {
            int lanes = along.lanes();
            for (int lane = 0; lane < lanes; lane++) {
                int row = (first + 2 * lane) * half;
                boolean any = first + 2 * lane < rows;
                boolean pair = first + 2 * lane + 1 < rows;
                for (int v = 0; v < half; v++) {
                    boolean real = v == 0 || 2 * v == columns;
                    double ar = any ? re[row + v] : 0;
                    double ai = any && !real ? im[row + v] : 0;
                    double br = pair ? re[row + half + v] : 0;
                    double bi = pair && !real ? im[row + half + v] : 0;
                    work[1][v * lanes + lane] = ar - bi;
                    work[0][v * lanes + lane] = ai + br;
                    if (!real) {
                        work[1][(columns - v) * lanes + lane] = ar + bi;
                        work[0][(columns - v) * lanes + lane] = br - ai;
                    }
                }
            }
        }

        private void storeRows(double[] plane, int first) {
            int lanes = along.lanes();
            double scale = 1.0 / ((double) rows * columns);
            for (int lane = 0; lane < lanes && first + 2 * lane < rows; lane++) {
                int row = (first + 2 * lane) * columns;
                boolean pair = first + 2 * lane + 1 < rows;
                for (int c = 0; c < columns; c++) {
                    plane[row + c] = work[1][c * lanes + lane] * scale;
                    if (pair) {
                        plane[row + columns + c] = work[0][c * lanes + lane] * scale;
                    }
                }
            }
        }
    }

    @Override
    public String toString() {
        return "Fourier transform of planes of " + rows + "x" + columns;
    }
}
