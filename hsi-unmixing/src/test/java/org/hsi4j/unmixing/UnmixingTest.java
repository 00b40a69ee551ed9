package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.junit.jupiter.api.Test;

class UnmixingTest {

    @Test
    void findsTheMixtureOfANoiselessSceneWithPurePixels() {
        Random random = new Random(3);
        double[][] e = new double[12][3];
        for (double[] row : e) {
            java.util.Arrays.setAll(row, k -> random.nextDouble() + 0.1);
        }
        double[][] planes = new double[12][6 * 7];
        for (int i = 0; i < 42; i++) {
            double u = i < 3 ? 0 : random.nextDouble();
            double v = i < 3 ? 0 : random.nextDouble() * (1 - u);
            double[] a = i < 3 ? new double[3] : new double[] {u, v, 1 - u - v};
            if (i < 3) {
                a[i] = 1;
            }
            for (int b = 0; b < 12; b++) {
                planes[b][i] = e[b][0] * a[0] + e[b][1] * a[1] + e[b][2] * a[2];
            }
        }
        UnmixingResult result = Unmixing.of(Cube.of(6, 7, planes)).endmembers(3).run();

        assertThat(result.extraction().orElseThrow().positions()).containsExactlyInAnyOrder(0, 1, 2);
        assertThat(result.residual().max()).isLessThan(1e-12); // noiseless: rounding alone
        assertThat(result.diagnostics().figures()).containsKeys("snr_db", "condition", "negatives", "residual_rms");
        Endmembers given = Endmembers.ofMatrix(e);
        for (AbundanceSolver solver : new AbundanceSolver[] {
            Ucls.withDefaults(), Scls.withDefaults(), Nnls.withDefaults(), Fcls.withDefaults()
        }) {
            UnmixingResult r = Unmixing.of(Cube.of(6, 7, planes))
                    .endmembers(given)
                    .abundances(solver)
                    .run();
            assertThat(r.abundances().value(0, 1, 1)).as(solver.name()).isCloseTo(1, within(1e-12));
            assertThat(r.residual().max()).as(solver.name()).isLessThan(1e-13);
        }
    }
}
