package org.hsi4j.restoration;

import java.util.OptionalInt;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Orthogonal total variation component analysis (OTVCA): of the noise-whitened scene Y it finds the images F and the
 * orthonormal directions V that minimise
 *
 * <blockquote>
 *   1/2 ||Y - F V'||<sup>2</sup> + weight sum over components of TV(f<sub>i</sub>), V' V = I,
 * </blockquote>
 *
 * in turns: f<sub>i</sub> is the image of least total variation near Y v<sub>i</sub> (as {@link TotalVariation} has it), and V
 * the orthonormal matrix nearest to Y' F (Procrustes), beginning with the principal components. Unlike there, neighbours
 * that differ in one component may be alike in a turned one.
 *
 * <p>Defaults: weight .5 in units of the noise, as {@link TotalVariation}; 10 turns, as the Python toolbox HyDe has
 * them, with 20 iterations for each image; the rank is the number of components above the noise ({@link WhitenedSvd}). V turns within
 * the span of these, as all else is noise; the paper knows no whitening and asks for the rank, and turns within all bands.
 *
 * <p>Scenes that {@link WhitenedSvd} keeps as they are stay as they are here, with the same notes, and scenes of fewer than two
 * pixels a band are only projected. Invalid pixels are filled in the images with what surrounds them and are NaN in the result.
 * Costs B<sup>2</sup> + 4 B k flops a pixel, and for each turn k total variations and 4 k<sup>2</sup> flops a pixel. Immutable
 * and thread-safe.
 *
 * <p>Reference: Rasti, Ulfarsson and Sveinsson, "Hyperspectral feature extraction using total variation component analysis",
 * IEEE Trans. Geoscience and Remote Sensing 54, 2016.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(Otvca.withDefaults()).run();
 * }</pre>
 */
public final class Otvca implements Denoiser, StreamingRestorer {
    private final OptionalInt rank;
    private final double weight;
    private final int iterations;

    private Otvca(OptionalInt rank, double weight, int iterations) {
        this.rank = rank;
        this.weight = weight;
        this.iterations = iterations;
    }

    /**
     * Weight .5, 10 turns, the rank of the scene.
     *
     * @return the method
     */
    public static Otvca withDefaults() {
        return new Otvca(OptionalInt.empty(), 0.5, 10);
    }

    /**
     * With a given number of components.
     *
     * @param features at least one; where fewer stand above the noise, those are taken
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Otvca withRank(int features) {
        if (features < 1) {
            throw new IllegalArgumentException("rank must be at least 1, not " + features);
        }
        return new Otvca(OptionalInt.of(features), weight, iterations);
    }

    /**
     * The given number of components.
     *
     * @return empty when the method chooses
     */
    public OptionalInt rank() {
        return rank;
    }

    /**
     * With another weight of the total variation.
     *
     * @param deviations in units of the noise, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Otvca withWeight(double deviations) {
        if (!(deviations > 0) || Double.isInfinite(deviations)) {
            throw new IllegalArgumentException("weight must be positive and finite, not " + deviations);
        }
        return new Otvca(rank, deviations, iterations);
    }

    /**
     * Weight of the total variation.
     *
     * @return in units of the noise
     */
    public double weight() {
        return weight;
    }

    /**
     * With another number of turns.
     *
     * @param turns at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Otvca withIterations(int turns) {
        if (turns < 1) {
            throw new IllegalArgumentException("iterations must be at least 1, not " + turns);
        }
        return new Otvca(rank, weight, turns);
    }

    /**
     * Number of turns.
     *
     * @return at least one
     */
    public int iterations() {
        return iterations;
    }

    @Override
    public String name() {
        return "otvca";
    }

    @Override
    public String summary() {
        return "Finds few images of least total variation and the directions that they are best seen in.";
    }

    @Override
    public String reference() {
        return "Rasti, Ulfarsson and Sveinsson, Hyperspectral feature extraction using total variation component analysis, 2016";
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
        long workers = Math.min(context.parallelism(), components);
        long bytes = workers * smoother().workerBytes(cube.rows(), cube.columns())
                + (long) Double.BYTES * components * cube.pixels();
        return SubspaceImages.denoised(
                cube,
                context,
                beside,
                name(),
                model,
                rank -> bytes,
                (images, diagnostics) -> decompose(images, components, cube, diagnostics, context));
    }

    private TotalVariation smoother() {
        return TotalVariation.withDefaults().withWeight(weight).withIterations(20);
    }

    private Diagnostics decompose(
            double[][] images, int components, Cube cube, Diagnostics diagnostics, RunContext context) {
        double[][] smooth = new double[components][cube.pixels()];
        double[][] products = new double[components][images.length];
        double[][] directions = Procrustes.start(components, images.length);
        for (int turn = 0; turn < iterations; turn++) {
            double[][] now = turn == 0 ? directions : Procrustes.nearest(products);
            directions = now;
            Parallel.run(
                    context,
                    "turn " + (turn + 1),
                    components,
                    () -> smoother().worker(cube.rows(), cube.columns()),
                    (worker, i) -> {
                        Procrustes.project(now[i], images, smooth[i]);
                        worker.denoise(smooth[i], 1);
                        Procrustes.products(smooth[i], images, products[i]);
                    });
        }
        Procrustes.join(directions, smooth, images);
        return new Diagnostics(true, iterations, diagnostics.elapsed(), diagnostics.figures(), diagnostics.notes())
                .with("rank", components);
    }
}
