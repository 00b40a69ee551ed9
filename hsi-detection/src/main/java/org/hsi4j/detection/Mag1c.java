package org.hsi4j.detection;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;

/**
 * Gas by a matched filter for each column of the detector, with albedo correction and sparse re-weighting.
 *
 * <p>With the mean m of the background pixels of a column, the albedo of a pixel is r = x'm / m'm. With the mean &mu; and the
 * covariance C of the background, the target is &tau; = k &mu;, band by band, where k is the unit absorption (see {@link
 * GasDetector}), and the first estimate is the matched filter c = (x - &mu;)'C<sup>-1</sup>&tau; / (r &tau;'C<sup>-1</sup>&tau;). Each
 * iteration then takes the gas found, r c &tau;, out of the background's pixels, learns &mu;, C and &tau; anew, and
 *
 * <p>c = max(0, ((x - &mu;)'C<sup>-1</sup>&tau; - w) / (r max(1, &tau;'C<sup>-1</sup>&tau;))), w = 1 / (r (c + 10<sup>-9</sup>)),
 *
 * <p>an l1 penalty that weighs the more on a pixel the less gas was found in it; so a pixel that was at zero stays there. c is
 * here in 10<sup>5</sup> ppm m, as in the paper; <b>the maps are in ppm m</b>. Without iterations the estimate is the matched
 * filter itself, which has either sign; without albedo correction r is 1.
 *
 * <p><b>Defaults.</b> Five iterations: on simulated columns with noise of a thousandth of the radiance the RMSE in a plume of up to 2200 ppm
 * m was 493 ppm m for the plain filter, 198 with albedo correction, 98 after 5 iterations and 98 after the 30 of the paper. With a
 * half of that noise it was 495, 224, 84 and 83, with a quarter 510, 284, 118 and 86 (five are too few there), with
 * three times the noise 509, 255, 210 and 215; in a plume twice as strong all are about twice as large. Bands from 2122 to 2488 nm, where methane
 * absorbs, and each column by itself, both as in the paper. Bands that the scene calls bad are left out; a scene without
 * wavelengths is taken whole.
 *
 * <p><b>Uncertainty and sensitivity</b>, after EMIT's methane product (Thompson and others): with v = C<sup>-1</sup>&tau;, the signal
 * of a column of one unit in the pixel is g = v'(k x), the sensitivity |g| / &tau;'v, and the uncertainty
 * sqrt(v'Nv) / |g|, where N is the {@linkplain #withNoise noise of the sensor} at this radiance or, if none is given, C itself:
 * everything that differs between the pixels of the background, ground and noise. Neither knows of the penalty.
 *
 * <p><b>Few pixels.</b> A group of columns with fewer than 10 background pixels is skipped: NaN in all maps, counted in the
 * diagnostics ({@code columns-skipped}) and told. With no more background pixels than bands, n &le; B, C is shrunk towards its
 * mean variance by B / (B + n); where it still cannot be factored (equal or constant bands) by 10<sup>-10</sup>, then 100
 * times as much, and so on; the number of such groups and the largest shrinkage are reported ({@code groups-shrunk}, {@code
 * largest-shrinkage}).
 *
 * <p>Invalid pixels and those not of the background are in no statistic; the latter are measured all the same. A pixel is
 * invalid when one of the bands used is. Pixels without light, r &le; 0, are NaN. Statistics come from the very
 * pixels that are measured, so there is no model to be fitted elsewhere. Costs B<sup>2</sup> + 8 B flops a pixel and
 * 6 B an iteration; memory for two copies of a group of columns a thread. Immutable and thread-safe.
 *
 * <p>Foote and others, "Fast and accurate retrieval of methane concentration from imaging spectrometer data using sparsity
 * prior", IEEE TGRS 58, 2020.
 *
 * <pre>{@code
 * GasResult methane = Detection.of(radiance).gas(absorption).with(Mag1c.withDefaults().withIterations(10)).run();
 * }</pre>
 */
public final class Mag1c implements GasDetector {
    private static final int FEWEST_PIXELS = 10;

    private final int iterations;
    private final boolean albedoCorrection;
    private final int groupedColumns;
    private final double lowestWavelength;
    private final double highestWavelength;
    private final @Nullable SensorNoise noise;

