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
import org.hsi4j.linalg.Dense;
import org.hsi4j.method.Options;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Shrinkage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exact sliding windows against the definition, one pixel at a time. */
class DualWindowRxTest {

    /** First and last + 1 row or column of a window that is shifted inward, and cut to the image. */
    private static int[] range(int pixel, int window, int length) {
        int size = Math.min(window, length);
        int start = pixel - window / 2;
        if (start + size > length) {
            start = length - size;
        }
        if (start < 0) {
            start = 0;
        }
        return new int[] {start, start + size};
    }

    private static List<double[]> ring(Cube cube, Mask valid, int row, int column, int inner, int outer) {
        int[] or = range(row, outer, cube.rows());
        int[] oc = range(column, outer, cube.columns());
        int[] ir = range(row, inner, cube.rows());
        int[] ic = range(column, inner, cube.columns());
        List<double[]> ring = new ArrayList<>();
        for (int r = or[0]; r < or[1]; r++) {
            for (int c = oc[0]; c < oc[1]; c++) {
                boolean inside = r >= ir[0] && r < ir[1] && c >= ic[0] && c < ic[1];
                if (!inside && valid.get(r * cube.columns() + c)) {
                    ring.add(cube.spectrum(r, c).toArray());
                }
            }
        }
        return ring;
    }

