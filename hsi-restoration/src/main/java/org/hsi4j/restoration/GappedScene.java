package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/** A scene in memory whose samples may be missing one by one, and what the methods that fill them share. */
final class GappedScene {
    final int rows;
    final int columns;

    /** One array a band; NaN where a sample is missing and in pixels that the mask excludes. */
    final double[][] planes;

    /** Of each pixel whether the mask admits it. */
    final boolean[] admitted;

    /** Of each pixel whether it has any sample; only admitted ones do. */
    final boolean[] seen;

    private GappedScene(int rows, int columns, double[][] planes, boolean[] admitted, boolean[] seen) {
        this.rows = rows;
        this.columns = columns;
        this.planes = planes;
        this.admitted = admitted;
        this.seen = seen;
    }

    /** Fills the samples of a scene. */
    interface Filler {

        /** Memory it takes beside the scene. */
        long bytes(int rows, int columns, int bands, int threads);

        /**
         * Fills what it can. What it leaves NaN stays missing; it may change samples that are there.
         *
         * @return the diagnostics with more figures and notes
         */
        Diagnostics fill(GappedScene scene, RunContext context, Diagnostics diagnostics);
    }

    static RestoredCube inpaint(Cube cube, RunContext context, String name, Filler filler) {
        long start = System.nanoTime();
        Census census = Census.of(cube, context);
        Diagnostics diagnostics = census.report();
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        boolean gapped = census.missing > 0 && census.samples > 0;
        context.requireMemory(
                (size + Double.BYTES) * cube.samples()
                        + (gapped ? filler.bytes(cube.rows(), cube.columns(), cube.bands(), context.parallelism()) : 0),
                "the restored cube with what the method holds of the whole scene");
        GappedScene scene = read(cube, context);
        if (gapped) {
            diagnostics = filler.fill(scene, context, diagnostics);
        }
        long left = scene.missing();
        Cube.Builder result = Cube.builderLike(cube);
        for (int b = 0; b < scene.planes.length; b++) {
            result.plane(b, scene.planes[b]);
        }
        long invented = census.missing - left;
        diagnostics = diagnostics.with("invented", (double) invented);
        if (gapped && left > 0) {
            diagnostics = diagnostics.note(left + " missing samples could not be filled");
        }
        return new RestoredCube(
                result.provenance("inpainted by " + name + ", " + invented + " samples invented")
                        .build(),
                diagnostics.since(start));
    }

    private static GappedScene read(Cube cube, RunContext context) {
        double[][] planes = new double[cube.bands()][cube.pixels()];
        boolean[] admitted = new boolean[cube.pixels()];
        boolean[] seen = new boolean[cube.pixels()];
        Mask mask = cube.mask().orElse(null);
        RowBlocks.forEach(cube, context, "reading", (index, first, count, block) -> {
            for (int i = 0; i < count; i++) {
                admitted[first + i] = mask == null || mask.get(first + i);
            }
            for (int b = 0; b < planes.length; b++) {
                System.arraycopy(block[b], 0, planes[b], first, count);
                for (int i = 0; i < count; i++) {
                    seen[first + i] |= !Double.isNaN(block[b][i]);
                }
            }
        });
        return new GappedScene(cube.rows(), cube.columns(), planes, admitted, seen);
    }

    private long missing() {
        long missing = 0;
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                missing += admitted[i] && Double.isNaN(plane[i]) ? 1 : 0;
            }
        }
        return missing;
    }

    int bands() {
        return planes.length;
    }

    int pixels() {
        return admitted.length;
    }

    /** The pixels that have any sample, rising. */
    int[] seenPixels() {
        return IntStream.range(0, seen.length).filter(i -> seen[i]).toArray();
    }

    /** Known samples of each band. */
    int[] known() {
        return Arrays.stream(planes)
                .mapToInt(plane ->
                        (int) Arrays.stream(plane).filter(v -> !Double.isNaN(v)).count())
                .toArray();
    }

    /** What a scene lacks. */
    private static final class Census {
        private final long pixels;
        private final long samples;
        private final long missing;
        private final long empty;

        private Census(long pixels, long samples, long missing, long empty) {
            this.pixels = pixels;
            this.samples = samples;
            this.missing = missing;
            this.empty = empty;
        }

        static Census of(Cube cube, RunContext context) {
            int blocks = RowBlocks.of(cube).size();
            long[] samples = new long[blocks];
            long[] empty = new long[blocks];
            long[] pixels = new long[blocks];
            Mask mask = cube.mask().orElse(null);
            RowBlocks.forEach(cube, context, "looking for gaps", (index, first, count, planes) -> {
                int[] known = new int[count];
                for (double[] plane : planes) {
                    for (int i = 0; i < count; i++) {
                        known[i] += Double.isNaN(plane[i]) ? 0 : 1;
                    }
                }
                for (int i = 0; i < count; i++) {
                    if (mask == null || mask.get(first + i)) {
                        pixels[index]++;
                        samples[index] += known[i];
                        empty[index] += known[i] == 0 ? 1 : 0;
                    }
                }
            });
            long admitted = Arrays.stream(pixels).sum();
            long found = Arrays.stream(samples).sum();
            return new Census(
                    admitted,
                    found,
                    admitted * cube.bands() - found,
                    Arrays.stream(empty).sum());
        }

        Diagnostics report() {
            Diagnostics diagnostics = Diagnostics.none()
                    .with("pixels", (double) pixels)
                    .with("missing", (double) missing)
                    .with("empty-pixels", (double) empty);
            if (samples == 0) {
                return diagnostics.note("the scene has no valid pixel: not one sample");
            }
            return missing == 0 ? diagnostics.note("no sample is missing") : diagnostics;
        }
    }
}
