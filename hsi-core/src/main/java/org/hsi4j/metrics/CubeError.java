package org.hsi4j.metrics;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * The root-mean-square difference of two cubes: the error of a restoration, or the reconstruction error (RE) of an
 * unmixing when one cube is E A.
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
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        double sum = 0;
        for (int b = 0; b < errors.bands(); b++) {
            sum += errors.mean(b);
        }
        return Math.sqrt(sum / errors.bands());
    }
}
