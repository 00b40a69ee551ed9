package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;

/**
 * Groups of patches that look alike, shrunk to low rank. A patch is cut out of all images at once; the patches of a group are the columns
 * of a matrix, whose mean column is kept and whose singular values are multiplied by a factor. The buffers of one thread.
 */
final class PatchGroups {
    private final Kernels kernels = Kernels.best();
    private final int images;
    private final int rows;
    private final int columns;
    private final int high;
    private final int wide;
    private final int step;
    private final int windowRadius;
    private final int jointly;
    private final PatchMatcher matcher;
    private final double[][] group;
    private final double[][] shrunk;
    private final double[][] scatterScratch;
    private final double[] mean;
    private final Matrices whole;
    private final Matrices rest;

    /** By what singular values are multiplied. */
    interface Shrinkage {

        /**
         * The factor of one; falls with the singular value, and what follows a factor of zero has zero, too.
         *
         * @param squared the squared singular value
         * @param m rows of the matrix, as many as a patch has values
         * @param n columns, as many as there are patches
         * @param position of the first pixel of the reference patch in the plane
         */
        double factor(double squared, int m, int n, int position);
    }

    /** What groups say of some rows of the images: sums and how many patches they are of. */
    static final class Strip {
        private final int firstRow;
        private final double[][] sums;
        private final double[] weights;

        Strip(int firstRow, int pixels, int images) {
            this.firstRow = firstRow;
            this.sums = new double[images][pixels];
            this.weights = new double[pixels];
        }

        void clear() {
            for (double[] sum : sums) {
                Arrays.fill(sum, 0);
            }
            Arrays.fill(weights, 0);
        }
    }

    /** Groups of at most {@code mates} patches of a side, with a reference patch every {@code step} pixels. */
    PatchGroups(int images, int rows, int columns, int side, int step, int mates, int windowRadius) {
        this.images = images;
        this.rows = rows;
        this.columns = columns;
        this.step = step;
        this.windowRadius = windowRadius;
        high = Math.min(side, rows);
        wide = Math.min(side, columns);
        jointly = Math.max(1, Math.min(images, mates / (high * wide)));
        int most = high * wide * jointly;
        matcher = new PatchMatcher(rows, columns, high, wide, windowRadius, mates);
        group = new double[most][mates];
        shrunk = new double[most][mates];
        scatterScratch = kernels.scatterScratch(most, mates);
        mean = new double[most];
        whole = new Matrices(group, most);
        rest = new Matrices(group, high * wide * (images % jointly));
    }

    /** Room for what the reference patches from one row to another reach. */
    Strip strip(int first, int last) {
        int firstRow = Math.max(0, first - windowRadius);
        int endRow = Math.min(rows, last + windowRadius + high);
        return new Strip(firstRow, (endRow - firstRow) * columns, images);
    }

    /** Adds the shrunk groups of all reference patches whose first rows lie from one row to another, both included. */
    void denoise(double[][] images, double[][] pilot, Shrinkage shrinkage, int first, int last, Strip strip) {
        int lastColumn = columns - wide;
        for (int r = first; ; r = Math.min(r + step, last)) {
            for (int c = 0; ; c = Math.min(c + step, lastColumn)) {
                denoiseGroup(images, pilot, shrinkage, r, c, strip);
                if (c == lastColumn) {
                    break;
                }
            }
            if (r == last) {
                break;
            }
        }
    }

    /** Adds up the strips in their order, the same sums on any number of threads, and leaves the means in the images. */
    static void join(Strip[] strips, double[][] images, int columns) {
        double[] weights = new double[images[0].length];
        for (double[] image : images) {
            Arrays.fill(image, 0);
        }
        for (Strip strip : strips) {
            int start = strip.firstRow * columns;
            for (int i = 0; i < strip.weights.length; i++) {
                weights[start + i] += strip.weights[i];
            }
            for (int k = 0; k < images.length; k++) {
                double[] sums = strip.sums[k];
                for (int i = 0; i < sums.length; i++) {
                    images[k][start + i] += sums[i];
                }
            }
        }
        for (double[] image : images) {
            for (int i = 0; i < image.length; i++) {
                image[i] /= weights[i];
            }
        }
    }

