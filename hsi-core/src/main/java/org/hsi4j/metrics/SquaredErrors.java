package org.hsi4j.metrics;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/** Sum of squared differences of each band over the pixels valid in both cubes. Mutable, for one thread at a time. */
final class SquaredErrors {
    private long pixels;
    private final double[] sums;

    private SquaredErrors(int bands) {
        sums = new double[bands];
    }

    static SquaredErrors of(Cube estimate, Cube truth, RunContext context) {
        SquaredErrors errors = CubePair.reduce(
                estimate,
                truth,
                context,
                "squared errors",
                () -> new SquaredErrors(estimate.bands()),
                SquaredErrors::add,
                SquaredErrors::merge);
        if (errors.pixels == 0) {
            throw new IllegalArgumentException("no pixel is valid in both cubes");
        }
        return errors;
    }

    private void add(double[][] estimate, double[][] truth, int n) {
        for (int b = 0; b < sums.length; b++) {
            double[] x = estimate[b];
            double[] y = truth[b];
            double sum = 0;
            for (int i = 0; i < n; i++) {
                double d = x[i] - y[i];
                sum += d * d;
            }
            sums[b] += sum;
        }
        pixels += n;
    }

    private SquaredErrors merge(SquaredErrors later) {
        for (int b = 0; b < sums.length; b++) {
            sums[b] += later.sums[b];
        }
        pixels += later.pixels;
        return this;
    }

    int bands() {
        return sums.length;
    }

    double mean(int band) {
        return sums[band] / pixels;
    }
}
