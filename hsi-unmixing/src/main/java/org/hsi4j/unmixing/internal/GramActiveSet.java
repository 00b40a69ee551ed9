package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Least squares with a &gt;= 0, and with sum(a) = 1 as well or a price on sum(a) where asked, on the Gram matrix of the columns:
 * the fast way for many columns, whose answer must be verified because the Gram matrix squares their condition. Mutable, for
 * one thread; a call allocates nothing.
 *
 * <p>Two ways to the set. <b>Block principal pivoting</b> (Portugal, Judice and Vicente 1994; Kim and Park 2011) from the signs of
 * the solution on all columns: the members below zero leave and the others above zero enter, all at once; when their number
 * has not fallen for some sweeps, only the last of them is exchanged (Murty's rule) until it does. Each set of k is factored anew,
 * for k<sup>3</sup> / 3 flops, and the gradient costs 2 p k. It needs sets of independent columns; where it meets another, a
 * <b>primal active set</b> (Lawson and Hanson 1974) follows from the best single column, or from nothing. The Cholesky factor of
 * the set and the two right-hand sides solved with it (C'z, and ones for the multiplier of the sum) grow by a row and shrink by
 * plane rotations, so that a change costs 2 k<sup>2</sup>. Either way the last set is factored in rising order and its
 * solution corrected once by the residual of the columns themselves: what comes out depends on that set and z alone, and is as
 * good as from orthogonal factors unless the condition is beyond about 10<sup>7</sup>.
 *
 * <p>With the sum, a constant is added to every entry of the Gram matrix, which changes no solution and makes the
 * differences' missing direction regular.
 */
final class GramActiveSet {
    private static final double UNIT = 0x1p-52;
    private static final double[] NONE = new double[0];

    /** Squared sine of the angle between a column and the set from which on the Gram matrix knows nothing about it. */
    private static final double DEPENDENT = 1e-12;

    /** Sweeps of pivoting without progress before single exchanges. */
    private static final int PATIENCE = 3;

    private final double[][] columns;
    private final boolean sumToOne;
    private final @Nullable FactorRows known;
    private final double constant;
    private final double[][] gram;
    private final double[] lengths;
    private final double slack;

    private final int[] members;
    private int size;
    private final boolean[] inside;
    private final boolean[] rejected;
    private final boolean[] wrong;
    private final double[][] lower;
    private final double[] reciprocals;
    private final double[] right;
    private final double[] ones;
    private final double[] trial;
    private final double[] gradient;
    private final double[] rest;
    private final double[] correction;
    private double nu;
    private double price;
    private long iterations;

    GramActiveSet(double[][] columns, boolean sumToOne) {
        this(columns, sumToOne, null);
    }

    /**
     * For some columns.
     *
     * @param columns C, p columns of r values
     * @param sumToOne whether the abundances sum to one
     * @param known the factors of these columns, for pivoting; null to compute each anew
     */
    GramActiveSet(double[][] columns, boolean sumToOne, @Nullable FactorRows known) {
        this.known = known;
        int p = columns.length;
        this.columns = columns;
        this.sumToOne = sumToOne;
        double largest = 0;
        for (double[] column : columns) {
            largest = Math.max(largest, SupportFactors.norm(column));
        }
        this.constant = sumToOne ? largest * largest : 0;
        this.gram = new double[p][p];
        this.lengths = new double[p];
        for (int i = 0; i < p; i++) {
            for (int j = 0; j < p; j++) {
                gram[i][j] = dot(columns[i], columns[j], columns[i].length) + constant;
            }
            lengths[i] = Math.sqrt(gram[i][i]);
        }
        int most = Math.min(p, columns[0].length + (sumToOne ? 1 : 0)) + 1;
        this.slack = 8.0 * (p + columns[0].length) * UNIT;
        this.members = new int[most];
        this.inside = new boolean[p];
        this.rejected = new boolean[p];
        this.wrong = new boolean[p];
        this.lower = new double[most][];
        for (int i = 0; i < most; i++) {
            lower[i] = new double[most];
        }
        this.reciprocals = new double[most];
        this.right = new double[most];
        this.ones = new double[most];
        this.trial = new double[most];
        this.gradient = new double[p];
        this.rest = new double[columns[0].length];
        this.correction = new double[most];
    }

    long iterations() {
        return iterations;
    }

    /** C'C, with nothing added where the sum is free. */
    double[][] gram() {
        return gram;
    }

    /**
     * What the price does to the residual as long as the set stays: ||C a - z||<sup>2</sup> grows by this times the growth
     * of the square of the price.
     */
    double slope() {
        return dot(ones, ones, size);
    }

    /**
     * Solves for one z.
     *
     * @param z r values
     * @param f C'z, p values; overwritten
     * @param length of z
     * @param a receives p values
     * @return false if it was given up; a then means nothing
     */
    boolean solve(double[] z, double[] f, double length, double[] a) {
        return solve(z, f, length, 0, a);
    }

    /**
     * The solution on all columns, whatever its signs, as an affine function of z.
     *
     * @param constants receives p constants
     * @return p rows of r coefficients; none where the columns are dependent
     */
    double[][] onAllColumns(double[] constants) {
        int p = columns.length;
        Arrays.fill(inside, true);
        if (!factorMembers(new double[p])) {
            return new double[0][];
        }
        solveAll(-1, constants);
        double[][] rows = new double[p][rest.length];
        double[] moved = new double[p];
        for (int k = 0; k < rest.length; k++) {
            solveAll(k, moved);
            for (int j = 0; j < p; j++) {
                rows[j][k] = moved[j] - constants[j];
            }
        }
        iterations = 0;
        return rows;
    }

    /** For the z that is one in a dimension and zero in all others, or zero; all columns being members. */
    private void solveAll(int dimension, double[] solution) {
        for (int j = 0; j < size; j++) {
            right[j] = constant + (dimension < 0 ? 0 : columns[j][dimension]);
        }
        forward(right);
        solveMembers();
        System.arraycopy(trial, 0, solution, 0, size);
    }

    /**
     * Solves for one z by pivoting, and by the primal active set where that fails.
     *
     * @param z r values
     * @param f C'z, p values; overwritten
     * @param length of z
     * @param inOut p values: the solution on all columns on entry, the one sought on return
     * @return false if it was given up; what is returned then means nothing
     */
    boolean solveFromAll(double[] z, double[] f, double length, double[] inOut) {
        setPrice(0, f);
        return pivot(z, f, length, inOut) || activate(z, f, length, inOut);
    }

    private boolean pivot(double[] z, double[] f, double length, double[] a) {
        int p = columns.length;
        double scale = Math.sqrt(length * length + constant);
        for (int j = 0; j < p; j++) {
            inside[j] = a[j] >= 0;
        }
        int fewest = p + 1;
        int patience = PATIENCE;
        for (int sweep = 0; sweep < 10 + 5 * p; sweep++) {
            if (!factorMembers(f)) {
                return false;
            }
            solveMembers();
            Arrays.fill(a, 0.0);
            for (int i = 0; i < size; i++) {
                a[members[i]] = trial[i];
            }
            int count = findWrong(a, setGradient(f, a), scale);
            if (count == 0) {
                return correct(z, a);
            }
            int last = lastWrong();
            if (count < fewest) {
                fewest = count;
                patience = PATIENCE;
            } else if (patience > 0) {
                patience--;
            } else {
                Arrays.fill(wrong, 0, last, false);
            }
            exchange(last);
        }
        return false;
    }

    /** Lets the wrong members leave and the others enter; with a sum the last one stays rather than that none is left. */
    private void exchange(int last) {
        boolean any = false;
        for (int j = 0; j < inside.length; j++) {
            inside[j] ^= wrong[j];
            any |= inside[j];
        }
        inside[last] |= sumToOne && !any;
    }

    /** Marks the members below zero and the others that would gain. */
    private int findWrong(double[] a, double reach, double scale) {
        double bound = slack * (scale + reach);
        double extra = sumToOne ? reach : 0;
        int count = 0;
        for (int j = 0; j < a.length; j++) {
            wrong[j] = inside[j] ? a[j] < 0 : gradient[j] - nu > bound * (lengths[j] + extra);
            count += wrong[j] ? 1 : 0;
        }
        return count;
    }

    private int lastWrong() {
        int last = wrong.length - 1;
        while (!wrong[last]) {
            last--;
        }
        return last;
    }

    /** Factors the columns that are inside, in rising order; false if they are dependent, or none with a sum. */
    private boolean factorMembers(double[] f) {
        size = 0;
        int set = 0;
        for (int j = 0; j < inside.length; j++) {
            if (inside[j]) {
                set |= 1 << j;
                if (!(known == null ? append(j, f) : append(j, f, known, set))) {
                    return false;
                }
            }
        }
        return size > 0 || !sumToOne;
    }

    /** The same as without the known factors, bit for bit. */
    private boolean append(int j, double[] f, FactorRows rows, int set) {
        int k = size;
        double[] row = rows.get(set);
        if (row == null) {
            boolean independent = append(j, f);
            rows.put(set, independent ? rowToKeep(k) : NONE);
            return independent;
        }
        if (row.length == 0) {
            return false;
        }
        System.arraycopy(row, 0, lower[k], 0, k + 1);
        reciprocals[k] = row[k + 1];
        right[k] = (f[j] - dot(row, right, k)) * reciprocals[k];
        ones[k] = row[k + 2];
        members[k] = j;
        size++;
        return true;
    }

    private double[] rowToKeep(int k) {
        double[] row = Arrays.copyOf(lower[k], k + 3);
        row[k + 1] = reciprocals[k];
        row[k + 2] = ones[k];
        return row;
    }

    /**
     * Minimises ||C a - z||<sup>2</sup> / 2 + price sum(a) for one z.
     *
     * @param z r values
     * @param f C'z, p values; overwritten
     * @param length of z
     * @param newPrice what a unit of abundance costs, at least zero
     * @param a receives p values
     * @return false if it was given up; a then means nothing
     */
    boolean solve(double[] z, double[] f, double length, double newPrice, double[] a) {
        setPrice(newPrice, f);
        return activate(z, f, length, a);
    }

    private void setPrice(double newPrice, double[] f) {
        price = newPrice;
        for (int j = 0; j < f.length; j++) {
            f[j] += constant - price;
        }
    }

    private boolean activate(double[] z, double[] f, double length, double[] a) {
        int p = columns.length;
        double scale = Math.sqrt(length * length + constant);
        Arrays.fill(a, 0.0);
        Arrays.fill(inside, false);
        Arrays.fill(rejected, false);
        size = 0;
        if (sumToOne && !startFromNearest(f, a)) {
            return false;
        }
        for (int step = 0; step < 10 * p; step++) {
            int entering = steepest(f, a, scale);
            if (entering < 0) {
                return polish(z, f, a);
            }
            if (descend(f, a, entering)) {
                Arrays.fill(rejected, false);
            } else {
                rejected[entering] = true;
            }
        }
        return false;
    }

    private boolean startFromNearest(double[] f, double[] a) {
        int nearest = 0;
        for (int j = 1; j < f.length; j++) {
            if (f[j] - 0.5 * gram[j][j] > f[nearest] - 0.5 * gram[nearest][nearest]) {
                nearest = j;
            }
        }
        a[nearest] = 1;
        return append(nearest, f) && solveMembers();
    }

    /** Sets the gradient; returns the lengths of the columns times the abundances. */
    private double setGradient(double[] f, double[] a) {
        System.arraycopy(f, 0, gradient, 0, f.length);
        double reach = 0;
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            int j0 = members[i];
            int j1 = members[i + 1];
            int j2 = members[i + 2];
            int j3 = members[i + 3];
            subtract4(gradient, a[j0], gram[j0], a[j1], gram[j1], a[j2], gram[j2], a[j3], gram[j3]);
        }
        for (; i < size; i++) {
            subtract1(gradient, a[members[i]], gram[members[i]]);
        }
        for (i = 0; i < size; i++) {
            reach += Math.abs(a[members[i]]) * lengths[members[i]];
        }
        return reach;
    }

    private int steepest(double[] f, double[] a, double scale) {
        double reach = setGradient(f, a);
        double bound = slack * (scale + reach);
        double extra = sumToOne ? reach : 0;
        int best = -1;
        double most = 0;
        for (int j = 0; j < f.length; j++) {
            double rise = gradient[j] - nu;
            if (rise > most && !inside[j] && !rejected[j] && rise > bound * (lengths[j] + extra)) {
                most = rise;
                best = j;
            }
        }
        return best;
    }

    private static void subtract4(
            double[] g,
            double w0,
            double[] y0,
            double w1,
            double[] y1,
            double w2,
            double[] y2,
            double w3,
            double[] y3) {
        for (int j = 0; j < g.length; j++) {
            g[j] -= w0 * y0[j] + w1 * y1[j] + w2 * y2[j] + w3 * y3[j];
        }
    }

    private static void subtract1(double[] g, double w, double[] y) {
        for (int j = 0; j < g.length; j++) {
            g[j] -= w * y[j];
        }
    }

    private boolean descend(double[] f, double[] a, int entering) {
        if (append(entering, f)) {
            solveMembers();
            if (!(trial[size - 1] > 0)) {
                remove(size - 1);
                solveMembers();
                return false;
            }
        } else if (price > 0 && exchange(f, a, entering)) {
            solveMembers();
        } else {
            return false;
        }
        while (true) {
            double step = 1;
            int blocking = -1;
            for (int i = 0; i < size; i++) {
                if (!(trial[i] > 0)) {
                    double before = a[members[i]];
                    double reach = before / (before - trial[i]);
                    if (blocking < 0 || reach < step) {
                        step = reach;
                        blocking = i;
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                int j = members[i];
                a[j] = blocking < 0 ? trial[i] : a[j] + step * (trial[i] - a[j]);
            }
            if (blocking < 0) {
                return true;
            }
            a[members[blocking]] = 0;
            for (int i = size - 1; i >= 0; i--) {
                if (!(a[members[i]] > 0)) {
                    a[members[i]] = 0;
                    remove(i);
                }
            }
            if (size == 0) {
                nu = 0;
                return true;
            }
            solveMembers();
        }
    }

    /**
     * Lets a column enter that is a combination of the members: on the way that keeps the model of z the price falls, until
     * a member reaches zero and leaves. False when it cannot be told from rounding that it falls.
     */
    private boolean exchange(double[] f, double[] a, int entering) {
        double[] row = lower[size];
        double[] g = gram[entering];
        for (int i = 0; i < size; i++) {
            row[i] = (g[members[i]] - dot(lower[i], row, i)) * reciprocals[i];
        }
        double square = g[entering] - dot(row, row, size);
        System.arraycopy(row, 0, trial, 0, size);
        backward(trial);
        double step = Double.POSITIVE_INFINITY;
        int leaving = -1;
        for (int i = 0; i < size; i++) {
            double reach = a[members[i]] / trial[i];
            if (trial[i] > 0 && reach < step) {
                step = reach;
                leaving = members[i];
            }
        }
        if (leaving < 0 || gradient[entering] < step * square) {
            return false;
        }
        for (int i = 0; i < size; i++) {
            a[members[i]] = Math.max(0.0, a[members[i]] - step * trial[i]);
        }
        a[leaving] = 0;
        for (int i = size - 1; i >= 0; i--) {
            if (!(a[members[i]] > 0)) {
                remove(i);
            }
        }
        boolean entered = append(entering, f);
        a[entering] = entered ? step : 0;
        return entered;
    }

    /** Solution on the members into {@code trial}, and the multiplier of the sum. */
    private boolean solveMembers() {
        iterations++;
        nu = sumToOne ? (dot(ones, right, size) - 1) / dot(ones, ones, size) : 0;
        for (int i = 0; i < size; i++) {
            trial[i] = right[i] - nu * ones[i];
        }
        backward(trial);
        return size > 0;
    }

    private void backward(double[] x) {
        for (int i = size - 1; i >= 0; i--) {
            double[] row = lower[i];
            x[i] *= reciprocals[i];
            double xi = x[i];
            for (int t = 0; t < i; t++) {
                x[t] -= row[t] * xi;
            }
        }
    }

    private void forward(double[] x) {
        for (int i = 0; i < size; i++) {
            x[i] = (x[i] - dot(lower[i], x, i)) * reciprocals[i];
        }
    }

    private boolean append(int j, double[] f) {
        int k = size;
        if (k == members.length - 1) {
            return false;
        }
        double[] row = lower[k];
        double[] g = gram[j];
        for (int i = 0; i < k; i++) {
            row[i] = (g[members[i]] - dot(lower[i], row, i)) * reciprocals[i];
        }
        double square = g[j] - dot(row, row, k);
        if (!(square > DEPENDENT * g[j])) {
            return false;
        }
        row[k] = Math.sqrt(square);
        reciprocals[k] = 1 / row[k];
        right[k] = (f[j] - dot(row, right, k)) * reciprocals[k];
        ones[k] = (1 - dot(row, ones, k)) * reciprocals[k];
        members[k] = j;
        inside[j] = true;
        size++;
        return true;
    }

    private void remove(int at) {
        inside[members[at]] = false;
        double[] gone = lower[at];
        size--;
        for (int i = at; i < size; i++) {
            lower[i] = lower[i + 1];
            members[i] = members[i + 1];
        }
        lower[size] = gone;
        for (int t = at; t < size; t++) {
            double x = lower[t][t];
            double y = lower[t][t + 1];
            double length = Math.sqrt(x * x + y * y);
            reciprocals[t] = 1 / length;
            double c = x / length;
            double s = y / length;
            for (int i = t; i < size; i++) {
                double[] row = lower[i];
                double u = row[t];
                row[t] = c * u + s * row[t + 1];
                row[t + 1] = c * row[t + 1] - s * u;
            }
            rotate(right, t, c, s);
            rotate(ones, t, c, s);
        }
    }

    private static void rotate(double[] x, int t, double c, double s) {
        double u = x[t];
        x[t] = c * u + s * x[t + 1];
        x[t + 1] = c * x[t + 1] - s * u;
    }

    /** The solution on the set found, from the set and z alone. */
    private boolean polish(double[] z, double[] f, double[] a) {
        int k = size;
        Arrays.sort(members, 0, k);
        size = 0;
        for (int i = 0; i < k; i++) {
            if (!append(members[i], f)) {
                return false;
            }
        }
        solveMembers();
        return correct(z, a);
    }

    /** Puts the solution on the members, corrected. */
    private boolean correct(double[] z, double[] a) {
        int k = size;
        Arrays.fill(a, 0.0);
        if (k == 0) {
            return true;
        }
        System.arraycopy(z, 0, rest, 0, rest.length);
        double left = sumToOne ? 1 : 0;
        for (int i = 0; i < k; i++) {
            subtract1(rest, trial[i], columns[members[i]]);
            left -= sumToOne ? trial[i] : 0;
        }
        for (int i = 0; i < k; i++) {
            correction[i] = dot(columns[members[i]], rest, rest.length) + constant * left - price;
        }
        forward(correction);
        double step = sumToOne ? (dot(ones, correction, k) - left) / dot(ones, ones, k) : 0;
        for (int i = 0; i < k; i++) {
            correction[i] -= step * ones[i];
        }
        backward(correction);
        left = 1;
        int largest = members[0];
        for (int i = 0; i < k; i++) {
            int j = members[i];
            a[j] = trial[i] + correction[i];
            left -= a[j];
            largest = a[j] > a[largest] ? j : largest;
        }
        a[largest] += sumToOne ? left : 0;
        return true;
    }

    private static double dot(double[] x, double[] y, int n) {
        double s0 = 0;
        double s1 = 0;
        double s2 = 0;
        double s3 = 0;
        int i = 0;
        for (; i + 4 <= n; i += 4) {
            s0 += x[i] * y[i];
            s1 += x[i + 1] * y[i + 1];
            s2 += x[i + 2] * y[i + 2];
            s3 += x[i + 3] * y[i + 3];
        }
        for (; i < n; i++) {
            s0 += x[i] * y[i];
        }
        return s0 + s1 + (s2 + s3);
    }
}
