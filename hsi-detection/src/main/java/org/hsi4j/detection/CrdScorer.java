package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.linalg.RowCholesky;
import org.hsi4j.run.RunContext;

/**
 * Scores the blocks of a scene by how badly rings represent their pixels; the buffers of one thread.
 *
 * <p>With fewer pixels in a ring than about two a band, the normal equations of the weights are solved. Their products are
 * those of pixels at most a window apart, which rings share: they are found once a block, along the rows of the image. With more
 * pixels the equations of the residual, one a band, are the smaller ones.
 */
final class CrdScorer {
    /** The penalty of a pixel, as a part of the larger squared norm, that can be told from rounding. */
    private static final double LEAST_PENALTY = 1e-12;

    /** A residual smaller than this part of the pixel's norm is rounding. */
    private static final double LEAST_RESIDUAL = 1e-11;

    /** Squared norms below it cannot carry the penalty, those above its inverse not the sums. */
    private static final double SMALLEST_SQUARE = 1e-280;

    private final Cube scene;
    private final RingWindow window;
    private final double[] mean;
    private final double weight;
    private final RunContext context;
    private final int bands;
    private final boolean byWeights;
    private final int reach;

    private final PixelTile tile;
    private final double[][] planes;
    private final double[][] spectra;
    private final double[][] products;
    private final double[] squaredNorms;
    private final boolean[] valid;
    private final double[] line;
    private final int[] ring;
    /** Numbers of the pixels such that the difference of two says where their product is. */
    private final int[] codes;

    private final int[] ringCodes;
    private final double[] penalties;
    private final double[][] triangle;
    private final double[] leastPivots;
    private final double[] weights;
    private final double[] residual;

    private Region area;
    private int n;

    CrdScorer(Cube scene, RingWindow window, double[] mean, double weight, RunContext context) {
        this.scene = scene;
        this.window = window;
        this.mean = mean;
        this.weight = weight;
        this.context = context;
        this.bands = scene.bands();
        this.byWeights = byWeights(window, bands);
        this.reach = window.columns().size() - 1;
        int most = window.rows().size() * window.columns().size();
        int columns = window.mostColumns();
        int pixels = window.mostRows() * columns;
        this.tile = new PixelTile(bands, columns);
        this.planes = byWeights ? new double[bands][pixels] : new double[0][];
        this.spectra = new double[pixels][bands];
        this.products = byWeights ? new double[pixels][window.rows().size() * (2 * reach + 1)] : new double[0][];
        this.squaredNorms = new double[pixels];
        this.valid = new boolean[pixels];
        this.line = new double[columns];
        this.ring = new int[most];
        this.codes = new int[pixels];
        this.ringCodes = new int[most];
        this.penalties = new double[most];
        int unknowns = byWeights ? most : bands;
        this.triangle = new double[unknowns][];
        for (int i = 0; i < unknowns; i++) {
            triangle[i] = new double[i + 1];
        }
        this.leastPivots = new double[unknowns];
        this.weights = new double[most];
        this.residual = new double[bands];
        this.area = new Region(0, 0, 1, 1);
    }

    /** Whether the equations of the weights cost less than those of the residual. */
    private static boolean byWeights(RingWindow window, int bands) {
        double n = window.size();
        double b = bands;
        return n * n * n / 3 <= n * b * b + b * b * b / 3;
    }

    /** Bytes that one scorer takes. */
    static long bytes(RingWindow window, int bands) {
        long pixels = (long) window.mostRows() * window.mostColumns();
        long most = (long) window.rows().size() * window.columns().size();
        boolean byWeights = byWeights(window, bands);
        long unknowns = byWeights ? most : bands;
        long pairs = byWeights
                ? bands + (long) window.rows().size() * (2L * window.columns().size() - 1)
                : 0;
        return 8 * pixels * (bands + pairs + 6) + 4 * unknowns * (unknowns + 7) + 28 * most;
    }

