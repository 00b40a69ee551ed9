package org.hsi4j.unmixing;

import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.hsi4j.linalg.Kernels;
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

    /** The best of all pixels: the row of the weights and the number of the pixel, -1 when there is none. */
    record Best(int row, int pixel, double value) {}

    /** The pixel and row with the largest |w'z + o|, the first of equals; pixels in {@code taken} do not count. */
    default Best farthest(double[][] weights, double[] offsets, List<Integer> taken, RunContext context, String stage) {
        Best[] best = new Best[count()];
        int[] sorted = taken.stream().mapToInt(Integer::intValue).sorted().toArray();
        forEach(
                context,
                stage,
                () -> new double[weights.length][capacity()],
                (products, index, planes, numbers, size) -> {
                    Kernels.best().multiply(weights, planes, size, products);
                    best[index] = largest(products, offsets, numbers, size, sorted);
                });
        Best result = new Best(-1, -1, -1);
        for (Best candidate : best) {
            if (candidate.value() > result.value()) {
                result = candidate;
            }
        }
        return result;
    }

    private static Best largest(double[][] products, double[] offsets, int[] numbers, int size, int[] taken) {
        double value = -1;
        int row = -1;
        int pixel = -1;
        for (int k = 0; k < products.length; k++) {
            double[] plane = products[k];
            double offset = offsets[k];
            for (int i = 0; i < size; i++) {
                double candidate = Math.abs(plane[i] + offset);
                if (candidate > value && Arrays.binarySearch(taken, numbers[i]) < 0) {
                    value = candidate;
                    row = k;
                    pixel = numbers[i];
                }
            }
        }
        return new Best(row, pixel, value);
    }
}