    private void denoiseGroup(
            double[][] planes, double[][] pilot, Shrinkage shrinkage, int row, int column, Strip strip) {
        int n = matcher.match(pilot, row, column);
        for (int k = 0; k < images; k += jointly) {
            int count = Math.min(jointly, images - k);
            gather(planes, k, count, n);
            shrink(high * wide * count, n, shrinkage, row * columns + column);
            scatter(k, count, n, strip);
        }
        int[] positions = matcher.positions();
        for (int j = 0; j < n; j++) {
            int at = positions[j] - strip.firstRow * columns;
            for (int i = 0; i < high * wide; i++) {
                strip.weights[at + i / wide * columns + i % wide]++;
            }
        }
    }

    private void gather(double[][] planes, int first, int count, int n) {
        int[] positions = matcher.positions();
        for (int k = 0; k < count; k++) {
            double[] image = planes[first + k];
            for (int i = 0; i < high * wide; i++) {
                double[] target = group[k * high * wide + i];
                int offset = i / wide * columns + i % wide;
                for (int j = 0; j < n; j++) {
                    target[j] = image[positions[j] + offset];
                }
            }
        }
    }

    private void scatter(int first, int count, int n, Strip strip) {
        int[] positions = matcher.positions();
        for (int k = 0; k < count; k++) {
            double[] sums = strip.sums[first + k];
            for (int i = 0; i < high * wide; i++) {
                double[] source = shrunk[k * high * wide + i];
                int offset = i / wide * columns + i % wide - strip.firstRow * columns;
                for (int j = 0; j < n; j++) {
                    sums[positions[j] + offset] += source[j];
                }
            }
        }
    }

    /** The columns as they should be: mean + P (column - mean), with P = V f V' from the eigenvectors of the scatter. */
    private void shrink(int m, int n, Shrinkage shrinkage, int position) {
        Matrices own = m == whole.scatter.length ? whole : rest;
        double[][] scatter = own.scatter;
        double[][] in = own.group;
        clear(scatter);
        for (int a = 0; a < m; a++) {
            double sum = 0;
            for (int j = 0; j < n; j++) {
                sum += group[a][j];
            }
            mean[a] = sum / n;
        }
        kernels.addScatter(in, n, mean, scatterScratch, scatter);
        for (int a = 0; a < m; a++) {
            for (int b = 0; b < a; b++) {
                scatter[a][b] = scatter[b][a];
            }
        }
        double[][] projector = own.projector;
        project(Dense.eigen(scatter), n, shrinkage, position, projector);
        kernels.multiply(projector, in, n, shrunk);
        for (int a = 0; a < m; a++) {
            double offset = mean[a];
            for (int b = 0; b < m; b++) {
                offset -= projector[a][b] * mean[b];
            }
            double[] values = shrunk[a];
            for (int j = 0; j < n; j++) {
                values[j] += offset;
            }
        }
    }

    private static void project(Dense.Eigen eigen, int n, Shrinkage shrinkage, int position, double[][] projector) {
        int m = projector.length;
        clear(projector);
        for (int t = 0; t < m; t++) {
            double factor = shrinkage.factor(eigen.values()[t], m, n, position);
            if (factor == 0) {
                break;
            }
            double[] v = eigen.vectors()[t];
            for (int a = 0; a < m; a++) {
                double scaled = factor * v[a];
                for (int c = 0; c < m; c++) {
                    projector[a][c] += scaled * v[c];
                }
            }
        }
    }

    private static void clear(double[][] matrix) {
        for (double[] row : matrix) {
            Arrays.fill(row, 0);
        }
    }

    /** What the patches of some images need that are shrunk jointly. */
    private static final class Matrices {
        private final double[][] group;
        private final double[][] scatter;
        private final double[][] projector;

        Matrices(double[][] group, int values) {
            this.group = Arrays.copyOf(group, values);
            scatter = new double[values][values];
            projector = new double[values][values];
        }
    }
}
