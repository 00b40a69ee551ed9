package org.hsi4j.stats;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/**
 * Number, mean and scatter of some pixels: n, m = (1/n) sum x and S = sum (x - m)(x - m)'. Two of them can be joined and
 * taken apart again, so statistics may be gathered in tiles, lines or on many machines.
 *
 * <p>All sums run in float64. Each tile is centred on its own mean before its scatter is summed, and tiles are joined by
 * the pairwise rule of Chan, Golub and LeVeque (1979), so a large mean costs no digits. The variance of a constant band is
 * exactly zero. Invalid pixels are left out.
 * Immutable, serialisable, thread-safe.
 *
 * <pre>{@code
 * MeanScatter all = MeanScatter.of(scene, RunContext.defaults());
 * double[][] covariance = all.covariance();
 * }</pre>
 *
 * @serial exclude
 */
public final class MeanScatter implements Serializable {
    private static final long serialVersionUID = 1L;

    private final long count;
    private final double[] mean;
    private final double[][] scatter;

    private MeanScatter(long count, double[] mean, double[][] scatter) {
        this.count = count;
        this.mean = mean;
        this.scatter = scatter;
    }

    /**
     * Of no pixel.
     *
     * @param bands number of bands, at least one
     * @return the neutral element of {@link #plus}
     * @throws IllegalArgumentException if there is no band
     */
    public static MeanScatter empty(int bands) {
        if (bands < 1) {
            throw new IllegalArgumentException("statistics need at least one band, not " + bands);
        }
        return new MeanScatter(0, new double[bands], new double[bands][bands]);
    }

    /**
     * Of the valid pixels of a scene, in one pass. Costs B<sup>2</sup> flops a pixel.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the statistics; the same for any number of threads
     * @throws IllegalArgumentException if the sums exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static MeanScatter of(Cube cube, RunContext context) {
        int bands = cube.bands();
        long partial = 8L * bands * (bands + PixelTile.capacityFor(bands));
        context.requireMemory(partial * (Tiles.mostPartials(cube, context) + 1L), "the scatter of the scene");
        // A partial result that was joined serves again: memory that is new costs more than the sums of a few tiles.
        Queue<Accumulator> joined = new ConcurrentLinkedQueue<>();
        return Tiles.reduce(
                        cube,
                        context,
                        "statistics",
                        () -> Objects.requireNonNullElseGet(joined.poll(), () -> new Accumulator(bands)),
                        Accumulator::add,
                        (total, part) -> {
                            total.join(part);
                            part.clear();
                            joined.add(part);
                            return total;
                        })
                .toMeanScatter();
    }

    /**
     * What was summed elsewhere.
     *
     * @param count number of pixels
     * @param mean one value a band; without meaning when there is no pixel
     * @param scatter B x B sums of products about the mean, not divided by anything; only the upper triangle is read
     * @return the statistics, which hold copies
     * @throws IllegalArgumentException if the count is negative, there is no band or the scatter is not B x B
     */
    public static MeanScatter of(long count, double[] mean, double[][] scatter) {
        int bands = mean.length;
        if (count < 0) {
            throw new IllegalArgumentException("there cannot be " + count + " pixels");
        }
        if (scatter.length != bands) {
            throw new IllegalArgumentException(
                    "the scatter has " + scatter.length + " rows but the mean has " + bands + " bands");
        }
        MeanScatter result = empty(bands);
        for (int a = 0; a < bands; a++) {
            if (scatter[a].length != bands) {
                throw new IllegalArgumentException("row " + a + " of the scatter has " + scatter[a].length
                        + " values but the mean has " + bands + " bands");
            }
            for (int b = a; b < bands && count > 0; b++) {
                result.scatter[a][b] = scatter[a][b];
                result.scatter[b][a] = scatter[a][b];
            }
        }
        return count == 0 ? result : new MeanScatter(count, mean.clone(), result.scatter);
    }

    /**
     * Number of pixels.
     *
     * @return zero or more
     */
    public long count() {
        return count;
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return mean.length;
    }

    /**
     * A copy of the mean.
     *
     * @return one value a band; zeros when there is no pixel
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The sample covariance S / (n - 1).
     *
     * @return B x B; zeros when there are fewer than two pixels
     */
    public double[][] covariance() {
        return scaledScatter(count < 2 ? 0.0 : 1.0 / (count - 1), 0.0);
    }

    /**
     * The correlation matrix (1/n) sum x x', which is not centred.
     *
     * @return B x B; zeros when there is no pixel
     */
    public double[][] correlation() {
        return count == 0 ? new double[bands()][bands()] : scaledScatter(1.0 / count, 1.0);
    }

