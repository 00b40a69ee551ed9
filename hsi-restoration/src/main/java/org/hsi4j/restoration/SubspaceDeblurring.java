package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.GaussianBlur;
import org.jspecify.annotations.Nullable;

/**
 * Deblurring of a scene's components as images, with a known point-spread function: blur acts on rows and columns, the subspace on
 * bands, so both can be exchanged. As in {@link SubspaceDenoiser} the scene becomes k images Y with white noise of deviation one; each image x with y = A x + noise
 * is found, and the scene is put together again.
 *
 * <ul>
 *   <li>{@link #wiener()}: x = argmin 1/2 |A x - y|<sup>2</sup> + 1/2 x'S<sup>-1</sup>x, S the power a f<sup>-b</sup> of the image, fitted to the frequencies at which it stands
 *       above the noise;
 *   <li>{@link #plugAndPlay}: any denoiser of planes as prior, by half-quadratic splitting in eight steps; {@link #totalVariation()} with the least
 *       total variation.
 * </ul>
 *
 * <p>With kernels that are their own mirror image in rows and columns the scene is mirrored at its border, as in {@link GaussianBlur}, and a step costs
 * three cosine transforms. With others, such as that of a slanted {@link org.hsi4j.simulate.MotionBlur} (its result's kernel can be handed on to
 * {@link #ofKernel}), nothing is assumed of what lies beyond the border, and a step costs some hundred Fourier transforms.
 *
 * <p>Default: a Gaussian of deviation 2 pixels, that of {@link GaussianBlur}; nobody should rely on it who can know the blur. A scene in which no noise can be found
 * is taken for one with 1e-4 of its root mean square, and any for one with 3e-3 of it at least
 * where the kernel is not its own mirror image, as conjugate gradients leave that much unsolved. Invalid pixels are filled with what surrounds them, and NaN in the result. Holds k images in float64. Immutable
 * and thread-safe.
 *
 * <p>Reference: Wiener, "Extrapolation, interpolation, and smoothing of stationary time series", 1949; Zhang et al., "Plug-and-play
 * image restoration with deep denoiser prior", IEEE Trans. PAMI 44, 2022.
 *
 * <pre>{@code
 * RestoredCube sharp = Restoring.of(scene).with(SubspaceDeblurring.wiener().withSigma(1.5)).run();
 * }</pre>
 */
public final class SubspaceDeblurring implements Deblurrer {
    private static final int STEPS = 8;

    /** Of conjugate gradients, for Wiener's filter with a kernel that is not its own mirror image. */
    private static final int ROUNDS = 3;

    /** Noise, relative to the root mean square, below which what conjugate gradients have not yet solved for is more. */
    private static final double RESOLVED = 3e-3;

    private final @Nullable PlaneDenoiser prior;
    private final double sigma;
    private final double sigmaError;
    private final @Nullable ScoreMap kernel;

    private SubspaceDeblurring(
            @Nullable PlaneDenoiser prior, double sigma, double sigmaError, @Nullable ScoreMap kernel) {
        this.prior = prior;
        this.sigma = sigma;
        this.sigmaError = sigmaError;
        this.kernel = kernel;
    }

    /**
     * Wiener's filter.
     *
     * @return the method, for a Gaussian of deviation 2
     */
    public static SubspaceDeblurring wiener() {
        return new SubspaceDeblurring(null, GaussianBlur.withDefaults().sigma(), 0, null);
    }

    /**
     * Least total variation.
     *
     * @return the method, for a Gaussian of deviation 2
     */
    public static SubspaceDeblurring totalVariation() {
        return plugAndPlay(TotalVariation.withDefaults());
    }

    /**
     * Any denoiser as prior.
     *
     * @param prior what an image of the scene looks like
     * @return the method, for a Gaussian of deviation 2
     */
    public static SubspaceDeblurring plugAndPlay(PlaneDenoiser prior) {
        return new SubspaceDeblurring(
                Objects.requireNonNull(prior, "prior"),
                GaussianBlur.withDefaults().sigma(),
                0,
                null);
    }

