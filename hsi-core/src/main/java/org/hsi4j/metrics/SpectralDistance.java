package org.hsi4j.metrics;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;

/**
 * Euclidean distance of spectra, ||u - v|| = sqrt( sum (u<sub>b</sub> - v<sub>b</sub>)<sup>2</sup> ), in the unit of the
 * samples: zero to infinity, zero for equal spectra. Unlike {@link SpectralAngle} it sees brightness, and it grows with the
 * number of bands: the root-mean-square difference is the distance divided by sqrt(L).
 *
 * <pre>{@code
 * double distance = SpectralDistance.euclidean(estimated, measured);
 * }</pre>
 */
public final class SpectralDistance {

    private SpectralDistance() {}

    /**
     * Distance of two spectra.
     *
     * @param u one spectrum
     * @param v another with as many bands
     * @return zero or more; NaN if one of them has no value in some band
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public static double euclidean(Spectrum u, Spectrum v) {
        return euclidean(u.toArray(), v.toArray());
    }

    /**
     * Distance of two vectors. No square overflows or vanishes, however large or small their difference.
     *
     * @param u one vector
     * @param v another of the same length
     * @return zero or more; NaN if one of them holds NaN
     * @throws IllegalArgumentException if the lengths differ
     */
    public static double euclidean(double[] u, double[] v) {
        requireSameLength(u, v);
        double largest = 0;
        for (int b = 0; b < u.length; b++) {
            largest = Math.max(largest, Math.abs(u[b] - v[b]));
        }
        if (largest == 0 || !Double.isFinite(largest)) {
            return largest;
        }
        double squares = 0;
        for (int b = 0; b < u.length; b++) {
            double d = (u[b] - v[b]) / largest;
            squares += d * d;
        }
        return largest * Math.sqrt(squares);
    }

    static void requireSameLength(double[] u, double[] v) {
        if (u.length != v.length) {
            throw new IllegalArgumentException("one spectrum has " + u.length + " bands but the other has " + v.length);
        }
    }

    /**
     * Mean over the pixels of the distance of two cubes, in one pass through both. Pixels that are invalid in either cube are
     * left out. Costs 3 L flops a pixel.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return zero or more, in the unit of the samples; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double meanEuclidean(Cube estimate, Cube truth, RunContext context) {
        Sum sum = CubePair.reduce(estimate, truth, context, "spectral distance", Sum::new, Sum::add, Sum::merge);
        if (sum.pixels == 0) {
            throw new IllegalArgumentException("no pixel is valid in both cubes");
        }
        return sum.distances / sum.pixels;
    }

    private static final class Sum {
        private double distances;
        private long pixels;
        private double[] squares = new double[0];

        void add(double[][] x, double[][] y, int n) {
            if (squares.length < n) {
                squares = new double[n];
            }
            Arrays.fill(squares, 0, n, 0.0);
            for (int b = 0; b < x.length; b++) {
                addBand(x[b], y[b], n);
            }
            for (int i = 0; i < n; i++) {
                distances += Math.sqrt(squares[i]);
            }
            pixels += n;
        }

        private void addBand(double[] x, double[] y, int n) {
            for (int i = 0; i < n; i++) {
                double d = x[i] - y[i];
                squares[i] += d * d;
            }
        }

        Sum merge(Sum later) {
            distances += later.distances;
            pixels += later.pixels;
            return this;
        }
    }
}
