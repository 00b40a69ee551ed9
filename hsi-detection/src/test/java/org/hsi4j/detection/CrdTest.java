package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The representation by shared products, and by the equations of the residual, against the definition. */
class CrdTest {

    private static List<double[]> ring(Cube cube, Mask valid, int row, int column, int inner, int outer) {
        int height = Math.min(outer, cube.rows());
        int width = Math.min(outer, cube.columns());
        int top = Math.max(0, Math.min(cube.rows() - height, row - outer / 2));
        int left = Math.max(0, Math.min(cube.columns() - width, column - outer / 2));
        List<double[]> ring = new ArrayList<>();
        for (int r = top; r < top + height; r++) {
            for (int c = left; c < left + width; c++) {
                boolean inside = Math.abs(r - row) <= inner / 2 && Math.abs(c - column) <= inner / 2;
                if (!inside && valid.get(r * cube.columns() + c)) {
                    ring.add(cube.spectrum(r, c).toArray());
                }
            }
        }
        return ring;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    private static double[] minus(double[] a, double w, double[] b) {
        double[] c = a.clone();
        for (int i = 0; i < a.length; i++) {
            c[i] -= w * b[i];
        }
        return c;
    }

    /** The formula of the Javadoc. */
    private static double score(double[] y, List<double[]> ring, double weight) {
        int n = ring.size();
        double[][] matrix = new double[n][n];
        double[] w = new double[n];
        for (int i = 0; i < n; i++) {
            double[] difference = minus(ring.get(i), 1, y);
            for (int j = 0; j < n; j++) {
                matrix[i][j] = dot(ring.get(i), ring.get(j)) + (i == j ? weight * dot(difference, difference) : 0);
            }
            w[i] = dot(ring.get(i), y);
        }
        Dense.solve(Dense.cholesky(matrix).orElseThrow(), w);
        double[] residual = y;
        for (int i = 0; i < n; i++) {
            residual = minus(residual, w[i], ring.get(i));
        }
        return Math.sqrt(dot(residual, residual));
    }

    private static ScoreMap scores(Cube cube, Crd method) {
        return method.fit(cube, RunContext.sequential())
                .score(cube, RunContext.sequential())
                .scores();
    }

    private static void isTheFormula(Cube cube, Crd method) {
        ScoreMap actual = scores(cube, method);
        Mask valid = cube.validMask();
        double[] mean = new double[cube.bands()];
        for (int i = 0; i < cube.pixels(); i++) {
            if (valid.get(i)) {
                mean = minus(
                        mean,
                        -1.0 / valid.count(),
                        cube.spectrum(i / cube.columns(), i % cube.columns()).toArray());
            }
        }
        for (int r = 0; r < cube.rows(); r++) {
            for (int c = 0; c < cube.columns(); c++) {
                if (!valid.get(r * cube.columns() + c)) {
                    assertThat(actual.value(r, c)).isNaN();
                    continue;
                }
                List<double[]> ring = ring(cube, valid, r, c, method.innerWindow(), method.outerWindow());
                double expected =
                        score(cube.spectrum(r, c).toArray(), ring.isEmpty() ? List.of(mean) : ring, method.weight());
                // Samples are near 50 and the weight is .01 or more: the condition numbers stay below 1e6.
                assertThat(actual.value(r, c)).isCloseTo(expected, within(1e-9 * (1 + expected)));
            }
        }
    }

    @Property(tries = 40)
    void scoresAreThoseOfTheFormula(
            @ForAll @IntRange(min = 1, max = 17) int rows,
            @ForAll @IntRange(min = 1, max = 17) int columns,
            @ForAll @IntRange(min = 1, max = 20) int bands,
            @ForAll @IntRange(min = 0, max = 2) int halfInner,
            @ForAll @IntRange(min = 1, max = 2) int halfRing,
            @ForAll boolean strong,
            @ForAll long seed) {
        int inner = 2 * halfInner + 1;
        Crd method = Crd.withDefaults()
                .withInnerWindow(inner)
                .withOuterWindow(inner + 2 * halfRing)
                .withWeight(strong ? 3 : 0.01);

        isTheFormula(Scenes.gaussian(rows, columns, bands, seed), method);
    }

    /** Several blocks in both directions. */
    @ParameterizedTest
    @ValueSource(ints = {3, 14})
    void invalidPixelsAreInNoRing(int bands) {
        Crd method = Crd.withDefaults().withInnerWindow(1).withOuterWindow(5).withWeight(0.1);
        isTheFormula(Scenes.spoilt(37, 71, bands, 5, 1e4), method);
    }

    @Test
    void theScoreHasTheUnitOfTheSamples() {
        Cube cube = Scenes.gaussian(12, 14, 9, 3);

        double[] once = scores(cube, Crd.withDefaults()).toArray();
        double[] scaled = scores(cube.scaled(1024, 0), Crd.withDefaults()).toArray();

        // A power of two changes no digit.
        assertThat(scaled)
                .containsExactly(Arrays.stream(once).map(v -> v * 1024).toArray());
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 60})
    void copiesOfAPixelRepresentItExactly(int bands) {
        double[][] planes = Scenes.gaussianPlanes(12 * 13, bands, 8);
        for (double[] plane : planes) {
            Arrays.fill(plane, 0, 6 * 13, plane[0]);
        }

        ScoreMap scores = scores(Cube.of(12, 13, planes), Crd.withDefaults().withOuterWindow(5));

        assertThat(scores.value(0, 0)).isZero();
        assertThat(scores.value(11, 6)).isPositive();
    }

