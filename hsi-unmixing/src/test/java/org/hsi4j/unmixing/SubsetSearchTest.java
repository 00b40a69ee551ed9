package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;

/**
 * The constrained minimum is the unconstrained one over some set of positive abundances: all 2^p sets are tried, each solved
 * by its normal equations, and the best feasible one is the answer.
 */
class SubsetSearchTest {

    @Property(tries = 400)
    void nnlsFindsTheBestOfAllSets(
            @ForAll @IntRange(min = 6, max = 40) int bands,
            @ForAll @IntRange(min = 1, max = 6) int p,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        compare(Problem.of(bands, p, Problem.Endmember.POSITIVE, where, seed), Nnls.withDefaults(), false);
    }

    @Property(tries = 400)
    void fclsFindsTheBestOfAllSets(
            @ForAll @IntRange(min = 6, max = 40) int bands,
            @ForAll @IntRange(min = 1, max = 6) int p,
            @ForAll Problem.Pixel where,
            @ForAll long seed) {
        compare(Problem.of(bands, p, Problem.Endmember.POSITIVE, where, seed), Fcls.withDefaults(), true);
    }

    /** Many pixels at once, so that the sets of one serve the next. */
    @Property(tries = 20)
    void aSceneFindsTheBestOfAllSetsInEveryPixel(@ForAll @IntRange(min = 2, max = 7) int p, @ForAll long seed) {
        double[][] e = Problem.of(20, p, Problem.Endmember.POSITIVE, Problem.Pixel.ZERO, seed)
                .endmembers();
        double[][] planes = Scenes.mixtures(e, 60, 0.3, seed);
        for (AbundanceSolver solver : new AbundanceSolver[] {Nnls.withDefaults(), Fcls.withDefaults()}) {
            AbundanceMaps maps = solver.solve(Cube.of(6, 10, planes), Endmembers.ofMatrix(e), RunContext.sequential())
                    .maps();
            for (int i = 0; i < 60; i++) {
                int pixel = i;
                double[] y = java.util.Arrays.stream(planes)
                        .mapToDouble(plane -> plane[pixel])
                        .toArray();
                compare(new Problem(e, y), maps.abundances(i / 10, i % 10), solver instanceof Fcls);
            }
        }
    }

    private static void compare(Problem problem, AbundanceSolver solver, boolean sumToOne) {
        compare(problem, Solving.solve(solver, problem.endmembers(), problem.pixel()), sumToOne);
    }

    private static void compare(Problem problem, double[] found, boolean sumToOne) {
        double[] best = search(problem, sumToOne);
        // Random positive spectra in at least as many bands as endmembers: the condition stays below about 1e4, and
        // normal equations square it: 1e8 times 1e-16.
        double tolerance = 1e-8 * Math.max(1, Math.pow(condition(problem.endmembers()) / 1e4, 2));
        for (int k = 0; k < best.length; k++) {
            assertThat(found[k]).isCloseTo(best[k], within(tolerance));
        }
        assertThat(Solving.squaredResidual(problem.endmembers(), problem.pixel(), found))
                .isLessThanOrEqualTo(
                        Solving.squaredResidual(problem.endmembers(), problem.pixel(), best) * (1 + 1e-12) + 1e-24);
    }

    private static double condition(double[][] endmembers) {
        return org.hsi4j.linalg.Dense.condition(endmembers);
    }

    private static double[] search(Problem problem, boolean sumToOne) {
        int p = problem.endmembers()[0].length;
        double[] best = new double[p];
        double least = sumToOne
                ? Double.POSITIVE_INFINITY
                : Solving.squaredResidual(problem.endmembers(), problem.pixel(), best);
        for (int set = 1; set < 1 << p; set++) {
            double[] a = solve(problem, set, p, sumToOne);
            double residual = Solving.squaredResidual(problem.endmembers(), problem.pixel(), a);
            boolean feasible = java.util.Arrays.stream(a).allMatch(v -> v >= 0);
            if (feasible && residual < least) {
                least = residual;
                best = a;
            }
        }
        return best;
    }

    /** The normal equations, bordered by the sum where it is one. */
    private static double[] solve(Problem problem, int set, int p, boolean sumToOne) {
        int[] members = java.util.stream.IntStream.range(0, p)
                .filter(k -> (set >> k & 1) == 1)
                .toArray();
        int n = members.length + (sumToOne ? 1 : 0);
        DMatrixRMaj matrix = new DMatrixRMaj(n, n);
        DMatrixRMaj right = new DMatrixRMaj(n, 1);
        for (int i = 0; i < members.length; i++) {
            for (int b = 0; b < problem.pixel().length; b++) {
                double[] row = problem.endmembers()[b];
                right.add(i, 0, row[members[i]] * problem.pixel()[b]);
                for (int j = 0; j < members.length; j++) {
                    matrix.add(i, j, row[members[i]] * row[members[j]]);
                }
            }
            if (sumToOne) {
                matrix.set(i, n - 1, 1);
                matrix.set(n - 1, i, 1);
            }
        }
        if (sumToOne) {
            right.set(n - 1, 0, 1);
        }
        DMatrixRMaj x = new DMatrixRMaj(n, 1);
        assertThat(CommonOps_DDRM.solve(matrix, right, x)).isTrue();
        double[] a = new double[p];
        for (int i = 0; i < members.length; i++) {
            a[members[i]] = x.get(i, 0);
        }
        return a;
    }
}
