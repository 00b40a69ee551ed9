package org.hsi4j.linalg;

import java.util.Arrays;

/**
 * The small steps of which proximal and projected-gradient methods are made, on the planes of a tile: one array an unknown, of
 * which the first {@code n} entries count. All work in place, allocate nothing and are stateless; a pixel that is not finite
 * stays so and leaves the others as they are.
 *
 * <pre>{@code
 * Proximal.projectOntoSimplex(abundances, n, new double[abundances.length]);
 * }</pre>
 */
public final class Proximal {

    private Proximal() {}

    /**
     * The nearest point of the unit simplex for each pixel: minimises |a - x|<sup>2</sup> subject to a &gt;= 0 and sum a = 1.
     *
     * <p>Exact, by sorting: with the entries in falling order u, and k the largest index with
     * u<sub>k</sub> &gt; (u<sub>1</sub> + ... + u<sub>k</sub> - 1) / k, the result is max(x - t, 0) with that quotient as t
     * (Held, Wolfe and Crowder, 1974). A point that is finite but beyond 2<sup>53</sup> is cut as exactly as float64 can.
     * Costs O(p log p) a pixel.
     *
     * @param inOut p planes: x on entry, a on return; NaN in every plane of a pixel that is not finite
     * @param n pixels
     * @param scratch at least p values; overwritten
     */
    public static void projectOntoSimplex(double[][] inOut, int n, double[] scratch) {
        int p = inOut.length;
        for (int i = 0; i < n; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (int k = 0; k < p; k++) {
                largest = Math.max(largest, inOut[k][i]);
            }
            // Less the largest entry, so that the sums keep their digits however large the entries are.
            double check = 0;
            for (int k = 0; k < p; k++) {
                scratch[k] = inOut[k][i] - largest;
                check += scratch[k] * 0.0;
            }
            double t = check == 0 ? threshold(scratch, p) : Double.NaN;
            for (int k = 0; k < p; k++) {
                inOut[k][i] = Math.max(inOut[k][i] - largest - t, 0.0);
            }
        }
    }

    private static double threshold(double[] x, int p) {
        Arrays.sort(x, 0, p);
        double sum = 0;
        double t = 0;
        for (int k = 1; k <= p; k++) {
            sum += x[p - k];
            double candidate = (sum - 1) / k;
            if (x[p - k] <= candidate) {
                break;
            }
            t = candidate;
        }
        return t;
    }

    /**
     * Soft threshold of each value: minimises (a - x)<sup>2</sup> / 2 + t |a|, which is sign(x) max(|x| - t, 0). Costs 3 flops
     * a value.
     *
     * @param inOut planes: x on entry, a on return
     * @param n pixels
     * @param t the threshold, at least zero
     */
    public static void softThreshold(double[][] inOut, int n, double t) {
        for (double[] plane : inOut) {
            for (int i = 0; i < n; i++) {
                // x less its projection onto [-t, t]: two comparisons that the JIT turns into vector code.
                plane[i] -= Math.max(-t, Math.min(t, plane[i]));
            }
        }
    }

    /**
     * Soft threshold of each pixel as a whole: minimises |a - x|<sup>2</sup> / 2 + t |a|, which is x max(1 - t / |x|, 0). Costs
     * 4 flops a value.
     *
     * @param inOut planes: x on entry, a on return
     * @param n pixels
     * @param t the threshold, at least zero
     * @param scratch at least n values; overwritten
     */
    public static void groupSoftThreshold(double[][] inOut, int n, double t, double[] scratch) {
        Kernels.best().squaredNorms(inOut, n, scratch);
        for (int i = 0; i < n; i++) {
            scratch[i] = shrinkage(scratch[i], t);
        }
        for (double[] plane : inOut) {
            for (int i = 0; i < n; i++) {
                plane[i] *= scratch[i];
            }
        }
    }

    /**
     * Soft threshold of each plane as a whole (the row of an abundance matrix): minimises, plane by plane,
     * |a - x|<sup>2</sup> / 2 + t |a|, so that planes of little weight vanish. For rows that run over several tiles, add up the
     * squared norms of all of them and use {@link #shrinkage}.
     *
     * @param inOut planes: x on entry, a on return
     * @param n pixels
     * @param t the threshold, at least zero
     */
    public static void rowSoftThreshold(double[][] inOut, int n, double t) {
        for (double[] plane : inOut) {
            double squared = 0;
            for (int i = 0; i < n; i++) {
                squared += plane[i] * plane[i];
            }
            double factor = shrinkage(squared, t);
            for (int i = 0; i < n; i++) {
                plane[i] *= factor;
            }
        }
    }

    /**
     * What a vector is multiplied by when it is soft thresholded as a whole: max(1 - t / |x|, 0).
     *
     * @param squaredNorm |x|<sup>2</sup>
     * @param t the threshold, at least zero
     * @return zero to one; NaN when the norm is
     */
    public static double shrinkage(double squaredNorm, double t) {
        double norm = Math.sqrt(squaredNorm);
        return norm <= t ? 0.0 : 1.0 - t / norm;
    }
}
