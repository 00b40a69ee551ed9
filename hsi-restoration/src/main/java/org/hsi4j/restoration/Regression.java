package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.Optional;
import org.hsi4j.linalg.Dense;

/** Least squares of planes on other planes and a constant, over some of their pixels. Immutable and thread-safe. */
final class Regression {
    /** Of the mean variance of the regressors: what keeps equal ones apart. */
    private static final double RIDGE = 1e-10;

    private final double[][] regressors;
    private final boolean[] use;
    private final int count;
    private final double[] mean;
    private final double[][] lower;

    private Regression(double[][] regressors, boolean[] use, int count, double[] mean, double[][] lower) {
        this.regressors = regressors;
        this.use = use;
        this.count = count;
        this.mean = mean;
        this.lower = lower;
    }

    /**
     * The best weights for one plane.
     *
     * @param variance mean square of what is left
     * @param share what is left, as a share of the plane's variance; 1 for a constant plane
     */
    @SuppressWarnings("ArrayRecordComponent") // made for the caller
    record Fit(double[] weights, double constant, double variance, double share) {

        /** What the weights make of the regressors, in all pixels. */
        double[] apply(double[][] planes) {
            double[] result = new double[planes[0].length];
            Arrays.fill(result, constant);
            for (int k = 0; k < weights.length; k++) {
                for (int i = 0; i < result.length; i++) {
                    result[i] += weights[k] * planes[k][i];
                }
            }
            return result;
        }
    }

    static Regression on(double[][] regressors, boolean[] use) {
        int n = regressors.length;
        int count = 0;
        for (boolean used : use) {
            count += used ? 1 : 0;
        }
        double[] mean = new double[n];
        for (int k = 0; k < n; k++) {
            mean[k] = mean(regressors[k], use, count);
        }
        double[][] gram = new double[n][n];
        double trace = 0;
        for (int k = 0; k < n; k++) {
            for (int j = 0; j <= k; j++) {
                gram[k][j] = product(regressors[k], mean[k], regressors[j], mean[j], use);
                gram[j][k] = gram[k][j];
            }
            trace += gram[k][k];
        }
        return new Regression(regressors, use, count, mean, cholesky(gram, trace / n));
    }

    private static double[][] cholesky(double[][] gram, double size) {
        for (double ridge = RIDGE; ; ridge *= 100) {
            double[][] loaded = new double[gram.length][];
            for (int k = 0; k < gram.length; k++) {
                loaded[k] = gram[k].clone();
                loaded[k][k] += size == 0 ? 1 : ridge * size;
            }
            Optional<double[][]> lower = Dense.cholesky(loaded);
            if (lower.isPresent()) {
                return lower.get();
            }
        }
    }

    Fit fit(double[] target) {
        double constant = mean(target, use, count);
        double[] products = new double[regressors.length];
        for (int k = 0; k < products.length; k++) {
            products[k] = product(regressors[k], mean[k], target, constant, use);
        }
        double[] weights = products.clone();
        Dense.solve(lower, weights);
        double total = product(target, constant, target, constant, use);
        double left = total;
        for (int k = 0; k < weights.length; k++) {
            left -= weights[k] * products[k];
            constant -= weights[k] * mean[k];
        }
        left = Math.max(left, 0);
        return new Fit(weights, constant, count == 0 ? 0 : left / count, total == 0 ? 1 : left / total);
    }

    /** Given weights: only the constant is found, and what they leave. */
    Fit given(double[] target, double[] weights) {
        double[] left = new Fit(weights, 0, 0, 0).apply(regressors);
        for (int i = 0; i < left.length; i++) {
            left[i] = target[i] - left[i];
        }
        double constant = mean(left, use, count);
        double square = product(left, constant, left, constant, use);
        double center = mean(target, use, count);
        double total = product(target, center, target, center, use);
        return new Fit(weights, constant, count == 0 ? 0 : square / count, total == 0 ? 1 : square / total);
    }

    private static double mean(double[] plane, boolean[] use, int count) {
        double sum = 0;
        for (int i = 0; i < plane.length; i++) {
            sum += use[i] ? plane[i] : 0;
        }
        return count == 0 ? 0 : sum / count;
    }

    private static double product(double[] x, double meanX, double[] y, double meanY, boolean[] use) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += use[i] ? (x[i] - meanX) * (y[i] - meanY) : 0;
        }
        return sum;
    }
}
