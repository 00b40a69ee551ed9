package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.unmixing.internal.SupportSpread;
import org.jspecify.annotations.Nullable;

/**
 * Intervals for abundances from the covariance of the least-squares estimate.
 *
 * <p>In each pixel the abundances that are greater than zero form the set S (all of them without ANC), and D are the columns of
 * E in S, or with ASC their differences from one of them. The estimate on S has the covariance s<sup>2</sup>
 * (D'D)<sup>-1</sup>, or C D'N D C with C = (D'D)<sup>-1</sup> when a noise covariance N is given, because the solvers do not weigh
 * bands. An interval is the estimate plus or minus a quantile times the standard deviation, clipped to what the constraints
 * allow: that of the normal distribution with a given N; else s<sup>2</sup> is the residual of the pixel over its B - |D| degrees
 * of freedom, and the quantile that of Student's t.
 *
 * <p><b>At the boundary</b> an abundance of zero has the lower limit zero and the upper limit that its release would have: its
 * estimate on S and itself (negative), plus the quantile times its deviation. The limits of the others take in where they
 * would be with it at that upper limit, so that a pure pixel is not certain to be pure.
 *
 * <p><b>What to expect.</b> Without constraints, and with ASC alone, the coverage is exact for white Gaussian noise. With ANC it
 * holds where all abundances are several deviations from zero; near zero it is approximate, because S is itself random: for an
 * abundance of zero to three deviations the simulations saw .94 to .97 at the level .95, and no less for the others. Errors of the
 * endmembers are not in it, and noise that is correlated between bands only when N says so; a model that does not fit widens the
 * intervals through its residual.
 *
 * <p>For estimates that are not penalised ({@link Ucls}, {@link Scls}, {@link Nnls}, {@link Fcls}); l1 and variation shift
 * theirs, see {@link BootstrapIntervals}. Endmembers that depend on each other, or leave no degree of freedom, leave the limits at
 * what the constraints allow, which may be infinite, and the pixel counts in the figure {@code undetermined}. Invalid pixels are
 * NaN. Costs 4 B p flops a pixel, p<sup>2</sup> for the limits, and p matrices of S once for each set. Immutable and thread-safe.
 *
 * <pre>{@code
 * Abundances a = Fcls.withDefaults().solve(scene, endmembers, context);
 * AbundanceIntervals limits = CovarianceIntervals.withDefaults().of(scene, endmembers, a, context);
 * }</pre>
 */
public final class CovarianceIntervals {
    private static final CovarianceIntervals DEFAULTS = new CovarianceIntervals(0.95, true, true, null);

    /** From here on an abundance is not zero: solvers that iterate leave rounding. */
    private static final double POSITIVE = 1e-9;

    /** Sets of positive abundances are kept by their bits. */
    static final int MOST = 62;

    private final double level;
    private final boolean positivity;
    private final boolean sumToOne;
    private final double @Nullable [][] noise;

    private CovarianceIntervals(double level, boolean positivity, boolean sumToOne, double @Nullable [][] noise) {
        this.level = level;
        this.positivity = positivity;
        this.sumToOne = sumToOne;
        this.noise = noise;
    }

    /**
     * At the level .95, for abundances with ANC and ASC, and white noise as strong as the residual of each pixel.
     *
     * @return the settings
     */
    public static CovarianceIntervals withDefaults() {
        return DEFAULTS;
    }

