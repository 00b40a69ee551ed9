package org.hsi4j.metrics;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Structural similarity of each band, SSIM, and its mean over bands, MSSIM:
 * SSIM = (2 &mu;<sub>x</sub>&mu;<sub>y</sub> + C<sub>1</sub>) (2 &sigma;<sub>xy</sub> + C<sub>2</sub>) / (
 * (&mu;<sub>x</sub><sup>2</sup> + &mu;<sub>y</sub><sup>2</sup> + C<sub>1</sub>) (&sigma;<sub>x</sub><sup>2</sup> +
 * &sigma;<sub>y</sub><sup>2</sup> + C<sub>2</sub>) ), averaged over the windows of the band. Wang, Bovik, Sheikh and
 * Simoncelli, "Image quality assessment: from error visibility to structural similarity", IEEE Transactions on Image
 * Processing 13, 2004, and its constants: a Gaussian window of 11x11 pixels and 1.5 pixels standard deviation whose weights
 * sum to one, population variances, C<sub>1</sub> = (0.01 L)<sup>2</sup> and C<sub>2</sub> = (0.03 L)<sup>2</sup>.
 *
 * <p>From minus one to one; one for equal bands only, higher being better. <b>L is the range of the data</b>, which the caller
 * gives: 1 for reflectance and cubes scaled to [0, 1]. It decides the figure: programs that guess it (2 for floating-point
 * images, or the largest value at hand) report other numbers for the same pair of images, as do those with a uniform window.
 *
 * <p>Windows that reach beyond the image, or hold a pixel that is invalid in either cube, are left out; the image is not padded.
 *
 * <pre>{@code
 * double mssim = Ssim.of(restored, clean, 1.0, RunContext.defaults()).mean();
 * }</pre>
 *
 * @param mean MSSIM
 * @param bands SSIM of each band
 * @param range L, in the unit of the samples
 */
public record Ssim(double mean, List<Double> bands, double range) {
    private static final int SIDE = 11;
    private static final double SIGMA = 1.5;
    private static final double K1 = 0.01;
    private static final double K2 = 0.03;

    /** Copies the list. */
    public Ssim {
        bands = List.copyOf(bands);
    }

    /**
     * Compares two cubes, band by band. Costs some 450 flops a sample, and two planes of float64 a thread.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param range L, difference of the largest and smallest value a sample can have; positive and finite
     * @param context threads, progress, cancellation and memory limit
     * @return the similarities; the same for any number of threads
     * @throws IllegalArgumentException if the range is not positive, the shapes differ, no window of 11x11 pixels is valid in
     *     both, or the planes exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Ssim of(Cube estimate, Cube truth, double range, RunContext context) {
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("the range of the data is a positive finite number, not " + range);
        }
        double c1 = K1 * range * K1 * range;
        double c2 = K2 * range * K2 * range;
        List<Double> bands = new WindowStatistics(gaussian())
                .bandMeans(
                        estimate,
                        truth,
                        (x, y, xx, yy, xy) ->
                                (2 * x * y + c1) * (2 * xy + c2) / ((x * x + y * y + c1) * (xx + yy + c2)),
                        "structural similarity",
                        context);
        return new Ssim(mean(bands), bands, range);
    }

    static double mean(List<Double> bands) {
        double sum = 0;
        for (double value : bands) {
            sum += value;
        }
        return sum / bands.size();
    }

    private static double[] gaussian() {
        double[] weights = new double[SIDE];
        double sum = 0;
        for (int i = 0; i < SIDE; i++) {
            double t = (i - SIDE / 2) / SIGMA;
            weights[i] = StrictMath.exp(-t * t / 2);
            sum += weights[i];
        }
        for (int i = 0; i < SIDE; i++) {
            weights[i] /= sum;
        }
        return weights;
    }
}
