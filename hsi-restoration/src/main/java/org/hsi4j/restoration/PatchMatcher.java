package org.hsi4j.restoration;

import java.util.Arrays;

/**
 * Finds the patches of an image that are nearest to one of them, in a window around it. The distance is the sum of squared
 * differences over all planes. Buffers of one thread; allocates nothing afterwards. Costs 3 flops a plane, pixel of the patch and
 * position in the window.
 */
final class PatchMatcher {
    private final int rows;
    private final int columns;
    private final int patchRows;
    private final int patchColumns;
    private final int radius;
    private final double[] distance;
    private final int[] positions;
    private final double[] distances;

    /** Patches start at most {@code radius} rows and columns away, and {@code most} of them are found. */
    PatchMatcher(int rows, int columns, int patchRows, int patchColumns, int radius, int most) {
        this.rows = rows;
        this.columns = columns;
        this.patchRows = patchRows;
        this.patchColumns = patchColumns;
        this.radius = radius;
        this.distance = new double[2 * radius + 1];
        this.positions = new int[most];
        this.distances = new double[most];
    }

    /** The first pixels of the patches found, nearest first: the patch itself is the first. */
    int[] positions() {
        return positions;
    }

    /** The squared distances of the patches found. */
    double[] distances() {
        return distances;
    }

    /** Looks for the patches nearest to the one that starts at a pixel, and tells how many there are. */
    int match(double[][] planes, int row, int column) {
        int firstRow = Math.max(0, row - radius);
        int lastRow = Math.min(rows - patchRows, row + radius);
        int firstColumn = Math.max(0, column - radius);
        int width = Math.min(columns - patchColumns, column + radius) - firstColumn + 1;
        positions[0] = row * columns + column;
        distances[0] = 0;
        int found = 1;
        for (int r = firstRow; r <= lastRow; r++) {
            Arrays.fill(distance, 0, width, 0);
            for (double[] plane : planes) {
                for (int i = 0; i < patchRows; i++) {
                    addRow(plane, (row + i) * columns + column, (r + i) * columns + firstColumn, width);
                }
            }
            for (int x = 0; x < width; x++) {
                boolean itself = r == row && firstColumn + x == column;
                if (!itself && (found < positions.length || distance[x] < distances[found - 1])) {
                    found = insert(found, r * columns + firstColumn + x, distance[x]);
                }
            }
        }
        return found;
    }

    /** Adds a row of the patch to the distances of all patches of a row of positions. */
    private void addRow(double[] plane, int reference, int start, int width) {
        int j = 0;
        for (; j + 4 <= patchColumns; j += 4) {
            double a = plane[reference + j];
            double b = plane[reference + j + 1];
            double c = plane[reference + j + 2];
            double d = plane[reference + j + 3];
            int from = start + j;
            for (int x = 0; x < width; x++) {
                double p = plane[from + x] - a;
                double q = plane[from + x + 1] - b;
                double s = plane[from + x + 2] - c;
                double t = plane[from + x + 3] - d;
                distance[x] += p * p + q * q + (s * s + t * t);
            }
        }
        for (; j < patchColumns; j++) {
            double a = plane[reference + j];
            int from = start + j;
            for (int x = 0; x < width; x++) {
                double p = plane[from + x] - a;
                distance[x] += p * p;
            }
        }
    }

    /** Of equal distances, the patch that was met first comes first; the patch itself stays in front. */
    private int insert(int found, int position, double squared) {
        int count = Math.min(found + 1, positions.length);
        int k = count - 1;
        while (k > 1 && distances[k - 1] > squared) {
            distances[k] = distances[k - 1];
            positions[k] = positions[k - 1];
            k--;
        }
        if (k > 0) {
            distances[k] = squared;
            positions[k] = position;
        }
        return count;
    }
}
