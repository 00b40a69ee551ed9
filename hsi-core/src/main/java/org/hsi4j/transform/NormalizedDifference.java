package org.hsi4j.transform;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * The index (a - b) / (a + b) of the reflectance at two wavelengths.
 *
 * <p>Each wavelength is taken from the nearest band, which must be within a tolerance of 20 nm unless told otherwise:
 * an index from a band far off is an error, not a guess. The values are between -1 and 1 for positive reflectance; NaN
 * where a + b is zero. The wavelengths of the built-in indices are the centres their authors give, or the middle of the
 * channels they used. Immutable and thread-safe. Costs three flops a pixel.
 *
 * <pre>{@code
 * ScoreMap ndvi = NormalizedDifference.NDVI.map(scene, context);
 * ScoreMap own = NormalizedDifference.of("my index", 1080, 975).withTolerance(5).map(scene, context);
 * }</pre>
 */
public final class NormalizedDifference {
    /** Vegetation, 800 and 670 nm: Rouse, Haas, Schell and Deering, 1974. */
    public static final NormalizedDifference NDVI = of("NDVI", 800, 670);

    /** Chlorophyll in dense vegetation, 800 and 550 nm: Gitelson, Kaufman and Merzlyak, 1996. */
    public static final NormalizedDifference GNDVI = of("GNDVI", 800, 550);

    /** Red edge, 790 and 720 nm: Barnes and others, 2000. */
    public static final NormalizedDifference NDRE = of("NDRE", 790, 720);

    /** Red edge of leaves, 750 and 705 nm: Gitelson and Merzlyak, 1994. */
    public static final NormalizedDifference NDVI_705 = of("NDVI705", 750, 705);

    /**
     * Photochemical reflectance, 531 and 570 nm: Gamon, Penuelas and Field, 1992. Give narrow bands a small tolerance.
     */
    public static final NormalizedDifference PRI = of("PRI", 531, 570);

    /** Liquid water in vegetation, 860 and 1240 nm: Gao, 1996. */
    public static final NormalizedDifference NDWI = of("NDWI", 860, 1240);

    /** Open water, 560 and 830 nm: McFeeters, 1996. */
    public static final NormalizedDifference NDWI_OPEN_WATER = of("NDWI open water", 560, 830);

    /** Infrared index of canopy moisture, 820 and 1650 nm: Hardisky, Klemas and Smart, 1983. */
    public static final NormalizedDifference NDII = of("NDII", 820, 1650);

    /** Burn ratio, 830 and 2215 nm: Key and Benson, 2006. */
    public static final NormalizedDifference NBR = of("NBR", 830, 2215);

    /** Snow, 560 and 1640 nm: Hall, Riggs and Salomonson, 1995. */
    public static final NormalizedDifference NDSI = of("NDSI", 560, 1640);

    private static final double TOLERANCE = 20;

    private final String name;
    private final double first;
    private final double second;
    private final double tolerance;

    private NormalizedDifference(String name, double first, double second, double tolerance) {
        this.name = name;
        this.first = first;
        this.second = second;
        this.tolerance = tolerance;
    }

    /**
     * An index of the caller's own.
     *
     * @param name what to call it
     * @param first wavelength of a, in nanometres
     * @param second wavelength of b, in nanometres
     * @return the index
     * @throws IllegalArgumentException if a wavelength is not positive and finite
     */
    public static NormalizedDifference of(String name, double first, double second) {
        return new NormalizedDifference(
                java.util.Objects.requireNonNull(name, "name"),
                NearBand.requireWavelength(first),
                NearBand.requireWavelength(second),
                TOLERANCE);
    }

    /**
     * The built-in indices.
     *
     * @return all of them
     */
    public static List<NormalizedDifference> table() {
        return List.of(NDVI, GNDVI, NDRE, NDVI_705, PRI, NDWI, NDWI_OPEN_WATER, NDII, NBR, NDSI);
    }

    /**
     * Another distance that a band may have from the wavelength.
     *
     * @param nanometres at least zero; 20 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public NormalizedDifference withTolerance(double nanometres) {
        return new NormalizedDifference(name, first, second, NearBand.requireTolerance(nanometres));
    }

    /**
     * The distance that a band may have from the wavelength.
     *
     * @return nanometres
     */
    public double tolerance() {
        return tolerance;
    }

    /**
     * The name.
     *
     * @return for example {@code NDVI}
     */
    public String name() {
        return name;
    }

    /**
     * The index on a grid of bands.
     *
     * @param grid the bands
     * @return a model with one output
     * @throws IllegalArgumentException if no band is near one of the wavelengths, or one band is the nearest to both
     */
    public PixelModel model(Wavelengths grid) {
        int a = NearBand.find(grid, first, tolerance, name);
        int b = NearBand.find(grid, second, tolerance, name);
        if (a == b) {
            throw new IllegalArgumentException(
                    name + " needs two bands, but the one at " + grid.at(a) + " nm is the nearest to both");
        }
        return new Model(grid.size(), a, b);
    }

    /**
     * The index of every pixel.
     *
     * @param cube a scene with wavelengths
     * @param context threads, progress, cancellation and memory limit
     * @return the map; NaN at invalid pixels and where a + b is zero
     * @throws IllegalArgumentException if the cube has no wavelengths, no band is near one of those of the index, or
     *     the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public ScoreMap map(Cube cube, RunContext context) {
        return Tiles.map(cube, model(NearBand.of(cube, name)), context, name).toScores(name);
    }

    @Override
    public String toString() {
        return name + " (" + first + " and " + second + " nm)";
    }

    private record Model(int bands, int a, int b) implements PixelModel {
        private static final long serialVersionUID = 1L;

        @Override
        public int outputs() {
            return 1;
        }

        @Override
        public Worker worker() {
            return this::apply;
        }

        private void apply(PixelTile tile, double[][] output) {
            double[] x = tile.planes()[a];
            double[] y = tile.planes()[b];
            double[] out = output[0];
            for (int i = 0; i < tile.size(); i++) {
                double sum = x[i] + y[i];
                out[i] = sum == 0 ? Double.NaN : (x[i] - y[i]) / sum;
            }
        }
    }
}
