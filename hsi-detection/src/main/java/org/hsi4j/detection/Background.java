package org.hsi4j.detection;

import java.util.List;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Mahalanobis;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.hsi4j.stats.Whitening;

/** A Gaussian background, and a target seen against it. */
final class Background {
    /** Fewer pixels a band than this make the distributions of the scores approximate. */
    private static final int PIXELS_PER_BAND = 10;

    private final CovarianceEstimate covariance;
    private final long start;
    private final long trimmedPixels;

    private Background(CovarianceEstimate covariance, long start, long trimmedPixels) {
        this.covariance = covariance;
        this.start = start;
        this.trimmedPixels = trimmedPixels;
    }

    static Background of(Cube cube, Shrinkage shrinkage, RunContext context) {
        long start = System.nanoTime();
        return of(CovarianceEstimate.of(cube, shrinkage, context), start);
    }

    static Background of(Cube cube, Shrinkage shrinkage, double loading, RunContext context) {
        long start = System.nanoTime();
        return of(CovarianceEstimate.of(cube, shrinkage, context).loaded(loading), start);
    }

    /** One that was estimated elsewhere, since a time. */
    static Background of(CovarianceEstimate covariance, long start) {
        return of(covariance, start, 0);
    }

    /** One from which pixels were taken out. */
    static Background of(CovarianceEstimate covariance, long start, long trimmedPixels) {
        return new Background(covariance, start, trimmedPixels);
    }

    /** Mean and scatter for methods that invert nothing. */
    static MeanScatter statistics(Cube cube, RunContext context) {
        MeanScatter statistics = MeanScatter.of(cube, context);
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("the background has no valid pixel");
        }
        double[][] correlation = statistics.correlation();
        for (int b = 0; b < correlation.length; b++) {
            if (!Double.isFinite(correlation[b][b])) {
                throw new IllegalArgumentException(
                        "the samples are so large that their squares overflow: scale the cube");
            }
        }
        return statistics;
    }

    static int requireDimensions(int count) {
        if (count < 0) {
            throw new IllegalArgumentException("the number of directions must be zero or more, not " + count);
        }
        return count;
    }

    int bands() {
        return covariance.bands();
    }

    /** Number of pixels it was estimated from. */
    long pixels() {
        return covariance.count();
    }

    double[] mean() {
        return covariance.mean();
    }

    /** The variance of a band, on the mean of the bands. */
    double meanVariance() {
        double[][] matrix = covariance.matrix();
        double sum = 0;
        for (int b = 0; b < matrix.length; b++) {
            sum += matrix[b][b];
        }
        return sum / matrix.length;
    }

    Whitening whitening() {
        return covariance.whitening();
    }

    Mahalanobis mahalanobis() {
        return covariance.mahalanobis();
    }

    Diagnostics diagnostics() {
        Diagnostics d = covariance.diagnostics();
        if (covariance.count() < (long) PIXELS_PER_BAND * bands()) {
            d = d.note("thresholds and p-values by the model are rough: " + covariance.count() + " pixels for "
                    + bands() + " bands");
        }
        if (trimmedPixels > 0) {
            d = d.with("trimmed-pixels", (double) trimmedPixels);
        }
        return d.since(start);
    }

    /** The direction of the target in whitened space, s = L^-1 (t - m), which is not zero. */
    double[] direction(Spectrum target) {
        double[] mean = covariance.mean();
        boolean differs = false;
        for (int b = 0; b < mean.length; b++) {
            double t = target.value(b);
            // The mean itself is known to about this many digits only.
            differs |= Math.abs(t - mean[b]) > 1e-12 * Math.max(Math.abs(t), Math.abs(mean[b]));
        }
        if (!differs) {
            throw new IllegalArgumentException("target is the mean of the background: nothing sets it apart");
        }
        double[] direction = whitening().apply(target.toArray());
        double norm = norm(direction);
        if (!(norm > 0) || !Double.isFinite(norm)) {
            throw new IllegalArgumentException(
                    "target and background differ so much in scale that they cannot be compared");
        }
        return direction;
    }

    /** Checked before the background is estimated, because that takes time. */
    static void requireTarget(Spectrum target, Cube cube) {
        requireSpectrum("target", target, cube);
    }

    static void requireTargets(List<Spectrum> targets, Cube cube) {
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("there is no target");
        }
        for (int k = 0; k < targets.size(); k++) {
            requireSpectrum(targets.size() == 1 ? "target" : "target " + k, targets.get(k), cube);
        }
    }

    static void requireSpectrum(String what, Spectrum spectrum, Cube cube) {
        requireSpectrum(what, spectrum, cube.bands(), "cube");
    }

    static void requireSpectrum(String what, Spectrum spectrum, int bands, String where) {
        if (spectrum.bands() != bands) {
            throw new IllegalArgumentException(
                    what + " has " + spectrum.bands() + " bands but the " + where + " has " + bands);
        }
        for (int b = 0; b < spectrum.bands(); b++) {
            if (Double.isNaN(spectrum.value(b))) {
                throw new IllegalArgumentException(what + " has no value (NaN) in band " + b);
            }
        }
    }

    /** A sentence about wavelengths that do not agree, when both sides know theirs. */
    static Optional<String> wavelengthNote(Spectrum target, Cube cube) {
        if (target.wavelengths().isEmpty() || cube.wavelengths().isEmpty()) {
            return Optional.empty();
        }
        Wavelengths t = target.wavelengths().get();
        Wavelengths c = cube.wavelengths().get();
        double farthest = 0;
        for (int b = 0; b < c.size(); b++) {
            farthest = Math.max(farthest, Math.abs(t.at(b) - c.at(b)));
        }
        double halfBand = c.size() > 1 ? 0.5 * (c.max() - c.min()) / (c.size() - 1) : Double.POSITIVE_INFINITY;
        return farthest > halfBand
                ? Optional.of("the target's wavelengths are up to " + farthest + " nm away from those of the cube")
                : Optional.empty();
    }

    static double dot(double[] v, double[] w) {
        double sum = 0;
        for (int i = 0; i < v.length; i++) {
            sum += v[i] * w[i];
        }
        return sum;
    }

    static double norm(double[] v) {
        double sum = 0;
        for (double x : v) {
            sum += x * x;
        }
        return Math.sqrt(sum);
    }

    /** The largest magnitude. */
    static double largest(double[] v) {
        double largest = 0;
        for (double x : v) {
            largest = Math.max(largest, Math.abs(x));
        }
        return largest;
    }

    static double[] unit(double[] v) {
        double norm = norm(v);
        double[] unit = v.clone();
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
        }
        return unit;
    }
}
