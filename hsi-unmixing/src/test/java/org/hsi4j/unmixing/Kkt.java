package org.hsi4j.unmixing;

/**
 * How far abundances are from fulfilling the conditions of Karush, Kuhn and Tucker for min ||y - E a||^2 with a >= 0 and,
 * where asked, sum(a) = 1: the largest of
 *
 * <ul>
 *   <li>primal feasibility: -a_k, and |sum(a) - 1|, relative to the largest abundance;
 *   <li>dual feasibility: g_k - nu above zero, with g = E'(y - E a), nu = a'g / sum(a) for ASC and zero without;
 *   <li>stationarity, which contains complementarity: |g_k - nu| where a_k > 0;
 * </ul>
 *
 * <p>the last two divided by the largest entry of |E|'|y|, to which |E|'|E||a| is added for ASC, where y may be zero.
 */
public final class Kkt {

    private Kkt() {}

    public static double residual(double[][] e, double[] y, double[] a, boolean sumToOne) {
        int p = a.length;
        double[] rest = y.clone();
        double[] magnitude = new double[y.length];
        for (int b = 0; b < y.length; b++) {
            magnitude[b] = Math.abs(y[b]);
            for (int k = 0; k < p; k++) {
                rest[b] -= e[b][k] * a[k];
                magnitude[b] += sumToOne ? Math.abs(e[b][k] * a[k]) : 0;
            }
        }
        double[] g = new double[p];
        double scale = 0;
        double sum = 0;
        double largest = 0;
        double nu = 0;
        for (int k = 0; k < p; k++) {
            double s = 0;
            for (int b = 0; b < y.length; b++) {
                g[k] += e[b][k] * rest[b];
                s += Math.abs(e[b][k]) * magnitude[b];
            }
            scale = Math.max(scale, s);
            sum += a[k];
            largest = Math.max(largest, Math.abs(a[k]));
            nu += a[k] * g[k];
        }
        nu = sumToOne ? nu / sum : 0;
        scale = scale > 0 ? scale : 1;
        largest = largest > 0 ? largest : 1;
        double worst = sumToOne ? Math.abs(sum - 1) : 0;
        for (int k = 0; k < p; k++) {
            if (!Double.isFinite(a[k])) {
                return Double.POSITIVE_INFINITY;
            }
            double slope = (g[k] - nu) / scale;
            worst = Math.max(worst, -a[k] / largest);
            worst = Math.max(worst, a[k] > 0 ? Math.abs(slope) : slope);
        }
        return worst;
    }
}
