package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of each cluster of a scene's pixels, by k-means.
 *
 * <p>A pixel is of the cluster whose centre is the nearest to it by Euclidean distance, and a centre is the mean of its pixels. Centres
 * start at K draws from the Gaussian law of the whole background, which need a seed but no pixel, and move for at most 50 rounds or until the
 * squared distances explained rise by less than a millionth. A cluster with fewer than two pixels a band is dissolved, and its pixels go to the nearest centre
 * left; when fewer than two are left, the whole background is the one cluster. Detectors use the covariance of a cluster's n pixels and of
 * 10 B more that have the covariance W within all clusters, C = ((n - 1) S + 10 B W) / (n + 10 B - 1); what still cannot be factored is loaded.
 *
 * <p>The pixels of another part of the scene, or of another scene, are {@linkplain #counting counted} by the same centres, and the two can be
 * joined. Invalid pixels take no part. Costs 2 K B flops a pixel and round, and twice B<sup>2</sup>. Immutable, serialisable, thread-safe.
 *
 * @serial exclude
 */
public final class ClusterBackground extends BackgroundStatistics {
    private static final long serialVersionUID = 1L;

    private static final int MOST_ROUNDS = 50;

    private static final double LEAST_RISE = 1e-6;

    private final double[] origin;
    private final double[][] centres;
    private final MeanScatter[] clusters;
    private final SceneBackground whole;
    private final Diagnostics diagnostics;

    private ClusterBackground(
            double[] origin,
            double[][] centres,
            MeanScatter[] clusters,
            SceneBackground whole,
            Diagnostics diagnostics) {
        this.origin = origin;
        this.centres = centres;
        this.clusters = clusters;
        this.whole = whole;
        this.diagnostics = diagnostics;
    }

    static int requireClusters(int count) {
        if (count < 1 || count > 1000) {
            throw new IllegalArgumentException("the number of clusters must be from 1 to 1000, not " + count);
        }
        return count;
    }

    /**
     * Finds the clusters of a scene, and their statistics.
     *
     * @param cube scene whose valid pixels are background, but for a few
     * @param clusters K, how many to begin with, from 1 to 1000
     * @param seed of the first centres
     * @param context threads, progress, cancellation and memory limit
     * @return the background
     * @throws IllegalArgumentException if the number of clusters is out of range, the scene has no valid pixel, or samples so large or so
     *     small that their variance does not fit into a double
     */
    public static ClusterBackground of(Cube cube, int clusters, long seed, RunContext context) {
        requireClusters(clusters);
        long start = System.nanoTime();
        SceneBackground whole = SceneBackground.of(cube, Shrinkage.AUTO, context);
        double[] origin = whole.covariance().mean();
        double[][] centres = firstCentres(whole.covariance(), clusters, new Random(seed));
        double[][] used = centres; // those that the counts belong to
        long[] counts = new long[clusters];
        double explained = 0;
        boolean converged = false;
        int rounds = 0;
        while (rounds < MOST_ROUNDS && !converged) {
            double[][] current = centres;
            used = current;
            Sums sums = Tiles.reduce(
                    cube, context, "clusters", () -> new Sums(origin, current, cube.bands()), Sums::add, Sums::plus);
            converged = rounds > 0 && sums.explained - explained <= LEAST_RISE * Math.abs(sums.explained);
            explained = sums.explained;
            counts = sums.counts;
            centres = sums.means();
            rounds++;
        }
        List<double[]> large = new ArrayList<>();
        for (int k = 0; k < clusters; k++) {
            if (counts[k] >= 2L * cube.bands()) {
                large.add(used[k]);
            }
        }
        Diagnostics diagnostics = Diagnostics.none()
                .with("rounds", rounds)
                .with("converged", converged ? 1 : 0)
                .with("clusters", Math.max(1, large.size()));
        if (large.size() < 2) {
            double[][] one = {new double[cube.bands()]};
            return new ClusterBackground(
                    origin,
                    one,
                    new MeanScatter[] {whole.statistics()},
                    whole,
                    diagnostics
                            .note("the background was not divided: at most one cluster has two pixels a band")
                            .since(start));
        }
        double[][] left = large.toArray(new double[0][]);
        return new ClusterBackground(
                origin, left, statistics(cube, origin, left, context), whole, diagnostics.since(start));
    }

    /**
     * The pixels of another part by the centres of this one.
     *
     * @param part of as many bands, with a valid pixel
     * @param context threads, progress, cancellation and memory limit
     * @return a background of that part, which can be joined with this one
     * @throws IllegalArgumentException if there is another number of bands, or no valid pixel
     */
    public ClusterBackground counting(Cube part, RunContext context) {
        if (part.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the background has " + bands() + " bands but the cube has " + part.bands());
        }
        long start = System.nanoTime();
        SceneBackground all = SceneBackground.of(part, Shrinkage.AUTO, context);
        MeanScatter[] own =
                centres.length == 1 ? new MeanScatter[] {all.statistics()} : statistics(part, origin, centres, context);
        return new ClusterBackground(
                origin,
                centres,
                own,
                all,
                Diagnostics.none().with("clusters", centres.length).since(start));
    }

    /**
     * With the pixels of a part that was {@linkplain #counting counted} by the same centres.
     *
     * @param other of the same centres
     * @return a new background
     * @throws IllegalArgumentException if the centres differ
     */
    public ClusterBackground plus(ClusterBackground other) {
        if (!Arrays.equals(origin, other.origin) || !Arrays.deepEquals(centres, other.centres)) {
            throw new IllegalArgumentException("backgrounds of different centres cannot be joined");
        }
        MeanScatter[] joined = new MeanScatter[clusters.length];
        Arrays.setAll(joined, k -> clusters[k].plus(other.clusters[k]));
        return new ClusterBackground(
                origin, centres, joined, whole.plus(other.whole), other.diagnostics.after(diagnostics));
    }

    @Override
    public int bands() {
        return origin.length;
    }

    @Override
    public long pixels() {
        return whole.pixels();
    }

    /**
     * Number of clusters that are left.
     *
     * @return at least one
     */
    public int clusters() {
        return clusters.length;
    }

    /**
     * What a cluster has by itself.
     *
     * @param cluster its number, from zero
     * @return its statistics
     * @throws IndexOutOfBoundsException if there is no such cluster
     */
    public MeanScatter cluster(int cluster) {
        return clusters[Objects.checkIndex(cluster, clusters.length)];
    }

    /**
     * All clusters together.
     *
     * @return the background of the whole scene
     */
    public SceneBackground whole() {
        return whole;
    }

    @Override
    DetectionModel model(double loading, Part part, RunContext context) {
        long start = System.nanoTime() - diagnostics.elapsed().toNanos();
        Diagnostics all = diagnostics.after(whole.diagnostics());
        if (clusters.length == 1) {
            Background estimate = Background.of(whole.covariance().loaded(loading), start);
            return new ClusterModel(
                    origin,
                    centres,
                    List.of(part.of(estimate)),
                    diagnostics.after(estimate.diagnostics()).since(start));
        }
        double[][] within = Borrowed.within(List.of(clusters));
        List<PixelDetectionModel> models = new ArrayList<>();
        for (int k = 0; k < clusters.length; k++) {
            CovarianceEstimate estimate =
                    CovarianceEstimate.of(Borrowed.joined(clusters[k], within)).loaded(loading);
            models.add(part.of(Background.of(estimate, start)));
            for (String note : estimate.diagnostics().notes()) {
                all = all.note("cluster " + k + ": " + note);
            }
        }
        return new ClusterModel(origin, centres, models, all.since(start));
    }

    /** Relative to the mean of the background. */
    private static double[][] firstCentres(CovarianceEstimate whole, int clusters, Random random) {
        double[][] lower = Dense.cholesky(whole.matrix()).orElseThrow();
        double[][] centres = new double[clusters][whole.bands()];
        double[] g = new double[whole.bands()];
        for (double[] centre : centres) {
            for (int b = 0; b < g.length; b++) {
                g[b] = random.nextGaussian();
                for (int a = 0; a <= b; a++) {
                    centre[b] += lower[b][a] * g[a];
                }
            }
        }
        return centres;
    }

    private static MeanScatter[] statistics(Cube cube, double[] origin, double[][] centres, RunContext context) {
        context.requireMemory(4L * cube.pixels(), "the map of the clusters");
        int[] labels = new int[cube.pixels()];
        Tiles.forEach(cube, context, "clusters", () -> new Nearest(origin, centres, cube.bands()), (own, tile) -> {
            own.find(tile.planes(), tile.size());
            for (int i = 0; i < tile.size(); i++) {
                labels[tile.pixel(i)] = own.label(i);
            }
        });
        MeanScatter[] clusters = new MeanScatter[centres.length];
        for (int k = 0; k < centres.length; k++) {
            int cluster = k;
            Mask mask = Mask.of(cube.rows(), cube.columns(), i -> labels[i] == cluster);
            clusters[k] = MeanScatter.of(cube.masked(mask), context);
        }
        return clusters;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ClusterBackground that
                && Arrays.equals(origin, that.origin)
                && Arrays.deepEquals(centres, that.centres)
                && Arrays.equals(clusters, that.clusters)
                && whole.equals(that.whole);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(clusters);
    }

    @Override
    public String toString() {
        return "background of " + clusters.length + " clusters, " + pixels() + " pixels in " + bands() + " bands";
    }

    /** The nearest centres of the pixels of a tile; the buffers of one thread. */
    static final class Nearest {
        private final double[] origin;
        private final double[][] centres;
        private final double[] halfSquares;
        private final double[][] differences;
        private final double[][] products;
        private final int[] labels;

        /** Centres are relative to the origin, which costs no digits where the samples are far from zero. */
        Nearest(double[] origin, double[][] centres, int bands) {
            int capacity = PixelTile.capacityFor(bands);
            this.origin = origin;
            this.centres = centres;
            this.halfSquares = new double[centres.length];
            for (int k = 0; k < centres.length; k++) {
                for (double c : centres[k]) {
                    halfSquares[k] += 0.5 * c * c;
                }
            }
            this.differences = new double[bands][capacity];
            this.products = new double[centres.length][capacity];
            this.labels = new int[capacity];
        }

        /** Finds the labels; returns half of what the centres explain of the squared distances from the origin. */
        double find(double[][] planes, int n) {
            for (int b = 0; b < origin.length; b++) {
                for (int i = 0; i < n; i++) {
                    differences[b][i] = planes[b][i] - origin[b];
                }
            }
            Kernels.best().multiply(centres, differences, n, products);
            double explained = 0;
            for (int i = 0; i < n; i++) {
                int best = 0;
                double most = products[0][i] - halfSquares[0];
                for (int k = 1; k < centres.length; k++) {
                    double value = products[k][i] - halfSquares[k];
                    if (value > most) {
                        most = value;
                        best = k;
                    }
                }
                labels[i] = best;
                explained += most;
            }
            return explained;
        }

        int label(int i) {
            return labels[i];
        }

        double[][] differences() {
            return differences;
        }
    }

    /** Sums of the pixels of each cluster. */
    private static final class Sums {
        private final Nearest nearest;
        private final double[][] centres;
        private final double[][] sums;
        private final long[] counts;
        private double explained;

        Sums(double[] origin, double[][] centres, int bands) {
            this.nearest = new Nearest(origin, centres, bands);
            this.centres = centres;
            this.sums = new double[centres.length][bands];
            this.counts = new long[centres.length];
        }

        void add(PixelTile tile) {
            int n = tile.size();
            explained += nearest.find(tile.planes(), n);
            for (int i = 0; i < n; i++) {
                counts[nearest.label(i)]++;
            }
            double[][] x = nearest.differences();
            for (int b = 0; b < x.length; b++) {
                for (int i = 0; i < n; i++) {
                    sums[nearest.label(i)][b] += x[b][i];
                }
            }
        }

        Sums plus(Sums later) {
            explained += later.explained;
            for (int k = 0; k < counts.length; k++) {
                counts[k] += later.counts[k];
                for (int b = 0; b < sums[k].length; b++) {
                    sums[k][b] += later.sums[k][b];
                }
            }
            return this;
        }

        /** A centre without a pixel stays where it is. */
        double[][] means() {
            double[][] means = new double[sums.length][];
            for (int k = 0; k < sums.length; k++) {
                means[k] = counts[k] == 0 ? centres[k] : sums[k].clone();
                for (int b = 0; counts[k] > 0 && b < means[k].length; b++) {
                    means[k][b] /= counts[k];
                }
            }
            return means;
        }
    }
}
