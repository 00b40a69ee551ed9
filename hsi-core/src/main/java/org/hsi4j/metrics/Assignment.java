package org.hsi4j.metrics;

import java.util.Arrays;

/**
 * Minimum-cost assignment of n rows to n of m columns, m &ge; n, by shortest augmenting paths with potentials: the Hungarian
 * method in the form of Jonker and Volgenant, "A shortest augmenting path algorithm for dense and sparse linear assignment
 * problems", Computing 38, 1987. O(n<sup>2</sup> m).
 */
final class Assignment {
    private static final int NONE = -1;

    private final double[][] cost;
    private final int columns;
    private final double[] rowPotential;
    private final double[] columnPotential;
    private final int[] rowOf;
    private final double[] distance;
    private final int[] previous;
    private final boolean[] reached;

    private Assignment(double[][] cost) {
        this.cost = cost;
        this.columns = cost[0].length;
        this.rowPotential = new double[cost.length];
        this.columnPotential = new double[columns];
        this.rowOf = new int[columns];
        this.distance = new double[columns];
        this.previous = new int[columns];
        this.reached = new boolean[columns];
        Arrays.fill(rowOf, NONE);
    }

    /**
     * Solves one problem.
     *
     * @param cost n x m finite costs, m at least n
     * @return the column of each row
     */
    static int[] solve(double[][] cost) {
        Assignment a = new Assignment(cost);
        for (int row = 0; row < cost.length; row++) {
            a.augment(a.shortestPath(row), row);
        }
        int[] columnOf = new int[cost.length];
        for (int c = 0; c < a.columns; c++) {
            if (a.rowOf[c] != NONE) {
                columnOf[a.rowOf[c]] = c;
            }
        }
        return columnOf;
    }

    /** Dijkstra on reduced costs from a free row to the nearest free column; then moves the potentials along. */
    private int shortestPath(int start) {
        Arrays.fill(reached, false);
        Arrays.fill(previous, NONE);
        Arrays.fill(distance, Double.POSITIVE_INFINITY);
        int row = start;
        int last = NONE;
        double far = 0;
        while (true) {
            relax(row, last, far);
            last = nearest();
            far = distance[last];
            if (rowOf[last] == NONE) {
                break;
            }
            reached[last] = true;
            row = rowOf[last];
        }
        rowPotential[start] += far;
        for (int c = 0; c < columns; c++) {
            if (reached[c]) {
                rowPotential[rowOf[c]] += far - distance[c];
                columnPotential[c] -= far - distance[c];
            }
        }
        return last;
    }

    private void relax(int row, int through, double far) {
        for (int c = 0; c < columns; c++) {
            double d = far + cost[row][c] - rowPotential[row] - columnPotential[c];
            if (!reached[c] && d < distance[c]) {
                distance[c] = d;
                previous[c] = through;
            }
        }
    }

    private int nearest() {
        int best = NONE;
        for (int c = 0; c < columns; c++) {
            if (!reached[c] && (best == NONE || distance[c] < distance[best])) {
                best = c;
            }
        }
        return best;
    }

    private void augment(int free, int start) {
        int c = free;
        while (previous[c] != NONE) {
            rowOf[c] = rowOf[previous[c]];
            c = previous[c];
        }
        rowOf[c] = start;
    }
}
