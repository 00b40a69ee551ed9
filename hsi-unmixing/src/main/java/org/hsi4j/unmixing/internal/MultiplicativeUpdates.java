package org.hsi4j.unmixing.internal;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;

/**
 * Non-negative factors of a scene by multiplicative updates, Y = M A + rest.
 *
 * <p>All is done in units of the root mean square norm of a pixel, with columns of M of norm one over the channels that
 * are no mere noise. With r_l the residual of
 * channel l, L channels and N pixels it minimises
 *
 * <pre>
 *   1/N ( 1/2 sum_l ||r_l||^2  or  sqrt(N/L) sum_l ||r_l||
 *         + sparsity sum_n sum_k (||m_k|| a_kn + e)^q_n
 *         + smoothness/2 sum_k ||m_k||^2 sum_ij w_ij (a_ki - a_kj)^2 )
 * </pre>
 *
 * <p>The norms of the columns make every term blind to what is moved from a column of M to its row of A, so that bringing the
 * columns back to norm one after each iteration changes nothing and a penalty cannot be evaded by making A small and M large.
 * Each update minimises a separable quadratic that touches the objective at the present factors and lies above it elsewhere;
 * so no iteration makes it rise. For a norm below {@value #CORNER} sqrt(N/L) the parabola of that corner stands.
 *
 * <p>An iteration is one pass over the scene: M'UY, the new abundances, and then YA' and AA' from them, which is all that the
 * update of M, the residual of each channel and the objective need.
 */
public final class MultiplicativeUpdates {
    /** Smallest factor: a multiplication cannot bring back what is zero, and denormal numbers are slow. */
    private static final double FLOOR = 1e-12;

    /** Abundances at the start are at least this, so that what the start left out can grow. */
    private static final double LEAST_START = 1e-2;

    /** Keeps the power of a vanishing abundance differentiable. */
    private static final double ROUNDING = 1e-6;

    /** Residual norm of a channel, in units of the root mean square norm of a channel, below which it counts squared. */
    private static final double CORNER = 1e-3;

    /** Keeps 0 / 0 from a factor that nothing pulls at. */
    private static final double TINY = Double.MIN_NORMAL;

    /** Share of a noise channel in the norm of a column: without any, a column of noise alone could not be brought to norm one. */
    private static final double NOISE_SHARE = 1e-2;

    private static final int BLOCK = 4096;

    private final Cube cube;
    private final RunContext context;
    private final UpdateRules rules;
    private final int p;
    private final int bands;
    private final double[][] m;
    private final BitSet measured;
    private final double[] norms;
    private final double[] power;
    private final double[] weights;
    private final double[] scale;
    private final double[] guidance;
    private final double[][] slope;
    private final NeighbourGraph graph;
    private final Queue<Work> idle = new ConcurrentLinkedQueue<>();
    private final List<Double> objective = new ArrayList<>();
    private double[][] a;
    private double[][] next;
    private long count;
    private double unit;
    private boolean converged;

    /**
     * Starts from endmembers and abundances.
     *
     * @param cube the scene
     * @param endmembers bands x p
     * @param abundances p x pixels, NaN at invalid pixels; used up
     * @param measured the channels that are no mere noise; the others hardly count in the norm of a column
     * @param rules what to minimise
     * @param context threads, progress, cancellation and memory limit
     */
    public MultiplicativeUpdates(
            Cube cube,
            double[][] endmembers,
            double[][] abundances,
            BitSet measured,
            UpdateRules rules,
            RunContext context) {
        this.cube = cube;
        this.measured = measured;
        this.context = context;
        this.rules = rules;
        this.p = abundances.length;
        this.bands = cube.bands();
        boolean smooth = rules.smoothness() > 0;
        int planes = 1 + (smooth ? 1 : 0) + (rules.sparsity() > 0 ? 1 : 0);
        context.requireMemory(8L * cube.pixels() * (planes * p + (smooth ? 5 : 0)), "the abundances of the iteration");
        this.m = new double[p][bands];
        this.norms = new double[p];
        this.power = new double[bands];
        this.weights = new double[bands];
        this.scale = new double[p];
        this.a = abundances;
        this.next = smooth ? new double[p][cube.pixels()] : abundances;
        this.slope = rules.sparsity() > 0 ? new double[p][cube.pixels()] : new double[0][];
        this.guidance = rules.isGuided() ? new double[cube.pixels()] : new double[0];
        measure();
        this.graph = smooth ? NeighbourGraph.of(cube, rules.width() * unit, quiet()) : NeighbourGraph.none();
        begin(endmembers);
    }

