package org.hsi4j.unmixing.internal;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.hsi4j.linalg.Dense;
import org.jspecify.annotations.Nullable;

/**
 * How far noise moves the abundances of a set of endmembers, and of each endmember outside it if it were let in. All is for
 * noise of variance one in each band, or for a given noise covariance.
 */
public final class SupportSpread {
    /** Smallest pivot of a Gram matrix of unit diagonal that still tells two directions apart. */
    private static final double SMALLEST_PIVOT = 1e-7;

    private final double[][] gram;
    private final double @Nullable [][] noisyGram;
    private final double noise;
    private final boolean sumToOne;

    /**
     * Prepares.
     *
     * @param matrix E, bands x p
     * @param covariance of the noise, bands x bands; null for variance one
     * @param sumToOne whether abundances sum to one
     */
    public SupportSpread(double[][] matrix, double @Nullable [][] covariance, boolean sumToOne) {
        this.gram = product(matrix, matrix);
        this.noisyGram = covariance == null ? null : product(matrix, product(transposed(covariance), matrix));
        this.sumToOne = sumToOne;
        double trace = 0;
        for (int b = 0; covariance != null && b < covariance.length; b++) {
            trace += covariance[b][b];
        }
        this.noise = Math.sqrt(trace / matrix.length);
    }

    /** left' right. */
    private static double[][] product(double[][] left, double[][] right) {
        double[][] product = new double[left[0].length][right[0].length];
        for (int b = 0; b < left.length; b++) {
            for (int i = 0; i < product.length; i++) {
                for (int j = 0; j < product[i].length; j++) {
                    product[i][j] += left[b][i] * right[b][j];
                }
            }
        }
        return product;
    }

    private static double[][] transposed(double[][] matrix) {
        double[][] turned = new double[matrix[0].length][matrix.length];
        for (int i = 0; i < matrix.length; i++) {
            for (int j = 0; j < turned.length; j++) {
                turned[j][i] = matrix[i][j];
            }
        }
        return turned;
    }

    /**
     * What one thread has worked out.
     *
     * @return an empty cache
     */
    public Cache cache() {
        return new Cache();
    }

    /** Spreads by set, worked out when first asked for. For one thread. */
    public final class Cache {
        private final Map<Long, Spread> known = new HashMap<>();

        private Cache() {}

        /**
         * The spread of a set.
         *
         * @param set bit k for endmember k
         * @return the same for equal sets
         */
        public Spread get(long set) {
            Spread spread = known.get(set);
            if (spread == null) {
                spread = new Spread(set);
                known.put(set, spread);
            }
            return spread;
        }
    }

    /** How far the abundances of one set move. */
    public final class Spread {
        private final int base;
        private final int parameters;
        private final boolean determined;
        private final double[] deviation = new double[gram.length];
        /** Of each endmember outside the set: its variance when let in, for noise of variance one. */
        private final double[] inverse = new double[gram.length];
        /** How the others move when endmember k rises by one. */
        private final double[][] shift = new double[gram.length][gram.length];

        private Spread(long set) {
            this.base = sumToOne && set != 0 ? Long.numberOfTrailingZeros(set) : -1;
            this.parameters = Long.bitCount(set) - (base < 0 ? 0 : 1);
            boolean all = set != 0 || !sumToOne;
            all &= parameters == 0 || fill(free(set), -1);
            for (int k = 0; k < gram.length && all; k++) {
                if ((set >> k & 1) == 0) {
                    all = fill(free(set | 1L << k), k);
                }
            }
            this.determined = all;
        }

        private int[] free(long set) {
            int[] members = new int[Long.bitCount(set) - (base < 0 ? 0 : 1)];
            for (int k = 0, next = 0; k < gram.length; k++) {
                if ((set >> k & 1) == 1 && k != base) {
                    members[next++] = k;
                }
            }
            return members;
        }

