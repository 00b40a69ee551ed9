package org.hsi4j.simulate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
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
 * of which the shares below 2 % are cut off, so that most pixels hold a few materials, and every endmember has pure pixels
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
    private final Settings settings;

    private LinearMixingScene(Settings settings) {
        this.settings = settings;
    }

    /** Written only before a scene holds it. */
    private static final class Settings {
        private int rows = 200;
        private int columns = 180;
        private Wavelengths wavelengths = grid(180);
        private int endmemberCount = 6;
        private @Nullable Endmembers ownEndmembers;
        private @Nullable Double smoothness;
        private double sharpness = 3;
        private double maximumPurity = 1;
        private double snr = 40;
        private @Nullable Spectrum ownTarget;
        private int targetCount;
        private double leastFill = 0.02;
        private double mostFill = 0.1;
        private int missingCorner;
        private long seed = 1;

        private Settings copy() {
            Settings s = new Settings();
            s.rows = rows;
            s.columns = columns;
            s.wavelengths = wavelengths;
            s.endmemberCount = endmemberCount;
            s.ownEndmembers = ownEndmembers;
            s.smoothness = smoothness;
            s.sharpness = sharpness;
            s.maximumPurity = maximumPurity;
            s.snr = snr;
            s.ownTarget = ownTarget;
            s.targetCount = targetCount;
            s.leastFill = leastFill;
            s.mostFill = mostFill;
            s.missingCorner = missingCorner;
            s.seed = seed;
            return s;
        }
    }

    private LinearMixingScene with(Consumer<Settings> change) {
        Settings changed = settings.copy();
        change.accept(changed);
        return new LinearMixingScene(changed);
    }

    /**
     * 200 rows x 180 columns x 180 bands from 400 to 2500 nm, six endmembers, 40 dB, no targets, no gap.
     *
     * @return the settings
     */
    public static LinearMixingScene withDefaults() {
        return new LinearMixingScene(new Settings());
    }

    /**
     * The scene that comes with the library: the defaults with 30 targets of polyethylene that fill 1 to 8 % of their
     * pixels, and a missing corner of 14 pixels a side. Made in well under a second.
     *
     * @return the settings
     */
    public static LinearMixingScene quickStart() {
        return withDefaults().withTargets(30, 0.01, 0.08).withMissingCorner(14).withSeed(7);
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
        return with(s -> {
            s.rows = newRows;
            s.columns = newColumns;
        });
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
        return with(s -> {
            s.wavelengths = Objects.requireNonNull(newWavelengths, "wavelengths");
            s.ownEndmembers = null;
        });
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
        return with(s -> {
            s.endmemberCount = count;
            s.ownEndmembers = null;
        });
    }

    /**
     * Other endmembers, with other bands perhaps; without wavelengths the scene has none either.
     *
     * @param endmembers the endmembers
     * @return new settings
     */
    public LinearMixingScene withEndmembers(Endmembers endmembers) {
        return with(s -> s.ownEndmembers = Objects.requireNonNull(endmembers, "endmembers"));
    }

    /**
     * How far the abundances reach: the standard deviation of the filter that smooths their fields. Patches are some three
     * times as wide. Default: a fifteenth of the shorter side of the image, and 12 pixels at the most, so that each material
     * has room for a pure patch.
     *
     * @param pixels zero (abundances of neighbours are independent) to 1000
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LinearMixingScene withSmoothness(double pixels) {
        if (!(pixels >= 0 && pixels <= 1000)) {
            throw new IllegalArgumentException("smoothness is 0 to 1000 pixels, not " + pixels);
        }
        return with(s -> s.smoothness = pixels);
    }

    /**
     * How pure the pixels are: the factor on the fields inside the softmax. Zero mixes all endmembers equally everywhere.
     * Default: 3, with which a sixth of the pixels is pure and a pixel holds three materials on average.
     *
     * @param factor zero to 1000
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public LinearMixingScene withSharpness(double factor) {
        if (!(factor >= 0 && factor <= 1000)) {
            throw new IllegalArgumentException("sharpness is 0 to 1000, not " + factor);
        }
        return with(s -> s.sharpness = factor);
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
        return with(s -> s.maximumPurity = share);
    }

    /**
     * The signal-to-noise ratio. Default: 40 dB, which leaves the dark water of the table well above the noise.
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
        return with(s -> s.snr = decibels);
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
        return with(s -> {
            s.targetCount = count;
            s.leastFill = newLeastFill;
            s.mostFill = newMostFill;
        });
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
        return with(s -> s.ownTarget = target);
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
        return with(s -> s.missingCorner = pixels);
    }

    /**
     * Another seed, for another scene of the same kind. Default: 1. The seed of the run is not used: the truth belongs to the
     * settings.
     *
     * @param newSeed any number
     * @return new settings
     */
    public LinearMixingScene withSeed(long newSeed) {
        return with(s -> s.seed = newSeed);
    }

    /**
     * Rows of the image.
     *
     * @return at least one
     */
    public int rows() {
        return settings.rows;
    }

    /**
     * Columns of the image.
     *
     * @return at least one
     */
    public int columns() {
        return settings.columns;
    }

    /**
     * The endmembers of the scene.
     *
     * @return those given, or else those of the table
     */
    public Endmembers endmembers() {
        Endmembers own = settings.ownEndmembers;
        return own == null ? Material.endmembers(settings.wavelengths, settings.endmemberCount) : own;
    }

    /**
     * The spectrum of the targets.
     *
     * @return the one given, or else polyethylene on the bands of the scene
     */
    public Spectrum target() {
        Spectrum own = settings.ownTarget;
        return own == null ? Material.POLYETHYLENE.on(wavelengths()) : own;
    }

    private Wavelengths wavelengths() {
        Endmembers own = settings.ownEndmembers;
        return own == null ? settings.wavelengths : own.wavelengths().orElseGet(() -> grid(own.bands()));
    }

    /**
     * Standard deviation of the filter that smooths the abundances.
     *
     * @return pixels
     */
    public double smoothness() {
        Double own = settings.smoothness;
        return own == null ? Math.min(12, Math.min(rows(), columns()) / 15.0) : own;
    }

    /**
     * Factor inside the softmax.
     *
     * @return zero or more
     */
    public double sharpness() {
        return settings.sharpness;
    }

    /**
     * The largest abundance a pixel may have.
     *
     * @return more than zero, at most one
     */
    public double maximumPurity() {
        return settings.maximumPurity;
    }

    /**
     * Signal-to-noise ratio.
     *
     * @return decibels
     */
    public double snr() {
        return settings.snr;
    }

    /**
     * Number of target pixels.
     *
     * @return zero or more
     */
    public int targetCount() {
        return settings.targetCount;
    }

    /**
     * Least share of its pixel that a target fills.
     *
     * @return more than zero, at most one
     */
    public double leastTargetFill() {
        return settings.leastFill;
    }

    /**
     * Greatest share of its pixel that a target fills.
     *
     * @return more than zero, at most one
     */
    public double mostTargetFill() {
        return settings.mostFill;
    }

    /**
     * Length of the sides of the missing corner.
     *
     * @return pixels
     */
    public int missingCorner() {
        return settings.missingCorner;
    }

    /**
     * The seed.
     *
     * @return any number
     */
    public long seed() {
        return settings.seed;
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
     * @param context threads, progress, cancellation and memory limit; its seed is not used
     * @return the scene and the truth
     * @throws IllegalArgumentException if the target has other bands than the endmembers, there are more targets than
     *     pixels, no mixture of so many endmembers is as impure as asked for, or the scene exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public SimulatedScene generate(RunContext context) {
        Endmembers e = endmembers();
        Spectrum target = target();
        requireSameBands(e, target);
        int pixels = rows() * columns();
        context.requireMemory(8L * pixels * (e.bands() + 2L * e.count() + 2), "the simulated scene");
        SplittableRandom random = new SplittableRandom(seed());
        double[][] abundances = new SmoothAbundances(smoothness(), sharpness(), maximumPurity())
                .make(e.count(), rows(), columns(), random, context);
        double[] fill = plantTargets(random.split());
        double[] power = new double[tiles(pixels, e.bands())];
        Cube clean = mix(e, target, abundances, fill, power, context);
        double sigma = Math.sqrt(Arrays.stream(power).sum() / clean.samples()) * StrictMath.pow(10, -snr() / 20);
        return new SimulatedScene(
                addNoise(clean, sigma, random, context),
                clean,
                e,
                AbundanceMaps.of(rows(), columns(), e.names(), abundances),
                target,
                ScoreMap.of("target fill", rows(), columns(), fill),
                sigma);
    }

    private static void requireSameBands(Endmembers e, Spectrum target) {
        if (target.bands() != e.bands()) {
            throw new IllegalArgumentException(
                    "the target has " + target.bands() + " bands but the endmembers have " + e.bands());
        }
    }

    private double[] plantTargets(SplittableRandom random) {
        double[] fill = new double[rows() * columns()];
        int[] places =
                IntStream.range(0, fill.length).filter(i -> !isMissing(i)).toArray();
        if (targetCount() > places.length) {
            throw new IllegalArgumentException(targetCount() + " targets do not fit into " + places.length + " pixels");
        }
        for (int t = 0; t < targetCount(); t++) {
            int drawn = random.nextInt(t, places.length);
            fill[places[drawn]] = leastTargetFill() + (mostTargetFill() - leastTargetFill()) * random.nextDouble();
            places[drawn] = places[t];
        }
        return fill;
    }

    private boolean isMissing(int pixel) {
        return pixel / columns() + pixel % columns() < missingCorner();
    }

    private static int tiles(int pixels, int bands) {
        int capacity = PixelTile.capacityFor(bands);
        return (int) (((long) pixels + capacity - 1) / capacity);
    }

    private Cube mix(
            Endmembers e, Spectrum target, double[][] abundances, double[] fill, double[] power, RunContext context) {
        Cube.Builder clean = builder(e.bands(), e.wavelengths(), "simulated without noise");
        double[][] matrix = e.toMatrix();
        int capacity = PixelTile.capacityFor(e.bands());
        Parallel.run(context, "mixing", power.length, () -> new double[e.bands()][capacity], (planes, index) -> {
            int first = index * capacity;
            int n = Math.min(capacity, fill.length - first);
            for (int b = 0; b < planes.length; b++) {
                mixBand(matrix[b], abundances, first, n, planes[b]);
                addTargets(target.value(b), fill, first, n, planes[b]);
                power[index] += squares(planes[b], n);
            }
            clean.run(first, n, planes);
        });
        return clean.build();
    }

    /** A loop of its own and not a kernel that depends on the machine, so that the scene is the same everywhere. */
    private static void mixBand(double[] row, double[][] abundances, int first, int n, double[] out) {
        Arrays.fill(out, 0, n, 0.0);
        for (int k = 0; k < row.length; k++) {
            double value = row[k];
            double[] a = abundances[k];
            for (int i = 0; i < n; i++) {
                out[i] += value * a[first + i];
            }
        }
    }

    private static void addTargets(double target, double[] fill, int first, int n, double[] out) {
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

    private Cube addNoise(Cube clean, double sigma, SplittableRandom random, RunContext context) {
        String origin = "simulated with seed " + seed() + " and noise of " + snr() + " dB";
        Cube.Builder noisy = builder(clean.bands(), clean.wavelengths(), origin);
        int capacity = PixelTile.capacityFor(clean.bands());
        List<SplittableRandom> streams = split(random, tiles(clean.pixels(), clean.bands()));
        Tiles.forEach(clean, context, "noise", () -> "", (none, tile) -> {
            addNoise(tile, sigma, streams.get(tile.first() / capacity));
            noisy.run(tile.first(), tile.size(), tile.planes());
        });
        return noisy.build();
    }

    private void addNoise(PixelTile tile, double sigma, SplittableRandom random) {
        for (double[] plane : tile.planes()) {
            for (int i = 0; i < tile.size(); i++) {
                double noise = sigma * Normal.next(random);
                plane[i] = isMissing(tile.pixel(i)) ? Double.NaN : plane[i] + noise;
            }
        }
    }

    /** One stream a task, so that it does not matter which thread does it. */
    static List<SplittableRandom> split(SplittableRandom random, int count) {
        List<SplittableRandom> streams = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            streams.add(random.split());
        }
        return streams;
    }

    private Cube.Builder builder(int bands, Optional<Wavelengths> wavelengths, String provenance) {
        Cube.Builder b = Cube.builder(rows(), columns(), bands, Precision.FLOAT)
                .name("simulated scene")
                .quantity(Quantity.REFLECTANCE)
                .provenance(provenance);
        wavelengths.ifPresent(b::wavelengths);
        return b;
    }

    @Override
    public String toString() {
        Endmembers e = endmembers();
        return "linear mixing scene, " + rows() + " rows x " + columns() + " columns x " + e.bands() + " bands, "
                + e.count() + " endmembers, " + snr() + " dB, seed " + seed();
    }
}