    private RunContext quiet() {
        return context.withProgress((stage, done, total) -> {});
    }

    /** The power of each channel and the unit. */
    private void measure() {
        Power sums = Tiles.reduce(cube, quiet(), "power", () -> new Power(bands), Power::add, Power::join);
        count = sums.count;
        double total = Arrays.stream(sums.power).sum();
        unit = total > 0 ? Math.sqrt(total / count) : 1;
        for (int l = 0; l < bands; l++) {
            power[l] = sums.power[l] / (unit * unit);
        }
    }

    private void begin(double[][] endmembers) {
        for (int k = 0; k < p; k++) {
            double sum = 0;
            for (int l = 0; l < bands; l++) {
                double v = Math.max(0, endmembers[l][k]);
                sum += share(l) * v * v;
            }
            norms[k] = sum > 0 ? Math.sqrt(sum) : unit;
            for (int l = 0; l < bands; l++) {
                m[k][l] = Math.max(FLOOR, endmembers[l][k] / norms[k]);
            }
            scale[k] = norms[k] / unit;
            for (int i = 0; i < a[k].length; i++) {
                a[k][i] = Math.max(LEAST_START, a[k][i]); // NaN stays NaN
            }
        }
        Arrays.fill(weights, 1);
    }

    /**
     * Iterates to the end.
     *
     * @param stage what is being done, for the listener
     * @return this
     */
    public MultiplicativeUpdates run(String stage) {
        context.progress(stage, 0, rules.maxIterations());
        learn();
        Sums sums = pass(false);
        double[] energy = graph.energy(a, scale, quiet());
        weigh(residuals(sums.cross, sums.gram));
        objective.add(objective(sums, penalise(), energy));
        for (int t = 0; t < rules.maxIterations() && !converged; t++) {
            if (t > 0 && rules.isGuided() && t % rules.refresh() == 0) {
                learn();
                penalise();
            }
            iterate();
            double before = objective.get(t);
            // A new guidance map makes the objective another one, and then a small step says nothing.
            boolean comparable = !rules.isGuided() || t % rules.refresh() != 0;
            converged = comparable && before - objective.get(t + 1) <= rules.tolerance() * before;
            context.progress(stage, t + 1L, rules.maxIterations());
        }
        return this;
    }

    private void iterate() {
        Sums sums = pass(true);
        double[][] used = a;
        a = next;
        next = rules.smoothness() > 0 ? used : a;
        Arrays.fill(scale, 1);
        double[] energy = graph.energy(a, scale, quiet());
        updateEndmembers(sums, energy);
        double[] residuals = residuals(sums.cross, sums.gram);
        weigh(residuals);
        normalise(energy);
        objective.add(loss(residuals)
                + (penalise() + 0.5 * rules.smoothness() * Arrays.stream(energy).sum()) / count);
    }

    private double objective(Sums sums, double penalty, double[] energy) {
        return loss(residuals(sums.cross, sums.gram))
                + (penalty + 0.5 * rules.smoothness() * Arrays.stream(energy).sum()) / count;
    }

    /** M after YA' and AA'; the penalties enter through the norms of its columns. */
    private void updateEndmembers(Sums sums, double[] energy) {
        double[] fit = new double[p];
        for (int l = 0; l < bands; l++) {
            for (int k = 0; k < p; k++) {
                fit[k] = 0;
                for (int j = 0; j < p; j++) {
                    fit[k] += sums.gram[k][j] * m[j][l];
                }
            }
            for (int k = 0; k < p; k++) {
                double cross = sums.cross[k][l];
                double pressure = sums.slope[k] + rules.smoothness() * energy[k];
                double up = weights[l] * Math.max(0, cross);
                double down = weights[l] * (fit[k] + Math.max(0, -cross)) + share(l) * pressure * m[k][l];
                m[k][l] = Math.max(FLOOR, m[k][l] * up / (down + TINY));
            }
        }
    }