        /** Deviations of the members, or what the one of them that was let in does; false if they depend on each other. */
        private boolean fill(int[] members, int let) {
            int n = members.length;
            double[][] own = differences(gram, members);
            double[] scale = new double[n];
            for (int i = 0; i < n; i++) {
                scale[i] = Math.sqrt(own[i][i]);
                if (!(scale[i] > 0)) {
                    return false;
                }
            }
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    own[i][j] = i == j ? 1 : own[i][j] / (scale[i] * scale[j]);
                }
            }
            Optional<double[][]> lower = Dense.cholesky(own);
            if (lower.isEmpty()) {
                return false;
            }
            for (int i = 0; i < n; i++) {
                if (!(lower.get()[i][i] > SMALLEST_PIVOT)) {
                    return false;
                }
            }
            double[][] c = Dense.inverse(lower.get());
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n; j++) {
                    c[i][j] /= scale[i] * scale[j];
                }
            }
            double[][] v = noisyGram == null ? c : times(times(c, differences(noisyGram, members)), c);
            if (let < 0) {
                takeDeviations(members, v);
            } else {
                take(members, let, c, v);
            }
            return true;
        }

        private void takeDeviations(int[] members, double[][] v) {
            double sum = 0;
            for (int i = 0; i < members.length; i++) {
                deviation[members[i]] = Math.sqrt(v[i][i]);
                for (int j = 0; j < members.length; j++) {
                    sum += v[i][j];
                }
            }
            if (base >= 0) {
                deviation[base] = Math.sqrt(Math.max(0.0, sum));
            }
        }

        private void take(int[] members, int let, double[][] c, double[][] v) {
            for (int i = 0; i < members.length; i++) {
                if (members[i] == let) {
                    inverse[let] = c[i][i];
                    deviation[let] = Math.sqrt(v[i][i]);
                    double sum = 0;
                    for (int j = 0; j < members.length; j++) {
                        shift[let][members[j]] = c[j][i] / c[i][i];
                        sum += shift[let][members[j]];
                    }
                    if (base >= 0) {
                        shift[let][base] = -sum;
                    }
                }
            }
        }

        /** The Gram matrix of the members, or of their differences from the base. */
        private double[][] differences(double[][] of, int[] members) {
            double[][] result = new double[members.length][members.length];
            for (int i = 0; i < members.length; i++) {
                for (int j = 0; j < members.length; j++) {
                    result[i][j] = of[members[i]][members[j]];
                    if (base >= 0) {
                        result[i][j] += of[base][base] - of[members[i]][base] - of[base][members[j]];
                    }
                }
            }
            return result;
        }

        private static double[][] times(double[][] left, double[][] right) {
            return product(transposed(left), right);
        }

        /**
         * Free parameters of the set.
         *
         * @return its size, one less when abundances sum to one
         */
        public int parameters() {
            return parameters;
        }

        /**
         * Whether all deviations are known.
         *
         * @return false where endmembers depend on each other, or the set is empty but must sum to one
         */
        public boolean isDetermined() {
            return determined;
        }

        /**
         * Root mean square over the bands of the noise that was given.
         *
         * @return zero when none was
         */
        public double noise() {
            return noise;
        }

        /**
         * Standard deviation of an abundance.
         *
         * @param k of the set, or outside it and then let in
         * @return zero or more
         */
        public double deviation(int k) {
            return deviation[k];
        }

        /**
         * What an endmember outside the set would have if it were let in.
         *
         * @param k outside the set
         * @param correlation E'(y - E a)
         * @return negative at a solution
         */
        public double released(int k, double[] correlation) {
            return inverse[k] * (correlation[k] - (base < 0 ? 0 : correlation[base]));
        }

        /**
         * How an abundance moves when that of an endmember outside the set rises by one.
         *
         * @param k outside the set
         * @param j of the set
         * @return the change
         */
        public double shift(int k, int j) {
            return shift[k][j];
        }
    }
}
