package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.linalg.Proximal;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Denoising of mixed noise by enhanced three-dimensional total variation (E3DTV): Gaussian noise, stripes, dead lines and
 * impulses at once. With the differences D<sub>a</sub> to the next pixel down, along and to the next band, it minimises
 *
 * <blockquote>
 *   tau sum over a of |U<sub>a</sub>|<sub>1</sub> + lambda |Y - X|<sub>1</sub>   subject to   D<sub>a</sub> X = U<sub>a</sub> V<sub>a</sub>', V<sub>a</sub>' V<sub>a</sub> = I:
 * </blockquote>
 *
 * the gradients of all bands together are sparse in a few orthonormal spectra each, as edges are where they are in all bands.
 * Each iteration of the method of multipliers shrinks Y - X and the coefficients U<sub>a</sub>, takes for V<sub>a</sub> the
 * nearest orthonormal matrix, and finds X by one three-dimensional cosine transform. The penalty starts at .02 and grows by half
 * each time, so that the scene stands still after some twenty iterations.
 *
 * <p>Defaults: tau .6, lambda 1, rank 8, 22 iterations. The paper has tau = .004 sqrt(rows x columns), which is .58 on its
 * scene of 145x145, and rank 13; here tau does not grow with the scene. Only the ratio of tau and lambda and the course of the
 * penalty matter. The scene is brought to a root mean square of .45 by one factor first, so that its unit does not matter.
 *
 * <p>Bands without noise to be found (constant ones, combinations of others) are kept as they are and take no part. So is a scene
 * of one band, of fewer than two pixels a band or free of noise; the notes tell. Invalid pixels are filled with what surrounds
 * them and are NaN in the result. The border of the scene has no differences. Small things that are seen in few bands are taken for
 * impulses: look at {@link RestoredCube#removed} before a search for rare targets.
 *
 * <p>Holds the scene eight times and its coefficients once in float64. Costs some B (18 rank + 50 log(rows columns B))
 * flops a pixel and iteration. The same bits for any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: Peng, Xie, Zhao, Wang, Yee and Meng, "Enhanced 3DTV regularization and its applications on HSI denoising and
 * compressed sensing", IEEE Trans. Image Processing 29, 2020.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(EnhancedTotalVariation.withDefaults()).run();
 * }</pre>
 */
public final class EnhancedTotalVariation implements Denoiser {
    private static final double PENALTY = 0.02;
    private static final double GROWTH = 1.5;

    private final double tau;
    private final double lambda;
    private final int rank;
    private final int iterations;

    private EnhancedTotalVariation(double tau, double lambda, int rank, int iterations) {
        this.tau = tau;
        this.lambda = lambda;
        this.rank = rank;
        this.iterations = iterations;
    }

    /**
     * Tau .6, lambda 1, rank 8, 22 iterations.
     *
     * @return the method
     */
    public static EnhancedTotalVariation withDefaults() {
        return new EnhancedTotalVariation(0.6, 1, 8, 22);
    }

    /**
     * With another weight of the total variation.
     *
     * @param newTau positive; larger is smoother
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public EnhancedTotalVariation withTau(double newTau) {
        return new EnhancedTotalVariation(NoisyScene.requirePositive("tau", newTau), lambda, rank, iterations);
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
    public EnhancedTotalVariation withLambda(double newLambda) {
        return new EnhancedTotalVariation(tau, NoisyScene.requirePositive("lambda", newLambda), rank, iterations);
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
     * With another number of spectra for the differences along each axis.
     *
     * @param newRank at least one; no more than the scene has bands are used
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public EnhancedTotalVariation withRank(int newRank) {
        return new EnhancedTotalVariation(tau, lambda, NoisyScene.requireCount("rank", newRank), iterations);
    }

    /**
     * Number of spectra for the differences along each axis.
     *
     * @return at least one
     */
    public int rank() {
        return rank;
    }

    /**
     * With another number of iterations.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public EnhancedTotalVariation withIterations(int count) {
        return new EnhancedTotalVariation(tau, lambda, rank, NoisyScene.requireCount("iterations", count));
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
        return "e3dtv";
    }

    @Override
    public String summary() {
        return "Removes mixed noise by gradients that are sparse in few spectra (enhanced 3-D total variation).";
    }

    @Override
    public String reference() {
        return "Peng, Xie, Zhao, Wang, Yee and Meng, Enhanced 3DTV regularization and its applications on HSI denoising and"
                + " compressed sensing, 2020";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return NoisyScene.denoise(cube, context, name(), new Solver());
    }

    private final class Solver implements NoisyScene.Solver {

        @Override
        public long bytes(int rows, int columns, int bands, int threads) {
            long pixels = (long) rows * columns;
            int r = Math.min(rank, bands);
            long blocks = SpectralBasis.blocks(rows * columns);
            return Double.BYTES * (7 * pixels * bands + pixels * r + blocks * r * bands)
                    + threads * DifferenceSolver.workerBytes(rows, columns, bands);
        }

        @Override
        public Diagnostics solve(
                double[][] planes, int rows, int columns, RunContext context, Diagnostics diagnostics) {
            Iteration iteration = new Iteration(planes, rows, columns, context);
            double penalty = PENALTY;
            for (int k = 0; k < iterations; k++) {
                iteration.step(penalty);
                penalty *= GROWTH;
            }
            iteration.store(planes);
            return diagnostics.with("rank", Math.min(rank, planes.length)).with("iterations", iterations);
        }
    }

    /** Multipliers are divided by the penalty, as it will be when they are used next. */
    private final class Iteration {
        private final double[][] y;
        private final int pixels;
        private final int bands;
        private final int blocks;
        private final RunContext context;
        private final Differences differences;
        private final DifferenceSolver solver;
        private final double[][] multiplier;
        private final double[][][] slopeMultiplier;
        private final double[][][] basis = new double[Differences.AXES][][];
        private final double[][] coefficients;
        private final double[][] field;
        private final double[][][] partial;
        private final Reused<SpectralBasis.Block> buffers;
        private double[][] x;
        private double[][] next;

