package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Denoising of mixed noise by a low-rank Tucker decomposition and three-dimensional total variation (LRTDTV):
 * Gaussian noise, stripes, dead lines and impulses at once. It minimises
 *
 * <blockquote>
 *   tau (|D<sub>1</sub> X|<sub>1</sub> + |D<sub>2</sub> X|<sub>1</sub> + w |D<sub>3</sub> X|<sub>1</sub>) + lambda |Y - X|<sub>1</sub>
 *   subject to   X = C x<sub>1</sub> U<sub>1</sub> x<sub>2</sub> U<sub>2</sub> x<sub>3</sub> U<sub>3</sub>,
 * </blockquote>
 *
 * with the differences D<sub>a</sub> to the next pixel down, along and to the next band, and a core C smaller than
 * the scene between orthonormal bases along its three axes. Each iteration of the method of multipliers projects the
 * scene on new bases (one round of higher-order orthogonal iteration), finds a smooth copy of it by one
 * three-dimensional cosine transform, and shrinks its differences and Y - X. The penalty starts at .1 and grows by
 * half each time, so that the scene stands still after some twenty iterations.
 *
 * <p>Defaults: tau 1, lambda 10, rank 10 along the bands and .8 of the rows and of the columns, as in the paper
 * (whose lambda is 10 for 100 x 100 pixels). A scene of fewer materials gains by a smaller rank: up to .7 and 1.1 dB
 * with rank 5 on the scene of {@code OracleTest}. The weight w of the spectral differences is 1, not the .5 of the
 * authors' second program, which was .1 to .2 dB less there; and the penalty starts ten times higher and stops after
 * 24 iterations, not 50. Only the ratio of tau and lambda and the course of the penalty matter. A sample that differs
 * from all its neighbours costs 6 tau where it is kept and lambda where it is taken out: with the default it is the
 * low rank that finds impulses and lines. Where the rank is no restriction, as in scenes of some twenty bands, take a
 * lambda of 2. The scene is brought to a root mean square of .45 by one factor first, so that its unit does not
 * matter. Sides of more than 512 pixels keep their full rank.
 *
 * <p>Bands without noise to be found (constant ones, combinations of others) are kept as they are and take no part.
 * So is a scene of one band, of fewer than two pixels a band or free of noise; the notes tell. Invalid pixels are
 * filled with what surrounds them and are NaN in the result. The border of the scene has no differences. Small things
 * that are seen in few bands are taken for impulses: look at {@link RestoredCube#removed} before a search for rare
 * targets.
 *
 * <p>Holds the scene eleven times in float64. Costs some B (B + 2 rows + 2 columns + 4 rank + 50 log(rows columns B))
 * flops a pixel and iteration, and each time the decomposition of a matrix of rows x rows, one of columns x columns
 * and one of B x B. The same bits for any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: Wang, Peng, Zhao, Leung, Zhao and Meng, "Hyperspectral image restoration via total variation
 * regularized low-rank tensor decomposition", IEEE J-STARS 11, 2018.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(Lrtdtv.withDefaults()).run();
 * }</pre>
 */
public final class Lrtdtv implements Denoiser {
    private static final double PENALTY = 0.1;
    private static final double GROWTH = 1.5;

    private final double tau;
    private final double lambda;
    private final double spectralWeight;
    private final int rank;
    private final double spatialShare;
    private final int iterations;

    private Lrtdtv(double tau, double lambda, double spectralWeight, int rank, double spatialShare, int iterations) {
        this.tau = tau;
        this.lambda = lambda;
        this.spectralWeight = spectralWeight;
        this.rank = rank;
        this.spatialShare = spatialShare;
        this.iterations = iterations;
    }

    /**
     * Tau 1, lambda 10, spectral weight 1, rank 10, spatial share .8, 24 iterations.
     *
     * @return the method
     */
    public static Lrtdtv withDefaults() {
        return new Lrtdtv(1, 10, 1, 10, 0.8, 24);
    }

