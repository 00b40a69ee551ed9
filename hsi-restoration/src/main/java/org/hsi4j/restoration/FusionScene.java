package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.transform.LinearModel;

/**
 * What all fusers have in common: two scenes of one place with their holes filled, the images of the coarse scene's components, with
 * white noise of variance one, and how the coarse sensor sees the sharp image.
 */
final class FusionScene {
    /** Share of the strongest component's power below which a component of a scene without noise is rounding. */
    private static final double ROUNDING = 1e-12;

    /** Noise that is assumed of a scene in which none can be found, relative to its root mean square. */
    private static final double NOISE_FREE = 1e-4;

    private final Cube coarse;
    private final Cube sharp;
    private final int factor;
    private final Holes coarseHoles;
    private final Mask valid;
    private final boolean[] usable;
    private final double[][] images;
    private final double[][] synthesis;
    private final double[][] sharpPlanes;
    private final Registration.Seen seen;
    private final CoarseSampling sampling;
    private final double[][] sharpLow;
    private final Diagnostics diagnostics;

    /** Gathers both scenes. */
    FusionScene(Cube coarse, Cube sharp, OptionalDouble pointSpread, RunContext context) {
        this.coarse = coarse;
        this.sharp = sharp;
        factor = factor(coarse, sharp);
        requireMemory(context);
        Mask coarseValid = coarse.validMask();
        Mask sharpValid = sharp.validMask();
        valid = Mask.of(sharp.rows(), sharp.columns(), i -> sharpValid.get(i) && coarseValid.get(block(i)));
        usable = usable(coarseValid, sharpValid);
        coarseHoles = new Holes(coarseValid);
        SubspaceModel model = WhitenedSvd.withDefaults().keepingDetectable().fit(coarse, context);
        double[][] components = model.isIdentity() ? components(coarse, context) : new double[0][];
        synthesis = model.isIdentity() ? synthesis(components) : model.synthesis();
        images = images(
                model.isIdentity() ? LinearModel.of(components, new double[components.length]) : model.images(),
                context);
        sharpPlanes = new double[sharp.bands()][];
        Holes sharpHoles = new Holes(sharpValid);
        Parallel.run(context, "reading", sharp.bands(), () -> sharpHoles, (holes, b) -> {
            sharpPlanes[b] = sharp.plane(b);
            holes.fill(sharpPlanes[b]);
        });
        seen = pointSpread.isPresent()
                ? new Registration.Seen(pointSpread.getAsDouble(), 0, 0)
                : new Registration(coarse.rows(), coarse.columns(), factor, sharpPlanes, onImages(), context).find();
        sampling = CoarseSampling.of(
                coarse.rows(), coarse.columns(), factor, seen.sigma(), seen.rowShift(), seen.columnShift());
        sharpLow = new double[sharp.bands()][];
        Parallel.run(
                context, "sampling", sharp.bands(), () -> sampling, (own, b) -> sharpLow[b] = own.down(sharpPlanes[b]));
        diagnostics = model.diagnostics()
                .with("factor", factor)
                .with("rank", images.length)
                .with("point-spread", seen.sigma())
                .with("row-shift", seen.rowShift())
                .with("column-shift", seen.columnShift());
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

    /** Of a scene without noise to be found: all components but rounding, as if there were a little. */
    private static double[][] components(Cube cube, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        if (statistics.count() == 0) {
            return new double[1][cube.bands()];
        }
        Dense.Eigen eigen = Dense.eigen(statistics.correlation());
        double power = Arrays.stream(eigen.values()).sum();
        double noise = power == 0 ? 1 : NOISE_FREE * Math.sqrt(power / cube.bands());
        int rank = 1;
        while (rank < eigen.values().length && eigen.values()[rank] > ROUNDING * eigen.values()[0]) {
            rank++;
        }
        double[][] result = Arrays.copyOf(eigen.vectors(), rank);
        for (double[] row : result) {
            for (int b = 0; b < row.length; b++) {
                row[b] /= noise;
            }
        }
        return result;
    }

    /** The way back from components that are orthogonal and equally long. */
    private static double[][] synthesis(double[][] components) {
        double square = Math.max(Arrays.stream(components[0]).map(v -> v * v).sum(), Double.MIN_NORMAL);
        double[][] back = SpectralBasis.transposed(components);
        for (double[] row : back) {
            for (int k = 0; k < row.length; k++) {
                row[k] /= square;
            }
        }
        return back;
    }

    private double[][] images(LinearModel analysis, RunContext context) {
        Cube projected = Tiles.mapToBands(coarse, analysis, Precision.DOUBLE, context, "projecting")
                .build();
        double[][] result = new double[projected.bands()][];
        for (int k = 0; k < result.length; k++) {
            result[k] = projected.plane(k);
            coarseHoles.fill(result[k]);
        }
        return result;
    }

    /** Regression of planes of the coarse scene's size on the images of its components. */
    Regression onImages() {
        return Regression.on(images, usable);
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
        return images;
    }

    /** From the images to spectra: bands x rank. */
    double[][] synthesis() {
        return synthesis;
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

    /** The fused scene from the images of its components, which are as many as those of the coarse scene. */
    RestoredCube fused(String name, double[][] fine, RunContext context) {
        return fused(name, fine, LinearModel.of(synthesis, new double[synthesis.length]), context);
    }

    /** The fused scene from planes and what makes spectra of them. */
    RestoredCube fused(String name, double[][] fine, LinearModel spectra, RunContext context) {
        Cube components = Cube.of(sharp.rows(), sharp.columns(), fine).masked(valid);
        Cube.Builder result = builder(name);
        Tiles.forEach(
                components,
                context,
                "joining",
                () -> new SubspaceImages.Joiner(spectra, fine.length),
                (joiner, tile) -> result.put(tile, joiner.apply(tile)));
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
