package org.hsi4j.stats;

import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;

/**
 * HySime: the subspace that represents the signal with the smallest mean squared error.
 *
 * <p>With R = Y Y' / N, the noise variances R<sub>n</sub> = diag of the regression residuals and e<sub>k</sub> the
 * eigenvectors of R - R<sub>n</sub>, a direction is kept when dropping it would lose more signal than keeping it adds
 * noise: when -e'Re + 2 e'R<sub>n</sub>e &lt; 0. The noise is the plain mean square of the residuals, as in the
 * authors' program ({@link RegressionNoise#residual()}); the figure {@code noise-rms} is its root mean square over the
 * bands, and {@code noise-rms-corrected} the same with the coefficients accounted for. Immutable and thread-safe.
 *
 * <p>Reference: Bioucas-Dias and Nascimento, "Hyperspectral subspace identification", 2008.
 *
 * <pre>{@code
 * int p = HySime.withDefaults().estimate(scene, context).count();
 * }</pre>
 */
public final class HySime implements DimensionEstimator {
    private static final HySime DEFAULTS = new HySime();

    private HySime() {}

    /**
     * The method, which has no options.
     *
     * @return the method
     */
    public static HySime withDefaults() {
        return DEFAULTS;
    }

    @Override
    public String name() {
        return "hysime";
    }

    @Override
    public String reference() {
        return "Bioucas-Dias and Nascimento, Hyperspectral subspace identification, 2008";
    }

    @Override
    public DimensionEstimate estimate(MeanScatter statistics) {
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        if (statistics.count() == 0) {
            return new DimensionEstimate(name(), 0, diagnostics.note("the scene has no valid pixel"));
        }
        RegressionNoise noise = RegressionNoise.of(statistics);
        double[] residual = noise.residual();
        double[][] correlation = statistics.correlation();
        double[][] signal = statistics.correlation();
        double sum = 0;
        for (int b = 0; b < residual.length; b++) {
            signal[b][b] -= residual[b] * residual[b];
            sum += residual[b] * residual[b];
        }
        double[][] directions = Dense.eigen(signal).vectors();
        double rounding = 10 * Math.ulp(1.0) * residual.length * trace(correlation);
        int count = 0;
        for (double[] e : directions) {
            double power = Spectra.quadratic(correlation, e);
            double noisePower = 0;
            for (int b = 0; b < e.length; b++) {
                noisePower += e[b] * e[b] * residual[b] * residual[b];
            }
            if (power - 2 * noisePower > rounding) {
                count++;
            }
        }
        diagnostics = diagnostics
                .with("noise-rms", Math.sqrt(sum / residual.length))
                .with("noise-rms-corrected", noise.rms());
        if (!noise.reliable()) {
            diagnostics = diagnostics.note("the noise of " + statistics.count() + " pixels in " + residual.length
                    + " bands cannot be estimated reliably, and neither can the dimension");
        }
        return new DimensionEstimate(name(), count, diagnostics);
    }

    private static double trace(double[][] matrix) {
        double sum = 0;
        for (int b = 0; b < matrix.length; b++) {
            sum += matrix[b][b];
        }
        return sum;
    }
}
