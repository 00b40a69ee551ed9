package org.hsi4j.stats;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** Multiplies directions with the scatter of a scene, pass by pass, without forming it. */
final class RangeFinder {
    private final Cube cube;
    private final RunContext context;
    private final long count;
    private final double[] mean;
    private final double total;

    private RangeFinder(Cube cube, RunContext context, Moments moments) {
        this.cube = cube;
        this.context = context;
        this.count = moments.count;
        this.mean = moments.mean;
        this.total = moments.total;
    }

    static RangeFinder of(Cube cube, RunContext context) {
        int bands = cube.bands();
        return new RangeFinder(
                cube,
                context,
                Tiles.reduce(cube, context, "mean", () -> new Moments(bands), Moments::add, Moments::join));
    }

    long count() {
        return count;
    }

    double[] mean() {
        return mean;
    }

    /** Trace of the scatter. */
    double total() {
        return total;
    }

    /** Rows of Q S for rows of Q. */
    double[][] scatterTimes(double[][] directions) {
        return sum("range", () -> new Product(directions, mean));
    }

    /** Q S Q'. */
    double[][] scatterInside(double[][] directions) {
        double[][] upper = sum("scatter", () -> new Inside(directions, mean));
        for (int i = 0; i < upper.length; i++) {
            for (int j = 0; j < i; j++) {
                upper[i][j] = upper[j][i];
            }
        }
        return upper;
    }

    private double[][] sum(String stage, java.util.function.Supplier<Projected> empty) {
        return Tiles.reduce(cube, context, stage, empty, Projected::add, Projected::join).sum;
    }

    private static void add(double[] z, double w, double[] y) {
        for (int b = 0; b < z.length; b++) {
            z[b] += w * y[b];
        }
    }

    /** Number, mean and total scatter, joined by the pairwise rule. */
    private static final class Moments {
        private final double[] mean;
        private final double[] tileMean;
        private double[] norms = new double[0];
        private long count;
        private double total;

        Moments(int bands) {
            mean = new double[bands];
            tileMean = new double[bands];
        }

        void add(PixelTile tile) {
            int n = tile.size();
            if (n == 0) {
                return;
            }
            if (norms.length < n) {
                norms = new double[tile.capacity()];
            }
            Kernels kernels = Kernels.best();
            kernels.means(tile.planes(), n, tileMean);
            centre(tile, tileMean);
            kernels.squaredNorms(tile.planes(), n, norms);
            double spread = 0;
            for (int i = 0; i < n; i++) {
                spread += norms[i];
            }
            join(n, tileMean, spread);
        }

        Moments join(Moments later) {
            if (later.count > 0) {
                join(later.count, later.mean, later.total);
            }
            return this;
        }

        private void join(long n, double[] otherMean, double spread) {
            double share = (double) n / (count + n);
            double apart = 0;
            for (int b = 0; b < mean.length; b++) {
                double d = otherMean[b] - mean[b];
                apart += d * d;
                mean[b] += share * d;
            }
            total += spread + count * share * apart;
            count += n;
        }
    }

    private static void centre(PixelTile tile, double[] mean) {
        for (int b = 0; b < mean.length; b++) {
            double[] plane = tile.planes()[b];
            for (int i = 0; i < tile.size(); i++) {
                plane[i] -= mean[b];
            }
        }
    }

    /** A sum over the pixels of something made of their projections on some directions. */
    private abstract static class Projected {
        private final double[][] directions;
        private final double[] mean;
        final double[][] sum;
        double[][] projections = new double[0][0];

        Projected(double[][] directions, double[] mean, int columns) {
            this.directions = directions;
            this.mean = mean;
            this.sum = new double[directions.length][columns];
        }

        void add(PixelTile tile) {
            if (projections.length == 0) {
                projections = new double[directions.length][tile.capacity()];
            }
            centre(tile, mean);
            Kernels.best().multiply(directions, tile.planes(), tile.size(), projections);
            add(tile.planes(), tile.size(), tile.capacity());
        }

        abstract void add(double[][] planes, int n, int capacity);

        Projected join(Projected later) {
            for (int k = 0; k < sum.length; k++) {
                RangeFinder.add(sum[k], 1, later.sum[k]);
            }
            return this;
        }
    }

    /** Sum of projections times pixels. */
    private static final class Product extends Projected {
        private double[][] pixels = new double[0][];

        Product(double[][] directions, double[] mean) {
            super(directions, mean, mean.length);
        }

        @Override
        void add(double[][] planes, int n, int capacity) {
            if (pixels.length == 0) {
                pixels = new double[capacity][planes.length];
            }
            for (int b = 0; b < planes.length; b++) {
                for (int i = 0; i < n; i++) {
                    pixels[i][b] = planes[b][i];
                }
            }
            int i = 0;
            for (; i + 4 <= n; i += 4) {
                for (int k = 0; k < sum.length; k++) {
                    double[] p = projections[k];
                    add4(
                            sum[k],
                            p[i],
                            pixels[i],
                            p[i + 1],
                            pixels[i + 1],
                            p[i + 2],
                            pixels[i + 2],
                            p[i + 3],
                            pixels[i + 3]);
                }
            }
            for (; i < n; i++) {
                for (int k = 0; k < sum.length; k++) {
                    RangeFinder.add(sum[k], projections[k][i], pixels[i]);
                }
            }
        }

        private static void add4(
                double[] z,
                double w0,
                double[] y0,
                double w1,
                double[] y1,
                double w2,
                double[] y2,
                double w3,
                double[] y3) {
            for (int b = 0; b < z.length; b++) {
                z[b] += w0 * y0[b] + w1 * y1[b] + w2 * y2[b] + w3 * y3[b];
            }
        }
    }

    /** Scatter of the projections, upper triangle. */
    private static final class Inside extends Projected {
        private final double[] zero;
        private double[][] scratch = new double[0][];

        Inside(double[][] directions, double[] mean) {
            super(directions, mean, directions.length);
            zero = new double[directions.length];
        }

        @Override
        void add(double[][] planes, int n, int capacity) {
            if (scratch.length == 0) {
                scratch = Kernels.best().scatterScratch(zero.length, capacity);
            }
            Kernels.best().addScatter(projections, n, zero, scratch, sum);
        }
    }
}
