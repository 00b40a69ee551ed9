package org.hsi4j.signal;

import org.hsi4j.linalg.Kernels;

/**
 * Orthonormal discrete cosine transform (DCT-II) of planes of any size or of many small blocks at once, and back (DCT-III):
 * along each side of n values X(k) = s(k) sum over j of x(j) cos(pi k (2 j + 1) / (2 n)), where s(0) = sqrt(1 / n) and
 * s(k) = sqrt(2 / n) for other k. Both ways keep the sum of squares.
 *
 * <p>Sides up to 112, those up to 256 with a prime factor above 7 and those up to 384 with one above 31 are products with the two
 * halves of the matrix, at n flops a value; others go through the Fourier transform. Errors are some rounding units of the root mean square of the result. All values
 * must be finite. Workers allocate nothing but what {@link Kernels#multiply} takes.
 *
 * <p>A plan is immutable and thread-safe; a {@link Worker} has buffers and belongs to one thread.
 *
 * <pre>{@code
 * CosineTransform.Worker worker = CosineTransform.of(8, 8).worker();
 * worker.forwardBlocks(entries, count); // entries[8 * row + column][block]
 * }</pre>
 */
public final class CosineTransform {
    private final int rows;
    private final int columns;
    private final CosineLines down;
    private final CosineLines along;

    private CosineTransform(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        this.down = new CosineLines(rows);
        this.along = rows == columns ? down : new CosineLines(columns);
    }

    /**
     * A plan for planes or blocks of one size; a line is a plane of one row.
     *
     * @param rows rows, from 1 to 2<sup>24</sup>
     * @param columns columns, from 1 to 2<sup>24</sup>
     * @return the plan
     * @throws IllegalArgumentException if a side is not as described, or there are more than 2<sup>28</sup> pixels
     */
    public static CosineTransform of(int rows, int columns) {
        Rows.requireSides(rows, columns);
        int most = 1 << 24;
        if (rows > most || columns > most) {
            throw new IllegalArgumentException(
                    "a plane of " + rows + "x" + columns + " cannot be transformed: sides are 1 to 2^24");
        }
        return new CosineTransform(rows, columns);
    }

    /**
     * Buffers for one thread.
     *
     * @return a new worker, which takes 48 bytes a pixel, and 16 for each entry of the most blocks it has seen
     */
    public Worker worker() {
        return new Worker();
    }

    /** Transforms planes or blocks in place. */
    public final class Worker {
        private final Kernels kernels = Kernels.best();
        private final double[][] work = new double[4][Math.max(down.workspace(), along.workspace())];
        private final double[][] plain = new double[rows][columns];
        private final double[][] half = new double[rows][columns];
        private final double[][] turned = new double[columns][rows];
        private final double[][] whole = new double[columns][rows];
        private final double[][] columnIn = new double[rows][];
        private final double[][] columnOut = new double[rows][];
        private final double[][] rowIn = new double[columns][];
        private final double[][] rowOut = new double[columns][];
        private final CosineProduct.Scratch downScratch = down.scratch();
        private final CosineProduct.Scratch alongScratch = along.scratch();
        private double[][] scratch = new double[0][];

        private Worker() {}

        /**
         * Transforms a plane in place.
         *
         * @param plane rows x columns, row by row
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void forward(double[] plane) {
            transform(plane, true);
        }

        /**
         * Transforms a plane back in place.
         *
         * @param plane rows x columns, row by row
         * @throws IllegalArgumentException if it is not as long as that
         */
        public void inverse(double[] plane) {
            transform(plane, false);
        }

        /**
         * Transforms many blocks in place. A third dimension, such as the blocks of a group, is another plan of one column.
         *
         * @param entries {@code entries[row * columns + column][block]}
         * @param blocks how many of them count
         * @throws IllegalArgumentException if there are not rows x columns entries
         */
        public void forwardBlocks(double[][] entries, int blocks) {
            transform(entries, blocks, true);
        }

        /**
         * Transforms many blocks back in place.
         *
         * @param entries {@code entries[row * columns + column][block]}
         * @param blocks how many of them count
         * @throws IllegalArgumentException if there are not rows x columns entries
         */
        public void inverseBlocks(double[][] entries, int blocks) {
            transform(entries, blocks, false);
        }

        private void transform(double[] plane, boolean forward) {
            Rows.requireSize(plane, rows, columns);
            Rows.load(plane, rows, columns, plain);
            lines(down, plain, columns, half, forward);
            Rows.transpose(half, rows, columns, turned);
            lines(along, turned, rows, whole, forward);
            Rows.transpose(whole, columns, rows, plain);
            Rows.store(plain, rows, columns, plane);
        }

        private void transform(double[][] entries, int blocks, boolean forward) {
            if (entries.length != rows * columns) {
                throw new IllegalArgumentException(
                        "blocks of " + rows + "x" + columns + " do not have " + entries.length + " entries");
            }
            if (scratch.length == 0 || scratch[0].length < blocks) {
                scratch = new double[rows * columns][blocks];
            }
            for (int c = 0; c < columns; c++) {
                for (int r = 0; r < rows; r++) {
                    columnIn[r] = entries[r * columns + c];
                    columnOut[r] = scratch[r * columns + c];
                }
                lines(down, columnIn, blocks, columnOut, forward);
            }
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    rowIn[c] = scratch[r * columns + c];
                    rowOut[c] = entries[r * columns + c];
                }
                lines(along, rowIn, blocks, rowOut, forward);
            }
        }

        private void lines(CosineLines lines, double[][] in, int count, double[][] out, boolean forward) {
            CosineProduct.Scratch own = lines == down ? downScratch : alongScratch;
            if (forward) {
                lines.forward(in, count, out, work, own, kernels);
            } else {
                lines.inverse(in, count, out, work, own, kernels);
            }
        }
    }

    @Override
    public String toString() {
        return "cosine transform of " + rows + "x" + columns;
    }
}
