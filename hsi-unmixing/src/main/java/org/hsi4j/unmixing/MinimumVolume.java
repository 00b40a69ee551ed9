package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * The smallest simplex around pixels x in p coordinates, for a penalty on what is outside:
 *
 * <pre>  min over Q of  -log|det Q| + sum over pixels n, corners k of f((Q x_n)_k),  1'Q = h',</pre>
 *
 * <p>the corners being the columns of Q<sup>-1</sup>, Q x the abundances of a pixel and h'x their sum.
 *
 * <p>Solved by Newton steps in a variable that does not know the unit of x or the shape of the simplex: Q + dQ = (I + D) Q.
 * With A = Q X the gradient in D is -I + f'(A) A', and the curvature of row k is taken as I + A diag(f''(A<sub>k</sub>)) A',
 * the unit matrix standing for that of -log|det(I + D)|, which it bounds for symmetric D. Rows are tied by 1'D = 0 alone, so a
 * step is p systems of p equations. It is halved until the objective falls by 10<sup>-4</sup> of what the gradient promises.
 */
final class MinimumVolume {
    private static final int MOST_STEPS = 100;

    /** A step that promises less than this is not taken: the objective is a logarithm of a volume. */
    private static final double TOLERANCE = 1e-8;

    /** The same while a sharper penalty is still to come, which needs no more than a start. */
    private static final double COARSE = 1e-4;

    /** Pixels whose h'x is up to this times the mean's are black and have no abundances. */
    private static final double BLACK = 1e-6;

    /** A share above minus this is rounding. */
    private static final double ROUNDING = 1e-6;

    private final Cube cube;
    private final int count;
    private final RunContext context;
    private final MeanScatter statistics;
    private final SimplexProjection projection;
    private final Reduction reduction;
    private final Cloud cloud;

    /** The last coordinate where the reduction has only p - 1; zero where it has p. */
    private final double unit;

    private final double[] height;
    private long steps;
    private boolean converged = true;

    private MinimumVolume(
            Cube cube, int count, SimplexProjection projection, MeanScatter statistics, RunContext context) {
        this.cube = cube;
        this.count = count;
        this.context = context;
        this.statistics = statistics;
        this.projection = projection;
        this.height = new double[count];
        if (projection == SimplexProjection.AFFINE) {
            reduction = Reduction.affine(statistics, count - 1);
            unit = Found.spread(statistics);
            height[count - 1] = 1 / unit;
        } else {
            reduction = Reduction.linear(statistics, count);
            unit = 0;
            double mean = 0;
            for (int k = 0; k < count; k++) {
                height[k] = Arrays.stream(reduction.basis()[k]).sum();
                mean += height[k] * Vectors.dot(reduction.basis()[k], statistics.mean());
            }
            Vectors.scale(height, mean > 0 ? 1 / mean : 1);
        }
        cloud = Cloud.of(cube, reduction, context);
    }

    /** A function of one abundance, with what Newton's method asks of it. */
    interface Penalty {

        /** f, infinite where it is not defined. */
        double value(double a);

        /** f'. */
        double slope(double a);

        /** f''. */
        double curvature(double a);

        /** Abundances from here on have value, slope and curvature of zero. */
        double end();
    }

    /** The penalties to solve for one after the other, each from the answer to the one before. */
    interface Path {

        /** For p endmembers among so many pixels. */
        List<? extends Penalty> penalties(int count, long pixels);
    }

    /**
     * Finds the simplex and makes endmembers of its corners.
     *
     * @param inside whether the penalties are defined inside the simplex only
     */
    static Extraction extract(
            Cube cube, int count, SimplexProjection projection, Path path, boolean inside, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        if (count == 1) {
            return Found.brightest(cube, statistics, diagnostics.since(start), context);
        }
        MinimumVolume search = new MinimumVolume(cube, count, projection, statistics, context);
        List<Integer> corners = search.corners();
        double[][] q = search.throughPixels(corners);
        if (q.length == 0) {
            return Found.pixels(
                    cube,
                    corners,
                    search.reduction::project,
                    diagnostics
                            .note("the scene spans no simplex of " + count + " corners; these are pixels far apart")
                            .since(start));
        }
        q = search.solve(q, path, inside);
        return search.result(q, diagnostics, start);
    }

