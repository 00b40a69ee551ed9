package org.hsi4j.restoration;

import java.util.function.LongUnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * What all methods have in common that denoise the images of a scene's components: from the scene to images with white noise of
 * deviation one, whose holes are filled, and back. The images are held, and neither the scene nor the result.
 */
final class SubspaceImages {

    private SubspaceImages() {}

    /** Denoises the images of all components, in place, and tells how it went beside what is told already. */
    interface Step {
        Diagnostics denoise(double[][] images, Diagnostics diagnostics);
    }

    /** The components that noise alone would not reach. */
    static SubspaceModel detectable(Cube cube, RunContext context) {
        return WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
    }

    /** Whether the model alone is applied: it keeps the scene as it is, or there are fewer than two pixels a band. */
    static boolean stays(SubspaceModel model) {
        double pixels = model.diagnostics().figures().getOrDefault("pixels", 0.0);
        return model.isIdentity() || pixels < 2.0 * model.bands();
    }

    /**
     * Denoises a scene in the images of a model.
     *
     * @param beside bytes of what is held besides
     * @param name of the method
     * @param stepBytes what the step takes for so many images
     */
    static Learnt denoised(
            Cube cube,
            RunContext context,
            long beside,
            String name,
            SubspaceModel model,
            LongUnaryOperator stepBytes,
            Step step) {
        if (stays(model)) {
            return learnt(cube, new ModelSource(cube, model, cube.precision()), name, model.diagnostics());
        }
        context.requireMemory(
                beside + bytes(cube, model.rank()) + stepBytes.applyAsLong(model.rank()),
                "the images of the components" + Learnt.besideResult(beside));
        double[][] planes = projected(cube, model.images(), context);
        Mask valid = Mask.of(cube.rows(), cube.columns(), i -> !Double.isNaN(planes[0][i]));
        Holes holes = new Holes(valid);
        for (double[] plane : planes) {
            holes.fill(plane);
        }
        Diagnostics diagnostics = step.denoise(planes, model.diagnostics());
        Cube images = PlaneSource.cube(planes, valid);
        return learnt(cube, new ModelSource(images, model.scene(), cube.precision()), name, diagnostics);
    }

    /** Denoises each image of a model by itself, on as many threads as there is memory for. */
    static Learnt denoisedEach(
            Cube cube, RunContext context, long beside, String name, SubspaceModel model, PlaneDenoiser denoiser) {
        long worker = denoiser.workerBytes(cube.rows(), cube.columns());
        long left = context.memoryLimit() - beside - bytes(cube, model.rank());
        int most = Math.min(context.parallelism(), model.rank());
        int threads = (int) Math.max(1, Math.min(most, left / Math.max(1, worker)));
        return denoised(cube, context, beside, name, model, images -> threads * worker, (images, diagnostics) -> {
            Parallel.run(
                    context.withParallelism(threads),
                    "denoising",
                    images.length,
                    () -> denoiser.worker(cube.rows(), cube.columns()),
                    (own, k) -> own.denoise(images[k], 1));
            return diagnostics;
        });
    }

    /** A denoised scene with its rank. */
    static Learnt learnt(Cube cube, ModelSource source, String name, Diagnostics diagnostics) {
        int rank = diagnostics.figures().getOrDefault("rank", 0.0).intValue();
        return new Learnt(cube, source, "denoised by " + name + ", rank " + rank, diagnostics);
    }

    private static long bytes(Cube cube, int rank) {
        return (long) Double.BYTES * rank * cube.pixels();
    }

    /** The outputs of a model as planes, NaN where the scene has an invalid pixel. */
    static double[][] projected(Cube cube, PixelModel images, RunContext context) {
        double[][] planes = new double[images.outputs()][cube.pixels()];
        int capacity = PixelTile.capacityFor(cube.bands());
        Tiles.forEach(
                cube,
                context,
                "projecting",
                () -> new Projector(images.worker(), new double[planes.length][capacity]),
                (own, tile) -> {
                    own.worker.apply(tile, own.output);
                    for (int k = 0; k < planes.length; k++) {
                        tile.scatter(own.output[k], planes[k]);
                    }
                });
        return planes;
    }

    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    private record Projector(PixelModel.Worker worker, double[][] output) {}
}
