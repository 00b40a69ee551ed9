package org.hsi4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.detection.GasDetector;
import org.hsi4j.detection.GasMasks;
import org.hsi4j.detection.Sunlight;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.SpectralResponse;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** A gas, where it may be learnt from, and what a plume is, as the command line says it. */
final class GasInput {

    @Option(
            names = "--gas",
            paramLabel = "FILE",
            order = 40,
            converter = FileSpec.Converter.class,
            description =
                    "Measure a gas in ppm m: its unit absorption, d ln(radiance) per ppm m (negative), or with --gas-column"
                            + " its transmittance; a spectral library (file:name), CSV or MAT-file, in the bands of the scene or finer.")
    private @Nullable FileSpec table;

    @Option(
            names = "--gas-column",
            paramLabel = "PPM_M",
            order = 41,
            description = "The file of --gas is the transmittance of this column of gas.")
    private @Nullable Double column;

    @Option(
            names = "--background",
            paramLabel = "FILE",
            order = 42,
            converter = FileSpec.Converter.class,
            description =
                    "For --gas: a map of the pixels that may enter statistics, 1 where there is no cloud and no water.")
    private @Nullable FileSpec background;

    @Option(
            names = "--saturation",
            paramLabel = "LEVEL",
            order = 43,
            description =
                    "For --gas: leave pixels that reach this radiance, and 10 pixels about them, out of statistics and plumes.")
    private @Nullable Double saturation;

    @Option(
            names = "--flare",
            paramLabel = "LEVEL",
            order = 44,
            description = "For --gas: the same for this radiance at 2389 nm and 2 pixels (EMIT: 1.5 uW/cm2/nm/sr).")
    private @Nullable Double flare;

    @Option(
            names = "--irradiance",
            paramLabel = "FILE",
            order = 45,
            converter = FileSpec.Converter.class,
            description =
                    "For --gas: the sun's irradiance in the bands of the scene or finer, in the unit of the radiance times sr; leave"
                            + " clouds and water, told by apparent reflectance, out of statistics and plumes.")
    private @Nullable FileSpec irradiance;

    @Option(
            names = "--sun-zenith",
            paramLabel = "DEGREES",
            order = 46,
            description = "For --irradiance: the angle between the sun and the vertical (default: ${DEFAULT-VALUE}).")
    private double sunZenith;

    @Option(
            names = "--plume-threshold",
            paramLabel = "PPM_M",
            order = 47,
            description = "For --gas: pixels with more belong to plumes (default: ${DEFAULT-VALUE}).")
    private double plumeThreshold = 500;

    /** What is sought: the scene in the bands that the table has, and the unit absorption there. */
    record Gas(Cube radiance, Spectrum absorption) {}

    boolean isGiven() {
        return table != null;
    }

    double plumeThreshold() {
        return plumeThreshold;
    }

    /** The files that are read beside the scene. */
    List<FileSpec> files() {
        List<FileSpec> files = new ArrayList<>();
        FileSpec gas = table;
        FileSpec ground = background;
        FileSpec sun = irradiance;
        if (gas != null) {
            files.add(gas);
        }
        if (ground != null) {
            files.add(ground);
        }
        if (sun != null) {
            files.add(sun);
        }
        return files;
    }

    /** Checks what can be checked without a file. */
    void check() {
        boolean masked = background != null || saturation != null || flare != null || irradiance != null;
        if (table == null && (column != null || masked)) {
            throw new UsageException(
                    "--gas-column, --background, --saturation, --flare and --irradiance belong to --gas, which"
                            + " says what is measured");
        }
        Double given = column;
        if (given != null && !(given > 0 && given < Double.POSITIVE_INFINITY)) {
            throw new UsageException("--gas-column must be a number of ppm m above 0, not " + given);
        }
        if (Double.isNaN(plumeThreshold)) {
            throw new UsageException("--plume-threshold must be a number of ppm m");
        }
    }

    Gas read(Scene scene) throws IOException {
        FileSpec file = table;
        if (file == null) {
            throw new UsageException("name the gas with --gas");
        }
        Spectrum spectrum = SpectraFile.target(file, scene);
        Cube cube = scene.cube();
        if (spectrum.bands() != cube.bands() && spectrum.wavelengths().isPresent()) {
            cube = covered(cube, spectrum, file);
            spectrum = inBandsOf(cube, spectrum);
        }
        Double of = column;
        return new Gas(cube, of == null ? spectrum : GasDetector.unitAbsorption(spectrum, of));
    }

    private static Spectrum inBandsOf(Cube cube, Spectrum spectrum) {
        return SpectralResponse.gaussian(
                        spectrum.wavelengths().orElseThrow(),
                        withWidths(cube.wavelengths().orElseThrow()))
                .apply(spectrum);
    }

    /** The bands of the scene that lie within the table. */
    private static Cube covered(Cube cube, Spectrum spectrum, FileSpec file) {
        Wavelengths table = spectrum.wavelengths().orElseThrow();
        Wavelengths bands = cube.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " has " + table.size() + " bands, the scene " + cube.bands() + " without wavelengths"));
        int[] within = IntStream.range(0, bands.size())
                .filter(b -> bands.at(b) >= table.min() && bands.at(b) <= table.max())
                .toArray();
        if (within.length == 0) {
            throw new IllegalArgumentException(
                    file + " goes from " + table.min() + " to " + table.max() + " nm, where the scene has no band");
        }
        return cube.selectBands(within);
    }

    /** Bands of unknown width are taken to be as wide as they are apart. */
    private static Wavelengths withWidths(Wavelengths bands) {
        if (bands.hasFwhm()) {
            return bands;
        }
        double[] widths = new double[bands.size()];
        for (int b = 0; b < widths.length; b++) {
            int low = Math.max(0, b - 1);
            int high = Math.min(widths.length - 1, b + 1);
            widths[b] = high == low ? 10 : Math.abs(bands.at(high) - bands.at(low)) / (high - low);
        }
        return bands.withFwhm(widths);
    }

    /** The pixels that may enter statistics. */
    Mask background(Scene scene, SceneInput input, RunContext context) throws IOException {
        Cube cube = scene.cube();
        FileSpec file = background;
        Mask good =
                file == null ? Mask.all(cube.rows(), cube.columns()) : TargetMap.read(file, scene, input.options(file));
        Double level = saturation;
        if (level != null) {
            good = good.and(GasMasks.saturated(cube, level, context).not());
        }
        Double fire = flare;
        if (fire != null) {
            good = good.and(GasMasks.flares(cube, fire, context).not());
        }
        FileSpec sun = irradiance;
        if (sun != null) {
            Spectrum light = SpectraFile.target(sun, scene);
            Cube lit = cube;
            if (light.bands() != cube.bands() && light.wavelengths().isPresent()) {
                lit = covered(cube, light, sun);
                light = inBandsOf(lit, light);
            }
            Sunlight sunlight = new Sunlight(light, sunZenith);
            Mask hidden = GasMasks.clouds(lit, sunlight, context).or(GasMasks.water(lit, sunlight, context));
            good = good.and(hidden.not());
        }
        return good;
    }
}