        Iteration(double[][] y, int rows, int columns, RunContext context) {
            this.y = y;
            this.pixels = rows * columns;
            this.bands = y.length;
            this.blocks = SpectralBasis.blocks(pixels);
            this.context = context;
            differences = new Differences(rows, columns);
            solver = new DifferenceSolver(rows, columns, bands, 1, 1, 1);
            int r = Math.min(rank, bands);
            multiplier = new double[bands][pixels];
            slopeMultiplier = new double[Differences.AXES][bands][pixels];
            coefficients = new double[r][pixels];
            field = new double[bands][pixels];
            partial = new double[blocks][r][bands];
            buffers = new Reused<>(() -> SpectralBasis.Block.of(bands, r));
            x = new double[bands][pixels];
            next = new double[bands][pixels];
            SpectralBasis.load(y, 0, pixels, x);
            double[][] gram = SpectralBasis.gram(y, context);
            basis[0] = SpectralBasis.leading(gram, r);
            basis[1] = basis[0];
            basis[2] = SpectralBasis.leading(SpectralBasis.gramOfDifferences(gram), r);
        }

        void step(double penalty) {
            Parallel.run(context, "shrinking", bands, () -> this, (own, b) -> own.data(b, lambda / penalty));
            for (int a = 0; a < Differences.AXES; a++) {
                shrink(a, tau / penalty);
                basis[a] = SpectralBasis.nearest(SpectralBasis.sum(partial), basis[a]);
                expand(a);
                int axis = a;
                Parallel.run(context, "gathering", bands, () -> this, (own, b) -> own.gather(axis, b));
            }
            solver.solve(next, context, "solving");
            double[][] solved = next;
            next = x;
            x = solved;
        }

        /** What the scene asks of X: next = Y - E + multiplier, where E is what of Y - X exceeds the threshold. */
        private void data(int b, double threshold) {
            double[] m = multiplier[b];
            for (int i = 0; i < pixels; i++) {
                double t = y[b][i] - x[b][i] + m[i];
                double rest = Math.max(-threshold, Math.min(threshold, t));
                m[i] = rest / GROWTH;
                next[b][i] = y[b][i] - t + rest + m[i];
            }
        }

        /** Differences into the place of their multipliers, coefficients, and what their basis follows from. */
        private void shrink(int axis, double threshold) {
            Parallel.run(context, "shrinking", blocks, buffers.anew(), (own, k) -> {
                int from = k * SpectralBasis.BLOCK;
                int n = Math.min(SpectralBasis.BLOCK, pixels - from);
                SpectralBasis.load(slopeMultiplier[axis], from, n, own.spectra());
                for (int b = 0; b < bands; b++) {
                    addDifference(axis, b, from, from + n, own.spectra()[b]);
                }
                SpectralBasis.store(own.spectra(), n, slopeMultiplier[axis], from);
                Kernels.best().multiply(basis[axis], own.spectra(), n, own.coefficients());
                Proximal.softThreshold(own.coefficients(), n, threshold);
                SpectralBasis.store(own.coefficients(), n, coefficients, from);
                own.crossProduct(n, partial[k]);
            });
        }

        private void addDifference(int axis, int b, int from, int to, double[] out) {
            if (axis == 0) {
                differences.addDown(x[b], from, to, out);
            } else if (axis == 1) {
                differences.addAlong(x[b], from, to, out);
            } else if (b + 1 < bands) {
                Differences.addAcross(x[b], x[b + 1], from, to, out);
            }
        }

        /** The new multiplier, and the field U V' less it. */
        private void expand(int axis) {
            double[][] spectra = SpectralBasis.transposed(basis[axis]);
            Parallel.run(context, "expanding", blocks, buffers.anew(), (own, k) -> {
                int from = k * SpectralBasis.BLOCK;
                int n = Math.min(SpectralBasis.BLOCK, pixels - from);
                SpectralBasis.load(coefficients, from, n, own.coefficients());
                Kernels.best().multiply(spectra, own.coefficients(), n, own.spectra());
                for (int b = 0; b < bands; b++) {
                    double[] product = own.spectra()[b];
                    double[] m = slopeMultiplier[axis][b];
                    double[] f = field[b];
                    for (int i = 0; i < n; i++) {
                        m[from + i] = (m[from + i] - product[i]) / GROWTH;
                        f[from + i] = product[i] - m[from + i];
                    }
                }
            });
        }

        /** Adds the adjoint differences of the field. */
        private void gather(int axis, int b) {
            if (axis == 0) {
                differences.addAdjointDown(field[b], next[b]);
            } else if (axis == 1) {
                Differences.addAdjointAlong(field[b], next[b]);
            } else {
                Differences.addAdjointAcross(field, b, next[b]);
            }
        }

        void store(double[][] planes) {
            SpectralBasis.store(x, pixels, planes, 0);
        }
    }
}