    /**
     * Scores the valid pixels of a block.
     *
     * @return how many of them had no valid pixel in their ring
     */
    int score(Region block, double[] scores) {
        area = window.around(block);
        load();
        int alone = 0;
        for (int row = block.row(); row < block.endRow(); row++) {
            context.checkCancelled();
            for (int column = block.column(); column < block.endColumn(); column++) {
                int pixel = (row - area.row()) * area.columns() + column - area.column();
                if (valid[pixel]) {
                    n = window.collect(row, column, area, valid, ring);
                    alone += n == 0 ? 1 : 0;
                    scores[row * scene.columns() + column] = score(pixel);
                }
            }
        }
        return alone;
    }

    private void load() {
        int width = area.columns();
        Arrays.fill(valid, false);
        for (double[] plane : planes) {
            Arrays.fill(plane, 0.0);
        }
        for (int row = 0; row < area.rows(); row++) {
            context.checkCancelled();
            int first = (area.row() + row) * scene.columns() + area.column();
            scene.read(first, width, tile);
            for (int i = 0; i < tile.size(); i++) {
                take(i, row * width + tile.pixel(i) - first);
            }
            if (byWeights) {
                number(row);
                multiply(row);
            }
        }
    }

    private void number(int row) {
        for (int column = 0; column < area.columns(); column++) {
            codes[row * area.columns() + column] = row * (2 * reach + 1) + column;
        }
    }

    private void take(int i, int pixel) {
        double square = 0;
        for (int b = 0; b < bands; b++) {
            double x = tile.planes()[b][i];
            spectra[pixel][b] = x;
            square += x * x;
            if (byWeights) {
                planes[b][pixel] = x;
            }
        }
        if (!(square < 1 / SMALLEST_SQUARE)) {
            throw new IllegalArgumentException(
                    "the samples are so large that their squares cannot be summed: scale the cube");
        }
        squaredNorms[pixel] = square;
        valid[pixel] = true;
    }

    /** The products of the pixels of a row with all that come before them and that a window can hold at the same time. */
    private void multiply(int row) {
        int width = area.columns();
        int span = 2 * reach + 1;
        for (int up = 0; up < Math.min(window.rows().size(), row + 1); up++) {
            for (int left = up == 0 ? 0 : -reach; left <= Math.min(reach, width - 1); left++) {
                int from = Math.max(0, left);
                int count = Math.min(width, width + left) - from;
                if (count <= 0) {
                    continue;
                }
                int pixel = row * width + from;
                multiply(pixel, pixel - up * width - left, count);
                int at = up * span + left + reach;
                for (int i = 0; i < count; i++) {
                    products[pixel + i][at] = line[i];
                }
            }
        }
    }

    private void multiply(int first, int second, int count) {
        Arrays.fill(line, 0, count, 0.0);
        int b = 0;
        for (; b + 4 <= bands; b += 4) {
            addProducts4(line, planes[b], planes[b + 1], planes[b + 2], planes[b + 3], first, second, count);
        }
        for (; b < bands; b++) {
            addProducts1(line, planes[b], first, second, count);
        }
    }

    private static void addProducts4(
            double[] out, double[] x0, double[] x1, double[] x2, double[] x3, int first, int second, int count) {
        for (int i = 0; i < count; i++) {
            out[i] += x0[first + i] * x0[second + i]
                    + x1[first + i] * x1[second + i]
                    + x2[first + i] * x2[second + i]
                    + x3[first + i] * x3[second + i];
        }
    }

    private static void addProducts1(double[] out, double[] x, int first, int second, int count) {
        for (int i = 0; i < count; i++) {
            out[i] += x[first + i] * x[second + i];
        }
    }

    private double score(int pixel) {
        double square = squaredNorms[pixel];
        if (square < SMALLEST_SQUARE) {
            return 0;
        }
        double[] y = spectra[pixel];
        if (n == 0) {
            representByMean(y);
        } else {
            double least = LEAST_PENALTY;
            while (!(byWeights ? solveForWeights(pixel, least) : solveForResidual(pixel, least))) {
                least *=
                        100; // more pixels than rounding allows; it ends at the latest when the penalty is all there is
            }
        }
        double left = 0;
        for (double r : residual) {
            left += r * r;
        }
        return left <= LEAST_RESIDUAL * LEAST_RESIDUAL * square ? 0 : Math.sqrt(left);
    }

