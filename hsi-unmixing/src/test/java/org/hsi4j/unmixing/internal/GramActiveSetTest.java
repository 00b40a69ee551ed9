package org.hsi4j.unmixing.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

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
}
