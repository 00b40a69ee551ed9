package org.hsi4j.unmixing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.unmixing.Kkt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way of last resort, asked directly: in the solvers it sees only what the quick ways could not solve. */
class ActiveSetTest {
    /** Rounding of a few numbers near one. */
    private static final double ROUNDING = 1e-14;

    private static double[][] axes(int p) {
        double[][] columns = new double[p][p];
        for (int j = 0; j < p; j++) {
            columns[j][j] = j + 1;
        }
        return columns;
    }

    private static double residual(double[][] columns, double[] z, double[] a, boolean sumToOne) {
        double[][] rows = new double[z.length][columns.length];
        for (int j = 0; j < columns.length; j++) {
            for (int k = 0; k < z.length; k++) {
                rows[k][j] = columns[j][k];
            }
        }
        return Kkt.residual(rows, z, a, sumToOne);
    }

    @Test
    void takesAllOrthogonalColumnsWhereNoneIsNegative() {
        ActiveSet solver = new ActiveSet(axes(5), false);
        double[] a = new double[5];
        assertThat(solver.solve(new double[] {3, 4, 6, 2, 20}, a)).isTrue();
        assertThat(a).containsExactly(new double[] {3, 2, 2, 0.5, 4}, within(ROUNDING));
        assertThat(solver.iterations()).isEqualTo(1);
    }

    @Test
    void takesTheOrthogonalColumnsThatArePositiveAtTheSecondTime() {
        ActiveSet solver = new ActiveSet(axes(5), false);
        double[] a = new double[5];
        assertThat(solver.solve(new double[] {-3, 4, -6, 2, 20}, a)).isTrue();
        assertThat(a).containsExactly(new double[] {0, 2, 0, 0.5, 4}, within(ROUNDING));
        assertThat(solver.iterations()).isEqualTo(2);
    }

    @Test
    void takesNothingWhereAllAreNegative() {
        ActiveSet solver = new ActiveSet(axes(3), false);
        double[] a = {7, 7, 7};
        assertThat(solver.solve(new double[] {-3, -4, -6}, a)).isTrue();
        assertThat(a).containsOnly(0.0);
        assertThat(solver.iterations()).isEqualTo(1);
    }

    @Test
    void anAbundanceOfZeroIsNoReasonToTryAnotherSet() {
        ActiveSet solver = new ActiveSet(axes(3), false);
        double[] a = new double[3];
        assertThat(solver.solve(new double[] {3, 0, 6}, a)).isTrue();
        assertThat(a).containsExactly(new double[] {3, 0, 2}, within(ROUNDING));
        assertThat(solver.iterations()).isEqualTo(1);
    }

    /** Two equal columns, so that there is no solution on all of them to start from. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aPixelThatIsAColumnIsThatColumnWithoutASetTried(int pure) {
        double[][] columns = GramActiveSetTest.random(6, 4, 3);
        columns[0] = columns[5].clone();
        ActiveSet solver = new ActiveSet(columns, true);
        double[] a = new double[6];
        assertThat(solver.solve(columns[pure].clone(), a)).isTrue();
        double[] expected = new double[6];
        expected[pure == 5 ? 0 : pure] = 1; // the first of equal ones
        assertThat(a).containsExactly(expected);
        assertThat(solver.iterations()).isZero();
    }

    @Test
    void meetsTheConditionsOfOptimalityWithFewerDimensionsThanColumnsAndWithMore() {
        for (int r : new int[] {1, 2, 3, 5, 9}) {
            for (int p : new int[] {1, 2, 4, 7, 12}) {
                double[][] columns = GramActiveSetTest.random(p, r, 100L * p + r);
                for (boolean sumToOne : new boolean[] {false, true}) {
                    ActiveSet solver = new ActiveSet(columns, sumToOne);
                    double[] a = new double[p];
                    for (double[] z : GramActiveSetTest.random(40, r, 7)) {
                        assertThat(solver.solve(z, a)).isTrue();
                        assertThat(residual(columns, z, a, sumToOne)).isLessThan(1e-12);
                    }
                }
            }
        }
    }

    @Test
    void whatWasSolvedBeforeChangesNoBit() {
        for (int r : new int[] {3, 9}) {
            double[][] columns = GramActiveSetTest.random(6, r, 5);
            for (boolean sumToOne : new boolean[] {false, true}) {
                ActiveSet used = new ActiveSet(columns, sumToOne);
                double[] a = new double[6];
                double[] alone = new double[6];
                for (double[] z : GramActiveSetTest.random(60, r, 8)) {
                    used.solve(z, a);
                    new ActiveSet(columns, sumToOne).solve(z, alone);
                    assertThat(a).isEqualTo(alone);
                }
            }
        }
    }
}
