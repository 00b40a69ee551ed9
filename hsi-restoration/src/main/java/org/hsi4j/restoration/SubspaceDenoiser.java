package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.transform.LinearModel;

/**
 * Denoising of a scene's components as images: the scheme of FastHyDe with noise-whitening and its own rank.
 *
 * <p>With the noise deviation of each band in D = diag(s) and the k leading eigenvectors V of the correlation matrix of the
 * whitened scene D<sup>-1</sup> Y, as in {@link WhitenedSvd}, the images Z = V' D<sup>-1</sup> Y have white noise of deviation one and
 * carry all the signal there is. Each goes through a {@link PlaneDenoiser} with sigma = 1, and the scene is D V Z.
 *
 * <p><b>Rank.</b> k counts the eigenvalues that noise alone would not reach (figure {@code detectable} of {@link WhitenedSvd}):
 * more than truncation alone should keep, because what a component holds of noise is taken out of its image.
 *
 * <p><b>Rare pixels.</b> What a plane denoiser takes for noise in an image is lost; a pixel with a spectrum of its own
 * stands out by many deviations in some image and stays. {@link RestoredCube#removed} shows what was taken out where.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of fewer than two
 * pixels a band, whose noise is a guess, are only projected. Invalid pixels take no
 * part and are NaN in the result: in the images they are filled with what surrounds them. Holds k images in float64. Costs
 * B<sup>2</sup> + 4 B k flops a pixel and k planes of the plane denoiser; the planes are shared among the threads. Immutable and
 * thread-safe.
 *
 * <p>Reference: Zhuang and Bioucas-Dias, "Fast hyperspectral image denoising and inpainting based on low-rank and sparse
 * representations", IEEE J-STARS 11, 2018.
 *
 * <pre>{@code
 * RestoredCube clean = Denoising.of(scene).with(SubspaceDenoiser.with(WaveletShrinkage.withDefaults())).run();
 * }</pre>
 */
public final class SubspaceDenoiser implements Denoiser {
    private final PlaneDenoiser planeDenoiser;

    private SubspaceDenoiser(PlaneDenoiser planeDenoiser) {
        this.planeDenoiser = planeDenoiser;
    }

    /**
     * With the rank found by the method.
     *
     * @param planeDenoiser what denoises the images
     * @return the method
     */
    public static SubspaceDenoiser with(PlaneDenoiser planeDenoiser) {
        return new SubspaceDenoiser(Objects.requireNonNull(planeDenoiser, "planeDenoiser"));
    }

    /**
     * With {@link WaveletShrinkage}, the fastest.
     *
     * @return the method
     */
    public static SubspaceDenoiser withDefaults() {
        return with(WaveletShrinkage.withDefaults());
    }

    /**
     * What denoises the images.
     *
     * @return the method of planes
     */
    public PlaneDenoiser planeDenoiser() {
        return planeDenoiser;
    }

    @Override
    public String name() {
        return "subspace-" + planeDenoiser.name();
    }

    @Override
    public String summary() {
        return "Denoises the images of the noise-whitened subspace by " + planeDenoiser.name() + ".";
    }

    @Override
    public String reference() {
        return "Zhuang and Bioucas-Dias, Fast hyperspectral image denoising and inpainting based on low-rank and sparse"
                + " representations, 2018; images by " + planeDenoiser.reference();
    }

    @Override
    public RestoredCube denoise(Cube cube, RunContext context) {
        long start = System.nanoTime();
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
        Cube.Builder clean;
        Diagnostics diagnostics = model.diagnostics();
        boolean fewPixels = diagnostics.figures().getOrDefault("pixels", 0.0) < 2.0 * cube.bands();
        if (model.isIdentity() || fewPixels) {
            clean = Tiles.mapToCube(cube, model, context, "denoising");
        } else {
            requireMemory(cube, model.rank(), context);
            Cube images = Tiles.mapToBands(cube, model.images(), Precision.DOUBLE, context, "projecting")
                    .build();
            clean = joined(cube, denoised(images, context), model.scene(), context);
        }
        return new RestoredCube(
                clean.provenance("denoised by " + name() + ", rank " + model.rank())
                        .build(),
                diagnostics.since(start));
    }

    private void requireMemory(Cube cube, int rank, RunContext context) {
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        long workers = Math.min(context.parallelism(), rank);
        context.requireMemory(
                size * cube.samples()
                        + 2L * Double.BYTES * rank * cube.pixels()
                        + workers * planeDenoiser.workerBytes(cube.rows(), cube.columns()),
                "the restored cube with the images of its components");
    }

    private Cube denoised(Cube images, RunContext context) {
        Holes holes = new Holes(images.validMask());
        Cube.Builder result = Cube.builderLike(images);
        Parallel.run(
                context,
                "denoising",
                images.bands(),
                () -> planeDenoiser.worker(images.rows(), images.columns()),
                (worker, band) -> {
                    double[] plane = images.plane(band);
                    holes.fill(plane);
                    worker.denoise(plane, 1);
                    result.plane(band, plane);
                });
        return result.build();
    }

    /** The scene of the images; pixels that were invalid are given no sample and so are NaN. */
    private static Cube.Builder joined(Cube cube, Cube images, LinearModel scene, RunContext context) {
        Cube.Builder result = Cube.builderLike(cube);
        Cube valid = images.masked(cube.validMask());
        Tiles.forEach(
                valid,
                context,
                "joining",
                () -> new Joiner(scene, images.bands()),
                (joiner, tile) -> result.put(tile, joiner.apply(tile)));
        return result;
    }

    private static final class Joiner {
        private final PixelModel.Worker worker;
        private final double[][] output;

        Joiner(LinearModel scene, int images) {
            worker = scene.worker();
            output = new double[scene.outputs()][PixelTile.capacityFor(images)];
        }

        double[][] apply(PixelTile tile) {
            worker.apply(tile, output);
            return output;
        }
    }
}
