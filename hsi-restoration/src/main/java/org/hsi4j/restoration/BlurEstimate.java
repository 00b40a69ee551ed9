package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hsi4j.linalg.Dense;
import org.hsi4j.signal.CosineTransform;

/**
 * What blurred a picture: a motion ({@link MotionEstimate}), or a Gaussian, whose width is what the radial spectrum of a picture suggests: of log P(f) = c - a log f -
 * (2 pi s f)<sup>2</sup>, where the power law is what sharp pictures have. The spectrum is that of the cosine transform, which knows no
 * jump at the borders.
 *
 * <p>c, a and s<sup>2</sup> are found by least squares over rings of frequencies. A ring weighs as much as its number of entries and
 * {@value #LAW} of doubt about the law allow, a is held near {@value #SLOPE} by {@value #SLOPES}, and rings count only as far as the
 * power stands above the noise and the point spread leaves more than e<sup>-{@value #DEPTH}</sup> of it: beyond, what a sensor or a
 * simulation cuts off of its tails decides. Of 19 sharp scenes none has more than .5 pixels; Gaussians of 1.3 to 3.7 pixels are found to
 * some 10 % in most scenes, to 30 % in the worst.
 *
 * @param sigma standard deviation of the point spread in pixels beyond what sharp pictures have of their own; 0 where none can be seen
 * @param certain whether the picture shows it beyond doubt: an attenuation of e<sup>6</sup> is seen, of a spectrum that sharp pictures have. (A
 *     smooth scene in noise seems blurred as far as e<sup>5.4</sup>.)
 * @param motion the motion that is certain
 */
record BlurEstimate(double sigma, boolean certain, Optional<PointSpread.Motion> motion) {
    /** None is seen. */
    static final BlurEstimate NONE = new BlurEstimate(0, false, Optional.empty());

    private static final int RINGS = 48;

    /** Cycles a pixel of the lowest ring, in a large picture: below, the scene's own shape decides. */
    private static final double LOWEST = 0.02;

    /** Standard deviation of the logarithm of a ring's power about a power law. */
    private static final double LAW = 0.2;

    private static final double SLOPE = 2.7;
    private static final double SLOPES = 0.7;

    /** Slopes that sharp pictures have; smooth random fields have less. */
    private static final double LEAST_SLOPE = 0.5;

    private static final double LARGEST_SLOPE = 4.5;
    private static final double DEPTH = 7;
    private static final double SEEN_DEPTH = 6;

    /** Variance of the point spread that sharp pictures are found to have. */
    private static final double OWN = 0.16;

    private static final double WIDEST = 36;
    private static final int LEAST_SIDE = 32;
    private static final int LEAST_RINGS = 5;
    private static final int ROUNDS = 60;

    /** Of a ring: its mean logarithmic and its mean squared frequency, the logarithm of its power, and what it weighs. */
    private record Ring(double logFrequency, double square, double logPower, double weight) {}

    /** From a picture with white noise. */
    static BlurEstimate of(double[] picture, int rows, int columns, double noiseVariance) {
        if (Math.min(rows, columns) < LEAST_SIDE) {
            return NONE;
        }
        List<Ring> rings = rings(picture, rows, columns, noiseVariance);
        return rings.size() < LEAST_RINGS ? NONE : fit(rings);
    }

    /** With a motion beside it. */
    BlurEstimate with(Optional<PointSpread.Motion> seen) {
        return new BlurEstimate(sigma, certain, seen);
    }

    private static List<Ring> rings(double[] picture, int rows, int columns, double noiseVariance) {
        double[] spectrum = picture.clone();
        CosineTransform.of(rows, columns).worker().forward(spectrum);
        double lowest = Math.max(LOWEST, 1.0 / Math.min(rows, columns));
        double[][] sums = new double[RINGS][3];
        int[] count = new int[RINGS];
        for (int i = 1; i < spectrum.length; i++) {
            int row = i / columns;
            double f = Math.hypot(0.5 * row / rows, 0.5 * (i - row * columns) / columns);
            int ring = (int) ((f - lowest) / (0.5 - lowest) * RINGS);
            if (f >= lowest && ring < RINGS) {
                sums[ring][0] += Math.log(f);
                sums[ring][1] += f * f;
                sums[ring][2] += spectrum[i] * spectrum[i];
                count[ring]++;
            }
        }
        List<Ring> rings = new ArrayList<>();
        for (int k = 0; k < RINGS; k++) {
            double n = count[k];
            if (n > 0) {
                double power = sums[k][2] / n;
                if (!(power > (2 + 4 * Math.sqrt(2 / n)) * noiseVariance)) {
                    break;
                }
                rings.add(new Ring(
                        sums[k][0] / n, sums[k][1] / n, Math.log(power - noiseVariance), 1 / (1 / n + LAW * LAW)));
            }
        }
        return rings;
    }

    /** From few rings to as many as the point spread lets through. */
    private static BlurEstimate fit(List<Ring> rings) {
        double variance = WIDEST;
        double[] solution = {0, 0, 0};
        for (int round = 0; round < ROUNDS; round++) {
            int kept = kept(rings, variance);
            solution = solve(rings.subList(0, kept));
            double next = kept < LEAST_RINGS ? variance / 2 : solution[2];
            if (Math.abs(next - variance) <= 1e-3 * variance) {
                break;
            }
            variance = (variance + next) / 2;
        }
        double found = Math.max(0, solution[2]);
        double depth = depth(found, rings.get(rings.size() - 1));
        boolean certain = depth >= SEEN_DEPTH && solution[1] >= LEAST_SLOPE && solution[1] <= LARGEST_SLOPE;
        return new BlurEstimate(Math.sqrt(Math.max(0, found - OWN)), certain, Optional.empty());
    }

    private static int kept(List<Ring> rings, double variance) {
        int kept = 1;
        while (kept < rings.size() && depth(variance, rings.get(kept)) <= DEPTH) {
            kept++;
        }
        return kept;
    }

    private static double depth(double variance, Ring ring) {
        return 4 * Math.PI * Math.PI * variance * ring.square();
    }

    private static double[] solve(List<Ring> rings) {
        double[][] normal = new double[3][3];
        double[] solution = new double[3];
        normal[1][1] = 1 / (SLOPES * SLOPES);
        solution[1] = SLOPE / (SLOPES * SLOPES);
        // Where one ring is all there is, the power law alone explains it.
        normal[2][2] = 1e-9;
        for (Ring ring : rings) {
            double[] x = {1, -ring.logFrequency(), -4 * Math.PI * Math.PI * ring.square()};
            for (int a = 0; a < 3; a++) {
                solution[a] += ring.weight() * x[a] * ring.logPower();
                for (int b = 0; b < 3; b++) {
                    normal[a][b] += ring.weight() * x[a] * x[b];
                }
            }
        }
        Dense.solve(Dense.cholesky(normal).orElseThrow(), solution);
        return solution;
    }
}
