package org.hsi4j.metrics;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;

/**
 * The angle between spectra, known as spectral angle (SAM, of a spectral angle mapper) and as spectral angle distance (SAD,
 * of endmembers): arccos( u'v / (||u|| ||v||) ), zero for proportional spectra and so blind to brightness.
 *
 * <p>It is computed as 2 atan2( ||u&#x302; - v&#x302;||, ||u&#x302; + v&#x302;|| ) of the unit vectors (Kahan, "How futile are
 * mindless assessments of roundoff in floating-point computation?", 2006), which keeps its digits where the arc cosine of a
 * number near one loses half of them. Radians, from zero to pi, and at most pi/2 for spectra without negative values;
 * methods that give degrees say so. Kruse et al., "The spectral image processing system (SIPS)", Remote Sensing of
 * Environment 44, 1993.
 *
 * <p>A spectrum of zeros has no direction: the angle to it is NaN, and means leave it out.
 *
 * <pre>{@code
 * double sad = SpectralAngle.radians(estimated, measured);
 * double sam = SpectralAngle.meanDegrees(restored, clean, RunContext.defaults());
 * }</pre>
 */
public final class SpectralAngle {

    private SpectralAngle() {}

    /**
     * Angle between two spectra.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return radians; NaN if one of them is all zeros or has no value in some band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double radians(Spectrum u, Spectrum v) {
        return radians(u.toArray(), v.toArray());
    }

    /**
     * Angle between two spectra.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return degrees; NaN if one of them is all zeros or has no value in some band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double degrees(Spectrum u, Spectrum v) {
        return Math.toDegrees(radians(u, v));
    }

    /**
     * Angle between two vectors. Their lengths do not matter, however large or small.
     *
     * @param u one vector
     * @param v another of the same length
     * @return radians; NaN if one of them is all zeros or holds NaN
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double radians(double[] u, double[] v) {
        if (u.length != v.length) {
            throw new IllegalArgumentException("one spectrum has " + u.length + " bands but the other has " + v.length);
        }
        double[] a = unit(u);
        double[] b = unit(v);
        double difference = 0;
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            difference += (a[i] - b[i]) * (a[i] - b[i]);
            sum += (a[i] + b[i]) * (a[i] + b[i]);
        }
        return 2 * Math.atan2(Math.sqrt(difference), Math.sqrt(sum));
    }

    /** Scaled by the largest value first, so that no square overflows; NaN throughout for zeros. */
    private static double[] unit(double[] vector) {
        double largest = 0;
        for (double x : vector) {
            largest = Math.max(largest, Math.abs(x));
        }
        double[] unit = new double[vector.length];
        double squares = 0;
        for (int i = 0; i < unit.length; i++) {
            unit[i] = vector[i] / largest;
            squares += unit[i] * unit[i];
        }
        double norm = Math.sqrt(squares);
        for (int i = 0; i < unit.length; i++) {
            unit[i] /= norm;
        }
        return unit;
    }

    /**
     * Mean over the pixels of the angle between two cubes (MSAM), in one pass through both. Pixels that are invalid in
     * either cube are left out, and so are those that are zero in every band. Costs 10 L flops a pixel.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return radians; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is left
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double meanRadians(Cube estimate, Cube truth, RunContext context) {
        Sum sum = CubePair.reduce(estimate, truth, context, "spectral angles", Sum::new, Sum::add, Sum::merge);
        if (sum.pixels == 0) {
            throw new IllegalArgumentException("no pixel is valid and not zero in both cubes");
        }
        return sum.angles / sum.pixels;
    }

    /**
     * As {@link #meanRadians}, in degrees.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return degrees; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is left
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double meanDegrees(Cube estimate, Cube truth, RunContext context) {
        return Math.toDegrees(meanRadians(estimate, truth, context));
    }

    private static final class Sum {
        private double angles;
        private long pixels;
        private double[] norms = new double[0];
        private double[] otherNorms = new double[0];
        private double[] differences = new double[0];
        private double[] sums = new double[0];

        void add(double[][] x, double[][] y, int n) {
            if (norms.length < n) {
                norms = new double[n];
                otherNorms = new double[n];
                differences = new double[n];
                sums = new double[n];
            }
            invertedNorms(x, n, norms);
            invertedNorms(y, n, otherNorms);
            java.util.Arrays.fill(differences, 0, n, 0.0);
            java.util.Arrays.fill(sums, 0, n, 0.0);
            for (int b = 0; b < x.length; b++) {
                addBand(x[b], y[b], n);
            }
            for (int i = 0; i < n; i++) {
                if (norms[i] < Double.POSITIVE_INFINITY && otherNorms[i] < Double.POSITIVE_INFINITY) {
                    angles += 2 * Math.atan2(Math.sqrt(differences[i]), Math.sqrt(sums[i]));
                    pixels++;
                }
            }
        }

        private static void invertedNorms(double[][] planes, int n, double[] out) {
            Kernels.best().squaredNorms(planes, n, out);
            for (int i = 0; i < n; i++) {
                out[i] = 1 / Math.sqrt(out[i]);
            }
        }

        private void addBand(double[] x, double[] y, int n) {
            for (int i = 0; i < n; i++) {
                double u = x[i] * norms[i];
                double v = y[i] * otherNorms[i];
                differences[i] += (u - v) * (u - v);
                sums[i] += (u + v) * (u + v);
            }
        }

        Sum merge(Sum later) {
            angles += later.angles;
            pixels += later.pixels;
            return this;
        }
    }
}
