package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;

/** Shade and the weighted sum. */
class SumVariantsTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void aPixelThatIsNotBrightEnoughIsPartlyShade() {
        Cube scene = Scenes.scene(9, 13, 20, 4, 0.02, 3).scaled(0.6, 0);
        Endmembers e = Scenes.given(20, 4, 3);
        Abundances shade = ShadeFcls.withDefaults().solve(scene, e, RUN);
        Abundances nnls = Nnls.withDefaults().solve(scene, e, RUN);
        // Sums are about 0.6: the bound is not met, so that the solution is the one without it.
        for (int i = 0; i < scene.pixels(); i++) {
            assertThat(shade.maps().abundances(i / 13, i % 13))
                    .containsExactly(nnls.maps().abundances(i / 13, i % 13), within(1e-12));
        }
        assertThat(shade.diagnostics().figures().get("sum_deviation")).isCloseTo(0.4, within(0.1));
    }

    @Test
    void aPixelThatIsTooBrightSumsToOne() {
        Cube scene = Scenes.scene(9, 13, 20, 4, 0.02, 3).scaled(1.7, 0);
        Endmembers e = Scenes.given(20, 4, 3);
        Abundances shade = ShadeFcls.withDefaults().solve(scene, e, RUN);
        Abundances fcls = Fcls.withDefaults().solve(scene, e, RUN);
        for (int i = 0; i < scene.pixels(); i++) {
            assertThat(shade.maps().abundances(i / 13, i % 13))
                    .containsExactly(fcls.maps().abundances(i / 13, i % 13), within(1e-12));
        }
    }

    @Test
    void shadeFulfilsTheConditionsOfOptimality() {
        for (int p : new int[] {1, 3, 14, 30}) {
            Cube scene = Scenes.scene(9, 13, 20, Math.min(p, 4), 0.1, 3);
            double[][] e = Scenes.given(20, p, 3).toMatrix();
            Abundances shade = ShadeFcls.withDefaults().solve(scene, Endmembers.ofMatrix(e), RUN);
            double[][] withShade =
                    Arrays.stream(e).map(row -> Arrays.copyOf(row, p + 1)).toArray(double[][]::new);
            for (int i = 0; i < scene.pixels(); i++) {
                double[] a = Arrays.copyOf(shade.maps().abundances(i / 13, i % 13), p + 1);
                a[p] = Math.max(0, 1 - Arrays.stream(a).sum());
                a[p] = a[p] < 1e-14 ? 0 : a[p]; // rounding of the sum
                double[] y = scene.spectrum(i / 13, i % 13).toArray();
                assertThat(Kkt.residual(withShade, y, a, true)).isLessThan(1e-10);
            }
        }
    }

    @Test
    void theWeightedSumFulfilsItsNormalEquations() {
        Cube scene = Scenes.scene(5, 6, 12, 3, 0.1, 2);
        double[][] e = Scenes.given(12, 3, 2).toMatrix();
        for (double weight : new double[] {0, 1e-3, 1, 100}) {
            Abundances found = WeightedScls.withDefaults().withWeight(weight).solve(scene, Endmembers.ofMatrix(e), RUN);
            for (int i = 0; i < 30; i++) {
                double[] a = found.maps().abundances(i / 6, i % 6);
                double[] y = scene.spectrum(i / 6, i % 6).toArray();
                double missing = weight * weight * (1 - Arrays.stream(a).sum());
                for (int k = 0; k < 3; k++) {
                    double gradient = missing;
                    for (int b = 0; b < 12; b++) {
                        double rest = y[b];
                        for (int j = 0; j < 3; j++) {
                            rest -= e[b][j] * a[j];
                        }
                        gradient += e[b][k] * rest;
                    }
                    // Rounding: the terms are as large as the squared weight.
                    assertThat(gradient).isCloseTo(0, within(1e-12 * (1 + weight * weight)));
                }
            }
        }
    }

    @Test
    void theWeightLeadsFromNoSumToTheExactSum() {
        Cube scene = Scenes.scene(5, 6, 12, 3, 0.1, 2);
        Endmembers e = Scenes.given(12, 3, 2);
        double[][] free = Ucls.withDefaults().solve(scene, e, RUN).maps().toMatrix();
        double[][] one = Scls.withDefaults().solve(scene, e, RUN).maps().toMatrix();
        double[][] zero = WeightedScls.withDefaults()
                .withWeight(0)
                .solve(scene, e, RUN)
                .maps()
                .toMatrix();
        double[][] heavy = WeightedScls.withDefaults()
                .withWeight(1e4)
                .solve(scene, e, RUN)
                .maps()
                .toMatrix();
        for (int k = 0; k < 3; k++) {
            assertThat(zero[k]).containsExactly(free[k], within(1e-13));
            assertThat(heavy[k]).containsExactly(one[k], within(1e-7)); // 1 / weight^2
        }
    }

    @Test
    void refusesANegativeWeight() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedScls.withDefaults().withWeight(-2))
                .withMessage("the weight must be zero or more, not -2.0");
    }

    @Test
    @RealData
    void theDefaultWeightIsThatOfEnvi() throws IOException {
        double[][] envi = csv("abundances-constr-envi");
        double[][] found = WeightedScls.withDefaults()
                .solve(Cube.of(1, 1600, csv("pixel-spectra")), Endmembers.ofMatrix(csv("endmember-spectra")), RUN)
                .maps()
                .toMatrix();
        for (int k = 0; k < found.length; k++) {
            // Seen 1.05e-5: ENVI works in float32. A weight of 10 is 0.006 away, the exact sum too.
            assertThat(found[k]).containsExactly(envi[k], within(2e-5));
        }
    }

    private static double[][] csv(String name) throws IOException {
        return Files.readAllLines(SharedFiles.data("unmixing/lsu_oracle/" + name + ".csv")).stream()
                .map(line -> Arrays.stream(line.trim().split("\\s+"))
                        .mapToDouble(Double::parseDouble)
                        .toArray())
                .toArray(double[][]::new);
    }
}
