package org.hsi4j.restoration;

import java.util.function.LongUnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.transform.LinearModel;

/**
 * What all methods have in common that denoise the images of a scene's components: from the scene to images with white noise of
 * deviation one, whose holes are filled, and back.
 */
final class SubspaceImages {

    private SubspaceImages() {}

    /** Denoises the images of all components, in place. */
    interface Step {
        void denoise(double[][] images, int rows, int columns, RunContext context);
    }

    /** Denoises the images of all components, in place, and tells how it went beside what is told already. */
    interface ReportingStep {
        Diagnostics denoise(double[][] images, Diagnostics diagnostics);
    }

    /**
     * Denoises a scene in the images of all components that noise alone would not reach.
     *
     * @param name of the method
     * @param stepBytes what the step takes for so many images
     */
    static RestoredCube denoise(Cube cube, RunContext context, String name, LongUnaryOperator stepBytes, Step step) {
        long start = System.nanoTime();
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
        RestoredCube restored = denoise(cube, context, name, model, stepBytes, (images, diagnostics) -> {
            step.denoise(images, cube.rows(), cube.columns(), context);
            return diagnostics;
        });
        return new RestoredCube(restored.cube(), restored.diagnostics().since(start));
    }

    /**
     * Denoises a scene in the images of a model. Where the model keeps it as it is, or there are fewer than two pixels a band, the
     * model alone is applied.
     *
     * @param name of the method
     * @param stepBytes what the step takes for so many images
     */
    static RestoredCube denoise(
            Cube cube,
            RunContext context,
            String name,
            SubspaceModel model,
            LongUnaryOperator stepBytes,
            ReportingStep step) {
        Diagnostics diagnostics = model.diagnostics();
        boolean fewPixels = model.diagnostics().figures().getOrDefault("pixels", 0.0) < 2.0 * cube.bands();
        Cube.Builder clean;
        if (model.isIdentity() || fewPixels) {
            clean = Tiles.mapToCube(cube, model, context, "denoising");
        } else {
            requireMemory(cube, model.rank(), context, stepBytes);
            Cube images = Tiles.mapToBands(cube, model.images(), Precision.DOUBLE, context, "projecting")
                    .build();
            Mask valid = images.validMask();
            double[][] planes = filled(images, new Holes(valid));
            diagnostics = step.denoise(planes, diagnostics);
            Cube denoised = Cube.of(cube.rows(), cube.columns(), planes).masked(valid);
            clean = joined(cube, denoised, model.scene(), context);
        }
        int rank = diagnostics.figures().getOrDefault("rank", 0.0).intValue();
        return new RestoredCube(
                clean.provenance("denoised by " + name + ", rank " + rank).build(), diagnostics);
    }

    private static void requireMemory(Cube cube, int rank, RunContext context, LongUnaryOperator stepBytes) {
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(
                size * cube.samples() + 2L * Double.BYTES * rank * cube.pixels() + stepBytes.applyAsLong(rank),
                "the restored cube with the images of its components");
    }

    private static double[][] filled(Cube images, Holes holes) {
        double[][] planes = new double[images.bands()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = images.plane(k);
            holes.fill(planes[k]);
        }
        return planes;
    }

    /** The scene of the images; pixels that were invalid are given no sample and so are NaN. */
    private static Cube.Builder joined(Cube cube, Cube images, LinearModel scene, RunContext context) {
        Cube.Builder result = Cube.builderLike(cube);
        Tiles.forEach(
                images,
                context,
                "joining",
                () -> new Joiner(scene, images.bands()),
                (joiner, tile) -> result.put(tile, joiner.apply(tile)));
        return result;
    }

    /** From the components of a tile to its spectra; for one thread. */
    static final class Joiner {
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
