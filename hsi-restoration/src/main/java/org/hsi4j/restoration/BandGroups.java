package org.hsi4j.restoration;

import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/** A cube a few whole bands at a time, for methods that see each band by itself and need all of it. The cube is read once a group. */
final class BandGroups {

    private BandGroups() {}

    /** Works on whole bands. */
    interface Task {

        /**
         * Takes some bands.
         *
         * @param bands their numbers
         * @param planes their samples, NaN where there is none; may be overwritten
         */
        void run(int[] bands, double[][] planes);
    }

    /** As many bands as the bytes hold, but one a thread at least. */
    static int size(Cube cube, RunContext context, long bytes) {
        long fit = bytes / Double.BYTES / cube.pixels();
        return (int) Math.min(cube.bands(), Math.max(context.parallelism(), fit));
    }

    static void forEach(Cube cube, RunContext context, int size, String stage, Task task) {
        double[][] planes = new double[size][cube.pixels()];
        for (int from = 0; from < cube.bands(); from += size) {
            int[] bands =
                    IntStream.range(from, Math.min(from + size, cube.bands())).toArray();
            RowBlocks.forEach(cube.selectBands(bands), context, stage, (index, first, count, block) -> {
                for (int k = 0; k < bands.length; k++) {
                    System.arraycopy(block[k], 0, planes[k], first, count);
                }
            });
            task.run(bands, planes);
        }
    }
}
