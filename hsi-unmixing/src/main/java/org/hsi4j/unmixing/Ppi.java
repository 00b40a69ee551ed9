package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Pixel purity index (PPI): counts how often a pixel is at either end of the scene along random directions (skewers), and takes
 * the p pixels with the highest counts.
 *
 * <p>Directions are drawn evenly over the sphere in the first p - 1 principal components. Of pixels at the same end the first in
 * row order is counted, of equal counts the first is taken, and none twice. A corner of the scene with many near neighbours
 * shares its counts with them, and one that stands out gets them all, so that the p highest counts need not be p materials. As
 * its author means it to be used, PPI narrows the scene to pixels among which another method, or a person, chooses:
 *
 * <pre>{@code
 * ScoreMap purity = Ppi.withDefaults().counts(scene, 4, RunContext.defaults());
 * Mask pure = Mask.of(scene.rows(), scene.columns(), i -> purity.value(i / scene.columns(), i % scene.columns()) > 0);
 * var found = Unmixing.of(scene).endmembers(4).candidates(pure).extract(Nfindr.withDefaults()).run();
 * }</pre>
 *
 * <p>{@link Extraction#projected()} holds m + U U'(y - m), with the mean m and the first p - 1 eigenvectors U of the covariance.
 * For p = 1 the pixel farthest along the first eigenvector of (1/N) sum y y' is taken and projected on it. Invalid pixels are
 * not looked at. In a scene of a rank below p the surplus endmembers are dependent on the others, and a note says so; another
 * tells of pixels taken with a count of zero.
 *
 * <p>Costs B<sup>2</sup> + 2 B p flops a pixel in two passes over the scene, then 2 p and three comparisons a pixel and
 * skewer, and 8 p bytes a pixel. Immutable and thread-safe.
 */
public final class Ppi implements EndmemberExtractor {
    private static final Ppi DEFAULTS = new Ppi(2000, OptionalLong.empty());

    /** Skewers that are looked at in one go: their ends are what is kept of a block. */
    private static final int BATCH = 64;

    private final int skewers;
    private final OptionalLong seed;

    private Ppi(int skewers, OptionalLong seed) {
        this.skewers = skewers;
        this.seed = seed;
    }

    /**
     * The method with 2000 skewers and the seed of the run.
     *
     * @return the method
     */
    public static Ppi withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another number of skewers.
     *
     * @param newSkewers at least one; 2000 by default, which is enough in the few components searched here. Where all bands are
     *     searched 10<sup>4</sup> are usual
     * @return new method
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public Ppi withSkewers(int newSkewers) {
        if (newSkewers < 1) {
            throw new IllegalArgumentException("the number of skewers must be at least 1, not " + newSkewers);
        }
        return new Ppi(newSkewers, seed);
    }

    /**
     * With a seed of its own for the skewers.
     *
     * @param newSeed any number; by default that of the run is used
     * @return new method
     */
    public Ppi withSeed(long newSeed) {
        return new Ppi(skewers, OptionalLong.of(newSeed));
    }

    /**
     * The number of skewers.
     *
     * @return at least one
     */
    public int skewers() {
        return skewers;
    }

    /**
     * The seed.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
    }

    /**
     * The index itself: how often each pixel is at an end of a skewer.
     *
     * @param cube the scene; only valid pixels are looked at
     * @param count number of endmembers, p, at least two: skewers lie in p - 1 components
     * @param context threads, progress, cancellation, memory limit, and the seed for a method that has none of its own
     * @return a whole number a pixel, twice the number of skewers in all; NaN at invalid pixels
     * @throws IllegalArgumentException if the count is smaller than two, or greater than the number of bands or of valid pixels
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public ScoreMap counts(Cube cube, int count, RunContext context) {
        if (count < 2) {
            throw new IllegalArgumentException("skewers need at least 2 endmembers to lie between, not " + count);
        }
        MeanScatter statistics = Found.statistics(cube, count, context);
        Cloud cloud = Cloud.of(cube, Reduction.affine(statistics, count - 1), context);
        int[] counts = counts(cube, cloud, context);
        double[] values = new double[counts.length];
        Arrays.fill(values, Double.NaN);
        cloud.forEach(context, "purity", () -> "", (none, index, planes, pixels, size) -> {
            for (int i = 0; i < size; i++) {
                values[pixels[i]] = counts[pixels[i]];
            }
        });
        return ScoreMap.of("pixel purity", cube.rows(), cube.columns(), values)
                .withGeoReference(cube.geoReference().orElse(null));
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        if (count == 1) {
            return Found.brightest(cube, statistics, diagnostics.since(start), context);
        }
        Reduction reduction = Reduction.affine(statistics, count - 1);
        Cloud cloud = Cloud.of(cube, reduction, context);
        int[] counts = counts(cube, cloud, context);
        List<Integer> positions = IntStream.range(0, counts.length)
                .boxed()
                .filter(pixel -> counts[pixel] > 0)
                .sorted(Comparator.comparingInt((Integer pixel) -> -counts[pixel]))
                .limit(count)
                .collect(Collectors.toCollection(ArrayList::new));
        int counted = positions.size();
        for (int n = 0; positions.size() < count; n++) {
            int pixel = cloud.pixel(n);
            if (counts[pixel] == 0) {
                positions.add(pixel);
            }
        }
        if (counted < count) {
            diagnostics = diagnostics.note("only " + counted + " pixels are at the end of a skewer; the other "
                    + (count - counted) + " endmembers are the first pixels of the scene");
        }
        return Found.pixels(cube, positions, reduction::project, diagnostics.since(start));
    }

    private int[] counts(Cube cube, Cloud cloud, RunContext context) {
        context.requireMemory(4L * cube.pixels(), "the counts of the pixels");
        Random random = new Random(seed.orElse(context.seed()));
        int[] counts = new int[cube.pixels()];
        for (int done = 0; done < skewers; done += BATCH) {
            double[][] weights = new double[Math.min(BATCH, skewers - done)][cloud.dimension()];
            for (double[] skewer : weights) {
                for (int k = 0; k < skewer.length; k++) {
                    skewer[k] = random.nextGaussian();
                }
            }
            Ends ends =
                    cloud.reduce(context, "skewers", () -> new Ends(weights, cloud.capacity()), Ends::add, Ends::join);
            for (int k = 0; k < weights.length; k++) {
                counts[ends.lowest[k]]++;
                counts[ends.highest[k]]++;
            }
        }
        return counts;
    }

    /** The pixels at both ends of some skewers. */
    private static final class Ends {
        private final double[][] weights;
        private final double[][] along;
        private final double[] low;
        private final double[] high;
        private final int[] lowest;
        private final int[] highest;

        Ends(double[][] weights, int capacity) {
            this.weights = weights;
            this.along = new double[weights.length][capacity];
            this.low = new double[weights.length];
            this.high = new double[weights.length];
            this.lowest = new int[weights.length];
            this.highest = new int[weights.length];
            Arrays.fill(low, Double.POSITIVE_INFINITY);
            Arrays.fill(high, Double.NEGATIVE_INFINITY);
        }

        void add(double[][] planes, int[] pixels, int size) {
            Kernels.best().multiply(weights, planes, size, along);
            for (int k = 0; k < weights.length; k++) {
                for (int i = 0; i < size; i++) {
                    offer(k, along[k][i], pixels[i], along[k][i], pixels[i]);
                }
            }
        }

        private void offer(int k, double lower, int lowerPixel, double higher, int higherPixel) {
            if (lower < low[k]) {
                low[k] = lower;
                lowest[k] = lowerPixel;
            }
            if (higher > high[k]) {
                high[k] = higher;
                highest[k] = higherPixel;
            }
        }

        Ends join(Ends later) {
            for (int k = 0; k < weights.length; k++) {
                offer(k, later.low[k], later.lowest[k], later.high[k], later.highest[k]);
            }
            return this;
        }
    }

    @Override
    public String name() {
        return "ppi";
    }

    @Override
    public String summary() {
        return "Pixel purity index: the pixels most often at an end of the scene along random directions.";
    }

    @Override
    public String reference() {
        return "Boardman, Kruse and Green, Mapping target signatures via partial unmixing of AVIRIS data, "
                + "JPL Airborne Earth Science Workshop, 1995";
    }
}
