package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * A cube in blocks of whole rows, about as large as the tiles of the core, for methods that have to know of every sample whether
 * it is there: samples without data are NaN, and the others of their pixel stay.
 */
final class RowBlocks {

    private RowBlocks() {}

    /** Works on a block. */
    interface Task {

        /**
         * Takes the samples of some rows.
         *
         * @param index number of the block
         * @param first number of the first pixel
         * @param count number of pixels
         * @param planes one array a band; to be read only
         */
        void run(int index, int first, int count, double[][] planes);
    }

    static List<Region> of(Cube cube) {
        int height = Math.max(1, Math.min(cube.rows(), PixelTile.capacityFor(cube.bands()) / cube.columns()));
        List<Region> blocks = new ArrayList<>();
        for (int row = 0; row < cube.rows(); row += height) {
            blocks.add(new Region(row, 0, Math.min(height, cube.rows() - row), cube.columns()));
        }
        return blocks;
    }

    /** Works on every block, in no particular order. */
    static void forEach(Cube cube, RunContext context, String stage, Task task) {
        List<Region> blocks = of(cube);
        int most = (int) blocks.get(0).pixels();
        Parallel.run(context, stage, blocks.size(), () -> new double[cube.bands()][most], (planes, index) -> {
            Region block = blocks.get(index);
            cube.read(block, planes);
            task.run(index, block.row() * cube.columns(), (int) block.pixels(), planes);
        });
    }
}
