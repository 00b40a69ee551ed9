package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;

/**
 * GoDec: a scene as the sum of a low-rank part, a sparse one and noise.
 *
 * <p>Over the n valid pixels, the columns of X, it minimises |X - L - S|<sup>2</sup> where L has rank r at most and S no more than c n B entries
 * that are not zero. Both are found in turn, each exactly while the other stays: L is X - S within the r strongest eigenvectors
 * of (X - S)(X - S)', and S holds the largest entries of X - L. (The paper draws the eigenvectors at random, which is faster for matrices that
 * are wide in both directions; a scene has few bands.) The residual falls with every iteration, to a minimum that need not be
 * the least. The mean is not removed first: it takes one of the r directions.
 *
 * <p>What is learnt is a background without its rare and strong entries, see {@link LowRankBackground}. Invalid pixels take no part.
 * Keeps S for the whole scene, in float64; costs about B<sup>2</sup> + 4 B r flops a pixel and iteration. Immutable and thread-safe.
 * Reference: Zhou and Tao, "GoDec: randomized low-rank and sparse matrix decomposition in noisy case", 2011.
 *
 * <pre>{@code
 * LowRankBackground background = GoDec.withDefaults().withRank(20).fit(scene, context);
 * }</pre>
 */
public final class GoDec {
    private static final double LEAST_FALL = 1e-3;
    private static final double NOTHING = 1e-28;

    private final int rank;
    private final double sparsity;
    private final int maxIterations;

    private GoDec(int rank, double sparsity, int maxIterations) {
        this.rank = rank;
        this.sparsity = sparsity;
        this.maxIterations = maxIterations;
    }

    /**
     * With rank 28 and .004 of the entries, which the authors of LSMAD use, and 100 iterations at most.
     *
     * @return the method
     */
    public static GoDec withDefaults() {
        return new GoDec(28, 0.004, 100);
    }

    /**
     * Another rank of L.
     *
     * @param directions r, at least 1; more than bands are as many as bands, and S is then empty
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public GoDec withRank(int directions) {
        return new GoDec(requireRank(directions), sparsity, maxIterations);
    }

    static int requireRank(int directions) {
        if (directions < 1) {
            throw new IllegalArgumentException("the rank must be at least 1, not " + directions);
        }
        return directions;
    }

    /**
     * The rank of L.
     *
     * @return r
     */
    public int rank() {
        return rank;
    }

    /**
     * Another share of entries in S.
     *
     * @param share c, from 0 to 0.5
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or above 0.5
     */
    public GoDec withSparsity(double share) {
        if (!(share >= 0 && share <= 0.5)) {
            throw new IllegalArgumentException("the share of sparse entries must be from 0 to 0.5, not " + share);
        }
        return new GoDec(rank, share, maxIterations);
    }

    /**
     * The share of entries in S.
     *
     * @return c
     */
    public double sparsity() {
        return sparsity;
    }

    /**
     * Another number of iterations at most; it ends when the squared residual falls by less than a thousandth.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public GoDec withMaxIterations(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, not " + count);
        }
        return new GoDec(rank, sparsity, count);
    }

    /**
     * The number of iterations at most.
     *
     * @return at least one
     */
    public int maxIterations() {
        return maxIterations;
    }

    /**
     * Decomposes a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return statistics of the low-rank part; the same for any number of threads
     * @throws IllegalArgumentException if the scene has no valid pixel, samples so large that their squares overflow, or more
     *     entries than the memory limit allows
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public LowRankBackground fit(Cube cube, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Background.statistics(cube, context);
        int bands = cube.bands();
        int r = Math.min(rank, bands);
        long most = (long) (sparsity * statistics.count() * bands);
        if (r == bands || most == 0) {
            double[][] basis = basis(statistics, r);
            return background(statistics, basis, diagnostics(0, true, r, 0, 0).since(start));
        }
        context.requireMemory(8L * cube.samples(), "the sparse part of the scene");
        // The valid pixels of a tile follow each other from the number of its first pixel on.
        double[][] sparse = new double[bands][cube.pixels()];
        double energy = energy(statistics);
        double residual = energy;
        boolean converged = false;
        int iterations = 0;
        while (iterations < maxIterations && !converged) {
            double[][] basis = basis(statistics, r);
            residuals(cube, sparse, basis, context);
            double left = keepLargest(sparse, most, context);
            converged = (iterations > 0 && residual - left <= LEAST_FALL * residual) || left <= NOTHING * energy;
            residual = left;
            iterations++;
            statistics = withoutSparse(cube, sparse, context);
        }
        Diagnostics diagnostics =
                diagnostics(iterations, converged, r, most, energy == 0 ? 0 : Math.sqrt(residual / energy));
        return background(statistics, basis(statistics, r), diagnostics.since(start));
    }

    private static Diagnostics diagnostics(
            int iterations, boolean converged, int rank, long sparseEntries, double residual) {
        Diagnostics none = Diagnostics.none();
        return new Diagnostics(converged, iterations, none.elapsed(), none.figures(), none.notes())
                .with("rank", rank)
                .with("sparse-entries", (double) sparseEntries)
                .with("residual", residual);
    }

    /** Sum of the squared samples. */
    private static double energy(MeanScatter statistics) {
        double[][] correlation = statistics.correlation();
        double sum = 0;
        for (int b = 0; b < correlation.length; b++) {
            sum += statistics.count() * correlation[b][b];
        }
        return sum;
    }