    /** ||r_l||^2 = ||y_l||^2 - 2 m_l (YA')_l' + m_l AA' m_l', free of negative rounding. */
    private double[] residuals(double[][] cross, double[][] gram) {
        double[] norm = new double[bands];
        for (int l = 0; l < bands; l++) {
            double sum = power[l];
            for (int k = 0; k < p; k++) {
                double fit = 0;
                for (int j = 0; j < p; j++) {
                    fit += gram[k][j] * m[j][l];
                }
                sum += m[k][l] * (fit - 2 * cross[k][l]);
            }
            norm[l] = Math.sqrt(Math.max(0, sum));
        }
        return norm;
    }

    private double share(int channel) {
        return measured.get(channel) ? 1 : NOISE_SHARE;
    }

    private double channel() {
        return Math.sqrt((double) count / bands);
    }

    private void weigh(double[] residuals) {
        if (rules.robust()) {
            for (int l = 0; l < bands; l++) {
                weights[l] = channel() / Math.max(residuals[l], CORNER * channel());
            }
        }
    }

    private double loss(double[] residuals) {
        double sum = 0;
        double corner = CORNER * channel();
        for (double r : residuals) {
            if (rules.robust()) {
                sum += channel() * (r >= corner ? r : 0.5 * (r * r / corner + corner));
            } else {
                sum += 0.5 * r * r;
            }
        }
        return sum / count;
    }

    /** Columns of norm one; what is taken from them waits in the scale of the abundances. */
    private void normalise(double[] energy) {
        for (int k = 0; k < p; k++) {
            double sum = 0;
            for (int l = 0; l < bands; l++) {
                sum += share(l) * m[k][l] * m[k][l];
            }
            scale[k] = Math.sqrt(sum);
            energy[k] *= sum;
            for (int l = 0; l < bands; l++) {
                m[k][l] /= scale[k];
            }
        }
    }

    /** The sparsity term, and its slope at every abundance for the next update. */
    private double penalise() {
        if (rules.sparsity() == 0) {
            return 0;
        }
        double[] parts = blocks("sparsity", (from, to) -> {
            double sum = 0;
            for (int k = 0; k < p; k++) {
                for (int i = from; i < to; i++) {
                    double x = scale[k] * a[k][i] + ROUNDING;
                    double q = exponent(i);
                    double power = rules.sparsity() * slope(x, q);
                    slope[k][i] = q * power;
                    sum += Double.isNaN(x) ? 0 : power * x;
                }
            }
            return sum;
        });
        return Arrays.stream(parts).sum();
    }

    private double exponent(int pixel) {
        return rules.isGuided() ? 1 - guidance[pixel] : rules.exponent();
    }

    /** x to the power q - 1. */
    private static double slope(double x, double q) {
        if (q == 1) {
            return 1;
        }
        return q == 0.5 ? 1 / Math.sqrt(x) : Math.pow(x, q - 1);
    }

    /** The guidance map from the abundances. */
    private void learn() {
        if (rules.isGuided()) {
            blocks("guidance", (from, to) -> {
                for (int i = from; i < to; i++) {
                    guidance[i] = sparseness(i);
                }
                return 0;
            });
        }
    }

    /** Hoyer's measure: zero for equal abundances, one for a single one. */
    private double sparseness(int pixel) {
        if (p == 1) {
            return Double.isNaN(a[0][pixel]) ? Double.NaN : 0;
        }
        double sum = 0;
        double squares = 0;
        for (int k = 0; k < p; k++) {
            double x = scale[k] * a[k][pixel];
            sum += x;
            squares += x * x;
        }
        double root = Math.sqrt(p);
        double h = (root - sum / Math.sqrt(squares + TINY)) / (root - 1);
        return h > 0 ? Math.min(1, h) : Double.isNaN(sum) ? Double.NaN : 0;
    }

    private interface Block {
        double run(int from, int to);
    }

    /** Work on the abundances alone, in blocks that do not depend on the number of threads. */
    private double[] blocks(String stage, Block work) {
        int blocks = (cube.pixels() + BLOCK - 1) / BLOCK;
        double[] parts = new double[blocks];
        Parallel.run(
                quiet(),
                stage,
                blocks,
                () -> work,
                (own, b) -> parts[b] = own.run(b * BLOCK, Math.min(cube.pixels(), (b + 1) * BLOCK)));
        return parts;
    }

