package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.WaveletTransform;

/**
 * Hyperspectral restoration by a sparse and low-rank model (HyRes), without anything to tune: of the noise-whitened scene Y in
 * its principal components V it finds the wavelet coefficients F that minimise
 *
 * <blockquote>
 *   1/2 ||W Y - F V'||<sup>2</sup> + sum over components of lambda<sub>i</sub> ||f<sub>i</sub>||<sub>1</sub>,
 * </blockquote>
 *
 * which are the soft-thresholded coefficients of each component. Each threshold lambda<sub>i</sub>, and with them the rank, is that
 * of the smallest squared error as Stein's unbiased estimate has it. The smooth part of the transform is not shrunk, so a
 * component is worth keeping or not by itself.
 *
 * <p>Defaults: Daubechies' wavelets of 5 vanishing moments on at most 5 levels, as in the paper's program; fewer levels
 * on small scenes. Components that noise alone would reach ({@link WhitenedSvd}) are not looked at. The program of the Python
 * toolbox HyDe never applies its thresholds and so truncates only.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of fewer than two
 * pixels a band are only projected. Invalid pixels are filled in the images with what surrounds them and are NaN in the result.
 * Costs B<sup>2</sup> + 4 B k flops a pixel, and for each of the k components two transforms and a sort. Immutable and
 * thread-safe.
 *
 * <p>Reference: Rasti, Ulfarsson and Ghamisi, "Automatic hyperspectral image restoration using sparse and low-rank modeling",
 * IEEE Geoscience and Remote Sensing Letters 14, 2017.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(HyRes.withDefaults()).run();
 * }</pre>
 */
public final class HyRes implements Denoiser, StreamingRestorer {
    private final int vanishingMoments;
    private final int levels;

    private HyRes(int vanishingMoments, int levels) {
        this.vanishingMoments = vanishingMoments;
        this.levels = levels;
    }

    /**
     * Wavelets of 5 vanishing moments, 5 levels.
     *
     * @return the method
     */
    public static HyRes withDefaults() {
        return new HyRes(5, 5);
    }

    /**
     * With other wavelets of the Daubechies family.
     *
     * @param moments vanishing moments, 1 to 10
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public HyRes withVanishingMoments(int moments) {
        return new HyRes(WaveletVector.requireMoments(moments), levels);
    }

    /**
     * Vanishing moments of the wavelets.
     *
     * @return 1 to 10
     */
    public int vanishingMoments() {
        return vanishingMoments;
    }

    /**
     * With another number of levels.
     *
     * @param most how often the smooth part is split at most, 1 to 12
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public HyRes withLevels(int most) {
        return new HyRes(vanishingMoments, WaveletVector.requireLevels(most));
    }

    /**
     * How often the smooth part is split at most.
     *
     * @return 1 to 12
     */
    public int levels() {
        return levels;
    }

    @Override
    public String name() {
        return "hyres";
    }

    @Override
    public String summary() {
        return "Shrinks the wavelet coefficients of the principal components; thresholds and rank by Stein's risk.";
    }

    @Override
    public String reference() {
        return "Rasti, Ulfarsson and Ghamisi, Automatic hyperspectral image restoration using sparse and low-rank modeling,"
                + " 2017";
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
        SubspaceModel model = SubspaceImages.detectable(cube, context);
        WaveletTransform transform = WaveletVector.transform(vanishingMoments, levels, cube.rows(), cube.columns());
        long worker = transform.workerBytes() + 2L * Double.BYTES * WaveletVector.length(transform);
        long workers = Math.min(context.parallelism(), model.rank());
        return SubspaceImages.denoised(
                cube, context, beside, name(), model, rank -> workers * worker, (images, diagnostics) -> {
                    double[] gain = new double[images.length];
                    Parallel.run(
                            context,
                            "denoising",
                            images.length,
                            () -> new Shrinker(new WaveletVector(transform, cube.rows(), cube.columns())),
                            (shrinker, j) -> gain[j] = shrinker.shrink(images[j]));
                    return diagnostics.with("rank", keepBest(images, gain));
                });
    }

    /** Puts the components to zero that the smallest estimate of the whole error does without; one stays. */
    private static int keepBest(double[][] images, double[] gain) {
        int rank = 1;
        double most = gain[0];
        double sum = gain[0];
        for (int j = 1; j < images.length; j++) {
            sum += gain[j];
            if (sum > most) {
                most = sum;
                rank = j + 1;
            }
        }
        for (int j = rank; j < images.length; j++) {
            Arrays.fill(images[j], 0);
        }
        return rank;
    }

    private static final class Shrinker {
        private final WaveletVector wavelets;
        private final double[] vector;
        private final double[] scratch;

        Shrinker(WaveletVector wavelets) {
            this.wavelets = wavelets;
            this.vector = new double[wavelets.length()];
            this.scratch = new double[wavelets.length()];
        }

        /** By how much the estimated error is smaller than without this image. */
        double shrink(double[] image) {
            wavelets.forward(image, vector);
            int smooth = wavelets.smooth();
            int inside = wavelets.inside();
            double threshold = Sure.threshold(vector, smooth, inside, scratch);
            double gain = Sure.riskOfZero(vector, 0, inside) - Sure.risk(vector, smooth, inside, threshold) - smooth;
            Sure.shrink(vector, smooth, vector.length, threshold);
            wavelets.inverse(vector, image);
            return gain;
        }
    }
}