    /** The strongest eigenvectors of the products about zero. */
    private static double[][] basis(MeanScatter statistics, int rank) {
        return Arrays.copyOf(Dense.eigen(statistics.correlation()).vectors(), rank);
    }

    private static void subtract(PixelTile tile, double[][] sparse) {
        double[][] planes = tile.planes();
        for (int b = 0; b < sparse.length; b++) {
            for (int i = 0; i < tile.size(); i++) {
                planes[b][i] -= sparse[b][tile.first() + i];
            }
        }
    }

    private static MeanScatter withoutSparse(Cube cube, double[][] sparse, RunContext context) {
        return Tiles.reduce(
                        cube,
                        context,
                        "low-rank part",
                        () -> new MeanScatter.Accumulator(sparse.length),
                        (own, tile) -> {
                            subtract(tile, sparse);
                            own.add(tile);
                        },
                        MeanScatter.Accumulator::join)
                .toMeanScatter();
    }

    /** Replaces S by X - L. */
    private static void residuals(Cube cube, double[][] sparse, double[][] basis, RunContext context) {
        int bands = cube.bands();
        int capacity = PixelTile.capacityFor(bands);
        double[][] transposed = new double[bands][basis.length];
        for (int b = 0; b < bands; b++) {
            for (int k = 0; k < basis.length; k++) {
                transposed[b][k] = basis[k][b];
            }
        }
        Tiles.forEach(
                cube,
                context,
                "sparse part",
                () -> new double[][][] {new double[basis.length][capacity], new double[bands][capacity]},
                (own, tile) -> {
                    subtract(tile, sparse);
                    tile.multiply(basis, own[0]);
                    Kernels.best().multiply(transposed, own[0], tile.size(), own[1]);
                    double[][] planes = tile.planes();
                    for (int b = 0; b < bands; b++) {
                        for (int i = 0; i < tile.size(); i++) {
                            sparse[b][tile.first() + i] += planes[b][i] - own[1][b][i];
                        }
                    }
                });
    }

    /** Leaves the largest entries and returns the sum of the squares of the others. */
    private static double keepLargest(double[][] entries, long most, RunContext context) {
        double limit = LargestMagnitudes.exceededBy(entries, most, context);
        double[] left = new double[entries.length];
        Parallel.run(context, "sparse part", entries.length, () -> limit, (own, b) -> left[b] = keep(entries[b], own));
        return Arrays.stream(left).sum();
    }

    private static double keep(double[] entries, double limit) {
        double left = 0;
        for (int i = 0; i < entries.length; i++) {
            if (!(Math.abs(entries[i]) > limit)) {
                left += entries[i] * entries[i];
                entries[i] = 0;
            }
        }
        return left;
    }

    /** Mean and scatter of the projection of the pixels. */
    private static LowRankBackground background(MeanScatter statistics, double[][] basis, Diagnostics diagnostics) {
        int bands = statistics.bands();
        double[][] projector = new double[bands][bands];
        for (double[] v : basis) {
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    projector[a][b] += v[a] * v[b];
                }
            }
        }
        double[] mean = new double[bands];
        for (int a = 0; a < bands; a++) {
            mean[a] = Background.dot(projector[a], statistics.mean());
        }
        double[][] scatter = product(projector, product(statistics.covariance(), projector));
        double pairs = Math.max(1, statistics.count() - 1.0);
        for (double[] row : scatter) {
            for (int b = 0; b < bands; b++) {
                row[b] *= pairs;
            }
        }
        return new LowRankBackground(MeanScatter.of(statistics.count(), mean, scatter), basis.length, diagnostics);
    }

    private static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left.length][right.length];
        for (int a = 0; a < left.length; a++) {
            for (int k = 0; k < right.length; k++) {
                for (int b = 0; b < right.length; b++) {
                    product[a][b] += left[a][k] * right[k][b];
                }
            }
        }
        return product;
    }
}
