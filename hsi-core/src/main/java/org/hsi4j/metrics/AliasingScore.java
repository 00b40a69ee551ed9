package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;

/**
 * How much of an image is lost or folded when every k-th row and column is kept: the share of the energy of its Fourier
 * spectrum at frequencies that the coarser grid cannot hold,
 * score = sum over max(|f<sub>r</sub>|, |f<sub>c</sub>|) &gt; 1/(2k) of |F|<sup>2</sup> / sum of |F|<sup>2</sup>.
 * The equivalent sampling rate of the coarse grid is 1/k samples a pixel, its Nyquist frequency half of that. Zero for an
 * image that can be down-sampled without aliasing, at most one. Chen, Gu and Fu, "When semantic segmentation meets frequency
 * aliasing", ICLR 2024.
 *
 * <p>The whole energy has the mean of the image in it, as in the paper, which makes the score of bright images small;
 * {@link #variation} is the share of the energy without it, that is of the variance.
 *
 * <p>Each band is transformed as it is, taken to continue periodically: a step from its last row or column to its first counts
 * as high frequency. Invalid pixels are set to the mean of the band's valid ones, which adds the edges of the gaps.
 *
 * <pre>{@code
 * double before = AliasingScore.of(scene, 4, RunContext.defaults()).mean();
 * }</pre>
 *
 * @param mean mean over the bands that have a score; NaN when none has
 * @param bands score of each band; NaN where there is no energy at all
 * @param factor k
 */
public record AliasingScore(double mean, List<Double> bands, double factor) {

    /** Copies the list. */
    public AliasingScore {
        bands = List.copyOf(bands);
    }

    /**
     * Share of the whole energy. Costs a Fourier transform a band.
     *
     * @param cube the image before it is down-sampled
     * @param factor k, pixels of the image a pixel of the coarse grid in each direction; one or more, finite
     * @param context threads, progress, cancellation and memory limit
     * @return the scores; the same for any number of threads
     * @throws IllegalArgumentException if the factor is not as described, no pixel is valid, or the transforms exceed the
     *     memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static AliasingScore of(Cube cube, double factor, RunContext context) {
        return of(cube, factor, true, context);
    }

    /**
     * Share of the energy without the mean of each band.
     *
     * @param cube the image before it is down-sampled
     * @param factor k, pixels of the image a pixel of the coarse grid in each direction; one or more, finite
     * @param context threads, progress, cancellation and memory limit
     * @return the scores, NaN for a band that is exactly constant; the same for any number of threads
     * @throws IllegalArgumentException if the factor is not as described, no pixel is valid, or the transforms exceed the
     *     memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static AliasingScore variation(Cube cube, double factor, RunContext context) {
        return of(cube, factor, false, context);
    }

    private static AliasingScore of(Cube cube, double factor, boolean withMean, RunContext context) {
        if (!(factor >= 1) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("a factor of down-sampling is one or more, not " + factor);
        }
        Mask valid = BandSpectra.requirePixels(cube.validMask(), "the cube");
        double[] scores = new double[cube.bands()];
        BandSpectra.forEach(
                cube,
                valid,
                "aliasing score",
                context,
                (band, power) -> scores[band] = score(power, cube.rows(), cube.columns(), factor, withMean));
        return new AliasingScore(meanOfNumbers(scores), list(scores), factor);
    }

    private static double score(double[] power, int rows, int columns, double factor, boolean withMean) {
        int half = columns / 2 + 1;
        double high = 0;
        double all = 0;
        for (int u = 0; u < rows; u++) {
            boolean rowIsHigh = 2 * factor * Math.min(u, rows - u) > rows;
            for (int v = 0; v < half; v++) {
                double energy = BandSpectra.weight(v, columns) * power[u * half + v];
                boolean isMean = u == 0 && v == 0;
                all += isMean && !withMean ? 0 : energy;
                high += rowIsHigh || 2 * factor * v > columns ? energy : 0;
            }
        }
        return all == 0 ? Double.NaN : high / all;
    }

    static double meanOfNumbers(double[] values) {
        double sum = 0;
        int count = 0;
        for (double value : values) {
            sum += Double.isNaN(value) ? 0 : value;
            count += Double.isNaN(value) ? 0 : 1;
        }
        return sum / count;
    }

    static List<Double> list(double[] values) {
        List<Double> list = new ArrayList<>(values.length);
        for (double value : values) {
            list.add(value);
        }
        return list;
    }
}
