package org.hsi4j.stats;

import org.hsi4j.run.Diagnostics;

/**
 * Counts the eigenvalues of the noise-whitened scene that noise alone would not reach.
 *
 * <p>White noise of unit variance in B bands and N pixels fills the spectrum of Y Y' / N up to the Marchenko-Pastur
 * edge (1 + sqrt(B / N))<sup>2</sup>; its largest eigenvalue scatters about that after the Tracy-Widom law. The
 * eigenvalues of D<sup>-1</sup> R D<sup>-1</sup>, with R = Y Y' / N and D the noise deviations of {@link
 * RegressionNoise}, that exceed {@link #noiseEdge} are counted: the strongest noise does so once in a thousand scenes.
 * Reference: Johnstone, "On the distribution of the largest eigenvalue in principal components analysis", 2001.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * int p = MarchenkoPastur.withDefaults().estimate(scene, context).count();
 * }</pre>
 */
public final class MarchenkoPastur implements DimensionEstimator {
    /** Quantile .999 of the Tracy-Widom law of order one. */
    private static final double TRACY_WIDOM_999 = 3.2724;

    private static final MarchenkoPastur DEFAULTS = new MarchenkoPastur();

    private MarchenkoPastur() {}

    /**
     * The method, which has no options.
     *
     * @return the method
     */
    public static MarchenkoPastur withDefaults() {
        return DEFAULTS;
    }

    /**
     * What the largest eigenvalue of white noise of unit variance exceeds once in a thousand scenes: m + t w with
     * m = (sqrt(N-1) + sqrt(B))<sup>2</sup> / N, w = (sqrt(N-1) + sqrt(B)) (1/sqrt(N-1) + 1/sqrt(B))<sup>1/3</sup> / N,
     * and t = 3.2724 from the Tracy-Widom law.
     *
     * @param pixels N, at least one
     * @param bands B, at least one
     * @return the edge, in units of the noise variance
     * @throws IllegalArgumentException if a number is smaller than one
     */
    public static double noiseEdge(long pixels, int bands) {
        if (pixels < 1 || bands < 1) {
            throw new IllegalArgumentException("noise of " + pixels + " pixels in " + bands + " bands has no edge");
        }
        double n = Math.sqrt(pixels - 1.0);
        double b = Math.sqrt(bands);
        double centre = (n + b) * (n + b) / pixels;
        double width = n > 0 ? (n + b) / pixels * Math.cbrt(1 / n + 1 / b) : 0;
        return centre + TRACY_WIDOM_999 * width;
    }

    @Override
    public String name() {
        return "marchenko-pastur";
    }

    @Override
    public String reference() {
        return "Johnstone, On the distribution of the largest eigenvalue in principal components analysis, 2001";
    }

    @Override
    public DimensionEstimate estimate(MeanScatter statistics) {
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        if (statistics.count() == 0) {
            return new DimensionEstimate(name(), 0, diagnostics.note("the scene has no valid pixel"));
        }
        RegressionNoise noise = RegressionNoise.of(statistics);
        double[][] correlation = statistics.correlation();
        double[] values = Spectra.whitenedEigenvalues(correlation, noise.divisors(correlation));
        double edge = noiseEdge(statistics.count(), statistics.bands());
        int count = 0;
        while (count < values.length && values[count] > edge) {
            count++;
        }
        diagnostics = diagnostics.with("noise-rms", noise.rms()).with("edge", edge);
        if (count < values.length) {
            diagnostics = diagnostics.with("largest-rejected", values[count]);
        }
        if (!noise.reliable()) {
            diagnostics = diagnostics.note("the noise of " + statistics.count() + " pixels in " + statistics.bands()
                    + " bands cannot be estimated reliably, and neither can the dimension");
        }
        return new DimensionEstimate(name(), count, diagnostics);
    }
}
