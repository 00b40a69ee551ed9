package org.hsi4j.stats;

import java.io.Serializable;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of a scene's valid pixels, positive definite whatever the scene: shrunk when asked or when needed, and
 * then saying so.
 *
 * <p>Without shrinkage this is the sample covariance with n - 1. With shrinkage it is (1 - a) S + a T, where T is mean(diag
 * S) I for {@link Shrinkage#LEDOIT_WOLF} and diag S for {@link Shrinkage#LEAVE_ONE_OUT}. If it still cannot be factored (bands
 * that are constant or equal, a scene of one colour), multiples of the identity of 10<sup>-12</sup>, 10<sup>-11</sup>, ... of
 * the mean variance are added until it can. Immutable, serialisable, thread-safe.
 *
 * <pre>{@code
 * CovarianceEstimate background = CovarianceEstimate.of(scene, Shrinkage.AUTO, RunContext.defaults());
 * Whitening whitening = background.whitening();
 * }</pre>
 *
 * @serial exclude
 */
public final class CovarianceEstimate implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Above this condition number an unshrunk covariance is not trusted. */
    private static final double WORST_CONDITION = 1e10;

    /** A millionth of a millionth of it is still a double of full precision. */
    private static final double SMALLEST_VARIANCE = 1e-290;

    private static final int CANDIDATES = 201;

    private final long count;
    private final double[] mean;
    private final double[][] matrix;
    private final double[][] lower;
    private final double alpha;
    private final double loading;
    private final double fixedLoading;
    private final double condition;
    private final Shrinkage applied;

    private CovarianceEstimate(
            long count,
            double[] mean,
            double[][] matrix,
            double alpha,
            double loading,
            double fixedLoading,
            double[][] lower,
            Shrinkage applied) {
        this.count = count;
        this.mean = mean;
        this.matrix = matrix;
        this.lower = lower;
        this.alpha = alpha;
        this.loading = loading;
        this.fixedLoading = fixedLoading;
        this.applied = applied;
        double[] eigenvalues = Dense.eigenvalues(matrix);
        double smallest = eigenvalues[eigenvalues.length - 1];
        this.condition = smallest > 0 ? eigenvalues[0] / smallest : Double.POSITIVE_INFINITY;
    }

    /**
     * Estimates mean and covariance.
     *
     * @param cube the scene
     * @param shrinkage how to shrink
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate
     * @throws IllegalArgumentException if the scene has no valid pixel, or samples so large or so small that their variance
     *     does not fit into a double
     */
    public static CovarianceEstimate of(Cube cube, Shrinkage shrinkage, RunContext context) {
        Objects.requireNonNull(shrinkage, "shrinkage");
        return of(cube, MeanScatter.of(cube, context), shrinkage, context);
    }

    /**
     * The same for who has the statistics of the scene already.
     *
     * @param cube the scene, for the passes that shrinkage needs
     * @param statistics of the scene
     * @param shrinkage how to shrink
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate
     * @throws IllegalArgumentException as {@link #of(Cube, Shrinkage, RunContext)}, or if the numbers of bands differ
     */
    public static CovarianceEstimate of(Cube cube, MeanScatter statistics, Shrinkage shrinkage, RunContext context) {
        Objects.requireNonNull(shrinkage, "shrinkage");
        requireBands(cube, statistics);
        long n = statistics.count();
        return of(
                cube,
                new Moments(n, statistics.mean(), statistics.covariance(), n < 2 ? 0.0 : (n - 1.0) / n),
                shrinkage,
                context);
    }

    private static void requireBands(Cube cube, MeanScatter statistics) {
        if (statistics.bands() != cube.bands()) {
            throw new IllegalArgumentException(
                    "the statistics have " + statistics.bands() + " bands but the cube has " + cube.bands());
        }
    }

    /**
     * Of statistics that were gathered or put together elsewhere, without shrinkage: only what cannot be factored is loaded.
     *
     * @param statistics of at least one pixel
     * @return the estimate
     * @throws IllegalArgumentException if there is no pixel, or the samples were so large or so small that their variance does
     *     not fit into a double
     */
    public static CovarianceEstimate of(MeanScatter statistics) {
        return of(statistics, Shrinkage.NONE, 0);
    }

    /**
     * Of statistics that were gathered or put together elsewhere, with a weight of the shrinkage that is known already, and loaded
     * where that cannot be factored.
     *
     * @param statistics of at least one pixel
     * @param shrinkage the law of the shrinkage, which says what the covariance is drawn to; {@link Shrinkage#AUTO} uses the
     *     weight, by the law of Ledoit and Wolf, only where it would shrink
     * @param alpha the weight, from 0 to 1; of no meaning for {@link Shrinkage#NONE}
     * @return the estimate
     * @throws IllegalArgumentException if the weight is out of range, there is no pixel, or the samples were so large or so small
     *     that their variance does not fit into a double
     */
    public static CovarianceEstimate of(MeanScatter statistics, Shrinkage shrinkage, double alpha) {
        if (!(alpha >= 0 && alpha <= 1)) {
            throw new IllegalArgumentException("the weight of a shrinkage is from 0 to 1, not " + alpha);
        }
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("there is no pixel, and so no covariance");
        }
        long n = statistics.count();
        double[] mean = statistics.mean();
        double[][] sample = statistics.covariance();
        requireRange(meanDiagonal(sample));
        return switch (shrinkage) {
            case NONE -> factored(n, mean, sample, 0.0, Shrinkage.NONE);
            case LEDOIT_WOLF -> factored(n, mean, towardsIdentity(sample, alpha), alpha, Shrinkage.LEDOIT_WOLF);
            case LEAVE_ONE_OUT -> factored(n, mean, towardsDiagonal(sample, alpha), alpha, Shrinkage.LEAVE_ONE_OUT);
            case AUTO -> {
                CovarianceEstimate plain = factored(n, mean, sample, 0.0, Shrinkage.NONE);
                boolean trusted = n > mean.length && plain.loading == 0 && plain.condition <= WORST_CONDITION;
                yield trusted ? plain : of(statistics, Shrinkage.LEDOIT_WOLF, alpha);
            }
        };
    }

    /**
     * The same about zero in place of the mean: the {@linkplain #mean() mean} is then zero, and the {@linkplain #matrix() matrix} is the
     * correlation matrix (1/n) sum x x', shrunk when asked or when needed by the same rules.
     *
     * @param cube the scene, for the passes that shrinkage needs
     * @param statistics of the scene
     * @param shrinkage how to shrink
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate
     * @throws IllegalArgumentException if there is no pixel, the numbers of bands differ, or the samples are so large or so small that
     *     their squares do not fit into a double
     */
    public static CovarianceEstimate aboutZero(
            Cube cube, MeanScatter statistics, Shrinkage shrinkage, RunContext context) {
        Objects.requireNonNull(shrinkage, "shrinkage");
        requireBands(cube, statistics);
        return of(
                cube,
                new Moments(statistics.count(), new double[cube.bands()], statistics.correlation(), 1.0),
                shrinkage,
                context);
    }

    /**
     * What is to be shrunk.
     *
     * @param count number of pixels
     * @param mean what the pixels are compared with
     * @param matrix their mean products about it
     * @param biased what makes of the matrix the one whose sum is divided by the count
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and used in this class alone
    private record Moments(long count, double[] mean, double[][] matrix, double biased) {}

    private static CovarianceEstimate of(Cube cube, Moments statistics, Shrinkage shrinkage, RunContext context) {
        long n = statistics.count();
        if (n == 0) {
            throw new IllegalArgumentException("the cube has no valid pixel, so it has no covariance");
        }
        double[] mean = statistics.mean();
        double[][] sample = statistics.matrix();
        requireRange(meanDiagonal(sample));
        if (shrinkage == Shrinkage.AUTO || shrinkage == Shrinkage.NONE) {
            Optional<double[][]> lower = Dense.cholesky(sample);
            if (lower.isPresent() && n > sample.length) {
                CovarianceEstimate plain =
                        new CovarianceEstimate(n, mean, sample, 0.0, 0.0, 0.0, lower.get(), Shrinkage.NONE);
                if (shrinkage == Shrinkage.NONE || plain.condition <= WORST_CONDITION) {
                    return plain;
                }
            }
            if (shrinkage == Shrinkage.NONE) {
                return factored(n, mean, sample, 0.0, Shrinkage.NONE);
            }
        }
        if (shrinkage == Shrinkage.LEAVE_ONE_OUT) {
            double alpha = leaveOneOutWeight(cube, statistics, context);
            return factored(n, mean, towardsDiagonal(sample, alpha), alpha, Shrinkage.LEAVE_ONE_OUT);
        }
        double alpha = ledoitWolfWeight(cube, statistics, context);
        return factored(n, mean, towardsIdentity(sample, alpha), alpha, Shrinkage.LEDOIT_WOLF);
    }

    private static CovarianceEstimate factored(
            long n, double[] mean, double[][] matrix, double alpha, Shrinkage applied) {
        double unit = meanDiagonal(matrix);
        if (unit == 0) {
            unit = 1.0; // a scene of one colour: any multiple of the identity is as good
        }
        double loading = 0;
        // So few pixels leave some direction without variance, even where rounding hides that.
        boolean singular = alpha == 0 && n <= matrix.length;
        Optional<double[][]> lower = singular ? Optional.empty() : Dense.cholesky(matrix);
        while (lower.isEmpty()) {
            double more = loading == 0 ? 1e-12 * unit : 9 * loading;
            for (int b = 0; b < matrix.length; b++) {
                matrix[b][b] += more;
            }
            loading += more;
            lower = Dense.cholesky(matrix);
        }
        return new CovarianceEstimate(n, mean, matrix, alpha, loading, 0.0, lower.get(), applied);
    }

    /** Loading the diagonal of a matrix that is not finite, or by nothing, would never end. */
    private static void requireRange(double variance) {
        if (!Double.isFinite(variance)) {
            throw new IllegalArgumentException(
                    "the samples are so large that their covariance overflows: scale the cube");
        }
        if (variance > 0 && variance < SMALLEST_VARIANCE) {
            throw new IllegalArgumentException(
                    "the samples are so small that their covariance underflows: scale the cube");
        }
    }

    private static double meanDiagonal(double[][] matrix) {
        double sum = 0;
        for (int b = 0; b < matrix.length; b++) {
            sum += matrix[b][b];
        }
        return sum / matrix.length;
    }

    private static double[][] towardsIdentity(double[][] s, double alpha) {
        double target = meanDiagonal(s);
        double[][] shrunk = new double[s.length][s.length];
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                shrunk[a][b] = (1 - alpha) * s[a][b] + (a == b ? alpha * target : 0.0);
            }
        }
        return shrunk;
    }

    private static double[][] towardsDiagonal(double[][] s, double alpha) {
        double[][] shrunk = new double[s.length][s.length];
        for (int a = 0; a < s.length; a++) {
            for (int b = 0; b < s.length; b++) {
                shrunk[a][b] = a == b ? s[a][b] : (1 - alpha) * s[a][b];
            }
        }
        return shrunk;
    }

    /** Sum over the pixels of something computed from the centred tile, joined in the order of the tiles. */
    private static double[] sum(
            Cube cube,
            RunContext context,
            String stage,
            int length,
            java.util.function.BiConsumer<double[], org.hsi4j.PixelTile> add) {
        return Tiles.reduce(cube, context, stage, () -> new double[length], add, (left, right) -> {
            for (int i = 0; i < left.length; i++) {
                left[i] += right[i];
            }
            return left;
        });
    }

    /**
     * b^2/d^2 of Ledoit and Wolf: sum ||x x' - S||^2 = sum ||x||^4 - n ||S||^2 for centred x and S with 1/n. Both are divided
     * by the fourth power of the mean deviation first, so that no unit of the samples makes them over- or underflow.
     */
    private static double ledoitWolfWeight(Cube cube, Moments statistics, RunContext context) {
        long n = statistics.count();
        double[] mean = statistics.mean();
        double[][] sample = statistics.matrix();
        int bands = mean.length;
        double biased = statistics.biased();
        double mu = meanDiagonal(sample) * biased;
        if (mu == 0) {
            return 1.0;
        }
        double unit = 1 / Math.sqrt(mu);
        double fourth = sum(cube, context, "shrinkage", 1, (total, tile) -> {
            double[] norms = new double[tile.size()];
            for (int b = 0; b < bands; b++) {
                double[] plane = tile.planes()[b];
                for (int i = 0; i < norms.length; i++) {
                    plane[i] = (plane[i] - mean[b]) * unit;
                }
            }
            Kernels.best().squaredNorms(tile.planes(), norms.length, norms);
            for (double norm : norms) {
                total[0] += norm * norm;
            }
        })[0];
        double frobenius = 0;
        for (double[] row : sample) {
            for (double v : row) {
                double relative = v * biased / mu;
                frobenius += relative * relative;
            }
        }
        double distance = frobenius - bands;
        double error = (fourth / n - frobenius) / n;
        return distance > 0 ? Math.max(0.0, Math.min(1.0, error / distance)) : 1.0;
    }

    /**
     * The best of 201 weights by the leave-one-out likelihood, all in one pass. Bands that are constant are left out of it:
     * target and sample agree there, and their vanishing determinant would outweigh all else.
     */
    private static double leaveOneOutWeight(Cube cube, Moments statistics, RunContext context) {
        long n = statistics.count();
        double[] mean = statistics.mean();
        int bands = mean.length;
        double[][] s = statistics.matrix();
        int[] varying = IntStream.range(0, bands).filter(b -> s[b][b] > 0).toArray();
        int p = varying.length;
        if (p == 0 || n < 2) {
            return 1.0;
        }
        double biased = statistics.biased();
        double[] deviation = new double[p];
        for (int k = 0; k < p; k++) {
            deviation[k] = Math.sqrt(s[varying[k]][varying[k]] * biased);
        }
        double[][] unit = new double[p][p];
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                unit[j][k] = s[varying[j]][varying[k]] * biased / (deviation[j] * deviation[k]);
            }
        }
        Dense.Eigen eigen = Dense.eigen(unit);
        double[][] rotate = new double[p][bands];
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < p; k++) {
                rotate[j][varying[k]] = eigen.vectors()[j][k] / deviation[k];
            }
        }
        double[] alphas = new double[CANDIDATES];
        double[] beta = new double[CANDIDATES];
        double[] logDet = new double[CANDIDATES];
        double[][] inverse = new double[CANDIDATES][p];
        for (int c = 0; c < CANDIDATES; c++) {
            alphas[c] = Math.pow(10.0, -10.0 + 10.0 * c / (CANDIDATES - 1));
            beta[c] = (1 - alphas[c]) / (n - 1);
            for (int k = 0; k < p; k++) {
                double g = n * beta[c] * Math.max(0.0, eigen.values()[k]) + alphas[c];
                logDet[c] += Math.log(g);
                inverse[c][k] = 1 / g;
            }
        }
        double[] totals = sum(cube, context, "shrinkage", CANDIDATES, (total, tile) -> {
            int m = tile.size();
            double[][] planes = tile.planes();
            for (int b = 0; b < bands; b++) {
                for (int i = 0; i < m; i++) {
                    planes[b][i] -= mean[b];
                }
            }
            double[][] rotated = new double[p][m];
            Kernels.best().multiply(rotate, planes, m, rotated);
            for (double[] plane : rotated) {
                for (int i = 0; i < m; i++) {
                    plane[i] *= plane[i];
                }
            }
            double[][] r = new double[CANDIDATES][m];
            Kernels.best().multiply(inverse, rotated, m, r);
            for (int c = 0; c < CANDIDATES; c++) {
                for (int i = 0; i < m; i++) {
                    double left = 1 - beta[c] * r[c][i];
                    total[c] += left > 0 ? Math.log(left) + r[c][i] / left : Double.POSITIVE_INFINITY;
                }
            }
        });
        int best = CANDIDATES - 1;
        double lowest = Double.POSITIVE_INFINITY;
        for (int c = 0; c < CANDIDATES; c++) {
            double value = 0.5 * logDet[c] + totals[c] / (2.0 * n);
            if (value < lowest) {
                lowest = value;
                best = c;
            }
        }
        return alphas[best];
    }

    /**
     * The same with a fixed multiple of the identity added, whatever the shrinkage did.
     *
     * @param share how much, in mean variances of the bands; zero or more
     * @return a new estimate, or this one for zero
     * @throws IllegalArgumentException if the share is negative or so large that variances overflow
     */
    public CovarianceEstimate loaded(double share) {
        if (!(share >= 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException("the loading must be zero or more, not " + share);
        }
        if (share == 0) {
            return this;
        }
        double more = share * meanDiagonal(matrix);
        double[][] loaded = matrix();
        for (int b = 0; b < loaded.length; b++) {
            loaded[b][b] += more;
        }
        requireRange(meanDiagonal(loaded));
        double[][] factor = Dense.cholesky(loaded).orElseThrow(); // larger than one that could be factored
        return new CovarianceEstimate(count, mean, loaded, alpha, loading + more, fixedLoading + more, factor, applied);
    }

    /**
     * Number of pixels it was estimated from.
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
     * A copy of the mean.
     *
     * @return one value a band
     */
    public double[] mean() {
        return mean.clone();
    }

    /**
     * A copy of the covariance, shrinkage and loading included.
     *
     * @return B x B, positive definite
     */
    public double[][] matrix() {
        double[][] copy = new double[matrix.length][];
        for (int b = 0; b < copy.length; b++) {
            copy[b] = matrix[b].clone();
        }
        return copy;
    }

    /**
     * The weight of the shrinkage target.
     *
     * @return zero to one
     */
    public double alpha() {
        return alpha;
    }

    /**
     * What was added to the diagonal: so that the matrix could be factored, and by {@link #loaded}.
     *
     * @return zero in all ordinary cases
     */
    public double loading() {
        return loading;
    }

    /**
     * Condition number of the covariance as it is used.
     *
     * @return largest by smallest eigenvalue
     */
    public double condition() {
        return condition;
    }

    /**
     * The shrinkage that was applied.
     *
     * @return never {@link Shrinkage#AUTO}
     */
    public Shrinkage applied() {
        return applied;
    }

    /**
     * The whitening that belongs to this covariance.
     *
     * @return z = L<sup>-1</sup> (x - mean) with L L' equal to the covariance
     */
    public Whitening whitening() {
        return Whitening.of(mean, lower);
    }

    /**
     * The distance that belongs to this covariance.
     *
     * @return the squared length of L<sup>-1</sup> (x - mean) with L L' equal to the covariance
     */
    public Mahalanobis mahalanobis() {
        return Mahalanobis.of(mean, lower);
    }

    /**
     * Count, condition, shrinkage and loading for a report.
     *
     * @return figures {@code pixels}, {@code condition}, {@code shrinkage} and {@code loading}, with notes where the scene
     *     needed help
     */
    public Diagnostics diagnostics() {
        Diagnostics d = Diagnostics.none()
                .with("pixels", (double) count)
                .with("condition", condition)
                .with("shrinkage", alpha)
                .with("loading", loading);
        if (applied != Shrinkage.NONE) {
            d = d.note("covariance of " + count + " pixels in " + bands() + " bands shrunk by " + alpha + " (" + applied
                    + ")");
        }
        if (loading > fixedLoading) {
            d = d.note("covariance could not be factored; " + (loading - fixedLoading) + " was added to its diagonal");
        }
        if (fixedLoading > 0) {
            d = d.note("the diagonal of the covariance was loaded with " + fixedLoading + " as asked");
        }
        return d;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CovarianceEstimate that
                && count == that.count
                && java.util.Arrays.equals(mean, that.mean)
                && java.util.Arrays.deepEquals(matrix, that.matrix)
                && applied == that.applied;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(count) * 31 + java.util.Arrays.hashCode(mean);
    }

    @Override
    public String toString() {
        return "covariance of " + count + " pixels in " + bands() + " bands, condition " + condition + ", shrunk by "
                + alpha;
    }
}
