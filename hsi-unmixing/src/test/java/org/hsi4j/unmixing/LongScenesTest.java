package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Precision;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Allocations;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exact solvers on more pixels than one tile holds: these take seconds. */
class LongScenesTest {
    private static final RunContext RUN = RunContext.sequential();

    @ParameterizedTest(name = "{0} endmembers, {1}")
    @MethodSource("org.hsi4j.unmixing.ManyPixelsTest#solvers")
    void theOrderOfThePixelsChangesNoBit(int p, AbundanceSolver solver) {
        int n = p > 100 ? 150 : 1500; // two tiles of up to 896 where it is quick
        double[][] e = Scenes.endmembers(70, p, 5);
        double[][] planes = ManyPixelsTest.planes(e, n, 5);
        double[][] reversed = new double[70][n];
        for (int b = 0; b < 70; b++) {
            for (int i = 0; i < n; i++) {
                reversed[b][i] = planes[b][n - 1 - i];
            }
        }
        Endmembers given = Endmembers.ofMatrix(e);
        AbundanceMaps there = solver.solve(Cube.of(1, n, planes), given, RUN).maps();
        AbundanceMaps back = solver.solve(Cube.of(1, n, reversed), given, RUN).maps();
        for (int i = 0; i < n; i++) {
            assertThat(Arrays.equals(back.abundances(0, n - 1 - i), there.abundances(0, i)))
                    .as("pixel %s", i)
                    .isTrue();
        }
    }

    /** The second half of the pixels repeats the first, so that all sets of positive abundances are known by then. */
    @ParameterizedTest(name = "{0} endmembers, {1}")
    @MethodSource("exactSolvers")
    void twiceThePixelsTakeNoMoreMemoryThanTheirResult(int p, AbundanceSolver solver) {
        int n = 20_000;
        Endmembers given = Endmembers.ofMatrix(Scenes.endmembers(30, p, 5));
        double[][] planes = ManyPixelsTest.planes(Scenes.endmembers(30, p, 5), n, 5);
        Cube once = Cube.of(100, n / 100, planes).toHeap(Precision.FLOAT);
        Cube twice = Cube.of(
                        200,
                        n / 100,
                        Arrays.stream(planes)
                                .map(plane -> DoubleStream.concat(Arrays.stream(plane), Arrays.stream(plane))
                                        .toArray())
                                .toArray(double[][]::new))
                .toHeap(Precision.FLOAT);
        solver.solve(once, given, RUN); // what is loaded and initialised once
        long few = Allocations.of(() -> solver.solve(once, given, RUN));
        long many = Allocations.of(() -> solver.solve(twice, given, RUN));
        assertThat(many - few - 8L * p * n).as("bytes for %s pixels more", n).isLessThan(n / 10);
    }

    static Stream<Arguments> exactSolvers() {
        return Stream.of(3, 5, 12, 30)
                .flatMap(p -> Stream.of(
                                Ucls.withDefaults(), Scls.withDefaults(), Nnls.withDefaults(), Fcls.withDefaults())
                        .map(solver -> Arguments.of(p, solver)));
    }
}
