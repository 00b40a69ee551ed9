package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Weighted means, variances and covariance of two images in a sliding square window, as SSIM and UIQI compare them. The
 * weight of a pixel is the product of its row's and its column's. Statistics are of the population and found from differences
 * to a pixel of the window, first down each column and then across the columns: a window of equal values has exactly no
 * variance. Costs some 20 flops a side and pixel, instead of a square of the side.
 */
final class WindowStatistics {
    private final double[] weights;

    /**
     * A window.
     *
     * @param weights one a row and column of the window; their sum is one
     */
    WindowStatistics(double[] weights) {
        this.weights = weights;
    }

    /** How like each other two images are in one window. */
    @FunctionalInterface
    interface Index {
        double of(double meanX, double meanY, double varianceX, double varianceY, double covariance);
    }

    /**
     * Mean of an index over the windows of each band that lie inside the image and hold only pixels valid in both cubes.
     *
     * @return one mean a band
     */
    List<Double> bandMeans(Cube estimate, Cube truth, Index index, String stage, RunContext context) {
        CubePair.requireSameShape(estimate, truth);
        int side = weights.length;
        int columns = truth.columns();
        Mask valid = estimate.validMask().and(truth.validMask());
        boolean[] inside = windows(valid, side);
        long planes = 16L * truth.pixels() * Math.min(context.parallelism(), truth.bands());
        context.requireMemory(planes, "the planes that are compared");
        double[] means = new double[truth.bands()];
        Parallel.run(
                context,
                stage,
                means.length,
                () -> new Line(columns),
                (line, b) -> means[b] = mean(estimate.plane(b), truth.plane(b), inside, line, index));
        List<Double> list = new ArrayList<>();
        for (double mean : means) {
            list.add(mean);
        }
        return list;
    }

    /** Whether the window whose first pixel this is lies inside the image and holds valid pixels only. */
    private static boolean[] windows(Mask valid, int side) {
        int columns = valid.columns();
        boolean[] inside = new boolean[valid.rows() * columns];
        int[] down = new int[columns];
        boolean any = false;
        for (int r = valid.rows() - 1; r >= 0; r--) {
            int across = 0;
            for (int c = columns - 1; c >= 0; c--) {
                down[c] = valid.get(r * columns + c) ? down[c] + 1 : 0;
                across = down[c] >= side ? across + 1 : 0;
                inside[r * columns + c] = across >= side;
                any |= across >= side;
            }
        }
        if (!any) {
            throw new IllegalArgumentException("no window of " + side + "x" + side
                    + " pixels that are valid in both cubes lies in the image of " + valid.rows() + "x" + columns);
        }
        return inside;
    }

    private double mean(double[] x, double[] y, boolean[] inside, Line line, Index index) {
        int columns = line.meanX.length;
        int rows = x.length / columns;
        double total = 0;
        long count = 0;
        for (int r = 0; r + weights.length <= rows; r++) {
            line.down(x, y, r * columns, weights);
            double sum = 0;
            for (int c = 0; c + weights.length <= columns; c++) {
                if (inside[r * columns + c]) {
                    sum += line.across(c, weights, index);
                    count++;
                }
            }
            total += sum;
        }
        return total / count;
    }

    /** The statistics of each column of the window rows at hand; one thread's. */
    private static final class Line {
        private final double[] meanX;
        private final double[] meanY;
        private final double[] varianceX;
        private final double[] varianceY;
        private final double[] covariance;
        private final double[][] all;

        Line(int columns) {
            meanX = new double[columns];
            meanY = new double[columns];
            varianceX = new double[columns];
            varianceY = new double[columns];
            covariance = new double[columns];
            all = new double[][] {meanX, meanY, varianceX, varianceY, covariance};
        }

        void down(double[] x, double[] y, int first, double[] weights) {
            int columns = meanX.length;
            for (double[] sums : all) {
                Arrays.fill(sums, 0);
            }
            for (int i = 0; i < weights.length; i++) {
                double w = weights[i];
                int row = first + i * columns;
                for (int c = 0; c < columns; c++) {
                    double u = x[row + c] - x[first + c];
                    double v = y[row + c] - y[first + c];
                    meanX[c] += w * u;
                    meanY[c] += w * v;
                    varianceX[c] += w * u * u;
                    varianceY[c] += w * v * v;
                    covariance[c] += w * u * v;
                }
            }
            for (int c = 0; c < columns; c++) {
                varianceX[c] -= meanX[c] * meanX[c];
                varianceY[c] -= meanY[c] * meanY[c];
                covariance[c] -= meanX[c] * meanY[c];
                meanX[c] += x[first + c];
                meanY[c] += y[first + c];
            }
        }

        double across(int first, double[] weights, Index index) {
            double x = 0;
            double y = 0;
            double xx = 0;
            double yy = 0;
            double xy = 0;
            for (int j = 0; j < weights.length; j++) {
                double w = weights[j];
                int c = first + j;
                double u = meanX[c] - meanX[first];
                double v = meanY[c] - meanY[first];
                x += w * u;
                y += w * v;
                xx += w * (varianceX[c] + u * u);
                yy += w * (varianceY[c] + v * v);
                xy += w * (covariance[c] + u * v);
            }
            return index.of(meanX[first] + x, meanY[first] + y, xx - x * x, yy - y * y, xy - x * y);
        }
    }
}
