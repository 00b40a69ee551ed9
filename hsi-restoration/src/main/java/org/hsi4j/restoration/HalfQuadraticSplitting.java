package org.hsi4j.restoration;

import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Plug-and-play by half-quadratic splitting: images x with 1/2 |A x - y|<sup>2</sup> small that a denoiser of planes leaves alone,
 *
 * <blockquote>
 * x = argmin 1/2 |A x - y|<sup>2</sup> + m/2 |x - z|<sup>2</sup>, z = denoised(x, s), m = .23 / s<sup>2</sup>,
 * </blockquote>
 *
 * with s falling evenly in its logarithm from half the deviation of the image to that of the noise, one (Zhang et al., "Plug-and-play image
 * restoration with deep denoiser prior", IEEE TPAMI 44, 2022: eight steps, .23).
 */
final class HalfQuadraticSplitting {
    private static final double STRENGTH = 0.23;

    private final PlaneDenoiser denoiser;
    private final int steps;

    HalfQuadraticSplitting(PlaneDenoiser denoiser, int steps) {
        this.denoiser = denoiser;
        this.steps = steps;
    }

    /** What was seen of an image: A and y. For one thread. */
    interface Data {
        /** The image to begin with. */
        double[] start(double[] y);

        /** The minimiser of 1/2 |A x - y|^2 + m/2 |x - z|^2. */
        double[] nearest(double[] y, double[] z, double m);
    }

    /** Makes what a thread needs of the data. */
    interface DataMaker {
        Data data();
    }

    private record Tools(Data data, PlaneDenoiser.Worker denoiser) {}

    /** Restores all images. */
    double[][] restored(double[][] seen, int rows, int columns, DataMaker maker, RunContext context) {
        double[][] result = new double[seen.length][];
        Parallel.run(
                context,
                "restoring",
                seen.length,
                () -> new Tools(maker.data(), denoiser.worker(rows, columns)),
                (tools, k) -> result[k] = restored(seen[k], tools, context));
        return result;
    }

    private double[] restored(double[] y, Tools tools, RunContext context) {
        double[] z = tools.data().start(y);
        double first = Math.max(1, deviation(z) / 2);
        for (int n = 0; n < steps; n++) {
            context.checkCancelled();
            double sigma = Math.pow(first, 1 - (n + 1.0) / steps);
            z = tools.data().nearest(y, z, STRENGTH / (sigma * sigma));
            tools.denoiser().denoise(z, sigma);
        }
        return z;
    }

    private static double deviation(double[] plane) {
        double mean = 0;
        for (double v : plane) {
            mean += v / plane.length;
        }
        double sum = 0;
        for (double v : plane) {
            sum += (v - mean) * (v - mean);
        }
        return Math.sqrt(sum / plane.length);
    }
}
