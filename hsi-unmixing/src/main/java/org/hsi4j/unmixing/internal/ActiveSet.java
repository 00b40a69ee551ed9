package org.hsi4j.unmixing.internal;

import java.util.Arrays;

/**
 * Exact least squares with a &gt;= 0, and with sum(a) = 1 as well where asked: minimises ||C a - z||<sup>2</sup> for one small
 * z after the other. Mutable, for one thread; a call allocates nothing but factors to keep.
 *
 * <p>Primal active set after Lawson and Hanson (1974), started as Bro and de Jong (1997) do from the positive part of the
 * unconstrained solution. Each candidate set of positive abundances is solved by orthogonal factors of its columns (of their
 * differences when the sum is one, which takes the constraint into account exactly, with no weighted extra row), so the
 * condition of C is never squared. A set grows by the abundance whose gradient g = C'(z - C a), less the multiplier nu = a'g
 * of the sum, is greatest, until none is above what rounding can make of zero; that bound is doubled once the set has changed
 * more than 10 p times, so that rounding cannot keep it changing for ever.
 */
public final class ActiveSet {
    private static final double UNIT = 0x1p-52;

    /** Times that the bound of the gradient is doubled before a pixel is given up. */
    private static final int LAST_STEPS = 8;

    private final double[][] columns;
    private final double[] sizes;
    private final boolean sumToOne;
    private final SupportFactors factors;
    private final int[] all;
    private final boolean independent;

    private final int[] support;
    private int size;
    private final boolean[] inside;
    private final boolean[] rejected;
    private final double[] target;
    private final double[] local;
    private final double[] trial;
    private final double[] rest;
    private final double[] gradient;
    private long iterations;

    /**
     * For one matrix.
     *
     * @param columns C, p columns of r values
     * @param sumToOne whether the abundances sum to one
     */
    public ActiveSet(double[][] columns, boolean sumToOne) {
        int p = columns.length;
        int r = columns[0].length;
        this.columns = columns;
        this.sumToOne = sumToOne;
        this.factors = new SupportFactors(columns, sumToOne);
        this.sizes = new double[p];
        for (int j = 0; j < p; j++) {
            sizes[j] = sumOfMagnitudes(columns[j]);
        }
        this.all = new int[p];
        for (int j = 0; j < p; j++) {
            all[j] = j;
        }
        this.support = new int[p];
        this.inside = new boolean[p];
        this.rejected = new boolean[p];
        this.target = new double[r];
        this.local = new double[p];
        this.trial = new double[p];
        this.rest = new double[r];
        this.gradient = new double[p];
        this.independent = !factors.of(all, p).dependent();
    }

    /**
     * Sets of positive abundances tried so far, over all calls.
     *
     * @return the number
     */
    public long iterations() {
        return iterations;
    }

    /**
     * Solves for one z.
     *
     * @param z r values
     * @param a receives p values
     * @return false if it was given up; a then meets the constraints but may not be the best
     */
    public boolean solve(double[] z, double[] a) {
        Arrays.fill(a, 0.0);
        if (begin(z, a)) {
            return true;
        }
        Arrays.fill(rejected, false);
        double slack = 4.0 * (columns.length + z.length) * UNIT;
        int limit = 10 * columns.length;
        for (int step = 0; step < limit + LAST_STEPS; step++) {
            int entering = steepest(z, a, slack);
            if (entering < 0) {
                return true;
            }
            if (descend(z, a, entering)) {
                Arrays.fill(rejected, false);
            } else {
                rejected[entering] = true;
            }
            if (step >= limit) {
                slack *= 2;
            }
        }
        return false;
    }

    /** A feasible start in which the support is solved exactly; true when it is the answer already. */
    private boolean begin(double[] z, double[] a) {
        if (independent) {
            set(all, columns.length);
            if (solveSupport(z) && least() >= 0) {
                copyTrial(a);
                return true;
            }
            while (size > 0) {
                keepPositive();
                if (size == 0) {
                    break;
                }
                if (!solveSupport(z)) {
                    break;
                }
                if (least() > 0) {
                    copyTrial(a);
                    return false;
                }
            }
        }
        clear();
        if (sumToOne) {
            int nearest = nearest(z);
            insert(nearest);
            a[nearest] = 1;
        }
        return false;
    }

