package org.hsi4j.examples.benchmark;

import java.util.stream.IntStream;
import org.hsi4j.Cube;

/** How a coarse sensor sees a scene: each of its pixels is a weighted mean of rows and columns, y = R x C'. */
final class CoarseView {
    private final double[][] rows;
    private final double[][] columns;

    private CoarseView(double[][] rows, double[][] columns) {
        this.rows = rows;
        this.columns = columns;
    }

    /**
     * By matrices.
     *
     * @param rows coarse rows x fine rows
     * @param columns coarse columns x fine columns
     */
    static CoarseView of(double[][] rows, double[][] columns) {
        return new CoarseView(rows, columns);
    }

    /**
     * Gaussian means about the middles of blocks, of a deviation of half a block: .29 is left at the Nyquist frequency of the coarse pixels,
     * as is usual for sensors.
     */
    static CoarseView gaussian(int coarseRows, int coarseColumns, int factor) {
        return new CoarseView(means(coarseRows, factor), means(coarseColumns, factor));
    }

    private static double[][] means(int coarse, int factor) {
        return IntStream.range(0, coarse).mapToObj(i -> mean(i, coarse, factor)).toArray(double[][]::new);
    }

    private static double[] mean(int pixel, int coarse, int factor) {
        double middle = (pixel + 0.5) * factor - 0.5;
        double deviation = factor / 2.0;
        double[] weights = new double[coarse * factor];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double x = (i - middle) / deviation;
            weights[i] = Math.exp(-x * x / 2);
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return weights;
    }

    /** What it sees of a scene. */
    Cube of(Cube fine) {
        double[][] planes = IntStream.range(0, fine.bands())
                .mapToObj(b -> of(fine.plane(b)))
                .toArray(double[][]::new);
        return Cube.of(rows.length, columns.length, planes);
    }

    private double[] of(double[] plane) {
        int width = columns[0].length;
        double[] out = new double[rows.length * columns.length];
        double[] line = new double[width];
        for (int i = 0; i < rows.length; i++) {
            for (int c = 0; c < width; c++) {
                line[c] = 0;
                for (int r = 0; r < rows[i].length; r++) {
                    line[c] += rows[i][r] * plane[r * width + c];
                }
            }
            for (int j = 0; j < columns.length; j++) {
                double sum = 0;
                for (int c = 0; c < width; c++) {
                    sum += columns[j][c] * line[c];
                }
                out[i * columns.length + j] = sum;
            }
        }
        return out;
    }
}