    private void representByMean(double[] y) {
        double product = 0;
        double square = 0;
        double distance = 0;
        for (int b = 0; b < bands; b++) {
            product += mean[b] * y[b];
            square += mean[b] * mean[b];
            distance += (mean[b] - y[b]) * (mean[b] - y[b]);
        }
        double w = product / (square + weight * distance);
        for (int b = 0; b < bands; b++) {
            residual[b] = y[b] - w * mean[b];
        }
    }

    private double penalty(double squaredDistance, int sample, int pixel, double least) {
        return Math.max(weight * squaredDistance, least * Math.max(squaredNorms[sample], squaredNorms[pixel]));
    }

    private boolean solveForWeights(int pixel, double least) {
        for (int i = 0; i < n; i++) {
            int sample = ring[i];
            double product = product(sample, pixel);
            weights[i] = product;
            double[] row = triangle[i];
            ringCodes[i] = codes[sample];
            gather(products[sample], codes[sample] + reach, i, row);
            double distance = row[i] + product(pixel, pixel) - 2 * product;
            row[i] += penalty(distance, sample, pixel, least);
        }
        if (!RowCholesky.factor(triangle, n, leastPivots)) {
            return false;
        }
        RowCholesky.whiten(triangle, n, weights);
        for (int i = 0; i < n; i++) {
            weights[i] = (weights[i] - dot(triangle[i], weights, i)) / triangle[i][i];
        }
        System.arraycopy(spectra[pixel], 0, residual, 0, bands);
        for (int i = 0; i < n; i++) {
            subtract(residual, weights[i], spectra[ring[i]]);
        }
        return true;
    }

    private void gather(double[] of, int from, int last, double[] row) {
        for (int j = 0; j <= last; j++) {
            row[j] = of[from - ringCodes[j]];
        }
    }

    private double product(int pixel, int other) {
        return products[Math.max(pixel, other)][Math.abs(codes[pixel] - codes[other]) + reach];
    }

    /** In four sums, which the processor can work on at a time. */
    private static double dot(double[] x, double[] y, int count) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= count; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < count; i++) {
            s0 += x[i] * y[i];
        }
        return (s0 + s1) + (s2 + s3);
    }

    private static void subtract(double[] z, double w, double[] x) {
        for (int b = 0; b < z.length; b++) {
            z[b] -= w * x[b];
        }
    }

    private boolean solveForResidual(int pixel, double least) {
        double[] y = spectra[pixel];
        for (int i = 0; i < n; i++) {
            penalties[i] = penalty(squaredDistance(spectra[ring[i]], y), ring[i], pixel, least);
        }
        for (int b = 0; b < bands; b++) {
            Arrays.fill(triangle[b], 0.0);
            triangle[b][b] = 1;
        }
        int i = 0;
        for (; i + 2 <= n; i += 2) {
            add(spectra[ring[i]], 1 / penalties[i], spectra[ring[i + 1]], 1 / penalties[i + 1]);
        }
        if (i < n) {
            add(spectra[ring[i]], 1 / penalties[i], y, 0);
        }
        if (!RowCholesky.factor(triangle, bands, leastPivots)) {
            return false;
        }
        System.arraycopy(y, 0, residual, 0, bands);
        RowCholesky.whiten(triangle, bands, residual);
        for (int b = 0; b < bands; b++) {
            residual[b] = (residual[b] - dot(triangle[b], residual, b)) / triangle[b][b];
        }
        return true;
    }

    private static double squaredDistance(double[] x, double[] y) {
        double sum = 0;
        for (int b = 0; b < x.length; b++) {
            sum += (x[b] - y[b]) * (x[b] - y[b]);
        }
        return sum;
    }

    private void add(double[] x, double weightX, double[] y, double weightY) {
        for (int b = 0; b < bands; b++) {
            addProduct(triangle[b], weightX * x[b], x, weightY * y[b], y);
        }
    }

    private static void addProduct(double[] row, double wx, double[] x, double wy, double[] y) {
        for (int j = 0; j < row.length; j++) {
            row[j] += wx * x[j] + wy * y[j];
        }
    }
}
