package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * L1HyMixDe, removal of Gaussian and sparse noise (impulses, stripes, dead lines) in a subspace. With the noise
 * deviation of each band in D = diag(s) and k orthonormal spectra V of the whitened scene, it minimises
 *
 * <blockquote>
 *   1/2 |D<sup>-1</sup> (Y - S) - V Z|<sup>2</sup> + phi(Z) + lambda |D<sup>-1</sup> S|<sub>1</sub>
 * </blockquote>
 *
 * by turns: the images Z of the components go through a {@link PlaneDenoiser}, which stands for phi, and the sparse
 * part S is what of the rest exceeds lambda deviations.
 *
 * <p>Noise and spectra are those of a coarsely mended scene, in which samples more than three deviations off the
 * median of their 5 x 5 pixels in the band are replaced by it; the deviation of a band is told by the median of these
 * differences. The rank is that of {@link WhitenedSvd}. The first images are those of the mended scene too.
 *
 * <p>Defaults: lambda 1.5, four rounds, BM3D. The port of HyDe has lambda 1, up to ten rounds, rank 10, an adaptive
 * median and noise by regression of the spoilt scene. Lambda 1 was .5 dB better for mixed noise and .7 dB worse for
 * white noise on the scene of {@code OracleTest}, lambda 2 the other way round. The fastest plane denoiser ({@link
 * WaveletShrinkage}) took a third of the time and cost .3 to .6 dB.
 *
 * <p>Bands without noise to be found (constant ones, combinations of others) are kept as they are and take no part.
 * So is a scene of one band, of fewer than two pixels a band or free of noise; the notes tell. Invalid pixels are
 * filled with what surrounds them and are NaN in the result. Small things that are seen in few bands are taken for
 * impulses: look at {@link RestoredCube#removed} before a search for rare targets. The figure {@code outliers} is the
 * share of samples that were replaced at first.
 *
 * <p>Holds the scene five times in float64. Costs some 300 B + B<sup>2</sup> flops a pixel at first, and 4 B k and k
 * planes of the plane denoiser a round. The same bits for any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: Zhuang and Ng, "Hyperspectral mixed noise removal by l1-norm-based subspace representation", IEEE
 * J-STARS 13, 2020.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(L1HyMixDe.withDefaults()).run();
 * }</pre>
 */
public final class L1HyMixDe implements Denoiser {
    private static final double COARSE = 3;

    private final double lambda;
    private final int iterations;
    private final PlaneDenoiser planeDenoiser;

    private L1HyMixDe(double lambda, int iterations, PlaneDenoiser planeDenoiser) {
        this.lambda = lambda;
        this.iterations = iterations;
        this.planeDenoiser = planeDenoiser;
    }

    /**
     * Lambda 1.5, 4 rounds, images by {@link Bm3d}.
     *
     * @return the method
     */
    public static L1HyMixDe withDefaults() {
        return new L1HyMixDe(1.5, 4, Bm3d.withDefaults());
    }

    /**
     * With another weight of the sparse part.
     *
     * @param deviations of the noise up to which a sample counts as Gaussian, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public L1HyMixDe withLambda(double deviations) {
        return new L1HyMixDe(NoisyScene.requirePositive("lambda", deviations), iterations, planeDenoiser);
    }

    /**
     * Weight of the sparse part.
     *
     * @return in deviations of the noise
     */
    public double lambda() {
        return lambda;
    }

    /**
     * With another number of rounds.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public L1HyMixDe withIterations(int count) {
        return new L1HyMixDe(lambda, NoisyScene.requireCount("iterations", count), planeDenoiser);
    }

    /**
     * Number of rounds.
     *
     * @return at least one
     */
    public int iterations() {
        return iterations;
    }

    /**
     * With another denoiser of the images.
     *
     * @param denoiser of planes
     * @return a changed copy
     */
    public L1HyMixDe withPlaneDenoiser(PlaneDenoiser denoiser) {
        return new L1HyMixDe(lambda, iterations, Objects.requireNonNull(denoiser, "denoiser"));
    }

    /**
     * What denoises the images.
     *
     * @return the method of planes
     */
    public PlaneDenoiser planeDenoiser() {
        return planeDenoiser;
    }

    @Override
    public String name() {
        return "l1hymixde";
    }

    @Override
    public String summary() {
        return "Denoises the images of a subspace by turns with what a few samples are off (L1 norm).";
    }

