package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Random;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** CLSUnSAL and SUnSAL-TV, which solve for all pixels at once. */
class SceneSparseTest {
    private static final RunContext RUN = RunContext.sequential();

    /** ||Y - E A||^2 / 2 over valid pixels. */
    private static double misfit(Cube scene, double[][] e, double[][] a) {
        double sum = 0;
        for (int i = 0; i < scene.pixels(); i++) {
            double[] x = new double[a.length];
            for (int k = 0; k < x.length; k++) {
                x[k] = a[k][i];
            }
            if (!Double.isNaN(x[0])) {
                double[] y =
                        scene.spectrum(i / scene.columns(), i % scene.columns()).toArray();
                sum += Solving.squaredResidual(e, y, x) / 2;
            }
        }
        return sum;
    }

    private static double rows(double[][] a) {
        double sum = 0;
        for (double[] row : a) {
            double square = 0;
            for (double v : row) {
                square += Double.isNaN(v) ? 0 : v * v;
            }
            sum += Math.sqrt(square);
        }
        return sum;
    }

    private static double magnitudes(double[][] a) {
        double sum = 0;
        for (double[] row : a) {
            for (double v : row) {
                sum += Double.isNaN(v) ? 0 : Math.abs(v);
            }
        }
        return sum;
    }

    private static double variation(double[][] a, int columns) {
        double sum = 0;
        for (double[] row : a) {
            for (int i = 0; i < row.length; i++) {
                double right = (i + 1) % columns == 0 ? 0 : Math.abs(row[i + 1] - row[i]);
                double below = i + columns >= row.length ? 0 : Math.abs(row[i + columns] - row[i]);
                sum += (Double.isNaN(right) ? 0 : right) + (Double.isNaN(below) ? 0 : below);
            }
        }
        return sum;
    }

    private static Cube masked(Cube scene) {
        return scene.masked(Mask.of(scene.rows(), scene.columns(), i -> i % 5 != 2));
    }

