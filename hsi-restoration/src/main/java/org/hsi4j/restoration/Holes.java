package org.hsi4j.restoration;

import org.hsi4j.Mask;

/**
 * Fills the invalid pixels of planes with what surrounds them, so that methods that look at neighbours need no mask: means
 * of the valid pixels in blocks of 2, 4, 8, ... a side, of which each hole takes the smallest that has any. Costs some ten flops a pixel.
 */
final class Holes {
    private final int rows;
    private final int columns;
    private final Mask valid;
    private final boolean any;

    Holes(Mask valid) {
        this.rows = valid.rows();
        this.columns = valid.columns();
        this.valid = valid;
        this.any = valid.count() < rows * columns;
    }

    /** Overwrites what lies in the holes; zero where no pixel is valid. */
    void fill(double[] plane) {
        if (any) {
            double[] weight = new double[plane.length];
            for (int i = 0; i < plane.length; i++) {
                weight[i] = valid.get(i) ? 1 : 0;
                plane[i] = valid.get(i) ? plane[i] : 0;
            }
            fill(plane, weight, rows, columns);
        }
    }

    /** Where the weight is zero, the value becomes that of the block of four around it, filled before. */
    private static void fill(double[] values, double[] weights, int rows, int columns) {
        if (rows == 1 && columns == 1) {
            return;
        }
        int halfRows = (rows + 1) / 2;
        int halfColumns = (columns + 1) / 2;
        double[] sums = new double[halfRows * halfColumns];
        double[] counts = new double[sums.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * columns + c;
                int block = r / 2 * halfColumns + c / 2;
                sums[block] += weights[i] > 0 ? values[i] : 0;
                counts[block] += weights[i] > 0 ? 1 : 0;
            }
        }
        for (int block = 0; block < sums.length; block++) {
            sums[block] = counts[block] > 0 ? sums[block] / counts[block] : 0;
        }
        fill(sums, counts, halfRows, halfColumns);
        for (int i = 0; i < values.length; i++) {
            if (weights[i] == 0) {
                values[i] = sums[i / columns / 2 * halfColumns + i % columns / 2];
            }
        }
    }
}
