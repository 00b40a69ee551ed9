package org.hsi4j.unmixing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;

/**
 * Minimum volume constrained non-negative matrix factorisation (MVC-NMF): minimises
 *
 * <blockquote>||Y - E A||<sup>2</sup> / (2 N v) + w/2 det<sup>2</sup>(Z), E &gt;= 0, A &gt;= 0, 1'A = 1',</blockquote>
 *
 * <p>N v being the sum of squares of the N pixels about their mean, and det(Z) the volume of the simplex of the endmembers in
 * the first p - 1 principal axes of the scene: Z has a row of 1/sqrt(p) and one row an axis, the coordinates about the mean
 * divided by the spread of the scene along it and by sqrt(p (p + 1)). In this unit a simplex evenly filled with pixels has the
 * volume one, so w does not depend on the unit of the scene. (The paper weighs det<sup>2</sup>/(p - 1)!, squared reflectance, by a
 * number to be tuned for each scene.)
 *
 * <p>The paper takes projected gradient steps with sums to one by an additional row of large weight. Here the abundances are exact
 * ({@link Fcls}), and each endmember in turn is exact too for the others and the abundances at hand: the determinant is linear in
 * one column, so what is left is a line search for one number. The objective never rises. The problem is not convex; the start is
 * {@link Vca}, negative samples of it set to zero.
 *
 * <p>The volume keeps the simplex from growing with the noise, and lets it leave the pixels where there are no pure ones.
 * Mean spectral angle to the truth in degrees on the simulated scene of 30 dB without pure pixels and on Samson:
 *
 * <table>
 * <caption>Weights and angles</caption>
 * <tr><th>w</th><th>mixed, 30 dB</th><th>Samson</th></tr>
 * <tr><td>.01</td><td>4.1</td><td>5.3</td></tr>
 * <tr><td>.001</td><td>1.8</td><td>13.7</td></tr>
 * <tr><td>.0001</td><td>1.5</td><td>24.5</td></tr>
 * </table>
 *
 * <p>With one endmember, or in a scene that spans fewer than p - 1 dimensions (a note says so), there is no volume to speak of and
 * its term is left out. An endmember that no pixel holds stays where it is. Invalid pixels are left out and NaN in the maps.
 *
 * <p>An iteration is one pass over the scene, 4 B p flops and an FCLS a pixel, and some 100 B p<sup>2</sup> flops besides. Nothing
 * is held a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * Factorization f = MvcNmf.withDefaults().withWeight(0.01).unmix(scene, 4, RunContext.defaults());
 * }</pre>
 */
public final class MvcNmf implements BlindUnmixer {
    private static final MvcNmf DEFAULTS = new MvcNmf(0.001, Vca.withDefaults(), 200, 1e-6);

    /** An axis along which the variance is less than this times the largest holds nothing but rounding. */
    private static final double FLAT = 1e-12;

    /** Rounds over the endmembers between two passes over the scene. */
    private static final int ROUNDS = 3;

    /** Halvings of an interval down to rounding. */
    private static final int HALVINGS = 60;

    private final double weight;
    private final EndmemberExtractor start;
    private final int maxIterations;
    private final double tolerance;

    private MvcNmf(double weight, EndmemberExtractor start, int maxIterations, double tolerance) {
        this.weight = weight;
        this.start = start;
        this.maxIterations = maxIterations;
        this.tolerance = tolerance;
    }

    /**
     * Starts from {@link Vca}; weight .001, at most 200 iterations, tolerance 10<sup>-6</sup>.
     *
     * @return the method
     */
    public static MvcNmf withDefaults() {
        return DEFAULTS;
    }

