package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/**
 * A scene by the linear mixing model, Y = E A + N, with smooth abundances and exact ground truth.
 *
 * <p><b>Abundances.</b> Each endmember k has a Gaussian random field g<sub>k</sub> of variance one: white noise smoothed by a
 * Gaussian filter, plus a finer texture. The abundances of a pixel are the softmax of s g<sub>k</sub> with the sharpness s,
 * of which the shares below 2 % are cut off, so that most pixels hold a few materials and every endmember has pure pixels
 * if the scene is large enough. They are never negative and sum to one.
 *
 * <p><b>Noise.</b> Independent Gaussian noise of the variance ||E A||<sup>2</sup> / (L N) &middot; 10<sup>-SNR/10</sup> in every
 * sample, SNR being that of the whole scene in decibels, as is usual in the unmixing literature (Bioucas-Dias et al.,
 * "Hyperspectral unmixing overview", IEEE JSTARS 5(2), 2012).
 *
 * <p><b>Targets and gaps.</b> On demand a few pixels hold a share f of one more material, (1 - f) E a + f t, and one corner
 * of the image is missing (NaN), as it is when a strip was rectified.
 *
 * <p>The same settings give the same scene, bit for bit, on any number of threads. Immutable and thread-safe. The cube is
 * float32 reflectance; the scene takes 8 (L + p) to 8 (L + 2 p) bytes a pixel.
 *
 * <pre>{@code
 * SimulatedScene scene = LinearMixingScene.withDefaults().withShape(60, 50).withEndmemberCount(4).withSeed(3).generate();
 * Cube cube = scene.cube();
 * AbundanceMaps truth = scene.abundances();
 * }</pre>
 */
public final class LinearMixingScene {
    /** Abundances below this share are cut off. */
    private static final double LEAST_SHARE = 0.02;

    /** Weight of the fine texture beside the coarse field, and how much finer it is. */
    private static final double TEXTURE_WEIGHT = 0.3;

    private static final double TEXTURE_SCALE = 0.2;

    private final int rows;
    private final int columns;
    private final Wavelengths wavelengths;
    private final int endmemberCount;
    private final @Nullable Endmembers ownEndmembers;
    private final double smoothness;
    private final double sharpness;
    private final double maximumPurity;
    private final double snr;
    private final @Nullable Spectrum ownTarget;
    private final int targetCount;
    private final double leastFill;
    private final double mostFill;
    private final int missingCorner;
    private final long seed;

    private LinearMixingScene(Builder b) {
        rows = b.rows;
        columns = b.columns;
        wavelengths = b.wavelengths;
        endmemberCount = b.endmemberCount;
        ownEndmembers = b.ownEndmembers;
        smoothness = b.smoothness;
        sharpness = b.sharpness;
        maximumPurity = b.maximumPurity;
        snr = b.snr;
        ownTarget = b.ownTarget;
        targetCount = b.targetCount;
        leastFill = b.leastFill;
        mostFill = b.mostFill;
        missingCorner = b.missingCorner;
        seed = b.seed;
    }

    /** The fields while they are being changed. */
    private static final class Builder {
        private int rows = 200;
        private int columns = 180;
        private Wavelengths wavelengths = grid(180);
        private int endmemberCount = 6;
        private @Nullable Endmembers ownEndmembers;
        private double smoothness = 12;
        private double sharpness = 6;
        private double maximumPurity = 1;
        private double snr = 35;
        private @Nullable Spectrum ownTarget;
        private int targetCount;
        private double leastFill = 0.1;
        private double mostFill = 0.3;
        private int missingCorner;
        private long seed = 1;
    }

    private Builder toBuilder() {
        Builder b = new Builder();
        b.rows = rows;
        b.columns = columns;
        b.wavelengths = wavelengths;
        b.endmemberCount = endmemberCount;
        b.ownEndmembers = ownEndmembers;
        b.smoothness = smoothness;
        b.sharpness = sharpness;
        b.maximumPurity = maximumPurity;
        b.snr = snr;
        b.ownTarget = ownTarget;
        b.targetCount = targetCount;
        b.leastFill = leastFill;
        b.mostFill = mostFill;
        b.missingCorner = missingCorner;
        b.seed = seed;
        return b;
    }

    /**
     * 200 rows x 180 columns x 180 bands from 400 to 2500 nm, six endmembers, 35 dB, no targets, no gap.
     *
     * @return the settings
     */
    public static LinearMixingScene withDefaults() {
        return new LinearMixingScene(new Builder());
    }

