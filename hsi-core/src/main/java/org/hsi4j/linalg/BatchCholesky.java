package org.hsi4j.linalg;

import java.util.Arrays;

/**
 * Cholesky factorisation of many small matrices side by side, for methods that have normal equations of their own in each
 * pixel: all loops run along the pixels, the shape that C2 turns into vector code. For a single matrix a pixel that is large,
 * {@link RowCholesky}.
 *
 * <p>A symmetric p x p matrix S of each pixel is held as the planes of its lower triangle, row by row: S(i, j) for j &le; i is
 * {@code planes[i * (i + 1) / 2 + j]}. The factor L with L L' = S takes its place, with the reciprocals of its diagonal on the
 * diagonal. A pixel whose matrix is not positive definite to working precision, or not finite, has NaN in its factor and so
 * in all solutions, and leaves the others as they are. Stateless and thread-safe; nothing is allocated.
 *
 * <pre>{@code
 * BatchCholesky.factor(matrices, p, n, new double[n]);
 * BatchCholesky.solve(matrices, p, rightHandSides, n);
 * }</pre>
 */
public final class BatchCholesky {

    private BatchCholesky() {}

    /**
     * Planes of a triangle.
     *
     * @param p rows of a matrix
     * @return p (p + 1) / 2
     */
    public static int planes(int p) {
        return p * (p + 1) / 2;
    }

    /**
     * Factors the matrices of all pixels in place. Costs p<sup>3</sup> / 3 flops a pixel, beside p square roots and divisions.
     *
     * @param triangle planes of S on entry, of L on return
     * @param p rows of a matrix, at least one
     * @param n pixels
     * @param scratch at least n values; overwritten
     */
    public static void factor(double[][] triangle, int p, int n, double[] scratch) {
        double least = 10 * p * Math.ulp(1.0);
        for (int i = 0; i < p; i++) {
            int row = i * (i + 1) / 2;
            for (int j = 0; j < i; j++) {
                int other = j * (j + 1) / 2;
                subtractProducts(triangle[row + j], triangle, row, other, j, n);
                multiply(triangle[row + j], triangle[other + j], n);
            }
            double[] diagonal = triangle[row + i];
            Arrays.fill(scratch, 0, n, 0.0);
            for (int k = 0; k < i; k++) {
                addSquares(scratch, triangle[row + k], n);
            }
            reciprocalRoots(diagonal, scratch, least, n);
        }
    }

    /** Less the sum over k of L(i, k) L(j, k), four at a time. */
    private static void subtractProducts(double[] z, double[][] l, int first, int second, int count, int n) {
        int k = 0;
        for (; k + 4 <= count; k += 4) {
            subtract4(
                    z,
                    l[first + k],
                    l[second + k],
                    l[first + k + 1],
                    l[second + k + 1],
                    l[first + k + 2],
                    l[second + k + 2],
                    l[first + k + 3],
                    l[second + k + 3],
                    n);
        }
        for (; k < count; k++) {
            subtract1(z, l[first + k], l[second + k], n);
        }
    }

    /** A pivot that is mostly rounding becomes NaN, and so does all that comes of it. */
    private static void reciprocalRoots(double[] diagonal, double[] squares, double least, int n) {
        for (int i = 0; i < n; i++) {
            double pivot = diagonal[i] - squares[i];
            diagonal[i] =
                    pivot > least * diagonal[i] && pivot < Double.POSITIVE_INFINITY ? 1 / Math.sqrt(pivot) : Double.NaN;
        }
    }

    /**
     * Solves S a = x for all pixels in place. Costs 2 p<sup>2</sup> flops a pixel.
     *
     * @param factor planes of L, from {@link #factor}
     * @param p rows of a matrix
     * @param inOut p planes: x on entry, a on return
     * @param n pixels
     */
    public static void solve(double[][] factor, int p, double[][] inOut, int n) {
        for (int i = 0; i < p; i++) {
            int row = i * (i + 1) / 2;
            for (int k = 0; k < i; k++) {
                subtract1(inOut[i], factor[row + k], inOut[k], n);
            }
            multiply(inOut[i], factor[row + i], n);
        }
        for (int i = p - 1; i >= 0; i--) {
            for (int k = i + 1; k < p; k++) {
                subtract1(inOut[i], factor[k * (k + 1) / 2 + i], inOut[k], n);
            }
            multiply(inOut[i], factor[i * (i + 1) / 2 + i], n);
        }
    }

    /**
     * Inverts the matrices of all pixels. Costs 2 p<sup>3</sup> / 3 flops a pixel.
     *
     * @param factor planes of L, from {@link #factor}
     * @param p rows of a matrix
     * @param inverse planes of the lower triangle of the inverse
     * @param column p planes; overwritten
     * @param n pixels
     */
    public static void inverse(double[][] factor, int p, double[][] inverse, double[][] column, int n) {
        for (int q = 0; q < p; q++) {
            System.arraycopy(factor[planes(q) + q], 0, column[q], 0, n);
            for (int i = q + 1; i < p; i++) {
                Arrays.fill(column[i], 0, n, 0.0);
                for (int k = q; k < i; k++) {
                    subtract1(column[i], factor[planes(i) + k], column[k], n);
                }
                multiply(column[i], factor[planes(i) + i], n);
            }
            for (int i = p - 1; i >= q; i--) {
                for (int k = i + 1; k < p; k++) {
                    subtract1(column[i], factor[planes(k) + i], column[k], n);
                }
                multiply(column[i], factor[planes(i) + i], n);
                System.arraycopy(column[i], 0, inverse[planes(i) + q], 0, n);
            }
        }
    }

    private static void subtract4(
            double[] z,
            double[] x0,
            double[] y0,
            double[] x1,
            double[] y1,
            double[] x2,
            double[] y2,
            double[] x3,
            double[] y3,
            int n) {
        for (int i = 0; i < n; i++) {
            z[i] -= x0[i] * y0[i] + x1[i] * y1[i] + x2[i] * y2[i] + x3[i] * y3[i];
        }
    }

    private static void subtract1(double[] z, double[] x, double[] y, int n) {
        for (int i = 0; i < n; i++) {
            z[i] -= x[i] * y[i];
        }
    }

    private static void addSquares(double[] z, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            z[i] += x[i] * x[i];
        }
    }

    private static void multiply(double[] z, double[] x, int n) {
        for (int i = 0; i < n; i++) {
            z[i] *= x[i];
        }
    }
}
