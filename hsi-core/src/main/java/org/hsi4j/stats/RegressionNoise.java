package org.hsi4j.stats;

import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;

/**
 * Noise of each band by multiple regression on all other bands: what the others cannot explain is noise.
 *
 * <p>With R = (1/n) sum x x', the regression of band b on the others (without an intercept) leaves the mean square
 * 1 / (R<sup>-1</sup>)<sub>bb</sub>, so one pass over the scene is enough. The variance is that times n / (n - B + 1),
 * which accounts for the fitted coefficients, and no more than the variance of the band: a constant band has no noise,
 * even where the others cannot explain it. Reference: Bioucas-Dias and Nascimento, "Hyperspectral subspace
 * identification", 2008.
 *
 * <p>The unit of the samples does not matter, not even when each band has its own. When R is singular (fewer pixels
 * than bands, equal bands) 10<sup>-10</sup> of each diagonal entry, raised tenfold until R can be factored, is added to
 * it; a band that is an exact combination of others then gets a noise near zero, and so do all bands when there are not
 * more pixels than bands. A band that is zero everywhere is left out of the regressions. All of this is told by {@link
 * #reliable()}.
 *
 * <pre>{@code
 * double[] sigma = RegressionNoise.of(scene, RunContext.defaults()).deviation();
 * }</pre>
 */
public final class RegressionNoise {
    /** Share of a band's size that counts as no noise. */
    private static final double NOISE_FREE = 1e-6;

    /** Smallest ridge, relative to the diagonal. */
    private static final double RIDGE = 1e-10;

    private final double[] deviation;
    private final double[] residual;
    private final double[][] covariance;
    private final boolean reliable;

    private RegressionNoise(double[] deviation, double[] residual, double[][] covariance, boolean reliable) {
        this.deviation = deviation;
        this.residual = residual;
        this.covariance = covariance;
        this.reliable = reliable;
    }

    /**
     * Estimates the noise of a scene.
     *
     * @param cube the scene
     * @param context threads, progress and cancellation
     * @return the estimate
     * @throws IllegalArgumentException if the scene has no valid pixel, or samples so large that their squares overflow
     */
    public static RegressionNoise of(Cube cube, RunContext context) {
        return of(MeanScatter.of(cube, context));
    }

    /**
     * Estimates the noise from statistics.
     *
     * @param statistics of a scene
     * @return the estimate
     * @throws IllegalArgumentException if there is no pixel, or samples so large that their squares overflow
     */
    public static RegressionNoise of(MeanScatter statistics) {
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("no valid pixel to estimate noise from");
        }
        double[][] r = statistics.correlation();
        int bands = r.length;
        double[] size = new double[bands];
        for (int b = 0; b < bands; b++) {
            size[b] = Math.sqrt(r[b][b]);
            if (!Double.isFinite(size[b])) {
                throw new IllegalArgumentException(
                        "the samples are so large that their correlation overflows: scale the cube");
            }
        }
        boolean exact = normalise(r, size);
        Optional<double[][]> lower = Dense.cholesky(r);
        for (double ridge = RIDGE; lower.isEmpty(); ridge *= 10) {
            exact = false;
            for (int b = 0; b < bands; b++) {
                r[b][b] = 1 + ridge;
            }
            lower = Dense.cholesky(r);
        }
        double[][] inverse = Dense.inverse(lower.get());
        long freedom = statistics.count() - bands + 1;
        double correction = freedom > 0 ? (double) statistics.count() / freedom : 1.0;
        double[][] covariance = statistics.covariance();
        double[] deviation = new double[bands];
        double[] residual = new double[bands];
        for (int b = 0; b < bands; b++) {
            double variance = size[b] * size[b] * correction / inverse[b][b];
            deviation[b] = Math.sqrt(Math.min(variance, covariance[b][b]));
            residual[b] = size[b] / Math.sqrt(inverse[b][b]);
        }
        return new RegressionNoise(
                deviation, residual, residualCovariance(inverse, deviation), exact && freedom > bands);
    }

    /**
     * The correlation matrix of the residuals, D^-1/2 R^-1 D^-1/2 with D = diag(R^-1), between the noise deviations.
     */
    private static double[][] residualCovariance(double[][] inverse, double[] deviation) {
        int bands = deviation.length;
        double[][] noise = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                double correlation = 0.5 * (inverse[a][b] + inverse[b][a]) / Math.sqrt(inverse[a][a] * inverse[b][b]);
                noise[a][b] = a == b ? deviation[a] * deviation[a] : correlation * (deviation[a] * deviation[b]);
            }
        }
        return noise;
    }

    /**
     * Divides rows and columns by the sizes, so that the diagonal is one; false when there is a band without any size.
     */
    private static boolean normalise(double[][] r, double[] size) {
        boolean all = true;
        for (int a = 0; a < size.length; a++) {
            for (int b = 0; b < size.length; b++) {
                boolean both = size[a] > 0 && size[b] > 0;
                r[a][b] = a == b ? 1.0 : both ? r[a][b] / size[a] / size[b] : 0.0;
            }
            all &= size[a] > 0;
        }
        return all;
    }

    /**
     * Standard deviation of the noise.
     *
     * @return a copy, one value a band, in the unit of the samples; zero for a constant band
     */
    public double[] deviation() {
        return deviation.clone();
    }

    /**
     * What the bands are divided by to make their noise white: its deviation, but where there is hardly any, 10<sup>-6</sup> of
     * the size of the band, which leaves four of sixteen digits to the eigenvalues of what comes out.
     *
     * @param correlation (1/n) sum x x' of the same pixels, B x B
     * @return one value a band, greater than zero, in the unit of the samples; one for a band of zeros
     */
    public double[] divisors(double[][] correlation) {
        double[] divisors = deviation.clone();
        for (int b = 0; b < divisors.length; b++) {
            double rms = Math.sqrt(correlation[b][b]);
            divisors[b] = rms > 0 ? Math.max(deviation[b], NOISE_FREE * rms) : 1.0;
        }
        return divisors;
    }

    /**
     * Root mean square of what the regression leaves of each band, without the factor n / (n - B + 1) that accounts for
     * the fitted coefficients: what the program of Bioucas-Dias and Nascimento calls the noise. It is below {@link
     * #deviation()}, but for a constant band.
     *
     * @return a copy, one value a band, in the unit of the samples
     */
    public double[] residual() {
        return residual.clone();
    }

    /**
     * Covariance of the regression's residuals: D R<sup>-1</sup> D with D = diag(1 / (R<sup>-1</sup>)<sub>bb</sub>),
     * with the same factor and bound as {@link #deviation()}, whose squares are its diagonal. Its other entries hold
     * more than the noise's correlation between bands: bands that explain each other share the noise of their
     * regressors.
     *
     * @return B x B, positive semidefinite, in the squared unit of the samples
     */
    public double[][] covariance() {
        double[][] copy = new double[covariance.length][];
        for (int b = 0; b < copy.length; b++) {
            copy[b] = covariance[b].clone();
        }
        return copy;
    }

    /**
     * Whether the estimate can be trusted.
     *
     * @return false when there are fewer than two pixels a band, or bands that are zero or exact combinations of others
     */
    public boolean reliable() {
        return reliable;
    }

    /**
     * Root of the mean noise variance over the bands.
     *
     * @return in the unit of the samples
     */
    public double rms() {
        double sum = 0;
        for (double d : deviation) {
            sum += d * d;
        }
        return Math.sqrt(sum / deviation.length);
    }
}
