package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * What remains of a scene for an alternating direction method on all its pixels: E'Y, the energy of Y, and the spectral
 * decomposition of E'E. Images are p planes of all pixels; invalid pixels hold zeros, as a pixel of zeros would.
 */
final class LibraryScene {
    /** What a thread does with a run of pixels. */
    @FunctionalInterface
    interface RightSide {

        /**
         * Writes a right-hand side.
         *
         * @param k the plane
         * @param first first pixel
         * @param n pixels
         * @param to receives n values
         */
        void fill(int k, int first, int n, double[] to);
    }

    final int p;
    final int rows;
    final int columns;
    final int pixels;
    final double[][] products;
    final boolean[] valid;
    private final double[][] gram;
    private final Dense.Eigen eigen;
    private final double energy;
    private final RunContext quiet;
    private final int run;

    /**
     * Reads a scene once.
     *
     * @param library p spectra of B values
     * @param cube the scene
     * @param context threads, progress and cancellation
     */
    LibraryScene(double[][] library, Cube cube, RunContext context) {
        this.p = library.length;
        this.rows = cube.rows();
        this.columns = cube.columns();
        this.pixels = cube.pixels();
        this.products = new double[p][pixels];
        this.valid = new boolean[pixels];
        this.quiet = context.withProgress((stage, done, total) -> {});
        this.run = PixelTile.capacityFor(2 * p);
        double[] energies = new double[pixels];
        int capacity = PixelTile.capacityFor(cube.bands());
        Tiles.forEach(cube, context, "abundances", () -> new double[p + 1][capacity], (own, tile) -> {
            int n = tile.size();
            Kernels.best().squaredNorms(tile.planes(), n, own[p]);
            Kernels.best().multiply(library, tile.planes(), n, Arrays.copyOf(own, p));
            tile.scatter(own[p], energies);
            for (int k = 0; k < p; k++) {
                tile.scatter(own[k], products[k]);
            }
        });
        double sum = 0;
        for (int i = 0; i < pixels; i++) {
            valid[i] = !Double.isNaN(energies[i]);
            sum += valid[i] ? energies[i] : 0;
        }
        this.energy = sum;
        for (double[] plane : products) {
            for (int i = 0; i < pixels; i++) {
                plane[i] = valid[i] ? plane[i] : 0;
            }
        }
        this.gram = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j <= i; j++) {
                double dot = 0;
                for (int b = 0; b < library[i].length; b++) {
                    dot += library[i][b] * library[j][b];
                }
                gram[i][j] = dot;
                gram[j][i] = dot;
            }
        }
        this.eigen = Dense.eigen(gram);
    }

    double meanSquaredLength() {
        double trace = 0;
        for (int k = 0; k < p; k++) {
            trace += gram[k][k];
        }
        return trace / p;
    }

    /** The inverse of E'E + shift I. */
    double[][] inverse(double shift) {
        double[][] vectors = eigen.vectors();
        double[][] scaled = new double[p][p];
        for (int j = 0; j < p; j++) {
            double[] vector = vectors[j];
            double factor = 1 / (Math.max(0.0, eigen.values()[j]) + shift);
            for (int i = 0; i < p; i++) {
                scaled[j][i] = factor * vector[i];
            }
        }
        double[][] inverse = new double[p][p];
        double[][] turned = new double[p][p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                turned[i][j] = vectors[j][i];
            }
        }
        Kernels.best().multiply(turned, scaled, p, inverse);
        return inverse;
    }

    /** out = matrix times the right side, for all pixels. */
    void multiply(double[][] matrix, RightSide right, double[][] out) {
        int runs = (pixels + run - 1) / run;
        Parallel.run(quiet, "abundances", runs, () -> new double[2 * p][run], (own, index) -> {
            int first = index * run;
            int n = Math.min(run, pixels - first);
            double[][] in = Arrays.copyOf(own, p);
            double[][] result = Arrays.copyOfRange(own, p, 2 * p);
            for (int k = 0; k < p; k++) {
                right.fill(k, first, n, in[k]);
            }
            Kernels.best().multiply(matrix, in, n, result);
            for (int k = 0; k < p; k++) {
                System.arraycopy(result[k], 0, out[k], first, n);
            }
        });
    }

    /** E'(Y - E a) into {@code out}, and ||Y - E a||^2 as the result. */
    double gradient(double[][] a, double[][] out) {
        multiply(gram, (k, first, n, to) -> System.arraycopy(a[k], first, to, 0, n), out);
        double product = 0;
        double square = 0;
        for (int k = 0; k < p; k++) {
            for (int i = 0; i < pixels; i++) {
                product += products[k][i] * a[k][i];
                square += out[k][i] * a[k][i];
                out[k][i] = products[k][i] - out[k][i];
            }
        }
        return Math.max(0.0, energy - 2 * product + square);
    }

    double energy() {
        return energy;
    }

    /** The planes as maps, NaN at invalid pixels; the planes are changed. */
    AbundanceMaps maps(double[][] a, List<String> names) {
        for (double[] plane : a) {
            for (int i = 0; i < pixels; i++) {
                plane[i] = valid[i] ? plane[i] : Double.NaN;
            }
        }
        return AbundanceMaps.of(rows, columns, names, a);
    }

    RunContext quiet() {
        return quiet;
    }
}
