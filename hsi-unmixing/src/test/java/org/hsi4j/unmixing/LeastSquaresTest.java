package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Endmembers;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What defines the solutions with and without the sum, and what happens where they are not unique. */
class LeastSquaresTest {
    private static final AbundanceSolver[] ALL = {
        Ucls.withDefaults(), Scls.withDefaults(), Nnls.withDefaults(), Fcls.withDefaults()
    };

    @Property(tries = 500)
    void uclsLeavesAResidualOrthogonalToTheEndmembers(
            @ForAll @IntRange(min = 1, max = 60) int bands,
            @ForAll @IntRange(min = 1, max = 30) int p,
            @ForAll Problem.Endmember kind,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        Problem problem = Problem.of(bands, p, kind, where, seed);
        double[][] e = problem.endmembers();
        double[] a = Solving.solve(Ucls.withDefaults(), e, problem.pixel());
        double[] g = gradient(e, problem.pixel(), a);
        // Rounding, whatever the condition; seen 2e-11 where units differ by 1e6 and the solution is not unique.
        assertThat(Arrays.stream(g).map(Math::abs).max().orElse(0))
                .isLessThanOrEqualTo(1e-10 * scale(e, problem.pixel(), a));
    }

    @Property(tries = 500)
    void sclsSumsToOneAndLeavesEqualGradients(
            @ForAll @IntRange(min = 1, max = 60) int bands,
            @ForAll @IntRange(min = 1, max = 30) int p,
            @ForAll Problem.Endmember kind,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        Problem problem = Problem.of(bands, p, kind, where, seed);
        double[][] e = problem.endmembers();
        double[] a = Solving.solve(Scls.withDefaults(), e, problem.pixel());
        double size = Arrays.stream(a).map(Math::abs).sum();
        assertThat(Arrays.stream(a).sum()).isCloseTo(1, within(1e-13 * size)); // rounding of p numbers of this size
        double[] g = gradient(e, problem.pixel(), a);
        double nu = g[0];
        assertThat(Arrays.stream(g).map(v -> Math.abs(v - nu)).max().orElse(0))
                .isLessThanOrEqualTo(1e-10 * scale(e, problem.pixel(), a));
    }

