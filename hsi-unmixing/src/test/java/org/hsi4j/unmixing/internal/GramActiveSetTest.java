package org.hsi4j.unmixing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Three ways to one answer: the table of sets, the Gram matrix, and orthogonal factors. */
class GramActiveSetTest {

    @Property(tries = 1000)
    void agreesWithTheTableAndWithOrthogonalFactors(
            @ForAll @IntRange(min = 1, max = 12) int p, @ForAll boolean sumToOne, @ForAll long seed) {
        Random random = new Random(seed);
        int r = 12;
        double[][] columns = new double[p][r];
        double[][] planes = new double[r][1];
        double[] z = new double[r];
        for (int k = 0; k < r; k++) {
            for (int j = 0; j < p; j++) {
                columns[j][k] = random.nextGaussian() + (j == k ? 3 : 0);
            }
            z[k] = 2 * random.nextGaussian();
            planes[k][0] = z[k];
        }
        double[] byGram = new double[p];
        double[] byFactors = new double[p];
        double[][] byTable = new double[p][1];
        double[] f = new double[p];
        double square = 0;
        for (int k = 0; k < r; k++) {
            for (int j = 0; j < p; j++) {
                f[j] += columns[j][k] * z[k];
            }
            square += z[k] * z[k];
        }

        assertThat(new GramActiveSet(columns, sumToOne).solve(z, f, Math.sqrt(square), byGram))
                .isTrue();
        assertThat(new ActiveSet(columns, sumToOne).solve(z, byFactors)).isTrue();
        TileSolver solver = new TileSolver(new ConstrainedProblem(columns, sumToOne));
        solver.solve(planes, 1, byTable);

        // Rounding times the condition, which the added diagonal keeps below about 1e3 but for rare draws.
        assertThat(byGram).containsExactly(byFactors, within(1e-10));
        for (int j = 0; j < p; j++) {
            assertThat(byTable[j][0]).isCloseTo(byFactors[j], within(1e-10));
        }
        assertThat(solver.fallbacks()).isZero();
    }

    static double[][] random(int p, int r, long seed) {
        Random random = new Random(seed);
        double[][] columns = new double[p][r];
        for (double[] column : columns) {
            Arrays.setAll(column, k -> random.nextGaussian());
        }
        return columns;
    }

    private static double[] products(double[][] columns, double[] z) {
        return Arrays.stream(columns).mapToDouble(c -> dot(c, z)).toArray();
    }

    private static double dot(double[] x, double[] y) {
        return IntStream.range(0, x.length).mapToDouble(k -> x[k] * y[k]).sum();
    }

    /** C'(z - C a). */
    private static double[] gradient(double[][] columns, double[] z, double[] a) {
        double[] rest = z.clone();
        for (int j = 0; j < a.length; j++) {
            for (int k = 0; k < rest.length; k++) {
                rest[k] -= a[j] * columns[j][k];
            }
        }
        return products(columns, rest);
    }

    private static double[] onAll(GramActiveSet solver, double[] z, int p) {
        double[] a = new double[p];
        double[][] rows = solver.onAllColumns(a);
        for (int j = 0; j < p; j++) {
            a[j] += dot(rows[j], z);
        }
        return a;
    }