    @Test
    void blackPixelsScoreZeroAndHarmNoOther() {
        double[][] planes = Scenes.gaussianPlanes(9 * 9, 40, 8);
        for (double[] plane : planes) {
            Arrays.fill(plane, 0, 30, 0.0);
        }

        ScoreMap scores = scores(Cube.of(9, 9, planes), Crd.withDefaults());

        assertThat(Arrays.stream(scores.toArray())).allMatch(Double::isFinite);
        assertThat(scores.value(1, 1)).isZero();
    }

    @Test
    void lonelyPixelsAreCounted() {
        Cube scene = Scenes.gaussian(9, 9, 4, 8).masked(Mask.of(9, 9, i -> i % 9 % 4 == 0 && i / 9 % 4 == 0));
        Crd method = Crd.withDefaults().withInnerWindow(1).withOuterWindow(3);

        Scoring scoring = method.fit(scene, RunContext.sequential()).score(scene, RunContext.sequential());

        assertThat(scoring.diagnostics().figures()).containsEntry("lonely-pixels", 9.0);
        assertThat(scoring.diagnostics().notes()).anyMatch(note -> note.contains("mean of the background"));
    }

    @Test
    void samplesWhoseSquaresOverflowAreRefused() {
        Cube scene = Scenes.gaussian(9, 9, 4, 8);
        DetectionModel model = Crd.withDefaults().fit(scene, RunContext.sequential());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(scene.scaled(1e160, 0), RunContext.sequential()))
                .withMessageContaining("so large");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(Scenes.gaussian(9, 9, 5, 8), RunContext.sequential()))
                .withMessageContaining("4 bands but the cube has 5");
    }

    @Test
    void optionsAreChecked() {
        Crd method = Crd.withDefaults();
        assertThat(Options.of(method))
                .extracting(Options.Option::name)
                .containsExactlyInAnyOrder("inner-window", "outer-window", "weight");
        assertThatIllegalArgumentException().isThrownBy(() -> method.withInnerWindow(4));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withOuterWindow(1));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withOuterWindow(1025));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(0));
        assertThatIllegalArgumentException().isThrownBy(() -> method.withWeight(Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withInnerWindow(11).fit(Scenes.gaussian(3, 3, 2, 1), RunContext.sequential()))
                .withMessageContaining("does not leave a ring");
    }
}
