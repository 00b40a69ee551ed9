package org.hsi4j.unmixing;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Successive projection algorithm (SPA): pixels divided by the sum over their bands, then always the pixel with the largest
 * part orthogonal to those found,
 *
 * <blockquote>argmax over y of ||P y|| / 1'y,  P = I - E (E'E)<sup>-1</sup> E',  E the pixels found so far.</blockquote>
 *
 * <p>The search itself is that of {@link Atgp}. What differs is the division: it puts all pixels of a mixture into one simplex
 * whatever their brightness (shade, slopes), so that a convex function such as the norm has its maximum at a corner. In a
 * separable scene (each material has a pure pixel) with noise up to e it finds the materials to O(e k<sup>2</sup>), k being
 * the condition number of the endmembers. Both the sum and the search are inside the first p eigenvectors of
 * (1/N) sum y y', which takes most of the noise out.
 *
 * <p>Pixels whose sum is not above 10<sup>-6</sup> of the mean's (black ones) have no place in the simplex and are taken only
 * when nothing else is left. For p = 1 nothing is divided. Nothing is drawn at random. Of equal pixels the first in row order is taken, and none twice.
 * {@link Extraction#projected()} holds the pixels projected on the p eigenvectors, not divided. Invalid pixels are not looked
 * at. In a scene of a rank below p the surplus endmembers are dependent on the others, and a note says so.
 *
 * <p>Costs B<sup>2</sup> + 2 B p + 2 p<sup>2</sup> flops a pixel in two passes over the scene, and 8 (p + 1) bytes a pixel.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Spa.withDefaults().extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Spa implements EndmemberExtractor {
    private static final Spa DEFAULTS = new Spa();

    private Spa() {}

    /**
     * The method, which has no options.
     *
     * @return the method
     */
    public static Spa withDefaults() {
        return DEFAULTS;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        // Divided by their sums the pixels on one line are all the same.
        Reduction reduction = count == 1 ? Reduction.linear(statistics, 1) : Reduction.normalised(statistics, count);
        List<Integer> positions = Atgp.inside(cube, count, reduction, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        return Found.pixels(cube, positions, reduction::project, diagnostics.since(start));
    }

    @Override
    public String name() {
        return "spa";
    }

    @Override
    public String summary() {
        return "Successive projection: ATGP on pixels divided by their sum, which takes differences of brightness out.";
    }

    @Override
    public String reference() {
        return "Araujo et al., The successive projections algorithm for variable selection in spectroscopic "
                + "multicomponent analysis, Chemometrics 57(2), 2001; Gillis and Vavasis, Fast and robust recursive "
                + "algorithms for separable nonnegative matrix factorization, IEEE TPAMI 36(4), 2014";
    }
}
