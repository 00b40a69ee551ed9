package org.hsi4j.restoration;

import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.transform.LinearModel;
import org.hsi4j.transform.SpectralResponse;

/**
 * What all fusers have in common: two scenes of one place with their holes filled, the images of the coarse scene's components, with
 * white noise of variance one, and how the coarse sensor sees the sharp image.
 */
final class FusionScene {
    private final Cube coarse;
    private final Cube sharp;
    private final int factor;
    private final Holes coarseHoles;
    private final Optional<double[][]> response;
    private final Mask valid;
    private final boolean[] usable;
    private final WhiteImages images;
    private final double[][] sharpPlanes;
    private final Registration.Seen seen;
    private final CoarseSampling sampling;
    private final double[][] sharpLow;
    private final Diagnostics diagnostics;

    /** Gathers both scenes. */
    FusionScene(Cube coarse, Cube sharp, FusedSensors sensors, RunContext context) {
        this.coarse = coarse;
        this.sharp = sharp;
        factor = factor(coarse, sharp);
        requireMemory(context);
        response = sensors.spectralResponse().map(this::weights);
        Mask coarseValid = coarse.validMask();
        Mask sharpValid = sharp.validMask();
        valid = Mask.of(sharp.rows(), sharp.columns(), i -> sharpValid.get(i) && coarseValid.get(block(i)));
        usable = usable(coarseValid, sharpValid);
        coarseHoles = new Holes(coarseValid);
        images = WhiteImages.of(coarse, context);
        sharpPlanes = new double[sharp.bands()][];
        Holes sharpHoles = new Holes(sharpValid);
        Parallel.run(context, "reading", sharp.bands(), () -> sharpHoles, (holes, b) -> {
            sharpPlanes[b] = sharp.plane(b);
            holes.fill(sharpPlanes[b]);
        });
        seen = sensors.pointSpread().isPresent()
                ? new Registration.Seen(sensors.pointSpread().getAsDouble(), 0, 0)
                : new Registration(coarse.rows(), coarse.columns(), factor, sharpPlanes, onImages(), context).find();
        sampling = CoarseSampling.of(
                coarse.rows(), coarse.columns(), factor, seen.sigma(), seen.rowShift(), seen.columnShift());
        sharpLow = new double[sharp.bands()][];
        Parallel.run(
                context, "sampling", sharp.bands(), () -> sampling, (own, b) -> sharpLow[b] = own.down(sharpPlanes[b]));
        Diagnostics told = images.diagnostics()
                .with("factor", factor)
                .with("point-spread", seen.sigma())
                .with("row-shift", seen.rowShift())
                .with("column-shift", seen.columnShift());
        diagnostics = CoarseSampling.withAliasing(told, sharp, factor, context);
    }

    /** The given responses: sharp bands x coarse bands. */
    private double[][] weights(SpectralResponse given) {
        given.requireFits(coarse);
        if (given.target().size() != sharp.bands()) {
            throw new IllegalArgumentException("the sharp scene has " + sharp.bands()
                    + " bands but the spectral response has " + given.target().size());
        }
        LinearModel model = given.model();
        double[][] result = new double[sharp.bands()][coarse.bands()];
        double[] one = new double[coarse.bands()];
        for (int b = 0; b < one.length; b++) {
            one[b] = 1;
            double[] column = model.apply(one);
            for (int j = 0; j < result.length; j++) {
                result[j][b] = column[j];
            }
            one[b] = 0;
        }
        return result;
    }

    private static int factor(Cube coarse, Cube sharp) {
        int factor = sharp.rows() / coarse.rows();
        if (factor < 2 || sharp.rows() != factor * coarse.rows() || sharp.columns() != factor * coarse.columns()) {
            throw new IllegalArgumentException("the sharp scene of " + sharp.rows() + "x" + sharp.columns()
                    + " pixels is not 2, 3, ... times as large in rows and columns as the coarse one of "
                    + coarse.rows() + "x" + coarse.columns() + ": crop one of them");
        }
        return factor;
    }

    private void requireMemory(RunContext context) {
        long size = coarse.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        context.requireMemory(
                size * coarse.bands() * sharp.pixels()
                        + 2L * Double.BYTES * sharp.pixels() * (sharp.bands() + Math.min(coarse.bands(), 16)),
                "the fused cube with the planes of the sharp scene");
    }

    private int block(int pixel) {
        return pixel / sharp.columns() / factor * coarse.columns() + pixel % sharp.columns() / factor;
    }