    private List<Integer> corners() {
        return projection == SimplexProjection.AFFINE
                ? Sivm.corners(cube, cloud, reduction, count, context).positions()
                : Atgp.inside(cube, count, Reduction.normalised(statistics, count), context);
    }

    /** Q of the simplex with its corners at pixels; empty when that is flat. */
    private double[][] throughPixels(List<Integer> pixels) {
        double[][] v = new double[count][count];
        for (int k = 0; k < count; k++) {
            double[] x = lifted(reduction.coordinates(Found.spectrum(cube, pixels.get(k))));
            double sum = Vectors.dot(height, x);
            for (int i = 0; i < count; i++) {
                v[i][k] = sum > BLACK ? x[i] / sum : 0;
            }
        }
        return Small.invert(v).matrix();
    }

    private double[] lifted(double[] z) {
        double[] x = Arrays.copyOf(z, count);
        if (z.length < count) {
            x[count - 1] = unit;
        }
        return x;
    }

    private double[][] solve(double[][] start, Path path, boolean inside) {
        double[][] q = inside ? widened(start) : start;
        List<? extends Penalty> penalties = path.penalties(count, statistics.count());
        for (int i = 0; i < penalties.size(); i++) {
            q = minimise(q, penalties.get(i), i == penalties.size() - 1 ? TOLERANCE : COARSE);
        }
        return q;
    }

