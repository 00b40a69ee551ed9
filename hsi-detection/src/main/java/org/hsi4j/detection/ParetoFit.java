package org.hsi4j.detection;

import java.util.function.DoubleUnaryOperator;

/**
 * The generalised Pareto distribution of largest likelihood, S(y) = (1 + &xi; y / &sigma;)<sup>-1/&xi;</sup>, for excesses y &gt; 0. With
 * &theta; = &xi; / &sigma; the best &xi; is the mean of ln(1 + &theta; y), which leaves the likelihood of one variable, -ln(&xi; /
 * &theta;) - &xi; - 1 (Grimshaw, "Computing maximum likelihood estimates for the generalized Pareto distribution", Technometrics
 * 35, 1993): its maximum is bracketed on a grid and found by golden sections. Shapes below -1/2, where the likelihood is no
 * longer regular, are left out.
 *
 * @param scale &sigma;, above zero
 * @param shape &xi;; zero is the exponential distribution
 */
record ParetoFit(double scale, double shape) {
    private static final int GRID = 60;
    private static final int SECTIONS = 60;
    private static final double LEAST_SHAPE = -0.5;
    private static final double MOST_THETA = 100; // times the mean: shapes far beyond two
    private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

    static ParetoFit of(double[] excesses) {
        double mean = 0;
        double largest = 0;
        for (double y : excesses) {
            mean += y / excesses.length;
            largest = Math.max(largest, y);
        }
        double[] y = excesses.clone();
        for (int i = 0; i < y.length; i++) {
            y[i] /= mean;
        }
        // theta runs from almost -1/max over zero to far up; u = ln(1 + theta max) makes that even.
        double reach = largest / mean;
        DoubleUnaryOperator likelihood = u -> likelihood(y, Math.expm1(u) / reach);
        double low = -12;
        double high = Math.log1p(MOST_THETA * reach);
        double step = (high - low) / GRID;
        double best = 0;
        double highest = likelihood.applyAsDouble(0);
        for (int i = 0; i <= GRID; i++) {
            double value = likelihood.applyAsDouble(low + i * step);
            if (value > highest) {
                highest = value;
                best = low + i * step;
            }
        }
        double theta = Math.expm1(maximum(likelihood, best - step, best + step)) / reach;
        double shape = shape(y, theta);
        return new ParetoFit(mean * scale(shape, theta), shape);
    }

    private static double maximum(DoubleUnaryOperator f, double from, double to) {
        double a = from;
        double b = to;
        for (int i = 0; i < SECTIONS; i++) {
            double left = b - GOLDEN * (b - a);
            double right = a + GOLDEN * (b - a);
            if (f.applyAsDouble(left) >= f.applyAsDouble(right)) {
                b = right;
            } else {
                a = left;
            }
        }
        return 0.5 * (a + b);
    }

    private static double shape(double[] y, double theta) {
        double sum = 0;
        for (double value : y) {
            sum += Math.log1p(theta * value);
        }
        return sum / y.length;
    }

    /** xi / theta, which tends to the mean, one. */
    private static double scale(double shape, double theta) {
        return Math.abs(theta) < 1e-9 ? 1 : shape / theta;
    }

    private static double likelihood(double[] y, double theta) {
        double shape = shape(y, theta);
        return shape < LEAST_SHAPE || Double.isNaN(shape)
                ? Double.NEGATIVE_INFINITY
                : -Math.log(scale(shape, theta)) - shape - 1;
    }

    /** ln S(y). */
    double logSurvival(double y) {
        if (Math.abs(shape) < 1e-9) {
            return -y / scale;
        }
        return -Math.log1p(Math.max(-1, shape * y / scale)) / shape;
    }

    /** The excess with a given ln S. */
    double excess(double logSurvival) {
        if (Math.abs(shape) < 1e-9) {
            return -logSurvival * scale;
        }
        return scale * Math.expm1(-shape * logSurvival) / shape;
    }

    /** The density by S, -d ln S / dy. */
    double hazard(double y) {
        return 1 / (scale + shape * y);
    }
}
