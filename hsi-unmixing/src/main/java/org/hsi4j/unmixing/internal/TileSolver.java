package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * Solves a {@link ConstrainedProblem} for the pixels of a tile. Each is solved the fast way its number of columns allows,
 * then all are verified by the conditions of Karush, Kuhn and Tucker, and those that fail (dependent or nearly dependent
 * columns) are solved again by {@link ActiveSet}. For one thread; keeps its buffers.
 */
public final class TileSolver {
    private static final double UNIT = 0x1p-52;

    private final ConstrainedProblem problem;
    private final int p;
    private final int r;
    private final @Nullable TableSearch search;
    private final @Nullable GramActiveSet gram;
    private final double[][] allRows;
    private final double[] allConstants;
    private final double[][] residualWeights;
    private final double tolerance;
    private final double[] z;
    private final double[] f;
    private final double[] pixel;
    private double[] lengths = new double[0];
    private double[] nu = new double[0];
    private double[] bound = new double[0];
    private double[] extra = new double[0];
    private double[] reach = new double[0];
    private double[] worst = new double[0];
    private double[][] products = new double[0][];
    private double[][] rest = new double[0][];
    private double[][] restAndReach = new double[0][];
    private @Nullable ActiveSet exact;
    private long fallbacks;
    private long unconverged;

    /**
     * For a problem.
     *
     * @param problem may serve many threads
     */
    public TileSolver(ConstrainedProblem problem) {
        this.problem = problem;
        this.p = problem.columns.length;
        this.r = problem.columns[0].length;
        SupportTable table = problem.table;
        this.search = table == null ? null : new TableSearch(table, table.start(), p, r);
        this.gram = table == null ? new GramActiveSet(problem.columns, problem.sumToOne, problem.rows) : null;
        this.allConstants = new double[p];
        this.allRows = gram == null ? new double[0][] : gram.onAllColumns(allConstants);
        this.residualWeights = new double[r + 1][p];
        for (int j = 0; j < p; j++) {
            for (int k = 0; k < r; k++) {
                residualWeights[k][j] = problem.columns[j][k];
            }
            residualWeights[r][j] = SupportFactors.norm(problem.columns[j]);
        }
        this.tolerance = 64.0 * (p + r) * UNIT;
        this.z = new double[r];
        this.f = new double[p];
        this.pixel = new double[p];
    }

    /**
     * Solves.
     *
     * @param in z, r planes
     * @param n pixels
     * @param a receives p planes
     */
    public void solve(double[][] in, int n, double[][] a) {
        if (n == 0) {
            return;
        }
        reserve(n);
        Kernels.best().squaredNorms(in, n, lengths);
        for (int i = 0; i < n; i++) {
            lengths[i] = Math.sqrt(lengths[i]);
        }
        if (search != null) {
            search.solve(in, n, lengths, a);
        } else if (gram != null) {
            solveByGram(gram, in, n, a);
        }
        verify(in, n, a);
        for (int i = 0; i < n; i++) {
            if (!(worst[i] <= 0)) { // NaN too
                solveExactly(in, i, a);
            }
        }
    }

    private void solveByGram(GramActiveSet solver, double[][] in, int n, double[][] a) {
        Kernels.best().multiply(problem.columns, in, n, products);
        boolean pivots = allRows.length > 0;
        if (pivots) {
            Kernels.best().multiply(allRows, in, n, a);
        }
        for (int i = 0; i < n; i++) {
            gather(in, i, z);
            gather(products, i, f);
            boolean found;
            if (pivots) {
                gather(a, i, pixel);
                for (int j = 0; j < p; j++) {
                    pixel[j] += allConstants[j];
                }
                found = solver.solveFromAll(z, f, lengths[i], pixel);
            } else {
                found = solver.solve(z, f, lengths[i], pixel);
            }
            scatter(pixel, a, i);
            if (!found) {
                a[0][i] = Double.NaN;
            }
        }
    }

    private void reserve(int n) {
        if (lengths.length < n) {
            lengths = new double[n];
            nu = new double[n];
            bound = new double[n];
            extra = new double[n];
            reach = new double[n];
            worst = new double[n];
            products = new double[p][n];
            rest = new double[r][n];
            restAndReach = java.util.Arrays.copyOf(rest, r + 1);
            restAndReach[r] = reach;
        }
    }

    private static void gather(double[][] planes, int i, double[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] = planes[k][i];
        }
    }

    private static void scatter(double[] from, double[][] planes, int i) {
        for (int k = 0; k < from.length; k++) {
            planes[k][i] = from[k];
        }
    }

    /** Marks the pixels whose abundances are negative or whose gradient is not zero on their set and negative elsewhere. */
    private void verify(double[][] in, int n, double[][] a) {
        Kernels.best().multiply(residualWeights, a, n, restAndReach);
        for (int k = 0; k < r; k++) {
            negate(rest[k], in[k], n);
        }
        Kernels.best().multiply(problem.columns, rest, n, products);
        Arrays.fill(nu, 0, n, 0.0);
        Arrays.fill(worst, 0, n, 0.0);
        if (problem.sumToOne) {
            for (int j = 0; j < p; j++) {
                addProducts(nu, a[j], products[j], n);
            }
        }
        if (problem.sumToOne) {
            Arrays.fill(extra, 0, n, -1.0);
            for (int j = 0; j < p; j++) {
                add(extra, a[j], n);
            }
            for (int i = 0; i < n; i++) {
                worst[i] = Math.abs(extra[i]) - tolerance;
            }
        }
        for (int i = 0; i < n; i++) {
            bound[i] = tolerance * (lengths[i] + reach[i]);
            extra[i] = problem.sumToOne ? reach[i] : 0.0;
        }
        for (int j = 0; j < p; j++) {
            check(a[j], products[j], residualWeights[r][j], n);
        }
    }

    private void check(double[] a, double[] gradient, double length, int n) {
        for (int i = 0; i < n; i++) {
            double slope = gradient[i] - nu[i];
            double most = bound[i] * (length + extra[i]);
            double tooShort = slope - most;
            double tooLong = (-slope - most) * a[i];
            worst[i] = Math.max(worst[i], Math.max(-a[i], Math.max(tooShort, tooLong)));
        }
    }

    private static void add(double[] sum, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i];
        }
    }

    private static void negate(double[] model, double[] z, int n) {
        for (int i = 0; i < n; i++) {
            model[i] = z[i] - model[i];
        }
    }

    private static void addProducts(double[] sum, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            sum[i] += x[i] * y[i];
        }
    }

    private void solveExactly(double[][] in, int i, double[][] a) {
        ActiveSet solver = exact;
        if (solver == null) {
            solver = new ActiveSet(problem.columns, problem.sumToOne);
            exact = solver;
        }
        fallbacks++;
        gather(in, i, z);
        unconverged += solver.solve(z, pixel) ? 0 : 1;
        scatter(pixel, a, i);
    }

    /**
     * Sets of positive abundances tried so far.
     *
     * @return the number
     */
    public long iterations() {
        return (search == null ? 0 : search.iterations())
                + (gram == null ? 0 : gram.iterations())
                + (exact == null ? 0 : exact.iterations());
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
     * Pixels so far that were given up; their abundances meet the constraints but may not be the best.
     *
     * @return the number
     */
    public long unconverged() {
        return unconverged;
    }
}