    /**
     * With another weight of the volume.
     *
     * @param newWeight w, at least zero; .001 by default, from the table above
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MvcNmf withWeight(double newWeight) {
        return new MvcNmf(MultiplicativeSetup.requireWeight(newWeight, "weight"), start, maxIterations, tolerance);
    }

    /**
     * Another start.
     *
     * @param extractor finds the endmembers of the start; {@link Vca} by default
     * @return new method
     */
    public MvcNmf withStart(EndmemberExtractor extractor) {
        return new MvcNmf(weight, Objects.requireNonNull(extractor, "extractor"), maxIterations, tolerance);
    }

    /**
     * Another limit for the iterations.
     *
     * @param iterations at least 1; default 200
     * @return new method
     * @throws IllegalArgumentException if it is smaller than 1
     */
    public MvcNmf withMaxIterations(int iterations) {
        if (iterations < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, not " + iterations);
        }
        return new MvcNmf(weight, start, iterations, tolerance);
    }

    /**
     * Another rule to stop.
     *
     * @param decrease the relative decrease of the objective in one iteration that ends the search, at least 0; default
     *     10<sup>-6</sup>
     * @return new method
     * @throws IllegalArgumentException if it is negative or not finite
     */
    public MvcNmf withTolerance(double decrease) {
        return new MvcNmf(weight, start, maxIterations, MultiplicativeSetup.requireWeight(decrease, "tolerance"));
    }

