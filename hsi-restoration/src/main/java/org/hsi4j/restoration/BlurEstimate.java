package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.linalg.Dense;
import org.hsi4j.signal.CosineTransform;

/**
 * The width of a Gaussian point spread that the radial spectrum of a picture suggests: of log P(f) = c - a log f -
 * (2 pi s f)<sup>2</sup>, where the power law is what sharp pictures have, s by least squares over the rings in which the
 * power stands above the noise. The spectrum is that of the cosine transform, which knows no jump at the borders.
 */
final class BlurEstimate {
    private static final int RINGS = 32;

    /** Cycles a pixel of the lowest ring: below, a ring has few entries and the scene's own shape decides. */
    private static final double LOWEST = 0.04;

    /** By how much the power of a ring exceeds the noise to count. */
    private static final double ABOVE = 4;

    private static final int LEAST_SIDE = 32;

    private static final int LEAST_RINGS = 10;

    private BlurEstimate() {}

    /** Standard deviation of the point spread in pixels, 0 where none can be seen. */
    static double of(double[] plane, int rows, int columns, double noiseVariance) {
        if (Math.min(rows, columns) < LEAST_SIDE) {
            return 0;
        }
        double[] spectrum = plane.clone();
        CosineTransform.of(rows, columns).worker().forward(spectrum);
        double[] power = new double[RINGS];
        int[] count = new int[RINGS];
        for (int i = 1; i < spectrum.length; i++) {
            int row = i / columns;
            double f = Math.hypot(0.5 * row / rows, 0.5 * (i - row * columns) / columns);
            int ring = (int) ((f - LOWEST) / (0.5 - LOWEST) * RINGS);
            if (f >= LOWEST && ring < RINGS) {
                power[ring] += spectrum[i] * spectrum[i];
                count[ring]++;
            }
        }
        List<double[]> points = new ArrayList<>();
        for (int k = 0; k < RINGS; k++) {
            double mean = power[k] / Math.max(1, count[k]);
            if (mean < ABOVE * noiseVariance || count[k] == 0) {
                break;
            }
            double f = LOWEST + (k + 0.5) / RINGS * (0.5 - LOWEST);
            points.add(new double[] {f, Math.log(mean - noiseVariance), count[k]});
        }
        return points.size() < LEAST_RINGS ? 0 : fit(points);
    }

    private static double fit(List<double[]> points) {
        double[][] normal = new double[3][3];
        double[] right = new double[3];
        for (double[] point : points) {
            double[] x = {1, -Math.log(point[0]), -4 * Math.PI * Math.PI * point[0] * point[0]};
            for (int a = 0; a < 3; a++) {
                right[a] += x[a] * point[1];
                for (int b = 0; b < 3; b++) {
                    normal[a][b] += x[a] * x[b];
                }
            }
        }
        double[] solution = right.clone();
        Dense.solve(Dense.cholesky(normal).orElseThrow(), solution);
        return Math.sqrt(Math.max(0, solution[2]));
    }
}
