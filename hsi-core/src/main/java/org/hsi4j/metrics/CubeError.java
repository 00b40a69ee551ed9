package org.hsi4j.metrics;

import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * The root-mean-square difference of two cubes, as a whole and band by band: the error of a restoration. The error of an
 * unmixing, which needs no second cube, is {@link ReconstructionError}.
 *
 * <pre>{@code
 * double error = CubeError.rmse(restored, clean, RunContext.defaults());
 * }</pre>
 */
public final class CubeError {

    private CubeError() {}

    /**
     * RMSE = sqrt( ||X - Y||<sup>2</sup> / (L N) ) over L bands and the N pixels that are valid in both cubes, in the unit
     * of the samples; zero to infinity, zero for equal cubes. Costs 3 L flops a pixel.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return the error; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double rmse(Cube estimate, Cube truth, RunContext context) {
        return Math.sqrt(SquaredErrors.of(estimate, truth, context).mean());
    }

    /**
     * RMSE of each band, sqrt( ||x<sub>b</sub> - y<sub>b</sub>||<sup>2</sup> / N ), over the same pixels in all bands: those
     * that are valid in both cubes.
     *
     * @param estimate one cube
     * @param truth the other, of the same shape
     * @param context threads, progress and cancellation
     * @return one error a band, in the unit of the samples; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static List<Double> bandRmse(Cube estimate, Cube truth, RunContext context) {
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        return IntStream.range(0, errors.bands())
                .mapToObj(b -> Math.sqrt(errors.mean(b)))
                .toList();
    }
}
