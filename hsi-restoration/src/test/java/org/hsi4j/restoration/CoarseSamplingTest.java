package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class CoarseSamplingTest {

    private static double dot(double[] x, double[] y) {
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] * y[i];
        }
        return sum;
    }

    /** Sums of up to some thousand terms of size one, in another order. */
    @Property(tries = 50)
    void spreadingIsTheAdjointOfSampling(
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 2, max = 5) int factor,
            @ForAll @DoubleRange(min = 0.2, max = 6) double sigma,
            @ForAll @DoubleRange(min = -2, max = 2) double shift) {
        CoarseSampling sampling = CoarseSampling.of(rows, columns, factor, sigma, shift, -shift);
        Random random = new Random(rows * 100L + columns);
        double[] x = random.doubles((long) rows * columns * factor * factor).toArray();
        double[] y = random.doubles((long) rows * columns).toArray();

        assertThat(dot(sampling.down(x), y)).isCloseTo(dot(x, sampling.spread(y)), within(1e-11 * x.length));
    }

    @Property(tries = 30)
    void solvesItsSystem(
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @DoubleRange(min = 0.5, max = 4) double sigma,
            @ForAll @DoubleRange(min = 0.01, max = 100) double t) {
        CoarseSampling sampling = CoarseSampling.of(rows, columns, 3, sigma, 0, 0);
        double[] y = new Random(5).doubles((long) rows * columns).toArray();

        double[] z = sampling.inverse().solve(t, y);

        double[] back = sampling.down(sampling.spread(z));
        for (int i = 0; i < back.length; i++) {
            back[i] += t * z[i];
        }
        // The condition of the system is at most (t + 1) / t = 101.
        assertThat(back).containsExactly(y, within(1e-11));
    }

    @Property(tries = 30)
    void aConstantStaysAsItIs(
            @ForAll @IntRange(min = 1, max = 7) int rows, @ForAll @DoubleRange(min = 0.2, max = 6) double sigma) {
        CoarseSampling sampling = CoarseSampling.of(rows, 4, 2, sigma, 0.3, 0);
        double[] fine = new double[rows * 16];
        Arrays.fill(fine, 7);

        assertThat(sampling.down(fine)).containsOnly(new double[] {7}, within(1e-13));
        assertThat(sampling.interpolated(sampling.down(fine))).containsOnly(new double[] {7}, within(1e-12));
    }
}
