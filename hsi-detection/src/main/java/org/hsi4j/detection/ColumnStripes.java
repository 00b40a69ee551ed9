package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Takes the columns of a scene through a computation, each by itself and from top to bottom, though the scene is read along its
 * rows: in stripes of columns and blocks of rows that are turned over, one after the other.
 */
final class ColumnStripes {
    private static final int BLOCK_ROWS = 256;

    /** Bytes of a stripe's block. */
    private static final long BLOCK_BYTES = 4L << 20;

    private final Cube scene;
    private final int rows;
    private final int width;

    ColumnStripes(Cube scene) {
        this.scene = scene;
        this.rows = Math.min(BLOCK_ROWS, scene.rows());
        this.width = (int) Math.max(1, Math.min(scene.columns(), BLOCK_BYTES / (8L * rows * scene.bands())));
    }

    /** What happens to a piece of a column. */
    @FunctionalInterface
    interface Task {
        /**
         * Takes a piece.
         *
         * @param tile the valid pixels; {@code tile.pixel(i) - tile.first()} is how far down they are
         * @param row the first row of the piece
         */
        void take(PixelTile tile, int column, int row);
    }

    /** Bytes that this takes. */
    long bytes(RunContext context) {
        return 3L * context.parallelism() * 8 * rows * width * scene.bands();
    }

    /** The pieces of a column come from one thread, from top to bottom. */
    void forEach(RunContext context, String stage, Task task) {
        int stripes = (scene.columns() + width - 1) / width;
        Parallel.run(
                context,
                stage,
                stripes,
                () -> new PixelTile(scene.bands(), rows),
                (tile, stripe) -> take(stripe * width, tile, context, task));
    }

    private void take(int first, PixelTile tile, RunContext context, Task task) {
        int columns = Math.min(width, scene.columns() - first);
        for (int row = 0; row < scene.rows(); row += rows) {
            int count = Math.min(rows, scene.rows() - row);
            Cube turned = turned(new Region(row, first, count, columns), context);
            for (int c = 0; c < columns; c++) {
                turned.read(c * count, count, tile);
                task.take(tile, first + c, row);
            }
        }
    }

    /** With columns as rows. */
    private Cube turned(Region part, RunContext context) {
        int bands = scene.bands();
        double[][] line = new double[bands][part.columns()];
        double[][] planes = new double[bands][(int) part.pixels()];
        for (int r = 0; r < part.rows(); r++) {
            context.checkCancelled();
            scene.read(new Region(part.row() + r, part.column(), 1, part.columns()), line);
            for (int b = 0; b < bands; b++) {
                for (int c = 0; c < part.columns(); c++) {
                    planes[b][c * part.rows() + r] = line[b][c];
                }
            }
        }
        return Cube.of(part.columns(), part.rows(), planes);
    }
}
