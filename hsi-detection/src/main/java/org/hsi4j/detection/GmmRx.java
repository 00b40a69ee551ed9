package org.hsi4j.detection;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Shrinkage;

/**
 * How improbable a pixel is under a mixture of Gaussians.
 *
 * <p>In the principal components of the background, scaled to unit variance, the d strongest ones y (whose variance is more than 10<sup>-3</sup> mean
 * variances of the bands) follow a mixture of K Gaussians with weights w<sub>k</sub>, means m<sub>k</sub> and covariances C<sub>k</sub>, and the others, u, are
 * common to all. The score is u'u - 2 ln sum<sub>k</sub> w<sub>k</sub> det(C<sub>k</sub>)<sup>-1/2</sup> exp(-(y - m<sub>k</sub>)' C<sub>k</sub><sup>-1</sup> (y - m<sub>k</sub>) / 2): minus twice the
 * logarithm of the density, on a scale on which one Gaussian is {@link Rx}. It may be negative. Its distribution is not known:
 * there is no threshold by the model, and there are no p-values, unless one Gaussian is asked for.
 *
 * <p><b>Fit.</b> Expectation and maximisation until the objective rises by less than a millionth, from several starts, of which the best stays. Each
 * C<sub>k</sub> is joined by 2 d pixels of the whole background's covariance, which keeps small components from explaining their own
 * anomalies away; what rises is the likelihood times this prior. It is learnt from at most 20,000 pixels, evenly taken from the
 * valid ones. <b>Defaults.</b> K is 3, and 3 starts; over airport-1, beach-1, urban-1, urban-2 of ABU and
 * HYDICE the mean AUC is .964, that of {@link Rx} .955.
 *
 * <p>A covariance that cannot be trusted (not more pixels than bands, equal or constant bands) is shrunk and reported, see
 * {@link Shrinkage#AUTO}. Invalid pixels take no part and are NaN. Costs 2 B<sup>2</sup> + K d<sup>2</sup> flops a pixel for the score.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(GmmRx.withDefaults().withComponents(5)).run();
 * }</pre>
 */
public final class GmmRx implements AnomalyDetector {
    private static final int MOST_PIXELS = 20_000;
    private static final int MOST_ITERATIONS = 200;
    private static final double LEAST_VARIANCE = 1e-3;

    private final int components;
    private final int starts;
    private final OptionalLong seed;

    private GmmRx(int components, int starts, OptionalLong seed) {
        this.components = components;
        this.starts = starts;
        this.seed = seed;
    }

    /**
     * With three Gaussians, three starts and the seed of the run.
     *
     * @return the method
     */
    public static GmmRx withDefaults() {
        return new GmmRx(3, 3, OptionalLong.empty());
    }

    /**
     * Another number of Gaussians.
     *
     * @param count K, from 1 to 100
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public GmmRx withComponents(int count) {
        return new GmmRx(requireCount("components", count), starts, seed);
    }

    /**
     * The number of Gaussians.
     *
     * @return K
     */
    public int components() {
        return components;
    }

    /**
     * Another number of starts.
     *
     * @param count from 1 to 100
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public GmmRx withStarts(int count) {
        return new GmmRx(components, requireCount("starts", count), seed);
    }

    private static int requireCount(String what, int count) {
        if (count < 1 || count > 100) {
            throw new IllegalArgumentException("the number of " + what + " must be from 1 to 100, not " + count);
        }
        return count;
    }

    /**
     * The number of starts.
     *
     * @return at least one
     */
    public int starts() {
        return starts;
    }

    /**
     * With a seed of its own for the starts.
     *
     * @param newSeed any number
     * @return a changed copy
     */
    public GmmRx withSeed(long newSeed) {
        return new GmmRx(components, starts, OptionalLong.of(newSeed));
    }

