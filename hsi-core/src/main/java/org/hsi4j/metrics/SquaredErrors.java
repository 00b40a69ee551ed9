package org.hsi4j.metrics;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Sum of squared differences of each band over the pixels valid in both cubes, and sum, sum of squares and largest value of
 * the truth over the same pixels. Mutable, for one thread at a time.
 */
final class SquaredErrors {
    private long pixels;
    private final double[] sums;
    private final double[] truthSums;
    private final double[] truthSquares;
    private final double[] truthPeaks;

    private SquaredErrors(int bands) {
        sums = new double[bands];
        truthSums = new double[bands];
        truthSquares = new double[bands];
        truthPeaks = new double[bands];
        Arrays.fill(truthPeaks, Double.NEGATIVE_INFINITY);
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
            double truthSum = 0;
            double squares = 0;
            double peak = truthPeaks[b];
            for (int i = 0; i < n; i++) {
                double d = x[i] - y[i];
                sum += d * d;
                truthSum += y[i];
                squares += y[i] * y[i];
                peak = Math.max(peak, y[i]);
            }
            sums[b] += sum;
            truthSums[b] += truthSum;
            truthSquares[b] += squares;
            truthPeaks[b] = peak;
        }
        pixels += n;
    }

    private SquaredErrors merge(SquaredErrors later) {
        for (int b = 0; b < sums.length; b++) {
            sums[b] += later.sums[b];
            truthSums[b] += later.truthSums[b];
            truthSquares[b] += later.truthSquares[b];
            truthPeaks[b] = Math.max(truthPeaks[b], later.truthPeaks[b]);
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

    /** Mean over bands and pixels. */
    double mean() {
        return IntStream.range(0, bands()).mapToDouble(this::mean).reduce(0, Double::sum) / bands();
    }

    double truthMean(int band) {
        return truthSums[band] / pixels;
    }

    double truthMeanSquare() {
        double sum = 0;
        for (double squares : truthSquares) {
            sum += squares / pixels;
        }
        return sum / bands();
    }

    double truthPeak(int band) {
        return truthPeaks[band];
    }
}
