package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * N-FINDR: the p pixels whose simplex has the largest volume, as far as exchanging one pixel at a time gets,
 *
 * <blockquote>max over pixels of |det V| / (p - 1)!,  V = [1 ... 1; z<sub>1</sub> ... z<sub>p</sub>],</blockquote>
 *
 * <p>z being the coordinates of a pixel in the first p - 1 principal components. No determinant is computed: with pixel y in
 * place of corner k the volume changes by the factor |(V<sup>-1</sup> [1; z(y)])<sub>k</sub>|, so that one product a pixel tells
 * about all p exchanges. The best exchange of all pixels and corners is done, V<sup>-1</sup> updated by a matrix of rank one, and
 * so on until no factor is above 1 + 10<sup>-9</sup>: the volume rises with every exchange, and at the end no exchange of one
 * pixel makes it larger.
 *
 * <p>Such an end need not be the largest simplex of all, so there are several starts, and the largest simplex counts: the first
 * start is the corners of {@link Sivm} (ATGP in affine form), the others are pixels drawn at random. Of equal volumes the
 * earlier start counts.
 *
 * <p>{@link Extraction#projected()} holds m + U U'(y - m), with the mean m and the first p - 1 eigenvectors U of the covariance.
 * For p = 1 the pixel farthest along the first eigenvector of (1/N) sum y y' is taken and projected on it. Invalid pixels are
 * not looked at. In a scene of fewer than p - 1 independent components all volumes are zero and the corners of the first start
 * are the answer.
 *
 * <p>Costs B<sup>2</sup> + 2 B p flops a pixel in two passes over the scene, then 2 p<sup>2</sup> a pixel and exchange, about p of
 * them a start, and 8 (p + 1) bytes a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * Extraction found = Nfindr.withDefaults().withSeed(7).extract(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class Nfindr implements EndmemberExtractor {
    private static final Nfindr DEFAULTS = new Nfindr(3, OptionalLong.empty());

    /** Rises of the volume up to this part are rounding and could go on for ever. */
    private static final double RISE = 1e-9;

    private final int starts;
    private final OptionalLong seed;

    private Nfindr(int starts, OptionalLong seed) {
        this.starts = starts;
        this.seed = seed;
    }

    /**
     * The method with three starts and the seed of the run.
     *
     * @return the method
     */
    public static Nfindr withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another number of starts.
     *
     * @param newStarts at least one, the first without chance; three by default: in ten random starts on each of six scenes
     *     (Samson, Urban with 4, 5 and 6 endmembers, two simulated ones) all ended at the same corners
     * @return new method
     * @throws IllegalArgumentException if the number is smaller than one
     */
    public Nfindr withStarts(int newStarts) {
        if (newStarts < 1) {
            throw new IllegalArgumentException("the number of starts must be at least 1, not " + newStarts);
        }
        return new Nfindr(newStarts, seed);
    }

    /**
     * With a seed of its own for the random starts.
     *
     * @param newSeed any number; by default that of the run is used
     * @return new method
     */
    public Nfindr withSeed(long newSeed) {
        return new Nfindr(starts, OptionalLong.of(newSeed));
    }

    /**
     * How often it starts.
     *
     * @return at least one
     */
    public int starts() {
        return starts;
    }

    /**
     * The seed.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
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
        Pursuit first = Sivm.corners(cube, cloud, reduction, count, context);
        if (first.rank() < count - 1) {
            return Found.pixels(
                    cube,
                    first.positions(),
                    reduction::project,
                    diagnostics
                            .note("the scene spans no simplex of " + count + " corners, so all volumes are zero")
                            .since(start));
        }
        Search search = new Search(cube, cloud, reduction, count, context);
        Simplex best = search.grow(first.positions());
        Random random = new Random(seed.orElse(context.seed()));
        int winner = 0;
        for (int s = 1; s < starts; s++) {
            Simplex next = search.grow(search.draw(random));
            if (next.logVolume > best.logVolume + RISE) {
                best = next;
                winner = s;
            }
        }
        diagnostics = new Diagnostics(
                        true, search.exchanges, diagnostics.elapsed(), diagnostics.figures(), diagnostics.notes())
                .note(String.format(
                        Locale.ROOT, "of %d starts number %d spans the largest simplex", starts, winner + 1));
        return Found.pixels(cube, best.positions, reduction::project, diagnostics.since(start));
    }

    @Override
    public String name() {
        return "nfindr";
    }

    @Override
    public String summary() {
        return "N-FINDR: the pixels whose simplex is the largest, by exchanging one at a time, from several starts.";
    }

    @Override
    public String reference() {
        return "Winter, N-FINDR: an algorithm for fast autonomous spectral end-member determination in hyperspectral data, "
                + "SPIE 3753, 1999";
    }

    /** Corners, and the logarithm of their volume up to a constant. */
    private static final class Simplex {
        private final List<Integer> positions;
        private final double logVolume;

        Simplex(List<Integer> positions, double logVolume) {
            this.positions = positions;
            this.logVolume = logVolume;
        }
    }

    /** Exchanges corners of simplices of one scene. */
    private static final class Search {
        private final Cube cube;
        private final Cloud cloud;
        private final Reduction reduction;
        private final int count;
        private final RunContext context;
        private final double unit;
        private long exchanges;

        Search(Cube cube, Cloud cloud, Reduction reduction, int count, RunContext context) {
            this.cube = cube;
            this.cloud = cloud;
            this.reduction = reduction;
            this.count = count;
            this.context = context;
            this.unit = Math.max(
                    Double.MIN_NORMAL,
                    cloud.farthest(
                                    new double[][] {firstAxis()},
                                    new double[1],
                                    List.of(),
                                    context,
                                    "spread of the scene")
                            .value());
        }

        private double[] firstAxis() {
            double[] axis = new double[count - 1];
            axis[0] = 1;
            return axis;
        }

        /** Different pixels, each set of them as likely as any. */
        List<Integer> draw(Random random) {
            List<Integer> drawn = new ArrayList<>();
            while (drawn.size() < count) {
                int pixel = cloud.pixel(random.nextInt(cloud.pixels()));
                if (!drawn.contains(pixel)) {
                    drawn.add(pixel);
                }
            }
            return drawn;
        }

        /** The constant [unit] over the coordinates, of the same size as they are. */
        private double[] lifted(int pixel) {
            double[] z = reduction.coordinates(Found.spectrum(cube, pixel));
            double[] lifted = new double[count];
            System.arraycopy(z, 0, lifted, 0, count - 1);
            lifted[count - 1] = unit;
            return lifted;
        }

        Simplex grow(List<Integer> from) {
            List<Integer> corners = new ArrayList<>(from);
            double[][] v = new double[count][count];
            for (int k = 0; k < count; k++) {
                double[] column = lifted(corners.get(k));
                for (int i = 0; i < count; i++) {
                    v[i][k] = column[i];
                }
            }
            Small.Inverse start = Small.invert(v);
            if (start.logDeterminant() == Double.NEGATIVE_INFINITY) {
                return new Simplex(corners, Double.NEGATIVE_INFINITY);
            }
            double[][] inverse = start.matrix();
            double logVolume = start.logDeterminant();
            while (true) {
                PixelBlocks.Best best = exchange(inverse);
                if (best.value() <= 1 + RISE) {
                    return new Simplex(corners, logVolume);
                }
                logVolume += Math.log(best.value());
                replace(inverse, best.row(), lifted(best.pixel()));
                corners.set(best.row(), best.pixel());
                exchanges++;
            }
        }

        /** Which corner to exchange for which pixel, and by how much that changes the volume. */
        private PixelBlocks.Best exchange(double[][] inverse) {
            double[][] weights = new double[count][count - 1];
            double[] offsets = new double[count];
            for (int k = 0; k < count; k++) {
                System.arraycopy(inverse[k], 0, weights[k], 0, count - 1);
                offsets[k] = inverse[k][count - 1] * unit;
            }
            return cloud.farthest(weights, offsets, List.of(), context, "exchange");
        }

        /** The inverse of V with another column k. */
        private static void replace(double[][] inverse, int k, double[] column) {
            double[] t = new double[column.length];
            for (int i = 0; i < t.length; i++) {
                t[i] = Vectors.dot(inverse[i], column);
            }
            Vectors.scale(inverse[k], 1 / t[k]);
            for (int i = 0; i < t.length; i++) {
                for (int j = 0; i != k && j < t.length; j++) {
                    inverse[i][j] -= t[i] * inverse[k][j];
                }
            }
        }
    }
}
