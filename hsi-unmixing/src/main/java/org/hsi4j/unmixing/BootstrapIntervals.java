package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/**
 * Intervals for abundances by solving again: the residuals of each pixel are put back onto its model with random signs, and the
 * percentiles of the abundances of these replicates are the limits.
 *
 * <p>With f = E a and r = y - f a replicate is f + c s r, where c<sup>2</sup> = B / (B - d) makes up for the d positive abundances
 * and s is +1 or -1 with equal chance, the same within a block of neighbouring bands (wild bootstrap: each band keeps the size of
 * its own residual, and a block the correlation in it). The limits are the percentiles (1 - level) / 2 and (1 + level) / 2, with
 * linear interpolation between the order statistics. They follow the constraints of the solver by themselves.
 *
 * <p><b>What to expect.</b> The coverage is some percent below the level, more so with few bands or long blocks (few signs), and
 * at the boundary, where this bootstrap is not consistent: at the level .95 the simulations with 30 bands saw .92 to .93 inside the
 * simplex and .90 to .96 beside an abundance of zero, where {@link CovarianceIntervals} kept .94 or more. A penalty shifts the
 * estimate and its replicates alike: the intervals do not show that bias. Errors of the endmembers are not in it.
 *
 * <p>For any solver that solves each pixel by itself. Invalid pixels are NaN. Costs as many solutions as there are replicates;
 * holds p times the replicates for each pixel of a tile. The random numbers of a tile depend on the seed and its place, so the result
 * is the same for any number of threads. Immutable and thread-safe.
 *
 * <pre>{@code
 * AbundanceIntervals limits = BootstrapIntervals.withDefaults().of(scene, endmembers, Fcls.withDefaults(), context);
 * }</pre>
 */
public final class BootstrapIntervals {
    private static final BootstrapIntervals DEFAULTS = new BootstrapIntervals(0.95, 200, 1, 1);

    /** From here on an abundance is not zero: solvers that iterate leave rounding. */
    private static final double POSITIVE = 1e-9;

    private final double level;
    private final int replicates;
    private final int blockLength;
    private final long seed;

    private BootstrapIntervals(double level, int replicates, int blockLength, long seed) {
        this.level = level;
        this.replicates = replicates;
        this.blockLength = blockLength;
        this.seed = seed;
    }

    /**
     * At the level .95, with 200 replicates, blocks of one band and the seed 1.
     *
     * @return the settings
     */
    public static BootstrapIntervals withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another level.
     *
     * @param share of intervals that are to hold the truth, between zero and one; .95 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between zero and one
     */
    public BootstrapIntervals withLevel(double share) {
        return new BootstrapIntervals(AbundanceIntervals.requireLevel(share), replicates, blockLength, seed);
    }

    /**
     * The level.
     *
     * @return between zero and one
     */
    public double level() {
        return level;
    }

    /**
     * Another number of replicates.
     *
     * @param count at least two; 200 by default, and 1000 or more for levels above .95
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than two
     */
    public BootstrapIntervals withReplicates(int count) {
        if (count < 2) {
            throw new IllegalArgumentException("at least two replicates are needed, not " + count);
        }
        return new BootstrapIntervals(level, count, blockLength, seed);
    }

    /**
     * The number of replicates.
     *
     * @return at least two
     */
    public int replicates() {
        return replicates;
    }

    /**
     * Another length of blocks.
     *
     * @param bands neighbours whose residuals keep their signs to each other, at least one; 1 by default, for noise that is
     *     independent between bands; more where it is not, or where the model does not fit
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public BootstrapIntervals withBlockLength(int bands) {
        if (bands < 1) {
            throw new IllegalArgumentException("a block has at least one band, not " + bands);
        }
        return new BootstrapIntervals(level, replicates, bands, seed);
    }

    /**
     * The length of blocks.
     *
     * @return bands, at least one
     */
    public int blockLength() {
        return blockLength;
    }