    /** Columns that differ by a thousandth: what the Gram matrix alone gives is wrong in the eighth digit. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void isAsGoodAsOrthogonalFactorsForColumnsThatAreNearlyEqual(boolean sumToOne) {
        double[][] columns = random(6, 12, 3);
        double[] shared = random(1, 12, 4)[0];
        for (double[] column : columns) {
            for (int k = 0; k < 12; k++) {
                column[k] = shared[k] + 1e-3 * column[k];
            }
        }
        GramActiveSet gram = new GramActiveSet(columns, sumToOne);
        ActiveSet factors = new ActiveSet(columns, sumToOne);
        double[] expected = new double[6];
        double[] a = new double[6];
        for (double[] noise : random(50, 12, 5)) {
            double[] z = new double[12];
            Arrays.setAll(z, k -> columns[1][k] / 2 + columns[4][k] / 3 + columns[5][k] / 6 + 1e-4 * noise[k]);
            assertThat(factors.solve(z, expected)).isTrue();
            assertThat(gram.solve(z, products(columns, z), Math.sqrt(dot(z, z)), a))
                    .isTrue();
            // Rounding times the condition of 1e4.
            assertThat(a).containsExactly(expected, within(1e-11));
            double[] pivoted = onAll(gram, z, 6);
            assertThat(gram.solveFromAll(z, products(columns, z), Math.sqrt(dot(z, z)), pivoted))
                    .isTrue();
            assertThat(pivoted).containsExactly(expected, within(1e-11));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void knownFactorsChangeNoBit(boolean sumToOne) {
        double[][] columns = random(9, 12, 6);
        GramActiveSet without = new GramActiveSet(columns, sumToOne);
        GramActiveSet with = new GramActiveSet(columns, sumToOne, new FactorRows(9));
        for (int pass = 0; pass < 2; pass++) {
            for (double[] z : random(200, 12, 7)) {
                double[] expected = onAll(without, z, 9);
                double[] a = expected.clone();
                assertThat(without.solveFromAll(z, products(columns, z), Math.sqrt(dot(z, z)), expected))
                        .isTrue();
                assertThat(with.solveFromAll(z, products(columns, z), Math.sqrt(dot(z, z)), a))
                        .isTrue();
                assertThat(a).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theSolutionOnAllColumnsLeavesEqualGradients(boolean sumToOne) {
        double[][] columns = random(7, 9, 8);
        GramActiveSet gram = new GramActiveSet(columns, sumToOne);
        for (double[] z : random(20, 9, 9)) {
            double[] a = onAll(gram, z, 7);
            double[] g = gradient(columns, z, a);
            double nu = sumToOne ? g[0] : 0;
            assertThat(g).containsOnly(new double[] {nu}, within(1e-11)); // rounding times the condition
            if (sumToOne) {
                assertThat(Arrays.stream(a).sum()).isCloseTo(1, within(1e-12));
            }
        }
    }

    @Test
    void aPriceIsTheThresholdOfOrthogonalColumns() {
        double[][] axes = new double[7][7];
        for (int k = 0; k < 7; k++) {
            axes[k][k] = 1;
        }
        GramActiveSet gram = new GramActiveSet(axes, false);
        double[] a = new double[7];
        for (double[] z : random(50, 7, 10)) {
            assertThat(gram.solve(z, z.clone(), Math.sqrt(dot(z, z)), 0.3, a)).isTrue();
            double[] expected = Arrays.stream(z).map(v -> Math.max(0, v - 0.3)).toArray();
            assertThat(a).containsExactly(expected, within(1e-14));
            // The squared residual is the price squared in each member, and the square of z elsewhere.
            assertThat(gram.slope())
                    .isCloseTo(Arrays.stream(a).filter(v -> v > 0).count(), within(1e-14));
        }
    }

    /** More columns than dimensions, so that columns must enter which depend on the members. */
    @Test
    void aPriceIsWhatEachMemberGainsAndNoOtherGainsMore() {
        for (int r : new int[] {1, 2, 4}) {
            double[][] columns = random(10, r, 11 + r);
            GramActiveSet gram = new GramActiveSet(columns, false);
            double[] a = new double[10];
            int found = 0;
            for (double[] z : random(100, r, 12)) {
                if (gram.solve(z, products(columns, z), Math.sqrt(dot(z, z)), 0.1, a)) {
                    found++;
                    double[] g = gradient(columns, z, a);
                    for (int j = 0; j < 10; j++) {
                        assertThat(a[j]).isNotNegative();
                        assertThat(g[j]).isLessThan(0.1 + 1e-11);
                        assertThat(a[j] > 0 ? g[j] : 0.1).isCloseTo(0.1, within(1e-11));
                    }
                }
            }
            assertThat(found).as("dimensions %s", r).isEqualTo(100);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void aPixelThatIsAColumnIsFoundAtOnce(int pure) {
        double[][] columns = random(6, 9, 13);
        for (int k = 0; k < 9; k++) {
            columns[2][k] *= 3; // the longest has the largest products with all
        }
        GramActiveSet gram = new GramActiveSet(columns, true);
        double[] z = columns[pure].clone();
        double[] a = new double[6];
        assertThat(gram.solve(z, products(columns, z), Math.sqrt(dot(z, z)), a)).isTrue();
        double[] expected = new double[6];
        expected[pure] = 1;
        assertThat(a).containsExactly(expected, within(1e-14));
        assertThat(gram.iterations()).isEqualTo(2); // that column, and once more to polish
    }
}
