package org.hsi4j.transform;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.PixelModel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * The depth of one absorption below the straight line between its shoulders: 1 - R<sub>c</sub> / L<sub>c</sub>,
 * L<sub>c</sub> being the line from the left to the right shoulder at the centre.
 *
 * <p>Each wavelength is taken from the nearest band, which must be within a tolerance of 20 nm unless told otherwise.
 * Zero is no absorption, one all of the light; negative values are peaks. NaN where the line is not positive.
 * Reference: Clark and Roush, "Reflectance spectroscopy: quantitative analysis techniques for remote sensing
 * applications", 1984. Immutable and thread-safe. Costs five flops a pixel.
 *
 * <pre>{@code
 * ScoreMap clay = BandDepth.of(2120, 2206, 2245).map(scene, context);
 * }</pre>
 */
public final class BandDepth {
    private final double left;
    private final double centre;
    private final double right;
    private final double tolerance;

    private BandDepth(double left, double centre, double right, double tolerance) {
        this.left = left;
        this.centre = centre;
        this.right = right;
        this.tolerance = tolerance;
    }

    /**
     * An absorption.
     *
     * @param left wavelength of the left shoulder, in nanometres
     * @param centre wavelength of the centre
     * @param right wavelength of the right shoulder
     * @return the feature
     * @throws IllegalArgumentException if the wavelengths are not positive, finite and rising
     */
    public static BandDepth of(double left, double centre, double right) {
        NearBand.requireWavelength(left);
        NearBand.requireWavelength(right);
        if (!(left < centre && centre < right)) {
            throw new IllegalArgumentException(
                    "left shoulder, centre and right shoulder must rise, not " + left + ", " + centre + ", " + right);
        }
        return new BandDepth(left, centre, right, 20);
    }

    /**
     * Another distance that a band may have from the wavelength.
     *
     * @param nanometres at least zero; 20 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public BandDepth withTolerance(double nanometres) {
        return new BandDepth(left, centre, right, NearBand.requireTolerance(nanometres));
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
     * The feature on a grid of bands; the line is evaluated at the centre of the band that was found.
     *
     * @param grid the bands
     * @return a model with one output
     * @throws IllegalArgumentException if no band is near one of the wavelengths, or the bands found are not three in
     *     rising order
     */
    public PixelModel model(Wavelengths grid) {
        int l = NearBand.find(grid, left, tolerance, "band depth");
        int c = NearBand.find(grid, centre, tolerance, "band depth");
        int r = NearBand.find(grid, right, tolerance, "band depth");
        double span = grid.at(r) - grid.at(l);
        double weight = (grid.at(c) - grid.at(l)) / span;
        if (!(weight > 0 && weight < 1)) {
            throw new IllegalArgumentException("band depth needs three bands, but the nearest are at " + grid.at(l)
                    + ", " + grid.at(c) + " and " + grid.at(r) + " nm");
        }
        return new Model(grid.size(), l, c, r, weight);
    }

    /**
     * The depth at every pixel.
     *
     * @param cube a scene with wavelengths
     * @param context threads, progress, cancellation and memory limit
     * @return the map; NaN at invalid pixels and where the line is not positive
     * @throws IllegalArgumentException if the cube has no wavelengths, no band is near one of those of the feature, or
     *     the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public ScoreMap map(Cube cube, RunContext context) {
        return Tiles.map(cube, model(NearBand.of(cube, "band depth")), context, "band depth")
                .toScores("band depth at " + centre + " nm");
    }

    private record Model(int bands, int left, int centre, int right, double weight) implements PixelModel {
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
            double[] l = tile.planes()[left];
            double[] c = tile.planes()[centre];
            double[] r = tile.planes()[right];
            for (int i = 0; i < tile.size(); i++) {
                double line = l[i] + weight * (r[i] - l[i]);
                output[0][i] = line > 0 ? 1 - c[i] / line : Double.NaN;
            }
        }
    }
}