    /**
     * The blur is a Gaussian.
     *
     * @param pixels its standard deviation, positive, at most 30
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public SubspaceDeblurring withSigma(double pixels) {
        if (!(pixels > 0 && pixels <= 30)) {
            throw new IllegalArgumentException("sigma is more than 0 and at most 30 pixels, not " + pixels);
        }
        return new SubspaceDeblurring(prior, pixels, sigmaError, null);
    }

    /**
     * How well the deviation of the Gaussian is known. What is left of the frequencies at which wider and narrower Gaussians differ is
     * trusted less then: |A x - y|<sup>2</sup> becomes its mean over the Gaussians, so that an estimated width does no harm. Default: 0, it
     * is known; of no effect where a kernel is given.
     *
     * @param share standard deviation of its error as a share of it, 0 to .3
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public SubspaceDeblurring withSigmaError(double share) {
        if (!(share >= 0 && share <= 0.3)) {
            throw new IllegalArgumentException("the error of sigma is a share of 0 to .3 of it, not " + share);
        }
        return new SubspaceDeblurring(prior, sigma, share, kernel);
    }

    /**
     * The blur is a kernel that was measured, or the one of a simulated {@link org.hsi4j.simulate.MotionBlur}.
     *
     * @param weights odd sides; finite weights with a positive sum, by which they are divided
     * @return new settings
     * @throws IllegalArgumentException if it is not as described
     */
    public SubspaceDeblurring ofKernel(ScoreMap weights) {
        if (weights.rows() % 2 == 0 || weights.columns() % 2 == 0) {
            throw new IllegalArgumentException(
                    "a kernel has odd sides, not " + weights.rows() + "x" + weights.columns());
        }
        double[] values = weights.toArray();
        double sum = 0;
        for (double v : values) {
            sum += v;
        }
        if (!(sum > 0) || Double.isInfinite(sum)) {
            throw new IllegalArgumentException("the weights of a kernel have a positive, finite sum, not " + sum);
        }
        for (int i = 0; i < values.length; i++) {
            values[i] /= sum;
        }
        return new SubspaceDeblurring(
                prior, sigma, sigmaError, ScoreMap.of("kernel", weights.rows(), weights.columns(), values));
    }

    /**
     * Standard deviation of the Gaussian.
     *
     * @return pixels; of no effect where a kernel is given
     */
    public double sigma() {
        return sigma;
    }

    /**
     * How well the deviation of the Gaussian is known.
     *
     * @return a share of it
     */
    public double sigmaError() {
        return sigmaError;
    }

    /**
     * The kernel.
     *
     * @return empty where the blur is a Gaussian
     */
    public Optional<ScoreMap> kernel() {
        return Optional.ofNullable(kernel);
    }

    @Override
    public String name() {
        return "subspace-" + (prior == null ? "wiener" : prior.name()) + "-deblurring";
    }

    @Override
    public String summary() {
        return "Takes a known blur out of the images of the noise-whitened subspace, by "
                + (prior == null ? "Wiener's filter." : prior.name() + " as prior.");
    }