    /** A larger simplex about the same centre with all pixels inside. */
    private double[][] widened(double[][] q) {
        Least least = cloud.reduce(context, "corners", () -> new Least(q), Least::add, Least::join);
        double most = 1.0 / count;
        if (least.share > 1e-3 * most) {
            return q;
        }
        double share = (0.05 * most - least.share) / (most - least.share);
        double[][] wide = new double[count][count];
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < count; j++) {
                wide[i][j] = (1 - share) * q[i][j] + share * most * height[j];
            }
        }
        return wide;
    }

    private double[][] minimise(double[][] start, Penalty penalty, double tolerance) {
        converged = true;
        double[][] q = start;
        Sums here = evaluate(q, penalty);
        for (int step = 0; step < MOST_STEPS; step++) {
            double[][] d = here.newtonStep();
            double promise = here.promise(d);
            if (promise < tolerance) {
                return q;
            }
            double factor = 1;
            Sums next = evaluate(moved(q, d, factor), penalty);
            while (!(next.objective <= here.objective - 1e-4 * factor * promise)) {
                factor /= 2;
                if (factor < 1e-8) {
                    // What is left to gain is below the rounding of the sum.
                    return q;
                }
                next = evaluate(moved(q, d, factor), penalty);
            }
            q = next.q;
            here = next;
            steps++;
        }
        converged = false;
        return q;
    }

    private static double[][] moved(double[][] q, double[][] d, double factor) {
        int p = q.length;
        double[][] moved = new double[p][];
        for (int i = 0; i < p; i++) {
            moved[i] = q[i].clone();
            for (int j = 0; j < p; j++) {
                for (int k = 0; k < p; k++) {
                    moved[i][k] += factor * d[i][j] * q[j][k];
                }
            }
        }
        return moved;
    }

    private Sums evaluate(double[][] q, Penalty penalty) {
        return cloud.reduce(context, "simplex", () -> new Sums(q, penalty), Sums::add, Sums::join)
                .withVolume();
    }

    private Extraction result(double[][] q, Diagnostics before, long start) {
        double[][] corners = Small.invert(q).matrix();
        List<Integer> positions = new ArrayList<>();
        List<double[]> spectra = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            double[] x = new double[count];
            for (int i = 0; i < count; i++) {
                x[i] = corners[i][k];
            }
            int purest = purest(q, k, positions);
            positions.add(purest);
            Vectors.scale(x, scale(x, purest));
            spectra.add(reduction.spectrum(Arrays.copyOf(x, reduction.dimension())));
        }
        Least least = cloud.reduce(context, "corners", () -> new Least(q), Least::add, Least::join);
        Diagnostics diagnostics = new Diagnostics(converged, steps, before.elapsed(), before.figures(), before.notes())
                .with("outside", (double) least.outside / statistics.count())
                .note(
                        "projected endmembers are the corners of the simplex, and pixels those with the largest share of each");
        return Found.vertices(cube, positions, spectra, diagnostics.since(start));
    }

    /** The pixel with the largest share of an endmember among those not taken; any of them when all are black. */
    private int purest(double[][] q, int k, List<Integer> taken) {
        return cloud.reduce(
                        context, "pixels of the endmembers", () -> new Purest(q, k, taken), Purest::add, Purest::join)
                .pixel;
    }

    /**
     * What brings a corner with h'x = 1 to the brightness of its material: g'x = 1 is the plane nearest to all pixels, in which
     * they would lie if all abundances summed to one. A corner that this would make more than ten times as bright as the mean
     * pixel, or has on the wrong side, gets the brightness of its pixel.
     */
    private double scale(double[] x, int pixel) {
        if (projection == SimplexProjection.AFFINE) {
            return 1;
        }
        double along = along(x, reduction, statistics);
        return along > 0.1
                ? 1 / along
                : Math.max(0, Vectors.dot(height, reduction.coordinates(Found.spectrum(cube, pixel))));
    }

    /** g'x for the plane g'x = 1 that is nearest to all pixels; x are coordinates in a linear reduction. */
    static double along(double[] x, Reduction reduction, MeanScatter statistics) {
        double[][] correlation = statistics.correlation();
        double along = 0;
        for (int k = 0; k < x.length; k++) {
            double[] u = reduction.basis()[k];
            double power = 0;
            for (int b = 0; b < u.length; b++) {
                power += u[b] * Vectors.dot(correlation[b], u);
            }
            along += x[k] * Vectors.dot(u, statistics.mean()) / power;
        }
        return along;
    }

    /** One thread's abundances of a block. */
    private final class Abundances {
        private final double[][] weights = new double[count][];
        private final double[] offsets = new double[count];
        private final double[][] a = new double[count][cloud.capacity()];

        Abundances(double[][] q) {
            for (int k = 0; k < count; k++) {
                weights[k] = Arrays.copyOf(q[k], cloud.dimension());
                offsets[k] = unit > 0 ? q[k][count - 1] * unit : 0;
            }
        }

        double[][] of(double[][] planes, int size) {
            Kernels.best().multiply(weights, planes, size, a);
            for (int k = 0; k < count; k++) {
                for (int i = 0; i < size; i++) {
                    a[k][i] += offsets[k];
                }
            }
            return a;
        }

        /** h'x. */
        double sum(int i) {
            double sum = 0;
            for (double[] plane : a) {
                sum += plane[i];
            }
            return sum;
        }
    }

    /** Objective, gradient and curvature at one Q; one chunk's share of them until all are joined. */
    private final class Sums {
        private final double[][] q;
        private final Penalty penalty;
        private final Abundances abundances;
        private final double[] pixel = new double[count];
        private final double[][] gradient = new double[count][count];
        private final double[][][] curvature = new double[count][count][count];
        private final double negligible;
        private double objective;

        Sums(double[][] q, Penalty penalty) {
            this.q = q;
            this.penalty = penalty;
            this.abundances = new Abundances(q);
            // All that is left out amounts to less than a thousandth of the unit matrix it would be added to.
            this.negligible = 1e-3 / cloud.pixels();
        }

        void add(double[][] planes, int[] pixels, int size) {
            double[][] a = abundances.of(planes, size);
            for (int i = 0; i < size; i++) {
                if (abundances.sum(i) > BLACK) {
                    for (int k = 0; k < count; k++) {
                        pixel[k] = a[k][i];
                    }
                    addPixel();
                }
            }
        }

        private void addPixel() {
            for (int k = 0; k < count; k++) {
                double share = pixel[k];
                if (share < penalty.end()) {
                    objective += penalty.value(share);
                    double slope = penalty.slope(share);
                    for (int j = 0; j < count; j++) {
                        gradient[k][j] += slope * pixel[j];
                    }
                    double bend = penalty.curvature(share);
                    if (bend > negligible) {
                        addCurvature(curvature[k], bend);
                    }
                }
            }
        }

        private void addCurvature(double[][] sum, double bend) {
            for (int j = 0; j < count; j++) {
                double weight = bend * pixel[j];
                for (int m = 0; m <= j; m++) {
                    sum[j][m] += weight * pixel[m];
                }
            }
        }

        Sums join(Sums later) {
            objective += later.objective;
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < count; j++) {
                    gradient[k][j] += later.gradient[k][j];
                    for (int m = 0; m <= j; m++) {
                        curvature[k][j][m] += later.curvature[k][j][m];
                    }
                }
            }
            return this;
        }

        /** To be called once, when all pixels are in. */
        Sums withVolume() {
            objective -= Small.invert(q).logDeterminant();
            for (int k = 0; k < count; k++) {
                gradient[k][k] -= 1;
                for (int j = 0; j < count; j++) {
                    curvature[k][j][j] += 1;
                }
            }
            return this;
        }

        /** Rows d with (row's curvature) d = -(row's gradient) - m, and m such that they sum to zero. */
        double[][] newtonStep() {
            double[][] d = new double[count][count];
            double[][][] inverses = new double[count][][];
            double[][] total = new double[count][count];
            double[] shared = new double[count];
            for (int k = 0; k < count; k++) {
                inverses[k] = Dense.inverse(Dense.cholesky(curvature[k]).orElseThrow());
                for (int j = 0; j < count; j++) {
                    d[k][j] = -Vectors.dot(inverses[k][j], gradient[k]);
                    shared[j] += d[k][j];
                    for (int m = 0; m < count; m++) {
                        total[j][m] += inverses[k][j][m];
                    }
                }
            }
            Dense.solve(Dense.cholesky(total).orElseThrow(), shared);
            for (int k = 0; k < count; k++) {
                for (int j = 0; j < count; j++) {
                    d[k][j] -= Vectors.dot(inverses[k][j], shared);
                }
            }
            return d;
        }

        /** By how much the objective falls along a step, to first order. */
        double promise(double[][] d) {
            double sum = 0;
            for (int k = 0; k < count; k++) {
                sum -= Vectors.dot(gradient[k], d[k]);
            }
            return sum;
        }
    }

    /** The smallest share of any endmember, and how many pixels have a negative one. */
    private final class Least {
        private final Abundances abundances;
        private double share = Double.POSITIVE_INFINITY;
        private long outside;

        Least(double[][] q) {
            this.abundances = new Abundances(q);
        }

        void add(double[][] planes, int[] pixels, int size) {
            double[][] a = abundances.of(planes, size);
            for (int i = 0; i < size; i++) {
                double sum = abundances.sum(i);
                if (sum > BLACK) {
                    double least = a[0][i];
                    for (double[] plane : a) {
                        least = Math.min(least, plane[i]);
                    }
                    share = Math.min(share, least / sum);
                    outside += least < -ROUNDING * sum ? 1 : 0;
                }
            }
        }

        Least join(Least later) {
            share = Math.min(share, later.share);
            outside += later.outside;
            return this;
        }
    }

    /** The pixel with the largest share of endmember k. */
    private final class Purest {
        private final Abundances abundances;
        private final int k;
        private final List<Integer> taken;
        private double share = Double.NEGATIVE_INFINITY;
        private int pixel = -1;

        Purest(double[][] q, int k, List<Integer> taken) {
            this.abundances = new Abundances(q);
            this.k = k;
            this.taken = taken;
        }

        void add(double[][] planes, int[] pixels, int size) {
            double[][] a = abundances.of(planes, size);
            for (int i = 0; i < size; i++) {
                double sum = abundances.sum(i);
                offer(sum > BLACK ? a[k][i] / sum : -Double.MAX_VALUE, pixels[i]);
            }
        }

        private void offer(double candidate, int number) {
            if (candidate > share && !taken.contains(number)) {
                share = candidate;
                pixel = number;
            }
        }

        Purest join(Purest later) {
            offer(later.share, later.pixel);
            return this;
        }
    }
}
