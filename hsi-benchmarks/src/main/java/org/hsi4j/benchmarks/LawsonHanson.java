package org.hsi4j.benchmarks;

import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** NNLS as Lawson and Hanson (1974) print it, with EJML's least squares on the bands for each set. */
final class LawsonHanson {
    private final double[][] endmembers;
    private final int p;

    LawsonHanson(double[][] endmembers) {
        this.endmembers = endmembers;
        this.p = endmembers[0].length;
    }

    /** Solves one pixel. */
    double[] solve(double[] y) {
        double[] a = new double[p];
        boolean[] inside = new boolean[p];
        for (int step = 0; step < 10 * p; step++) {
            int entering = steepest(y, a, inside);
            if (entering < 0) {
                return a;
            }
            inside[entering] = true;
            double[] trial = solveOn(inside, y);
            while (Arrays.stream(trial).min().orElse(0) < 0) {
                double reach = 1;
                for (int k = 0; k < p; k++) {
                    reach = trial[k] < 0 ? Math.min(reach, a[k] / (a[k] - trial[k])) : reach;
                }
                for (int k = 0; k < p; k++) {
                    boolean blocking = trial[k] < 0 && a[k] / (a[k] - trial[k]) <= reach;
                    a[k] = blocking ? 0 : a[k] + reach * (trial[k] - a[k]);
                    inside[k] &= !blocking;
                }
                trial = solveOn(inside, y);
            }
            a = trial;
        }
        throw new IllegalStateException("no solution after " + 10 * p + " steps");
    }

    private int steepest(double[] y, double[] a, boolean[] inside) {
        double[] gradient = new double[p];
        for (int b = 0; b < y.length; b++) {
            double rest = y[b];
            for (int k = 0; k < p; k++) {
                rest -= endmembers[b][k] * a[k];
            }
            for (int k = 0; k < p; k++) {
                gradient[k] += endmembers[b][k] * rest;
            }
        }
        int best = -1;
        for (int k = 0; k < p; k++) {
            if (!inside[k] && gradient[k] > 1e-10 && (best < 0 || gradient[k] > gradient[best])) {
                best = k;
            }
        }
        return best;
    }

    private double[] solveOn(boolean[] inside, double[] y) {
        int count = 0;
        for (boolean in : inside) {
            count += in ? 1 : 0;
        }
        double[] a = new double[p];
        if (count == 0) {
            return a;
        }
        DMatrixRMaj columns = new DMatrixRMaj(y.length, count);
        for (int k = 0, column = 0; k < p; k++) {
            if (inside[k]) {
                for (int b = 0; b < y.length; b++) {
                    columns.unsafe_set(b, column, endmembers[b][k]);
                }
                column++;
            }
        }
        DMatrixRMaj x = new DMatrixRMaj(count, 1);
        if (!CommonOps_DDRM.solve(columns, DMatrixRMaj.wrap(y.length, 1, y), x)) {
            throw new IllegalStateException("the endmembers are dependent");
        }
        for (int k = 0, row = 0; k < p; k++) {
            a[k] = inside[k] ? x.unsafe_get(row++, 0) : 0;
        }
        return a;
    }
}