    private Mag1c(
            int iterations,
            boolean albedoCorrection,
            int groupedColumns,
            double lowestWavelength,
            double highestWavelength,
            @Nullable SensorNoise noise) {
        this.iterations = iterations;
        this.albedoCorrection = albedoCorrection;
        this.groupedColumns = groupedColumns;
        this.lowestWavelength = lowestWavelength;
        this.highestWavelength = highestWavelength;
        this.noise = noise;
    }

    /**
     * Five iterations with albedo correction, each column by itself, for methane.
     *
     * @return the method
     */
    public static Mag1c withDefaults() {
        return new Mag1c(5, true, 1, 2122, 2488, null);
    }

    /**
     * Another number of iterations.
     *
     * @param count zero or more; 5 by default, zero for the matched filter without a penalty
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative
     */
    public Mag1c withIterations(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of iterations must be zero or more, not " + count);
        }
        return new Mag1c(count, albedoCorrection, groupedColumns, lowestWavelength, highestWavelength, noise);
    }

    /**
     * Iterations after the first estimate.
     *
     * @return zero or more
     */
    public int iterations() {
        return iterations;
    }

    /**
     * Whether the signal is measured against the brightness of the pixel, not that of the mean.
     *
     * @param correct true by default
     * @return a changed copy
     */
    public Mag1c withAlbedoCorrection(boolean correct) {
        return new Mag1c(iterations, correct, groupedColumns, lowestWavelength, highestWavelength, noise);
    }

    /**
     * Whether the albedo is corrected for.
     *
     * @return the choice
     */
    public boolean albedoCorrection() {
        return albedoCorrection;
    }

    /**
     * How many columns share their statistics.
     *
     * @param columns one or more neighbours; 1 by default. More where a scene has few lines; the last group has what is left
     * @return a changed copy
     * @throws IllegalArgumentException if it is below one
     */
    public Mag1c withGroupedColumns(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a group has at least one column, not " + columns);
        }
        return new Mag1c(iterations, albedoCorrection, columns, lowestWavelength, highestWavelength, noise);
    }

    /**
     * Columns that share their statistics.
     *
     * @return one or more
     */
    public int groupedColumns() {
        return groupedColumns;
    }

    /**
     * Where the window of bands begins.
     *
     * @param nanometres 2122 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is NaN
     */
    public Mag1c withLowestWavelength(double nanometres) {
        requireNumber(nanometres);
        return new Mag1c(iterations, albedoCorrection, groupedColumns, nanometres, highestWavelength, noise);
    }

    /**
     * Where the window of bands begins.
     *
     * @return nm
     */
    public double lowestWavelength() {
        return lowestWavelength;
    }

    /**
     * Where the window of bands ends.
     *
     * @param nanometres 2488 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is NaN
     */
    public Mag1c withHighestWavelength(double nanometres) {
        requireNumber(nanometres);
        return new Mag1c(iterations, albedoCorrection, groupedColumns, lowestWavelength, nanometres, noise);
    }

    /**
     * Where the window of bands ends.
     *
     * @return nm
     */
    public double highestWavelength() {
        return highestWavelength;
    }

    private static void requireNumber(double nanometres) {
        if (Double.isNaN(nanometres)) {
            throw new IllegalArgumentException("the window of bands ends at a number of nanometres, not NaN");
        }
    }

    /**
     * The noise of the sensor, for the uncertainty; without it the scatter of the background is taken.
     *
     * @param newNoise in the bands and the unit of the scene
     * @return a changed copy
     */
    public Mag1c withNoise(SensorNoise newNoise) {
        return new Mag1c(
                iterations,
                albedoCorrection,
                groupedColumns,
                lowestWavelength,
                highestWavelength,
                Objects.requireNonNull(newNoise, "noise"));
    }

    /**
     * The noise of the sensor.
     *
     * @return empty when the scatter of the background is taken
     */
    public Optional<SensorNoise> noise() {
        return Optional.ofNullable(noise);
    }

    @Override
    public String name() {
        return "mag1c";
    }

    @Override
    public String summary() {
        return "Matched filter for each column with albedo correction and sparse re-weighting, in ppm m.";
    }

    @Override
    public String reference() {
        return "Foote and others, Fast and accurate retrieval of methane concentration from imaging spectrometer data"
                + " using sparsity prior, 2020";
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException also if the window holds no band, if the gas does not absorb in it, if the noise has
     *     another number of bands than the scene, if samples are so large that their squares overflow, or if the maps
     *     exceed the memory limit
     */
    @Override
    public GasResult detect(Cube radiance, Spectrum absorption, Mask background, RunContext context) {
        long start = System.nanoTime();
        Background.requireTarget(absorption, radiance);
        GasSearch.requireShape(background, radiance);
        int[] bands = bandsOf(radiance);
        double[] unit = absorption.select(bands).toArray();
        if (!(Arrays.stream(unit).sum() < 0)) {
            throw new IllegalArgumentException(
                    "the unit absorption must be negative where the gas absorbs, but over the "
                            + bands.length + " bands used its sum is "
                            + Arrays.stream(unit).sum());
        }
        SensorNoise sensor = noise == null ? null : noiseOf(noise, radiance, bands);
        Cube cube = radiance.selectBands(bands);
        int width = Math.min(groupedColumns, cube.columns());
        long workers = context.parallelism();
        context.requireMemory(
                8L * (3L * cube.pixels() + 2 * workers * bands.length * cube.rows() * width), "the maps of the gas");

        int groups = (cube.columns() + width - 1) / width;
        GasColumns.Maps maps = new GasColumns.Maps(cube.pixels());
        double[] shrinkages = new double[groups];
        GasColumns.Setting setting = new GasColumns.Setting(unit, sensor, iterations, albedoCorrection, FEWEST_PIXELS);
        Parallel.run(
                context,
                "gas",
                groups,
                () -> new GasColumns(setting, new PixelTile(bands.length, cube.rows() * width)),
                (columns, group) -> {
                    int first = group * width;
                    Region region = new Region(0, first, cube.rows(), Math.min(width, cube.columns() - first));
                    shrinkages[group] = columns.measure(cube, region, background, maps);
                });
        Diagnostics diagnostics = report(shrinkages, width, cube.columns()).with("bands", bands.length);
        if (radiance.wavelengths().isEmpty()) {
            diagnostics = diagnostics.note("the cube has no wavelengths: all good bands are used");
        }
        Optional<String> note = Background.wavelengthNote(absorption, radiance);
        if (note.isPresent()) {
            diagnostics = diagnostics.note(note.get());
        }
        return new GasResult(
                map("gas enhancement [ppm m]", cube, maps.enhancement()),
                map("gas uncertainty [ppm m]", cube, maps.uncertainty()),
                map("gas sensitivity", cube, maps.sensitivity()),
                diagnostics.since(start));
    }

    private static ScoreMap map(String name, Cube cube, double[] values) {
        return ScoreMap.of(name, cube.rows(), cube.columns(), values)
                .withGeoReference(cube.geoReference().orElse(null));
    }

    private int[] bandsOf(Cube cube) {
        int[] bands = IntStream.range(0, cube.bands())
                .filter(cube::isGoodBand)
                .filter(b -> cube.wavelengths()
                        .map(w -> w.at(b) >= lowestWavelength && w.at(b) <= highestWavelength)
                        .orElse(true))
                .toArray();
        if (bands.length == 0) {
            throw new IllegalArgumentException(
                    "the cube has no good band from " + lowestWavelength + " to " + highestWavelength + " nm");
        }
        return bands;
    }

    private static SensorNoise noiseOf(SensorNoise noise, Cube cube, int[] bands) {
        if (noise.bands() != cube.bands()) {
            throw new IllegalArgumentException(
                    "the noise has " + noise.bands() + " bands but the cube has " + cube.bands());
        }
        return noise.select(bands);
    }

    /** Of the shrinkage of each group, NaN where it was skipped. */
    private Diagnostics report(double[] shrinkages, int width, int columns) {
        int skipped = 0;
        int shrunk = 0;
        double largest = 0;
        for (int g = 0; g < shrinkages.length; g++) {
            if (Double.isNaN(shrinkages[g])) {
                skipped += Math.min(width, columns - g * width);
            } else if (shrinkages[g] > 0) {
                shrunk++;
                largest = Math.max(largest, shrinkages[g]);
            }
        }
        Diagnostics result = new Diagnostics(
                        true, iterations, java.time.Duration.ZERO, java.util.Map.of(), java.util.List.of())
                .with("columns-skipped", skipped)
                .with("groups-shrunk", shrunk)
                .with("largest-shrinkage", largest);
        if (skipped > 0) {
            result = result.note(skipped + " of " + columns + " columns have fewer than " + FEWEST_PIXELS
                    + " background pixels or no light, and are not measured");
        }
        if (shrunk > 0) {
            result = result.note("the covariance of " + shrunk + " of " + shrinkages.length
                    + " groups of columns could not be trusted and was shrunk by up to " + largest);
        }
        return result;
    }
}
