package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/** A scene of smaller pixels, to be filled. */
final class Enlarged {
    /** Largest factor: beyond it there is nothing to be guessed. */
    private static final int MOST = 16;

    private Enlarged() {}

    static int requireFactor(int factor) {
        if (factor < 2 || factor > MOST) {
            throw new IllegalArgumentException("a factor is 2 to " + MOST + ", not " + factor);
        }
        return factor;
    }

    /** Refuses what does not fit: the result and so many planes of its size. */
    static void requireMemory(Cube cube, int factor, long planes, RunContext context) {
        long pixels = (long) cube.pixels() * factor * factor;
        if (pixels > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a scene of " + cube.rows() + "x" + cube.columns()
                    + " pixels is too large to be" + " made " + factor + " times larger");
        }
        long size = cube.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES;
        context.requireMemory(
                pixels * (size * cube.bands() + Double.BYTES * planes),
                "the enlarged cube with the planes it is made of");
    }

    static Cube.Builder builder(Cube cube, int factor, String provenance) {
        Cube.Builder result = Cube.builder(
                        cube.rows() * factor, cube.columns() * factor, cube.bands(), cube.precision())
                .name(cube.name())
                .quantity(cube.quantity());
        cube.wavelengths().ifPresent(result::wavelengths);
        cube.bandNames().ifPresent(result::bandNames);
        boolean[] good = new boolean[cube.bands()];
        for (int b = 0; b < good.length; b++) {
            good[b] = cube.isGoodBand(b);
        }
        cube.geoReference().ifPresent(g -> result.geoReference(finer(g, factor)));
        cube.provenance().forEach(result::provenance);
        return result.goodBands(good).provenance(provenance);
    }

    private static GeoReference finer(GeoReference g, int factor) {
        return new GeoReference(
                g.projection(),
                g.x(),
                g.y(),
                g.pixelWidth() / factor,
                g.pixelHeight() / factor,
                g.rotation(),
                g.zone(),
                g.north(),
                g.datum(),
                g.units(),
                g.coordinateSystem());
    }

    /** Which pixels have a sample in all bands, in one pass that can be cancelled. */
    static Mask validMask(Cube cube, RunContext context) {
        boolean[] valid = new boolean[cube.pixels()];
        Tiles.forEach(cube, context, "reading", () -> valid, (own, tile) -> {
            for (int i = 0; i < tile.size(); i++) {
                own[tile.pixel(i)] = true;
            }
        });
        return Mask.of(cube.rows(), cube.columns(), i -> valid[i]);
    }

    /** A plane of the result with NaN where the large pixel was invalid. */
    static double[] masked(double[] plane, Mask valid, int factor) {
        int columns = valid.columns() * factor;
        for (int i = 0; i < plane.length; i++) {
            if (!valid.get(i / columns / factor * valid.columns() + i % columns / factor)) {
                plane[i] = Double.NaN;
            }
        }
        return plane;
    }
}
