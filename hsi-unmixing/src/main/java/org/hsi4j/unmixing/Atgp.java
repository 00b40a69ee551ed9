package org.hsi4j.unmixing;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Automatic target generation process (ATGP): the brightest pixel first, then always the pixel with the largest part
 * orthogonal to those found,
 *
 * <blockquote>argmax over y of ||P y||,  P = I - E (E'E)<sup>-1</sup> E',  E the pixels found so far.</blockquote>
 *
 * <p>Nothing is divided by brightness, so bright materials come first; {@link Spa} is the same search after that division.
 * As published it looks at all bands, noise and all, and what is unusual in a few pixels, a target, is as good as a material.
 * {@link #withSubspace(boolean)} looks only at the first p eigenvectors of (1/N) sum y y': on Samson that brings the mean
 * spectral angle to the truth from 21.99 to 3.46 degrees.
 *
 * <p>The search draws nothing at random. Of equal pixels the first in row order is taken, and none twice.
 * {@link Extraction#projected()} holds the pixels projected on those p eigenvectors in both cases. Invalid pixels are not
 * looked at. In a scene of a rank below p the surplus endmembers are dependent on the others, and a note says so.
 *
 * <p>Costs B<sup>2</sup> flops a pixel for the eigenvectors and 2 B p for the search, in p + 1 passes over the scene and 8
 * bytes a pixel; inside the subspace 2 B p + 2 p<sup>2</sup> flops, two passes and 8 (p + 1) bytes. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Extraction found = Atgp.withDefaults().extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Atgp implements EndmemberExtractor {
    private static final Atgp DEFAULTS = new Atgp(false);

    private final boolean subspace;

    private Atgp(boolean subspace) {
        this.subspace = subspace;
    }

    /**
     * The method as published, on all bands.
     *
     * @return the method
     */
    public static Atgp withDefaults() {
        return DEFAULTS;
    }

    /**
     * Where pixels are searched.
     *
     * @param only true for the first p eigenvectors of the correlation matrix, which holds little of the noise; false, the
     *     default, for all bands, as published
     * @return new method
     */
    public Atgp withSubspace(boolean only) {
        return new Atgp(only);
    }

    /**
     * Whether pixels are searched in the signal subspace only.
     *
     * @return false for all bands
     */
    public boolean subspace() {
        return subspace;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        Reduction reduction = Reduction.linear(statistics, count);
        List<Integer> positions = subspace ? inside(cube, count, reduction, context) : everywhere(cube, count, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        return Found.pixels(cube, positions, reduction::project, diagnostics.since(start));
    }

    private static List<Integer> everywhere(Cube cube, int count, RunContext context) {
        context.requireMemory(8L * cube.pixels(), "the distances of the pixels");
        return Pursuit.run(TileBlocks.ofBands(cube), pixel -> Found.spectrum(cube, pixel), count, context)
                .positions();
    }

    /** The search in the coordinates of a reduction, for other methods too. */
    static List<Integer> inside(Cube cube, int count, Reduction reduction, RunContext context) {
        return Pursuit.run(
                        Cloud.of(cube, reduction, context),
                        pixel -> reduction.coordinates(Found.spectrum(cube, pixel)),
                        count,
                        context)
                .positions();
    }

    @Override
    public String name() {
        return "atgp";
    }

    @Override
    public String summary() {
        return "Automatic target generation: always the pixel with the largest part orthogonal to those found.";
    }

    @Override
    public String reference() {
        return "Ren and Chang, Automatic spectral target recognition in hyperspectral imagery, "
                + "IEEE Trans. Aerospace and Electronic Systems 39(4), 2003";
    }
}