    /**
     * With another weight of the total variation.
     *
     * @param newTau positive; larger is smoother
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Lrtdtv withTau(double newTau) {
        return new Lrtdtv(
                NoisyScene.requirePositive("tau", newTau), lambda, spectralWeight, rank, spatialShare, iterations);
    }

    /**
     * Weight of the total variation.
     *
     * @return positive
     */
    public double tau() {
        return tau;
    }

    /**
     * With another weight of what is removed.
     *
     * @param newLambda positive; larger keeps more of the scene as it is
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Lrtdtv withLambda(double newLambda) {
        return new Lrtdtv(
                tau, NoisyScene.requirePositive("lambda", newLambda), spectralWeight, rank, spatialShare, iterations);
    }

    /**
     * Weight of what is removed.
     *
     * @return positive
     */
    public double lambda() {
        return lambda;
    }

    /**
     * With another weight of the differences between bands.
     *
     * @param weight relative to those in the plane, positive; larger gives smoother spectra
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Lrtdtv withSpectralWeight(double weight) {
        return new Lrtdtv(
                tau, lambda, NoisyScene.requirePositive("spectral weight", weight), rank, spatialShare, iterations);
    }

    /**
     * Weight of the differences between bands.
     *
     * @return relative to those in the plane
     */
    public double spectralWeight() {
        return spectralWeight;
    }

    /**
     * With another rank along the bands.
     *
     * @param newRank at least one; no more than the scene has bands are used
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Lrtdtv withRank(int newRank) {
        return new Lrtdtv(
                tau, lambda, spectralWeight, NoisyScene.requireCount("rank", newRank), spatialShare, iterations);
    }

    /**
     * Rank along the bands.
     *
     * @return at least one
     */
    public int rank() {
        return rank;
    }

    /**
     * With other ranks along rows and columns.
     *
     * @param share of the rows and of the columns, above zero and at most one
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public Lrtdtv withSpatialShare(double share) {
        if (!(share > 0) || share > 1) {
            throw new IllegalArgumentException("spatial share must be above 0 and at most 1, not " + share);
        }
        return new Lrtdtv(tau, lambda, spectralWeight, rank, share, iterations);
    }

    /**
     * Ranks along rows and columns.
     *
     * @return share of the rows and of the columns
     */
    public double spatialShare() {
        return spatialShare;
    }

    /**
     * With another number of iterations.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Lrtdtv withIterations(int count) {
        return new Lrtdtv(
                tau, lambda, spectralWeight, rank, spatialShare, NoisyScene.requireCount("iterations", count));
    }

    /**
     * Number of iterations.
     *
     * @return at least one
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String name() {
        return "lrtdtv";
    }

    @Override
    public String summary() {
        return "Removes mixed noise by a low-rank Tucker decomposition and 3-D total variation.";
    }

    @Override
    public String reference() {
        return "Wang, Peng, Zhao, Leung, Zhao and Meng, Hyperspectral image restoration via total variation regularized"
                + " low-rank tensor decomposition, 2018";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return NoisyScene.denoise(cube, context, name(), new Solver());
    }

    private final class Solver implements NoisyScene.Solver {

        @Override
        public long bytes(int rows, int columns, int bands, int threads) {
            return Double.BYTES * 9L * rows * columns * bands
                    + TuckerProjection.bytes(rows, columns, bands, spatialShare, Math.min(rank, bands), threads)
                    + threads * DifferenceSolver.workerBytes(rows, columns, bands);
        }

        @Override
        public Diagnostics solve(
                double[][] planes, int rows, int columns, RunContext context, Diagnostics diagnostics) {
            Iteration iteration = new Iteration(planes, rows, columns, context);
            double penalty = PENALTY;
            for (int k = 1; k < iterations; k++) {
                iteration.step(penalty);
                penalty *= GROWTH;
            }
            iteration.store();
            return diagnostics.with("rank", Math.min(rank, planes.length)).with("iterations", iterations);
        }
    }

    /** Multipliers are divided by the penalty, as it will be when they are used next. */
    private final class Iteration {
        private final double[][] y;
        private final int pixels;
        private final int bands;
        private final RunContext context;
        private final Differences differences;
        private final DifferenceSolver solver;
        private final TuckerProjection tucker;
        private final double[][] x;
        private final double[][] multiplier;
        private final double[][] copyMultiplier;
        private final double[][][] slopeMultiplier;
        private final double[][] field;
        private double[][] smooth;
        private double[][] wanted;