    /**
     * The weight of the volume.
     *
     * @return w, at least zero
     */
    public double weight() {
        return weight;
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
     * Most iterations.
     *
     * @return at least 1
     */
    public int maxIterations() {
        return maxIterations;
    }

    /**
     * The relative decrease of the objective that ends the search.
     *
     * @return at least 0
     */
    public double tolerance() {
        return tolerance;
    }

    @Override
    public Factorization unmix(Cube cube, int count, RunContext context) {
        MeanScatter statistics = Found.statistics(cube, count, context);
        Extraction first = start.extract(cube, count, context);
        long began = System.nanoTime();
        Search search = new Search(cube, first.projected(), statistics, context);
        boolean converged = search.run();
        List<Double> objective = search.objective;
        Diagnostics diagnostics = new Diagnostics(
                        converged,
                        objective.size() - 1L,
                        Duration.ZERO,
                        Map.of(),
                        List.of("mvc-nmf started from " + start.name()))
                .with("objective_at_start", objective.get(0))
                .with("objective", objective.get(objective.size() - 1))
                .with("volume", search.volume());
        if (count > 1 && search.axes.length == 0) {
            diagnostics =
                    diagnostics.note("the scene spans no simplex of " + count + " corners; its volume was left out");
        }
        Endmembers endmembers = Found.endmembers(cube, search.spectra());
        Diagnostics before = diagnostics.since(began).after(first.diagnostics());
        Abundances found = Fcls.withDefaults().solve(cube, endmembers, context);
        return new Factorization(
                endmembers,
                found.maps(),
                objective,
                List.of(),
                List.of(),
                found.diagnostics().after(before));
    }

    @Override
    public String name() {
        return "mvc-nmf";
    }

    @Override
    public String summary() {
        return "MVC-NMF: non-negative factors with sums of one and a simplex of little volume.";
    }

    @Override
    public String reference() {
        return "Miao and Qi, Endmember extraction from highly mixed data using minimum volume constrained nonnegative matrix "
                + "factorization, IEEE TGRS 45(3), 2007";
    }

    private final class Search {
        private final Cube cube;
        private final RunContext context;
        private final int p;
        private final int bands;
        private final double[] mean;
        private final double power;

        /** What takes a spectrum about the mean to its rows of Z; empty when the volume does not count. */
        private final double[][] axes;

        /** Endmembers about the mean, one row each. */
        private final double[][] e;

        private final List<Double> objective = new ArrayList<>();
        private double[][] cross = new double[0][];
        private double[][] gram = new double[0][];

        Search(Cube cube, Endmembers first, MeanScatter statistics, RunContext context) {
            this.cube = cube;
            this.context = context;
            this.p = first.count();
            this.bands = cube.bands();
            this.mean = statistics.mean();
            double[][] covariance = statistics.covariance();
            double variance = Math.pow(Found.spread(statistics), 2);
            this.power = variance;
            this.axes = axes(Dense.eigen(covariance));
            this.e = new double[p][bands];
            for (int k = 0; k < p; k++) {
                double[] spectrum = first.get(k).toArray();
                for (int b = 0; b < bands; b++) {
                    e[k][b] = Math.max(0, spectrum[b]) - mean[b];
                }
            }
        }

        private double[][] axes(Dense.Eigen eigen) {
            double[] values = eigen.values();
            if (p == 1 || weight == 0 || !(values[p - 2] > Math.max(Double.MIN_NORMAL, FLAT * values[0]))) {
                return new double[0][];
            }
            double[][] rows = new double[p - 1][];
            for (int i = 0; i < p - 1; i++) {
                rows[i] = eigen.vectors()[i].clone();
                Vectors.scale(rows[i], 1 / Math.sqrt(values[i] * p * (p + 1)));
            }
            return rows;
        }

        boolean run() {
            pass();
            for (int i = 0; i < maxIterations; i++) {
                context.progress(name(), i, maxIterations);
                for (int round = 0; round < ROUNDS; round++) {
                    for (int k = 0; k < p; k++) {
                        improve(k);
                    }
                }
                pass();
                double before = objective.get(i);
                if (before - objective.get(i + 1) <= tolerance * before) {
                    return true;
                }
            }
            return false;
        }

        /** The abundances for the endmembers at hand, and the objective. */
        private void pass() {
            AbundanceModel model = Fcls.withDefaults().fit(Found.endmembers(cube, spectra()));
            Gathered all = Tiles.reduce(
                    cube,
                    context.withProgress((stage, done, total) -> {}),
                    "factors",
                    () -> new Gathered(((PixelAbundanceModel) model).worker(), p, mean, PixelTile.capacityFor(bands)),
                    Gathered::add,
                    Gathered::join);
            cross = all.cross;
            gram = all.gram;
            double misfit = all.power;
            for (int k = 0; k < p; k++) {
                Vectors.scale(cross[k], 1 / (all.count * power));
                Vectors.scale(gram[k], 1 / (all.count * power));
            }
            misfit /= all.count * power;
            for (int k = 0; k < p; k++) {
                misfit -= 2 * Vectors.dot(e[k], cross[k]);
                for (int j = 0; j < p; j++) {
                    misfit += gram[k][j] * Vectors.dot(e[k], e[j]);
                }
            }
            objective.add(Math.max(0, misfit) / 2 + weight / 2 * volume());
        }

        /** det<sup>2</sup>(Z); zero where it does not count. */
        double volume() {
            if (axes.length == 0) {
                return 0;
            }
            double[] minors = minors(0);
            double det = value(minors, e[0]);
            return det * det;
        }

        private double value(double[] minors, double[] endmember) {
            double det = minors[0] / Math.sqrt(p);
            for (int i = 1; i < p; i++) {
                det += minors[i] * Vectors.dot(axes[i - 1], endmember);
            }
            return det;
        }

        /** What the determinant of Z multiplies the entries of column k by. */
        private double[] minors(int k) {
            double[][] z = new double[p][p];
            for (int j = 0; j < p; j++) {
                z[0][j] = 1 / Math.sqrt(p);
                for (int i = 1; i < p; i++) {
                    z[i][j] = Vectors.dot(axes[i - 1], e[j]);
                }
            }
            double[] minors = new double[p];
            DMatrixRMaj minor = new DMatrixRMaj(p - 1, p - 1);
            for (int row = 0; row < p; row++) {
                for (int i = 0; i < p - 1; i++) {
                    for (int j = 0; j < p - 1; j++) {
                        minor.set(i, j, z[i < row ? i : i + 1][j < k ? j : j + 1]);
                    }
                }
                minors[row] = ((row + k) % 2 == 0 ? 1 : -1) * CommonOps_DDRM.det(minor);
            }
            return minors;
        }

        /**
         * Endmember k for all else at hand: g/2 ||e - r||<sup>2</sup> + w/2 s<sup>2</sup> with s = q'e + c the determinant is
         * least at e = max(-mean, r - (w s/g) q), and s - q'e(s) rises with s.
         */
        private void improve(int k) {
            double g = gram[k][k];
            if (!(g * power > 1e-12)) {
                return;
            }
            double[] r = cross[k].clone();
            for (int j = 0; j < p; j++) {
                if (j != k) {
                    for (int b = 0; b < bands; b++) {
                        r[b] -= gram[k][j] * e[j][b];
                    }
                }
            }
            Vectors.scale(r, 1 / g);
            if (axes.length == 0) {
                put(r, r, 0, e[k]);
                return;
            }
            double[] minors = minors(k);
            double[] q = new double[bands];
            for (int i = 1; i < p; i++) {
                for (int b = 0; b < bands; b++) {
                    q[b] += minors[i] * axes[i - 1][b];
                }
            }
            double constant = minors[0] / Math.sqrt(p);
            put(r, q, 0, e[k]);
            double near = 0;
            double far = Vectors.dot(q, e[k]) + constant;
            double s = far;
            for (int i = 0; i < HALVINGS && near != far; i++) {
                s = 0.5 * (near + far);
                put(r, q, weight * s / g, e[k]);
                boolean tooFar = Math.abs(s) > Math.abs(Vectors.dot(q, e[k]) + constant)
                        || s * (Vectors.dot(q, e[k]) + constant) < 0;
                if (tooFar) {
                    far = s;
                } else {
                    near = s;
                }
            }
            put(r, q, weight * s / g, e[k]);
        }

        private void put(double[] r, double[] q, double along, double[] to) {
            for (int b = 0; b < bands; b++) {
                to[b] = Math.max(-mean[b], r[b] - along * q[b]);
            }
        }

        List<double[]> spectra() {
            List<double[]> spectra = new ArrayList<>();
            for (double[] row : e) {
                double[] spectrum = row.clone();
                Arrays.setAll(spectrum, b -> Math.max(0, row[b] + mean[b]));
                spectra.add(spectrum);
            }
            return spectra;
        }
    }

    /** Sums of a (y - mean)', a a' and ||y - mean||<sup>2</sup>. */
    private static final class Gathered {
        private final PixelAbundanceModel.Worker worker;
        private final double[] mean;
        private final double[][] a;
        private final double[][] cross;
        private final double[][] gram;
        private double power;
        private long count;

        Gathered(PixelAbundanceModel.Worker worker, int p, double[] mean, int capacity) {
            this.worker = worker;
            this.mean = mean;
            this.a = new double[p][capacity];
            this.cross = new double[p][mean.length];
            this.gram = new double[p][p];
        }

        void add(PixelTile tile) {
            worker.apply(tile, a);
            int n = tile.size();
            for (int b = 0; b < mean.length; b++) {
                double[] plane = tile.planes()[b];
                for (int i = 0; i < n; i++) {
                    plane[i] -= mean[b];
                    power += plane[i] * plane[i];
                }
                for (int k = 0; k < a.length; k++) {
                    cross[k][b] += product(a[k], plane, n);
                }
            }
            for (int k = 0; k < a.length; k++) {
                for (int j = 0; j < a.length; j++) {
                    gram[k][j] += product(a[k], a[j], n);
                }
            }
            count += n;
        }

        private static double product(double[] x, double[] y, int n) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += x[i] * y[i];
            }
            return sum;
        }

        Gathered join(Gathered later) {
            for (int k = 0; k < cross.length; k++) {
                for (int b = 0; b < mean.length; b++) {
                    cross[k][b] += later.cross[k][b];
                }
                for (int j = 0; j < gram.length; j++) {
                    gram[k][j] += later.gram[k][j];
                }
            }
            power += later.power;
            count += later.count;
            return this;
        }
    }
}
