package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SunsalTest {
    private static final RunContext RUN = RunContext.sequential();

    /** |E'(y - E a) - lambda sign(a)| where a is not zero, what |E'(y - E a)| exceeds lambda by elsewhere; relative. */
    static double kkt(double[][] e, double[] y, double[] a, double lambda, boolean positive) {
        double[] rest = y.clone();
        double longest = 0;
        for (int b = 0; b < y.length; b++) {
            for (int k = 0; k < a.length; k++) {
                rest[b] -= e[b][k] * a[k];
            }
        }
        double worst = 0;
        for (int k = 0; k < a.length; k++) {
            double g = 0;
            double length = 0;
            for (int b = 0; b < y.length; b++) {
                g += e[b][k] * rest[b];
                length += e[b][k] * e[b][k];
            }
            longest = Math.max(longest, Math.sqrt(length));
            double off = a[k] > 0 ? Math.abs(g - lambda) : positive ? g - lambda : Math.abs(g) - lambda;
            off = a[k] < 0 ? (positive ? Double.POSITIVE_INFINITY : Math.abs(g + lambda)) : off;
            worst = Math.max(worst, off);
        }
        return worst / longest / Math.sqrt(Arrays.stream(y).map(v -> v * v).sum());
    }

    @ParameterizedTest
    @CsvSource({
        "20, 4, true",
        "20, 4, false",
        "5, 12, true",
        "5, 12, false",
        "30, 60, true",
        "30, 60, false",
        "1, 1, true",
        "1, 3, false"
    })
    void fulfilsTheConditionsOfOptimality(int bands, int p, boolean positive) {
        Cube scene = Scenes.scene(9, 13, bands, Math.min(p, 4), 0.05, 3);
        Endmembers library = Scenes.given(bands, p, 3);
        for (double lambda : new double[] {0, 1e-6, 1e-3, 0.1, 10}) {
            Sunsal method = Sunsal.withDefaults().withLambda(lambda).withPositivity(positive);
            Abundances found = method.solve(scene, library, RUN);
            for (int i = 0; i < scene.pixels(); i++) {
                double[] y = scene.spectrum(i / 13, i % 13).toArray();
                assertThat(kkt(library.toMatrix(), y, found.maps().abundances(i / 13, i % 13), lambda, positive))
                        .as("pixel " + i + ", lambda " + lambda)
                        .isLessThan(1e-10);
            }
            assertThat(found.diagnostics().figures()).containsEntry("unconverged", 0.0);
        }
    }

    @Test
    void duplicatesAndZerosAreSolvedToo() {
        double[][] e = Scenes.given(12, 6, 1).toMatrix();
        for (double[] row : e) {
            row[3] = row[1];
            row[4] = 0;
        }
        Cube scene = Scenes.scene(5, 6, 12, 6, 0.02, 1);
        Abundances found = Sunsal.withDefaults().solve(scene, Endmembers.ofMatrix(e), RUN);
        for (int i = 0; i < 30; i++) {
            double[] a = found.maps().abundances(i / 6, i % 6);
            assertThat(kkt(e, scene.spectrum(i / 6, i % 6).toArray(), a, 1e-3, true))
                    .isLessThan(1e-10);
            assertThat(a[4]).isZero();
        }
        assertThat(found.diagnostics().notes()).hasSize(1);
    }

    @Test
    void aPriceAboveEveryProductBuysNothing() {
        Cube scene = Scenes.scene(4, 5, 10, 3, 0.01, 2);
        Abundances found = Sunsal.withDefaults().withLambda(1e3).solve(scene, Scenes.given(10, 3, 2), RUN);
        assertThat(Arrays.stream(found.maps().toMatrix()).flatMapToDouble(Arrays::stream))
                .containsOnly(0.0);
    }

    @Test
    void oneSpectrumIsTheSoftThresholdOfItsProduct() {
        double[] a =
                Solving.solve(Sunsal.withDefaults().withLambda(0.5), new double[][] {{2}, {0}}, new double[] {3, 1});
        assertThat(a[0]).isCloseTo((6 - 0.5) / 4, within(1e-15));
        double[] negative = Solving.solve(
                Sunsal.withDefaults().withLambda(0.5).withPositivity(false),
                new double[][] {{2}, {0}},
                new double[] {-3, 1});
        assertThat(negative[0]).isCloseTo(-(6 - 0.5) / 4, within(1e-15));
    }

    @Test
    void withASumOfOneItIsFcls() {
        Cube scene = Scenes.scene(6, 7, 10, 3, 0.05, 2);
        assertThat(Sunsal.withDefaults()
                        .withSumToOne(true)
                        .solve(scene, Scenes.given(10, 3, 2), RUN)
                        .maps())
                .isEqualTo(Fcls.withDefaults()
                        .solve(scene, Scenes.given(10, 3, 2), RUN)
                        .maps());
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sunsal.withDefaults().withLambda(-1))
                .withMessage("lambda must be zero or more, not -1.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sunsal.withDefaults().withLambda(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Sunsal.withDefaults().withPositivity(false).withSumToOne(true))
                .withMessageContaining("SCLS");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Csunsal.withDefaults().withDelta(-1))
                .withMessage("delta must be zero or more, not -1.0");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void csunsalIsSunsalAtThePriceThatMeetsTheBound(boolean positive) {
        for (int p : new int[] {4, 30}) {
            Cube scene = Scenes.scene(9, 13, 20, 4, 0.05, 3);
            Endmembers library = Scenes.given(20, p, 3);
            double delta = 0.5;
            Csunsal method = Csunsal.withDefaults().withDelta(delta).withPositivity(positive);
            Abundances found = method.solve(scene, library, RUN);
            double[][] e = library.toMatrix();
            for (int i = 0; i < scene.pixels(); i++) {
                double[] y = scene.spectrum(i / 13, i % 13).toArray();
                double[] a = found.maps().abundances(i / 13, i % 13);
                // The least residual is below the bound here, so the bound is met with equality.
                assertThat(Math.sqrt(Solving.squaredResidual(e, y, a))).isCloseTo(delta, within(1e-9));
                double price = largestProduct(e, y, a);
                assertThat(kkt(e, y, a, price, positive)).isLessThan(1e-10);
            }
        }
    }

    private static double largestProduct(double[][] e, double[] y, double[] a) {
        double largest = 0;
        for (int k = 0; k < a.length; k++) {
            double g = 0;
            for (int b = 0; b < y.length; b++) {
                double rest = y[b];
                for (int j = 0; j < a.length; j++) {
                    rest -= e[b][j] * a[j];
                }
                g += e[b][k] * rest;
            }
            largest = a[k] != 0 ? Math.max(largest, Math.abs(g)) : largest;
        }
        return largest;
    }

    @Test
    void csunsalOutOfReachGivesTheLeastResidual() {
        Cube scene = Scenes.scene(6, 7, 20, 3, 0.1, 3);
        Endmembers e = Scenes.given(20, 3, 3);
        AbundanceMaps nnls = Nnls.withDefaults().solve(scene, e, RUN).maps();
        AbundanceMaps found =
                Csunsal.withDefaults().withDelta(0).solve(scene, e, RUN).maps();
        for (int i = 0; i < 42; i++) {
            // Both are exact; rounding times the condition.
            assertThat(found.abundances(i / 7, i % 7)).containsExactly(nnls.abundances(i / 7, i % 7), within(1e-12));
        }
    }

    @Test
    void csunsalTakesItsBoundFromTheNoise() {
        Cube scene = Scenes.scene(40, 40, 20, 3, 0.01, 3);
        Abundances found = Csunsal.withDefaults().solve(scene, Scenes.given(20, 3, 3), RUN);
        // 20 bands of noise of 0.01, estimated from 1600 pixels.
        assertThat(found.diagnostics().figures().get("delta")).isCloseTo(0.01 * Math.sqrt(20), within(0.005));
    }

    @Test
    void csunsalGivesNothingForAPixelNoLongerThanTheNoise() {
        double[] a = Solving.solve(Csunsal.withDefaults().withDelta(5), new double[][] {{2}, {0}}, new double[] {3, 4});
        assertThat(a).containsExactly(0);
    }

    @RealData
    @ParameterizedTest
    @CsvSource({"pure, sunsal8, 0", "mixed, sunsal8, 0", "pure, sunsal_l1, 1e-3", "mixed, sunsal_l1, 1e-3"})
    void agreesWithTheAuthorsProgram(String scene, String figure, double lambda) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + scene + ".mat"));
        ReadOptions shape = ReadOptions.defaults().withShape(50, 50);
        Sunsal method = Sunsal.withDefaults().withLambda(lambda).withSumToOne(figure.equals("sunsal8"));
        AbundanceMaps found = method.solve(file.cube(shape.withVariable("Y")), file.endmembers("E"), RUN)
                .maps();
        AbundanceMaps expected = file.abundances("reference_" + figure, shape);
        double largest = 0;
        for (int k = 0; k < found.count(); k++) {
            for (int i = 0; i < 2500; i++) {
                largest = Math.max(
                        largest,
                        Math.abs(found.asBuffer(k).get(i) - expected.asBuffer(k).get(i)));
            }
        }
        // The oracle's own tolerances: the program stops before the solution that is found here.
        assertThat(largest).isLessThan(figure.equals("sunsal8") ? 1e-5 : 1e-3);
    }
}
