package org.hsi4j.linalg;

/**
 * Cholesky factorisation of small matrices in place and without taking memory: for methods that have a matrix of their own
 * for each pixel.
 *
 * <p>A symmetric matrix S is held as the rows of its lower triangle, {@code rows[i][j]} for {@code j <= i}; what lies beyond
 * is not touched, so a row may be of length i + 1 or longer. The factor is the lower triangular M with M' M = S, found from
 * the last row upwards: every inner loop then begins at index zero and takes up to four rows from one, the shape that C2
 * turns into vector code. Stateless and thread-safe.
 *
 * <pre>{@code
 * if (RowCholesky.factor(rows, n, leastPivots)) {
 *     double distance = RowCholesky.whiten(rows, n, x); // x' S^-1 x
 * }
 * }</pre>
 */
public final class RowCholesky {

    private RowCholesky() {}

    /**
     * Factors a matrix in place. Costs n<sup>3</sup> / 3 flops.
     *
     * @param rows lower triangle of S on entry, M on return; garbage when the answer is false
     * @param n number of rows
     * @param leastPivots a pivot that is not larger than this is rounding, and the matrix singular; usually 10 n rounding
     *     units of the diagonal entry of S
     * @return whether S is finite and positive definite to working precision
     */
    public static boolean factor(double[][] rows, int n, double[] leastPivots) {
        for (int top = n; top > 0; top -= 4) {
            int bottom = Math.max(0, top - 4);
            for (int k = top - 1; k >= bottom; k--) {
                double[] row = rows[k];
                for (int p = top - 1; p > k; p--) {
                    subtract1(row, rows[p][k], rows[p], k + 1);
                }
                double pivot = row[k];
                if (!(pivot > leastPivots[k]) || pivot == Double.POSITIVE_INFINITY) {
                    return false;
                }
                scale(row, 1 / Math.sqrt(pivot), k + 1);
            }
            if (bottom > 0) {
                double[] y0 = rows[top - 1];
                double[] y1 = rows[top - 2];
                double[] y2 = rows[top - 3];
                double[] y3 = rows[top - 4];
                for (int i = 0; i < bottom; i++) {
                    subtract4(rows[i], y0[i], y0, y1[i], y1, y2[i], y2, y3[i], y3, i + 1);
                }
            }
        }
        return true;
    }

    /**
     * Solves M' z = x in place. Costs n<sup>2</sup> flops.
     *
     * @param factor M, from {@link #factor}
     * @param n number of rows
     * @param inOut x on entry, z on return
     * @return z' z, which is x' S<sup>-1</sup> x
     */
    public static double whiten(double[][] factor, int n, double[] inOut) {
        double sum = 0;
        for (int k = n - 1; k >= 0; k--) {
            double[] row = factor[k];
            double z = inOut[k] / row[k];
            subtract1(inOut, z, row, k);
            inOut[k] = z;
            sum += z * z;
        }
        return sum;
    }

    private static void subtract4(
            double[] z,
            double w0,
            double[] y0,
            double w1,
            double[] y1,
            double w2,
            double[] y2,
            double w3,
            double[] y3,
            int n) {
        for (int j = 0; j < n; j++) {
            z[j] -= w0 * y0[j] + w1 * y1[j] + w2 * y2[j] + w3 * y3[j];
        }
    }

    private static void subtract1(double[] z, double w, double[] y, int n) {
        for (int j = 0; j < n; j++) {
            z[j] -= w * y[j];
        }
    }

    private static void scale(double[] z, double w, int n) {
        for (int j = 0; j < n; j++) {
            z[j] *= w;
        }
    }
}