    private Sums pass(boolean update) {
        double[][] products = new double[p][bands];
        double[][] gram = new double[p][p];
        for (int k = 0; k < p; k++) {
            for (int l = 0; l < bands; l++) {
                products[k][l] = weights[l] * m[k][l] / unit;
                for (int j = 0; j < p; j++) {
                    gram[k][j] += weights[l] * m[k][l] * m[j][l];
                }
            }
        }
        Sums sums = Tiles.reduce(
                cube,
                quiet(),
                "factors",
                () -> new Sums(p, bands),
                (own, tile) -> {
                    Work work = idle.poll();
                    if (work == null) {
                        work = new Work(p, bands, tile.capacity());
                    }
                    work.take(tile, a, scale);
                    if (update) {
                        work.multiply(products, gram, tile);
                        update(work, tile);
                        work.put(tile, next);
                    }
                    gather(work, tile, own);
                    idle.add(work);
                },
                Sums::join);
        for (double[] row : sums.cross) {
            for (int l = 0; l < bands; l++) {
                row[l] /= unit;
            }
        }
        return sums;
    }

    private void update(Work work, PixelTile tile) {
        int n = tile.size();
        for (int k = 0; k < p; k++) {
            Arrays.fill(work.up, 0, n, 0.0);
            Arrays.fill(work.down, 0, n, TINY);
            if (slope.length > 0) {
                for (int i = 0; i < n; i++) {
                    work.down[i] += slope[k][tile.pixel(i)];
                }
            }
            if (rules.smoothness() > 0) {
                graph.pull(a[k], rules.smoothness() * scale[k], tile, work.up, work.down);
            }
            step(work.abundances[k], work.fit[k], work.toward[k], work.up, work.down, n);
        }
    }

    private static void step(double[] x, double[] fit, double[] toward, double[] up, double[] down, int n) {
        for (int i = 0; i < n; i++) {
            double f = toward[i];
            x[i] = Math.max(FLOOR, x[i] * (up[i] + Math.max(0, f)) / (down[i] + fit[i] + Math.max(0, -f)));
        }
    }

    private void gather(Work work, PixelTile tile, Sums sums) {
        sums.add(work.products(tile));
        if (rules.sparsity() == 0) {
            return;
        }
        for (int k = 0; k < p; k++) {
            double sum = 0;
            double[] x = work.abundances[k];
            for (int i = 0; i < tile.size(); i++) {
                double q = exponent(tile.pixel(i));
                sum += q * slope(x[i] + ROUNDING, q) * x[i];
            }
            sums.slope[k] += rules.sparsity() * sum;
        }
    }

    /**
     * The endmembers.
     *
     * @return bands x p, each column of the norm that it had at the start
     */
    public double[][] endmembers() {
        double[][] result = new double[bands][p];
        for (int k = 0; k < p; k++) {
            for (int l = 0; l < bands; l++) {
                result[l][k] = m[k][l] * norms[k];
            }
        }
        return result;
    }

    /**
     * The abundances that go with the endmembers.
     *
     * @return p x pixels, NaN at invalid pixels
     */
    public double[][] abundances() {
        double[][] result = new double[p][];
        for (int k = 0; k < p; k++) {
            double factor = scale[k] * unit / norms[k];
            result[k] = Arrays.stream(a[k]).map(x -> x * factor).toArray();
        }
        return result;
    }

    /**
     * The objective at the start and after each iteration.
     *
     * @return at least one value
     */
    public List<Double> objective() {
        return List.copyOf(objective);
    }

    /**
     * Whether it ended by its own rule.
     *
     * @return false when the iterations were used up
     */
    public boolean converged() {
        return converged;
    }

    /**
     * The sparseness of the abundances of each pixel that its exponent came from.
     *
     * @return one value a pixel, from 0 to 1; NaN at invalid pixels; empty when none was learnt
     */
    public double[] guidance() {
        return guidance.clone();
    }

    /**
     * How much each channel counts, relative to the median one.
     *
     * @return one value a band
     */
    public double[] channelWeights() {
        double[] sorted = weights.clone();
        Arrays.sort(sorted);
        double median = 0.5 * (sorted[(bands - 1) / 2] + sorted[bands / 2]);
        return Arrays.stream(weights).map(w -> w / median).toArray();
    }

