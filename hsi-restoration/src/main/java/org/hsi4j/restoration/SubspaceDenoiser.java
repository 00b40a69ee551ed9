package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

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
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(WaveletShrinkage.withDefaults())).run();
 * }</pre>
 */
public final class SubspaceDenoiser implements Denoiser, StreamingRestorer {
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
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    /**
     * Restores a scene of any size; the images are held, in float64, and the samples are those of {@link #restore}. Where the plane denoiser tells its
     * {@linkplain PlaneDenoiser#reach reach}, as {@link CosineShrinkage} does, the images are denoised in tiles with that halo and kept in float32, in half of the memory:
     * without invalid pixels the result is that of {@link #restore} to 1e-6 of the largest sample, without seams. A hole
     * takes what surrounds it in its tile, so within the reach of an invalid pixel the two may differ by part of the noise.
     */
    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, planeDenoiser.reach().isPresent() ? this::learnInTiles : this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        SubspaceModel model = SubspaceImages.detectable(cube, context);
        return SubspaceImages.denoisedEach(cube, context, beside, name(), model, planeDenoiser);
    }

    private Learnt learnInTiles(Cube cube, RunContext context, long beside) {
        SubspaceModel model = SubspaceImages.detectable(cube, context);
        int halo = planeDenoiser.reach().orElseThrow();
        return StreamedImages.denoised(cube, context, name(), model, planeDenoiser, halo);
    }
}
