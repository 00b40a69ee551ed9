package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Denoises the images of a scene's components tile by tile, with a denoiser that sees no further than some pixels: only the images are held, in float32. The subspace
 * and the noise are those of the whole scene.
 */
final class StreamedImages {
    /** Samples of a tile with its halo, as float64 some 8 MiB. */
    private static final int TILE_SAMPLES = 1 << 20;

    private StreamedImages() {}

    static RestoredCube stream(Cube cube, RunContext context, String name, PlaneDenoiser denoiser, int halo) {
        long start = System.nanoTime();
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(cube, context);
        boolean fewPixels = model.diagnostics().figures().getOrDefault("pixels", 0.0) < 2.0 * cube.bands();
        ModelSource source;
        if (model.isIdentity() || fewPixels) {
            source = new ModelSource(cube, model, cube.precision());
        } else {
            int side = side(cube.bands(), halo);
            long outer = side + 2L * halo;
            context.requireMemory(
                    (long) Float.BYTES * model.rank() * cube.pixels()
                            + context.parallelism()
                                    * (outer * outer * Double.BYTES * (cube.bands() + model.rank())
                                            + denoiser.workerBytes((int) outer, (int) outer)),
                    "the images of the components");
            source = new ModelSource(
                    images(cube, model, denoiser, side, halo, context), model.scene(), cube.precision());
        }
        int rank = model.diagnostics().figures().getOrDefault("rank", 0.0).intValue();
        Cube view = Cube.builderLike(cube, source)
                .provenance("denoised by " + name + ", rank " + rank)
                .build();
        return new RestoredCube(view, model.diagnostics().since(start));
    }

    static int side(int bands, int halo) {
        return Math.max(2 * halo + 2, (int) Math.sqrt((double) TILE_SAMPLES / bands) - 2 * halo);
    }

    private static Cube images(
            Cube cube, SubspaceModel model, PlaneDenoiser denoiser, int side, int halo, RunContext context) {
        Cube.Builder images = Cube.builder(cube.rows(), cube.columns(), model.rank(), Precision.FLOAT);
        List<Region.HaloTile> tiles = cube.tiles(side, halo);
        int most = tiles.stream().mapToInt(t -> (int) t.outer().pixels()).max().orElseThrow();
        Parallel.run(
                context,
                "denoising",
                tiles.size(),
                () -> new Tile(cube, model, denoiser, most),
                (worker, index) -> worker.denoise(tiles.get(index), images));
        return images.build();
    }

    /** Buffers of one thread. */
    private static final class Tile {
        private final Cube cube;
        private final SubspaceModel model;
        private final PlaneDenoiser denoiser;
        private final double[][] samples;

        Tile(Cube cube, SubspaceModel model, PlaneDenoiser denoiser, int pixels) {
            this.cube = cube;
            this.model = model;
            this.denoiser = denoiser;
            this.samples = new double[cube.bands()][pixels];
        }

        void denoise(Region.HaloTile tile, Cube.Builder images) {
            Region outer = tile.outer();
            int pixels = (int) outer.pixels();
            cube.read(outer, samples);
            boolean[] valid = new boolean[pixels];
            Arrays.fill(valid, true);
            for (double[] plane : samples) {
                for (int i = 0; i < pixels; i++) {
                    valid[i] &= !Double.isNaN(plane[i]);
                }
            }
            double[][] planes = new double[model.rank()][pixels];
            Kernels.best().multiply(model.analysis(), samples, pixels, planes);
            Holes holes = new Holes(Mask.of(outer.rows(), outer.columns(), i -> valid[i]));
            PlaneDenoiser.Worker worker = denoiser.worker(outer.rows(), outer.columns());
            for (double[] plane : planes) {
                holes.fill(plane);
                worker.denoise(plane, 1);
                for (int i = 0; i < pixels; i++) {
                    plane[i] = valid[i] ? plane[i] : Double.NaN;
                }
            }
            put(tile, planes, images);
        }

        private void put(Region.HaloTile tile, double[][] planes, Cube.Builder images) {
            Region core = tile.core();
            Region outer = tile.outer();
            double[][] row = new double[planes.length][core.columns()];
            for (int r = core.row(); r < core.endRow(); r++) {
                int from = (r - outer.row()) * outer.columns() + core.column() - outer.column();
                for (int k = 0; k < planes.length; k++) {
                    System.arraycopy(planes[k], from, row[k], 0, core.columns());
                }
                images.run(r * cube.columns() + core.column(), core.columns(), row);
            }
        }
    }
}
