package org.hsi4j.metrics;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * Discrepancy of the radial power spectra of a restored band and the true one, in decibels: whether a restoration has smoothed
 * high frequencies away or invented some, where on average over directions, whatever their phase.
 *
 * <p>The power |F|<sup>2</sup> of a band is averaged over rings of frequencies: ring k = 1 ... n/2, with n the longer side of
 * the image, holds those whose distance from zero, sqrt(f<sub>r</sub><sup>2</sup> + f<sub>c</sub><sup>2</sup>) in cycles a
 * pixel, is k/n when rounded to a multiple of 1/n; the mean of the band and the corners beyond 1/2 are left out. With the ring
 * means P&#x302;<sub>k</sub> and P<sub>k</sub> the discrepancy is sqrt( mean over rings of ( 10 log<sub>10</sub>(
 * P&#x302;<sub>k</sub> / P<sub>k</sub> ) )<sup>2</sup> ), the log-spectral distance. Zero for equal bands, unbounded, lower being
 * better; blind to brightness and to any shift. The ring means are the azimuthal average of Durall, Keuper and Keuper, "Watch
 * your up-convolution", CVPR 2020. What the last step of a method does to high frequencies may say more of that step than of its
 * quality (Chandrasegaran, Tran and Cheung, "A closer look at Fourier spectrum discrepancies", CVPR 2021): use it beside other
 * measures.
 *
 * <p>Powers below {@value #FLOOR} of the mean of the true band's rings are raised to that, so that an empty ring counts for at
 * most some 120 dB. A true band that is constant has no spectrum: NaN, and the mean leaves it out. Bands are taken to continue
 * periodically; pixels that are invalid in either cube are set to the mean of each band's valid ones.
 *
 * <pre>{@code
 * double decibels = SpectrumDiscrepancy.of(restored, clean, RunContext.defaults()).mean();
 * }</pre>
 *
 * @param mean mean over the bands that have a discrepancy, in dB; NaN when none has
 * @param bands discrepancy of each band in dB
 */
public record SpectrumDiscrepancy(double mean, List<Double> bands) {
    /** Least power of a ring, as a share of the mean over the rings of the truth. */
    static final double FLOOR = 1e-12;

    /** Copies the list. */
    public SpectrumDiscrepancy {
        bands = List.copyOf(bands);
    }

    /**
     * Compares two cubes. Costs two Fourier transforms a band.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param context threads, progress, cancellation and memory limit
     * @return the discrepancies; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ, no pixel is valid in both, the image is a single pixel, or the
     *     transforms exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static SpectrumDiscrepancy of(Cube estimate, Cube truth, RunContext context) {
        CubePair.requireSameShape(estimate, truth);
        if (truth.pixels() == 1) {
            throw new IllegalArgumentException("an image of one pixel has no frequency but zero");
        }
        Mask valid = BandSpectra.requirePixels(estimate.validMask().and(truth.validMask()), "both cubes");
        double[][] found = rings(estimate, valid, context);
        double[][] real = rings(truth, valid, context);
        double[] distances = new double[truth.bands()];
        for (int b = 0; b < distances.length; b++) {
            distances[b] = distance(found[b], real[b]);
        }
        return new SpectrumDiscrepancy(AliasingScore.meanOfNumbers(distances), AliasingScore.list(distances));
    }

    /** Mean power of each ring of each band. */
    private static double[][] rings(Cube cube, Mask valid, RunContext context) {
        double[][] rings = new double[cube.bands()][];
        BandSpectra.forEach(
                cube,
                valid,
                "power spectra",
                context,
                (band, power) -> rings[band] = rings(power, cube.rows(), cube.columns()));
        return rings;
    }

    private static double[] rings(double[] power, int rows, int columns) {
        int n = Math.max(rows, columns);
        int half = columns / 2 + 1;
        double[] sums = new double[n / 2];
        long[] counts = new long[n / 2];
        for (int u = 0; u < rows; u++) {
            double row = (double) Math.min(u, rows - u) / rows;
            for (int v = 0; v < half; v++) {
                double column = (double) v / columns;
                long ring = Math.round(n * Math.sqrt(row * row + column * column));
                if (ring >= 1 && ring <= sums.length) {
                    int weight = BandSpectra.weight(v, columns);
                    sums[(int) ring - 1] += weight * power[u * half + v];
                    counts[(int) ring - 1] += weight;
                }
            }
        }
        for (int k = 0; k < sums.length; k++) {
            sums[k] /= counts[k];
        }
        return sums;
    }

    private static double distance(double[] found, double[] real) {
        double total = 0;
        for (double power : real) {
            total += power;
        }
        double floor = FLOOR * total / real.length;
        if (floor == 0) {
            return Double.NaN;
        }
        double squares = 0;
        for (int k = 0; k < real.length; k++) {
            double decibels = 10 * Math.log10(Math.max(found[k], floor) / Math.max(real[k], floor));
            squares += decibels * decibels;
        }
        return Math.sqrt(squares / real.length);
    }
}
