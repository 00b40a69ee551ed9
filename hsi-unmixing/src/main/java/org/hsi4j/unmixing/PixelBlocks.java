package org.hsi4j.unmixing;

import java.util.function.Supplier;
import org.hsi4j.run.RunContext;

/** Pixels as vectors, in blocks of consecutive ones; the blocks are the same for any number of threads. */
interface PixelBlocks {

    /** Number of blocks, some of which may be empty. */
    int count();

    /** Length of the vectors. */
    int dimension();

    /** Most pixels a block holds. */
    int capacity();

    /** Works on every block, in no particular order. */
    <W> void forEach(RunContext context, String stage, Supplier<W> workers, Task<W> task);

    /**
     * Work on one block.
     *
     * @param <W> what a worker keeps to itself
     */
    @FunctionalInterface
    interface Task<W> {

        /**
         * Works on one block: {@code planes[k][i]} is coordinate k of entry i of {@code pixels.length} or fewer entries,
         * {@code size}, and {@code pixels[i]} its number in the scene.
         */
        void run(W worker, int index, double[][] planes, int[] pixels, int size);
    }
}
