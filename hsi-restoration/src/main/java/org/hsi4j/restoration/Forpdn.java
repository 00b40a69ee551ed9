package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.WaveletTransform;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * First-order roughness penalised denoising (FORPDN): spectra are smooth, and how smooth depends on the size of what is seen. With the
 * wavelet coefficients of all bands of a subband in the columns of Y, and the noise deviations of the bands in S, it finds the
 * F that minimises
 *
 * <blockquote>
 *   ||S<sup>-1</sup> (Y - F)||<sup>2</sup> + lambda ||D F||<sup>2</sup>,
 * </blockquote>
 *
 * where D takes the differences of neighbouring bands. With the eigenvectors U and eigenvalues s of S D' D S, that is a factor
 * 1 / (1 + lambda s<sub>j</sub>) for each component of U' S<sup>-1</sup> Y, the same for all coefficients of the level. Lambda is that of the
 * smallest squared error, as Stein's unbiased estimate has it, of zero and 61 values from .1 to 1e5, ten a decade, with the mean noise
 * variance as unit; it is chosen for each level
 * of details and for the smooth part.
 *
 * <p>Defaults: Daubechies' wavelets of 6 vanishing moments on at most 3 levels, as the Python toolbox HyDe has them; fewer levels
 * on small scenes. Its other numbers are grids of lambda for samples of 8 bits, which whitening makes needless. Bands without noise to be
 * found (deviation below a thousandth of the mean one) are left out, so that they stay as they are.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of fewer than two
 * pixels a band are projected as there. Invalid pixels are filled with what surrounds them and are NaN in the result. Holds two more copies of
 * the scene in float64. Costs 5 B<sup>2</sup> flops a pixel and three transforms of each band. Immutable and thread-safe.
 *
 * <p>Reference: Rasti, Sveinsson, Ulfarsson and Benediktsson, "Hyperspectral image denoising using first order spectral roughness
 * penalty in wavelet domain", IEEE J-STARS 7, 2014.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(Forpdn.withDefaults()).run();
 * }</pre>
 */
public final class Forpdn implements Denoiser {
    private static final double NOISE_FREE = 1e-3;
    private static final int STEPS = 61;

    private final int vanishingMoments;
    private final int levels;

    private Forpdn(int vanishingMoments, int levels) {
        this.vanishingMoments = vanishingMoments;
        this.levels = levels;
    }

    /**
     * Wavelets of 6 vanishing moments, 3 levels.
     *
     * @return the method
     */
    public static Forpdn withDefaults() {
        return new Forpdn(6, 3);
    }

    /**
     * With other wavelets of the Daubechies family.
     *
     * @param moments vanishing moments, 1 to 10
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public Forpdn withVanishingMoments(int moments) {
        return new Forpdn(WaveletVector.requireMoments(moments), levels);
    }

    /**
     * Vanishing moments of the wavelets.
     *
     * @return 1 to 10
     */
    public int vanishingMoments() {
        return vanishingMoments;
    }

    /**
     * With another number of levels.
     *
     * @param most how often the smooth part is split at most, 1 to 12
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public Forpdn withLevels(int most) {
        return new Forpdn(vanishingMoments, WaveletVector.requireLevels(most));
    }

    /**
     * How often the smooth part is split at most.
     *
     * @return 1 to 12
     */
    public int levels() {
        return levels;
    }

    @Override
    public String name() {
        return "forpdn";
    }

    @Override
    public String summary() {
        return "Smooths spectra in the wavelet domain, each level by what Stein's risk tells.";
    }

    @Override
    public String reference() {
        return "Rasti, Sveinsson, Ulfarsson and Benediktsson, Hyperspectral image denoising using first order spectral"
                + " roughness penalty in wavelet domain, 2014";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        SubspaceModel signal = WhitenedSvd.withDefaults().fit(statistics);
        return SubspaceImages.stays(signal)
                ? SubspaceImages.denoised(cube, context, beside, name(), signal, images -> 0, (images, told) -> told)
                : smoothed(cube, statistics, signal.diagnostics(), context, beside);
    }

