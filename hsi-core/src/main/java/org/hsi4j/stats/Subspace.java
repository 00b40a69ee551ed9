package org.hsi4j.stats;

import java.io.Serializable;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * The k directions of largest variance of some pixels: their number n, mean m, and the best approximation U diag(s) U' of rank k of
 * their scatter S = sum (x - m)(x - m)'. Two of them can be joined, so that a subspace may be gathered from lines, files or
 * machines without ever holding a matrix of B x B.
 *
 * <p>There are three ways to one. {@link #of(Cube, int, RunContext)} sums S and takes its eigenvectors; S holds the squares of
 * the singular values of the data, so a direction whose share of S is at the level of rounding would be noise, and then the
 * data themselves are reduced by orthogonal transformations instead, at some ten times the cost. {@link
 * #randomized(Cube, int, RunContext)} never forms S, which pays for many bands and few directions. {@link #plus} joins two.
 *
 * <p>Immutable, serialisable, thread-safe; the same bits for any number of threads. Invalid pixels are left out.
 *
 * <pre>{@code
 * Subspace signal = Subspace.of(scene, 10, RunContext.defaults());
 * double[][] directions = signal.basis();
 * }</pre>
 *
 * @serial exclude
 */
public final class Subspace implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Directions that are carried beyond those asked for; Halko, Martinsson and Tropp advise 5 to 10. */
    static final int OVERSAMPLING = 10;

    private final long count;
    private final double[] mean;
    private final double[][] basis; // k rows of B values
    private final double[] scatter; // along each
    private final double total; // trace of the whole scatter

    private Subspace(long count, double[] mean, double[][] basis, double[] scatter, double total) {
        this.count = count;
        this.mean = mean;
        this.basis = basis;
        this.scatter = scatter;
        this.total = total;
    }

    /**
     * Of the valid pixels of a scene, from their scatter, or from the pixels themselves where the scatter would lose the
     * weakest direction asked for in its rounding (a share below 10 B rounding units of the strongest). Costs
     * B<sup>2</sup> flops a pixel and some B<sup>3</sup>; 2 B<sup>2</sup> more a pixel in a second pass in the latter case.
     *
     * @param cube the scene
     * @param dimension k, from 1 to the number of bands
     * @param context threads, progress, cancellation and memory limit
     * @return the subspace
     * @throws IllegalArgumentException if there are fewer bands than directions, no valid pixel, or the sums exceed the memory
     *     limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Subspace of(Cube cube, int dimension, RunContext context) {
        requireDimension(dimension, cube.bands());
        MeanScatter statistics = MeanScatter.of(cube, context);
        Subspace fromScatter = of(statistics, dimension);
        double rounding = 10 * cube.bands() * Math.ulp(1.0) * fromScatter.scatter[0];
        boolean lost = fromScatter.scatter[dimension - 1] <= rounding;
        // Directions that no pixel has are zero to rounding in either way.
        return lost && fromScatter.scatter[0] > 0 && statistics.count() > dimension
                ? fromPixels(cube, statistics, fromScatter.total, dimension, context)
                : fromScatter;
    }

    private static Subspace fromPixels(
            Cube cube, MeanScatter statistics, double total, int dimension, RunContext context) {
        double[] mean = statistics.mean();
        Dense.Svd svd = Dense.svd(PixelTriangle.of(cube, mean, context));
        return of(statistics.count(), mean, svd, dimension, total);
    }

    private static Subspace of(long count, double[] mean, Dense.Svd svd, int dimension, double total) {
        int bands = mean.length;
        double[][] basis = new double[dimension][bands];
        double[] scatter = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            scatter[k] = svd.values()[k] * svd.values()[k];
            for (int b = 0; b < bands; b++) {
                basis[k][b] = svd.v()[b][k];
            }
            fixSign(basis[k]);
        }
        return new Subspace(count, mean, basis, scatter, total);
    }

    /** The entry of largest magnitude is positive, as in {@link Dense#eigen}. */
    private static void fixSign(double[] vector) {
        double largest = 0;
        for (double v : vector) {
            largest = Math.abs(v) > Math.abs(largest) ? v : largest;
        }
        for (int b = 0; largest < 0 && b < vector.length; b++) {
            vector[b] = -vector[b];
        }
    }

    /**
     * From statistics. Directions whose share is near rounding are not to be trusted, see {@link #of(Cube, int, RunContext)}.
     *
     * @param statistics of some pixels
     * @param dimension k, from 1 to the number of bands
     * @return the subspace
     * @throws IllegalArgumentException if there are fewer bands than directions, or no pixel
     */
    public static Subspace of(MeanScatter statistics, int dimension) {
        requireDimension(dimension, statistics.bands());
        requirePixels(statistics.count());
        Dense.Eigen eigen = Dense.eigen(statistics.covariance());
        double weight = Math.max(1, statistics.count() - 1);
        double total = 0;
        for (double v : eigen.values()) {
            total += Math.max(0, v) * weight;
        }
        double[] scatter = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            scatter[k] = Math.max(0, eigen.values()[k]) * weight;
        }
        return new Subspace(
                statistics.count(), statistics.mean(), Arrays.copyOf(eigen.vectors(), dimension), scatter, total);
    }

    /**
     * Of the valid pixels of a scene, by a randomised range finder: k + 10 random directions go through the scatter
     * twice, without forming it, and the scatter inside what they span is solved exactly. Costs 10 B (k + 10) flops a pixel in four passes. A
     * variance falls short of the true one by a share of about (v<sub>k+11</sub> / v<sub>k</sub>)<sup>4</sup>, v the
     * variances of the scene; so it suits scenes whose variances fall off behind the k-th. Seeded by the run. Reference: Halko, Martinsson and Tropp,
     * "Finding structure with randomness", SIAM Review 2011.
     *
     * @param cube the scene
     * @param dimension k, from 1 to the number of bands
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the subspace
     * @throws IllegalArgumentException if there are fewer bands than directions, or no valid pixel
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Subspace randomized(Cube cube, int dimension, RunContext context) {
        int bands = cube.bands();
        requireDimension(dimension, bands);
        RangeFinder finder = RangeFinder.of(cube, context);
        requirePixels(finder.count());
        SplittableRandom random = new SplittableRandom(context.seed());
        double[][] range = new double[Math.min(bands, dimension + OVERSAMPLING)][bands];
        for (double[] direction : range) {
            for (int b = 0; b < bands; b++) {
                direction[b] = random.nextDouble() - 0.5;
            }
        }
        range = Dense.orthonormalized(range);
        for (int pass = 0; pass < 2; pass++) {
            range = finder.scatterTimes(range);
            range = Dense.orthonormalized(range);
        }
        Dense.Eigen inside = Dense.eigen(finder.scatterInside(range));
        double[][] basis = new double[dimension][bands];
        double[] scatter = new double[dimension];
        for (int k = 0; k < dimension; k++) {
            scatter[k] = Math.max(0, inside.values()[k]);
            for (int j = 0; j < range.length; j++) {
                for (int b = 0; b < bands; b++) {
                    basis[k][b] += inside.vectors()[k][j] * range[j][b];
                }
            }
            fixSign(basis[k]);
        }
        return new Subspace(finder.count(), finder.mean(), basis, scatter, finder.total());
    }

    private static void requireDimension(int dimension, int bands) {
        if (dimension < 1 || dimension > bands) {
            throw new IllegalArgumentException(
                    "a subspace of " + bands + " bands has from 1 to " + bands + " dimensions, not " + dimension);
        }
    }

    private static void requirePixels(long count) {
        if (count == 0) {
            throw new IllegalArgumentException("there is no valid pixel, so there is no subspace");
        }
    }

    /**
     * The subspace of these pixels and others together, of the larger of the two dimensions.
     *
     * <p>What either side left out stays out: each {@linkplain #scatter() share} is at most that of all pixels seen at once, and
     * short of it by no more than {@link #lost()} of the result. So the result is exact where the pixels have no more
     * directions than are kept, and the order of joining matters within that bound; keep some directions more than
     * needed. Costs about 40 k<sup>2</sup> B flops. Reference: Brand, "Fast low-rank modifications of the thin singular
     * value decomposition", 2006, with the means.
     *
     * @param other subspace of the others
     * @return new subspace
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public Subspace plus(Subspace other) {
        if (other.bands() != bands()) {
            throw new IllegalArgumentException(
                    "a subspace of " + other.bands() + " bands does not go with one of " + bands() + " bands");
        }
        int bands = bands();
        long n = count + other.count;
        double[] joined = new double[bands];
        double[][] rows = new double[dimension() + other.dimension() + 1][bands];
        double share = (double) other.count / n;
        double weight = Math.sqrt(count * share);
        double apart = 0;
        for (int b = 0; b < bands; b++) {
            double d = other.mean[b] - mean[b];
            joined[b] = mean[b] + share * d;
            rows[0][b] = weight * d;
            apart += rows[0][b] * rows[0][b];
        }
        put(rows, 1);
        other.put(rows, 1 + dimension());
        int kept = Math.max(dimension(), other.dimension());
        return of(n, joined, Dense.svd(rows), kept, total + other.total + apart);
    }

    private void put(double[][] rows, int first) {
        for (int k = 0; k < basis.length; k++) {
            double s = Math.sqrt(scatter[k]);
            for (int b = 0; b < mean.length; b++) {
                rows[first + k][b] = s * basis[k][b];
            }
        }
    }

    /**
     * Number of pixels.
     *
     * @return at least one
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
     * Number of directions.
     *
     * @return k, at least one
     */
    public int dimension() {
        return basis.length;
    }

    /**
     * The mean of the pixels.
     *
     * @return a copy, one value a band
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * The directions, orthonormal, strongest first; the entry of largest magnitude of each is positive.
     *
     * @return a copy, k rows of one value a band
     */
    public double[][] basis() {
        double[][] copy = new double[basis.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = basis[k].clone();
        }
        return copy;
    }

    /**
     * The scatter along each direction: the sum of the squared distances from the mean, n - 1 times the variance.
     *
     * @return a copy, k values, largest first
     */
    public double[] scatter() {
        return scatter.clone();
    }

    /**
     * The scatter that no direction of this subspace has.
     *
     * @return sum of the squared distances of the pixels from the subspace through the mean, zero or more
     */
    public double lost() {
        double lost = total;
        for (double s : scatter) {
            lost -= s;
        }
        return Math.max(0, lost);
    }

    /**
     * The principal angles between this subspace and another.
     *
     * @param other of as many bands
     * @return as many angles in radians as the smaller one has dimensions, smallest first
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public double[] angles(Subspace other) {
        if (other.bands() != bands()) {
            throw new IllegalArgumentException(
                    "a subspace of " + other.bands() + " bands has no angle with one of " + bands() + " bands");
        }
        boolean smaller = dimension() <= other.dimension();
        Subspace small = smaller ? this : other;
        Subspace large = smaller ? other : this;
        double[][] outside = new double[small.dimension()][];
        for (int k = 0; k < outside.length; k++) {
            outside[k] = large.outside(small.basis[k]);
        }
        // Sines keep the digits of small angles, which cosines lose.
        double[] sines = Dense.singularValues(outside);
        double[] angles = new double[small.dimension()];
        for (int k = 0; k < angles.length; k++) {
            angles[k] = Math.asin(Math.min(1.0, sines[angles.length - 1 - k]));
        }
        return angles;
    }

    /** A vector without its projection. */
    private double[] outside(double[] vector) {
        double[] rest = vector.clone();
        for (double[] direction : basis) {
            double product = 0;
            for (int b = 0; b < rest.length; b++) {
                product += direction[b] * vector[b];
            }
            for (int b = 0; b < rest.length; b++) {
                rest[b] -= product * direction[b];
            }
        }
        return rest;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Subspace that
                && count == that.count
                && Double.compare(total, that.total) == 0
                && Arrays.equals(mean, that.mean)
                && Arrays.equals(scatter, that.scatter)
                && Arrays.deepEquals(basis, that.basis);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) * 31 + Arrays.hashCode(scatter);
    }

    @Override
    public String toString() {
        return "subspace of " + dimension() + " of " + bands() + " bands, from " + count + " pixels";
    }
}
