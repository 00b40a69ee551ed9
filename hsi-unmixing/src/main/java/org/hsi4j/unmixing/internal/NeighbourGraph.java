package org.hsi4j.unmixing.internal;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * How much alike each pixel and its up to eight neighbours are: w = exp(-d^2 / (2 width^2)), d the distance of their spectra;
 * zero where one of them is invalid.
 */
final class NeighbourGraph {
    private static final int[] DOWN = {0, 1, 1, 1};
    private static final int[] RIGHT = {1, -1, 0, 1};

    private final int rows;
    private final int columns;

    /** For each of four directions the weight of the edge from a pixel to its neighbour there. */
    private final double[][] weights;

    private NeighbourGraph(int rows, int columns, double[][] weights) {
        this.rows = rows;
        this.columns = columns;
        this.weights = weights;
    }

    static NeighbourGraph none() {
        return new NeighbourGraph(0, 0, new double[0][]);
    }

    static NeighbourGraph of(Cube cube, double width, RunContext context) {
        int rows = cube.rows();
        int columns = cube.columns();
        double[][] weights = new double[DOWN.length][cube.pixels()];
        Parallel.run(context, "neighbours", rows, () -> new double[cube.bands()][2 * columns], (planes, r) -> {
            int height = Math.min(2, rows - r);
            cube.read(new Region(r, 0, height, columns), planes);
            for (int d = 0; d < DOWN.length; d++) {
                if (DOWN[d] < height) {
                    weigh(planes, columns, d, width, r, weights[d]);
                }
            }
        });
        return new NeighbourGraph(rows, columns, weights);
    }

    private static void weigh(double[][] planes, int columns, int d, double width, int row, double[] weights) {
        for (int c = Math.max(0, -RIGHT[d]); c < columns - Math.max(0, RIGHT[d]); c++) {
            int other = c + RIGHT[d] + DOWN[d] * columns;
            double distance = 0;
            for (double[] plane : planes) {
                double difference = plane[c] - plane[other];
                distance += difference * difference;
            }
            // A missing sample makes the distance NaN.
            weights[row * columns + c] = distance >= 0 ? Math.exp(-distance / (2 * width * width)) : 0;
        }
    }

    /** For each map a (D - W) a': the sum over edges of w (a_i - a_j)^2 of the scaled map. */
    double[] energy(double[][] maps, double[] scale, RunContext context) {
        double[] total = new double[maps.length];
        if (weights.length == 0) {
            return total;
        }
        double[][] parts = new double[rows][maps.length];
        Parallel.run(context, "differences", rows, () -> weights, (w, r) -> {
            for (int k = 0; k < maps.length; k++) {
                parts[r][k] = scale[k] * scale[k] * energy(maps[k], r);
            }
        });
        for (double[] part : parts) {
            for (int k = 0; k < total.length; k++) {
                total[k] += part[k];
            }
        }
        return total;
    }

    private double energy(double[] map, int row) {
        double sum = 0;
        for (int d = 0; d < DOWN.length; d++) {
            int step = DOWN[d] * columns + RIGHT[d];
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                double w = weights[d][i];
                if (w > 0) {
                    double difference = map[i] - map[i + step];
                    sum += w * difference * difference;
                }
            }
        }
        return sum;
    }

    /**
     * Adds the pull of the neighbours. The bound on the differences needs twice the degree: D + W is positive semidefinite, so
     * D - W is at most 2 D, which makes a step on all pixels at once safe.
     */
    void pull(double[] map, double factor, PixelTile tile, double[] up, double[] down) {
        for (int i = 0; i < tile.size(); i++) {
            int pixel = tile.pixel(i);
            int row = pixel / columns;
            int column = pixel % columns;
            double degree = 0;
            double sum = 0;
            for (int d = 0; d < DOWN.length; d++) {
                int step = DOWN[d] * columns + RIGHT[d];
                double forward = weights[d][pixel];
                if (forward > 0) {
                    degree += forward;
                    sum += forward * map[pixel + step];
                }
                boolean inside = row >= DOWN[d] && column >= RIGHT[d] && column - RIGHT[d] < columns;
                double backward = inside ? weights[d][pixel - step] : 0;
                if (backward > 0) {
                    degree += backward;
                    sum += backward * map[pixel - step];
                }
            }
            up[i] += factor * (sum + degree * map[pixel]);
            down[i] += factor * 2 * degree * map[pixel];
        }
    }
}