    @Test
    void theObjectivesAreThoseOfTheirDefinition() {
        Cube scene = masked(Scenes.scene(9, 13, 20, 4, 0.05, 3));
        Endmembers e = Scenes.given(20, 30, 3);
        Abundances rows = Clsunsal.withDefaults().withLambda(0.3).solve(scene, e, RUN);
        double[][] a = rows.maps().toMatrix();
        assertThat(rows.diagnostics().figures().get("objective"))
                .isCloseTo(misfit(scene, e.toMatrix(), a) + 0.3 * rows(a), within(1e-9));
        Abundances smooth =
                SunsalTv.withDefaults().withLambda(0.02).withLambdaTv(0.1).solve(scene, e, RUN);
        double[][] b = smooth.maps().toMatrix();
        assertThat(smooth.diagnostics().figures().get("objective"))
                .isCloseTo(
                        misfit(scene, e.toMatrix(), b) + 0.02 * magnitudes(b) + 0.1 * variation(b, 13), within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theDualityGapOfClsunsalCloses(boolean positive) {
        Cube scene = masked(Scenes.scene(9, 13, 20, 4, 0.05, 3));
        for (int p : new int[] {1, 4, 30}) {
            for (double lambda : new double[] {0.1, 1, 3}) {
                Abundances found = Clsunsal.withDefaults()
                        .withLambda(lambda)
                        .withPositivity(positive)
                        .withTolerance(1e-9)
                        .withMaxIterations(20_000)
                        .solve(scene, Scenes.given(20, p, 3), RUN);
                assertThat(found.diagnostics().converged()).isTrue();
                // The gap bounds the distance of the objective from its minimum, whatever the iteration believes.
                assertThat(found.diagnostics().figures().get("duality_gap"))
                        .as(p + " " + lambda)
                        .isLessThan(1e-6);
            }
        }
    }

    @Test
    void theDefaultToleranceIsNearATightOne() {
        Cube scene = masked(Scenes.scene(9, 13, 20, 4, 0.05, 3));
        Endmembers e = Scenes.given(20, 6, 3);
        assertNear(
                Clsunsal.withDefaults().solve(scene, e, RUN),
                Clsunsal.withDefaults()
                        .withTolerance(1e-11)
                        .withMaxIterations(20_000)
                        .solve(scene, e, RUN));
        assertNear(
                SunsalTv.withDefaults().solve(scene, e, RUN),
                SunsalTv.withDefaults()
                        .withTolerance(1e-11)
                        .withMaxIterations(20_000)
                        .solve(scene, e, RUN));
    }

    private static void assertNear(Abundances usual, Abundances tight) {
        assertThat(usual.diagnostics().converged()).isTrue();
        assertThat(tight.diagnostics().converged()).isTrue();
        // Ten tolerances: the residuals bound the steps, and the distance is some of them.
        assertThat(largestDifference(usual.maps(), tight.maps())).isLessThan(1e-3);
    }

    private static double largestDifference(AbundanceMaps a, AbundanceMaps b) {
        double largest = 0;
        for (int k = 0; k < a.count(); k++) {
            for (int i = 0; i < a.pixels(); i++) {
                double difference =
                        Math.abs(a.asBuffer(k).get(i) - b.asBuffer(k).get(i));
                largest = difference > largest ? difference : largest;
            }
        }
        return largest;
    }

    @Test
    void withoutVariationItIsSunsal() {
        Cube scene = masked(Scenes.scene(9, 13, 20, 4, 0.05, 3));
        Endmembers e = Scenes.given(20, 4, 3);
        AbundanceMaps found = SunsalTv.withDefaults()
                .withLambdaTv(0)
                .withLambda(0.1)
                .withTolerance(1e-10)
                .withMaxIterations(5000)
                .solve(scene, e, RUN)
                .maps();
        AbundanceMaps exact =
                Sunsal.withDefaults().withLambda(0.1).solve(scene, e, RUN).maps();
        assertThat(largestDifference(found, exact)).isLessThan(1e-8);
    }

    @Test
    void withASumOfOneAndWithoutVariationItIsFcls() {
        Cube scene = masked(Scenes.scene(9, 13, 20, 4, 0.05, 3));
        Endmembers e = Scenes.given(20, 4, 3);
        AbundanceMaps found = SunsalTv.withDefaults()
                .withLambdaTv(0)
                .withSumToOne(true)
                .withTolerance(1e-10)
                .withMaxIterations(5000)
                .solve(scene, e, RUN)
                .maps();
        assertThat(largestDifference(
                        found, Fcls.withDefaults().solve(scene, e, RUN).maps()))
                .isLessThan(1e-8);
    }

    @Test
    void muchVariationMakesConnectedPixelsEqual() {
        Cube scene = Scenes.scene(6, 11, 20, 3, 0.05, 3);
        // A wall of invalid pixels leaves two rooms.
        Cube walled = scene.masked(Mask.of(6, 11, i -> i % 11 != 4));
        Abundances found = SunsalTv.withDefaults()
                .withLambdaTv(1e3)
                .withTolerance(1e-9)
                .withMaxIterations(20_000)
                .solve(walled, Scenes.given(20, 3, 3), RUN);
        for (int k = 0; k < 3; k++) {
            double left = found.maps().value(0, 0, k);
            double right = found.maps().value(0, 7, k);
            for (int i = 0; i < 66; i++) {
                double v = found.maps().value(i / 11, i % 11, k);
                if (i % 11 != 4) {
                    assertThat(v).isCloseTo(i % 11 < 4 ? left : right, within(1e-6));
                }
            }
            assertThat(Math.abs(left - right)).isGreaterThan(1e-3);
        }
    }

    @Test
    void noChangeOfTheSolutionLowersTheVariationObjective() {
        Cube scene = masked(Scenes.scene(5, 7, 12, 3, 0.1, 3));
        double[][] e = Scenes.given(12, 3, 3).toMatrix();
        for (boolean positive : new boolean[] {true, false}) {
            SunsalTv method =
                    SunsalTv.withDefaults().withLambda(0.05).withLambdaTv(0.1).withPositivity(positive);
            double[][] a = method.withTolerance(1e-11)
                    .withMaxIterations(50_000)
                    .solve(scene, Endmembers.ofMatrix(e), RUN)
                    .maps()
                    .toMatrix();
            double least = misfit(scene, e, a) + 0.05 * magnitudes(a) + 0.1 * variation(a, 7);
            Random random = new Random(1);
            for (int trial = 0; trial < 3000; trial++) {
                double[][] b = new double[3][];
                double size = Math.pow(10, -1 - 4 * random.nextDouble());
                int block = random.nextInt(35);
                for (int k = 0; k < 3; k++) {
                    b[k] = a[k].clone();
                    double shift = size * random.nextGaussian();
                    for (int i = 0; i < 35; i++) {
                        boolean moved = trial % 3 == 0 || (trial % 3 == 1 ? i == block : i / 7 == block / 7);
                        b[k][i] += moved ? shift : 0;
                        b[k][i] = positive && b[k][i] < 0 ? 0 : b[k][i];
                    }
                }
                assertThat(misfit(scene, e, b) + 0.05 * magnitudes(b) + 0.1 * variation(b, 7))
                        .isGreaterThanOrEqualTo(least - 1e-9);
            }
        }
    }

    @Test
    void pixelsRowsAndColumnsByThemselvesAreScenesToo() {
        for (int[] shape : new int[][] {{1, 1}, {1, 7}, {7, 1}, {2, 2}}) {
            Cube scene = Cube.of(shape[0], shape[1], new double[6][shape[0] * shape[1]])
                    .scaled(1, 0.5);
            Endmembers e = Scenes.given(6, 3, 3);
            for (AbundanceSolver solver : new AbundanceSolver[] {Clsunsal.withDefaults(), SunsalTv.withDefaults()}) {
                Abundances found = solver.solve(scene, e, RUN);
                assertThat(found.diagnostics().converged()).isTrue();
                assertThat(found.maps().valid().count()).isEqualTo(scene.pixels());
            }
        }
    }

    @Test
    void aSceneWithoutAValidPixelGivesNaN() {
        Cube none = Scenes.scene(4, 5, 6, 3, 0, 1).masked(Mask.all(4, 5).not());
        for (AbundanceSolver solver : new AbundanceSolver[] {
            Clsunsal.withDefaults(), SunsalTv.withDefaults(), Csunsal.withDefaults(), Sunsal.withDefaults()
        }) {
            assertThat(solver.solve(none, Scenes.given(6, 3, 1), RUN)
                            .maps()
                            .valid()
                            .count())
                    .isZero();
        }
    }

    @Test
    void whatIsGivenUpIsSaid() {
        Cube scene = Scenes.scene(5, 6, 20, 4, 0.05, 3);
        Abundances found = SunsalTv.withDefaults().withMaxIterations(2).solve(scene, Scenes.given(20, 4, 3), RUN);
        assertThat(found.diagnostics().converged()).isFalse();
        assertThat(found.diagnostics().iterations()).isEqualTo(2);
    }

    @Test
    void memoryIsCheckedBeforeItIsTaken() {
        Cube scene = Scenes.scene(50, 60, 20, 4, 0.05, 3);
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        Clsunsal.withDefaults().solve(scene, Scenes.given(20, 4, 3), RUN.withMemoryLimit(100_000)))
                .withMessageContaining("CLSUnSAL");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clsunsal.withDefaults().withLambda(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Clsunsal.withDefaults().withTolerance(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SunsalTv.withDefaults().withLambdaTv(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SunsalTv.withDefaults().withMaxIterations(0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SunsalTv.withDefaults().withSumToOne(true).withPositivity(false));
    }

    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"pure", "mixed"})
    void clsunsalAgreesWithTheAuthorsProgram(String name) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + name + ".mat"));
        ReadOptions shape = ReadOptions.defaults().withShape(50, 50);
        Abundances found = Clsunsal.withDefaults()
                .withLambda(1e-2)
                .withTolerance(1e-5)
                .solve(file.cube(shape.withVariable("Y")), file.endmembers("E"), RunContext.defaults());
        assertThat(largestDifference(found.maps(), file.abundances("reference_clsunsal", shape)))
                .isLessThan(1e-3);
    }

    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"pure", "mixed"})
    void variationIsLowerThanThatOfTheAuthorsProgram(String name) throws IOException {
        MatFile file = MatFile.open(SharedFiles.oracle("unmixing_" + name + ".mat"));
        ReadOptions shape = ReadOptions.defaults().withShape(50, 50);
        Cube scene = file.cube(shape.withVariable("Y"));
        double[][] e = file.endmembers("E").toMatrix();
        AbundanceMaps found = SunsalTv.withDefaults()
                .withLambda(5e-4)
                .withLambdaTv(1e-3)
                .withTolerance(1e-5)
                .solve(scene, file.endmembers("E"), RunContext.defaults())
                .maps();
        AbundanceMaps reference = file.abundances("reference_sunsal_tv", shape);
        double[][] b = reference.toMatrix();
        for (double[] row : b) {
            for (int i = 0; i < row.length; i++) {
                // After its 200 iterations that program leaves abundances of down to -.0012.
                row[i] = Math.max(row[i], 0);
            }
        }
        double[][] a = found.toMatrix();
        assertThat(misfit(scene, e, a) + 5e-4 * magnitudes(a) + 1e-3 * variation(a, 50))
                .isLessThan(misfit(scene, e, b) + 5e-4 * magnitudes(b) + 1e-3 * variation(b, 50));
        // Away from the borders, where that program wraps around: seen .00085 and .0019.
        for (int k = 0; k < 5; k++) {
            for (int r = 5; r < 45; r++) {
                for (int c = 5; c < 45; c++) {
                    assertThat(found.value(r, c, k)).isCloseTo(reference.value(r, c, k), within(0.0025));
                }
            }
        }
    }
}
