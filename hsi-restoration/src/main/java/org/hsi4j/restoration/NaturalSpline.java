package org.hsi4j.restoration;

/** The natural cubic spline through points: of all smooth curves through them the one with the least squared curvature. */
final class NaturalSpline {
    private final double[] at;
    private final double[] value;
    private final double[] curvature;

    /**
     * Through points.
     *
     * @param at places, rising, at least one
     * @param value values there
     */
    NaturalSpline(double[] at, double[] value) {
        this.at = at;
        this.value = value;
        this.curvature = curvature(at, value);
    }

    /** Second derivatives, zero at both ends: a tridiagonal system, solved by elimination. */
    private static double[] curvature(double[] at, double[] value) {
        int n = at.length;
        double[] second = new double[n];
        double[] upper = new double[n];
        for (int i = 1; i + 1 < n; i++) {
            double left = at[i] - at[i - 1];
            double right = at[i + 1] - at[i];
            double slopes = (value[i + 1] - value[i]) / right - (value[i] - value[i - 1]) / left;
            double pivot = 2 * (left + right) - left * upper[i - 1];
            upper[i] = right / pivot;
            second[i] = (6 * slopes - left * second[i - 1]) / pivot;
        }
        for (int i = n - 2; i > 0; i--) {
            second[i] -= upper[i] * second[i + 1];
        }
        return second;
    }

    /** The curve; beyond the ends the value there. */
    double at(double x) {
        int n = at.length;
        if (x <= at[0]) {
            return value[0];
        }
        if (x >= at[n - 1]) {
            return value[n - 1];
        }
        int i = 0;
        while (at[i + 1] < x) {
            i++;
        }
        double width = at[i + 1] - at[i];
        double a = (at[i + 1] - x) / width;
        double b = 1 - a;
        return a * value[i]
                + b * value[i + 1]
                + ((a * a * a - a) * curvature[i] + (b * b * b - b) * curvature[i + 1]) * width * width / 6;
    }
}
