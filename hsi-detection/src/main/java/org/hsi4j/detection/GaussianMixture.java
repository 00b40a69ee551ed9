package org.hsi4j.detection;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Random;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;

/**
 * A mixture of Gaussians in coordinates in which all pixels together have unit covariance. It is fitted by expectation and maximisation with
 * a prior: each component is joined by so many more pixels of unit covariance about its own mean, so none can collapse.
 */
final class GaussianMixture implements Serializable {
    private static final long serialVersionUID = 1L;

    /** Fewer pixels than this, in sum of their shares, leave a component where it is. */
    private static final double FEWEST = 1e-9;

    private final double[] logs; // ln of the weight, less half of ln det C
    private final double[][] means;
    private final double[][][] uppers; // transposed inverse factors

    private GaussianMixture(double[] logs, double[][] means, double[][][] uppers) {
        this.logs = logs;
        this.means = means;
        this.uppers = uppers;
    }

    /**
     * How a fit went.
     *
     * @param objective ln of the likelihood and of the prior, up to a constant, a pixel
     */
    record Fit(GaussianMixture mixture, double objective, int iterations, boolean converged) {}

    /** Fits from one random start: means are drawn far from each other, components begin with unit covariance. */
    static Fit fit(
            double[][] planes,
            int n,
            int components,
            double prior,
            int maxIterations,
            Random random,
            RunContext context) {
        int d = planes.length;
        double[] logs = new double[components];
        Arrays.fill(logs, -Math.log(components));
        double[][][] uppers = new double[components][][];
        Arrays.setAll(uppers, k -> identity(d));
        GaussianMixture mixture = new GaussianMixture(logs, starts(planes, n, components, random), uppers);
        double penalty = components * prior * 0.5 * d;
        double[][] shares = new double[components][n];
        double[][] copy = new double[d][n];
        double before = Double.NEGATIVE_INFINITY;
        int iterations = 0;
        boolean converged = false;
        while (iterations < maxIterations && !converged) {
            context.checkCancelled();
            double objective = (mixture.expect(planes, n, copy, shares) - penalty) / n;
            converged = objective - before <= 1e-6 * Math.max(1, Math.abs(objective));
            before = objective;
            if (!converged) {
                penalty = 0;
                Next next = mixture.maximise(planes, n, copy, shares, prior);
                mixture = next.mixture;
                penalty = next.penalty;
                iterations++;
            }
        }
        return new Fit(mixture, before, iterations, converged);
    }

    private record Next(GaussianMixture mixture, double penalty) {}

    private static double[][] identity(int d) {
        double[][] identity = new double[d][d];
        for (int b = 0; b < d; b++) {
            identity[b][b] = 1;
        }
        return identity;
    }

    /** Each next one with a probability in proportion to the squared distance from those before it. */
    private static double[][] starts(double[][] planes, int n, int count, Random random) {
        double[] distances = new double[n];
        Arrays.fill(distances, 1.0);
        double[][] starts = new double[count][planes.length];
        for (int k = 0; k < count; k++) {
            int pixel = draw(distances, random);
            for (int b = 0; b < planes.length; b++) {
                starts[k][b] = planes[b][pixel];
            }
            for (int i = 0; i < n; i++) {
                double square = 0;
                for (int b = 0; b < planes.length; b++) {
                    square += (planes[b][i] - starts[k][b]) * (planes[b][i] - starts[k][b]);
                }
                distances[i] = k == 0 ? square : Math.min(distances[i], square);
            }
        }
        return starts;
    }

    private static int draw(double[] weights, Random random) {
        double left = random.nextDouble() * Arrays.stream(weights).sum();
        int i = 0;
        while (i < weights.length - 1 && left >= weights[i]) {
            left -= weights[i++];
        }
        return i;
    }

    int components() {
        return logs.length;
    }