    private double[][] scaledScatter(double scale, double meanWeight) {
        int bands = bands();
        double[][] matrix = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                matrix[a][b] = scatter[a][b] * scale + meanWeight * mean[a] * mean[b];
            }
        }
        return matrix;
    }

    /**
     * The statistics of these pixels and others together.
     *
     * @param other statistics of the others
     * @return new statistics
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public MeanScatter plus(MeanScatter other) {
        requireBands(other);
        if (other.count == 0) {
            return this;
        }
        if (count == 0) {
            return other;
        }
        return combine(other, 1);
    }

    /**
     * The statistics of these pixels without some of them: what {@link #plus} undoes, to rounding.
     *
     * @param part statistics of some of these pixels
     * @return new statistics
     * @throws IllegalArgumentException if the numbers of bands differ or the part has more pixels
     */
    public MeanScatter minus(MeanScatter part) {
        requireBands(part);
        if (part.count > count) {
            throw new IllegalArgumentException("cannot take " + part.count + " pixels from " + count);
        }
        if (part.count == count) {
            return empty(bands());
        }
        return part.count == 0 ? this : combine(part, -1);
    }

    /** n = n1 + s n2; S = S1 + s S2 + s (n1 n2 / n) d d' with d = m2 - m1: the pairwise rule, and its inverse for s = -1. */
    private MeanScatter combine(MeanScatter other, int sign) {
        int bands = bands();
        long n = count + sign * other.count;
        double share = sign * (double) other.count / n;
        double weight = sign * ((double) count * other.count / n);
        double[] m = new double[bands];
        double[] d = new double[bands];
        for (int b = 0; b < bands; b++) {
            d[b] = other.mean[b] - mean[b];
            m[b] = mean[b] + share * d[b];
        }
        double[][] s = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                s[a][b] = scatter[a][b] + sign * other.scatter[a][b] + weight * (d[a] * d[b]);
            }
        }
        return new MeanScatter(n, m, s);
    }

    private void requireBands(MeanScatter other) {
        if (other.bands() != bands()) {
            throw new IllegalArgumentException(
                    "statistics of " + other.bands() + " bands do not go with statistics of " + bands() + " bands");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof MeanScatter that
                && count == that.count
                && Arrays.equals(mean, that.mean)
                && Arrays.deepEquals(scatter, that.scatter);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) * 31 + Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return "mean and scatter of " + count + " pixels in " + bands() + " bands";
    }

    /** Gathers tiles. Mutable, for one thread at a time. */
    public static final class Accumulator {
        private long count;
        private final double[] mean;
        private final double[][] scatter; // upper triangle
        private final double[] tileMean;
        private double[][] scratch = new double[0][];
        private int scratchPixels;

        /**
         * Starts with no pixel.
         *
         * @param bands number of bands, at least one
         * @throws IllegalArgumentException if there is no band
         */
        public Accumulator(int bands) {
            if (bands < 1) {
                throw new IllegalArgumentException("statistics need at least one band, not " + bands);
            }
            mean = new double[bands];
            scatter = new double[bands][bands];
            tileMean = new double[bands];
        }

        /**
         * Adds the valid pixels of a tile.
         *
         * @param tile the tile, which is not changed
         * @throws IllegalArgumentException if the tile has another number of bands
         */
        public void add(PixelTile tile) {
            if (tile.bands() != mean.length) {
                throw new IllegalArgumentException(
                        "the tile has " + tile.bands() + " bands but the statistics have " + mean.length);
            }
            int n = tile.size();
            if (n == 0) {
                return;
            }
            if (scratchPixels < n) {
                scratchPixels = tile.capacity();
                scratch = Kernels.best().scatterScratch(mean.length, scratchPixels);
            }
            tile.addScatter(tileMean, scratch, scatter);
            shift(n, tileMean);
        }

        /**
         * Takes in what another one has gathered, for example in {@link org.hsi4j.run.Tiles#reduce}.
         *
         * @param later of the same number of bands; it is not changed
         * @return this
         * @throws IllegalArgumentException if the numbers of bands differ
         */
        public Accumulator join(Accumulator later) {
            if (later.mean.length != mean.length) {
                throw new IllegalArgumentException(
                        "statistics of " + later.mean.length + " bands cannot join those of " + mean.length);
            }
            if (later.count > 0) {
                for (int a = 0; a < mean.length; a++) {
                    for (int b = a; b < mean.length; b++) {
                        scatter[a][b] += later.scatter[a][b];
                    }
                }
                shift(later.count, later.mean);
            }
            return this;
        }

        private void clear() {
            count = 0;
            Arrays.fill(mean, 0);
            for (double[] row : scatter) {
                Arrays.fill(row, 0);
            }
        }

        /** Accounts for n more pixels of another mean, whose scatter about that mean was added already. */
        private void shift(long n, double[] otherMean) {
            long total = count + n;
            double weight = (double) count * n / total;
            double share = (double) n / total;
            double[] d = new double[mean.length];
            for (int b = 0; b < d.length; b++) {
                d[b] = otherMean[b] - mean[b];
            }
            if (weight > 0) {
                for (int a = 0; a < d.length; a++) {
                    double w = weight * d[a];
                    double[] row = scatter[a];
                    for (int b = a; b < d.length; b++) {
                        row[b] += w * d[b];
                    }
                }
            }
            for (int b = 0; b < d.length; b++) {
                mean[b] += share * d[b];
            }
            count = total;
        }

        /**
         * The statistics so far.
         *
         * @return a copy
         */
        public MeanScatter toMeanScatter() {
            int bands = mean.length;
            double[][] full = new double[bands][bands];
            for (int a = 0; a < bands; a++) {
                for (int b = a; b < bands; b++) {
                    full[a][b] = scatter[a][b];
                    full[b][a] = scatter[a][b];
                }
            }
            return new MeanScatter(count, mean.clone(), full);
        }
    }
}
