package org.hsi4j.restoration;

import java.util.Arrays;

/** Replaces what stands out of its surroundings in a plane by the median of the window around it. Has buffers of one thread. */
final class RobustMedian {
    private static final int RADIUS = 2;

    /** The deviation of a Gaussian law in units of its median magnitude. */
    private static final double DEVIATION = 1.4826;

    private final int rows;
    private final int columns;
    private final double[] window = new double[(2 * RADIUS + 1) * (2 * RADIUS + 1)];
    private final double[] medians;
    private final double[] magnitudes;

    RobustMedian(int rows, int columns) {
        this.rows = rows;
        this.columns = columns;
        medians = new double[rows * columns];
        magnitudes = new double[rows * columns];
    }

    /**
     * Replaces values that differ from the median of their window by more than so many deviations, as the median magnitude of these
     * differences tells them.
     *
     * @return how many were replaced
     */
    int replaceOutliers(double[] plane, double deviations) {
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                int i = r * columns + c;
                medians[i] = median(plane, r, c);
                magnitudes[i] = Math.abs(plane[i] - medians[i]);
            }
        }
        Arrays.sort(magnitudes);
        double limit = deviations * DEVIATION * magnitudes[magnitudes.length / 2];
        int replaced = 0;
        for (int i = 0; i < plane.length; i++) {
            if (Math.abs(plane[i] - medians[i]) > limit) {
                plane[i] = medians[i];
                replaced++;
            }
        }
        return replaced;
    }

    /** Of the part of the window that lies in the plane; of an even number the upper one. */
    private double median(double[] plane, int row, int column) {
        int n = 0;
        for (int r = Math.max(0, row - RADIUS); r <= Math.min(rows - 1, row + RADIUS); r++) {
            for (int c = Math.max(0, column - RADIUS); c <= Math.min(columns - 1, column + RADIUS); c++) {
                double value = plane[r * columns + c];
                int at = n++;
                while (at > 0 && window[at - 1] > value) {
                    window[at] = window[at - 1];
                    at--;
                }
                window[at] = value;
            }
        }
        return window[n / 2];
    }
}
