package org.hsi4j.simulate;

import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;

/**
 * Blur by even motion along a straight line: the weight of a pixel of the kernel is the share of a line of length l, centred
 * on the kernel, that lies in it, exactly.
 *
 * <p>The image is mirrored at its border. Invalid samples have no weight, and stay invalid. Nothing is random. Costs some 3 l
 * operations a sample. Immutable and thread-safe.
 */
public final class MotionBlur implements Degradation<MotionBlur.Result> {
    private final double length;
    private final double angle;

    private MotionBlur(double length, double angle) {
        this.length = length;
        this.angle = angle;
    }

    /**
     * What was done.
     *
     * @param cube the blurred cube
     * @param kernel its weights, which sum to one
     */
    public record Result(Cube cube, ScoreMap kernel) implements Degraded {}

    /**
     * 15 pixels at 45 degrees, as in the test of MP-HSIR (Wu et al., 2025).
     *
     * @return the settings
     */
    public static MotionBlur withDefaults() {
        return new MotionBlur(15, 45);
    }

    /**
     * How far the scene moves during the exposure. Default: 15 pixels.
     *
     * @param pixels positive, at most 255
     * @return new settings
     * @throws IllegalArgumentException if it is out of this range
     */
    public MotionBlur withLength(double pixels) {
        if (!(pixels > 0 && pixels <= 255)) {
            throw new IllegalArgumentException(
                    "the length of a motion is more than 0 and at most 255 pixels, not " + pixels);
        }
        return new MotionBlur(pixels, angle);
    }

    /**
     * The direction of the motion. Default: 45 degrees.
     *
     * @param degrees counter-clockwise from the direction of the rows, any finite number
     * @return new settings
     * @throws IllegalArgumentException if it is not finite
     */
    public MotionBlur withAngle(double degrees) {
        if (!Double.isFinite(degrees)) {
            throw new IllegalArgumentException("the direction of a motion cannot be " + degrees);
        }
        return new MotionBlur(length, degrees);
    }

    /**
     * How far the scene moves.
     *
     * @return pixels
     */
    public double length() {
        return length;
    }

    /**
     * The direction of the motion.
     *
     * @return degrees
     */
    public double angle() {
        return angle;
    }

    /**
     * The weights of the pixels.
     *
     * @return an odd square, as large as the motion reaches; they sum to one
     */
    public ScoreMap kernel() {
        return new Convolution(weights()).asMap();
    }

    @Override
    public Result apply(Cube cube, RunContext context) {
        Convolution convolution = new Convolution(weights());
        String origin = "motion blur of " + length + " pixels at " + angle + " degrees";
        return new Result(convolution.apply(cube, context, "blur", origin), convolution.asMap());
    }

    private double[][] weights() {
        int reach = (int) Math.ceil(length / 2 - 0.5);
        double[][] kernel = new double[2 * reach + 1][2 * reach + 1];
        double dx = StrictMath.cos(StrictMath.toRadians(angle));
        double dy = -StrictMath.sin(StrictMath.toRadians(angle)); // rows count downwards
        double sum = 0;
        for (int i = 0; i < kernel.length; i++) {
            for (int j = 0; j < kernel.length; j++) {
                kernel[i][j] = inside(dx, dy, j - reach, i - reach);
                sum += kernel[i][j];
            }
        }
        for (double[] row : kernel) {
            for (int j = 0; j < row.length; j++) {
                row[j] /= sum;
            }
        }
        return kernel;
    }

    /** Length of the part of the line within the unit square around (x, y). */
    private double inside(double dx, double dy, double x, double y) {
        double[] xs = span(dx, x);
        double[] ys = span(dy, y);
        double first = Math.max(-length / 2, Math.max(xs[0], ys[0]));
        double last = Math.min(length / 2, Math.min(xs[1], ys[1]));
        return Math.max(0, last - first);
    }

    /** Where a coordinate is within half a pixel of a centre. */
    private static double[] span(double slope, double centre) {
        if (Math.abs(slope) < 1e-15) { // what rounding leaves of the sine of 180 degrees
            boolean within = Math.abs(centre) < 0.5;
            return within
                    ? new double[] {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY}
                    : new double[] {Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        }
        double a = (centre - 0.5) / slope;
        double b = (centre + 0.5) / slope;
        return new double[] {Math.min(a, b), Math.max(a, b)};
    }
}
