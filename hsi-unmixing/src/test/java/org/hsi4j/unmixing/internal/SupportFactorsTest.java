package org.hsi4j.unmixing.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SupportFactorsTest {

    private static double[][] random(int p, int r) {
        Random random = new Random(p);
        double[][] columns = new double[p][r];
        for (double[] column : columns) {
            Arrays.setAll(column, k -> random.nextGaussian());
        }
        return columns;
    }

    private static int[] members(long set) {
        return IntStream.range(0, 63).filter(j -> (set >> j & 1) == 1).toArray();
    }

    private static double[] solve(SupportFactors.Factor factor, double[] target, int vectors) {
        double[] x = new double[vectors];
        factor.solve(target, x);
        return x;
    }

    /** The residual of least squares is orthogonal to what was factored. */
    private static double along(double[][] columns, int[] set, int base, double[] target, double[] x) {
        double[] rest = target.clone();
        for (int i = 0, v = 0; i < set.length; i++) {
            if (i != base) {
                for (int k = 0; k < rest.length; k++) {
                    rest[k] -= x[v] * (columns[set[i]][k] - (base < 0 ? 0 : columns[set[base]][k]));
                }
                v++;
            }
        }
        double most = 0;
        for (int i = 0; i < set.length; i++) {
            double sum = 0;
            for (int k = 0; k < rest.length; k++) {
                sum += rest[k] * (columns[set[i]][k] - (base < 0 ? 0 : columns[set[base]][k]));
            }
            most = Math.max(most, Math.abs(sum));
        }
        return most;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everySetIsSolvedWhateverWasAskedBefore(boolean differences) {
        double[][] columns = random(7, 9);
        double[] target = random(1, 9)[0];
        SupportFactors factors = new SupportFactors(columns, differences);
        for (int pass = 0; pass < 2; pass++) {
            for (int set = 1; set < 1 << 7; set++) {
                int[] members = members(set);
                SupportFactors.Factor factor = factors.of(members, members.length);
                assertThat(factor.dependent()).isFalse();
                double[] x = solve(factor, target, members.length);
                assertThat(x)
                        .isEqualTo(solve(
                                factors.compute(members, members.length, factors.room()), target, members.length));
                int base = differences ? factors.base(members, members.length) : -1;
                // Rounding of sums of nine products of numbers of up to about ten, and the condition of some sets.
                assertThat(along(columns, members, base, target, x)).isLessThan(1e-11);
            }
        }
    }

    @Test
    void aSetAskedForAgainIsNotFactoredAgain() {
        SupportFactors factors = new SupportFactors(random(7, 9), false);
        SupportFactors.Factor[] first = new SupportFactors.Factor[1 << 7];
        for (int set = 1; set < first.length; set++) {
            first[set] = factors.of(members(set), Integer.bitCount(set));
        }
        for (int set = 1; set < first.length; set++) {
            assertThat(factors.of(members(set), Integer.bitCount(set))).isSameAs(first[set]);
        }
    }

    /** 25 columns of 25 values: 8 MiB hold about 1600 factors. */
    @Test
    void moreSetsThanAreKeptAreSolvedToo() {
        double[][] columns = random(25, 25);
        double[] target = random(1, 25)[0];
        SupportFactors factors = new SupportFactors(columns, false);
        for (int set = 1; set < 2500; set++) {
            int[] members = members(set);
            double[] x = solve(factors.of(members, members.length), target, members.length);
            assertThat(x)
                    .isEqualTo(solve(factors.compute(members, members.length, factors.room()), target, members.length));
        }
    }

    @Test
    void moreColumnsThanALongHasBitsAreSolvedToo() {
        double[][] columns = random(70, 12);
        double[] target = random(1, 12)[0];
        SupportFactors factors = new SupportFactors(columns, false);
        for (int j = 0; j + 5 < 70; j++) {
            int[] members = {j, j + 1, j + 5};
            double[] x = solve(factors.of(members, 3), target, 3);
            assertThat(along(columns, members, -1, target, x)).isLessThan(1e-11);
        }
    }

    @Test
    void aColumnInTheSpanOfTheOthersMakesASetDependent() {
        double[][] columns = random(5, 6);
        for (int k = 0; k < 6; k++) {
            columns[3][k] = columns[0][k] - 2 * columns[1][k]; // and so on one line with neither
        }
        SupportFactors factors = new SupportFactors(columns, false);
        SupportFactors differences = new SupportFactors(columns, true);
        for (int set = 1; set < 1 << 5; set++) {
            int[] members = members(set);
            assertThat(factors.of(members, members.length).dependent()).isEqualTo((set & 0b1011) == 0b1011);
            assertThat(differences.of(members, members.length).dependent()).isFalse();
        }
    }

    @Test
    void threePointsOnALineAreDependentAsDifferences() {
        double[][] columns = random(4, 6);
        for (int k = 0; k < 6; k++) {
            columns[2][k] = 0.25 * columns[0][k] + 0.75 * columns[1][k];
        }
        SupportFactors differences = new SupportFactors(columns, true);
        for (int set = 1; set < 1 << 4; set++) {
            int[] members = members(set);
            assertThat(differences.of(members, members.length).dependent()).isEqualTo((set & 0b0111) == 0b0111);
        }
    }

    @Test
    void moreColumnsThanDimensionsAreDependent() {
        double[][] columns = random(5, 3);
        SupportFactors factors = new SupportFactors(columns, false);
        SupportFactors differences = new SupportFactors(columns, true);
        for (int set = 1; set < 1 << 5; set++) {
            int[] members = members(set);
            assertThat(factors.of(members, members.length).dependent()).isEqualTo(members.length > 3);
            assertThat(differences.of(members, members.length).dependent()).isEqualTo(members.length > 4);
        }
    }

    @Test
    void theBaseIsTheShortestColumnOfTheSet() {
        SupportFactors factors = new SupportFactors(new double[][] {{3, 4}, {0, 1}, {2, 0}, {1, 1}}, true);
        assertThat(factors.base(new int[] {0, 1, 2, 3}, 4)).isEqualTo(1);
        assertThat(factors.base(new int[] {0, 2, 3}, 3)).isEqualTo(2);
        assertThat(factors.base(new int[] {0, 2, 3}, 2)).isEqualTo(1);
        assertThat(factors.base(new int[] {0}, 1)).isZero();
    }
}