    private Learnt smoothed(
            Cube cube, MeanScatter statistics, Diagnostics diagnostics, RunContext context, long beside) {
        RegressionNoise noise = RegressionNoise.of(statistics);
        double[] deviation = noise.divisors(statistics.correlation());
        Dense.Eigen roughness = Dense.eigen(roughness(noise, deviation));
        int bands = deviation.length;
        SubspaceModel model =
                WhitenedSvd.projector(roughness.vectors(), deviation, bands, diagnostics.with("rank", bands));
        double[] eigenvalues = roughness.values();
        WaveletTransform transform = WaveletVector.transform(vanishingMoments, levels, cube.rows(), cube.columns());
        return SubspaceImages.denoised(
                cube,
                context,
                beside,
                name(),
                model,
                images -> Math.min(context.parallelism(), images) * transform.workerBytes(),
                (images, told) -> {
                    double[] lambda = lambdas(images, eigenvalues, transform, cube, context);
                    Parallel.run(
                            context,
                            "smoothing",
                            bands,
                            transform::worker,
                            (worker, j) -> scale(worker, transform, images[j], eigenvalues[j], lambda));
                    return told;
                });
    }

    /** S D' D S, where D leaves out the bands without noise. */
    private static double[][] roughness(RegressionNoise noise, double[] deviation) {
        int bands = deviation.length;
        double[] estimated = noise.deviation();
        double[][] roughness = new double[bands][bands];
        int before = -1;
        for (int b = 0; b < bands; b++) {
            if (estimated[b] > NOISE_FREE * noise.rms()) {
                if (before >= 0) {
                    double x = deviation[before] / noise.rms();
                    double y = deviation[b] / noise.rms();
                    roughness[before][before] += x * x;
                    roughness[b][b] += y * y;
                    roughness[before][b] -= x * y;
                    roughness[b][before] -= x * y;
                }
                before = b;
            }
        }
        return roughness;
    }

    /** For the smooth part first, then for the details of each level. */
    private static double[] lambdas(
            double[][] images, double[] eigenvalues, WaveletTransform transform, Cube cube, RunContext context) {
        double[][] energy = new double[images.length][transform.levels() + 1];
        Parallel.run(context, "measuring", images.length, transform::worker, (worker, j) -> {
            worker.forward(images[j]);
            for (int level = 0; level <= transform.levels(); level++) {
                int at = level == 0 ? transform.levels() : level;
                int rows = WaveletVector.own(cube.rows(), at);
                int columns = WaveletVector.own(cube.columns(), at);
                if (level == 0) {
                    energy[j][0] = energy(worker.approximation(), rows, columns);
                } else {
                    for (WaveletTransform.Subband subband : WaveletTransform.Subband.values()) {
                        energy[j][level] += energy(worker.detail(level, subband), rows, columns);
                    }
                }
            }
        });
        double[] lambda = new double[transform.levels() + 1];
        for (int level = 0; level < lambda.length; level++) {
            int at = level == 0 ? transform.levels() : level;
            double count = (double) WaveletVector.own(cube.rows(), at) * WaveletVector.own(cube.columns(), at);
            lambda[level] = lambda(energy, level, level == 0 ? count : 3 * count, eigenvalues);
        }
        return lambda;
    }

    private static double energy(double[][] coefficients, int rows, int columns) {
        double sum = 0;
        for (int r = 0; r < rows; r++) {
            double[] row = coefficients[r];
            for (int c = 0; c < columns; c++) {
                sum += row[c] * row[c];
            }
        }
        return sum;
    }

    /** The risk is the sum over the components of (1 - a)^2 energy + 2 a count, with the factors a. */
    private static double lambda(double[][] energy, int level, double count, double[] eigenvalues) {
        double best = 0;
        double least = 2 * count * eigenvalues.length;
        for (int k = 0; k < STEPS; k++) {
            double lambda = Math.pow(10, -1 + k / 10.0);
            double risk = 0;
            for (int j = 0; j < eigenvalues.length; j++) {
                double a = factor(lambda, eigenvalues[j]);
                risk += (1 - a) * (1 - a) * energy[j][level] + 2 * a * count;
            }
            if (risk < least) {
                least = risk;
                best = lambda;
            }
        }
        return best;
    }

    private static double factor(double lambda, double eigenvalue) {
        return 1 / (1 + lambda * Math.max(0, eigenvalue));
    }

    private static void scale(
            WaveletTransform.Worker worker,
            WaveletTransform transform,
            double[] image,
            double eigenvalue,
            double[] lambda) {
        worker.forward(image);
        scale(worker.approximation(), factor(lambda[0], eigenvalue));
        for (int level = 1; level <= transform.levels(); level++) {
            for (WaveletTransform.Subband subband : WaveletTransform.Subband.values()) {
                scale(worker.detail(level, subband), factor(lambda[level], eigenvalue));
            }
        }
        worker.inverse(image);
    }

    private static void scale(double[][] coefficients, double factor) {
        for (double[] row : coefficients) {
            for (int c = 0; c < row.length; c++) {
                row[c] *= factor;
            }
        }
    }
}
