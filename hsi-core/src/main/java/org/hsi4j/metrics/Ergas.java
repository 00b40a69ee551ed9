package org.hsi4j.metrics;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Relative dimensionless global error of a synthesised image (erreur relative globale adimensionnelle de synth&egrave;se):
 * ERGAS = 100 (h/l) sqrt( (1/L) sum over bands of MSE<sub>b</sub> / &mu;<sub>b</sub><sup>2</sup> ), with the mean
 * &mu;<sub>b</sub> of the true band. Zero to infinity, lower being better, zero for equal cubes; the unit of the samples does
 * not matter. Wald, "Quality of high resolution synthesised images: is there a simple criterion?", Proc. Fusion of Earth Data,
 * 2000.
 *
 * <p><b>The ratio h/l</b> is the pixel size of the fine image over that of the coarse one it was made from: 1/4 for
 * super-resolution by four in each direction. Denoising has no ratio and uses 1. Figures can be compared only for one ratio,
 * and not with those of programs that divide MSE<sub>b</sub> by &mu;<sub>b</sub> instead of its square, which some well-known
 * restoration codes do; those depend on the unit.
 *
 * <p>MSE and mean are over the pixels that are valid in both cubes. A true band whose mean is zero makes the figure infinite,
 * or NaN if the band has no error.
 *
 * <pre>{@code
 * double ergas = Ergas.of(sharpened, truth, 1.0 / 4, RunContext.defaults()).value();
 * }</pre>
 *
 * @param value ERGAS
 * @param bands the figure of each band alone, 100 (h/l) RMSE<sub>b</sub> / |&mu;<sub>b</sub>|; their root mean square is the
 *     value
 * @param ratio h/l
 */
public record Ergas(double value, List<Double> bands, double ratio) {

    /** Copies the list. */
    public Ergas {
        bands = List.copyOf(bands);
    }

    /**
     * Compares two cubes. Costs some 6 L flops a pixel.
     *
     * @param estimate the estimated cube
     * @param truth the true cube, of the same shape
     * @param ratio h/l, pixel size of the fine over that of the coarse image; over zero to one
     * @param context threads, progress and cancellation
     * @return the figure; the same for any number of threads
     * @throws IllegalArgumentException if the ratio is not as described, the shapes differ, or no pixel is valid in both
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static Ergas of(Cube estimate, Cube truth, double ratio, RunContext context) {
        if (!(ratio > 0 && ratio <= 1)) {
            throw new IllegalArgumentException(
                    "the ratio of the pixel sizes, fine over coarse, is over 0 to 1, not " + ratio);
        }
        SquaredErrors errors = SquaredErrors.of(estimate, truth, context);
        List<Double> bands = new ArrayList<>(errors.bands());
        double squares = 0;
        for (int b = 0; b < errors.bands(); b++) {
            double relative = Math.sqrt(errors.mean(b)) / Math.abs(errors.truthMean(b));
            bands.add(100 * ratio * relative);
            squares += relative * relative;
        }
        return new Ergas(100 * ratio * Math.sqrt(squares / errors.bands()), bands, ratio);
    }
}
