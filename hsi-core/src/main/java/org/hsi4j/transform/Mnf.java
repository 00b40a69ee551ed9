package org.hsi4j.transform;

import java.util.Optional;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.NoiseCovariance;
import org.hsi4j.stats.NoiseMethod;

/**
 * Minimum (or maximum) noise fraction: the directions of largest ratio of signal to noise.
 *
 * <p>With the noise covariance N = L L' and the scene's covariance S, the components are the eigenvectors U of
 * L<sup>-1</sup> S L'<sup>-1</sup>: y = U' L<sup>-1</sup> (x - m), x = L U y + m. The noise has unit variance in each
 * component and none between them; the eigenvalue is the variance of the component, one for noise alone. The result
 * does not depend on the units of the bands. Costs B<sup>2</sup> flops a pixel for the fit and as much or twice for the
 * noise. Reference: Green, Berman, Switzer and Craig, "A transformation for ordering multispectral data in terms of
 * image quality", 1988. Immutable and thread-safe.
 *
 * <p>Where N cannot be factored (a band without noise, too few pixels), multiples of the identity of 10<sup>-12</sup>,
 * 10<sup>-11</sup>, ... of the mean noise variance are added until it can, which is noted.
 *
 * <pre>{@code
 * ComponentTransform mnf = Mnf.withDefaults().withNoise(NoiseMethod.SHIFT_DIFFERENCE).withComponents(10).fit(scene,
 * context); }</pre>
 */
public final class Mnf {
    private final OptionalInt components;
    private final NoiseMethod noise;

    private Mnf(OptionalInt components, NoiseMethod noise) {
        this.components = components;
        this.noise = noise;
    }

    /**
     * With as many components as bands, and the noise by shift difference, as the authors of the method have it.
     *
     * @return the method
     */
    public static Mnf withDefaults() {
        return new Mnf(OptionalInt.empty(), NoiseMethod.SHIFT_DIFFERENCE);
    }

    /**
     * With fewer components.
     *
     * @param count at least one, at most the number of bands
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Mnf withComponents(int count) {
        return new Mnf(OptionalInt.of(Pca.requirePositive(count)), noise);
    }

    /**
     * The number of components.
     *
     * @return empty for as many as bands
     */
    public OptionalInt components() {
        return components;
    }

    /**
     * Another estimate of the noise.
     *
     * @param method how; shift difference by default. Of {@link NoiseMethod#REGRESSION} the variances alone are used,
     *     see {@link NoiseCovariance#regression}
     * @return a changed copy
     */
    public Mnf withNoise(NoiseMethod method) {
        return new Mnf(components, java.util.Objects.requireNonNull(method, "noise"));
    }

    /**
     * How the noise is estimated.
     *
     * @return the method
     */
    public NoiseMethod noise() {
        return noise;
    }

    /**
     * Learns the components of a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the transform; the same for any number of threads
     * @throws IllegalArgumentException if the scene has no valid pixel or none that the noise can be estimated from,
     *     fewer bands than components are asked for, or samples so large that their squares overflow
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public ComponentTransform fit(Cube cube, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        Pca.requirePixels(statistics);
        return fit(
                statistics,
                noise == NoiseMethod.REGRESSION
                        ? NoiseCovariance.regression(statistics).diagonal()
                        : NoiseCovariance.of(cube, noise, context));
    }

    /**
     * Learns the components from statistics and a noise estimate, whatever {@link #noise()} says.
     *
     * @param statistics of a scene
     * @param estimate of its noise, or of that of another scene of the same sensor
     * @return the transform
     * @throws IllegalArgumentException if there is no pixel, or the numbers of bands do not fit
     */
    public ComponentTransform fit(MeanScatter statistics, NoiseCovariance estimate) {
        Pca.requirePixels(statistics);
        int bands = statistics.bands();
        if (estimate.bands() != bands) {
            throw new IllegalArgumentException(
                    "the noise estimate has " + estimate.bands() + " bands but the cube has " + bands);
        }
        int k = Pca.requireComponents(components, bands);
        double[][] covariance = estimate.matrix();
        double loading = load(covariance);
        double[][] lower = Dense.cholesky(covariance).orElseThrow();
        Dense.Eigen eigen = Dense.eigen(whitened(statistics.covariance(), lower));
        double[][] w = new double[k][];
        double[][] v = new double[bands][k];
        for (int j = 0; j < k; j++) {
            double[] u = eigen.vectors()[j];
            w[j] = u.clone();
            Dense.backward(lower, w[j]);
            for (int b = 0; b < bands; b++) {
                for (int c = 0; c <= b; c++) {
                    v[b][j] += lower[b][c] * u[c];
                }
            }
        }
        Diagnostics diagnostics = Pca.diagnostics(statistics, eigen.values(), k)
                .after(estimate.diagnostics())
                .with("noise-rms", estimate.rms());
        if (loading > 0) {
            diagnostics = diagnostics.note(
                    "the noise covariance could not be factored; " + loading + " was added to its diagonal");
        }
        return ComponentTransform.of(w, v, statistics.mean(), eigen.values(), diagnostics);
    }

    /** Adds to the diagonal what the factorisation needs. */
    private static double load(double[][] covariance) {
        double unit = 0;
        for (int b = 0; b < covariance.length; b++) {
            unit += covariance[b][b] / covariance.length;
        }
        if (!(unit > 0)) {
            unit = 1; // no noise at all: any multiple of the identity is as good
        }
        double loading = 0;
        for (Optional<double[][]> lower = Dense.cholesky(covariance); lower.isEmpty(); ) {
            double more = loading == 0 ? 1e-12 * unit : 9 * loading;
            for (int b = 0; b < covariance.length; b++) {
                covariance[b][b] += more;
            }
            loading += more;
            lower = Dense.cholesky(covariance);
        }
        return loading;
    }

    /** L^-1 S L'^-1: L^-1 on the columns, then on the rows. */
    private static double[][] whitened(double[][] s, double[][] lower) {
        double[][] half = s; // symmetric: its rows are its columns
        for (double[] column : half) {
            Dense.forward(lower, column);
        }
        double[][] rows = Pca.transposed(half);
        for (double[] row : rows) {
            Dense.forward(lower, row);
        }
        return rows;
    }
}
