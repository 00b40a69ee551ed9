package org.hsi4j.testing;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.run.PixelModel;

/** How much memory this thread's work takes, garbage included. */
public final class Allocations {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocations() {}

    /**
     * Bytes that some work allocates.
     *
     * @param work on this thread alone
     * @return the number, to the byte
     */
    public static long of(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    /**
     * Bytes that a worker allocates for the pixels of a tile when it has its buffers, and knows what it learns from them: it
     * has seen the same tile before.
     *
     * @param model the model
     * @param cube holds the pixels, one tile of them
     * @return the number, to the byte
     */
    public static long ofKnownTile(PixelModel model, Cube cube) {
        PixelModel.Worker worker = model.worker();
        PixelTile tile = new PixelTile(cube.bands(), cube.pixels());
        double[][] output = new double[model.outputs()][cube.pixels()];
        long bytes = 0;
        for (int again = 0; again < 3; again++) {
            cube.read(0, cube.pixels(), tile);
            bytes = of(() -> worker.apply(tile, output));
        }
        return bytes;
    }
}
