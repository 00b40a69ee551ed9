package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Scenes whose pixels lie on many faces of the simplex, solved for each number of endmembers that has its own way. */
class ManyPixelsTest {
    private static final RunContext RUN = RunContext.sequential();

    /** Around the largest table of sets, the largest with kept factors, the bits of a long, and more than bands. */
    static Stream<Arguments> solvers() {
        return Stream.of(1, 2, 5, 8, 9, 12, 13, 30, 63, 64, 65, 240)
                .flatMap(p -> Stream.of(Arguments.of(p, Nnls.withDefaults()), Arguments.of(p, Fcls.withDefaults())));
    }

    /** Each pixel mixes about half of the endmembers; every ninth is far outside. */
    static double[][] planes(double[][] e, int pixels, long seed) {
        Random random = new Random(seed);
        double[][] planes = new double[e.length][pixels];
        for (int i = 0; i < pixels; i++) {
            double[] a = new double[e[0].length];
            double sum = 1e-300;
            for (int k = 0; k < a.length; k++) {
                a[k] = random.nextBoolean() ? 0 : -Math.log(1 - random.nextDouble());
                sum += a[k];
            }
            for (int b = 0; b < e.length; b++) {
                double y = (i % 9 == 8 ? 1 : 0.02) * random.nextGaussian();
                for (int k = 0; k < a.length; k++) {
                    y += e[b][k] * a[k] / sum;
                }
                planes[b][i] = y;
            }
        }
        return planes;
    }

    private static double[] pixel(double[][] planes, int i) {
        return Arrays.stream(planes).mapToDouble(plane -> plane[i]).toArray();
    }

    private static double farthest(double[] x, double[] y) {
        return IntStream.range(0, x.length)
                .mapToDouble(k -> Math.abs(x[k] - y[k]))
                .max()
                .orElse(0);
    }

    private static double[][] times(double[][] values, double unit) {
        return Arrays.stream(values)
                .map(row -> Arrays.stream(row).map(v -> v * unit).toArray())
                .toArray(double[][]::new);
    }

    @ParameterizedTest(name = "{0} endmembers, {1}")
    @MethodSource("solvers")
    void everyPixelIsOptimal(int p, AbundanceSolver solver) {
        double[][] e = Scenes.endmembers(70, p, 4);
        double[][] planes = planes(e, 200, 4);
        AbundanceMaps maps = solver.solve(Cube.of(10, 20, planes), Endmembers.ofMatrix(e), RUN)
                .maps();
        for (int i = 0; i < 200; i++) {
            double[] a = maps.abundances(i / 20, i % 20);
            assertThat(Kkt.residual(e, pixel(planes, i), a, solver instanceof Fcls))
                    .isLessThan(1e-10);
        }
    }

    @ParameterizedTest(name = "{0} endmembers, {1}")
    @MethodSource("solvers")
    void theUnitOfTheSceneChangesNothing(int p, AbundanceSolver solver) {
        if (p > 65) {
            return; // more endmembers than bands: the minimiser is not unique
        }
        double[][] e = Scenes.endmembers(70, p, 6);
        double[][] planes = planes(e, 60, 6);
        AbundanceMaps usual = solver.solve(Cube.of(1, 60, planes), Endmembers.ofMatrix(e), RUN)
                .maps();
        for (double unit : new double[] {1e-170, 1e-12, 1e12, 1e150}) {
            AbundanceMaps scaled = solver.solve(
                            Cube.of(1, 60, times(planes, unit)), Endmembers.ofMatrix(times(e, unit)), RUN)
                    .maps();
            for (int i = 0; i < 60; i++) {
                // rounding times the condition, which is below 1e5
                assertThat(farthest(scaled.abundances(0, i), usual.abundances(0, i)))
                        .isLessThan(1e-10);
            }
        }
    }

    @Test
    void darkPixelsAreAsExactAsBrightOnes() {
        for (int p : new int[] {5, 30}) {
            double[][] e = Scenes.endmembers(70, p, 6);
            double[][] planes = planes(e, 60, 6);
            Endmembers given = Endmembers.ofMatrix(e);
            AbundanceMaps usual = Nnls.withDefaults()
                    .solve(Cube.of(1, 60, planes), given, RUN)
                    .maps();
            AbundanceMaps dark = Nnls.withDefaults()
                    .solve(Cube.of(1, 60, times(planes, 1e-12)), given, RUN)
                    .maps();
            for (int i = 0; i < 60; i++) {
                // rounding times the condition, which is below 1e5
                double[] bright =
                        Arrays.stream(dark.abundances(0, i)).map(v -> v * 1e12).toArray();
                assertThat(farthest(bright, usual.abundances(0, i))).isLessThan(1e-10);
            }
        }
    }

    @Test
    void wellConditionedEndmembersNeedNoFallback() {
        for (int p : new int[] {1, 2, 5, 8, 9, 12, 13, 30}) {
            requireNoFallback(Scenes.endmembers(70, p, 7), 500);
            for (int seed = 0; seed < 8; seed++) {
                Problem problem = Problem.of(40, p, Problem.Endmember.POSITIVE, Problem.Pixel.ZERO, seed);
                requireNoFallback(problem.endmembers(), 50);
            }
        }
    }

    private static void requireNoFallback(double[][] e, int pixels) {
        Cube scene = Cube.of(10, pixels / 10, planes(e, pixels, 7));
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            assertThat(solver.solve(scene, Endmembers.ofMatrix(e), RUN)
                            .diagnostics()
                            .figures())
                    .containsEntry("fallbacks", 0.0)
                    .containsEntry("unconverged", 0.0);
        }
    }

    @Test
    void whatTheTableOfSetsCannotSolveIsSolvedByTheOtherAndCounted() {
        int p = 8; // the most that have a table
        double[][] e = Scenes.endmembers(3, p, 9); // most sets are dependent, so that pivoting runs into them
        double[][] planes = planes(e, 300, 9);
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            Abundances found = solver.solve(Cube.of(1, 300, planes), Endmembers.ofMatrix(e), RUN);
            assertThat(found.diagnostics().figures().get("fallbacks")).isPositive();
            assertThat(found.diagnostics().figures()).containsEntry("unconverged", 0.0);
            for (int i = 0; i < 300; i++) {
                double[] a = found.maps().abundances(0, i);
                assertThat(Kkt.residual(e, pixel(planes, i), a, solver instanceof Fcls))
                        .isLessThan(1e-10);
            }
        }
    }

    @Test
    void whatTheFastWayCannotSolveIsSolvedByTheOtherAndCounted() {
        double[][] e = Scenes.endmembers(70, 20, 8);
        for (int b = 0; b < 70; b++) {
            e[b][1] =
                    e[b][0] + 1e-7 * e[b][2] * e[b][3]; // nearer than the root of rounding, which the Gram matrix sees
        }
        double[][] planes = planes(e, 300, 8);
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            Abundances found = solver.solve(Cube.of(1, 300, planes), Endmembers.ofMatrix(e), RUN);
            assertThat(found.diagnostics().figures().get("fallbacks")).isPositive();
            assertThat(found.diagnostics().figures()).containsEntry("unconverged", 0.0);
            for (int i = 0; i < 300; i++) {
                double[] a = found.maps().abundances(0, i);
                assertThat(Kkt.residual(e, pixel(planes, i), a, solver instanceof Fcls))
                        .isLessThan(1e-10);
            }
        }
    }
}
