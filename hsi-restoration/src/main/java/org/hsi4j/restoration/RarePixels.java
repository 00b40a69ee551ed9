package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * A denoiser that gives rare pixels back what another takes from them. What is removed from a pixel, e<sup>2</sup> = sum over the
 * bands of (y - x)<sup>2</sup> / s<sup>2</sup> with the noise deviations s of the bands, is some B where it was noise. Its cube root
 * is nearly Gaussian then (Wilson and Hilferty); a pixel is rare where it lies more than 4.5 deviations above its
 * median m<sup>1/3</sup> over the scene, both found by medians. There the share 1 - m / e<sup>2</sup> of what was removed is put
 * back, the estimate of James and Stein for a signal in noise of that energy.
 *
 * <p>So a pixel with a spectrum of its own keeps it, whatever a subspace or its neighbours say, and pixels that look like the rest of
 * the scene are not touched: noise alone reaches that once in 300 000 pixels. Impulses and dead samples are
 * rare too: take them out first.
 *
 * <p>Diagnostics: {@code rare-pixels}, and those of the denoiser. A scene that is free of noise, has one band or fewer than two
 * pixels a band is left to the denoiser alone. Costs 6 flops a sample on top; holds e. The same bits on any number of threads.
 * Immutable and thread-safe.
 *
 * <p>Reference: after Zhuang, Gao, Zhang, Fu and Bioucas-Dias, "Hyperspectral image denoising and anomaly detection based on
 * low-rank and sparse representations" (RhyDe), IEEE TGRS 60, 2022.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(RarePixels.keptBy(NgMeet.withDefaults())).run();
 * }</pre>
 */
public final class RarePixels implements Denoiser {
    private static final double RARE = 4.5;

    private final Denoiser denoiser;

    private RarePixels(Denoiser denoiser) {
        this.denoiser = denoiser;
    }

    /**
     * With the denoiser that may remove too much.
     *
     * @param denoiser the other method
     * @return the method
     */
    public static RarePixels keptBy(Denoiser denoiser) {
        return new RarePixels(Objects.requireNonNull(denoiser, "denoiser"));
    }

    /**
     * With {@link SubspaceDenoiser}.
     *
     * @return the method
     */
    public static RarePixels withDefaults() {
        return keptBy(SubspaceDenoiser.withDefaults());
    }

    /**
     * The denoiser that may remove too much.
     *
     * @return the other method
     */
    public Denoiser denoiser() {
        return denoiser;
    }

    @Override
    public String name() {
        return "rare-pixels-" + denoiser.name();
    }

    @Override
    public String summary() {
        return "Denoises by " + denoiser.name()
                + " and gives pixels with a spectrum of their own back what that removed.";
    }

    @Override
    public String reference() {
        return "Zhuang et al., Hyperspectral image denoising and anomaly detection based on low-rank and sparse"
                + " representations, 2022; " + denoiser.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        long start = System.nanoTime();
        RestoredCube restored = denoiser.restore(cube, context);
        MeanScatter statistics = MeanScatter.of(cube, context);
        if (statistics.count() < 2L * cube.bands() || cube.bands() < 2) {
            return restored;
        }
        RegressionNoise noise = RegressionNoise.of(statistics);
        if (noise.rms() == 0) {
            return restored;
        }
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(2L * size * cube.samples(), "the denoised cube and the one with rare pixels");
        double[] removed = removed(cube, restored.cube(), noise.divisors(statistics.correlation()), context);
        double[] share = shares(removed);
        int rare = 0;
        for (double s : share) {
            rare += s > 0 ? 1 : 0;
        }
        Diagnostics diagnostics = restored.diagnostics().with("rare-pixels", rare);
        if (rare == 0) {
            return new RestoredCube(restored.cube(), diagnostics.since(start));
        }
        Cube.Builder result = Cube.builderLike(restored.cube());
        for (int b = 0; b < cube.bands(); b++) {
            context.checkCancelled();
            double[] x = restored.cube().plane(b);
            double[] y = cube.plane(b);
            for (int i = 0; i < x.length; i++) {
                x[i] += share[i] > 0 ? share[i] * (y[i] - x[i]) : 0;
            }
            result.plane(b, x);
        }
        return new RestoredCube(result.provenance(rare + " rare pixels kept").build(), diagnostics.since(start));
    }

    private static double[] removed(Cube before, Cube after, double[] deviation, RunContext context) {
        double[] sum = new double[before.pixels()];
        for (int b = 0; b < deviation.length; b++) {
            context.checkCancelled();
            double[] y = before.plane(b);
            double[] x = after.plane(b);
            for (int i = 0; i < sum.length; i++) {
                double e = (y[i] - x[i]) / deviation[b];
                sum[i] += e * e;
            }
        }
        return sum;
    }

    private static double[] shares(double[] removed) {
        double[] roots = new double[removed.length];
        int n = 0;
        for (double e : removed) {
            if (!Double.isNaN(e)) {
                roots[n++] = Math.cbrt(e);
            }
        }
        double middle = Medians.of(roots, n);
        for (int i = 0; i < n; i++) {
            roots[i] -= middle;
        }
        double limit = middle + RARE * Medians.deviation(roots, n);
        double[] share = new double[removed.length];
        for (int i = 0; i < share.length; i++) {
            share[i] = Math.cbrt(removed[i]) > limit && middle > 0 ? 1 - middle * middle * middle / removed[i] : 0;
        }
        return share;
    }
}
