package org.hsi4j.unmixing;

import java.util.Arrays;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/**
 * How a pixel y comes to few coordinates and back: z = U'(y - m), divided by h'y where there is an h, and m + U U'(y - m).
 *
 * @param basis U', one orthonormal row a coordinate
 * @param mean m; zeros for a linear subspace
 * @param height h; null when nothing is divided by
 * @param floor pixels with h'y up to this get coordinates of zero
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out of the package and never compared
record Reduction(double[][] basis, double[] mean, double @Nullable [] height, double floor) {

    /** The first {@code dimension} eigenvectors of (1/N) sum y y'. */
    static Reduction linear(MeanScatter statistics, int dimension) {
        double[][] vectors = Dense.eigen(statistics.correlation()).vectors();
        return new Reduction(Arrays.copyOf(vectors, dimension), new double[statistics.bands()], null, 0);
    }

    /** The first {@code dimension} eigenvectors of the covariance, about the mean. */
    static Reduction affine(MeanScatter statistics, int dimension) {
        double[][] vectors = Dense.eigen(statistics.covariance()).vectors();
        return new Reduction(Arrays.copyOf(vectors, dimension), statistics.mean(), null, 0);
    }

    /** The linear one with each pixel divided by the sum over the bands of its projection. */
    static Reduction normalised(MeanScatter statistics, int dimension) {
        double[][] basis = linear(statistics, dimension).basis();
        double[] ones = new double[statistics.bands()];
        Arrays.fill(ones, 1);
        double[] height = within(basis, ones);
        return new Reduction(
                basis,
                new double[statistics.bands()],
                height,
                1e-6 * Math.max(0, Vectors.dot(height, statistics.mean())));
    }

    /** The linear one with each pixel scaled to the plane z'u = 1, u the mean of z. */
    static Reduction projective(MeanScatter statistics, int dimension) {
        double[][] basis = linear(statistics, dimension).basis();
        double[] height = within(basis, statistics.mean());
        return new Reduction(
                basis, new double[statistics.bands()], height, 1e-6 * Vectors.dot(height, statistics.mean()));
    }

    /** The part of a spectrum in the span of orthonormal directions. */
    private static double[] within(double[][] basis, double[] y) {
        double[] part = new double[y.length];
        for (double[] direction : basis) {
            double u = Vectors.dot(direction, y);
            for (int b = 0; b < part.length; b++) {
                part[b] += u * direction[b];
            }
        }
        return part;
    }

    int dimension() {
        return basis.length;
    }

    /** One over h'y, or zero where that is not a number to divide by. */
    private double factor(double h) {
        return h > floor ? 1 / h : 0;
    }

    double[] coordinates(double[] y) {
        double factor = height == null ? 1 : factor(Vectors.dot(height, y));
        double[] z = new double[basis.length];
        for (int k = 0; k < z.length; k++) {
            z[k] = factor * (Vectors.dot(basis[k], y) - Vectors.dot(basis[k], mean));
        }
        return z;
    }

    /** The spectrum m + U z. */
    double[] spectrum(double[] z) {
        double[] y = mean.clone();
        for (int k = 0; k < z.length; k++) {
            for (int b = 0; b < y.length; b++) {
                y[b] += z[k] * basis[k][b];
            }
        }
        return y;
    }

    /** The spectrum without what lies outside the subspace. */
    double[] project(double[] y) {
        return spectrum(new Reduction(basis, mean, null, 0).coordinates(y));
    }

    Worker worker(int capacity) {
        double[][] weights = basis;
        if (height != null) {
            weights = Arrays.copyOf(basis, basis.length + 1);
            weights[basis.length] = height;
        }
        double[] offsets = new double[weights.length];
        for (int k = 0; k < basis.length; k++) {
            offsets[k] = -Vectors.dot(basis[k], mean);
        }
        return new Worker(weights, offsets, new double[weights.length][capacity]);
    }

    /** One thread's buffers. */
    final class Worker {
        private final double[][] weights;
        private final double[] offsets;
        private final double[][] products;

        private Worker(double[][] weights, double[] offsets, double[][] products) {
            this.weights = weights;
            this.offsets = offsets;
            this.products = products;
        }

        void coordinates(PixelTile tile, double[][] z) {
            tile.multiply(weights, products);
            for (int k = 0; k < z.length; k++) {
                for (int i = 0; i < tile.size(); i++) {
                    double factor = height == null ? 1 : factor(products[z.length][i]);
                    z[k][i] = factor * (products[k][i] + offsets[k]);
                }
            }
        }
    }
}
