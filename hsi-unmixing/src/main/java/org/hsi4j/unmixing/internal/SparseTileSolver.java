package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;

/**
 * Minimises ||C a - z||<sup>2</sup> / 2 + price sum |a| for the pixels of a tile, or sum |a| under a bound on ||C a - z||,
 * exactly. For one thread; keeps its buffers.
 *
 * <p>With a &gt;= 0 the sum of magnitudes is linear, so that this is a quadratic program like NNLS, and the active set of
 * NNLS solves it; where a may be negative it is split into two parts, of C and of -C. Every pixel is verified by the
 * conditions of Karush, Kuhn and Tucker, and one that fails is solved again by coordinate descent.
 *
 * <p><b>The bound.</b> As long as the set of positive abundances stays the same, ||C a - z||<sup>2</sup> is linear in the
 * square of the price: the price that meets the bound is the root of an increasing, piecewise linear function. It is found by
 * Newton's steps on the square of the price, which end on the right piece, inside a bracket that is halved when they leave it.
 */
public final class SparseTileSolver {
    /** Scaled residual of the conditions above which a pixel is solved again. */
    private static final double VERIFIED = 1e-11;

    /** The same above which a pixel that was solved again counts as given up. */
    private static final double GIVEN_UP = 1e-9;

    private static final int SWEEPS = 5_000;
    private static final int ROOT_STEPS = 60;

    private final double[][] columns;
    private final double[][] rows;
    private final int p;
    private final int split;
    private final double longest;
    private final GramActiveSet active;
    private final double[] z;
    private final double[] f;
    private final double[] work;
    private final double[] a;
    private final double[] residual;
    private double[] lengths = new double[0];
    private double[] prices = new double[0];
    private double[] worst = new double[0];
    private double[][] solution = new double[0][];
    private double[][] products = new double[0][];
    private double[][] rest = new double[0][];
    private long fallbacks;
    private long unconverged;
    private double optimality;

