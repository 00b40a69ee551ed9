package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;

/**
 * Tests at the level 1e-6, both tails: the seeds are fixed, so a test that passes once passes always, and the level says how
 * far from its definition a generator would have to be to fail.
 */
final class ChiSquare {
    private static final double LEVEL = 1e-6;

    private ChiSquare() {}

    /** Counts against their expectations. */
    static void assertCounts(long[] counts, double[] expected) {
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            sum += (counts[i] - expected[i]) * (counts[i] - expected[i]) / expected[i];
        }
        assertValue(sum, counts.length - 1);
    }

    /** Counts that should all be alike. */
    static void assertEven(long[] counts) {
        double total = java.util.Arrays.stream(counts).sum();
        double[] expected = new double[counts.length];
        java.util.Arrays.fill(expected, total / counts.length);
        assertCounts(counts, expected);
    }

    static void assertValue(double value, int degrees) {
        ChiSquaredDistribution law = ChiSquaredDistribution.of(degrees);
        assertThat(value)
                .isBetween(law.inverseCumulativeProbability(LEVEL / 2), law.inverseSurvivalProbability(LEVEL / 2));
    }
}