    /**
     * Another seed.
     *
     * @param newSeed any number; 1 by default
     * @return a changed copy
     */
    public BootstrapIntervals withSeed(long newSeed) {
        return new BootstrapIntervals(level, replicates, blockLength, newSeed);
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Solves a scene, and as many replicates of it.
     *
     * @param cube the scene
     * @param endmembers as many bands as the scene
     * @param solver one that solves each pixel by itself
     * @param context threads, progress, cancellation and memory limit
     * @return the intervals, with the figures {@code mean_width}, {@code replicates} and {@code unconverged} (solutions of
     *     replicates that were given up)
     * @throws IllegalArgumentException if the bands do not fit, the solver looks at other pixels too, it divides by a brightness,
     *     or the memory limit would be exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public AbundanceIntervals of(Cube cube, Endmembers endmembers, AbundanceSolver solver, RunContext context) {
        Passes.requireBands(cube, endmembers);
        requirePixelwise(solver, endmembers);
        Abundances found = solver.solve(cube, endmembers, context);
        if (found.brightness().isPresent()) {
            throw new IllegalArgumentException(
                    solver.name() + " divides abundances by their brightness: intervals are for those that are not");
        }
        return of(cube, endmembers, found, solver, context);
    }

    /** The model of a solver, which must solve each pixel by itself. */
    static PixelAbundanceModel requirePixelwise(AbundanceSolver solver, Endmembers endmembers) {
        if (solver.fit(endmembers) instanceof PixelAbundanceModel model) {
            return model;
        }
        throw new IllegalArgumentException(
                solver.name() + " looks at more than one pixel at a time: these intervals are for solvers that do not");
    }

    /** For abundances that were found; if they are shares of a brightness, the solver gives them before the division. */
    AbundanceIntervals of(
            Cube cube, Endmembers endmembers, Abundances found, AbundanceSolver solver, RunContext context) {
        PixelAbundanceModel model = requirePixelwise(solver, endmembers);
        int p = endmembers.count();
        int capacity = PixelTile.capacityFor(cube.bands());
        context.requireMemory(
                8L * p * (3L * cube.pixels() + (long) replicates * capacity * context.parallelism()),
                "the limits and replicates of the abundances");
        long start = System.nanoTime();
        MapBuilder low = new MapBuilder(cube.rows(), cube.columns(), p);
        MapBuilder high = new MapBuilder(cube.rows(), cube.columns(), p);
        List<Worker> all = Collections.synchronizedList(new ArrayList<>());
        Tiles.forEach(
                cube,
                context,
                "intervals",
                () -> {
                    Worker worker = new Worker(endmembers.toMatrix(), found, model, capacity, context);
                    all.add(worker);
                    return worker;
                },
                (worker, tile) -> {
                    worker.apply(tile);
                    low.put(tile, worker.low);
                    high.put(tile, worker.high);
                });
        long unconverged =
                all.stream().mapToLong(worker -> worker.solver.unconverged()).sum();
        return AbundanceIntervals.of(
                low.toAbundances(found.maps().names())
                        .withGeoReference(cube.geoReference().orElse(null)),
                high.toAbundances(found.maps().names())
                        .withGeoReference(cube.geoReference().orElse(null)),
                level,
                new Diagnostics(
                                unconverged == 0 && found.diagnostics().converged(),
                                all.stream()
                                        .mapToLong(worker -> worker.solver.iterations())
                                        .sum(),
                                java.time.Duration.ZERO,
                                java.util.Map.of(),
                                List.of())
                        .with("replicates", (double) replicates)
                        .with("unconverged", (double) unconverged)
                        .since(start));
    }

    /** One thread's buffers. */
    private final class Worker {
        private final double[][] matrix;
        private final DoubleBuffer[] maps;
        private final @Nullable DoubleBuffer brightness;
        private final PixelAbundanceModel.Worker solver;
        private final RunContext context;
        private final double[][] abundances;
        private final double[][] fitted;
        private final double[][] residual;
        private final double[] scale;
        private final double[][] signs;
        private final double[][] output;
        private final double[][][] samples;
        private final double[] sorted = new double[replicates];
        private final double[][] low;
        private final double[][] high;

        Worker(double[][] matrix, Abundances found, PixelAbundanceModel model, int capacity, RunContext context) {
            int p = found.maps().count();
            this.matrix = matrix;
            this.maps = IntStream.range(0, p).mapToObj(found.maps()::asBuffer).toArray(DoubleBuffer[]::new);
            this.brightness = found.brightness().map(ScoreMap::asBuffer).orElse(null);
            this.solver = model.worker();
            this.context = context;
            this.abundances = new double[p][capacity];
            this.fitted = new double[matrix.length][capacity];
            this.residual = new double[matrix.length][capacity];
            this.scale = new double[capacity];
            this.signs = new double[(matrix.length + blockLength - 1) / blockLength][capacity];
            this.output = new double[p][capacity];
            this.samples = new double[p][capacity][replicates];
            this.low = new double[p][capacity];
            this.high = new double[p][capacity];
        }

        void apply(PixelTile tile) {
            int n = tile.size();
            fit(tile, n);
            // One stream a tile, whichever thread solves it; the multiplier keeps the streams of neighbours apart.
            SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * tile.first());
            for (int r = 0; r < replicates; r++) {
                context.checkCancelled();
                replicate(tile, n, random);
                solver.apply(tile, output);
                if (brightness != null) {
                    divideBySums(n);
                }
                for (int k = 0; k < output.length; k++) {
                    for (int i = 0; i < n; i++) {
                        samples[k][i][r] = output[k][i];
                    }
                }
            }
            for (int k = 0; k < output.length; k++) {
                for (int i = 0; i < n; i++) {
                    System.arraycopy(samples[k][i], 0, sorted, 0, replicates);
                    Arrays.sort(sorted);
                    low[k][i] = percentile((1 - level) / 2);
                    high[k][i] = percentile((1 + level) / 2);
                }
            }
        }

        private void divideBySums(int n) {
            for (int i = 0; i < n; i++) {
                double sum = 0;
                for (double[] plane : output) {
                    sum += plane[i];
                }
                for (double[] plane : output) {
                    plane[i] = sum > 0 ? plane[i] / sum : 0;
                }
            }
        }

        private void fit(PixelTile tile, int n) {
            for (int k = 0; k < maps.length; k++) {
                for (int i = 0; i < n; i++) {
                    double light = brightness == null ? 1 : brightness.get(tile.pixel(i));
                    abundances[k][i] = light * maps[k].get(tile.pixel(i));
                }
            }
            Kernels.best().multiply(matrix, abundances, n, fitted);
            for (int i = 0; i < n; i++) {
                int positive = 0;
                for (double[] plane : abundances) {
                    positive += Math.abs(plane[i]) > POSITIVE ? 1 : 0;
                }
                scale[i] = Math.sqrt((double) matrix.length / Math.max(1, matrix.length - positive));
            }
            double[][] planes = tile.planes();
            for (int b = 0; b < matrix.length; b++) {
                for (int i = 0; i < n; i++) {
                    residual[b][i] = (planes[b][i] - fitted[b][i]) * scale[i];
                }
            }
        }

        /** A pixel takes 64 signs from each random number. */
        private void replicate(PixelTile tile, int n, SplittableRandom random) {
            for (int i = 0; i < n; i++) {
                long bits = 0;
                for (int block = 0; block < signs.length; block++) {
                    bits = block % 64 == 0 ? random.nextLong() : bits >>> 1;
                    signs[block][i] = (bits & 1) == 0 ? -1 : 1;
                }
            }
            double[][] planes = tile.planes();
            for (int b = 0; b < matrix.length; b++) {
                double[] sign = signs[b / blockLength];
                for (int i = 0; i < n; i++) {
                    planes[b][i] = fitted[b][i] + sign[i] * residual[b][i];
                }
            }
        }

        private double percentile(double share) {
            double at = share * (replicates - 1);
            int below = (int) at;
            double above = sorted[Math.min(below + 1, replicates - 1)];
            return sorted[below] + (at - below) * (above - sorted[below]);
        }
    }
}