    @Test
    void duplicatesShareTheirAbundanceInTheLinearSolvers() {
        double[][] e = {{1, 1, 0}, {2, 2, 1}, {0, 0, 1}, {1, 1, 3}};
        double[] y = {0.6, 1.6, 0.4, 1.8}; // 0.6 of the first two together and 0.4 of the third
        for (AbundanceSolver solver : new AbundanceSolver[] {Ucls.withDefaults(), Scls.withDefaults()}) {
            assertThat(Solving.solve(solver, e, y)).containsExactly(new double[] {0.3, 0.3, 0.4}, within(1e-14));
        }
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            double[] a = Solving.solve(solver, e, y);
            assertThat(a[0] + a[1]).isCloseTo(0.6, within(1e-14));
            assertThat(a[2]).isCloseTo(0.4, within(1e-14));
        }
    }

    @Test
    void dependentEndmembersAreNoted() {
        Endmembers duplicates = Endmembers.ofMatrix(new double[][] {{1, 1, 0}, {2, 2, 1}, {0, 0, 1}, {1, 1, 3}});
        for (AbundanceSolver solver : ALL) {
            Diagnostics diagnostics = solver.fit(duplicates).diagnostics();
            assertThat(diagnostics.figures()).containsEntry("condition", Double.POSITIVE_INFINITY);
            assertThat(diagnostics.notes())
                    .singleElement()
                    .asString()
                    .startsWith("the 3 endmembers are ")
                    .contains("dependent");
        }
        Endmembers independent = Endmembers.ofMatrix(new double[][] {{1, 0}, {2, 5}, {0, 3}});
        for (AbundanceSolver solver : ALL) {
            Diagnostics diagnostics = solver.fit(independent).diagnostics();
            assertThat(diagnostics.notes()).isEmpty();
            assertThat(diagnostics.figures().get("condition"))
                    .isCloseTo(Dense.condition(independent.toMatrix()), within(1e-12));
        }
    }

    @Test
    void oneEndmemberMoreThanBandsIsNotTooManyWithASum() {
        // Two bands, three endmembers at the corners of a triangle: linearly dependent, but affinely independent.
        double[][] e = {{0, 1, 0}, {0, 0, 1}};
        double[] y = {0.2, 0.3};
        for (AbundanceSolver solver : new AbundanceSolver[] {Scls.withDefaults(), Fcls.withDefaults()}) {
            assertThat(solver.fit(Endmembers.ofMatrix(e)).diagnostics().notes()).isEmpty();
            assertThat(Solving.solve(solver, e, y)).containsExactly(new double[] {0.5, 0.2, 0.3}, within(1e-15));
        }
    }

    @Test
    void moreEndmembersThanBandsGivesTheShortestSolutionInUcls() {
        assertThat(Solving.solve(Ucls.withDefaults(), new double[][] {{3, 4}}, new double[] {10}))
                .containsExactly(new double[] {1.2, 1.6}, within(1e-15)); // along (3, 4)
        double[] a = Solving.solve(Nnls.withDefaults(), new double[][] {{3, 4}}, new double[] {10});
        assertThat(3 * a[0] + 4 * a[1]).isCloseTo(10, within(1e-14));
    }

    @Test
    void moreEndmembersThanBandsGivesTheShortestSolutionThatSumsToOneInScls() {
        double[][] e = {{1, 2, 4, 7}};
        // a = s e + t, with s and t such that e'a = 3 and sum(a) = 1: 70 s + 14 t = 3 and 14 s + 4 t = 1.
        double[] shortest = {13 / 42.0, 12 / 42.0, 10 / 42.0, 7 / 42.0};
        assertThat(Solving.solve(Scls.withDefaults(), e, new double[] {3})).containsExactly(shortest, within(1e-15));
    }

    @Test
    void oneEndmemberIsAScaleWithoutASumAndAllWithIt() {
        double[][] e = {{1}, {2}, {2}};
        double[] y = {3, 3, 0}; // projection (3 + 6) / 9
        assertThat(Solving.solve(Ucls.withDefaults(), e, y)[0]).isCloseTo(1, within(1e-15));
        assertThat(Solving.solve(Nnls.withDefaults(), e, y)[0]).isCloseTo(1, within(1e-15));
        assertThat(Solving.solve(Scls.withDefaults(), e, y)).containsExactly(1.0);
        assertThat(Solving.solve(Fcls.withDefaults(), e, y)).containsExactly(1.0);
        assertThat(Solving.solve(Nnls.withDefaults(), e, new double[] {-1, -1, -1}))
                .containsExactly(0.0);
    }

    @Test
    void zeroPixelsGetZerosAndZeroEndmembersToo() {
        double[][] e = {{1, 0, 3}, {2, 0, 1}, {0, 0, 1}, {1, 0, 3}};
        double[] zero = new double[4];
        assertThat(Solving.solve(Ucls.withDefaults(), e, zero)).containsOnly(0.0);
        assertThat(Solving.solve(Nnls.withDefaults(), e, zero)).containsOnly(0.0);
        assertThat(Solving.solve(Fcls.withDefaults(), e, zero)).containsExactly(0.0, 1.0, 0.0); // the shade endmember
        double[] y = {4, 3, 1, 4};
        for (AbundanceSolver solver : new AbundanceSolver[] {Ucls.withDefaults(), Nnls.withDefaults()}) {
            assertThat(Solving.solve(solver, e, y)).containsExactly(new double[] {1, 0, 1}, within(1e-14));
        }
    }

    @Test
    void equalEndmembersAreHarmless() {
        double[][] e = {{2, 2, 2}, {3, 3, 3}};
        double[] y = {2, 3};
        assertThat(Solving.solve(Scls.withDefaults(), e, y))
                .containsExactly(new double[] {1 / 3.0, 1 / 3.0, 1 / 3.0}, within(1e-15));
        assertThat(Arrays.stream(Solving.solve(Fcls.withDefaults(), e, y)).sum())
                .isCloseTo(1, within(1e-15));
        assertThat(Arrays.stream(Solving.solve(Nnls.withDefaults(), e, y)).sum())
                .isCloseTo(1, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-3, 0.5, 100})
    void anOffsetOfAllBandsChangesNothingWhereTheSumIsOne(double offset) {
        Problem problem = Problem.of(30, 6, Problem.Endmember.SMOOTH, Problem.Pixel.NOISY_MIXTURE, 8);
        double[][] moved = new double[30][6];
        double[] y = new double[30];
        for (int b = 0; b < 30; b++) {
            y[b] = problem.pixel()[b] + offset;
            for (int k = 0; k < 6; k++) {
                moved[b][k] = problem.endmembers()[b][k] + offset;
            }
        }
        for (AbundanceSolver solver : new AbundanceSolver[] {Scls.withDefaults(), Fcls.withDefaults()}) {
            assertThat(Solving.solve(solver, moved, y))
                    // the offset takes up to two digits, the condition of the spectra three
                    .containsExactly(Solving.solve(solver, problem.endmembers(), problem.pixel()), within(1e-10));
        }
    }

    @Test
    void unitsOfTheEndmembersOnlyChangeTheUnitsOfTheAbundances() {
        Problem problem = Problem.of(30, 5, Problem.Endmember.POSITIVE, Problem.Pixel.NOISY_MIXTURE, 3);
        double[] units = {1e-6, 1, 1e6, 30, 0.01};
        double[][] scaled = new double[30][5];
        for (int b = 0; b < 30; b++) {
            for (int k = 0; k < 5; k++) {
                scaled[b][k] = problem.endmembers()[b][k] * units[k];
            }
        }
        for (AbundanceSolver solver : new AbundanceSolver[] {Ucls.withDefaults(), Nnls.withDefaults()}) {
            double[] before = Solving.solve(solver, problem.endmembers(), problem.pixel());
            double[] after = Solving.solve(solver, scaled, problem.pixel());
            for (int k = 0; k < 5; k++) {
                assertThat(after[k] * units[k]).isCloseTo(before[k], within(1e-12));
            }
        }
    }

    private static double[] gradient(double[][] e, double[] y, double[] a) {
        double[] g = new double[a.length];
        for (int b = 0; b < y.length; b++) {
            double rest = y[b];
            for (int k = 0; k < a.length; k++) {
                rest -= e[b][k] * a[k];
            }
            for (int k = 0; k < a.length; k++) {
                g[k] += e[b][k] * rest;
            }
        }
        return g;
    }

    private static double scale(double[][] e, double[] y, double[] a) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            double sum = 0;
            for (int b = 0; b < y.length; b++) {
                double size = Math.abs(y[b]);
                for (int j = 0; j < a.length; j++) {
                    size += Math.abs(e[b][j] * a[j]);
                }
                sum += Math.abs(e[b][k]) * size;
            }
            largest = Math.max(largest, sum);
        }
        return largest;
    }
}
