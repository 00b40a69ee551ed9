package org.hsi4j.detection;

import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Pixels that must not enter the statistics of a gas search: too bright for the sensor, lit by a fire, cloud, or water. Clouds and water are told by
 * apparent reflectance, so by radiance only where the {@link Sunlight} is known. Invalid pixels are in none of the masks.
 *
 * <pre>{@code
 * Mask spoilt = GasMasks.saturated(radiance, 9.5, context).or(GasMasks.flares(radiance, context));
 * Mask covered = GasMasks.clouds(radiance, sunlight, context).or(GasMasks.water(radiance, sunlight, context));
 * GasResult methane = Detection.of(radiance).gas(absorption).background(spoilt.or(covered).not()).run();
 * }</pre>
 */
public final class GasMasks {
    /** What EMIT's methane product takes: 10 pixels about saturated ones. */
    private static final int SATURATION_GROWTH = 10;

    /** As there: 1.5 uW / (cm2 nm sr) at 2389 nm, a box of five pixels about them. */
    private static final double FLARE_WAVELENGTH = 2389;

    private static final double FLARE_LEVEL = 1.5;
    private static final int FLARE_GROWTH = 2;

    /** Apparent reflectance of thick clouds at these wavelengths (nm), as EMIT's masks have it. */
    private static final double[][] CLOUD = {{450, 0.28}, {1250, 0.46}, {1650, 0.22}};

    /** Of thin high ones, where water vapour hides the ground. */
    private static final double[] CIRRUS = {1380, 0.1};

    /** Water is darker than that. */
    private static final double[] WATER = {1000, 0.05};

    private GasMasks() {}

    /**
     * Pixels of which some good band reaches the level at which the sensor saturates, and those up to 10 rows and columns away, as
     * in EMIT's methane product.
     *
     * @param radiance the scene
     * @param level the level, in the unit of the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException if the level is NaN, the scene has no good band, or the map exceeds the memory limit
     */
    public static Mask saturated(Cube radiance, double level, RunContext context) {
        int[] bands = IntStream.range(0, radiance.bands())
                .filter(radiance::isGoodBand)
                .toArray();
        if (bands.length == 0) {
            throw new IllegalArgumentException("the cube has no good band");
        }
        return grown(reaching(radiance.selectBands(bands), level, context), SATURATION_GROWTH);
    }

    /**
     * Pixels in which something burns: 1.5 uW / (cm<sup>2</sup> nm sr) or more at 2389 nm, where sunlit ground has a small part of
     * that, and those up to two rows and columns away, as in EMIT's methane product.
     *
     * @param radiance the scene, in uW / (cm<sup>2</sup> nm sr)
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException as {@link #flares(Cube, double, RunContext)}
     */
    public static Mask flares(Cube radiance, RunContext context) {
        return flares(radiance, FLARE_LEVEL, context);
    }

    /**
     * Pixels in which something burns, in a unit of one's own.
     *
     * @param radiance the scene
     * @param level least radiance of a flare at 2389 nm, in the unit of the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out, with those up to two rows and columns away
     * @throws IllegalArgumentException if the level is NaN, the scene has no wavelengths or no band as near to
     *     2389 nm as its bands are to each other, or the map exceeds the memory limit
     */
    public static Mask flares(Cube radiance, double level, RunContext context) {
        int band = bandAt("flares", FLARE_WAVELENGTH, radiance);
        return grown(reaching(radiance.selectBands(band), level, context), FLARE_GROWTH);
    }

    /**
     * Thick clouds: pixels whose apparent reflectance reaches .28 at 450, .46 at 1250 and .22 at 1650 nm, as in the masks of EMIT.
     * Bright ground may be among them. EMIT lets the mask {@linkplain #grown grow}; here that is the caller's to do.
     *
     * @param reflectance apparent reflectance at the top of the atmosphere, 1 for white
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException if the scene has no wavelengths or no band as near to those above as its bands are to each
     *     other, or the map exceeds the memory limit
     */
    public static Mask clouds(Cube reflectance, RunContext context) {
        return clouds(reflectance, band -> 1, context);
    }

    /**
     * The same by radiance.
     *
     * @param radiance the scene as the sensor sees it
     * @param sunlight what falls on it, in the bands of the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException if the numbers of bands differ, or as {@link #clouds(Cube, RunContext)}
     */
    public static Mask clouds(Cube radiance, Sunlight sunlight, RunContext context) {
        return clouds(radiance, white(sunlight, radiance), context);
    }

    private static Mask clouds(Cube cube, IntToDoubleFunction white, RunContext context) {
        Mask clouds = Mask.all(cube.rows(), cube.columns());
        for (double[] bright : CLOUD) {
            int band = bandAt("clouds", bright[0], cube);
            clouds = clouds.and(reaching(cube.selectBands(band), bright[1] * white.applyAsDouble(band), context));
        }
        return clouds;
    }

