package org.hsi4j.metrics;

import java.util.Arrays;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Universal image quality index (UIQI, Q) of each band, and its mean over bands:
 * Q = 4 &sigma;<sub>xy</sub> &mu;<sub>x</sub>&mu;<sub>y</sub> / ( (&sigma;<sub>x</sub><sup>2</sup> +
 * &sigma;<sub>y</sub><sup>2</sup>) (&mu;<sub>x</sub><sup>2</sup> + &mu;<sub>y</sub><sup>2</sup>) ), averaged over all positions
 * of a square window of equal weights. From minus one to one; one for equal bands only, higher being better; the unit of the
 * samples does not matter. Wang and Bovik, "A universal image quality index", IEEE Signal Processing Letters 9, 2002, use a
 * window of 8x8 pixels, the default here; work on image fusion often has 32x32, and the figures cannot be compared.
 *
 * <p>Q is the product of 2 &sigma;<sub>xy</sub> / (&sigma;<sub>x</sub><sup>2</sup> + &sigma;<sub>y</sub><sup>2</sup>) and
 * 2 &mu;<sub>x</sub>&mu;<sub>y</sub> / (&mu;<sub>x</sub><sup>2</sup> + &mu;<sub>y</sub><sup>2</sup>). A factor that is 0/0
 * counts as one: both windows are constant, or both have mean zero, and do not differ in that.
 *
 * <p>Windows that reach beyond the image, or hold a pixel that is invalid in either cube, are left out.
 *
 * <pre>{@code
 * double q = Uiqi.of(sharpened, truth, RunContext.defaults()).mean();
 * }</pre>
 *
 * @param mean mean over bands
 * @param bands index of each band
 * @param side side of the window in pixels
 */
public record Uiqi(double mean, List<Double> bands, int side) {
    private static final int SIDE = 8;

    /** Copies the list. */
    public Uiqi {
        bands = List.copyOf(bands);
    }

    /**
     * With windows of 8x8 pixels.
     *
     * @param estimate the estimated cube
     * @param truth the true cube, of the same shape
     * @param context threads, progress, cancellation and memory limit
     * @return the indices; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ, no window is valid in both, or the planes exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Uiqi of(Cube estimate, Cube truth, RunContext context) {
        return of(estimate, truth, SIDE, context);
    }

    /**
     * With windows of another size. Costs some 40 flops a sample and side of the window, and two planes of float64 a thread.
     *
     * @param estimate the estimated cube
     * @param truth the true cube, of the same shape
     * @param side side of the window in pixels, at least two
     * @param context threads, progress, cancellation and memory limit
     * @return the indices; the same for any number of threads
     * @throws IllegalArgumentException if the side is smaller than two, the shapes differ, no window is valid in both, or the
     *     planes exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Uiqi of(Cube estimate, Cube truth, int side, RunContext context) {
        if (side < 2) {
            throw new IllegalArgumentException("a window is at least two pixels wide, not " + side);
        }
        double[] weights = new double[side];
        Arrays.fill(weights, 1.0 / side);
        List<Double> bands =
                new WindowStatistics(weights).bandMeans(estimate, truth, Uiqi::index, "image quality", context);
        return new Uiqi(Ssim.mean(bands), bands, side);
    }

    private static double index(double x, double y, double xx, double yy, double xy) {
        return share(2 * xy, xx + yy) * share(2 * x * y, x * x + y * y);
    }

    private static double share(double part, double whole) {
        return whole == 0 ? 1 : part / whole;
    }
}
