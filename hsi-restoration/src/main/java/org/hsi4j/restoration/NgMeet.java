package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * NGmeet, non-local meets global: the scene's spectra lie in one subspace, and in it groups of patches that look alike have
 * low rank.
 *
 * <p>The images of the k components of the noise-whitened scene ({@link SubspaceDenoiser} tells how they are made, and how k is
 * found) have white noise of deviation one. A patch is cut out of all images at once: side x side x k values. For a reference
 * patch every third pixel, the 120 patches most like it in a window of 31 x 31 positions are the columns of a matrix G of m = side<sup>2</sup> k
 * rows and n columns. Its mean column is kept. Each singular value s = y sqrt(n) of the rest becomes
 * sqrt(n) sqrt((y<sup>2</sup> - b - 1)<sup>2</sup> - 4 b) / y with b = m / n where y &gt; 1 + sqrt(b), and zero below: of all functions of the
 * singular values the one with the least squared error for a matrix of low rank in white noise, as it grows. A pixel
 * is the mean of what all patches of all groups say of it. Patches are compared in images denoised by {@link CosineShrinkage}.
 *
 * <p>This departs from the paper in four places, each of which was better or as good and faster on the scenes of
 * {@code OracleTest}: the scene is whitened (without it, noise that differs between bands ruins the result); the rank is not
 * given but found; singular values are shrunk by the optimal function, which needs no constant, in place of weighted nuclear
 * norms; and there is one pass that compares denoised patches, in place of five that feed a tenth of the residual back (a second pass gained
 * nothing). Patches are 3 x 3 x k in place of 5 x 5 x k, which gained .4 dB.
 *
 * <p>Of more than 13 components at a time 13 are shrunk jointly. Planes with a side of less than 3 pixels have patches of that side.
 * Scenes that {@link WhitenedSvd} keeps as they are stay as they are, with the same notes. Invalid pixels take no part and are NaN in
 * the result: in the images they are filled with what surrounds them. Costs some 60 k kflops a pixel, and holds about 5 k images in
 * float64. Equal bits on any number of threads. Immutable and thread-safe.
 *
 * <p>Reference: He, Yao, Li, Yokoya, Zhao, Zhang and Zhang, "Non-local meets global: an iterative paradigm for hyperspectral image
 * restoration", IEEE TPAMI 44, 2022; Gavish and Donoho, "Optimal shrinkage of singular values", IEEE Trans. Information
 * Theory 63, 2017.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(NgMeet.withDefaults()).run();
 * }</pre>
 */
public final class NgMeet implements Denoiser, StreamingRestorer {
    private static final int ROWS_OF_PATCHES = 8;

    private final int patchSide;
    private final int mates;
    private final int windowRadius;

    private NgMeet(int patchSide, int mates, int windowRadius) {
        this.patchSide = patchSide;
        this.mates = mates;
        this.windowRadius = windowRadius;
    }

    /**
     * Patches of 3 x 3 pixels, 120 of them in a group, from 31 x 31 positions.
     *
     * @return the method
     */
    public static NgMeet withDefaults() {
        return new NgMeet(3, 120, 15);
    }

    /**
     * With patches of another size.
     *
     * @param pixels side of the patches, and distance of the reference patches, 1 to 10
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public NgMeet withPatchSide(int pixels) {
        if (pixels < 1 || pixels > 10) {
            throw new IllegalArgumentException("patch side must be 1 to 10, not " + pixels);
        }
        return new NgMeet(pixels, mates, windowRadius);
    }

    /**
     * Side of the patches.
     *
     * @return 1 to 10
     */
    public int patchSide() {
        return patchSide;
    }

    /**
     * With groups of another size.
     *
     * @param patches in a group, 2 to 1000
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public NgMeet withMates(int patches) {
        if (patches < 2 || patches > 1000) {
            throw new IllegalArgumentException("mates must be 2 to 1000, not " + patches);
        }
        return new NgMeet(patchSide, patches, windowRadius);
    }

    /**
     * Patches in a group.
     *
     * @return 2 to 1000
     */
    public int mates() {
        return mates;
    }

    /**
     * With a window of another size.
     *
     * @param radius r for 2 r + 1 positions a side, 1 to 100
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public NgMeet withWindowRadius(int radius) {
        if (radius < 1 || radius > 100) {
            throw new IllegalArgumentException("window radius must be 1 to 100, not " + radius);
        }
        return new NgMeet(patchSide, mates, radius);
    }

    /**
     * Radius of the window.
     *
     * @return 1 to 100
     */
    public int windowRadius() {
        return windowRadius;
    }

    @Override
    public String name() {
        return "ngmeet";
    }

    @Override
    public String summary() {
        return "Shrinks groups of similar patches of all images of the noise-whitened subspace to low rank.";
    }

    @Override
    public String reference() {
        return "He et al., Non-local meets global: an iterative paradigm for hyperspectral image restoration, 2022; Gavish and"
                + " Donoho, Optimal shrinkage of singular values, 2017";
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
        long plane = (long) Double.BYTES * cube.pixels();
        long overlap = 1 + (2L * windowRadius + patchSide) / ((long) ROWS_OF_PATCHES * patchSide);
        long pilot = CosineShrinkage.withDefaults().workerBytes(cube.rows(), cube.columns());
        return SubspaceImages.denoised(
                cube,
                context,
                beside,
                name(),
                SubspaceImages.detectable(cube, context),
                rank -> plane * rank * (1 + overlap) + context.parallelism() * pilot,
                (images, diagnostics) -> {
                    denoiseGroups(images, cube.rows(), cube.columns(), context);
                    return diagnostics;
                });
    }

    private void denoiseGroups(double[][] images, int rows, int columns, RunContext context) {
        double[][] pilot = new double[images.length][];
        Parallel.run(
                context,
                "denoising for the comparison of patches",
                images.length,
                () -> CosineShrinkage.withDefaults().worker(rows, columns),
                (worker, k) -> {
                    pilot[k] = images[k].clone();
                    worker.denoise(pilot[k], 1);
                });
        int high = Math.min(patchSide, rows);
        int lastRow = rows - high;
        int patchRows = (lastRow + high - 1) / high + 1;
        int blocks = (patchRows + ROWS_OF_PATCHES - 1) / ROWS_OF_PATCHES;
        PatchGroups.Strip[] strips = new PatchGroups.Strip[blocks];
        Parallel.run(
                context,
                "denoising groups of patches",
                blocks,
                () -> new PatchGroups(images.length, rows, columns, patchSide, patchSide, mates, windowRadius),
                (groups, block) -> {
                    int first = Math.min(block * ROWS_OF_PATCHES * high, lastRow);
                    int last = Math.min(first + (ROWS_OF_PATCHES - 1) * high, lastRow);
                    strips[block] = groups.strip(first, last);
                    groups.denoise(images, pilot, NgMeet::factor, first, last, strips[block]);
                });
        PatchGroups.join(strips, images, columns);
    }

    private static double factor(double squared, int m, int n, int position) {
        return factor(squared / n, (double) m / n);
    }

    /** By what a singular value y sqrt(n) is multiplied: the optimal function of Gavish and Donoho over y. */
    static double factor(double squared, double b) {
        double edge = 1 + Math.sqrt(b);
        if (!(squared > edge * edge)) {
            return 0;
        }
        double rest = squared - b - 1;
        return Math.sqrt(Math.max(0, rest * rest - 4 * b)) / squared;
    }
}
