package org.hsi4j.metrics;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Spectral information divergence (SID): two spectra, each divided by its sum, are taken for probabilities p and q of the
 * bands, and compared by the symmetric Kullback-Leibler divergence
 * SID = sum p ln(p/q) + sum q ln(q/p) = sum (p - q) ln(p/q).
 *
 * <p>From zero, for proportional spectra, to some 55 (see below); symmetric, in nats (natural logarithm), blind to brightness.
 * Chang, "An information-theoretic approach to spectral variability, similarity, and discrimination for hyperspectral image
 * analysis", IEEE Transactions on Information Theory 46, 2000. A probability has no sign: negative values count as zero,
 * and every p and q is raised to at least {@value #FLOOR}, so that a band that only one spectrum has does not make the
 * divergence infinite; they are not divided by their sum again after that.
 *
 * <p>SID-SAM multiplies it by a function of the spectral angle ({@link SpectralAngle}, of the values without the negative
 * ones) to set similar spectra further apart: Du, Chang, Ren, Chang, Jensen and D'Amico, "New hyperspectral discrimination
 * measure for spectral characterization", Optical Engineering 43, 2004. Both forms of the paper are given, since figures of
 * one cannot be compared with those of the other: SID tan(SAM), and SID sin(SAM).
 *
 * <p>A spectrum without a positive value, or with NaN, has no probabilities: the divergence is NaN, and means leave it out.
 *
 * <pre>{@code
 * double sid = SpectralDivergence.sid(estimated, measured);
 * double mean = SpectralDivergence.meanSid(restored, clean, RunContext.defaults());
 * }</pre>
 */
public final class SpectralDivergence {
    /** Least probability of a band. */
    static final double FLOOR = 1e-12;

    private SpectralDivergence() {}

    /**
     * SID of two spectra.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return zero or more, in nats; NaN if one of them has no positive value or has no value in some band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double sid(Spectrum u, Spectrum v) {
        return sid(u.toArray(), v.toArray());
    }

    /**
     * SID of two vectors.
     *
     * @param u one vector
     * @param v another of the same length
     * @return zero or more, in nats; NaN if one of them has no positive value or holds NaN
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double sid(double[] u, double[] v) {
        SpectralDistance.requireSameLength(u, v);
        double total = positiveSum(u);
        double otherTotal = positiveSum(v);
        if (!(total > 0) || !(otherTotal > 0)) {
            return Double.NaN;
        }
        double sum = 0;
        for (int b = 0; b < u.length; b++) {
            sum += term(u[b] / total, v[b] / otherTotal);
        }
        return sum;
    }

    /**
     * SID times the tangent of the spectral angle.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return zero or more; infinite for orthogonal spectra; NaN if one of them has no positive value or has no value in some
     *     band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double sidSamTan(Spectrum u, Spectrum v) {
        double sid = sid(u, v);
        double angle = angle(u, v);
        return angle >= Math.PI / 2 ? Double.POSITIVE_INFINITY : sid * Math.tan(angle);
    }

    /**
     * SID times the sine of the spectral angle.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return zero or more, at most the SID; NaN if one of them has no positive value or has no value in some band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double sidSamSin(Spectrum u, Spectrum v) {
        return sid(u, v) * Math.sin(angle(u, v));
    }

    private static double angle(Spectrum u, Spectrum v) {
        return SpectralAngle.radians(withoutNegatives(u), withoutNegatives(v));
    }

    private static double[] withoutNegatives(Spectrum spectrum) {
        return Arrays.stream(spectrum.toArray()).map(x -> Math.max(x, 0)).toArray();
    }

    private static double positiveSum(double[] values) {
        double sum = 0;
        for (double x : values) {
            sum += Math.max(x, 0);
        }
        return sum;
    }

    private static double term(double p, double q) {
        double a = Math.max(p, FLOOR);
        double b = Math.max(q, FLOOR);
        return (a - b) * Math.log(a / b);
    }

    /**
     * Mean over the pixels of the SID of two cubes, in one pass through both. Pixels that are invalid in either cube are left
     * out, and so are those without a positive value. Costs a logarithm a sample.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return nats; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is left
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double meanSid(Cube estimate, Cube truth, RunContext context) {
        Sum sum = CubePair.reduce(estimate, truth, context, "spectral divergence", Sum::new, Sum::add, Sum::merge);
        if (sum.pixels == 0) {
            throw new IllegalArgumentException("no pixel is valid and has a positive value in both cubes");
        }
        return sum.divergences / sum.pixels;
    }

    private static final class Sum {
        private double divergences;
        private long pixels;
        private double[] totals = new double[0];
        private double[] otherTotals = new double[0];
        private double[] own = new double[0];

        void add(double[][] x, double[][] y, int n) {
            if (totals.length < n) {
                totals = new double[n];
                otherTotals = new double[n];
                own = new double[n];
            }
            positiveSums(x, n, totals);
            positiveSums(y, n, otherTotals);
            Arrays.fill(own, 0, n, 0.0);
            for (int b = 0; b < x.length; b++) {
                for (int i = 0; i < n; i++) {
                    own[i] += term(x[b][i] / totals[i], y[b][i] / otherTotals[i]);
                }
            }
            for (int i = 0; i < n; i++) {
                if (totals[i] > 0 && otherTotals[i] > 0) {
                    divergences += own[i];
                    pixels++;
                }
            }
        }

        private static void positiveSums(double[][] planes, int n, double[] sums) {
            Arrays.fill(sums, 0, n, 0.0);
            for (double[] plane : planes) {
                for (int i = 0; i < n; i++) {
                    sums[i] += Math.max(plane[i], 0);
                }
            }
        }

        Sum merge(Sum later) {
            divergences += later.divergences;
            pixels += later.pixels;
            return this;
        }
    }
}