    /**
     * For columns.
     *
     * @param given C, p columns of r values; not changed later
     * @param positive whether a &gt;= 0
     */
    public SparseTileSolver(double[][] given, boolean positive) {
        this.split = given.length;
        this.columns = positive ? given : withNegatives(given);
        this.p = columns.length;
        int r = given[0].length;
        this.rows = new double[r][p];
        double most = 0;
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < r; k++) {
                rows[k][j] = columns[j][k];
            }
            most = Math.max(most, SupportFactors.norm(columns[j]));
        }
        this.longest = most;
        this.active = new GramActiveSet(columns, false);
        this.z = new double[r];
        this.f = new double[p];
        this.work = new double[p];
        this.a = new double[p];
        this.residual = new double[r];
    }

    private static double[][] withNegatives(double[][] given) {
        double[][] both = Arrays.copyOf(given, 2 * given.length);
        for (int j = 0; j < given.length; j++) {
            both[given.length + j] = Arrays.stream(given[j]).map(v -> -v).toArray();
        }
        return both;
    }

    /**
     * Solves at a price.
     *
     * @param in z, r planes
     * @param n pixels
     * @param price of a unit of |a|, at least zero
     * @param out receives p planes
     */
    public void solve(double[][] in, int n, double price, double[][] out) {
        prepare(in, n);
        Arrays.fill(prices, 0, n, price);
        for (int i = 0; i < n; i++) {
            gather(in, i, z);
            gather(products, i, f);
            boolean found = solveAt(price, lengths[i]);
            store(i, found);
        }
        finish(in, n, out);
    }

    /**
     * Solves under a bound.
     *
     * @param in z, r planes
     * @param beyond squared distance of each pixel from the span of C
     * @param n pixels
     * @param bound most that the residual, with what is beyond, may be; a pixel that cannot be brought so near gets its
     *     least residual
     * @param out receives p planes
     */
    public void solveWithin(double[][] in, double[] beyond, int n, double bound, double[][] out) {
        prepare(in, n);
        for (int i = 0; i < n; i++) {
            gather(in, i, z);
            gather(products, i, f);
            boolean found = findPrice(i, bound * bound - beyond[i]);
            store(i, found);
        }
        finish(in, n, out);
    }

    private void prepare(double[][] in, int n) {
        if (lengths.length < n) {
            lengths = new double[n];
            prices = new double[n];
            worst = new double[n];
            solution = new double[p][n];
            products = new double[p][n];
            rest = new double[z.length][n];
        }
        Kernels.best().squaredNorms(in, n, lengths);
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(lengths[i]);
        }
        Kernels.best().multiply(columns, in, n, products);
    }

    private boolean solveAt(double price, double length) {
        System.arraycopy(f, 0, work, 0, p);
        return active.solve(z, work, length, price, a);
    }

    private void store(int i, boolean found) {
        for (int j = 0; j < p; j++) {
            solution[j][i] = found ? Math.max(a[j], 0.0) : Double.NaN;
        }
    }

    /** Finds the price at which the squared residual in the span is the given one, and leaves its solution in {@code a}. */
    private boolean findPrice(int i, double squaredBound) {
        double length = lengths[i];
        prices[i] = 0;
        if (squaredBound >= length * length) {
            prices[i] = largestProduct();
            Arrays.fill(a, 0.0);
            return true;
        }
        boolean found = solveAt(0, length);
        double square = squaredResidual();
        if (square >= squaredBound || !found) {
            return found;
        }
        double low = 0;
        double high = largestProduct();
        high *= high;
        double t = 0;
        for (int step = 0; step < ROOT_STEPS && found; step++) {
            double next = t + (squaredBound - square) / active.slope();
            if (Math.abs(next - t) <= 4 * Math.ulp(t)) {
                break;
            }
            t = next > low && next < high ? next : low + (high - low) / 2;
            prices[i] = Math.sqrt(t);
            found = solveAt(prices[i], length);
            square = squaredResidual();
            low = square <= squaredBound ? t : low;
            high = square > squaredBound ? t : high;
        }
        return found;
    }

    private double largestProduct() {
        double most = 0;
        for (double v : f) {
            most = Math.max(most, v);
        }
        return most;
    }

    private double squaredResidual() {
        takeResidual();
        double sum = 0;
        for (double v : residual) {
            sum += v * v;
        }
        return sum;
    }

    /** z - C a into {@code residual}. */
    private void takeResidual() {
        System.arraycopy(z, 0, residual, 0, z.length);
        for (int j = 0; j < p; j++) {
            double[] column = columns[j];
            double x = a[j];
            for (int k = 0; x != 0 && k < column.length; k++) {
                residual[k] -= x * column[k];
            }
        }
    }

    private void finish(double[][] in, int n, double[][] out) {
        verify(in, n);
        for (int i = 0; i < n; i++) {
            if (!(worst[i] <= VERIFIED)) { // NaN too
                fallbacks++;
                gather(in, i, z);
                gather(solution, i, a);
                descend(prices[i]);
                worst[i] = residualOf(prices[i], lengths[i]);
                store(i, true);
                unconverged += worst[i] <= GIVEN_UP ? 0 : 1;
            }
            optimality = Math.max(optimality, worst[i]);
        }
        for (int j = 0; j < split; j++) {
            double[] to = out[j];
            System.arraycopy(solution[j], 0, to, 0, n);
            if (p > split) {
                double[] negative = solution[split + j];
                for (int i = 0; i < n; i++) {
                    to[i] -= negative[i];
                }
            }
        }
    }

    /** The scaled residual of the conditions of every pixel. */
    private void verify(double[][] in, int n) {
        Kernels.best().multiply(rows, solution, n, rest);
        for (int k = 0; k < rest.length; k++) {
            double[] model = rest[k];
            double[] plane = in[k];
            for (int i = 0; i < n; i++) {
                model[i] = plane[i] - model[i];
            }
        }
        Kernels.best().multiply(columns, rest, n, products);
        Arrays.fill(worst, 0, n, 0.0);
        for (int j = 0; j < p; j++) {
            double[] x = solution[j];
            double[] gradient = products[j];
            for (int i = 0; i < n; i++) {
                double slope = gradient[i] - prices[i];
                worst[i] = Math.max(worst[i], x[i] > 0 ? Math.abs(slope) : slope + 0 * x[i]);
            }
        }
        for (int i = 0; i < n; i++) {
            double scale = longest * lengths[i];
            worst[i] = scale > 0 ? worst[i] / scale : 0;
        }
    }

    private double residualOf(double price, double length) {
        gradient(price);
        double most = 0;
        for (int j = 0; j < p; j++) {
            most = Math.max(most, a[j] > 0 ? Math.abs(work[j]) : work[j]);
        }
        return most / (longest * length);
    }

    /** C'(z - C a) - price into {@code work}. */
    private void gradient(double price) {
        takeResidual();
        for (int j = 0; j < p; j++) {
            double sum = -price;
            for (int k = 0; k < z.length; k++) {
                sum += columns[j][k] * residual[k];
            }
            work[j] = sum;
        }
    }

    /** Cyclic coordinate descent from what is in {@code a}: slow and never wrong. */
    private void descend(double price) {
        for (int j = 0; j < p; j++) {
            a[j] = a[j] > 0 ? a[j] : 0;
        }
        gradient(price);
        double[][] gram = active.gram();
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            double largest = 0;
            for (int j = 0; j < p; j++) {
                double square = gram[j][j];
                double next = square > 0 ? Math.max(a[j] + work[j] / square, 0.0) : 0.0;
                double step = next - a[j];
                if (step != 0) {
                    a[j] = next;
                    subtract(gram[j], step);
                    largest = Math.max(largest, Math.abs(step) * square);
                }
            }
            if (largest <= 1e-15 * longest * SupportFactors.norm(z)) {
                return;
            }
        }
    }

    private void subtract(double[] row, double step) {
        for (int j = 0; j < p; j++) {
            work[j] -= step * row[j];
        }
    }

    private static void gather(double[][] planes, int i, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] = planes[k][i];
        }
    }

    /**
     * Sets of abundances tried so far.
     *
     * @return the number
     */
    public long iterations() {
        return active.iterations();
    }

    /**
     * Pixels so far that failed the verification and were solved again.
     *
     * @return the number
     */
    public long fallbacks() {
        return fallbacks;
    }

    /**
     * Pixels so far that failed it after that, too.
     *
     * @return the number
     */
    public long unconverged() {
        return unconverged;
    }

    /**
     * Largest residual of the conditions so far, |C'(z - C a) - price| where a is positive and its positive part
     * elsewhere, over the longest column times the length of the pixel.
     *
     * @return zero or more
     */
    public double optimality() {
        return optimality;
    }
}
