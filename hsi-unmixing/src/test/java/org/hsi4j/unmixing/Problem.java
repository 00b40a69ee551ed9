package org.hsi4j.unmixing;

import java.util.Random;

/** A random mixing problem of a chosen kind. */
record Problem(double[][] endmembers, double[] pixel) {

    /** What is difficult about the endmembers. */
    enum Endmember {
        POSITIVE,
        SIGNED,
        SMOOTH,
        DUPLICATES,
        NEAR_DUPLICATES,
        NEARLY_EQUAL,
        DIFFERENT_UNITS,
        WITH_ZERO
    }

    /** Where the pixel lies. */
    enum Pixel {
        MIXTURE,
        NOISY_MIXTURE,
        ON_A_FACE,
        OUTSIDE,
        NEGATIVE,
        ZERO,
        PURE
    }

    static Problem of(int bands, int p, Endmember kind, Pixel where, long seed) {
        Random random = new Random(seed);
        double[][] e = new double[bands][p];
        double[] shared = random.doubles(bands, 0.1, 1).toArray();
        for (int k = 0; k < p; k++) {
            double centre = random.nextDouble() * bands;
            double width = bands * (0.05 + random.nextDouble() / 2);
            double unit = kind == Endmember.DIFFERENT_UNITS ? Math.pow(10, random.nextInt(7) - 3) : 1;
            for (int b = 0; b < bands; b++) {
                double u = random.nextDouble();
                double d = (b - centre) / width;
                e[b][k] = switch (kind) {
                    case SIGNED -> random.nextGaussian();
                    case SMOOTH -> 0.1 + Math.exp(-d * d);
                    case NEARLY_EQUAL -> shared[b] + 1e-8 * u;
                    default -> unit * u;
                };
            }
        }
        for (int k = 1; k < p; k++) {
            boolean copy =
                    (kind == Endmember.DUPLICATES || kind == Endmember.NEAR_DUPLICATES) && random.nextInt(3) == 0;
            int of = random.nextInt(k);
            for (int b = 0; b < bands && copy; b++) {
                e[b][k] = e[b][of] + (kind == Endmember.NEAR_DUPLICATES ? 1e-8 * random.nextDouble() : 0);
            }
        }
        if (kind == Endmember.WITH_ZERO) {
            int k = random.nextInt(p);
            for (double[] row : e) {
                row[k] = 0;
            }
        }
        return new Problem(e, pixel(e, p, where, random));
    }

    private static double[] pixel(double[][] e, int p, Pixel where, Random random) {
        double[] a = new double[p];
        double sum = 0;
        for (int k = 0; k < p; k++) {
            boolean absent = where == Pixel.ON_A_FACE && random.nextBoolean();
            a[k] = absent ? 0 : -Math.log(1 - random.nextDouble());
            sum += a[k];
        }
        int pure = random.nextInt(p);
        double[] y = new double[e.length];
        for (int b = 0; b < y.length; b++) {
            double mixed = 0;
            for (int k = 0; k < p; k++) {
                mixed += e[b][k] * (sum > 0 ? a[k] / sum : 0);
            }
            y[b] = switch (where) {
                case MIXTURE, ON_A_FACE -> mixed;
                case NOISY_MIXTURE -> mixed + 0.05 * random.nextGaussian();
                case OUTSIDE -> random.nextDouble() * 3;
                case NEGATIVE -> -random.nextDouble();
                case ZERO -> 0;
                case PURE -> e[b][pure];
            };
        }
        return y;
    }
}
