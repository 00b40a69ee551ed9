package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Small objects planted into a background after the recipe of the SPOD data set (Li et al., "SpecDETR", ISPRS Journal 2025), with
 * abundance, instance and class truth.
 *
 * <p>Objects are of classes drawn evenly; their centres are 8 pixels apart at least. An object has a size drawn evenly from the
 * range of its class and grows from its centre, one random 4-neighbour at a time. Of an object of several pixels, those whose four
 * neighbours all belong to it have the abundance &alpha; = 1; the others have &alpha; drawn evenly from [0.01, 1], all anew until
 * one is 0.2 at least, and dealt so that it falls with the distance from the centroid. An object of one pixel has &alpha; even in
 * [0.05, 0.2].
 *
 * <p>A pixel becomes x = &alpha; t + (1 - &alpha;) b. Its target spectrum is one of those of the class, in a random mixture of
 * pixels or in contiguous parts, times (1 + g) with one gain g for the object, even in [-0.3, 0.3], times (1 + q<sub>0</sub> n +
 * q<sub>1</sub> n<sub>b</sub>) with standard normal n for the pixel and n<sub>b</sub> for each band. (The publication learns that
 * last noise from an area of water; here q<sub>0</sub> and q<sub>1</sub> are settings.)
 *
 * <p>The same settings give the same scene, bit for bit, on any number of threads. Costs a copy of the background. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * var boats = new PointObjectScene.Kind("boat", 1, 3, List.of(paint, wood), PointObjectScene.Arrangement.PARTS);
 * PointObjectScene.Result scene = PointObjectScene.of(List.of(boats)).withCount(6).plant(background);
 * }</pre>
 */
public final class PointObjectScene {
    private static final int MOST_TRIES = 10_000;

    private final List<Kind> kinds;
    private final int count;
    private final double distance;
    private final double gain;
    private final double broadNoise;
    private final double bandNoise;
    private final long seed;

    private PointObjectScene(
            List<Kind> kinds, int count, double distance, double gain, double broadNoise, double bandNoise, long seed) {
        this.kinds = kinds;
        this.count = count;
        this.distance = distance;
        this.gain = gain;
        this.broadNoise = broadNoise;
        this.bandNoise = bandNoise;
        this.seed = seed;
    }

    /** How the spectra of one object lie in it. */
    public enum Arrangement {
        /** Each pixel has one of them at random. */
        RANDOM,
        /** Each has a random pixel, and every other pixel has that of the nearest of these. */
        PARTS
    }

    /**
     * A class of objects. The publication has sizes of 1, 1 to 2, 3 to 5, 6 to 10 and 11 to 16 pixels.
     *
     * @param name what it is
     * @param leastSize least number of pixels, at least one
     * @param mostSize greatest number of pixels
     * @param spectra what it consists of, at least one
     * @param arrangement how several spectra lie in an object
     */
    public record Kind(String name, int leastSize, int mostSize, List<Spectrum> spectra, Arrangement arrangement) {

        /**
         * Checks and copies.
         *
         * @throws IllegalArgumentException if the sizes are not as described, or there is no spectrum or one is incomplete
         */
        public Kind {
            if (leastSize < 1 || mostSize < leastSize) {
                throw new IllegalArgumentException(
                        "objects have a size of one pixel at least, not " + leastSize + " to " + mostSize);
            }
            spectra = List.copyOf(spectra);
            if (spectra.isEmpty() || !spectra.stream().allMatch(Spectrum::isComplete)) {
                throw new IllegalArgumentException("the objects \"" + name + "\" need a spectrum without gaps");
            }
        }
    }

    /**
     * A pixel of an object.
     *
     * @param row its row
     * @param column its column
     * @param abundance &alpha;
     * @param target t, with gain and noise
     */
    public record Part(int row, int column, double abundance, Spectrum target) {}

