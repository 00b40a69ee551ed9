package org.hsi4j.unmixing.internal;

import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Orthogonal factors of some columns of a small matrix, kept under the set of columns. Mutable, for one thread.
 *
 * <p>The factor of a set depends on the set alone, never on what was asked before, so what happens to be kept changes the
 * time and no bit of the result.
 */
final class SupportFactors {
    /** Most bytes of factors a thread keeps. */
    private static final long BUDGET = 8L << 20;

    /** Sets with a column beyond this have no key. */
    private static final int KEYED_COLUMNS = 62;

    private final double[][] columns;
    private final boolean differences;
    private final double[] lengths;
    private final int most;
    private final long[] keys;
    private final Factor[] kept;
    private final Factor whole;
    private final Factor scratch;
    private int count;

    /**
     * For a matrix.
     *
     * @param columns p columns of r values
     * @param differences whether to factor the differences from the shortest column of the set ({@link #base}) instead of
     *     the columns
     */
    SupportFactors(double[][] columns, boolean differences) {
        this.columns = columns;
        this.differences = differences;
        this.lengths = new double[columns.length];
        for (int j = 0; j < columns.length; j++) {
            lengths[j] = norm(columns[j]);
        }
        int p = columns.length;
        int r = columns[0].length;
        long bytes = 8L * (r + p) * p / 2 + 64;
        long sets = p > KEYED_COLUMNS ? 0 : p > 20 ? Long.MAX_VALUE : (1L << p);
        this.most = (int) Math.min(sets, BUDGET / bytes);
        int slots = Integer.highestOneBit(Math.max(1, most)) * 4;
        this.keys = new long[slots];
        this.kept = new Factor[slots];
        this.whole = fill(new Factor(p, r), IntStream.range(0, p).toArray(), p);
        this.scratch = new Factor(p, r);
    }

    /** Q with orthonormal columns and an upper triangle T, so that Q T are the factored vectors. */
    static final class Factor {
        private final double[][] q;
        private final double[][] t;
        private int size;
        private boolean dependent;

        /** More vectors than dimensions are never independent, so no more are kept. */
        private Factor(int vectors, int r) {
            int most = Math.min(vectors, r);
            q = new double[most][r];
            t = new double[most][most];
        }

        /** Whether a vector lies in the span of those before it, to rounding. Nothing else may be asked for then. */
        boolean dependent() {
            return dependent;
        }

        /** Solves min ||Q T x - target||; x has {@code size} values. */
        void solve(double[] target, double[] x) {
            for (int i = 0; i < size; i++) {
                double[] qi = q[i];
                double sum = 0;
                for (int k = 0; k < qi.length; k++) {
                    sum += qi[k] * target[k];
                }
                x[i] = sum;
            }
            for (int i = size - 1; i >= 0; i--) {
                double sum = x[i];
                for (int j = i + 1; j < size; j++) {
                    sum -= t[i][j] * x[j];
                }
                x[i] = sum / t[i][i];
            }
        }

        /**
         * The rows of the inverse of T times Q', which take a target to the solution.
         *
         * @param inverse receives {@code size} rows of r values
         */
        void inverse(double[][] inverse) {
            for (int i = size - 1; i >= 0; i--) {
                double[] row = inverse[i];
                System.arraycopy(q[i], 0, row, 0, row.length);
                for (int j = i + 1; j < size; j++) {
                    for (int k = 0; k < row.length; k++) {
                        row[k] -= t[i][j] * inverse[j][k];
                    }
                }
                for (int k = 0; k < row.length; k++) {
                    row[k] /= t[i][i];
                }
            }
        }

        /** Takes the part in the span of Q out of v, twice, so that rounding leaves nothing of it. */
        void project(double[] v) {
            for (int pass = 0; pass < 2; pass++) {
                for (int i = 0; i < size; i++) {
                    removePart(q[i], v);
                }
            }
        }
    }

    /** Room for the factor of any set. */
    Factor room() {
        return new Factor(columns.length, columns[0].length);
    }

    /**
     * The factor of a set of columns, computed anew; may be asked for by several threads at once.
     *
     * @param support indices of columns, rising
     * @param size how many there are
     * @param room overwritten
     * @return the room
     */
    Factor compute(int[] support, int size, Factor room) {
        return fill(room, support, size);
    }

    /**
     * The factor of a set of columns; valid until the next call.
     *
     * @param support indices of columns, rising
     * @param size how many there are, at least one
     */
    Factor of(int[] support, int size) {
        if (size == columns.length) {
            return whole;
        }
        if (most == 0) {
            return fill(scratch, support, size);
        }
        long key = 0;
        for (int i = 0; i < size; i++) {
            key |= 1L << support[i];
        }
        int slot = slot(key);
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return kept[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        if (count == most) {
            return fill(scratch, support, size);
        }
        count++;
        keys[slot] = key;
        kept[slot] = fill(new Factor(differences ? size - 1 : size, columns[0].length), support, size);
        return kept[slot];
    }

    /**
     * The shortest column of a set: differences from it keep the relative precision of every other column.
     *
     * @param support indices of columns
     * @param size how many there are
     * @return its place in the set
     */
    int base(int[] support, int size) {
        int base = 0;
        for (int i = 1; i < size; i++) {
            if (lengths[support[i]] < lengths[support[base]]) {
                base = i;
            }
        }
        return base;
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }

    /** Modified Gram-Schmidt, done twice for each vector: Q is then orthonormal to rounding whatever the condition. */
    private Factor fill(Factor factor, int[] support, int size) {
        int base = differences ? base(support, size) : -1;
        factor.size = 0;
        factor.dependent = false;
        for (int j = 0; j < size && !factor.dependent; j++) {
            if (j != base) {
                append(factor, columns[support[j]], base < 0 ? null : columns[support[base]]);
            }
        }
        return factor;
    }

    private void append(Factor factor, double[] column, double @Nullable [] base) {
        int at = factor.size;
        if (at == factor.q.length) {
            factor.dependent = true;
            return;
        }
        factor.size++;
        double[] v = factor.q[at];
        for (int k = 0; k < v.length; k++) {
            v[k] = base == null ? column[k] : column[k] - base[k];
        }
        double before = norm(v);
        for (int i = 0; i < at; i++) {
            factor.t[i][at] = 0;
        }
        for (int pass = 0; pass < 2; pass++) {
            for (int i = 0; i < at; i++) {
                factor.t[i][at] += removePart(factor.q[i], v);
            }
        }
        double after = norm(v);
        factor.t[at][at] = after;
        factor.dependent = !(after > 8 * columns.length * 0x1p-52 * before);
        for (int k = 0; k < v.length && !factor.dependent; k++) {
            v[k] /= after;
        }
    }

    private static double removePart(double[] q, double[] v) {
        double part = 0;
        for (int k = 0; k < v.length; k++) {
            part += q[k] * v[k];
        }
        for (int k = 0; k < v.length; k++) {
            v[k] -= part * q[k];
        }
        return part;
    }

    static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }
}
