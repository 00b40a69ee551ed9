package org.hsi4j.simulate;

import java.util.SplittableRandom;

/**
 * A stationary Gaussian random field of mean zero and variance one: white noise, smoothed by a Gaussian filter. The noise
 * is drawn beyond the borders of the image too, so the field has the same statistics there as inside.
 */
final class RandomField {
    /** Where the filter is cut off, in standard deviations: what is left out weighs less than 1e-4 of the sum. */
    private static final double REACH = 4;

    private RandomField() {}

    /**
     * Makes a field and adds it to an image.
     *
     * @param random where the noise comes from
     * @param smoothness standard deviation of the filter in pixels; zero or more
     * @param weight factor
     * @param image rows x columns values, to which the field is added
     * @param columns columns of the image
     */
    static void add(SplittableRandom random, double smoothness, double weight, double[] image, int columns) {
        double[] filter = filter(smoothness);
        int rows = image.length / columns;
        double[] noise = new double[columns + filter.length - 1];
        double[][] smoothed = new double[rows + filter.length - 1][columns];
        for (double[] line : smoothed) {
            for (int i = 0; i < noise.length; i++) {
                noise[i] = Normal.next(random);
            }
            for (int j = 0; j < filter.length; j++) {
                for (int c = 0; c < columns; c++) {
                    line[c] += filter[j] * noise[c + j];
                }
            }
        }
        for (int r = 0; r < rows; r++) {
            int at = r * columns;
            for (int j = 0; j < filter.length; j++) {
                double w = weight * filter[j];
                double[] line = smoothed[r + j];
                for (int c = 0; c < columns; c++) {
                    image[at + c] += w * line[c];
                }
            }
        }
    }

    /** A Gaussian whose squares sum to one, so that white noise of variance one keeps that variance. */
    private static double[] filter(double smoothness) {
        int reach = (int) Math.ceil(REACH * smoothness);
        double[] filter = new double[2 * reach + 1];
        double squares = 0;
        for (int j = 0; j < filter.length; j++) {
            double t = smoothness == 0 ? 0 : (j - reach) / smoothness;
            filter[j] = StrictMath.exp(-t * t / 2);
            squares += filter[j] * filter[j];
        }
        double scale = 1 / Math.sqrt(squares);
        for (int j = 0; j < filter.length; j++) {
            filter[j] *= scale;
        }
        return filter;
    }
}
