package org.hsi4j.restoration;

import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.signal.WaveletTransform;

/**
 * Wavelet-based sparse reduced-rank regression (WSRRR): of the noise-whitened scene Y it finds the wavelet coefficients F of few
 * images and the orthonormal directions V that minimise
 *
 * <blockquote>
 *   1/2 ||W Y - F V'||<sup>2</sup> + sum over components of lambda<sub>i</sub> ||f<sub>i</sub>||<sub>1</sub>, V' V = I,
 * </blockquote>
 *
 * in turns: f<sub>i</sub> are the soft-thresholded coefficients of Y v<sub>i</sub>, and V the orthonormal matrix nearest to
 * (W Y)' F (Procrustes), beginning with the principal components, where each lambda<sub>i</sub> is fixed at the smallest squared
 * error as Stein's unbiased estimate has it. The smooth part of the transform is not shrunk.
 *
 * <p>Defaults: Daubechies' wavelets of 5 vanishing moments on at most 3 levels, as the Python toolbox HyDe has them (fewer
 * levels on small scenes), and at most 200 turns, as there, or until no entry of V changes by more than 1e-4; the rank, which
 * the paper asks for, is the number of components above the noise ({@link WhitenedSvd}), and V turns within the span of
 * these, as all else is noise.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of fewer than two
 * pixels a band are only projected. Invalid pixels are filled in the images with what surrounds them and are NaN in the result.
 * Costs B<sup>2</sup> + 4 B k flops a pixel, two transforms of k images, and 4 k<sup>2</sup> flops a coefficient and turn.
 * Immutable and thread-safe.
 *
 * <p>Reference: Rasti, Sveinsson and Ulfarsson, "Wavelet-based sparse reduced-rank regression for hyperspectral image restoration",
 * IEEE Trans. Geoscience and Remote Sensing 52, 2014.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(Wsrrr.withDefaults()).run();
 * }</pre>
 */
public final class Wsrrr implements Denoiser, StreamingRestorer {
    private static final double TOLERANCE = 1e-4;

    private final OptionalInt rank;
    private final int levels;
    private final int maxIterations;

    private Wsrrr(OptionalInt rank, int levels, int maxIterations) {
        this.rank = rank;
        this.levels = levels;
        this.maxIterations = maxIterations;
    }

    /**
     * The rank of the scene, 3 levels, at most 200 turns.
     *
     * @return the method
     */
    public static Wsrrr withDefaults() {
        return new Wsrrr(OptionalInt.empty(), 3, 200);
    }

    /**
     * With a given rank.
     *
     * @param components at least one; where fewer stand above the noise, those are taken
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Wsrrr withRank(int components) {
        if (components < 1) {
            throw new IllegalArgumentException("rank must be at least 1, not " + components);
        }
        return new Wsrrr(OptionalInt.of(components), levels, maxIterations);
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
     * With another number of levels.
     *
     * @param most how often the smooth part is split at most, 1 to 12
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public Wsrrr withLevels(int most) {
        return new Wsrrr(rank, WaveletVector.requireLevels(most), maxIterations);
    }

    /**
     * How often the smooth part is split at most.
     *
     * @return 1 to 12
     */
    public int levels() {
        return levels;
    }

    /**
     * With another limit of the turns.
     *
     * @param turns at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Wsrrr withMaxIterations(int turns) {
        if (turns < 1) {
            throw new IllegalArgumentException("maximum of iterations must be at least 1, not " + turns);
        }
        return new Wsrrr(rank, levels, turns);
    }

    /**
     * Most turns.
     *
     * @return at least one
     */
    public int maxIterations() {
        return maxIterations;
    }

    @Override
    public String name() {
        return "wsrrr";
    }

    @Override
    public String summary() {
        return "Finds few images with sparse wavelet coefficients and the directions that they are best seen in.";
    }

    @Override
    public String reference() {
        return "Rasti, Sveinsson and Ulfarsson, Wavelet-based sparse reduced-rank regression for hyperspectral image"
                + " restoration, 2014";
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
        int components = Math.min(rank.orElse(model.rank()), model.rank());
        WaveletTransform transform = WaveletVector.transform(5, levels, cube.rows(), cube.columns());
        long workers = Math.min(context.parallelism(), model.rank());
        long vectors = workers + components + model.rank();
        long bytes = workers * transform.workerBytes() + vectors * Double.BYTES * WaveletVector.length(transform);
        return SubspaceImages.denoised(
                cube,
                context,
                beside,
                name(),
                model,
                rank -> bytes,
                (images, diagnostics) -> new Regression(images, components, transform, cube, context).run(diagnostics));
    }

    /** The turns for one scene. */
    private final class Regression {
        private final double[][] images;
        private final int components;
        private final WaveletTransform transform;
        private final Cube cube;
        private final RunContext context;
        private final double[][] noisy;
        private final double[][] sparse;
        private final double[][] products;
        private final double[] thresholds;

        Regression(double[][] images, int components, WaveletTransform transform, Cube cube, RunContext context) {
            this.images = images;
            this.components = components;
            this.transform = transform;
            this.cube = cube;
            this.context = context;
            int length = WaveletVector.length(transform);
            noisy = new double[images.length][length];
            sparse = new double[components][length];
            products = new double[components][images.length];
            thresholds = new double[components];
        }

        Diagnostics run(Diagnostics diagnostics) {
            Parallel.run(
                    context, "transforming", images.length, this::wavelets, (w, a) -> w.forward(images[a], noisy[a]));
            WaveletVector layout = wavelets();
            int smooth = layout.smooth();
            int inside = layout.inside();
            Parallel.run(
                    context,
                    "choosing thresholds",
                    components,
                    () -> new double[inside - smooth],
                    (scratch, i) -> thresholds[i] = Sure.threshold(noisy[i], smooth, inside, scratch));
            double[][] directions = Procrustes.start(components, images.length);
            int turn = 0;
            double change = Double.POSITIVE_INFINITY;
            while (change > TOLERANCE && turn < maxIterations) {
                regress(directions, smooth);
                double[][] turned = Procrustes.nearest(products);
                change = Procrustes.change(directions, turned);
                directions = turned;
                turn++;
            }
            double[][] clean = new double[components][cube.pixels()];
            Parallel.run(context, "joining", components, this::wavelets, (w, i) -> w.inverse(sparse[i], clean[i]));
            Procrustes.join(directions, clean, images);
            return new Diagnostics(
                            change <= TOLERANCE,
                            turn,
                            diagnostics.elapsed(),
                            diagnostics.figures(),
                            diagnostics.notes())
                    .with("rank", components);
        }

        private WaveletVector wavelets() {
            return new WaveletVector(transform, cube.rows(), cube.columns());
        }

        private void regress(double[][] directions, int smooth) {
            Parallel.run(context, "regressing", components, () -> products, (out, i) -> {
                Procrustes.project(directions[i], noisy, sparse[i]);
                Sure.shrink(sparse[i], smooth, sparse[i].length, thresholds[i]);
                Procrustes.products(sparse[i], noisy, out[i]);
            });
        }
    }
}