    /**
     * An object.
     *
     * @param kind number of its class, from zero
     * @param gain g
     * @param parts its pixels, the centre first
     */
    public record Planted(int kind, double gain, List<Part> parts) {

        /** Copies the list. */
        public Planted {
            parts = List.copyOf(parts);
        }
    }

    /**
     * The scene and the truth.
     *
     * @param cube the background with the objects
     * @param abundances the share of each class in each pixel, and last that of the background; their sum is one
     * @param instances the object at each pixel, counted from one; zero where there is none
     * @param classes the class at each pixel, counted from one; zero where there is none
     * @param objects the objects, in the order of their numbers
     */
    public record Result(
            Cube cube, AbundanceMaps abundances, ScoreMap instances, ScoreMap classes, List<Planted> objects)
            implements Degraded {

        /** Copies the list. */
        public Result {
            objects = List.copyOf(objects);
        }
    }

    /**
     * Ten objects of some classes, 8 pixels apart, gains up to 0.3, noise of 1 % in common and 1 % in each band, seed 1.
     *
     * @param kinds the classes, at least one
     * @return the settings
     * @throws IllegalArgumentException if there is no class, or spectra have different numbers of bands
     */
    public static PointObjectScene of(List<Kind> kinds) {
        if (kinds.isEmpty()) {
            throw new IllegalArgumentException("there is no class of objects");
        }
        long lengths = kinds.stream()
                .flatMap(k -> k.spectra().stream())
                .mapToInt(Spectrum::bands)
                .distinct()
                .count();
        if (lengths > 1) {
            throw new IllegalArgumentException("the spectra of the objects have different numbers of bands");
        }
        return new PointObjectScene(List.copyOf(kinds), 10, 8, 0.3, 0.01, 0.01, 1);
    }

    /**
     * How many objects are planted. Default: 10.
     *
     * @param objects zero or more
     * @return new settings
     * @throws IllegalArgumentException if it is negative
     */
    public PointObjectScene withCount(int objects) {
        if (objects < 0) {
            throw new IllegalArgumentException("the number of objects cannot be " + objects);
        }
        return new PointObjectScene(kinds, objects, distance, gain, broadNoise, bandNoise, seed);
    }

    /**
     * The least distance of two centres. Default: 8 pixels. Objects never share a pixel.
     *
     * @param pixels zero or more
     * @return new settings
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public PointObjectScene withDistance(double pixels) {
        if (!(pixels >= 0 && pixels < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("centres cannot be " + pixels + " pixels apart");
        }
        return new PointObjectScene(kinds, count, pixels, gain, broadNoise, bandNoise, seed);
    }

    /**
     * The largest gain of an object. Default: 0.3.
     *
     * @param most 0 to 1
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public PointObjectScene withGain(double most) {
        return new PointObjectScene(
                kinds, count, distance, BandChanges.requireShare("gain", most), broadNoise, bandNoise, seed);
    }

    /**
     * The noise of the target spectra as a share of their values. Default: 0.01 and 0.01.
     *
     * @param broad q<sub>0</sub>, common to all bands of a pixel; 0 to 1
     * @param band q<sub>1</sub>, of each band; 0 to 1
     * @return new settings
     * @throws IllegalArgumentException if one is out of this range
     */
    public PointObjectScene withNoise(double broad, double band) {
        BandChanges.requireShare("noise", broad);
        BandChanges.requireShare("noise", band);
        return new PointObjectScene(kinds, count, distance, gain, broad, band, seed);
    }

    /**
     * Another seed. Default: 1.
     *
     * @param newSeed any number
     * @return new settings
     */
    public PointObjectScene withSeed(long newSeed) {
        return new PointObjectScene(kinds, count, distance, gain, broadNoise, bandNoise, newSeed);
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return seed;
    }

    /**
     * Plants the objects with all threads.
     *
     * @param background the background
     * @return the scene and the truth
     * @throws IllegalArgumentException as {@link #plant(Cube, RunContext)}
     */
    public Result plant(Cube background) {
        return plant(background, RunContext.defaults());
    }