    @Override
    public String reference() {
        return prior == null
                ? "Wiener, Extrapolation, interpolation, and smoothing of stationary time series, 1949"
                : "Zhang et al., Plug-and-play image restoration with deep denoiser prior, 2022; images by "
                        + prior.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        int rows = cube.rows();
        int columns = cube.columns();
        Blur blur = kernel == null && sigmaError > 0
                ? Blur.uncertain(rows, columns, sigma, sigmaError)
                : Blur.of(rows, columns, fitting(rows, columns));
        WhiteImages images = WhiteImages.of(cube, context);
        PlaneDenoiser denoiser = prior;
        long worker = blur.workerBytes()
                + (denoiser == null ? 0 : denoiser.workerBytes(blur.extendedRows(), blur.extendedColumns()));
        context.requireMemory(
                (cube.precision() == Precision.FLOAT ? 4 : 8) * cube.samples()
                        + 2L * Double.BYTES * images.rank() * cube.pixels()
                        + Math.min(context.parallelism(), images.rank()) * worker,
                "the restored cube with the images of its components");
        double unit = blur.isMirrored() ? 1 : Math.max(1, RESOLVED * signalToNoise(images.planes(), cube.bands()));
        double[][] seen = scaled(images.planes(), 1 / unit);
        double[][] sharp =
                denoiser == null ? filtered(seen, rows, columns, blur, context) : split(seen, blur, denoiser, context);
        sharp = scaled(sharp, unit);
        Cube.Builder result = Cube.builderLike(cube);
        WhiteImages.join(result, sharp, images.synthesis(), images.valid(), context);
        return new RestoredCube(
                result.provenance("deblurred by " + name() + ", rank " + images.rank())
                        .build(),
                images.diagnostics().since(start));
    }

    /** Root mean square of the samples over the deviation of their noise, from images whose noise has a deviation of one. */
    private static double signalToNoise(double[][] planes, int bands) {
        double sum = 0;
        for (double[] plane : planes) {
            sum += Arrays.stream(plane).map(v -> v * v).average().orElse(0);
        }
        return Math.sqrt(sum / bands);
    }

    private static double[][] scaled(double[][] planes, double factor) {
        return factor == 1
                ? planes
                : Arrays.stream(planes)
                        .map(plane -> Arrays.stream(plane).map(v -> factor * v).toArray())
                        .toArray(double[][]::new);
    }

    /** The kernel, or the Gaussian out to four deviations as far as the scene reaches. */
    private ScoreMap fitting(int rows, int columns) {
        ScoreMap given = kernel;
        if (given != null) {
            return given;
        }
        int reach = Math.min((int) Math.ceil(4 * sigma), 127);
        int down = Math.min(reach, (rows - 1) / 2);
        int along = Math.min(reach, (columns - 1) / 2);
        double[] weights = new double[(2 * down + 1) * (2 * along + 1)];
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            int r = i / (2 * along + 1) - down;
            int c = i % (2 * along + 1) - along;
            weights[i] = Math.exp(-(r * r + c * c) / (2 * sigma * sigma));
            sum += weights[i];
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= sum;
        }
        return ScoreMap.of("kernel", 2 * down + 1, 2 * along + 1, weights);
    }

    private static double[][] filtered(double[][] seen, int rows, int columns, Blur blur, RunContext context) {
        double[][] result = new double[seen.length][];
        Parallel.run(context, "filtering", seen.length, blur::worker, (worker, k) -> {
            RadialSpectrum power = RadialSpectrum.of(seen[k], rows, columns, blur);
            double[] y = blur.extended(seen[k]);
            double[] x = y;
            double[] zero = new double[y.length];
            for (int n = 0; n < (blur.isMirrored() ? 1 : ROUNDS); n++) {
                x = worker.solve(y, x, zero, power::inverse);
            }
            result[k] = blur.cropped(x);
        });
        return result;
    }

    private static double[][] split(double[][] seen, Blur blur, PlaneDenoiser denoiser, RunContext context) {
        double[][] extended = Arrays.stream(seen).map(blur::extended).toArray(double[][]::new);
        double[][] sharp = new HalfQuadraticSplitting(denoiser, STEPS)
                .restored(extended, blur.extendedRows(), blur.extendedColumns(), () -> data(blur), context);
        return Arrays.stream(sharp).map(blur::cropped).toArray(double[][]::new);
    }

    private static HalfQuadraticSplitting.Data data(Blur blur) {
        Blur.Worker worker = blur.worker();
        return new HalfQuadraticSplitting.Data() {
            @Override
            public double[] start(double[] y) {
                return y;
            }

            @Override
            public double[] nearest(double[] y, double[] z, double m) {
                return worker.solve(y, z, z, (down, along) -> m);
            }
        };
    }
}
