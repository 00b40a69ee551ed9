package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalInt;
import org.hsi4j.linalg.Kernels;

/**
 * Hard thresholds in the cosine transforms of all blocks of 8 x 8 pixels, which overlap in all but a row or a column.
 *
 * <p>Each block is transformed, coefficients c with |c| &lt; 2.4 sigma become zero (the mean stays), and the blocks that come back are
 * averaged with weight 1 / (number of coefficients kept).
 *
 * <p>Planes with a side of less than 8 pixels have blocks of that side. A plane without noise stays as it is. Costs some 5 kflops a
 * pixel. Immutable and thread-safe.
 *
 * <p>Reference: Guleryuz, "Weighted averaging for denoising with overcomplete dictionaries", IEEE Trans. Image Processing 16,
 * 2007; after Coifman and Donoho, "Translation-invariant de-noising", 1995.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(CosineShrinkage.withDefaults())).run();
 * }</pre>
 */
public final class CosineShrinkage implements PlaneDenoiser {
    private static final int SIDE = 8;

    private final double threshold;

    private CosineShrinkage(double threshold) {
        this.threshold = threshold;
    }

    /**
     * Threshold 2.4.
     *
     * @return the method
     */
    public static CosineShrinkage withDefaults() {
        return new CosineShrinkage(2.4);
    }

    /**
     * With another threshold.
     *
     * @param deviations in units of sigma, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public CosineShrinkage withThreshold(double deviations) {
        if (!(deviations > 0) || Double.isInfinite(deviations)) {
            throw new IllegalArgumentException("threshold must be positive and finite, not " + deviations);
        }
        return new CosineShrinkage(deviations);
    }

    /**
     * The threshold.
     *
     * @return in units of sigma
     */
    public double threshold() {
        return threshold;
    }

    @Override
    public String name() {
        return "cosine-shrinkage";
    }

    @Override
    public String summary() {
        return "Hard thresholds in the cosine transforms of all overlapping blocks.";
    }

    @Override
    public String reference() {
        return "Guleryuz, Weighted averaging for denoising with overcomplete dictionaries, 2007";
    }

    @Override
    public long workerBytes(int rows, int columns) {
        return Double.BYTES * (2L * rows * columns + (SIDE * SIDE + 5L * SIDE) * columns);
    }

    @Override
    public Worker worker(int rows, int columns) {
        return new Blocks(rows, columns);
    }

    @Override
    public OptionalInt reach() {
        return OptionalInt.of(SIDE - 1);
    }

    /** The blocks of a row of positions at once: every array runs along the columns. */
    private final class Blocks implements Worker {
        private final Kernels kernels = Kernels.best();
        private final int rows;
        private final int columns;
        private final int high;
        private final int wide;
        private final double[][] down;
        private final double[][] downBack;
        private final double[][] along;
        private final double[][] alongBack;
        private final double[][] lines;
        private final double[][] vertical;
        private final double[][] shifted;
        private final double[][][] coefficients; // [vertical frequency][horizontal frequency][position]
        private final double[] blockWeights;
        private final double[] sum;
        private final double[] weights;

        Blocks(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            high = Math.min(SIDE, rows);
            wide = Math.min(SIDE, columns);
            down = Cosines.matrix(high);
            downBack = Cosines.transposed(down);
            along = Cosines.matrix(wide);
            alongBack = Cosines.transposed(along);
            lines = new double[high][columns];
            vertical = new double[high][columns];
            shifted = new double[wide][columns];
            coefficients = new double[high][wide][columns];
            blockWeights = new double[columns];
            sum = new double[rows * columns];
            weights = new double[rows * columns];
        }

        @Override
        public void denoise(double[] plane, double sigma) {
            Planes.requireSize(plane, rows, columns);
            if (!(sigma > 0)) {
                return;
            }
            Arrays.fill(sum, 0);
            Arrays.fill(weights, 0);
            for (int r = 0; r <= rows - high; r++) {
                transform(plane, r);
                shrink(threshold * sigma);
                transformBack(r);
            }
            for (int i = 0; i < plane.length; i++) {
                plane[i] = sum[i] / weights[i];
            }
        }

        private void transform(double[] plane, int row) {
            int positions = columns - wide + 1;
            for (int i = 0; i < high; i++) {
                System.arraycopy(plane, (row + i) * columns, lines[i], 0, columns);
            }
            kernels.multiply(down, lines, columns, vertical);
            for (int u = 0; u < high; u++) {
                for (int j = 0; j < wide; j++) {
                    System.arraycopy(vertical[u], j, shifted[j], 0, positions);
                }
                kernels.multiply(along, shifted, positions, coefficients[u]);
            }
        }

        private void shrink(double limit) {
            int positions = columns - wide + 1;
            Arrays.fill(blockWeights, 0, positions, 1);
            for (int u = 0; u < high; u++) {
                for (int v = u == 0 ? 1 : 0; v < wide; v++) {
                    double[] c = coefficients[u][v];
                    for (int x = 0; x < positions; x++) {
                        boolean keep = Math.abs(c[x]) >= limit;
                        c[x] = keep ? c[x] : 0;
                        blockWeights[x] += keep ? 1 : 0;
                    }
                }
            }
            for (int x = 0; x < positions; x++) {
                blockWeights[x] = 1 / blockWeights[x];
            }
        }

        private void transformBack(int row) {
            int positions = columns - wide + 1;
            for (double[][] frequencies : coefficients) {
                for (double[] c : frequencies) {
                    for (int x = 0; x < positions; x++) {
                        c[x] *= blockWeights[x];
                    }
                }
            }
            for (int u = 0; u < high; u++) {
                kernels.multiply(alongBack, coefficients[u], positions, shifted);
                Arrays.fill(vertical[u], 0);
                for (int j = 0; j < wide; j++) {
                    add(shifted[j], positions, vertical[u], j);
                }
            }
            kernels.multiply(downBack, vertical, columns, lines);
            Arrays.fill(vertical[0], 0);
            for (int j = 0; j < wide; j++) {
                add(blockWeights, positions, vertical[0], j);
            }
            for (int i = 0; i < high; i++) {
                add(lines[i], columns, sum, (row + i) * columns);
                add(vertical[0], columns, weights, (row + i) * columns);
            }
        }

        private static void add(double[] values, int count, double[] target, int start) {
            for (int x = 0; x < count; x++) {
                target[start + x] += values[x];
            }
        }
    }
}
