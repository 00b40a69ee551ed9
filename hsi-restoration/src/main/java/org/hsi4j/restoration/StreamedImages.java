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
    /** Side of a tile with its halo: the images of thirty components are 9 MB of float64 then. */
    private static final int OUTER_SIDE = 192;

    /** Pixels whose spectra are held at a time. */
    private static final int STRIP = 1024;

    private StreamedImages() {}

    static Learnt denoised(
            Cube cube, RunContext context, String name, SubspaceModel model, PlaneDenoiser denoiser, int halo) {
        if (SubspaceImages.stays(model)) {
            return SubspaceImages.learnt(
                    cube, new ModelSource(cube, model, cube.precision()), name, model.diagnostics());
        }
        int side = side(halo);
        long outer = side + 2L * halo;
        context.requireMemory(
                (long) Float.BYTES * model.rank() * cube.pixels()
                        + context.parallelism()
                                * (Double.BYTES * (outer * outer * model.rank() + 2L * strip(outer) * cube.bands())
                                        + denoiser.workerBytes((int) outer, (int) outer)),
                "the images of the components");
        Cube images = images(cube, model, denoiser, side, halo, context);
        return SubspaceImages.learnt(
                cube, new ModelSource(images, model.scene(), cube.precision()), name, model.diagnostics());
    }

    private static int strip(long columns) {
        return (int) Math.max(STRIP, columns);
    }

    /** Side of the tiles without their halo. */
    static int side(int halo) {
        return Math.max(2 * halo + 2, OUTER_SIDE - 2 * halo);
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
                () -> new Tile(cube, model, denoiser, most, strip(side + 2L * halo)),
                (worker, index) -> worker.denoise(tiles.get(index), images));
        return images.build();
    }

    /** Buffers of one thread. */
    private static final class Tile {
        private final Cube cube;
        private final SubspaceModel model;
        private final PlaneDenoiser denoiser;
        private final double[][] spectra;
        private final double[][] components;
        private final double[][] planes;
        private final boolean[] valid;

        Tile(Cube cube, SubspaceModel model, PlaneDenoiser denoiser, int pixels, int strip) {
            this.cube = cube;
            this.model = model;
            this.denoiser = denoiser;
            spectra = new double[cube.bands()][strip];
            components = new double[model.rank()][strip];
            planes = new double[model.rank()][pixels];
            valid = new boolean[pixels];
        }

        void denoise(Region.HaloTile tile, Cube.Builder images) {
            Region outer = tile.outer();
            project(outer);
            Holes holes = new Holes(Mask.of(outer.rows(), outer.columns(), i -> valid[i]));
            PlaneDenoiser.Worker worker = denoiser.worker(outer.rows(), outer.columns());
            int pixels = (int) outer.pixels();
            for (double[] plane : planes) {
                double[] fitting = plane.length == pixels ? plane : Arrays.copyOf(plane, pixels);
                holes.fill(fitting);
                worker.denoise(fitting, 1);
                for (int i = 0; i < pixels; i++) {
                    plane[i] = valid[i] ? fitting[i] : Double.NaN;
                }
            }
            put(tile, images);
        }

        /** The images of a tile, some rows of spectra at a time. */
        private void project(Region outer) {
            int high = spectra[0].length / outer.columns();
            for (int row = 0; row < outer.rows(); row += high) {
                int rows = Math.min(high, outer.rows() - row);
                int count = rows * outer.columns();
                int from = row * outer.columns();
                cube.read(new Region(outer.row() + row, outer.column(), rows, outer.columns()), spectra);
                Kernels.best().multiply(model.analysis(), spectra, count, components);
                for (int i = 0; i < count; i++) {
                    valid[from + i] = !Double.isNaN(components[0][i]);
                }
                for (int k = 0; k < planes.length; k++) {
                    System.arraycopy(components[k], 0, planes[k], from, count);
                }
            }
        }

        private void put(Region.HaloTile tile, Cube.Builder images) {
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