    @Override
    public String reference() {
        return "Zhuang and Ng, Hyperspectral mixed noise removal by l1-norm-based subspace representation, 2020";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return NoisyScene.denoise(cube, context, name(), new Solver());
    }

    private final class Solver implements NoisyScene.Solver {

        @Override
        public long bytes(int rows, int columns, int bands, int threads) {
            long pixels = (long) rows * columns;
            return Double.BYTES * pixels * (4L * bands + 2L * threads)
                    + threads * planeDenoiser.workerBytes(rows, columns);
        }

        @Override
        public Diagnostics solve(
                double[][] planes, int rows, int columns, RunContext context, Diagnostics diagnostics) {
            double[][] mended = Arrays.stream(planes).map(double[]::clone).toArray(double[][]::new);
            int[] replaced = new int[planes.length];
            Parallel.run(
                    context,
                    "finding outliers",
                    mended.length,
                    () -> new RobustMedian(rows, columns),
                    (own, b) -> replaced[b] = own.replaceOutliers(mended[b], COARSE));
            MeanScatter statistics = MeanScatter.of(Cube.of(rows, columns, mended), context);
            SubspaceModel model = WhitenedSvd.withDefaults().fit(statistics);
            Diagnostics more = diagnostics.with(
                    "outliers", Arrays.stream(replaced).sum() / ((double) planes.length * rows * columns));
            if (model.isIdentity()) {
                return more.note("without outliers the scene is free of noise: left as it is");
            }
            double[] deviation = RegressionNoise.of(statistics).divisors(statistics.correlation());
            new Turns(planes, mended, model, deviation, rows, columns, context).run();
            return more.with("rank", model.rank()).with("iterations", iterations);
        }
    }

    private final class Turns {
        private final double[][] y;
        private final double[][] x;
        private final SubspaceModel model;
        private final double[] deviation;
        private final int pixels;
        private final RunContext context;
        private final double[][] images;
        private final Reused<SpectralBasis.Block> blocks;
        private final Reused<PlaneDenoiser.Worker> denoisers;

        /** The scene and a guess of what it is like without noise, which is overwritten. */
        Turns(
                double[][] y,
                double[][] guess,
                SubspaceModel model,
                double[] deviation,
                int rows,
                int columns,
                RunContext context) {
            this.y = y;
            this.x = guess;
            this.model = model;
            this.deviation = deviation;
            this.pixels = rows * columns;
            this.context = context;
            images = new double[model.rank()][rows * columns];
            blocks = new Reused<>(() -> SpectralBasis.Block.of(y.length, images.length));
            denoisers = new Reused<>(() -> planeDenoiser.worker(rows, columns));
        }

        void run() {
            project(0);
            for (int k = 1; k <= iterations; k++) {
                Parallel.run(
                        context, "denoising", images.length, denoisers.anew(), (own, j) -> own.denoise(images[j], 1));
                boolean last = k == iterations;
                join(last ? y : x);
                if (!last) {
                    project(lambda);
                }
            }
        }

        /** The components of Y - S, which is x and as much of y - x as does not exceed some deviations. */
        private void project(double limit) {
            double[][] analysis = model.analysis();
            Parallel.run(context, "projecting", SpectralBasis.blocks(pixels), blocks.anew(), (own, k) -> {
                int from = k * SpectralBasis.BLOCK;
                int n = Math.min(SpectralBasis.BLOCK, pixels - from);
                SpectralBasis.load(x, from, n, own.spectra());
                for (int b = 0; b < y.length; b++) {
                    double most = limit * deviation[b];
                    double[] mended = own.spectra()[b];
                    for (int i = 0; i < n; i++) {
                        mended[i] += Math.max(-most, Math.min(most, y[b][from + i] - mended[i]));
                    }
                }
                Kernels.best().multiply(analysis, own.spectra(), n, own.coefficients());
                SpectralBasis.store(own.coefficients(), n, images, from);
            });
        }

        /** The scene of the components. */
        private void join(double[][] scene) {
            double[][] synthesis = model.synthesis();
            Parallel.run(context, "joining", SpectralBasis.blocks(pixels), blocks.anew(), (own, k) -> {
                int from = k * SpectralBasis.BLOCK;
                int n = Math.min(SpectralBasis.BLOCK, pixels - from);
                SpectralBasis.load(images, from, n, own.coefficients());
                Kernels.best().multiply(synthesis, own.coefficients(), n, own.spectra());
                SpectralBasis.store(own.spectra(), n, scene, from);
            });
        }
    }
}
