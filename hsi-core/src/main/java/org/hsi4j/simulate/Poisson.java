package org.hsi4j.simulate;

import java.util.SplittableRandom;

/**
 * Poisson deviates with the same bits everywhere: products of uniform deviates for means below ten (Knuth), transformed
 * rejection with squeeze above (Hoermann, "The transformed rejection method for generating Poisson random variables",
 * Insurance: Mathematics and Economics 12, 1993, algorithm PTRS).
 */
final class Poisson {
    private static final double SMALL = 10;
    private static final double[] LOG_FACTORIAL = new double[10];

    static {
        for (int k = 2; k < LOG_FACTORIAL.length; k++) {
            LOG_FACTORIAL[k] = LOG_FACTORIAL[k - 1] + StrictMath.log(k);
        }
    }

    private Poisson() {}

    static double next(SplittableRandom random, double mean) {
        return mean < SMALL ? product(random, mean) : rejection(random, mean);
    }

    private static double product(SplittableRandom random, double mean) {
        double limit = StrictMath.exp(-mean);
        int k = 0;
        for (double p = random.nextDouble(); p > limit; p *= random.nextDouble()) {
            k++;
        }
        return k;
    }

    private static double rejection(SplittableRandom random, double mean) {
        double b = 0.931 + 2.53 * Math.sqrt(mean);
        double a = -0.059 + 0.02483 * b;
        double inverseAlpha = 1.1239 + 1.1328 / (b - 3.4);
        double squeeze = 0.9277 - 3.6224 / (b - 2);
        double logMean = StrictMath.log(mean);
        while (true) {
            double u = random.nextDouble() - 0.5;
            double v = 1 - random.nextDouble(); // never zero
            double s = 0.5 - Math.abs(u);
            double k = Math.floor((2 * a / s + b) * u + mean + 0.43);
            if (s >= 0.07 && v <= squeeze) {
                return k;
            }
            boolean possible = k >= 0 && (s >= 0.013 || v <= s);
            if (possible
                    && StrictMath.log(v * inverseAlpha / (a / (s * s) + b)) <= k * logMean - mean - logFactorial(k)) {
                return k;
            }
        }
    }

    /** Stirling's series; the first term left out is below 1e-10 from ten on. */
    private static double logFactorial(double k) {
        if (k < LOG_FACTORIAL.length) {
            return LOG_FACTORIAL[(int) k];
        }
        double r = 1 / k;
        double series = r * (1.0 / 12 - r * r * (1.0 / 360 - r * r / 1260));
        return (k + 0.5) * StrictMath.log(k) - k + 0.5 * StrictMath.log(2 * Math.PI) + series;
    }
}