        Iteration(double[][] y, int rows, int columns, RunContext context) {
            this.y = y;
            this.pixels = rows * columns;
            this.bands = y.length;
            this.context = context;
            differences = new Differences(rows, columns);
            solver = new DifferenceSolver(rows, columns, bands, 1, 1, spectralWeight * spectralWeight);
            tucker = new TuckerProjection(y, rows, columns, spatialShare, rank, context);
            x = Arrays.stream(y).map(double[]::clone).toArray(double[][]::new);
            multiplier = new double[bands][pixels];
            copyMultiplier = new double[bands][pixels];
            slopeMultiplier = new double[Differences.AXES][bands][pixels];
            field = new double[bands][pixels];
            smooth = new double[bands][pixels];
            wanted = new double[bands][pixels];
        }

        void step(double penalty) {
            tucker.project(x);
            Parallel.run(context, "smoothing", bands, () -> this, Iteration::want);
            solver.solve(wanted, context, "smoothing");
            double[][] solved = wanted;
            wanted = smooth;
            smooth = solved;
            Parallel.run(context, "shrinking", bands, () -> this, (own, b) -> Arrays.fill(own.wanted[b], 0));
            for (int a = 0; a < Differences.AXES; a++) {
                int axis = a;
                Parallel.run(context, "shrinking", bands, () -> this, (own, b) -> own.shrink(axis, b, tau / penalty));
                Parallel.run(context, "gathering", bands, () -> this, (own, b) -> own.gather(axis, b));
            }
            Parallel.run(context, "shrinking", bands, () -> this, (own, b) -> own.data(b, lambda / penalty));
        }

        /** What X and the shrunk differences ask of its smooth copy. */
        private void want(int b) {
            for (int i = 0; i < pixels; i++) {
                wanted[b][i] += x[b][i] + copyMultiplier[b][i];
            }
        }

        /** Differences into the place of their multipliers; the field is what they shall be, less the new multipliers. */
        private void shrink(int axis, int b, double threshold) {
            double[] m = slopeMultiplier[axis][b];
            double[] f = field[b];
            Arrays.fill(f, 0);
            double weight = 1;
            if (axis == 0) {
                differences.addDown(smooth[b], 0, pixels, f);
            } else if (axis == 1) {
                differences.addAlong(smooth[b], 0, pixels, f);
            } else if (b + 1 < bands) {
                Differences.addAcross(smooth[b], smooth[b + 1], 0, pixels, f);
                weight = spectralWeight;
            }
            for (int i = 0; i < pixels; i++) {
                double t = weight * f[i] + m[i];
                double rest = Math.max(-threshold, Math.min(threshold, t));
                m[i] = rest / GROWTH;
                f[i] = weight * (t - rest - m[i]);
            }
        }

        private void gather(int axis, int b) {
            if (axis == 0) {
                differences.addAdjointDown(field[b], wanted[b]);
            } else if (axis == 1) {
                Differences.addAdjointAlong(field[b], wanted[b]);
            } else {
                Differences.addAdjointAcross(field, b, wanted[b]);
            }
        }

        /** What the scene, less what exceeds the threshold, and the smooth copy ask of X: the mean of the two. */
        private void data(int b, double threshold) {
            double[] m = multiplier[b];
            double[] c = copyMultiplier[b];
            double[] z = smooth[b];
            for (int i = 0; i < pixels; i++) {
                double t = y[b][i] - x[b][i] + m[i];
                double rest = Math.max(-threshold, Math.min(threshold, t));
                m[i] = rest / GROWTH;
                c[i] = (c[i] + x[b][i] - z[i]) / GROWTH;
                x[b][i] = 0.5 * (y[b][i] - t + rest + m[i] + z[i] - c[i]);
            }
        }

        /** Overwrites the scene with the restored one. */
        void store() {
            tucker.project(x);
            SpectralBasis.store(x, pixels, y, 0);
        }
    }
}