    /** The formula of the Javadoc, the ring filled up with so many pixels of the background. */
    private static double score(
            double[] x, List<double[]> ring, double load, double fill, CovarianceEstimate background) {
        int bands = x.length;
        double n = ring.size() + fill;
        double[] mean = new double[bands];
        double[] far = background.mean();
        for (int b = 0; b < bands; b++) {
            mean[b] = fill / n * far[b];
            for (double[] y : ring) {
                mean[b] += y[b] / n;
            }
        }
        double[][] matrix = new double[bands][bands];
        double[][] sigma = background.matrix();
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                double sum = fill * (sigma[a][b] + (far[a] - mean[a]) * (far[b] - mean[b]));
                for (double[] y : ring) {
                    sum += (y[a] - mean[a]) * (y[b] - mean[b]);
                }
                matrix[a][b] = sum / (n - 1) + (a == b ? load : 0);
            }
        }
        double[] z = new double[bands];
        for (int b = 0; b < bands; b++) {
            z[b] = x[b] - mean[b];
        }
        Dense.forward(Dense.cholesky(matrix).orElseThrow(), z);
        return Arrays.stream(z).map(v -> v * v).sum();
    }

    private static double meanVariance(CovarianceEstimate background) {
        double sum = 0;
        for (int b = 0; b < background.bands(); b++) {
            sum += background.matrix()[b][b];
        }
        return sum / background.bands();
    }

    private static void isTheFormula(Cube cube, DualWindowRx method, int inner, int outer) {
        CovarianceEstimate background = CovarianceEstimate.of(cube, Shrinkage.AUTO, RunContext.sequential());
        double load = method.loading() * meanVariance(background);
        Mask valid = cube.validMask();
        Scoring scoring = method.fit(cube, RunContext.sequential()).score(cube, RunContext.sequential());
        int helped = 0;
        for (int r = 0; r < cube.rows(); r++) {
            for (int c = 0; c < cube.columns(); c++) {
                double actual = scoring.scores().value(r, c);
                if (!valid.get(r * cube.columns() + c)) {
                    assertThat(actual).isNaN();
                    continue;
                }
                List<double[]> ring = ring(cube, valid, r, c, inner, outer);
                double fill = ring.size() > cube.bands() ? 0 : 2.0 * cube.bands() - ring.size();
                helped += fill > 0 ? 1 : 0;
                double expected = score(cube.spectrum(r, c).toArray(), ring, load, fill, background);
                // Rings of hardly more pixels than bands have condition numbers up to some 1e6.
                assertThat(actual).isCloseTo(expected, within(1e-8 * (1 + expected)));
            }
        }
        assertThat(scoring.diagnostics().figures()).containsEntry("helped-pixels", (double) helped);
    }

    @Property(tries = 40)
    void scoresAreThoseOfTheFormula(
            @ForAll @IntRange(min = 1, max = 23) int rows,
            @ForAll @IntRange(min = 1, max = 23) int columns,
            @ForAll @IntRange(min = 1, max = 9) int bands,
            @ForAll @IntRange(min = 0, max = 3) int halfInner,
            @ForAll @IntRange(min = 1, max = 4) int halfRing,
            @ForAll boolean loaded,
            @ForAll long seed) {
        int inner = 2 * halfInner + 1;
        int outer = inner + 2 * halfRing;
        DualWindowRx method = DualWindowRx.withDefaults()
                .withInnerWindow(inner)
                .withOuterWindow(outer)
                .withLoading(loaded ? 0.01 : 0);

        isTheFormula(Scenes.gaussian(rows, columns, bands, seed), method, inner, outer);
    }

    @ParameterizedTest
    @CsvSource({"17, 19, 1, 5", "19, 11, 3, 9", "8, 30, 5, 7"})
    void invalidPixelsAreInNoRing(int rows, int columns, int inner, int outer) {
        DualWindowRx method = DualWindowRx.withDefaults().withInnerWindow(inner).withOuterWindow(outer);

        isTheFormula(Scenes.spoilt(rows, columns, 6, 5, 1e6), method, inner, outer);
    }

    /** Three blocks down and three across, so that sums start anew inside the scene. */
    @Test
    void blocksLeaveNoSeams() {
        DualWindowRx method = DualWindowRx.withDefaults().withInnerWindow(3).withOuterWindow(7);

        isTheFormula(Scenes.spoilt(70, 140, 3, 8, -50), method, 3, 7);
    }

    /** The map x -> A x + b of {@link DefinitionTest}, here by bands: scaling of one by a million. */
    @Test
    void withoutLoadingUnitsDoNotMatter() {
        double[][] planes = Scenes.gaussianPlanes(20 * 30, 5, 3);
        DualWindowRx method = DualWindowRx.withDefaults()
                .withInnerWindow(3)
                .withOuterWindow(9)
                .withLoading(0);
        double[] before = Detection.of(Cube.of(20, 30, planes))
                .with(method)
                .run()
                .scores()
                .toArray();
        for (int i = 0; i < 600; i++) {
            planes[2][i] = 1e6 * planes[2][i] - 3e7;
        }

        double[] after = Detection.of(Cube.of(20, 30, planes))
                .with(method)
                .run()
                .scores()
                .toArray();

        // The offset costs a digit or two of the scaled band, the condition of the rings another two.
        assertThat(after).containsExactly(before, within(1e-9));
    }

    /** A ring of one colour has no covariance and none of its neighbours either. */
    @Test
    void aCornerOfOneColourIsHelped() {
        double[][] planes = Scenes.gaussianPlanes(30 * 30, 4, 3);
        for (int i = 0; i < 900; i++) {
            if (i / 30 < 15 && i % 30 < 15) {
                for (int b = 0; b < 4; b++) {
                    planes[b][i] = 50;
                }
            }
        }
        Detection.Run run = Detection.of(Cube.of(30, 30, planes))
                .with(DualWindowRx.withDefaults()
                        .withInnerWindow(1)
                        .withOuterWindow(7)
                        .withLoading(0));

        DetectionResult result = run.run();

        assertThat(Arrays.stream(result.scores().toArray())).allMatch(v -> v >= 0 && v < 1e4);
        assertThat(result.diagnostics().figures().get("helped-pixels")).isEqualTo(144); // 12 x 12 rings lie inside
        assertThat(result.diagnostics().notes()).anyMatch(note -> note.startsWith("the rings of 144 pixels"));
    }

    @ParameterizedTest
    @CsvSource({"1, 9", "12, 9", "100, 17", "224, 23"})
    void theOuterWindowHasTwoPixelsABand(int bands, int expected) {
        Cube cube = Scenes.gaussian(3, 3, bands, 1);

        assertThat(DualWindowRx.withDefaults()
                        .fit(cube, RunContext.sequential())
                        .diagnostics()
                        .figures())
                .containsEntry("inner-window", 7.0)
                .containsEntry("outer-window", (double) expected)
                .containsEntry("ring-pixels", expected * expected - 49.0);
    }

    @ParameterizedTest
    @CsvSource({"3, 1", "5, 3", "7, 3", "9, 5", "13, 7", "99, 7"})
    void theInnerWindowIsHalfOfASmallOuterOne(int outer, int expected) {
        Cube cube = Scenes.gaussian(3, 3, 2, 1);

        assertThat(DualWindowRx.withDefaults()
                        .withOuterWindow(outer)
                        .fit(cube, RunContext.sequential())
                        .diagnostics()
                        .figures())
                .containsEntry("inner-window", (double) expected);
    }

    @Test
    void aSmallRingIsTold() {
        Cube cube = Scenes.gaussian(30, 30, 12, 1);

        assertThat(DualWindowRx.withDefaults()
                        .withInnerWindow(3)
                        .withOuterWindow(5)
                        .fit(cube, RunContext.sequential())
                        .diagnostics()
                        .notes())
                .containsExactly("a ring of 16 pixels is small for 12 bands: two pixels a band are advisable");
    }

    @Test
    void anImageSmallerThanTheWindowIsTold() {
        assertThat(Detection.of(Scenes.gaussian(30, 8, 2, 1))
                        .with(DualWindowRx.withDefaults())
                        .run()
                        .diagnostics()
                        .notes())
                .containsExactly("the outer window of 9 pixels was cut to the image of 30 x 8");
    }

    @Test
    void optionsAreKept() {
        DualWindowRx method = DualWindowRx.withDefaults();
        assertThat(Options.of(method))
                .extracting(o -> o.name() + "=" + o.value())
                .containsExactly("covariance=ring", "inner-window=auto", "loading=0.001", "outer-window=auto");

        method = Options.with(Options.with(method, "outer-window", "21"), "inner-window", "5")
                .withLoading(1e-4);
        assertThat(method.innerWindow()).hasValue(5);
        assertThat(method.outerWindow()).hasValue(21);
        assertThat(method.loading()).isEqualTo(1e-4);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3, 4, 32769, Integer.MIN_VALUE})
    void windowsAreOdd(int pixels) {
        DualWindowRx method = DualWindowRx.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withInnerWindow(pixels))
                .withMessageContaining("inner window must be an odd number of pixels from 1 to 32767, not " + pixels);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> method.withOuterWindow(pixels))
                .withMessageContaining("outer window must be an odd number of pixels from 3 to 32767, not " + pixels);
    }

    @Test
    void theInnerWindowLiesInTheOuterOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualWindowRx.withDefaults().withInnerWindow(5).withOuterWindow(5))
                .withMessageContaining("does not leave a ring");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualWindowRx.withDefaults().withOuterWindow(5).withInnerWindow(7))
                .withMessageContaining("the inner window of 7 pixels does not leave a ring in the outer window of 5");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1e-9, Double.NaN, Double.POSITIVE_INFINITY})
    void loadingsAreNumbers(double part) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DualWindowRx.withDefaults().withLoading(part))
                .withMessageContaining("loading must be zero or more, not " + part);
    }

    @Test
    void aSceneFarFromTheBackgroundIsRefused() {
        Cube background = Scenes.gaussian(9, 9, 3, 1);
        DetectionModel model = DualWindowRx.withDefaults().fit(background, RunContext.sequential());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(background.scaled(1e60, 0), RunContext.sequential()))
                .withMessageContaining("differ so much in scale");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> model.score(Scenes.gaussian(9, 9, 4, 1), RunContext.sequential()))
                .withMessageContaining("fitted on 3 bands but the cube has 4");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> model.score(background, RunContext.sequential().withMemoryLimit(5000)))
                .withMessageContaining("the sums of the windows");
    }
}
