package org.hsi4j.restoration;

import java.util.Objects;
import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * FastHyDe: denoising of the images of HySime's signal subspace by BM3D.
 *
 * <p>The bands are divided by their noise deviations, the scene is written in the k leading eigenvectors of its
 * correlation, each of the k images, whose noise is white of deviation one, goes through {@link Bm3d}, and the scene
 * is put together again. This is {@link SubspaceDenoiser} but for the rank: HySime keeps a direction when it holds
 * more signal than noise, where the noise is white an eigenvalue above two. Taken here is the cut of {@link
 * WhitenedSvd}, which is the same for many pixels. {@link SubspaceDenoiser} keeps weaker components too, as far as
 * noise alone would not reach them.
 *
 * <p>Defaults: the rank found as above, BM3D. The authors' program takes a rank that is given, 10 in its examples
 * ({@code withRank(10)}); too large a rank costs time and little quality, as an image of noise is denoised to
 * nothing. The program's switch for noise of equal deviation in all bands is not needed: whitening does no harm
 * there. Scaling each image to [0, 1] first, as the program does for BM3D, changes nothing here.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of
 * fewer than two pixels a band are only projected. Invalid pixels take no part and are NaN in the result: in the
 * images they are filled with what surrounds them. Holds k images in float64. Costs B<sup>2</sup> + 4 B k flops a
 * pixel and k planes of the plane denoiser. Immutable and thread-safe.
 *
 * <p>Reference: Zhuang and Bioucas-Dias, "Fast hyperspectral image denoising and inpainting based on low-rank and
 * sparse representations", IEEE J-STARS 11, 2018; rank: Bioucas-Dias and Nascimento, "Hyperspectral subspace
 * identification", 2008.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(FastHyDe.withDefaults()).run();
 * }</pre>
 */
public final class FastHyDe implements Denoiser, StreamingRestorer {
    private final OptionalInt rank;
    private final PlaneDenoiser planeDenoiser;

    private FastHyDe(OptionalInt rank, PlaneDenoiser planeDenoiser) {
        this.rank = rank;
        this.planeDenoiser = planeDenoiser;
    }

    /**
     * The rank found, images by {@link Bm3d}.
     *
     * @return the method
     */
    public static FastHyDe withDefaults() {
        return new FastHyDe(OptionalInt.empty(), Bm3d.withDefaults());
    }

    /**
     * With a given rank.
     *
     * @param newRank dimension of the signal subspace, at least one and at most the number of bands
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public FastHyDe withRank(int newRank) {
        return new FastHyDe(OptionalInt.of(NoisyScene.requireCount("rank", newRank)), planeDenoiser);
    }

    /**
     * The given rank.
     *
     * @return empty when the method chooses
     */
    public OptionalInt rank() {
        return rank;
    }

    /**
     * With another denoiser of the images.
     *
     * @param denoiser of planes
     * @return a changed copy
     */
    public FastHyDe withPlaneDenoiser(PlaneDenoiser denoiser) {
        return new FastHyDe(rank, Objects.requireNonNull(denoiser, "denoiser"));
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
        return "fasthyde";
    }

    @Override
    public String summary() {
        return "Denoises the images of the signal subspace of HySime by " + planeDenoiser.name() + ".";
    }

    @Override
    public String reference() {
        return "Zhuang and Bioucas-Dias, Fast hyperspectral image denoising and inpainting based on low-rank and sparse"
                + " representations, 2018";
    }

    @Override
    public RestoredCube restore(Cube cube, RunContext context) {
        return Learnt.onHeap(cube, context, this::learn);
    }

    @Override
    public RestoredCube stream(Cube cube, RunContext context) {
        return Learnt.view(cube, context, this::learn);
    }

    private Learnt learn(Cube cube, RunContext context, long beside) {
        WhitenedSvd subspace = WhitenedSvd.withDefaults();
        SubspaceModel model = (rank.isPresent() ? subspace.withRank(rank.getAsInt()) : subspace).fit(cube, context);
        return SubspaceImages.denoisedEach(cube, context, beside, name(), model, planeDenoiser);
    }
}
