package org.hsi4j.detection;

import java.util.Arrays;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * The filter of {@link Mag1c} on one group of columns after another; for one thread at a time.
 *
 * <p>The scatter of the background's pixels is summed once. Taking q tau out of them, with one value q a pixel, changes it by
 * S - s tau' - tau s' + (q'q) tau tau', where s is the scatter between pixels and q: an iteration costs O(n B), not O(n B^2).
 */
final class GasColumns {
    /** Columns are kept in this many ppm m, in which the weights and the guard of the paper are meant. */
    private static final double UNIT = 1e5;

    private static final double TINY_COLUMN = 1e-9;

    private final Setting setting;
    private final int bands;
    private final double[] absorption; // per UNIT
    private final PixelTile tile;
    private final double[][] copies; // the background's pixels, where not all are
    private final int[] places; // of the background's pixels in the tile
    private final double[][] scratch;
    private final double[][] scatter;
    private final double[][] covariance;
    private final double[] centre;
    private final double[] mean;
    private final double[] target;
    private final double[] cross;
    private final double[][] weights;
    private final double[][] products;
    private final double[] albedo;
    private final double[] column; // c of each pixel, in UNIT
    private final double[] removed; // q = r c of each of the background's pixels
    private double energy; // tau' C^-1 tau
    private double shrinkage;

    /** What is sought and how. */
    @SuppressWarnings("ArrayRecordComponent") // the array is the method's own and is not changed
    record Setting(
            double[] absorption,
            @Nullable SensorNoise noise,
            int iterations,
            boolean albedoCorrection,
            int fewestPixels) {}

    /** The maps to be filled, by threads that work on different columns. */
    @SuppressWarnings("ArrayRecordComponent") // written on purpose
    record Maps(double[] enhancement, double[] uncertainty, double[] sensitivity) {
        Maps(int pixels) {
            this(new double[pixels], new double[pixels], new double[pixels]);
            Arrays.fill(enhancement, Double.NaN);
            Arrays.fill(uncertainty, Double.NaN);
            Arrays.fill(sensitivity, Double.NaN);
        }
    }

    GasColumns(Setting setting, PixelTile tile) {
        this.setting = setting;
        this.tile = tile;
        bands = tile.bands();
        absorption = setting.absorption().clone();
        for (int b = 0; b < bands; b++) {
            absorption[b] *= UNIT;
        }
        int pixels = tile.capacity();
        copies = new double[bands][pixels];
        places = new int[pixels];
        scratch = Kernels.best().scatterScratch(bands, pixels);
        scatter = new double[bands][bands];
        covariance = new double[bands][bands];
        centre = new double[bands];
        mean = new double[bands];
        target = new double[bands];
        cross = new double[bands];
        weights = new double[2][bands];
        products = new double[2][pixels];
        albedo = new double[pixels];
        column = new double[pixels];
        removed = new double[pixels];
    }

    /** Fills the maps in a group of columns. Returns the shrinkage, NaN when the group is skipped. */
    double measure(Cube cube, Region region, Mask background, Maps maps) {
        Cube part = cube.crop(region);
        part.read(0, part.pixels(), tile);
        int n = tile.size();
        int good = findBackground(region, background);
        if (good < setting.fewestPixels()) {
            return Double.NaN;
        }
        double[][] pixels = tile.planes();
        double[][] own = good == n ? pixels : packed(pixels, good);
        shrinkage = 0;
        sumScatter(own, good);
        measureAlbedo(pixels, n);
        for (int iteration = 0; iteration <= setting.iterations(); iteration++) {
            learn(own, good, iteration);
            if (!aim(good)) {
                return Double.NaN;
            }
            filter(pixels, n, iteration);
        }
        write(pixels, n, region, cube.columns(), maps);
        return shrinkage;
    }

    private int findBackground(Region region, Mask background) {
        int good = 0;
        for (int i = 0; i < tile.size(); i++) {
            int pixel = tile.pixel(i);
            int row = pixel / region.columns();
            if (background.get(row, region.column() + pixel % region.columns())) {
                places[good++] = i;
            }
        }
        return good;
    }

    private double[][] packed(double[][] pixels, int good) {
        for (int b = 0; b < bands; b++) {
            double[] from = pixels[b];
            double[] to = copies[b];
            for (int i = 0; i < good; i++) {
                to[i] = from[places[i]];
            }
        }
        return copies;
    }

    private void sumScatter(double[][] own, int good) {
        for (double[] row : scatter) {
            Arrays.fill(row, 0.0);
        }
        Kernels.best().means(own, good, centre);
        Kernels.best().addScatter(own, good, centre, scratch, scatter);
        for (int b = 0; b < bands; b++) {
            if (!Double.isFinite(scatter[b][b]) || !Double.isFinite(centre[b] * centre[b])) {
                throw new IllegalArgumentException("samples are so large that their squares overflow; scale the cube");
            }
        }
    }

    private void measureAlbedo(double[][] pixels, int n) {
        if (!setting.albedoCorrection()) {
            Arrays.fill(albedo, 0, n, 1.0);
            return;
        }
        double norm = dot(centre, centre, bands);
        for (int b = 0; b < bands; b++) {
            weights[0][b] = centre[b] / norm;
        }
        multiply(pixels, n, 1);
        System.arraycopy(products[0], 0, albedo, 0, n);
    }

    private void multiply(double[][] pixels, int n, int rows) {
        Kernels.best().multiply(Arrays.copyOf(weights, rows), pixels, n, products);
    }

    /** Mean and covariance of the background without the gas found so far. */
    private void learn(double[][] own, int good, int iteration) {
        if (iteration == 0) {
            System.arraycopy(centre, 0, mean, 0, bands);
            fillCovariance(good, 0.0, false);
            return;
        }
        double sum = 0;
        for (int i = 0; i < good; i++) {
            int place = places[i];
            removed[i] = albedo[place] > 0 ? albedo[place] * column[place] : 0;
            sum += removed[i];
        }
        double average = sum / good;
        double squares = 0;
        for (int i = 0; i < good; i++) {
            removed[i] -= average;
            squares += removed[i] * removed[i];
        }
        for (int b = 0; b < bands; b++) {
            // The sum of the differences is zero, so the centre need not be taken off; it is to keep digits.
            cross[b] = dot(own[b], removed, good) - centre[b] * sumOf(removed, good);
            mean[b] = centre[b] - average * target[b];
        }
        fillCovariance(good, squares, true);
    }

    private void fillCovariance(int good, double squares, boolean corrected) {
        for (int a = 0; a < bands; a++) {
            for (int b = a; b < bands; b++) {
                double sum = scatter[a][b];
                if (corrected) {
                    sum += squares * target[a] * target[b] - cross[a] * target[b] - target[a] * cross[b];
                }
                covariance[a][b] = sum / (good - 1);
                covariance[b][a] = covariance[a][b];
            }
        }
    }

    /** Finds C^-1 tau; false when the target is nothing. */
    private boolean aim(int good) {
        for (int b = 0; b < bands; b++) {
            target[b] = absorption[b] * mean[b];
        }
        double[] direction = target.clone();
        Dense.solve(factor(good), direction);
        energy = dot(direction, target, bands);
        System.arraycopy(direction, 0, weights[0], 0, bands);
        return energy > 0 && Double.isFinite(energy);
    }

    private double[][] factor(int good) {
        double variance = 0;
        for (int b = 0; b < bands; b++) {
            variance += covariance[b][b] / bands;
        }
        if (!(variance > 0)) {
            // Nothing varies: any small variance gives the same answer, no gas.
            variance = Math.max(1e-24 * dot(mean, mean, bands) / bands, Double.MIN_NORMAL);
        }
        double alpha = good > bands ? 0 : (double) bands / (bands + good);
        Optional<double[][]> lower = Dense.cholesky(shrunk(alpha, variance));
        while (lower.isEmpty()) {
            if (alpha >= 1) {
                throw new IllegalArgumentException("the covariance of a column cannot be factored; scale the cube");
            }
            alpha = Math.min(1, Math.max(1e-10, 100 * alpha));
            lower = Dense.cholesky(shrunk(alpha, variance));
        }
        shrinkage = Math.max(shrinkage, alpha);
        return lower.get();
    }

    private double[][] shrunk(double alpha, double variance) {
        if (alpha == 0) {
            return covariance;
        }
        double[][] matrix = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                matrix[a][b] = (1 - alpha) * covariance[a][b];
            }
            matrix[a][a] += alpha * variance;
        }
        return matrix;
    }

    private void filter(double[][] pixels, int n, int iteration) {
        multiply(pixels, n, 1);
        double offset = dot(weights[0], mean, bands);
        double scale = iteration == 0 ? energy : Math.max(1, energy);
        double[] signal = products[0];
        for (int i = 0; i < n; i++) {
            double r = albedo[i];
            double f = signal[i] - offset;
            if (iteration == 0) {
                column[i] = f / (r * scale);
            } else {
                double weight = 1 / (r * (column[i] + TINY_COLUMN));
                column[i] = (f - weight) / (r * scale);
            }
            if (setting.iterations() > 0) {
                column[i] = Math.max(0, column[i]);
            }
        }
    }

    private void write(double[][] pixels, int n, Region region, int width, Maps maps) {
        for (int b = 0; b < bands; b++) {
            weights[1][b] = weights[0][b] * absorption[b];
        }
        multiply(pixels, n, 2);
        for (int i = 0; i < n; i++) {
            if (!(albedo[i] > 0)) {
                continue;
            }
            int pixel = tile.pixel(i);
            int place = pixel / region.columns() * width + region.column() + pixel % region.columns();
            double signal = Math.abs(products[1][i]);
            maps.enhancement()[place] = column[i] * UNIT;
            maps.sensitivity()[place] = signal / energy;
            maps.uncertainty()[place] = Math.sqrt(noisePower(pixels, i)) / signal * UNIT;
        }
    }

    /** v' N v of a pixel. */
    private double noisePower(double[][] pixels, int i) {
        SensorNoise noise = setting.noise();
        if (noise == null) {
            return energy; // v' C v
        }
        double sum = 0;
        for (int b = 0; b < bands; b++) {
            double root = Math.sqrt(Math.max(0, noise.shift().value(b) + pixels[b][i]));
            double deviation = weights[0][b]
                    * (noise.scale().value(b) * root + noise.offset().value(b));
            sum += deviation * deviation;
        }
        return sum;
    }

    private static double sumOf(double[] x, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += x[i];
        }
        return sum;
    }

    /** Four sums side by side, because one would wait for itself. */
    private static double dot(double[] x, double[] y, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 3 < n; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < n; i++) {
            s0 += x[i] * y[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
