package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The exact solvers on the same problems in every run, each difficulty of the endmembers with each place of the pixel. Other
 * tests draw new problems each time, and many more; these take a second, so that mutation testing can afford and repeat them.
 */
class FixedProblemsTest {
    /** Around the largest table of sets, and the largest with kept factors. */
    private static final int[] COUNTS = {1, 2, 3, 4, 6, 8, 9, 12, 13, 20};

    @ParameterizedTest
    @EnumSource(Problem.Endmember.class)
    void nnlsMeetsTheConditionsOfOptimality(Problem.Endmember kind) {
        requireOptimal(Nnls.withDefaults(), kind, false);
    }

    @ParameterizedTest
    @EnumSource(Problem.Endmember.class)
    void fclsMeetsTheConditionsOfOptimality(Problem.Endmember kind) {
        requireOptimal(Fcls.withDefaults(), kind, true);
    }

    /** With fewer bands than endmembers, about as many, and more. */
    private static void requireOptimal(AbundanceSolver solver, Problem.Endmember kind, boolean sumToOne) {
        for (int p : COUNTS) {
            for (int bands : new int[] {1, 7, 24}) {
                for (Problem.Pixel where : Problem.Pixel.values()) {
                    Problem problem = Problem.of(bands, p, kind, where, 31L * p + bands);
                    double[] a = Solving.solve(solver, problem.endmembers(), problem.pixel());
                    assertThat(Kkt.residual(problem.endmembers(), problem.pixel(), a, sumToOne))
                            .as("%s endmembers, %s bands, %s", p, bands, where)
                            .isLessThan(1e-10);
                }
            }
        }
    }
}