    /**
     * The seed for the starts.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public String name() {
        return "gmm-rx";
    }

    @Override
    public String summary() {
        return "Improbability under a mixture of Gaussians.";
    }

    @Override
    public String reference() {
        return "Stein, Beaven, Hoff, Winter, Schaum and Stocker, Anomaly detection from hyperspectral imagery, 2002";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        long start = System.nanoTime();
        CovarianceEstimate whole = CovarianceEstimate.of(background, Shrinkage.AUTO, context);
        Dense.Eigen eigen = Dense.eigen(whole.matrix());
        double[] variances = eigen.values();
        double least = LEAST_VARIANCE * Arrays.stream(variances).average().orElseThrow();
        int strong = (int)
                Math.max(1, Arrays.stream(variances).filter(v -> v > least).count());
        double[][] whiten = eigen.vectors();
        for (int k = 0; k < whiten.length; k++) {
            double scale = 1 / Math.sqrt(Math.max(variances[k], Double.MIN_NORMAL));
            for (int b = 0; b < whiten.length; b++) {
                whiten[k][b] *= scale;
            }
        }
        double[][] sample = sample(background, whole.mean(), Arrays.copyOf(whiten, strong), context);
        GaussianMixture.Fit best = best(sample, context);
        Diagnostics d = whole.diagnostics();
        Diagnostics diagnostics = new Diagnostics(
                        best.converged(), best.iterations(), d.elapsed(), d.figures(), d.notes())
                .with("directions", strong)
                .with("log-likelihood", best.objective());
        return new Model(whole.mean(), whiten, strong, best.mixture(), diagnostics.since(start));
    }

    private GaussianMixture.Fit best(double[][] sample, RunContext context) {
        int n = sample[0].length;
        long first = seed.orElse(context.seed());
        GaussianMixture.Fit[] fits = new GaussianMixture.Fit[starts];
        Parallel.run(
                context,
                "mixture",
                starts,
                () -> first,
                (own, k) -> fits[k] = GaussianMixture.fit(
                        sample, n, components, 2.0 * sample.length, MOST_ITERATIONS, new Random(own + k), context));
        GaussianMixture.Fit best = fits[0];
        for (GaussianMixture.Fit fit : fits) {
            best = fit.objective() > best.objective() ? fit : best;
        }
        return best;
    }

    /** The strong components of pixels that are spread over the valid ones. */
    private static double[][] sample(Cube cube, double[] mean, double[][] whiten, RunContext context) {
        Mask valid = Valid.of(cube, context);
        int stride = (valid.count() + MOST_PIXELS - 1) / MOST_PIXELS;
        int[] slots = new int[cube.pixels()];
        int n = 0;
        for (int i = 0, rank = 0; i < slots.length; i++) {
            slots[i] = valid.get(i) && rank++ % stride == 0 ? n++ : -1;
        }
        context.requireMemory(
                4L * slots.length + 8L * n * (3L * whiten.length + 100), "the pixels from which the mixture is learnt");
        double[][] sample = new double[whiten.length][n];
        int capacity = PixelTile.capacityFor(cube.bands());
        Tiles.forEach(cube, context, "sample", () -> new double[whiten.length][capacity], (own, tile) -> {
            centre(tile, mean);
            tile.multiply(whiten, own);
            for (int i = 0; i < tile.size(); i++) {
                int slot = slots[tile.pixel(i)];
                for (int k = 0; slot >= 0 && k < whiten.length; k++) {
                    sample[k][slot] = own[k][i];
                }
            }
        });
        return sample;
    }

    private static void centre(PixelTile tile, double[] mean) {
        double[][] planes = tile.planes();
        for (int b = 0; b < mean.length; b++) {
            for (int i = 0; i < tile.size(); i++) {
                planes[b][i] -= mean[b];
            }
        }
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final double[] mean;
        private final double[][] whiten;
        private final int strong;
        private final GaussianMixture mixture;

        Model(double[] mean, double[][] whiten, int strong, GaussianMixture mixture, Diagnostics diagnostics) {
            super(
                    mean.length,
                    mixture.components() == 1 ? new BackgroundLaw.ChiSquare(mean.length) : null,
                    diagnostics);
            this.mean = mean;
            this.whiten = whiten;
            this.strong = strong;
            this.mixture = mixture;
        }

        @Override
        public Worker worker() {
            int capacity = PixelTile.capacityFor(bands());
            double[][] components = new double[bands()][capacity];
            double[][] strongest = Arrays.copyOf(components, strong);
            double[][] others = Arrays.copyOfRange(components, strong, components.length);
            double[][][] buffers = mixture.buffers(capacity);
            double[] rest = new double[capacity];
            return (tile, output) -> {
                centre(tile, mean);
                tile.multiply(whiten, components);
                int n = tile.size();
                Kernels.best().squaredNorms(others, n, rest);
                mixture.surprise(strongest, n, buffers, output[0]);
                for (int i = 0; i < n; i++) {
                    output[0][i] += rest[i];
                }
            };
        }
    }
}
