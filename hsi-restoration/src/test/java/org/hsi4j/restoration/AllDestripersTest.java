package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.method.Options;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every destriper of the table, those to come included. */
class AllDestripersTest {
    private static final int ROWS = 40;
    private static final int COLUMNS = 53;
    private static final int BANDS = 16;

    static Stream<Destriper> destripers() {
        return AllMethodsTest.restorers().filter(Destriper.class::isInstance).map(Destriper.class::cast);
    }

    private static double[][] planes(Cube cube) {
        return IntStream.range(0, cube.bands()).mapToObj(cube::plane).toArray(double[][]::new);
    }

    /** Each column of each band shifted by up to .2 either way; little noise. */
    private static double[][] striped(double[][] clean, int columns, boolean coherent) {
        double[][] planes = Scenes.noisy(clean, Scenes.even(clean.length, 0.005), 3);
        Random random = new Random(4);
        double[] common = random.doubles(columns, -0.2, 0.2).toArray();
        for (int b = 0; b < planes.length; b++) {
            double[] offset =
                    coherent ? common : random.doubles(columns, -0.2, 0.2).toArray();
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] += offset[i % columns] * (coherent ? 1 + 0.02 * b : 1);
            }
        }
        return planes;
    }

    private static double[][] transposed(double[][] planes, int rows, int columns) {
        double[][] result = new double[planes.length][rows * columns];
        for (int b = 0; b < planes.length; b++) {
            for (int i = 0; i < rows * columns; i++) {
                result[b][i % columns * rows + i / columns] = planes[b][i];
            }
        }
        return result;
    }

    /** Half of the error at most remains. */
    @ParameterizedTest
    @MethodSource("destripers")
    void takesStripesOut(Destriper destriper) {
        double[][] clean = Scenes.image(ROWS, COLUMNS, BANDS, 3, 1);
        Cube truth = Cube.of(ROWS, COLUMNS, clean);
        for (boolean coherent : new boolean[] {false, true}) {
            Cube striped = Cube.of(ROWS, COLUMNS, striped(clean, COLUMNS, coherent));
            RestoredCube restored = Restoring.of(striped).with(destriper).run();

            assertThat(Scenes.rms(restored.cube(), truth)).isLessThan(0.5 * Scenes.rms(striped, truth));
            assertThat(restored.diagnostics().figures().get("stripe-rms")).isBetween(0.05, 0.2);
            assertThat(restored.cube().provenance()).containsExactly("destriped by " + destriper.name());
        }
    }

    /** Sums run in another order. */
    @ParameterizedTest
    @MethodSource("destripers")
    void rowsAreColumnsOfTheTransposedScene(Destriper destriper) {
        double[][] planes = striped(Scenes.image(ROWS, COLUMNS, BANDS, 3, 1), COLUMNS, false);
        double[][] upright = planes(Restoring.of(Cube.of(ROWS, COLUMNS, planes))
                .with(destriper)
                .run()
                .cube());
        Destriper rows = Options.with(destriper, "direction", "rows");
        double[][] lying = planes(Restoring.of(Cube.of(COLUMNS, ROWS, transposed(planes, ROWS, COLUMNS)))
                .with(rows)
                .run()
                .cube());
        double[][] turned = transposed(lying, COLUMNS, ROWS);

        assertThat(rows.direction()).isEqualTo(StripeDirection.ROWS);
        for (int b = 0; b < BANDS; b++) {
            assertThat(upright[b]).containsExactly(turned[b], within(1e-8));
        }
    }

    /** Samples that are missing stay so, alone; what lies under the mask changes nothing. */
    @ParameterizedTest
    @MethodSource("destripers")
    void masksAndGapsDoNotSpread(Destriper destriper) {
        List<Mask> gaps = new ArrayList<>();
        for (int b = 0; b < BANDS; b++) {
            int band = b;
            gaps.add(Mask.of(ROWS, COLUMNS, i -> (i + 7 * band) % 31 == 3 || (band == 5 && i % COLUMNS == 9)));
        }
        List<double[][]> results = new ArrayList<>();
        for (double garbage : new double[] {1e6, -3}) {
            double[][] planes = striped(Scenes.image(ROWS, COLUMNS, BANDS, 3, 1), COLUMNS, false);
            for (double[] plane : planes) {
                for (int i = 4; i < plane.length; i += 13) {
                    plane[i] = garbage;
                }
            }
            Cube cube = Cube.of(ROWS, COLUMNS, planes)
                    .masked(Mask.of(ROWS, COLUMNS, i -> i % 13 != 4))
                    .withMissingSamples(gaps);
            results.add(planes(Restoring.of(cube).with(destriper).run().cube()));
        }

        assertThat(Arrays.deepEquals(results.get(0), results.get(1))).isTrue();
        for (int b = 0; b < BANDS; b++) {
            for (int i = 0; i < ROWS * COLUMNS; i++) {
                boolean gone = i % 13 == 4 || gaps.get(b).get(i);
                assertThat(Double.isNaN(results.get(0)[b][i])).isEqualTo(gone);
            }
        }
    }

    /** A scene of which each line lacks other pixels, and which has a slope along the lines, has no stripes for that. */
    @ParameterizedTest
    @MethodSource("destripers")
    void aMaskMakesNoStripes(Destriper destriper) {
        double[][] planes = new double[4][ROWS * COLUMNS];
        Random random = new Random(3);
        for (int b = 0; b < 4; b++) {
            for (int i = 0; i < planes[b].length; i++) {
                planes[b][i] = (1 + b) * (i / COLUMNS) * 0.1 + 0.001 * random.nextGaussian();
            }
        }
        Cube whole = Cube.of(ROWS, COLUMNS, planes);
        Cube masked = whole.masked(Mask.of(
                ROWS, COLUMNS, i -> i % COLUMNS % 3 != 1 || i / COLUMNS < ROWS * (i % 7 + 3) / 10));
        Cube restored = Restoring.of(masked).with(destriper).run().cube();

        // Filled holes of a slope are a little off, which wavelets see.
        double bound = destriper instanceof WaveletFft ? 0.3 : 0.02;
        for (int b = 0; b < 4; b++) {
            double[] before = masked.plane(b);
            double[] after = restored.plane(b);
            for (int i = 0; i < before.length; i++) {
                assertThat(Double.isNaN(before[i]) || Math.abs(before[i] - after[i]) < bound)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("destripers")
    void shapesOfAllKinds(Destriper destriper) {
        for (int[] shape : new int[][] {{1, 1, 1}, {1, 1, 9}, {1, 7, 2}, {5, 1, 3}, {7, 5, 1}, {6, 5, 2}, {3, 4, 40}}) {
            double[][] clean = Scenes.image(shape[0], shape[1], shape[2], 2, 4);
            Cube cube = Cube.of(shape[0], shape[1], Scenes.noisy(clean, Scenes.even(shape[2], 0.01), 5));
            RestoredCube restored = Restoring.of(cube).with(destriper).run();

            assertThat(restored.cube().validMask().count()).isEqualTo(shape[0] * shape[1]);
            if (shape[1] == 1) {
                assertThat(Arrays.deepEquals(planes(restored.cube()), planes(cube)))
                        .isTrue();
                assertThat(restored.diagnostics().notes()).anyMatch(note -> note.contains("a single line"));
            }
        }
    }

    /** The mean of a band over its lines is kept. */
    @ParameterizedTest
    @MethodSource("destripers")
    void theMeanOfABandStays(Destriper destriper) {
        double[][] planes = striped(Scenes.image(ROWS, COLUMNS, BANDS, 3, 1), COLUMNS, false);
        Cube restored = Restoring.of(Cube.of(ROWS, COLUMNS, planes))
                .with(destriper)
                .run()
                .cube();
        for (int b = 0; b < BANDS; b++) {
            double before = Arrays.stream(planes[b]).average().orElseThrow();
            double after = Arrays.stream(restored.plane(b)).average().orElseThrow();
            // To rounding; the mirrored and faded margin of the wavelets moves it a little.
            assertThat(after).isCloseTo(before, within(destriper instanceof WaveletFft ? 0.02 : 1e-12));
        }
    }

    /** By hand: of 0 and 1 with weight 1, x = 1/3 and 2/3. */
    @ParameterizedTest
    @CsvSource({"0, 0, 1", "1, 0.33333333333333333, 0.66666666666666667"})
    void theWalkIsSmoothed(double weight, double first, double second) {
        assertThat(LowRankDestriper.walk(new double[] {0, 1}, weight))
                .containsExactly(new double[] {first, second}, within(1e-15));
    }

    @Test
    void options() {
        MomentMatching moments = MomentMatching.withDefaults().withWidth(7).withGain(true);
        assertThat(moments.width()).isEqualTo(7);
        assertThat(moments.gain()).isTrue();
        assertThat(MedianGradient.withDefaults().withWidth(9).width()).isEqualTo(9);
        assertThat(LowRankDestriper.withDefaults().withWidth(8).width()).isEqualTo(8);
        WaveletFft wavelets = WaveletFft.withDefaults().withLevels(2).withSigma(3);
        assertThat(wavelets.levels()).isEqualTo(2);
        assertThat(wavelets.sigma()).isEqualTo(3);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> moments.withWidth(0))
                .withMessage("width must be positive and at most 1000 lines, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> wavelets.withLevels(13))
                .withMessage("levels must be 1 to 12, not 13");
    }

    /** Lines that differ in contrast get the contrast of their neighbours. */
    @Test
    void gainsAreMatchedOnRequest() {
        double[] plane = new double[ROWS * COLUMNS];
        Random random = new Random(2);
        for (int i = 0; i < plane.length; i++) {
            plane[i] = 5 + (i % COLUMNS % 2 == 0 ? 0.5 : 1.5) * Math.sin(i / COLUMNS) + 0.001 * random.nextGaussian();
        }
        double[] after = Restoring.of(Cube.of(ROWS, COLUMNS, new double[][] {plane}))
                .with(MomentMatching.withDefaults().withGain(true))
                .run()
                .cube()
                .plane(0);
        for (int i = 0; i < plane.length; i++) {
            assertThat(after[i]).isCloseTo(5 + Math.sin(i / COLUMNS), within(0.1));
        }
    }
}