    /**
     * Thin high clouds: pixels whose apparent reflectance reaches .1 at 1380 nm, where water vapour hides everything below (Gao and
     * Goetz, 1993), as in the masks of EMIT.
     *
     * @param reflectance apparent reflectance at the top of the atmosphere, 1 for white
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException as {@link #clouds(Cube, RunContext)}
     */
    public static Mask cirrus(Cube reflectance, RunContext context) {
        return reaching("cirrus", CIRRUS, reflectance, band -> 1, context);
    }

    /**
     * The same by radiance.
     *
     * @param radiance the scene as the sensor sees it
     * @param sunlight what falls on it, in the bands of the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException as {@link #clouds(Cube, Sunlight, RunContext)}
     */
    public static Mask cirrus(Cube radiance, Sunlight sunlight, RunContext context) {
        return reaching("cirrus", CIRRUS, radiance, white(sunlight, radiance), context);
    }

    /**
     * Water: pixels whose apparent reflectance is below .05 at 1000 nm, as in the masks of EMIT. Deep shadow is among them.
     *
     * @param reflectance apparent reflectance at the top of the atmosphere, 1 for white
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException as {@link #clouds(Cube, RunContext)}
     */
    public static Mask water(Cube reflectance, RunContext context) {
        return water(reflectance, band -> 1, context);
    }

    /**
     * The same by radiance.
     *
     * @param radiance the scene as the sensor sees it
     * @param sunlight what falls on it, in the bands of the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the pixels to be left out
     * @throws IllegalArgumentException as {@link #clouds(Cube, Sunlight, RunContext)}
     */
    public static Mask water(Cube radiance, Sunlight sunlight, RunContext context) {
        return water(radiance, white(sunlight, radiance), context);
    }

    private static Mask water(Cube cube, IntToDoubleFunction white, RunContext context) {
        Cube dark = cube.selectBands(bandAt("water", WATER[0], cube));
        return reaching("water", WATER, cube, white, context).not().and(dark.validMask());
    }

    private static IntToDoubleFunction white(Sunlight sunlight, Cube radiance) {
        Background.requireSpectrum("the irradiance", sunlight.irradiance(), radiance);
        return sunlight::white;
    }

    private static Mask reaching(
            String what, double[] level, Cube cube, IntToDoubleFunction white, RunContext context) {
        int band = bandAt(what, level[0], cube);
        return reaching(cube.selectBands(band), level[1] * white.applyAsDouble(band), context);
    }

    private static int bandAt(String what, double wavelength, Cube cube) {
        Wavelengths wavelengths = cube.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException("the cube has no wavelengths, so no band of " + what));
        int band = wavelengths.nearest(wavelength);
        double step = wavelengths.size() > 1
                ? (wavelengths.max() - wavelengths.min()) / (wavelengths.size() - 1)
                : wavelength;
        if (Math.abs(wavelengths.at(band) - wavelength) > step) {
            throw new IllegalArgumentException("the band of " + what + " is at " + wavelength
                    + " nm, but the nearest band is at " + wavelengths.at(band) + " nm");
        }
        return band;
    }

    private static Mask reaching(Cube cube, double level, RunContext context) {
        if (Double.isNaN(level)) {
            throw new IllegalArgumentException("the level of radiance is a number, not NaN");
        }
        ScoreMap largest = Tiles.map(cube, new Largest(cube.bands()), context, "bright pixels")
                .toScores("largest radiance");
        double[] values = largest.toArray();
        return Mask.of(cube.rows(), cube.columns(), i -> values[i] >= level);
    }

    /**
     * The pixels of a mask and all that are near them.
     *
     * @param mask the pixels
     * @param distance how many rows and columns away, zero or more
     * @return a mask of the same shape
     * @throws IllegalArgumentException if the distance is negative
     */
    public static Mask grown(Mask mask, int distance) {
        if (distance < 0) {
            throw new IllegalArgumentException("a mask cannot grow by " + distance + " pixels");
        }
        int rows = mask.rows();
        int columns = mask.columns();
        boolean[] along = new boolean[rows * columns];
        boolean[] all = new boolean[rows * columns];
        for (int i = 0; i < along.length; i++) {
            if (mask.get(i)) {
                int row = i / columns;
                int from = Math.max(0, i % columns - distance);
                int to = (int) Math.min(columns, (long) i % columns + distance + 1);
                Arrays.fill(along, row * columns + from, row * columns + to, true);
            }
        }
        for (int i = 0; i < along.length; i++) {
            if (along[i]) {
                int column = i % columns;
                int last = (int) Math.min(rows - 1L, (long) i / columns + distance);
                for (int row = Math.max(0, i / columns - distance); row <= last; row++) {
                    all[row * columns + column] = true;
                }
            }
        }
        return Mask.of(rows, columns, i -> all[i]);
    }

    /** The largest sample of a pixel. */
    private record Largest(int bands) implements PixelModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Worker worker() {
            return (tile, output) -> {
                Arrays.fill(output[0], 0, tile.size(), Double.NEGATIVE_INFINITY);
                for (double[] plane : tile.planes()) {
                    for (int i = 0; i < tile.size(); i++) {
                        output[0][i] = Math.max(output[0][i], plane[i]);
                    }
                }
            };
        }
    }
}