    private boolean[] usable(Mask coarseValid, Mask sharpValid) {
        boolean[] result = new boolean[coarse.pixels()];
        for (int i = 0; i < result.length; i++) {
            result[i] = coarseValid.get(i);
        }
        for (int i = 0; i < sharp.pixels(); i++) {
            result[block(i)] &= sharpValid.get(i);
        }
        return result;
    }

    /** Regression of planes of the coarse scene's size on the images of its components. */
    Regression onImages() {
        return Regression.on(images.planes(), usable);
    }

    /** How the sharp sensor sees the images: the given responses, or what explains the sharp bands best. */
    Regression.Fit[] onImagesOfSharp(RunContext context) {
        Regression.Fit[] fits = new Regression.Fit[sharpLow.length];
        Regression onImages = onImages();
        Parallel.run(
                context,
                "responses",
                fits.length,
                () -> onImages,
                (own, j) -> fits[j] = response.isPresent()
                        ? own.given(sharpLow[j], product(response.get()[j], synthesis()))
                        : own.fit(sharpLow[j]));
        return fits;
    }

    /** How the sharp sensor sees spectra, bands x any number, where that was given. */
    Optional<double[][]> seenSharply(double[][] spectra) {
        return response.map(rows -> {
            double[][] result = new double[rows.length][];
            for (int j = 0; j < rows.length; j++) {
                result[j] = product(rows[j], spectra);
            }
            return result;
        });
    }

    private static double[] product(double[] row, double[][] matrix) {
        double[] result = new double[matrix[0].length];
        for (int b = 0; b < row.length; b++) {
            Planes.add(result, row[b], matrix[b]);
        }
        return result;
    }

    /** Regression of planes of the coarse scene's size on the sharp bands as the coarse sensor sees them. */
    Regression onSharpLow() {
        return Regression.on(sharpLow, usable);
    }

    /** Regression of planes of the coarse scene's size on one of them. */
    Regression on(double[] plane) {
        return Regression.on(new double[][] {plane}, usable);
    }

    double[][] images() {
        return images.planes();
    }

    /** From the images to spectra: bands x rank. */
    double[][] synthesis() {
        return images.synthesis();
    }

    double[][] sharpPlanes() {
        return sharpPlanes;
    }

    double[][] sharpLow() {
        return sharpLow;
    }

    /** Standard deviation of the blur in sharp pixels. */
    double sigma() {
        return seen.sigma();
    }

    CoarseSampling sampling() {
        return sampling;
    }

    Diagnostics diagnostics() {
        return diagnostics;
    }

    int bands() {
        return coarse.bands();
    }

    int coarsePixels() {
        return coarse.pixels();
    }

    int coarseRows() {
        return coarse.rows();
    }

    int coarseColumns() {
        return coarse.columns();
    }

    int pixels() {
        return sharp.pixels();
    }

    /** A band of the coarse scene with its holes filled. */
    double[] coarsePlane(int band) {
        double[] plane = coarse.plane(band);
        coarseHoles.fill(plane);
        return plane;
    }

    /** The bands of one fused scene. */
    interface Bands {
        double[] plane(int band);
    }

    /** The fused scene, one band at a time. */
    RestoredCube fused(String name, Bands bands, RunContext context) {
        Cube.Builder result = builder(name);
        Parallel.run(context, "fusing", coarse.bands(), () -> bands, (own, b) -> {
            double[] plane = own.plane(b);
            for (int i = 0; i < plane.length; i++) {
                plane[i] = valid.get(i) ? plane[i] : Double.NaN;
            }
            result.plane(b, plane);
        });
        return new RestoredCube(result.build(), told());
    }

    /** The fused scene from planes and the weights, bands x planes, that make spectra of them. */
    RestoredCube fused(String name, double[][] fine, double[][] weights, RunContext context) {
        Cube.Builder result = builder(name);
        WhiteImages.join(result, fine, weights, valid, context);
        return new RestoredCube(result.build(), told());
    }

    private Cube.Builder builder(String name) {
        Cube.Builder result = Cube.builderLike(sharp, coarse.bands(), coarse.precision())
                .name(coarse.name())
                .quantity(coarse.quantity());
        coarse.wavelengths().ifPresent(result::wavelengths);
        coarse.bandNames().ifPresent(result::bandNames);
        boolean[] good = new boolean[coarse.bands()];
        for (int b = 0; b < good.length; b++) {
            good[b] = coarse.isGoodBand(b);
        }
        return result.goodBands(good)
                .provenance("the " + coarse.bands() + " bands of a scene of " + coarse.rows() + "x" + coarse.columns()
                        + " pixels, fused by " + name);
    }

    private Diagnostics told() {
        return valid.count() == 0 ? diagnostics.note("the scenes have no valid pixel in common") : diagnostics;
    }
}
