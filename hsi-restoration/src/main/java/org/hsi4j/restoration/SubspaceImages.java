package org.hsi4j.restoration;

import java.util.function.LongUnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
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

    /**
     * Denoises a scene.
     *
     * @param name of the method
     * @param stepBytes what the step takes for so many images
     */
    static RestoredCube denoise(Cube cube, RunContext context, String name, LongUnaryOperator stepBytes, Step step) {
        long start = System.nanoTime();
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
        boolean fewPixels = model.diagnostics().figures().getOrDefault("pixels", 0.0) < 2.0 * cube.bands();
        Cube.Builder clean = model.isIdentity() || fewPixels
                ? Tiles.mapToCube(cube, model, context, "denoising")
                : throughImages(cube, model, context, stepBytes, step);
        return new RestoredCube(
                clean.provenance("denoised by " + name + ", rank " + model.rank())
                        .build(),
                model.diagnostics().since(start));
    }

    private static Cube.Builder throughImages(
            Cube cube, SubspaceModel model, RunContext context, LongUnaryOperator stepBytes, Step step) {
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(
                size * cube.samples()
                        + 2L * Double.BYTES * model.rank() * cube.pixels()
                        + stepBytes.applyAsLong(model.rank()),
                "the restored cube with the images of its components");
        Cube images = Tiles.mapToBands(cube, model.images(), Precision.DOUBLE, context, "projecting")
                .build();
        Mask valid = images.validMask();
        Holes holes = new Holes(valid);
        double[][] planes = new double[images.bands()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = images.plane(k);
            holes.fill(planes[k]);
        }
        step.denoise(planes, cube.rows(), cube.columns(), context);
        Cube denoised = Cube.of(cube.rows(), cube.columns(), planes).masked(valid);
        return joined(cube, denoised, model.scene(), context);
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