    /**
     * Plants the objects.
     *
     * @param background the background; a pixel of an object that is invalid stays so
     * @param context threads, progress, cancellation and memory limit; its seed is not used
     * @return the scene and the truth
     * @throws IllegalArgumentException if the spectra have other bands than the background, no place is found for an object in
     *     10 000 tries, or the result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public Result plant(Cube background, RunContext context) {
        int bands = kinds.get(0).spectra().get(0).bands();
        if (bands != background.bands()) {
            throw new IllegalArgumentException(
                    "the objects have " + bands + " bands but the background has " + background.bands());
        }
        SplittableRandom random = new SplittableRandom(seed);
        double[] instances = new double[background.pixels()];
        List<int[]> centres = new ArrayList<>();
        List<Planted> objects = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int kind = random.nextInt(kinds.size());
            List<int[]> cells = place(background, kinds.get(kind), instances, centres, random);
            for (int[] cell : cells) {
                instances[cell[0] * background.columns() + cell[1]] = i + 1;
            }
            centres.add(cells.get(0));
            objects.add(dress(kind, cells, random));
        }
        Cube cube = BandChanges.apply(
                background,
                context,
                "planting",
                count + " objects planted with seed " + seed,
                random,
                (band, plane, none) -> mix(objects, band, plane, background.columns()));
        return result(cube, objects, instances);
    }

    private List<int[]> place(Cube image, Kind kind, double[] taken, List<int[]> centres, SplittableRandom random) {
        int size = random.nextInt(kind.leastSize(), kind.mostSize() + 1);
        for (int t = 0; t < MOST_TRIES; t++) {
            int[] centre = {random.nextInt(image.rows()), random.nextInt(image.columns())};
            boolean apart = centres.stream()
                    .allMatch(c -> Math.hypot((double) c[0] - centre[0], (double) c[1] - centre[1]) >= distance);
            if (apart && free(image, taken, centre)) {
                List<int[]> cells = grow(image, taken, centre, size, random);
                if (cells.size() == size) {
                    return cells;
                }
            }
        }
        throw new IllegalArgumentException("no place found for object " + (centres.size() + 1) + " of " + size
                + " pixels in an image of " + image.rows() + "x" + image.columns());
    }

    private static boolean free(Cube image, double[] taken, int[] cell) {
        return cell[0] >= 0
                && cell[1] >= 0
                && cell[0] < image.rows()
                && cell[1] < image.columns()
                && taken[cell[0] * image.columns() + cell[1]] == 0;
    }

    private static List<int[]> grow(Cube image, double[] taken, int[] centre, int size, SplittableRandom random) {
        List<int[]> cells = new ArrayList<>(List.of(centre));
        while (cells.size() < size) {
            List<int[]> border = cells.stream()
                    .flatMap(PointObjectScene::neighbours)
                    .filter(n -> free(image, taken, n) && !contains(cells, n))
                    .toList();
            if (border.isEmpty()) {
                return cells;
            }
            cells.add(border.get(random.nextInt(border.size())));
        }
        return cells;
    }

    private static Stream<int[]> neighbours(int[] cell) {
        return Stream.of(
                new int[] {cell[0] - 1, cell[1]},
                new int[] {cell[0] + 1, cell[1]},
                new int[] {cell[0], cell[1] - 1},
                new int[] {cell[0], cell[1] + 1});
    }

    private static boolean contains(List<int[]> cells, int[] cell) {
        return cells.stream().anyMatch(c -> Arrays.equals(c, cell));
    }

    private Planted dress(int kind, List<int[]> cells, SplittableRandom random) {
        double own = BandChanges.uniform(random, -gain, gain);
        double[] alpha = abundances(cells, random);
        int[] which = spectra(kinds.get(kind), cells, random);
        List<Part> parts = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            Spectrum pure = kinds.get(kind).spectra().get(which[i]);
            double broad = broadNoise * Normal.next(random);
            double[] t = new double[pure.bands()];
            for (int b = 0; b < t.length; b++) {
                t[b] = pure.value(b) * (1 + own) * (1 + broad + bandNoise * Normal.next(random));
            }
            Spectrum target = Spectrum.of(t).named(kinds.get(kind).name());
            parts.add(new Part(cells.get(i)[0], cells.get(i)[1], alpha[i], target));
        }
        return new Planted(kind, own, parts);
    }

    private static double[] abundances(List<int[]> cells, SplittableRandom random) {
        double[] alpha = new double[cells.size()];
        if (alpha.length == 1) {
            alpha[0] = BandChanges.uniform(random, 0.05, 0.2);
            return alpha;
        }
        Arrays.fill(alpha, 1);
        double row = cells.stream().mapToInt(c -> c[0]).average().orElse(0);
        double column = cells.stream().mapToInt(c -> c[1]).average().orElse(0);
        List<Integer> edge = IntStream.range(0, alpha.length)
                .boxed()
                .filter(i -> !neighbours(cells.get(i)).allMatch(n -> contains(cells, n)))
                .sorted(Comparator.comparingDouble(i -> Math.hypot(cells.get(i)[0] - row, cells.get(i)[1] - column)))
                .toList();
        double[] drawn = new double[edge.size()];
        do {
            for (int i = 0; i < drawn.length; i++) {
                drawn[i] = BandChanges.uniform(random, 0.01, 1);
            }
            Arrays.sort(drawn);
        } while (drawn[drawn.length - 1] < 0.2);
        for (int i = 0; i < drawn.length; i++) {
            alpha[edge.get(i)] = drawn[drawn.length - 1 - i];
        }
        return alpha;
    }

    private static int[] spectra(Kind kind, List<int[]> cells, SplittableRandom random) {
        int choices = kind.spectra().size();
        int[] which = new int[cells.size()];
        if (kind.arrangement() == Arrangement.RANDOM) {
            Arrays.setAll(which, i -> random.nextInt(choices));
            return which;
        }
        int seeds = Math.min(choices, cells.size());
        int[] order = BandChanges.shuffled(random, cells.size(), seeds);
        int[] spectrum = BandChanges.shuffled(random, choices, choices);
        for (int i = 0; i < which.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int s = 0; s < seeds; s++) {
                int[] at = cells.get(order[s]);
                double d = Math.hypot((double) at[0] - cells.get(i)[0], (double) at[1] - cells.get(i)[1]);
                if (d < nearest) {
                    nearest = d;
                    which[i] = spectrum[s];
                }
            }
        }
        return which;
    }

    private static void mix(List<Planted> objects, int band, double[] plane, int columns) {
        for (Planted object : objects) {
            for (Part part : object.parts()) {
                int i = part.row() * columns + part.column();
                double alpha = part.abundance();
                plane[i] = alpha * part.target().value(band) + (1 - alpha) * plane[i];
            }
        }
    }

    private Result result(Cube cube, List<Planted> objects, double[] instances) {
        double[][] maps = new double[kinds.size() + 1][cube.pixels()];
        double[] classes = new double[cube.pixels()];
        double[] background = maps[kinds.size()];
        Arrays.fill(background, 1);
        for (Planted object : objects) {
            for (Part part : object.parts()) {
                int i = part.row() * cube.columns() + part.column();
                maps[object.kind()][i] = part.abundance();
                background[i] = 1 - part.abundance();
                classes[i] = object.kind() + 1;
            }
        }
        List<String> names = new ArrayList<>(kinds.stream().map(Kind::name).toList());
        names.add("background");
        return new Result(
                cube,
                AbundanceMaps.of(cube.rows(), cube.columns(), names, maps),
                ScoreMap.of("instances", cube.rows(), cube.columns(), instances),
                ScoreMap.of("classes", cube.rows(), cube.columns(), classes),
                objects);
    }
}
