package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Simplex growing algorithm (SGA): adds always the pixel that makes the simplex of those found the largest, with the volume of
 * a simplex of k + 1 corners measured in the first k principal components z alone,
 *
 * <blockquote>argmax over y of |det [1 ... 1 1; z(e<sub>1</sub>) ... z(e<sub>k</sub>) z(y)]| / k!.</blockquote>
 *
 * <p>The determinant is linear in the new column, so one scalar product a pixel with its cofactors decides. The first two are
 * the ends of the first component, which is where the paper's search gets from any random pixel: first the end farther from
 * the mean, then the other. {@link Sivm} differs in measuring all volumes in the same p - 1 components; {@link Nfindr} in
 * replacing corners again.
 *
 * <p>Nothing is drawn at random. Of equal pixels the first in row order is taken, and none twice.
 * {@link Extraction#projected()} holds m + U U'(y - m), with the mean m and the first p - 1 eigenvectors U of the covariance.
 * For p = 1 the pixel farthest along the first eigenvector of (1/N) sum y y' is taken and projected on it. Invalid pixels are
 * not looked at. In a scene of a rank below p the surplus endmembers are dependent on the others, and a note says so.
 *
 * <p>Costs B<sup>2</sup> + 2 B p + 2 p<sup>2</sup> flops a pixel in two passes over the scene, and 8 p bytes a pixel. Immutable
 * and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Sga.withDefaults().extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Sga implements EndmemberExtractor {
    private static final Sga DEFAULTS = new Sga();

    private Sga() {}

    /**
     * The method, which has no options.
     *
     * @return the method
     */
    public static Sga withDefaults() {
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
        List<Integer> positions = new ArrayList<>();
        List<double[]> corners = new ArrayList<>();
        // In place of the ones of the determinant, so that they are of the size of the coordinates.
        double unit = Found.spread(statistics);
        while (positions.size() < count) {
            double[] normal = positions.isEmpty() ? new double[] {0, 1} : normal(corners, unit);
            double[][] weights = new double[1][count - 1];
            System.arraycopy(normal, 1, weights[0], 0, normal.length - 1);
            int pixel = cloud.farthest(
                            weights,
                            new double[] {normal[0] * unit},
                            positions,
                            context,
                            "endmember " + (positions.size() + 1) + " of " + count)
                    .pixel();
            positions.add(pixel);
            corners.add(reduction.coordinates(Found.spectrum(cube, pixel)));
        }
        return Found.pixels(cube, positions, reduction::project, diagnostics.since(start));
    }

    /** A vector orthogonal to all [unit; z], of as many z as there are corners: their cofactors up to a factor. */
    private static double[] normal(List<double[]> corners, double unit) {
        int k = corners.size();
        List<double[]> orthonormal = new ArrayList<>();
        for (double[] corner : corners) {
            double[] lifted = new double[k + 1];
            lifted[0] = unit;
            System.arraycopy(corner, 0, lifted, 1, k);
            double before = Vectors.norm(lifted);
            Vectors.removeParts(lifted, orthonormal);
            double after = Vectors.norm(lifted);
            if (after > 1e-12 * before) {
                Vectors.scale(lifted, 1 / after);
                orthonormal.add(lifted);
            }
        }
        double[] best = new double[k + 1];
        for (int axis = 0; axis <= k; axis++) {
            double[] rest = new double[k + 1];
            rest[axis] = 1;
            Vectors.removeParts(rest, orthonormal);
            best = Vectors.norm(rest) > Vectors.norm(best) ? rest : best;
        }
        Vectors.scale(best, 1 / Vectors.norm(best));
        return best;
    }

    @Override
    public String name() {
        return "sga";
    }

    @Override
    public String summary() {
        return "Simplex growing: always the pixel that makes the simplex the largest, in one more component each time.";
    }

    @Override
    public String reference() {
        return "Chang, Wu, Liu and Ouyang, A new growing method for simplex-based endmember extraction algorithm, "
                + "IEEE TGRS 44(10), 2006";
    }
}
