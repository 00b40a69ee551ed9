package org.hsi4j.metrics;

import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Signal-to-reconstruction error (SRE), in decibels: SRE = 10 log<sub>10</sub>( ||A||<sup>2</sup> / ||A -
 * A&#x302;||<sup>2</sup> ), with the squared Frobenius norm of the truth above and that of the error below. Higher is better;
 * infinite for a perfect estimate, zero for an estimate of zeros, negative for a worse one. Unlike the RMSE it does not
 * depend on the unit and says how large the error is beside the signal. Iordache, Bioucas-Dias and Plaza, "Sparse unmixing of
 * hyperspectral data", IEEE TGRS 49, 2011.
 *
 * <p>A truth of zeros only has no signal: negative infinity, or NaN when the estimate is zero too.
 *
 * <pre>{@code
 * double sre = SignalToReconstructionError.decibels(match.apply(abundances), trueAbundances);
 * }</pre>
 */
public final class SignalToReconstructionError {

    private SignalToReconstructionError() {}

    /**
     * Of abundances. Pixels that are NaN in any map of either result are left out.
     *
     * @param estimate the estimated abundances, aligned with the true ones ({@link Alignment})
     * @param truth the true abundances
     * @return decibels
     * @throws IllegalArgumentException if the images or the numbers of endmembers differ, or no pixel is valid in both
     */
    public static double decibels(AbundanceMaps estimate, AbundanceMaps truth) {
        double error = AbundanceError.of(estimate, truth).armse();
        return decibels(AbundanceError.meanSquare(truth, estimate), error * error);
    }

    /**
     * Of a restored or reconstructed cube. Pixels that are invalid in either cube are left out. Costs 5 L flops a pixel.
     *
     * @param estimate the restored cube
     * @param truth the clean cube, of the same shape
     * @param context threads, progress and cancellation
     * @return decibels; the same for any number of threads
     * @throws IllegalArgumentException if the shapes differ or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static double decibels(Cube estimate, Cube truth, RunContext context) {
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        return decibels(errors.truthMeanSquare(), errors.mean());
    }

    private static double decibels(double signal, double error) {
        return 10 * Math.log10(signal / error);
    }
}
