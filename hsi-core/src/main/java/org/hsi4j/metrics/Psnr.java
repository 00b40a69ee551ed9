package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Peak signal-to-noise ratio of a restored cube in decibels, higher being better:
 * PSNR<sub>b</sub> = 10 log<sub>10</sub>( peak<sup>2</sup> / MSE<sub>b</sub> ) for each band, and MPSNR, their plain mean.
 *
 * <p>The peak is one number for all bands, 1 unless told otherwise, which suits reflectance and cubes scaled to [0, 1].
 * Programs that take the largest value of each band instead ({@link #ofBandPeaks}) report other, mostly lower, numbers: compare
 * only figures with the same peak. The ratio of the cube as a whole, 20 log<sub>10</sub>( peak / {@link CubeError#rmse} ), is
 * never larger than the mean over bands.
 * A band without any error has an infinite PSNR, and then so has the mean. MSE<sub>b</sub> is over the pixels that are
 * valid in both cubes. The measure and the convention of averaging over bands are those of Yuan, Zhang and Shen,
 * "Hyperspectral image denoising employing a spectral-spatial adaptive total variation model", IEEE TGRS 50(10), 2012.
 *
 * <pre>{@code
 * double mpsnr = Psnr.of(restored, clean, RunContext.defaults()).mean();
 * }</pre>
 *
 * @param mean MPSNR in dB; positive infinity when some band has no error
 * @param bands PSNR of each band in dB; positive infinity for a band without any error
 * @param peak the peak the numbers refer to, in the unit of the samples; NaN when each band has its own
 */
public record Psnr(double mean, List<Double> bands, double peak) {

    /** Copies the list. */
    public Psnr {
        bands = List.copyOf(bands);
    }

    /**
     * With a peak of 1.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param context threads, progress and cancellation
     * @return the ratios; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Psnr of(Cube estimate, Cube truth, RunContext context) {
        return of(estimate, truth, 1.0, context);
    }

    /**
     * With another peak. Costs 3 L flops a pixel.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param peak the largest value a sample can have, in the unit of the samples; positive and finite
     * @param context threads, progress and cancellation
     * @return the ratios; the same for any number of threads
     * @throws IllegalArgumentException if the peak is not positive, the shapes differ, or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Psnr of(Cube estimate, Cube truth, double peak, RunContext context) {
        if (!(peak > 0) || Double.isInfinite(peak)) {
            throw new IllegalArgumentException("the peak must be a positive finite number, not " + peak);
        }
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        double[] peaks = new double[errors.bands()];
        Arrays.fill(peaks, peak);
        return of(errors, peaks, peak);
    }

    /**
     * With a peak for each band: the largest value of the true band over the pixels that are valid in both cubes. The figure
     * then does not depend on the unit or scale of any band, but it does on the brightest pixel of each.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param context threads, progress and cancellation
     * @return the ratios, with NaN for their peak; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ, no pixel is valid in both, or a true band has no positive value
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Psnr ofBandPeaks(Cube estimate, Cube truth, RunContext context) {
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        double[] peaks = new double[errors.bands()];
        for (int b = 0; b < peaks.length; b++) {
            peaks[b] = errors.truthPeak(b);
            if (!(peaks[b] > 0)) {
                throw new IllegalArgumentException(
                        "band " + b + " of the truth has no positive value, so it has no peak");
            }
        }
        return of(errors, peaks, Double.NaN);
    }

    private static Psnr of(SquaredErrors errors, double[] peaks, double peak) {
        List<Double> bands = new ArrayList<>(peaks.length);
        double sum = 0;
        for (int b = 0; b < peaks.length; b++) {
            double decibels = 20 * Math.log10(peaks[b]) - 10 * Math.log10(errors.mean(b));
            bands.add(decibels);
            sum += decibels;
        }
        return new Psnr(sum / peaks.length, bands, peak);
    }
}