    /** Takes an abundance into the support and solves it, backing off to the first that reaches zero as often as needed. */
    private boolean descend(double[] z, double[] a, int entering) {
        insert(entering);
        if (!solveSupport(z) || trial[entering] <= 0) {
            remove(entering);
            return false;
        }
        while (least() <= 0) {
            double step = 1;
            int blocking = -1;
            for (int i = 0; i < size; i++) {
                int j = support[i];
                if (trial[j] <= 0) {
                    double reach = a[j] / (a[j] - trial[j]);
                    if (blocking < 0 || reach < step) {
                        step = reach;
                        blocking = j;
                    }
                }
            }
            for (int i = 0; i < size; i++) {
                int j = support[i];
                a[j] += step * (trial[j] - a[j]);
            }
            a[blocking] = 0;
            dropZeros(a);
            if (size == 0 || !solveSupport(z)) {
                return true;
            }
        }
        copyTrial(a);
        return true;
    }

    /** The abundance outside the support along which the fit improves most; negative when there is none above rounding. */
    private int steepest(double[] z, double[] a, double slack) {
        System.arraycopy(z, 0, rest, 0, z.length);
        double scale = sumOfMagnitudes(z);
        for (int i = 0; i < size; i++) {
            double[] c = columns[support[i]];
            double share = a[support[i]];
            for (int k = 0; k < rest.length; k++) {
                rest[k] -= share * c[k];
            }
            scale += share * sizes[support[i]];
        }
        double nu = 0;
        double reach = 0;
        for (int j = 0; j < columns.length; j++) {
            double sum = 0;
            double[] c = columns[j];
            for (int k = 0; k < rest.length; k++) {
                sum += c[k] * rest[k];
            }
            gradient[j] = sum;
            nu += a[j] * sum;
            reach += a[j] * sizes[j];
        }
        int best = -1;
        double most = 0;
        for (int j = 0; j < columns.length; j++) {
            if (inside[j] || rejected[j]) {
                continue;
            }
            double rise = sumToOne ? gradient[j] - nu : gradient[j];
            double bound = slack * scale * (sumToOne ? sizes[j] + reach : sizes[j]);
            if (rise > bound && rise > most) {
                most = rise;
                best = j;
            }
        }
        return best;
    }

    /** Least squares on the support into {@code trial}; false when its columns are dependent. */
    private boolean solveSupport(double[] z) {
        iterations++;
        SupportFactors.Factor factor = factors.of(support, size);
        if (factor.dependent()) {
            return false;
        }
        if (!sumToOne) {
            factor.solve(z, local);
            for (int i = 0; i < size; i++) {
                trial[support[i]] = local[i];
            }
            return true;
        }
        int base = factors.base(support, size);
        double[] from = columns[support[base]];
        for (int k = 0; k < target.length; k++) {
            target[k] = z[k] - from[k];
        }
        factor.solve(target, local);
        double left = 1;
        for (int i = 0, v = 0; i < size; i++) {
            if (i != base) {
                trial[support[i]] = local[v];
                left -= local[v++];
            }
        }
        trial[support[base]] = left;
        return true;
    }

    private double least() {
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < size; i++) {
            least = Math.min(least, trial[support[i]]);
        }
        return least;
    }

    private void copyTrial(double[] a) {
        for (int i = 0; i < size; i++) {
            a[support[i]] = trial[support[i]];
        }
    }

    private int nearest(double[] z) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int j = 0; j < columns.length; j++) {
            double sum = 0;
            for (int k = 0; k < z.length; k++) {
                double d = z[k] - columns[j][k];
                sum += d * d;
            }
            if (sum < least) {
                least = sum;
                best = j;
            }
        }
        return best;
    }

    private void set(int[] members, int count) {
        System.arraycopy(members, 0, support, 0, count);
        size = count;
        Arrays.fill(inside, false);
        for (int i = 0; i < count; i++) {
            inside[members[i]] = true;
        }
    }

    private void clear() {
        size = 0;
        Arrays.fill(inside, false);
    }

    private void insert(int j) {
        int at = size++;
        while (at > 0 && support[at - 1] > j) {
            support[at] = support[at - 1];
            at--;
        }
        support[at] = j;
        inside[j] = true;
    }

    private void remove(int j) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (support[i] != j) {
                support[kept++] = support[i];
            }
        }
        size = kept;
        inside[j] = false;
    }

    private void keepPositive() {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int j = support[i];
            inside[j] = trial[j] > 0;
            if (inside[j]) {
                support[kept++] = j;
            }
        }
        size = kept;
    }

    private void dropZeros(double[] a) {
        int kept = 0;
        for (int i = 0; i < size; i++) {
            int j = support[i];
            inside[j] = a[j] > 0;
            if (inside[j]) {
                support[kept++] = j;
            } else {
                a[j] = 0;
            }
        }
        size = kept;
    }

    private static double sumOfMagnitudes(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += Math.abs(x);
        }
        return sum;
    }
}
