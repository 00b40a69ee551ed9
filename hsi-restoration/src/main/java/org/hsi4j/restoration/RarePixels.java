package org.hsi4j.restoration;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
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
public final class RarePixels implements Denoiser, StreamingRestorer {
    private static final double RARE = 4.5;
    private static final String RARE_PIXELS = "rare-pixels";

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
        context.requireMemory(2 * Learnt.bytes(cube), "the denoised cube and the one with rare pixels");
        RestoredCube kept = kept(cube, restored, context);
        boolean changed = kept.diagnostics().figures().getOrDefault(RARE_PIXELS, 0.0) > 0;
        Cube result = changed ? Learnt.copy(kept.cube(), context).build() : restored.cube();
        return new RestoredCube(result, kept.diagnostics().since(start));
    }

    /** Restores a scene without holding more than the denoiser does, whose own result is a view if it can be one, and e. */
    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        long start = System.nanoTime();
        RestoredCube restored = denoiser instanceof StreamingRestorer streaming
                ? streaming.stream(cube, context)
                : denoiser.restore(cube, context);
        RestoredCube kept = kept(cube, restored, context);
        return new RestoredCube(kept.cube(), kept.diagnostics().since(start));
    }

    private static RestoredCube kept(Cube cube, RestoredCube restored, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        if (statistics.count() < 2L * cube.bands() || cube.bands() < 2) {
            return restored;
        }
        RegressionNoise noise = RegressionNoise.of(statistics);
        if (noise.rms() == 0) {
            return restored;
        }
        context.requireMemory(3L * Double.BYTES * cube.pixels(), "the energy that was removed");
        double[] removed = removed(cube, restored.cube(), noise.divisors(statistics.correlation()), context);
        double[] share = shares(removed);
        int rare = 0;
        for (double s : share) {
            rare += s > 0 ? 1 : 0;
        }
        Diagnostics diagnostics = restored.diagnostics().with(RARE_PIXELS, rare);
        if (rare == 0) {
            return new RestoredCube(restored.cube(), diagnostics);
        }
        Cube view = Cube.builderLike(restored.cube(), new GivenBack(cube, restored.cube(), share))
                .provenance(rare + " rare pixels kept")
                .build();
        return new RestoredCube(view, diagnostics);
    }

    private static double[] removed(Cube before, Cube after, double[] deviation, RunContext context) {
        double[] sum = new double[before.pixels()];
        List<Region> blocks = RowBlocks.of(before);
        int most = (int) blocks.get(0).pixels();
        Parallel.run(context, "comparing", blocks.size(), () -> new double[2][deviation.length][most], (own, index) -> {
            Region block = blocks.get(index);
            before.read(block, own[0]);
            after.read(block, own[1]);
            int first = block.row() * before.columns();
            for (int b = 0; b < deviation.length; b++) {
                for (int i = 0; i < block.pixels(); i++) {
                    double e = (own[0][b][i] - own[1][b][i]) / deviation[b];
                    sum[first + i] += e * e;
                }
            }
        });
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
