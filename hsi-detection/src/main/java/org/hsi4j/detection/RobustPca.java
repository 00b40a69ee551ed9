package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;

/**
 * Robust principal components by the inexact augmented Lagrangian method: min |L|<sub>*</sub> + w |S|<sub>1</sub> with L + S = X, see
 * {@link RpcaRx}. Each iteration is one pass over the scene: what S and the multipliers of a tile become needs the spectral filter of the last
 * pass alone, and gives this tile's share of the products from which the next one is found.
 */
final class RobustPca {
    private static final double LARGEST_GROWTH = 1e7;

    private final Cube cube;
    private final RunContext context;
    private final int bands;
    private final double weight;
    /** The valid pixels of a tile follow each other from the number of its first pixel on. */
    private final double[][] sparse;

    private final double[][] multipliers;

    private RobustPca(Cube cube, double weight, RunContext context) {
        this.cube = cube;
        this.context = context;
        this.bands = cube.bands();
        this.weight = weight;
        context.requireMemory(24L * cube.samples(), "the sparse part of the scene and its multipliers");
        this.sparse = new double[bands][cube.pixels()];
        this.multipliers = new double[bands][cube.pixels()];
    }

    /**
     * The sparse part.
     *
     * @param sparse a cube like the scene
     * @param diagnostics iterations, convergence, {@code rank} of the low-rank part, {@code residual}
     */
    record Result(Cube sparse, Diagnostics diagnostics) {}

    /**
     * Decomposes a scene with at least one valid pixel.
     *
     * @param weight w times the root of the larger of the numbers of pixels and bands
     * @param tolerance of |X - L - S|, as a part of |X|
     */
    static Result decompose(
            Cube cube, double weight, double tolerance, int maxIterations, MeanScatter statistics, RunContext context) {
        long start = System.nanoTime();
        double w = weight / Math.sqrt(Math.max((double) statistics.count(), cube.bands()));
        return new RobustPca(cube, w, context).run(statistics, tolerance, maxIterations, start);
    }