    /**
     * The scene that comes with the library: the defaults with 30 targets of polyethylene that fill 10 to 30 % of their
     * pixels, and a missing corner of 14 pixels a side. Made in well under a second.
     *
     * @return the settings
     */
    public static LinearMixingScene quickStart() {
        return withDefaults().withTargets(30, 0.1, 0.3).withMissingCorner(14);
    }

    private static Wavelengths grid(int bands) {
        double[] centres = IntStream.range(0, bands)
                .mapToDouble(b -> bands == 1 ? 1450 : 400 + 2100.0 * b / (bands - 1))
                .toArray();
        double[] fwhm = new double[bands];
        Arrays.fill(fwhm, 10);
        return Wavelengths.of(centres).withFwhm(fwhm);
    }

    /**
     * Another image size. Default: 200 rows and 180 columns.
     *
     * @param newRows at least one
     * @param newColumns at least one
     * @return new settings
     * @throws IllegalArgumentException if one of them is smaller than one or there are more than 2<sup>31</sup>-1 pixels
     */
    public LinearMixingScene withShape(int newRows, int newColumns) {
        if (newRows < 1 || newColumns < 1 || (long) newRows * newColumns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "a scene has 1 to " + Integer.MAX_VALUE + " pixels, not " + newRows + "x" + newColumns);
        }
        Builder b = toBuilder();
        b.rows = newRows;
        b.columns = newColumns;
        return new LinearMixingScene(b);
    }

    /**
     * Another number of bands, evenly spaced from 400 to 2500 nm with a FWHM of 10 nm; one band lies at 1450 nm. Default:
     * 180. Endmembers given before are dropped for those of the table.
     *
     * @param bands at least one
     * @return new settings
     * @throws IllegalArgumentException if it is smaller than one
     */
    public LinearMixingScene withBands(int bands) {
        if (bands < 1) {
            throw new IllegalArgumentException("a scene has at least one band, not " + bands);
        }
        return withWavelengths(grid(bands));
    }

    /**
     * The bands of another sensor. Endmembers given before are dropped for those of the table.
     *
     * @param newWavelengths its bands
     * @return new settings
     */
    public LinearMixingScene withWavelengths(Wavelengths newWavelengths) {
        Builder b = toBuilder();
        b.wavelengths = Objects.requireNonNull(newWavelengths, "wavelengths");
        b.ownEndmembers = null;
        return new LinearMixingScene(b);
    }

    /**
     * Another number of endmembers: the first of the table {@link Material}. Default: 6. Endmembers given before are
     * dropped.
     *
     * @param count one to the number of materials
     * @return new settings
     * @throws IllegalArgumentException if there are not so many materials
     */
    public LinearMixingScene withEndmemberCount(int count) {
        int known = Material.values().length;
        if (count < 1 || count > known) {
            throw new IllegalArgumentException("1 to " + known + " endmembers can be chosen, not " + count);
        }
        Builder b = toBuilder();
        b.endmemberCount = count;
        b.ownEndmembers = null;
        return new LinearMixingScene(b);
    }

    /**
     * Other endmembers, with other bands perhaps; without wavelengths the scene has none either.
     *
     * @param endmembers the endmembers
     * @return new settings
     */
    public LinearMixingScene withEndmembers(Endmembers endmembers) {
        Builder b = toBuilder();
        b.ownEndmembers = Objects.requireNonNull(endmembers, "endmembers");
        return new LinearMixingScene(b);
    }

    /**
     * How far the abundances reach: the standard deviation of the filter that smooths their fields. Default: 12 pixels, which
     * gives patches of some 30 pixels.
     *
     * @param pixels zero (abundances of neighbours are independent) to 1000
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LinearMixingScene withSmoothness(double pixels) {
        if (!(pixels >= 0 && pixels <= 1000)) {
            throw new IllegalArgumentException("smoothness is 0 to 1000 pixels, not " + pixels);
        }
        Builder b = toBuilder();
        b.smoothness = pixels;
        return new LinearMixingScene(b);
    }

    /**
     * How pure the pixels are: the factor on the fields inside the softmax. Zero mixes all endmembers equally everywhere.
     * Default: 6, with which a third of the pixels is pure.
     *
     * @param factor zero to 1000
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LinearMixingScene withSharpness(double factor) {
        if (!(factor >= 0 && factor <= 1000)) {
            throw new IllegalArgumentException("sharpness is 0 to 1000, not " + factor);
        }
        Builder b = toBuilder();
        b.sharpness = factor;
        return new LinearMixingScene(b);
    }

    /**
     * The largest abundance a pixel may have; purer pixels are blended with the equal mixture of all endmembers until they
     * obey. Default: 1, no limit. Scenes without pure pixels are commonly made with 0.8 (Miao and Qi, IEEE TGRS 45(3),
     * 2007).
     *
     * @param share more than zero to one; at least one over the number of endmembers
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LinearMixingScene withMaximumPurity(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the maximum purity is more than 0 and at most 1, not " + share);
        }
        Builder b = toBuilder();
        b.maximumPurity = share;
        return new LinearMixingScene(b);
    }

    /**
     * The signal-to-noise ratio. Default: 35 dB.
     *
     * @param decibels any number; positive infinity for a scene without noise
     * @return new settings
     * @throws IllegalArgumentException if it is NaN or negative infinity
     */
    public LinearMixingScene withSnr(double decibels) {
        if (!(decibels > Double.NEGATIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the signal-to-noise ratio must be a number of decibels, not " + decibels);
        }
        Builder b = toBuilder();
        b.snr = decibels;
        return new LinearMixingScene(b);
    }

    /**
     * Plants targets in pixels drawn at random, each with a fill drawn evenly from a range. Default: none.
     *
     * @param count number of target pixels, zero or more
     * @param newLeastFill least share of its pixel that a target fills; more than zero
     * @param newMostFill greatest share; at most one
     * @return new settings
     * @throws IllegalArgumentException if the count is negative or the range is not within zero and one
     */
    public LinearMixingScene withTargets(int count, double newLeastFill, double newMostFill) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of targets cannot be " + count);
        }
        if (!(newLeastFill > 0 && newLeastFill <= newMostFill && newMostFill <= 1)) {
            throw new IllegalArgumentException("targets fill a share of more than 0 and at most 1 of their pixels, not "
                    + newLeastFill + " to " + newMostFill);
        }
        Builder b = toBuilder();
        b.targetCount = count;
        b.leastFill = newLeastFill;
        b.mostFill = newMostFill;
        return new LinearMixingScene(b);
    }

    /**
     * The spectrum of the targets. Default: {@link Material#POLYETHYLENE}.
     *
     * @param target a spectrum with the bands of the endmembers
     * @return new settings
     * @throws IllegalArgumentException if the spectrum has no value in some band
     */
    public LinearMixingScene withTarget(Spectrum target) {
        if (!target.isComplete()) {
            throw new IllegalArgumentException("the target has no value in some band");
        }
        Builder b = toBuilder();
        b.ownTarget = target;
        return new LinearMixingScene(b);
    }

    /**
     * Leaves out the pixels of a triangle at the top left, those with row + column below a number. Default: 0, none.
     *
     * @param pixels length of its sides, zero or more
     * @return new settings
     * @throws IllegalArgumentException if it is negative
     */
    public LinearMixingScene withMissingCorner(int pixels) {
        if (pixels < 0) {
            throw new IllegalArgumentException("the missing corner cannot have " + pixels + " pixels a side");
        }
        Builder b = toBuilder();
        b.missingCorner = pixels;
        return new LinearMixingScene(b);
    }

    /**
     * Another seed, for another scene of the same kind. Default: 1. The seed of the run is not used: the truth belongs to the
     * settings.
     *
     * @param newSeed any number
     * @return new settings
     */
    public LinearMixingScene withSeed(long newSeed) {
        Builder b = toBuilder();
        b.seed = newSeed;
        return new LinearMixingScene(b);
    }

    /**
     * Rows of the image.
     *
     * @return at least one
     */
    public int rows() {
        return rows;
    }

    /**
     * Columns of the image.
     *
     * @return at least one
     */
    public int columns() {
        return columns;
    }

    /**
     * The endmembers of the scene.
     *
     * @return those given, or else those of the table
     */
    public Endmembers endmembers() {
        return ownEndmembers == null ? Material.endmembers(wavelengths, endmemberCount) : ownEndmembers;
    }

    /**
     * The spectrum of the targets.
     *
     * @return the one given, or else polyethylene on the bands of the scene
     */
    public Spectrum target() {
        if (ownTarget != null) {
            return ownTarget;
        }
        Endmembers e = endmembers();
        return Material.POLYETHYLENE.on(e.wavelengths().orElseGet(() -> grid(e.bands())));
    }

    /**
     * Standard deviation of the filter that smooths the abundances.
     *
     * @return pixels
     */
    public double smoothness() {
        return smoothness;
    }

    /**
     * Factor inside the softmax.
     *
     * @return zero or more
     */
    public double sharpness() {
        return sharpness;
    }

    /**
     * The largest abundance a pixel may have.
     *
     * @return more than zero, at most one
     */
    public double maximumPurity() {
        return maximumPurity;
    }

    /**
     * Signal-to-noise ratio.
     *
     * @return decibels
     */
    public double snr() {
        return snr;
    }

    /**
     * Number of target pixels.
     *
     * @return zero or more
     */
    public int targetCount() {
        return targetCount;
    }

    /**
     * Length of the sides of the missing corner.
     *
     * @return pixels
     */
    public int missingCorner() {
        return missingCorner;
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
     * Makes the scene with all threads.
     *
     * @return the scene and the truth
     * @throws IllegalArgumentException as {@link #generate(RunContext)}
     */
    public SimulatedScene generate() {
        return generate(RunContext.defaults());
    }

    /**
     * Makes the scene. Costs some 2 p + 20 operations a sample.
     *
     * @param context threads, progress, cancellation and memory limit
     * @return the scene and the truth
     * @throws IllegalArgumentException if the target has other bands than the endmembers, there are more targets than
     *     pixels, no mixture of so many endmembers is as impure as asked for, or the scene exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public SimulatedScene generate(RunContext context) {
        Endmembers e = endmembers();
        Spectrum target = target();
        check(e, target);
        context.requireMemory(8L * rows * columns * (e.bands() + 2L * e.count()), "the simulated scene");
        SplittableRandom root = new SplittableRandom(seed);
        double[][] abundances = abundances(e.count(), root, context);
        double[] fill = plantTargets(root.split());
        double[] power = new double[tiles(e.bands())];
        Cube clean = mix(e, target, abundances, fill, power, context);
        double sigma = Math.sqrt(Arrays.stream(power).sum() / clean.samples()) * StrictMath.pow(10, -snr / 20);
        Cube cube = addNoise(clean, sigma, root, context);
        return new SimulatedScene(
                cube,
                clean,
                e,
                AbundanceMaps.of(rows, columns, e.names(), abundances),
                target,
                ScoreMap.of("target fill", rows, columns, fill),
                sigma);
    }

    private void check(Endmembers e, Spectrum target) {
        if (target.bands() != e.bands()) {
            throw new IllegalArgumentException(
                    "the target has " + target.bands() + " bands but the endmembers have " + e.bands());
        }
        if (maximumPurity * e.count() < 1) {
            throw new IllegalArgumentException(
                    "no mixture of " + e.count() + " endmembers has all abundances below " + maximumPurity);
        }
    }

    private int tiles(int bands) {
        int capacity = PixelTile.capacityFor(bands);
        return (int) (((long) rows * columns + capacity - 1) / capacity);
    }

    private static List<SplittableRandom> split(SplittableRandom root, int count) {
        List<SplittableRandom> streams = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            streams.add(root.split());
        }
        return streams;
    }

    private double[][] abundances(int p, SplittableRandom root, RunContext context) {
        double[][] a = new double[p][rows * columns];
        List<SplittableRandom> streams = split(root, p);
        double texture = TEXTURE_WEIGHT / Math.hypot(1, TEXTURE_WEIGHT);
        double coarse = 1 / Math.hypot(1, TEXTURE_WEIGHT);
        Parallel.run(context, "abundance fields", p, () -> "", (nothing, k) -> {
            RandomField.add(streams.get(k), smoothness, coarse, a[k], columns);
            RandomField.add(streams.get(k), smoothness * TEXTURE_SCALE, texture, a[k], columns);
        });
        Parallel.run(context, "abundances", rows, () -> new double[p], (pixel, row) -> {
            for (int i = row * columns; i < (row + 1) * columns; i++) {
                for (int k = 0; k < p; k++) {
                    pixel[k] = a[k][i];
                }
                toShares(pixel);
                for (int k = 0; k < p; k++) {
                    a[k][i] = pixel[k];
                }
            }
        });
        return a;
    }

    /** Softmax, cut off at the least share, blended with the equal mixture down to the maximum purity. */
    private void toShares(double[] pixel) {
        double largest = Arrays.stream(pixel).max().orElseThrow();
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = StrictMath.exp(sharpness * (pixel[k] - largest));
        }
        double sum = Arrays.stream(pixel).sum();
        double least = Math.min(LEAST_SHARE, 0.5 / pixel.length);
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = Math.max(0, pixel[k] / sum - least);
        }
        double rest = Arrays.stream(pixel).sum();
        double purest = Arrays.stream(pixel).max().orElseThrow() / rest;
        double equal = 1.0 / pixel.length;
        double keep = purest > maximumPurity ? (maximumPurity - equal) / (purest - equal) : 1;
        for (int k = 0; k < pixel.length; k++) {
            pixel[k] = equal * (1 - keep) + keep * pixel[k] / rest;
        }
    }

    private double[] plantTargets(SplittableRandom random) {
        double[] fill = new double[rows * columns];
        int[] places =
                IntStream.range(0, fill.length).filter(i -> !isMissing(i)).toArray();
        if (targetCount > places.length) {
            throw new IllegalArgumentException(targetCount + " targets do not fit into " + places.length + " pixels");
        }
        for (int t = 0; t < targetCount; t++) {
            int drawn = random.nextInt(t, places.length);
            fill[places[drawn]] = leastFill + (mostFill - leastFill) * random.nextDouble();
            places[drawn] = places[t];
        }
        return fill;
    }

    private boolean isMissing(int pixel) {
        return pixel / columns + pixel % columns < missingCorner;
    }

    private Cube mix(
            Endmembers e, Spectrum target, double[][] abundances, double[] fill, double[] power, RunContext context) {
        Cube.Builder clean = builder(e, "simulated without noise");
        double[][] matrix = e.toMatrix();
        double[] t = target.toArray();
        int capacity = PixelTile.capacityFor(e.bands());
        Parallel.run(context, "mixing", power.length, () -> new double[e.bands()][capacity], (planes, index) -> {
            int first = index * capacity;
            int n = Math.min(capacity, fill.length - first);
            for (int b = 0; b < planes.length; b++) {
                mixBand(matrix[b], t[b], abundances, fill, first, n, planes[b]);
                power[index] += squares(planes[b], n);
            }
            clean.run(first, n, planes);
        });
        return clean.build();
    }

    /** A loop of its own, not a kernel that depends on the machine: the scene is the same everywhere. */
    private static void mixBand(
            double[] row, double target, double[][] abundances, double[] fill, int first, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        for (int k = 0; k < row.length; k++) {
            double value = row[k];
            double[] a = abundances[k];
            for (int i = 0; i < n; i++) {
                out[i] += value * a[first + i];
            }
        }
        for (int i = 0; i < n; i++) {
            double f = fill[first + i];
            out[i] = (1 - f) * out[i] + f * target;
        }
    }

    private static double squares(double[] values, int n) {
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i] * values[i];
        }
        return sum;
    }

    private Cube addNoise(Cube clean, double sigma, SplittableRandom root, RunContext context) {
        Cube.Builder noisy =
                builder(endmembers(), "simulated with seed " + seed + ", " + snr + " dB, noise sigma " + sigma);
        int capacity = PixelTile.capacityFor(clean.bands());
        List<SplittableRandom> streams = split(root, tiles(clean.bands()));
        Tiles.forEach(clean, context, "noise", () -> "", (nothing, tile) -> {
            SplittableRandom random = streams.get(tile.first() / capacity);
            for (double[] plane : tile.planes()) {
                for (int i = 0; i < tile.size(); i++) {
                    plane[i] += sigma * random.nextGaussian();
                    if (isMissing(tile.pixel(i))) {
                        plane[i] = Double.NaN;
                    }
                }
            }
            noisy.run(tile.first(), tile.size(), tile.planes());
        });
        return noisy.build();
    }

    private Cube.Builder builder(Endmembers e, String provenance) {
        Cube.Builder b = Cube.builder(rows, columns, e.bands(), Precision.FLOAT)
                .name("simulated scene")
                .quantity(Quantity.REFLECTANCE)
                .provenance(provenance);
        e.wavelengths().ifPresent(b::wavelengths);
        return b;
    }

    @Override
    public String toString() {
        Endmembers e = endmembers();
        return "linear mixing scene, " + rows + " rows x " + columns + " columns x " + e.bands() + " bands, "
                + e.count() + " endmembers, " + snr + " dB, seed " + seed;
    }
}
