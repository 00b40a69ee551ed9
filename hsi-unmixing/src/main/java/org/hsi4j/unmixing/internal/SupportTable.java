package org.hsi4j.unmixing.internal;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * For every set of positive abundances of a small problem, the affine map that takes z to the solution on that set and to the
 * multipliers of the others; computed when first asked for. An entry depends on its set alone, so it does not matter which
 * thread computes it. Thread-safe.
 *
 * <p>A map has a row for each of the p abundances. For a member of the set the row gives the abundance; for any other column
 * c the multiplier -(c - b)'(I - Q Q')(z - b), with Q an orthonormal basis of the set's columns and b = 0, or, with
 * abundances that sum to one, Q one of the differences from the set's shortest column b. The set is the solution when no row
 * gives less than zero, to rounding. Rows are kept in fours, one number of each after the other, so that four sums run at
 * once.
 */
final class SupportTable {
    /** Most columns: 2^8 maps of 8 rows take 150 kB, and each further column makes that more than twice as much. */
    static final int MOST_COLUMNS = 8;

    private static final double UNIT = 0x1p-52;
    private static final double[] DEPENDENT = new double[0];

    private final SupportFactors factors;
    private final double[][] columns;
    private final boolean sumToOne;
    private final int dimensions;
    private final AtomicReferenceArray<double[]> maps;

    SupportTable(double[][] columns, boolean sumToOne) {
        this.factors = new SupportFactors(columns, sumToOne);
        this.columns = columns;
        this.sumToOne = sumToOne;
        this.dimensions = columns[0].length;
        this.maps = new AtomicReferenceArray<>(1 << columns.length);
    }

    /** One thread's room for the computation of maps, so that nothing but the maps is allocated. */
    static final class Buffers {
        private final int[] support;
        private final SupportFactors.Factor factor;
        private final double[][] inverse;
        private final double[] origin;
        private final double[] rest;
        private final double[] multiplier;

        private Buffers(SupportTable table) {
            int p = table.columns.length;
            int r = table.dimensions;
            support = new int[p];
            factor = table.factors.room();
            inverse = new double[Math.min(p, r)][r];
            origin = new double[r];
            rest = new double[r];
            multiplier = new double[r];
        }
    }

    Buffers buffers() {
        return new Buffers(this);
    }

    boolean sumToOne() {
        return sumToOne;
    }

    /** As many of the first columns as are independent: the set to start from. */
    int start() {
        Buffers buffers = buffers();
        int set = 1;
        for (int j = 1; j < columns.length; j++) {
            set |= map(set | 1 << j, buffers).length == 0 ? 0 : 1 << j;
        }
        return map(set, buffers).length == 0 ? 0 : set;
    }

    /** Rows that are kept in fours; what is left over follows one by one. */
    private int inFours() {
        return columns.length / 4 * 4;
    }

    /** Where the numbers of a row begin: constant, r coefficients, allowance. */
    private int start(int row) {
        return row < inFours() ? row / 4 * 4 * (dimensions + 2) + row % 4 : row * (dimensions + 2);
    }

    /** From one of its numbers to the next. */
    private int step(int row) {
        return row < inFours() ? 4 : 1;
    }

    /**
     * The map of a set: for each four rows the constants, the coefficients of z and the allowances for rounding (relative to
     * the length of z and of b); at the end the {@link #set}, its {@link #base} and {@link #originLength}.
     *
     * @param set bit j for column j; not empty when the abundances sum to one
     * @param buffers the thread's own
     * @return the map, which must not be changed; of no length when the columns are dependent
     */
    double[] map(int set, Buffers buffers) {
        double[] map = maps.get(set);
        if (map == null) {
            map = compute(set, buffers);
            maps.set(set, map);
        }
        return map;
    }

    /** Which set a map is of. */
    static int set(double[] map) {
        return (int) map[map.length - 3];
    }

    /** The shortest column of a map's set, whose abundance is what is left of one; -1 without the sum. */
    static int base(double[] map) {
        return (int) map[map.length - 2];
    }

    /** The length of that column; zero without the sum. */
    static double originLength(double[] map) {
        return map[map.length - 1];
    }

    /** The coefficients of an independent set's map, p rows of r. */
    double[][] rows(int set, Buffers buffers) {
        double[] map = map(set, buffers);
        double[][] rows = new double[columns.length][dimensions];
        for (int j = 0; j < rows.length; j++) {
            for (int d = 0; d < dimensions; d++) {
                rows[j][d] = map[start(j) + step(j) * (d + 1)];
            }
        }
        return rows;
    }

    /** The constants of an independent set's map. */
    double[] constants(int set, Buffers buffers) {
        double[] map = map(set, buffers);
        double[] constants = new double[columns.length];
        for (int j = 0; j < constants.length; j++) {
            constants[j] = map[start(j)];
        }
        return constants;
    }

    private double[] compute(int set, Buffers own) {
        int p = columns.length;
        int size = Integer.bitCount(set);
        int[] support = own.support;
        for (int j = 0, at = 0; j < p; j++) {
            if ((set >> j & 1) == 1) {
                support[at++] = j;
            }
        }
        SupportFactors.Factor factor = factors.compute(support, size, own.factor);
        if (factor.dependent()) {
            return DEPENDENT;
        }
        int base = sumToOne ? support[factors.base(support, size)] : -1;
        double[] origin = base < 0 ? own.origin : columns[base];
        double[] map = new double[p * (dimensions + 2) + 3];
        double[][] inverse = own.inverse;
        factor.inverse(inverse);
        double[] rest = own.rest;
        Arrays.fill(rest, 0);
        for (int i = 0, v = 0; i < size; i++) {
            if (support[i] != base) {
                put(map, support[i], inverse[v], origin, 0, 0);
                for (int d = 0; d < dimensions; d++) {
                    rest[d] -= inverse[v][d];
                }
                v++;
            }
        }
        if (base >= 0) {
            put(map, base, rest, origin, 1, 0);
        }
        double[] multiplier = own.multiplier;
        for (int j = 0; j < p; j++) {
            if ((set >> j & 1) == 0) {
                for (int d = 0; d < dimensions; d++) {
                    multiplier[d] = origin[d] - columns[j][d];
                }
                double allowance = 4.0 * (p + dimensions) * UNIT * SupportFactors.norm(multiplier);
                factor.project(multiplier);
                put(map, j, multiplier, origin, 0, allowance);
            }
        }
        map[map.length - 3] = set;
        map[map.length - 2] = base;
        map[map.length - 1] = SupportFactors.norm(origin);
        return map;
    }

    private void put(double[] map, int row, double[] coefficients, double[] origin, double constant, double allowance) {
        int at = start(row);
        int step = step(row);
        double start = constant;
        for (int d = 0; d < dimensions; d++) {
            start -= coefficients[d] * origin[d];
            map[at + step * (d + 1)] = coefficients[d];
        }
        map[at] = start;
        map[at + step * (dimensions + 1)] = allowance;
    }
}
