package org.hsi4j.restoration;

import java.util.Optional;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * What the other bands leave unexplained of each band of planes, sample by sample: (R<sup>-1</sup> y)<sub>b</sub> /
 * (R<sup>-1</sup>)<sub>bb</sub>, the residual of the least squares of a band on all others.
 */
final class BandRegression {
    /** Smallest ridge, relative to the diagonal: that of {@code RegressionNoise}. */
    private static final double RIDGE = 1e-10;

    private BandRegression() {}

    /** Residuals of planes whose mean of x x' is given. Costs 2 bands flops a sample. */
    static double[][] residuals(double[][] planes, double[][] correlation, RunContext context) {
        double[][] weights = weights(correlation);
        int pixels = planes[0].length;
        double[][] residuals = new double[planes.length][pixels];
        int block = SpectralBasis.BLOCK;
        Parallel.run(
                context,
                "predicting each band from the others",
                SpectralBasis.blocks(pixels),
                () -> new double[2][planes.length][block],
                (own, k) -> {
                    int from = k * block;
                    int n = Math.min(block, pixels - from);
                    SpectralBasis.load(planes, from, n, own[0]);
                    Kernels.best().multiply(weights, own[0], n, own[1]);
                    SpectralBasis.store(own[1], n, residuals, from);
                });
        return residuals;
    }

    private static double[][] weights(double[][] correlation) {
        int bands = correlation.length;
        double[] size = new double[bands];
        double[][] r = new double[bands][bands];
        for (int b = 0; b < bands; b++) {
            size[b] = Math.sqrt(correlation[b][b]);
            if (!Double.isFinite(size[b])) {
                throw new IllegalArgumentException(
                        "the samples are so large that their squares overflow: scale the cube");
            }
        }
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                r[a][b] = a == b ? 1 : size[a] > 0 && size[b] > 0 ? correlation[a][b] / size[a] / size[b] : 0;
            }
        }
        double[][] inverse = inverse(r);
        double[][] weights = new double[bands][bands];
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                weights[a][b] = a == b ? 1 : size[b] > 0 ? inverse[a][b] / inverse[a][a] * size[a] / size[b] : 0;
            }
        }
        return weights;
    }

    private static double[][] inverse(double[][] r) {
        Optional<double[][]> lower = Dense.cholesky(r);
        for (double ridge = RIDGE; lower.isEmpty(); ridge *= 10) {
            double diagonal = 1 + ridge;
            for (int b = 0; b < r.length; b++) {
                r[b][b] = diagonal;
            }
            lower = Dense.cholesky(r);
        }
        return Dense.inverse(lower.get());
    }
}