    private Result run(MeanScatter statistics, double tolerance, int maxIterations, long start) {
        double[][] products = products(statistics);
        double energy = 0;
        for (int b = 0; b < bands; b++) {
            energy += products[b][b];
        }
        if (energy == 0) {
            return new Result(sparseCube(), Diagnostics.none().with("rank", 0).since(start));
        }
        double norm = Math.sqrt(Math.max(0, Dense.eigenvalues(products)[0]));
        // The first multipliers are X over this, so that both of their dual norms are one at most.
        double first = 1 / Math.max(norm, largest() / weight);
        double penalty = 1.25 / norm;
        double most = penalty * LARGEST_GROWTH;
        startMultipliers(first);
        Filter filter = Filter.of(scaled(products, square(1 + first / penalty)), penalty);
        double residual = Double.POSITIVE_INFINITY;
        int iterations = 0;
        while (iterations < maxIterations && residual > tolerance) {
            double next = Math.min(1.5 * penalty, most);
            Pass pass = pass(filter.matrix(), penalty, next);
            residual = Math.sqrt(pass.squaredResidual / energy);
            iterations++;
            if (residual > tolerance && iterations < maxIterations) {
                filter = Filter.of(products(pass.statistics.toMeanScatter()), next);
                penalty = next;
            }
        }
        Diagnostics none = Diagnostics.none();
        Diagnostics diagnostics = new Diagnostics(
                        residual <= tolerance, iterations, none.elapsed(), none.figures(), none.notes())
                .with("rank", filter.rank())
                .with("residual", residual);
        return new Result(sparseCube(), diagnostics.since(start));
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[][] products(MeanScatter statistics) {
        return scaled(statistics.correlation(), (double) statistics.count());
    }

    private static double[][] scaled(double[][] matrix, double factor) {
        for (double[] row : matrix) {
            for (int b = 0; b < row.length; b++) {
                row[b] *= factor;
            }
        }
        return matrix;
    }

    private double largest() {
        return Tiles.reduce(
                cube,
                context,
                "largest sample",
                () -> new double[1],
                (own, tile) -> {
                    for (double[] plane : tile.planes()) {
                        for (int i = 0; i < tile.size(); i++) {
                            own[0] = Math.max(own[0], Math.abs(plane[i]));
                        }
                    }
                },
                (left, right) -> new double[] {Math.max(left[0], right[0])})[0];
    }

    private void startMultipliers(double first) {
        Tiles.forEach(cube, context, "multipliers", () -> first, (own, tile) -> {
            double[][] planes = tile.planes();
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < tile.size(); i++) {
                    multipliers[b][tile.first() + i] = own * planes[b][i];
                }
            }
        });
    }

    /** Soft thresholding of the singular values of A, as a matrix from the left: V diag(max(0, 1 - t / s)) V'. */
    @SuppressWarnings("ArrayRecordComponent") // used in this class alone
    private record Filter(double[][] matrix, int rank) {

        static Filter of(double[][] products, double penalty) {
            Dense.Eigen eigen = Dense.eigen(products);
            int n = products.length;
            double[][] matrix = new double[n][n];
            int rank = 0;
            for (int k = 0; k < n; k++) {
                double singular = Math.sqrt(Math.max(0, eigen.values()[k]));
                if (singular * penalty > 1) {
                    rank++;
                    addProduct(matrix, eigen.vectors()[k], 1 - 1 / (singular * penalty));
                }
            }
            return new Filter(matrix, rank);
        }

        private static void addProduct(double[][] matrix, double[] v, double factor) {
            for (int a = 0; a < v.length; a++) {
                for (int b = 0; b < v.length; b++) {
                    matrix[a][b] += factor * v[a] * v[b];
                }
            }
        }
    }

    private Pass pass(double[][] filter, double penalty, double next) {
        return Tiles.reduce(cube, context, "sparse part", () -> new Pass(filter, penalty, next), Pass::add, Pass::join);
    }

    /** One iteration over some tiles. */
    private final class Pass {
        private final double[][] filter;
        private final double penalty;
        private final double next;
        private final double[][] lowRank = new double[bands][PixelTile.capacityFor(bands)];
        private final MeanScatter.Accumulator statistics = new MeanScatter.Accumulator(bands);
        private double squaredResidual;

        Pass(double[][] filter, double penalty, double next) {
            this.filter = filter;
            this.penalty = penalty;
            this.next = next;
        }

        void add(PixelTile tile) {
            int n = tile.size();
            double[][] planes = tile.planes();
            for (int b = 0; b < bands; b++) {
                combine(planes[b], sparse[b], multipliers[b], 1 / penalty, tile.first(), n);
            }
            Kernels.best().multiply(filter, planes, n, lowRank);
            for (int b = 0; b < bands; b++) {
                step(planes[b], lowRank[b], sparse[b], multipliers[b], tile.first(), n);
            }
            statistics.add(tile);
        }

        /** X becomes A = X - S + M / penalty. */
        private static void combine(double[] x, double[] s, double[] m, double factor, int at, int n) {
            for (int i = 0; i < n; i++) {
                x[i] += factor * m[at + i] - s[at + i];
            }
        }

        /** S and M move on, and A becomes that of the next iteration. */
        private void step(double[] a, double[] l, double[] s, double[] m, int at, int n) {
            double threshold = weight / penalty;
            double factor = 1 / penalty;
            double nextFactor = 1 / next;
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double x = a[i] + s[at + i] - factor * m[at + i];
                double e = x - l[i] + factor * m[at + i];
                double shrunk = e - Math.max(-threshold, Math.min(threshold, e));
                double left = x - l[i] - shrunk;
                s[at + i] = shrunk;
                m[at + i] += penalty * left;
                sum += left * left;
                a[i] = x - shrunk + nextFactor * m[at + i];
            }
            squaredResidual += sum;
        }

        Pass join(Pass later) {
            statistics.join(later.statistics);
            squaredResidual += later.squaredResidual;
            return this;
        }
    }

    private Cube sparseCube() {
        Cube.Builder builder = Cube.builderLike(cube, bands, Precision.DOUBLE);
        int capacity = PixelTile.capacityFor(bands);
        Tiles.forEach(cube, context, "sparse part", () -> new double[bands][capacity], (own, tile) -> {
            for (int b = 0; b < bands; b++) {
                System.arraycopy(sparse[b], tile.first(), own[b], 0, tile.size());
            }
            builder.put(tile, own);
        });
        return builder.build();
    }
}
