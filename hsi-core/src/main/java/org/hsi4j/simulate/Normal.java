package org.hsi4j.simulate;

import java.util.SplittableRandom;

/**
 * Standard normal deviates that have the same bits on every Java version and processor, which
 * {@link SplittableRandom#nextGaussian()} does not promise: its tails differ between Java 17 and 25.
 *
 * <p>The ratio of two uniform deviates (Kinderman and Monahan, 1977) with the bounds of Leva, "A fast normal random number
 * generator", ACM Transactions on Mathematical Software 18, 1992: 2.74 uniform deviates each, and in one of eighty cases a
 * logarithm.
 */
final class Normal {

    private Normal() {}

    static double next(SplittableRandom random) {
        while (true) {
            double u = 1 - random.nextDouble(); // never zero
            double v = 1.7156 * (random.nextDouble() - 0.5);
            double x = u - 0.449871;
            double y = Math.abs(v) + 0.386595;
            double q = x * x + y * (0.19600 * y - 0.25472 * x);
            boolean inside = q < 0.27597 || (q <= 0.27846 && v * v <= -4 * u * u * StrictMath.log(u));
            if (inside) {
                return v / u;
            }
        }
    }
}