    /**
     * Another level.
     *
     * @param share of intervals that are to hold the truth, between zero and one; .95 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is not between zero and one
     */
    public CovarianceIntervals withLevel(double share) {
        return new CovarianceIntervals(AbundanceIntervals.requireLevel(share), positivity, sumToOne, noise);
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
     * Whether the solver held ANC.
     *
     * @param nonNegative true by default
     * @return a changed copy
     */
    public CovarianceIntervals withPositivity(boolean nonNegative) {
        return new CovarianceIntervals(level, nonNegative, sumToOne, noise);
    }

    /**
     * Whether ANC holds.
     *
     * @return true by default
     */
    public boolean positivity() {
        return positivity;
    }

    /**
     * Whether the solver held ASC.
     *
     * @param sum true by default
     * @return a changed copy
     */
    public CovarianceIntervals withSumToOne(boolean sum) {
        return new CovarianceIntervals(level, positivity, sum, noise);
    }

    /**
     * Whether ASC holds.
     *
     * @return true by default
     */
    public boolean sumToOne() {
        return sumToOne;
    }

    /**
     * A known noise, the same in all pixels, such as that of {@link org.hsi4j.stats.RegressionNoise}.
     *
     * @param covariance B x B, symmetric, in the unit of the scene squared; none by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is not square, not symmetric or not finite
     */
    public CovarianceIntervals withNoise(double[][] covariance) {
        double[][] copy = new double[covariance.length][];
        for (int b = 0; b < copy.length; b++) {
            copy[b] = covariance[b].clone();
            if (copy[b].length != copy.length) {
                throw new IllegalArgumentException("the noise covariance has " + copy.length + " rows but row " + b
                        + " has " + copy[b].length + " values");
            }
        }
        for (int a = 0; a < copy.length; a++) {
            for (int b = 0; b <= a; b++) {
                double scale = Math.sqrt(Math.abs(copy[a][a] * copy[b][b]));
                if (!(Math.abs(copy[a][b] - copy[b][a]) <= 1e-9 * scale + Double.MIN_NORMAL)) {
                    throw new IllegalArgumentException("the noise covariance is not symmetric and finite: entry " + a
                            + ", " + b + " is " + copy[a][b] + " but entry " + b + ", " + a + " is " + copy[b][a]);
                }
            }
        }
        return new CovarianceIntervals(level, positivity, sumToOne, copy);
    }

    /**
     * The noise that was given.
     *
     * @return B x B; empty when it is taken from the residuals
     */
    public Optional<double[][]> noise() {
        double[][] known = noise;
        return known == null
                ? Optional.empty()
                : Optional.of(Arrays.stream(known).map(double[]::clone).toArray(double[][]::new));
    }

    /**
     * Intervals for abundances that were found.
     *
     * @param cube the scene
     * @param endmembers those of the abundances, at most 62
     * @param found what a solver gave, not divided by a brightness
     * @param context threads, progress, cancellation and memory limit
     * @return the intervals, with the figures {@code mean_width}, {@code undetermined} and {@code mean_deviation}, the mean
     *     standard deviation of the noise; the same for any number of threads
     * @throws IllegalArgumentException if the shapes or bands do not fit, there are more than 62 endmembers, the abundances have
     *     a brightness, or the memory limit would be exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public AbundanceIntervals of(Cube cube, Endmembers endmembers, Abundances found, RunContext context) {
        require(cube, endmembers, found);
        int p = endmembers.count();
        context.requireMemory(16L * p * cube.pixels(), "the limits of the abundances");
        long start = System.nanoTime();
        double[][] matrix = endmembers.toMatrix();
        SupportSpread spread = new SupportSpread(matrix, noise, sumToOne);
        MapBuilder low = new MapBuilder(cube.rows(), cube.columns(), p);
        MapBuilder high = new MapBuilder(cube.rows(), cube.columns(), p);
        MapBuilder deviation = new MapBuilder(cube.rows(), cube.columns(), 1);
        List<Worker> all = Collections.synchronizedList(new ArrayList<>());
        Tiles.forEach(
                cube,
                context,
                "intervals",
                () -> {
                    Worker worker = new Worker(matrix, found, spread, PixelTile.capacityFor(cube.bands()));
                    all.add(worker);
                    return worker;
                },
                (worker, tile) -> {
                    worker.apply(tile);
                    low.put(tile, worker.low);
                    high.put(tile, worker.high);
                    deviation.put(tile, worker.deviation);
                });
        Diagnostics diagnostics = Diagnostics.none().with("undetermined", (double)
                all.stream().mapToLong(worker -> worker.undetermined).sum());
        double mean = deviation.toScores("deviation").mean();
        return AbundanceIntervals.of(
                low.toAbundances(found.maps().names())
                        .withGeoReference(cube.geoReference().orElse(null)),
                high.toAbundances(found.maps().names())
                        .withGeoReference(cube.geoReference().orElse(null)),
                level,
                (Double.isNaN(mean) ? diagnostics : diagnostics.with("mean_deviation", mean)).since(start));
    }

    private void require(Cube cube, Endmembers endmembers, Abundances found) {
        Passes.requireBands(cube, endmembers);
        Passes.requireShape(cube, found.maps());
        if (found.maps().count() != endmembers.count()) {
            throw new IllegalArgumentException(
                    "there are " + found.maps().count() + " abundance maps for " + endmembers.count() + " endmembers");
        }
        if (endmembers.count() > MOST) {
            throw new IllegalArgumentException(
                    "intervals by covariance are for at most " + MOST + " endmembers, not " + endmembers.count());
        }
        if (found.brightness().isPresent()) {
            throw new IllegalArgumentException(
                    "the abundances were divided by their brightness: intervals are for those that were not");
        }
        if (noise != null && noise.length != cube.bands()) {
            throw new IllegalArgumentException(
                    "the noise covariance is of " + noise.length + " bands but the cube has " + cube.bands());
        }
    }

    /** One thread's buffers. */
    private final class Worker {
        private final double[][] matrix;
        private final DoubleBuffer[] maps;
        private final SupportSpread.Cache cache;
        private final double[] quantiles;
        private final double[][] abundances;
        private final double[][] row = new double[1][];
        private final double[][] model;
        private final double[][] gradient;
        private final double[] squares;
        private final double[] a;
        private final double[] g;
        private final double[] limits;
        private final double[][] low;
        private final double[][] high;
        private final double[][] deviation;
        private long undetermined;

        Worker(double[][] matrix, Abundances found, SupportSpread spread, int capacity) {
            int p = found.maps().count();
            this.matrix = matrix;
            this.maps = IntStream.range(0, p).mapToObj(found.maps()::asBuffer).toArray(DoubleBuffer[]::new);
            this.cache = spread.cache();
            this.quantiles = new double[p + 1];
            for (int d = 0; d <= p; d++) {
                quantiles[d] = quantile(d);
            }
            this.abundances = new double[p][capacity];
            this.model = new double[1][capacity];
            this.gradient = new double[p][capacity];
            this.squares = new double[capacity];
            this.a = new double[p];
            this.g = new double[p];
            this.limits = new double[p];
            this.low = new double[p][capacity];
            this.high = new double[p][capacity];
            this.deviation = new double[1][capacity];
        }

        /** Of an estimate with some free parameters; NaN where nothing is left to tell the noise from. */
        private double quantile(int parameters) {
            double tail = (1 - level) / 2;
            if (noise != null) {
                return NormalDistribution.of(0, 1).inverseSurvivalProbability(tail);
            }
            int freedom = matrix.length - parameters;
            return freedom < 1 ? Double.NaN : TDistribution.of(freedom).inverseSurvivalProbability(tail);
        }

        void apply(PixelTile tile) {
            int n = tile.size();
            for (int k = 0; k < maps.length; k++) {
                for (int i = 0; i < n; i++) {
                    abundances[k][i] = maps[k].get(tile.pixel(i));
                }
                Arrays.fill(gradient[k], 0, n, 0.0);
            }
            Arrays.fill(squares, 0, n, 0.0);
            for (int b = 0; b < matrix.length; b++) {
                row[0] = matrix[b];
                Kernels.best().multiply(row, abundances, n, model);
                addBand(tile.planes()[b], matrix[b], n);
            }
            for (int i = 0; i < n; i++) {
                pixel(i);
            }
        }

        private void addBand(double[] plane, double[] spectra, int n) {
            for (int i = 0; i < n; i++) {
                double residual = plane[i] - model[0][i];
                squares[i] += residual * residual;
                model[0][i] = residual;
            }
            for (int k = 0; k < spectra.length; k++) {
                double e = spectra[k];
                for (int i = 0; i < n; i++) {
                    gradient[k][i] += e * model[0][i];
                }
            }
        }

        private void pixel(int i) {
            long set = 0;
            for (int k = 0; k < a.length; k++) {
                a[k] = abundances[k][i];
                g[k] = gradient[k][i];
                set |= !positivity || a[k] > POSITIVE ? 1L << k : 0;
            }
            SupportSpread.Spread spread = cache.get(set);
            double quantile = quantiles[spread.parameters()];
            double sigma = noise != null ? 1 : Math.sqrt(squares[i] / (matrix.length - spread.parameters()));
            deviation[0][i] = noise != null ? spread.noise() : sigma;
            boolean known = spread.isDetermined() && !Double.isNaN(quantile) && !Double.isNaN(a[0]);
            for (int k = 0; k < a.length; k++) {
                double half = known ? quantile * sigma * spread.deviation(k) : Double.POSITIVE_INFINITY;
                low[k][i] = a[k] - half;
                high[k][i] = a[k] + half;
            }
            undetermined += known ? 0 : 1;
            if (known && positivity) {
                release(i, set, spread, quantile * sigma);
            }
            for (int k = 0; k < a.length; k++) {
                low[k][i] = clipped(low[k][i]);
                high[k][i] = clipped(high[k][i]);
            }
        }

        /** Lets each abundance that is zero rise to its upper limit, and the others with it. */
        private void release(int i, long set, SupportSpread.Spread spread, double scale) {
            for (int k = 0; k < a.length; k++) {
                limits[k] =
                        (set >> k & 1) == 1 ? 0 : Math.max(0.0, spread.released(k, g) + scale * spread.deviation(k));
                if ((set >> k & 1) == 0) {
                    low[k][i] = 0;
                    high[k][i] = limits[k];
                }
            }
            for (int k = 0; k < a.length; k++) {
                for (int j = 0; j < a.length && limits[k] > 0; j++) {
                    if ((set >> j & 1) == 1) {
                        double there = a[j] + Math.min(limits[k], sumToOne ? 1 : limits[k]) * spread.shift(k, j);
                        low[j][i] = Math.min(low[j][i], there);
                        high[j][i] = Math.max(high[j][i], there);
                    }
                }
            }
        }

        private double clipped(double limit) {
            double above = positivity ? Math.max(0.0, limit) : limit;
            return positivity && sumToOne ? Math.min(1.0, above) : above;
        }
    }
}