    /** The shares of the components in each pixel; returns the sum of the logarithms of the densities. */
    private double expect(double[][] planes, int n, double[][] copy, double[][] shares) {
        for (int k = 0; k < logs.length; k++) {
            terms(k, planes, n, copy, shares[k]);
        }
        double total = 0;
        for (int i = 0; i < n; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] share : shares) {
                largest = Math.max(largest, share[i]);
            }
            double sum = 0;
            for (double[] share : shares) {
                share[i] = Math.exp(share[i] - largest);
                sum += share[i];
            }
            for (double[] share : shares) {
                share[i] /= sum;
            }
            total += largest + Math.log(sum);
        }
        return total;
    }

    /** ln of the weighted densities of a component, without the power of 2 pi. */
    private void terms(int k, double[][] planes, int n, double[][] copy, double[] out) {
        for (int b = 0; b < planes.length; b++) {
            System.arraycopy(planes[b], 0, copy[b], 0, n);
        }
        Kernels.best().squaredDistances(uppers[k], means[k], copy, n, out);
        for (int i = 0; i < n; i++) {
            out[i] = logs[k] - 0.5 * out[i];
        }
    }

    private Next maximise(double[][] planes, int n, double[][] copy, double[][] shares, double prior) {
        int d = planes.length;
        double[] newLogs = new double[logs.length];
        double[][] newMeans = new double[logs.length][];
        double[][][] newUppers = new double[logs.length][][];
        double penalty = 0;
        double[][] scratch = Kernels.best().scatterScratch(d, n);
        for (int k = 0; k < logs.length; k++) {
            double count = Arrays.stream(shares[k]).sum();
            newMeans[k] = count > FEWEST ? mean(planes, n, shares[k], count) : means[k];
            double[][] scatter = scatter(planes, n, shares[k], newMeans[k], copy, scratch);
            double trace = 0;
            for (int a = 0; a < d; a++) {
                for (int b = 0; b < d; b++) {
                    scatter[a][b] = (scatter[a][b] + (a == b ? prior : 0)) / (count + prior);
                }
            }
            double[][] lower = Dense.cholesky(scatter).orElseThrow();
            newUppers[k] = new double[d][d];
            double logDeterminant = 0;
            for (int b = 0; b < d; b++) {
                newUppers[k][b][b] = 1;
                Dense.forward(lower, newUppers[k][b]);
                logDeterminant += 2 * Math.log(lower[b][b]);
                for (double u : newUppers[k][b]) {
                    trace += u * u;
                }
            }
            newLogs[k] = Math.log(Math.max(count, FEWEST) / n) - 0.5 * logDeterminant;
            penalty += 0.5 * prior * (logDeterminant + trace);
        }
        return new Next(new GaussianMixture(newLogs, newMeans, newUppers), penalty);
    }

    private static double[] mean(double[][] planes, int n, double[] shares, double count) {
        double[] mean = new double[planes.length];
        for (int b = 0; b < mean.length; b++) {
            double sum = 0;
            for (int i = 0; i < n; i++) {
                sum += shares[i] * planes[b][i];
            }
            mean[b] = sum / count;
        }
        return mean;
    }

    private static double[][] scatter(
            double[][] planes, int n, double[] shares, double[] mean, double[][] copy, double[][] scratch) {
        int d = planes.length;
        for (int b = 0; b < d; b++) {
            for (int i = 0; i < n; i++) {
                copy[b][i] = Math.sqrt(shares[i]) * (planes[b][i] - mean[b]);
            }
        }
        double[][] scatter = new double[d][d];
        Kernels.best().addScatter(copy, n, new double[d], scratch, scatter);
        for (int a = 0; a < d; a++) {
            for (int b = 0; b < a; b++) {
                scatter[a][b] = scatter[b][a];
            }
        }
        return scatter;
    }

    /** The buffers of one thread. */
    double[][][] buffers(int capacity) {
        return new double[][][] {new double[means[0].length][capacity], new double[logs.length][capacity]};
    }

    /** -2 ln of the density, without the power of 2 pi. */
    void surprise(double[][] planes, int n, double[][][] buffers, double[] out) {
        double[][] terms = buffers[1];
        for (int k = 0; k < logs.length; k++) {
            terms(k, planes, n, buffers[0], terms[k]);
        }
        for (int i = 0; i < n; i++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double[] term : terms) {
                largest = Math.max(largest, term[i]);
            }
            double sum = 0;
            for (double[] term : terms) {
                sum += Math.exp(term[i] - largest);
            }
            out[i] = -2 * (largest + Math.log(sum));
        }
    }
}
