package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Objects;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Inpainting and denoising at once, in the subspace of the scene: the scheme of FastHyIn, for scenes in which not one pixel need be
 * complete.
 *
 * <p><b>Subspace.</b> The model y = U a + n of {@link SvdImputation}, with its rank, its noise of each band, and interpolated loadings for bands without
 * samples, is written in coefficients whose errors are white: with the information J<sub>i</sub> = U' W<sub>i</sub> U that the known samples of
 * pixel i have of its coefficients, their mean over the pixels is the identity, and the coefficients are uncorrelated.
 *
 * <p><b>Images.</b> The first images are the posterior means; a pixel that has less than a quarter of the mean information starts from what
 * surrounds it. They go through a {@link PlaneDenoiser} with sigma = 1, which gives Z. Then each pixel becomes
 * (J<sub>i</sub> + I)<sup>-1</sup> (U' W<sub>i</sub> y<sub>i</sub> + z<sub>i</sub>): its samples count as much as they tell, and the denoised images where they tell little. These
 * images are denoised once more with sigma = 1/sqrt(2). This is one round of half-quadratic splitting; more changed the result by less than .1 dB
 * where four samples of five were missing. The scene is U Z: known samples are denoised as well. Where the noise is
 * next to nothing they come back as they are.
 *
 * <p>A pixel without a sample stays NaN by default and is filled in the images when {@link #withEmptyPixels} asks for it, as for dead
 * lines that go through all bands. Scenes of one band have no subspace and are left as they are, with a note. Masked pixels are NaN and take no part.
 * Costs k<sup>2</sup> B flops a pixel thrice, and 2 k planes of the plane denoiser. Holds the scene and 2 k images in float64. Immutable and thread-safe.
 *
 * <p>Reference: Zhuang and Bioucas-Dias, "Fast hyperspectral image denoising and inpainting based on low-rank and sparse
 * representations", IEEE J-STARS 11, 2018; the paper learns the subspace from complete pixels and denoises once.
 *
 * <pre>{@code
 * RestoredCube whole = Restoring.of(gapped).with(FastHyIn.withDefaults()).run();
 * }</pre>
 */
public final class FastHyIn implements Inpainter {
    /** Share of the mean information below which a pixel starts from its surroundings. */
    private static final double POOR = 0.25;

    private final PlaneDenoiser planeDenoiser;
    private final OptionalInt rank;
    private final boolean emptyPixels;

    private FastHyIn(PlaneDenoiser planeDenoiser, OptionalInt rank, boolean emptyPixels) {
        this.planeDenoiser = planeDenoiser;
        this.rank = rank;
        this.emptyPixels = emptyPixels;
    }

    /**
     * With {@link Bm3d}, which the paper uses, the rank found by the method, and pixels without a sample left alone.
     *
     * @return the method
     */
    public static FastHyIn withDefaults() {
        return with(Bm3d.withDefaults());
    }

    /**
     * With a denoiser of the images.
     *
     * @param planeDenoiser what denoises the images
     * @return the method
     */
    public static FastHyIn with(PlaneDenoiser planeDenoiser) {
        return new FastHyIn(Objects.requireNonNull(planeDenoiser, "planeDenoiser"), OptionalInt.empty(), false);
    }

    /**
     * With a given rank. Default: found by the method.
     *
     * @param newRank number of components, at least one; more than there are bands with samples are cut to that
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public FastHyIn withRank(int newRank) {
        return new FastHyIn(planeDenoiser, OptionalInt.of(NoisyScene.requireCount("rank", newRank)), emptyPixels);
    }

    /**
     * Whether pixels without any sample are filled from their surroundings. Default: false.
     *
     * @param filled true to fill them
     * @return a changed copy
     */
    public FastHyIn withEmptyPixels(boolean filled) {
        return new FastHyIn(planeDenoiser, rank, filled);
    }

    /**
     * What denoises the images.
     *
     * @return the method of planes
     */
    public PlaneDenoiser planeDenoiser() {
        return planeDenoiser;
    }

    /**
     * The given rank.
     *
     * @return empty when the method finds it
     */
    public OptionalInt rank() {
        return rank;
    }

    /**
     * Whether pixels without any sample are filled.
     *
     * @return true when they are
     */
    public boolean emptyPixels() {
        return emptyPixels;
    }

    @Override
    public String name() {
        return "fasthyin";
    }

    @Override
    public String summary() {
        return "Denoises the images of the subspace, each pixel weighed by the samples it has.";
    }

    @Override
    public String reference() {
        return "Zhuang and Bioucas-Dias, Fast hyperspectral image denoising and inpainting based on low-rank and sparse"
                + " representations, 2018; images by " + planeDenoiser.reference();
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        double[] positions = FactorModel.positions(cube);
        return GappedScene.inpaint(cube, context, name(), new GappedScene.Filler() {
            @Override
            public long bytes(int rows, int columns, int bands, int threads) {
                int most = rank.orElse(Math.min(FactorFit.MOST_RANK, bands));
                return FactorFit.bytes(bands, threads)
                        + 2 * FactorModel.bytes(rows * columns, bands, most, threads)
                        + threads * planeDenoiser.workerBytes(rows, columns);
            }

            @Override
            public Diagnostics fill(GappedScene scene, RunContext run, Diagnostics diagnostics) {
                if (scene.bands() == 1) {
                    return diagnostics.note("one band has no other to be foretold from: left as it is");
                }
                FactorFit.Result fit = FactorFit.of(scene, rank.orElse(0), run);
                FactorModel model =
                        fit.model().withInterpolatedLoadings(positions).whitened(scene, run);
                new Images(scene, model, run).inpaint();
                return fit.report(diagnostics);
            }
        });
    }

    /** Whether a pixel is to be solved for, given the trace of its information. */
    private interface Wanted {
        boolean test(int pixel, double information);
    }

    /** The images of a scene's coefficients. */
    private final class Images {
        private final GappedScene scene;
        private final FactorModel model;
        private final RunContext context;
        private final double[][] images;
        private final double[][] clean;

        Images(GappedScene scene, FactorModel model, RunContext context) {
            this.scene = scene;
            this.model = model;
            this.context = context;
            images = new double[model.rank()][scene.pixels()];
            clean = new double[model.rank()][scene.pixels()];
        }

        void inpaint() {
            double[] one = new double[model.rank()];
            Arrays.fill(one, 1);
            boolean[] poor = new boolean[scene.pixels()];
            solve(model.prior(), (i, information) -> {
                poor[i] = information < POOR * model.rank();
                return true;
            });
            fillPoor(poor);
            for (int k = 0; k < images.length; k++) {
                clean[k] = images[k].clone();
            }
            solve(one, (i, information) -> poor[i]);
            denoise(1);
            solve(one, (i, information) -> true);
            denoise(Math.sqrt(0.5));
            put();
        }

        /** Solves for the pixels that are wanted, with a prior about the clean images. */
        private void solve(double[] prior, Wanted wanted) {
            Parallel.run(
                    context,
                    "solving",
                    FactorModel.blocks(scene.pixels()),
                    () -> new FactorModel.Posterior(model),
                    (posterior, block) -> solve(posterior, block, prior, wanted));
        }

        private void solve(FactorModel.Posterior posterior, int block, double[] prior, Wanted wanted) {
            int from = block * FactorModel.BLOCK;
            int n = Math.min(FactorModel.BLOCK, scene.pixels() - from);
            posterior.load(scene.planes, from, n);
            posterior.normalEquations();
            boolean[] take = new boolean[n];
            for (int i = 0; i < n; i++) {
                take[i] = wanted.test(from + i, posterior.information(i));
            }
            posterior.towards(clean, from, n, prior);
            posterior.solve(prior);
            for (int p = 0; p < images.length; p++) {
                for (int i = 0; i < n; i++) {
                    images[p][from + i] = take[i] ? posterior.coefficients[p][i] : images[p][from + i];
                }
            }
        }

        private void fillPoor(boolean[] poor) {
            Holes holes = new Holes(Mask.of(scene.rows, scene.columns, i -> !poor[i]));
            Parallel.run(context, "filling", images.length, () -> holes, (own, k) -> own.fill(images[k]));
        }

        private void denoise(double sigma) {
            Parallel.run(
                    context,
                    "denoising",
                    images.length,
                    () -> planeDenoiser.worker(scene.rows, scene.columns),
                    (worker, k) -> {
                        System.arraycopy(images[k], 0, clean[k], 0, clean[k].length);
                        worker.denoise(clean[k], sigma);
                    });
        }

        private void put() {
            Parallel.run(context, "joining", scene.bands(), () -> scene.planes, (planes, b) -> {
                for (int i = 0; i < planes[b].length; i++) {
                    if (scene.seen[i] || (emptyPixels && scene.admitted[i])) {
                        planes[b][i] = model.value(b, clean, i);
                    }
                }
            });
        }
    }
}
