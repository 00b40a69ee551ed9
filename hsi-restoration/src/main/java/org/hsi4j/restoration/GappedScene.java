package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/** A scene in memory whose samples may be missing one by one, and what the methods that fill them share. */
final class GappedScene {
    private static final String NOT_FILLED = " missing samples could not be filled";

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

    /** Fills what is missing of spectra, each by itself. */
    interface SpectrumFiller {

        /**
         * Fills what it can.
         *
         * @param planes one array a band, NaN where a sample is missing; a pixel without any stays so
         * @param count pixels
         */
        void fill(double[][] planes, int count);
    }

    /** A scene whose pixels are filled one by one, but for those without any sample. */
    static Learnt filled(Cube cube, String name, Census census, SpectrumFiller filler, Diagnostics diagnostics) {
        long left = census.isGapped() ? census.empty * cube.bands() : census.missing;
        long invented = census.missing - left;
        int[] all = IntStream.range(0, cube.bands()).toArray();
        DerivedSource source = new DerivedSource(cube) {
            @Override
            double[][] samples(Region run, int[] bands) {
                double[][] planes = read(cube, run, all);
                filler.fill(planes, run.columns());
                return Arrays.stream(bands).mapToObj(b -> planes[b]).toArray(double[][]::new);
            }
        };
        Diagnostics told = diagnostics.with("invented", (double) invented);
        if (census.isGapped() && left > 0) {
            told = told.note(left + NOT_FILLED);
        }
        return new Learnt(cube, source, inpaintedBy(name, invented), told);
    }

    private static String inpaintedBy(String name, long invented) {
        return "inpainted by " + name + ", " + invented + " samples invented";
    }

    static RestoredCube inpaint(Cube cube, RunContext context, String name, Filler filler) {
        long start = System.nanoTime();
        Census census = Census.of(cube, context);
        Diagnostics diagnostics = census.report();
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        boolean gapped = census.isGapped();
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
            diagnostics = diagnostics.note(left + NOT_FILLED);
        }
        return new RestoredCube(result.provenance(inpaintedBy(name, invented)).build(), diagnostics.since(start));
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

    /**
     * Some spectra of a scene.
     *
     * @param numbers which, of the pixels with any sample
     * @return bands x numbers
     */
    static double[][] spectra(Cube cube, RunContext context, Census census, int[] numbers) {
        int[] order = IntStream.range(0, numbers.length)
                .boxed()
                .sorted((a, b) -> Integer.compare(numbers[a], numbers[b]))
                .mapToInt(i -> i)
                .toArray();
        int[] rising = Arrays.stream(order).map(i -> numbers[i]).toArray();
        double[][] spectra = new double[cube.bands()][numbers.length];
        RowBlocks.forEach(cube, context, "sampling", (index, first, count, planes) -> {
            int number = (int) census.seenBefore[index];
            int found = Arrays.binarySearch(rising, number);
            int next = found < 0 ? -found - 1 : found;
            for (int i = 0; i < count && next < rising.length; i++) {
                if (hasSample(planes, i) && number++ == rising[next]) {
                    for (int b = 0; b < planes.length; b++) {
                        spectra[b][order[next]] = planes[b][i];
                    }
                    next++;
                }
            }
        });
        return spectra;
    }

    private static boolean hasSample(double[][] planes, int i) {
        for (double[] plane : planes) {
            if (!Double.isNaN(plane[i])) {
                return true;
            }
        }
        return false;
    }

    /** What a scene lacks. */
    static final class Census {
        private final long pixels;
        private final long samples;
        private final long missing;
        private final long empty;

        /** Pixels with any sample before each block of rows. */
        private final long[] seenBefore;

        private Census(long pixels, long samples, long missing, long empty, long[] seenBefore) {
            this.pixels = pixels;
            this.samples = samples;
            this.missing = missing;
            this.empty = empty;
            this.seenBefore = seenBefore;
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
            long[] seenBefore = new long[blocks];
            for (int k = 1; k < blocks; k++) {
                seenBefore[k] = seenBefore[k - 1] + pixels[k - 1] - empty[k - 1];
            }
            return new Census(
                    admitted,
                    found,
                    admitted * cube.bands() - found,
                    Arrays.stream(empty).sum(),
                    seenBefore);
        }

        /** Whether there is something to fill, and something to learn from. */
        boolean isGapped() {
            return missing > 0 && samples > 0;
        }

        /** How many pixels have any sample. */
        int seen() {
            return (int) (pixels - empty);
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
