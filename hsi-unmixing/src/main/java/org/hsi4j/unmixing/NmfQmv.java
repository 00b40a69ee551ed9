package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;

/**
 * Matrix factorisation with a quadratic minimum volume term whose weight is found by itself (NMF-QMV): a simplex near all
 * pixels that is as small as they let it be,
 *
 * <blockquote>min over V, A of 1/N ||X - V A||<sup>2</sup> + w/p ||V H - O||<sup>2</sup>, A &gt;= 0, 1'A = 1',</blockquote>
 *
 * <p>X being N pixels in the p - 1 dimensions of the signal subspace about their mean, V the p corners. The second term is the
 * {@link QuadraticVolume}: H = I and O the corners of the start, H = I and O = 0, or H = I - 11'/p and O = 0. It needs no
 * pure pixels.
 *
 * <p><b>The weight.</b> With a large w the simplex is too small and many pixels stay outside; with a small one it is as large as
 * the noise makes it. The problem is solved for w = 0.1, 0.05, 0.025, ..., each from the corners of the one before, and the first
 * w is taken with which no more than the share {@link #outside()} of the pixels are outside: then all facets touch the pixels,
 * and the simplex still holds them. {@link #withWeight} gives one instead.
 *
 * <p><b>Coordinates.</b> Each axis of the pixels is divided by their spread along it. So the answer does not depend on the unit of
 * the scene, and a sum of squares of the corners stands for a volume better than in reflectance, where the first axis is all that
 * counts: on the simulated scene without pure pixels the best weight leaves 0.3 degrees to the truth, without the division
 * 1.5 to 1.9, and the iteration takes a tenth of the steps.
 *
 * <p>For the corners at hand the abundances are exact ({@link Fcls}); for these the corners have a closed form. The step
 * from one set of corners to the next is doubled as long as the objective falls. So it never rises while w stays, and
 * {@link Factorization#objective()} holds it for the last w. The start is {@link Vca}. The problem is not convex.
 *
 * <p>What {@link SimplexProjection#PROJECTIVE} is for holds here too: choose it for scenes with shade. The mean spectral angle to
 * the truth in degrees by default and with it: 0.6 and 3.1 on the simulated scene of 30 dB without pure pixels, 35 and 8 on
 * Samson. The corners then have the brightness at which all pixels come nearest to abundances that sum to one.
 *
 * <p>The endmembers may have negative samples. The abundances of the result are those of {@link #abundances()} for the
 * endmembers, FCLS by default. The figures {@code weight} and {@code outside} tell w and the share. One endmember, or a scene of
 * equal pixels, gives the mean (a note says so); a scene that spans fewer dimensions gives one of the minimisers. Invalid pixels
 * are left out and NaN in the maps.
 *
 * <p>Costs those of the start and B<sup>2</sup> + 2 B p flops a pixel in two passes over the scene, then about 6 p<sup>2</sup>
 * and a FCLS in p - 1 bands a pixel and step, with about 10 steps a weight and 10 weights; 8 p bytes a pixel. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Factorization f = NmfQmv.withDefaults().unmix(scene, 5, RunContext.defaults());
 * }</pre>
 */
public final class NmfQmv implements BlindUnmixer {
    private static final NmfQmv DEFAULTS = new NmfQmv(
            QuadraticVolume.TOTAL_VARIANCE,
            SimplexProjection.AFFINE,
            OptionalDouble.empty(),
            0.05,
            Vca.withDefaults(),
            Fcls.withDefaults(),
            100,
            1e-6);

    /** The first weight: with it the simplex is a fraction of the scene. */
    private static final double FIRST = 0.1;

    /** With the last weight the volume counts no more. */
    private static final double LAST = 1e-8;

    private final QuadraticVolume volume;
    private final SimplexProjection projection;
    private final OptionalDouble weight;
    private final double outside;
    private final EndmemberExtractor start;
    private final AbundanceSolver abundances;
    private final int maxIterations;
    private final double tolerance;

