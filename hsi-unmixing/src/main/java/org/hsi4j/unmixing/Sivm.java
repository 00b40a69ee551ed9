package org.hsi4j.unmixing;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Simplex volume maximisation (SiVM): the pixel farthest from the mean first, then always the pixel that makes the simplex of
 * those found the largest. The volume of a simplex is that of the one before times the height of the new corner over it, so
 * the next pixel is
 *
 * <blockquote>argmax over y of ||(I - D (D'D)<sup>-1</sup> D') (y - e<sub>1</sub>)||,  D = [e<sub>2</sub> - e<sub>1</sub>, ..., e<sub>k</sub> - e<sub>1</sub>].</blockquote>
 *
 * <p>Distances are those inside the first p - 1 eigenvectors of the covariance, U, about the mean m, where the simplex lies and
 * little of the noise; the volumes are exact, without the assumption of equal distances that the paper makes for speed.
 * {@link Nfindr} goes on from such corners and replaces them; {@link Sga} measures the first corners in fewer coordinates.
 *
 * <p>Nothing is drawn at random: where the paper starts from a random pixel's farthest one, this starts from the mean's. Of
 * equal pixels the first in row order is taken, and none twice. {@link Extraction#projected()} holds m + U U'(y - m). For p = 1
 * the pixel farthest along the first eigenvector of (1/N) sum y y' is taken and projected on it. Invalid pixels are not looked
 * at. In a scene of a rank below p the surplus endmembers are dependent on the others, and a note says so.
 *
 * <p>Costs B<sup>2</sup> + 2 B p + 2 p<sup>2</sup> flops a pixel in two passes over the scene, and 8 (p + 1) bytes a pixel.
 * Immutable and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Sivm.withDefaults().extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Sivm implements EndmemberExtractor {
    private static final Sivm DEFAULTS = new Sivm();

    private Sivm() {}

    /**
     * The method, which has no options.
     *
     * @return the method
     */
    public static Sivm withDefaults() {
        return DEFAULTS;
    }

    @Override
    public Extraction extract(Cube cube, int count, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        if (count == 1) {
            return Found.brightest(cube, statistics, diagnostics.since(start), context);
        }
        Reduction reduction = Reduction.affine(statistics, count - 1);
        Cloud cloud = Cloud.of(cube, reduction, context);
        List<Integer> positions =
                corners(cube, cloud, reduction, count, context).positions();
        return Found.pixels(cube, positions, reduction::project, diagnostics.since(start));
    }

    /** The search, for other methods too. */
    static Pursuit corners(Cube cube, Cloud cloud, Reduction reduction, int count, RunContext context) {
        int first = Pursuit.run(cloud, pixel -> vector(cube, reduction, pixel), 1, context)
                .positions()
                .get(0);
        return Pursuit.from(first, cloud, pixel -> vector(cube, reduction, pixel), count, context);
    }

    private static double[] vector(Cube cube, Reduction reduction, int pixel) {
        return reduction.coordinates(Found.spectrum(cube, pixel));
    }

    @Override
    public String name() {
        return "sivm";
    }

    @Override
    public String summary() {
        return "Simplex volume maximisation: always the pixel that makes the simplex of those found the largest.";
    }

    @Override
    public String reference() {
        return "Thurau, Kersting and Bauckhage, Yes we can: simplex volume maximization for descriptive web-scale matrix "
                + "factorization, CIKM 2010";
    }
}