    /** Sum of squares of each channel, and the number of valid pixels. */
    private static final class Power {
        private final double[] power;
        private long count;

        Power(int bands) {
            power = new double[bands];
        }

        void add(PixelTile tile) {
            for (int l = 0; l < power.length; l++) {
                double[] plane = tile.planes()[l];
                double sum = 0;
                for (int i = 0; i < tile.size(); i++) {
                    sum += plane[i] * plane[i];
                }
                power[l] += sum;
            }
            count += tile.size();
        }

        Power join(Power later) {
            for (int l = 0; l < power.length; l++) {
                power[l] += later.power[l];
            }
            count += later.count;
            return this;
        }
    }

    /** What one pass gathers: AY', AA' and the pressure of the sparsity on each column. */
    private static final class Sums {
        private final double[][] cross;
        private final double[][] gram;
        private final double[] slope;

        Sums(int p, int bands) {
            cross = new double[p][bands];
            gram = new double[p][p];
            slope = new double[p];
        }

        void add(double[][] products) {
            for (int k = 0; k < cross.length; k++) {
                int bands = cross[k].length;
                for (int l = 0; l < bands; l++) {
                    cross[k][l] += products[k][l];
                }
                for (int j = 0; j < gram.length; j++) {
                    gram[k][j] += products[k][bands + j];
                }
            }
        }

        Sums join(Sums later) {
            for (int k = 0; k < cross.length; k++) {
                for (int l = 0; l < cross[k].length; l++) {
                    cross[k][l] += later.cross[k][l];
                }
                for (int j = 0; j < gram.length; j++) {
                    gram[k][j] += later.gram[k][j];
                }
                slope[k] += later.slope[k];
            }
            return this;
        }
    }

    /** One thread's buffers. */
    private static final class Work {
        private final double[][] abundances;
        private final double[][] toward;
        private final double[][] fit;
        private final double[][] rows;
        private final double[][] products;
        private final double[] up;
        private final double[] down;

        Work(int p, int bands, int capacity) {
            abundances = new double[p][capacity];
            toward = new double[p][capacity];
            fit = new double[p][capacity];
            rows = new double[capacity][bands + p];
            products = new double[p][bands + p];
            up = new double[capacity];
            down = new double[capacity];
        }

        void take(PixelTile tile, double[][] planes, double[] scale) {
            for (int k = 0; k < planes.length; k++) {
                for (int i = 0; i < tile.size(); i++) {
                    abundances[k][i] = scale[k] * planes[k][tile.pixel(i)];
                }
            }
        }

        void put(PixelTile tile, double[][] planes) {
            for (int k = 0; k < planes.length; k++) {
                tile.scatter(abundances[k], planes[k]);
            }
        }

        void multiply(double[][] weights, double[][] gram, PixelTile tile) {
            Kernels.best().multiply(weights, tile.planes(), tile.size(), toward);
            Kernels.best().multiply(gram, abundances, tile.size(), fit);
        }

        /** A [Y; A]', by turning the tile into pixels, so that the long side is the one that is vectorised. */
        double[][] products(PixelTile tile) {
            int n = tile.size();
            int bands = tile.bands();
            turn(tile.planes(), n, 0);
            turn(abundances, n, bands);
            double[][] in = n == rows.length ? rows : Arrays.copyOf(rows, n);
            Kernels.best().multiply(abundances, in, bands + abundances.length, products);
            return products;
        }

        private void turn(double[][] planes, int n, int offset) {
            int b = 0;
            for (; b + 4 <= planes.length; b += 4) {
                double[] p0 = planes[b];
                double[] p1 = planes[b + 1];
                double[] p2 = planes[b + 2];
                double[] p3 = planes[b + 3];
                for (int i = 0; i < n; i++) {
                    double[] row = rows[i];
                    row[offset + b] = p0[i];
                    row[offset + b + 1] = p1[i];
                    row[offset + b + 2] = p2[i];
                    row[offset + b + 3] = p3[i];
                }
            }
            for (; b < planes.length; b++) {
                double[] plane = planes[b];
                for (int i = 0; i < n; i++) {
                    rows[i][offset + b] = plane[i];
                }
            }
        }
    }
}