    @SuppressWarnings("TooManyParameters") // every option is one
    private NmfQmv(
            QuadraticVolume volume,
            SimplexProjection projection,
            OptionalDouble weight,
            double outside,
            EndmemberExtractor start,
            AbundanceSolver abundances,
            int maxIterations,
            double tolerance) {
        this.volume = volume;
        this.projection = projection;
        this.weight = weight;
        this.outside = outside;
        this.start = start;
        this.abundances = abundances;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    /**
     * The variance of the corners as the volume, 5 % of the pixels outside, affine coordinates, at most 100 steps a weight,
     * tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static NmfQmv withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another volume term.
     *
     * @param term {@link QuadraticVolume#TOTAL_VARIANCE} by default
     * @return new method
     */
    public NmfQmv withVolume(QuadraticVolume term) {
        return new NmfQmv(
                Objects.requireNonNull(term, "volume"),
                projection,
                weight,
                outside,
                start,
                abundances,
                maxIterations,
                tolerance);
    }

    /**
     * With other coordinates.
     *
     * @param newProjection {@link SimplexProjection#AFFINE} by default, as published; {@link SimplexProjection#PROJECTIVE}
     *     for scenes with shade
     * @return new method
     */
    public NmfQmv withProjection(SimplexProjection newProjection) {
        return new NmfQmv(
                volume,
                Objects.requireNonNull(newProjection, "projection"),
                weight,
                outside,
                start,
                abundances,
                maxIterations,
                tolerance);
    }

    /**
     * With a weight instead of the rule for it.
     *
     * @param newWeight w, above zero
     * @return new method
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public NmfQmv withWeight(double newWeight) {
        if (!(newWeight > 0 && newWeight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the weight must be a number above 0, not " + newWeight);
        }
        return new NmfQmv(
                volume, projection, OptionalDouble.of(newWeight), outside, start, abundances, maxIterations, tolerance);
    }

    /**
     * With another share of the pixels outside the simplex.
     *
     * @param share above zero and below one; .05 by default, which is right for scenes with noise of 30 dB and tells nothing of
     *     scenes without any
     * @return new method
     * @throws IllegalArgumentException if the share is not between zero and one
     */
    public NmfQmv withOutside(double share) {
        if (!(share > 0 && share < 1)) {
            throw new IllegalArgumentException("the share of pixels outside must be above 0 and below 1, not " + share);
        }
        return new NmfQmv(volume, projection, weight, share, start, abundances, maxIterations, tolerance);
    }

    /**
     * Another start.
     *
     * @param extractor finds the endmembers of the start; {@link Vca} by default
     * @return new method
     */
    public NmfQmv withStart(EndmemberExtractor extractor) {
        return new NmfQmv(
                volume,
                projection,
                weight,
                outside,
                Objects.requireNonNull(extractor, "extractor"),
                abundances,
                maxIterations,
                tolerance);
    }

    /**
     * Other abundances of the result.
     *
     * @param solver finds them for the endmembers; {@link Fcls} by default
     * @return new method
     */
    public NmfQmv withAbundances(AbundanceSolver solver) {
        return new NmfQmv(
                volume,
                projection,
                weight,
                outside,
                start,
                Objects.requireNonNull(solver, "solver"),
                maxIterations,
                tolerance);
    }

    /**
     * Another limit for the steps.
     *
     * @param iterations for each weight, at least 1; default 100
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public NmfQmv withMaxIterations(int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, not " + iterations);
        }
        return new NmfQmv(volume, projection, weight, outside, start, abundances, iterations, tolerance);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one step that ends the search for a weight, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public NmfQmv withTolerance(double decrease) {
        return new NmfQmv(
                volume,
                projection,
                weight,
                outside,
                start,
                abundances,
                maxIterations,
                MultiplicativeSetup.requireWeight(decrease, "tolerance"));
    }

    /**
     * The volume term.
     *
     * @return the term
     */
    public QuadraticVolume volume() {
        return volume;
    }

    /**
     * The coordinates of the pixels.
     *
     * @return the projection
     */
    public SimplexProjection projection() {
        return projection;
    }

    /**
     * The weight of the volume.
     *
     * @return w; empty when the rule finds it
     */
    public OptionalDouble weight() {
        return weight;
    }

    /**
     * The share of the pixels that the rule for the weight leaves outside.
     *
     * @return above zero and below one
     */
    public double outside() {
        return outside;
    }

    /**
     * What finds the endmembers of the start.
     *
     * @return the extractor
     */
    public EndmemberExtractor start() {
        return start;
    }

    /**
     * What finds the abundances of the result.
     *
     * @return the solver
     */
    public AbundanceSolver abundances() {
        return abundances;
    }

    /**
     * Most steps for a weight.
     *
     * @return at least 1
     */
    public int maxIterations() {
        return maxIterations;
    }

    /**
     * The relative decrease of the objective that ends the search for a weight.
     *
     * @return at least 0
     */
    public double tolerance() {
        return tolerance;
    }

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        long began = System.nanoTime();
        MeanScatter statistics = Found.statistics(cube, count, context);
        Diagnostics diagnostics = Found.noteRank(Diagnostics.none(), statistics, count);
        boolean affine = projection == SimplexProjection.AFFINE;
        Reduction reduction =
                affine ? Reduction.affine(statistics, count - 1) : Reduction.normalised(statistics, count);
        if (count > 1) {
            Sphere sphere = Sphere.of(Cloud.of(cube, reduction, context), count - 1, affine, context);
            if (sphere.dimension() > 0) {
                diagnostics = diagnostics.since(began);
                Extraction first = start.extract(cube, count, context);
                Corners search = search(sphere, corners(first, reduction, sphere), context);
                List<double[]> spectra = new ArrayList<>();
                for (double[] corner : search.corners()) {
                    double[] z = sphere.outside(corner);
                    spectra.add(reduction.spectrum(affine ? z : bright(z, reduction, statistics)));
                }
                Diagnostics found = search.diagnostics()
                        .note("nmf-qmv started from " + start.name())
                        .since(began);
                return result(
                        cube,
                        spectra,
                        search.objective(),
                        found.after(first.diagnostics()).after(diagnostics),
                        context);
            }
        }
        List<double[]> means = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            means.add(statistics.mean());
        }
        return result(
                cube,
                means,
                List.of(),
                diagnostics
                        .note("there is no simplex to look for; each endmember is the mean of the scene")
                        .since(began),
                context);
    }

    /** What a search ends with, in the coordinates of the sphere. */
    @SuppressWarnings("ArrayRecordComponent") // never handed out of the package and never compared
    record Corners(double[][] corners, List<Double> objective, Diagnostics diagnostics) {}

    /** Searches from given corners; none gets lost, and their order stays. */
    Corners search(Sphere sphere, double[][] first, RunContext context) {
        Search search = new Search(sphere, first);
        search.run(context);
        return new Corners(search.state.fit().corners(), search.objective, search.diagnostics());
    }

    /** Endmembers in the coordinates of a sphere. */
    static double[][] corners(Extraction first, Reduction reduction, Sphere sphere) {
        return first.projected().spectra().stream()
                .map(s -> sphere.inside(reduction.coordinates(s.toArray())))
                .toArray(double[][]::new);
    }

    /**
     * A corner of the projective simplex with the brightness of its material, or with that of the mean pixel where this would be
     * more than ten times as much.
     */
    private static double[] bright(double[] corner, Reduction reduction, MeanScatter statistics) {
        double along = MinimumVolume.along(corner, reduction, statistics);
        double mean = 0;
        for (double[] u : reduction.basis()) {
            mean += Arrays.stream(u).sum() * Vectors.dot(u, statistics.mean());
        }
        Vectors.scale(corner, along * mean > 0.1 ? 1 / along : mean);
        return corner;
    }

    private Factorization result(
            Cube cube, List<double[]> values, List<Double> objective, Diagnostics diagnostics, RunContext context) {
        Endmembers endmembers = Found.endmembers(cube, values);
        Abundances found = abundances.solve(cube, endmembers, context);
        AbundanceMaps maps = found.maps();
        return new Factorization(
                endmembers,
                maps,
                objective,
                found.brightness().stream().toList(),
                List.of(),
                found.diagnostics().after(diagnostics));
    }

    @Override
    public String name() {
        return "nmf-qmv";
    }

    @Override
    public String summary() {
        return "NMF-QMV: a simplex near all pixels of little quadratic volume, whose weight is found by itself.";
    }

    @Override
    public String reference() {
        return "Zhuang, Lin, Figueiredo and Bioucas-Dias, Regularization parameter selection in minimum volume hyperspectral "
                + "unmixing, IEEE TGRS 57(12), 2019";
    }

    /** Corners, what their fit gathers, and the objective for the weight at hand. */
    private record State(Sphere.Fit fit, double objective) {}

    private final class Search {
        private final Sphere sphere;
        private final double[][] first;
        private final List<Double> objective = new ArrayList<>();
        private State state;
        private double w;
        private double factor = 1;
        private long steps;
        private boolean converged;

        Search(Sphere sphere, double[][] first) {
            this.sphere = sphere;
            this.first = first;
            this.w = weight.orElse(FIRST);
            this.state = new State(sphere.fit(first), 0);
        }

        void run(RunContext context) {
            minimise(context);
            while (weight.isEmpty() && state.fit().outside() > outside && w > LAST) {
                w /= 2;
                minimise(context);
            }
        }

        private void minimise(RunContext context) {
            objective.clear();
            factor = 1;
            state = of(state.fit());
            objective.add(state.objective());
            converged = false;
            for (int i = 0; i < maxIterations && !converged; i++) {
                context.progress(name(), i, maxIterations);
                context.checkCancelled();
                double before = state.objective();
                step();
                steps++;
                objective.add(state.objective());
                converged = before - state.objective() <= tolerance * before;
            }
        }

        /** Toward the best corners for the abundances at hand, and beyond as long as that pays. */
        private void step() {
            double[][] here = state.fit().corners();
            double[][] best = best();
            factor = Math.min(1024, factor * 2);
            State next = of(sphere.fit(between(here, best)));
            while (!(next.objective() <= state.objective()) && factor > 1) {
                factor = Math.max(1, factor / 4);
                next = of(sphere.fit(between(here, best)));
            }
            if (next.objective() <= state.objective()) {
                state = next;
            }
        }

        private double[][] between(double[][] here, double[][] best) {
            double[][] result = new double[here.length][];
            for (int k = 0; k < here.length; k++) {
                result[k] = here[k].clone();
                for (int d = 0; d < result[k].length; d++) {
                    result[k][d] += factor * (best[k][d] - here[k][d]);
                }
            }
            return result;
        }

        /** The corners with V (AA'/N + w/p HH') = XA'/N + w/p O H'. */
        private double[][] best() {
            int p = first.length;
            double[][] left = new double[p][p];
            for (int k = 0; k < p; k++) {
                for (int j = 0; j < p; j++) {
                    left[k][j] = state.fit().gram(k, j);
                    if (volume == QuadraticVolume.TOTAL_VARIANCE) {
                        left[k][j] -= w / p / p;
                    }
                }
                left[k][k] += w / p;
            }
            // Regular but for rounding: only equal numbers have no variance, and for these the Gram matrix gives one.
            Optional<double[][]> factor = Dense.cholesky(left);
            return factor.isPresent() ? solve(factor.get()) : state.fit().corners();
        }

        private double[][] solve(double[][] lower) {
            int p = first.length;
            double[][] best = new double[p][sphere.dimension()];
            double[] row = new double[p];
            for (int d = 0; d < sphere.dimension(); d++) {
                for (int k = 0; k < p; k++) {
                    row[k] = state.fit().cross(k, d) + (volume == QuadraticVolume.BOUNDARY ? w / p * first[k][d] : 0);
                }
                Dense.solve(lower, row);
                for (int k = 0; k < p; k++) {
                    best[k][d] = row[k];
                }
            }
            return best;
        }

        private State of(Sphere.Fit fit) {
            return new State(fit, fit.misfit() + w * size(fit.corners()));
        }

        private double size(double[][] corners) {
            int p = corners.length;
            double sum = 0;
            for (int d = 0; d < sphere.dimension(); d++) {
                double mean = 0;
                for (double[] corner : corners) {
                    mean += corner[d] / p;
                }
                for (int k = 0; k < p; k++) {
                    double from = switch (volume) {
                        case BOUNDARY -> first[k][d];
                        case CENTER -> 0;
                        case TOTAL_VARIANCE -> mean;
                    };
                    sum += (corners[k][d] - from) * (corners[k][d] - from) / p;
                }
            }
            return sum;
        }

        Diagnostics diagnostics() {
            Diagnostics found = new Diagnostics(converged, steps, java.time.Duration.ZERO, Map.of(), List.of())
                    .with("weight", w)
                    .with("outside", state.fit().outside())
                    .with("objective", state.objective());
            return weight.isEmpty() && state.fit().outside() > outside
                    ? found.note("no weight leaves as few pixels outside as asked for")
                    : found;
        }
    }
}
