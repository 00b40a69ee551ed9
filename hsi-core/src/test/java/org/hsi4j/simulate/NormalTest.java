package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class NormalTest {

    @Test
    void fillsTheQuantilesEvenly() {
        int cells = 1000;
        int draws = 2_000_000;
        NormalDistribution normal = NormalDistribution.of(0, 1);
        SplittableRandom random = new SplittableRandom(3);
        long[] counts = new long[cells];
        DoubleStream.generate(() -> Normal.next(random))
                .limit(draws)
                .forEach(x -> counts[Math.min(cells - 1, (int) (cells * normal.cumulativeProbability(x)))]++);
        double expected = (double) draws / cells;
        double statistic = 0;
        for (long count : counts) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        // two-sided at 1e-6
        ChiSquaredDistribution chi = ChiSquaredDistribution.of(cells - 1);
        assertThat(statistic)
                .isBetween(chi.inverseCumulativeProbability(0.5e-6), chi.inverseSurvivalProbability(0.5e-6));
    }

    @Test
    void reachesTheTails() {
        SplittableRandom random = new SplittableRandom(4);
        long beyond = DoubleStream.generate(() -> Normal.next(random))
                .limit(3_000_000)
                .filter(x -> Math.abs(x) > 4)
                .count();
        // 190 are expected, with a standard deviation of 14: five of them
        assertThat(beyond).isBetween(120L, 260L);
    }
}
