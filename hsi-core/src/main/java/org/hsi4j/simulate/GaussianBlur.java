package org.hsi4j.simulate;

import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;

/**
 * Blur by a Gaussian of k x k pixels, k odd, with weights proportional to exp(-(i<sup>2</sup> + j<sup>2</sup>) /
 * (2&sigma;<sup>2</sup>)) that sum to one. Unless given, &sigma; = 0.3 ((k - 1)/2 - 1) + 0.8 as in OpenCV and in MP-HSIR (Wu et
 * al., 2025), which uses k = 9, 15, 21 on natural images and 7, 11, 15 in remote sensing.
 *
 * <p>The image is mirrored at its border. Invalid samples have no weight, and stay invalid. Nothing is random. Costs 2
 * k<sup>2</sup> operations a sample. Immutable and thread-safe.
 */
public final class GaussianBlur implements Degradation<GaussianBlur.Result> {
    private final int size;
    private final double sigma;

    private GaussianBlur(int size, double sigma) {
        this.size = size;
        this.sigma = sigma;
    }

    /**
     * What was done.
     *
     * @param cube the blurred cube
     * @param kernel its weights, which sum to one
     */
    public record Result(Cube cube, ScoreMap kernel) implements Degraded {}

    /**
     * A kernel of 11 x 11 pixels, for which &sigma; is 2.
     *
     * @return the settings
     */
    public static GaussianBlur withDefaults() {
        return new GaussianBlur(11, rule(11));
    }

    private static double rule(int size) {
        return 0.3 * ((size - 1) / 2.0 - 1) + 0.8;
    }

    /**
     * The side of the kernel; its standard deviation follows from it. Default: 11.
     *
     * @param pixels odd, 1 to 255
     * @return new settings
     * @throws IllegalArgumentException if it is even or out of this range
     */
    public GaussianBlur withSize(int pixels) {
        if (pixels < 1 || pixels > 255 || pixels % 2 == 0) {
            throw new IllegalArgumentException("the side of a kernel is an odd number of 1 to 255, not " + pixels);
        }
        return new GaussianBlur(pixels, rule(pixels));
    }

    /**
     * Another standard deviation for the same side. Default: follows from the side.
     *
     * @param pixels positive
     * @return new settings
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public GaussianBlur withSigma(double pixels) {
        return new GaussianBlur(size, BandChanges.requirePositive("the standard deviation of a blur", pixels));
    }

    /**
     * The side of the kernel.
     *
     * @return odd
     */
    public int size() {
        return size;
    }

    /**
     * The standard deviation of the kernel before it is cut off.
     *
     * @return pixels
     */
    public double sigma() {
        return sigma;
    }

    @Override
    public Result apply(Cube cube, RunContext context) {
        Convolution convolution = new Convolution(kernel());
        String origin = "Gaussian blur of " + size + " pixels, sigma " + sigma;
        return new Result(convolution.apply(cube, context, "blur", origin), convolution.asMap());
    }

    private double[][] kernel() {
        double[] profile = new double[size];
        double sum = 0;
        for (int i = 0; i < size; i++) {
            double t = (i - size / 2) / sigma;
            profile[i] = StrictMath.exp(-t * t / 2);
            sum += profile[i];
        }
        double[][] kernel = new double[size][size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                kernel[i][j] = profile[i] / sum * (profile[j] / sum);
            }
        }
        return kernel;
    }
}
