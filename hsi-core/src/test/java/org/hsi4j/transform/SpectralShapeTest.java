package org.hsi4j.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class SpectralShapeTest {
    private static final RunContext RUN = RunContext.defaults();

    private static Cube random(int rows, int columns, Wavelengths grid, long seed) {
        Random random = new Random(seed);
        Cube.Builder builder =
                Cube.builder(rows, columns, grid.size(), Precision.DOUBLE).wavelengths(grid);
        for (int b = 0; b < grid.size(); b++) {
            builder.plane(b, random.doubles(rows * columns, 0.1, 1).toArray());
        }
        return builder.build();
    }

    private static Wavelengths uneven(int bands, long seed) {
        Random random = new Random(seed);
        double[] nanometres = new double[bands];
        double at = 400;
        for (int b = 0; b < bands; b++) {
            at += 2 + 8 * random.nextDouble();
            nanometres[b] = at;
        }
        return Wavelengths.of(nanometres);
    }

    /** The tables of Savitzky and Golay: (-2 3 6 7 6 3 -2) / 21 and, for the first derivative, (-3 ... 3) / 28. */
    @Test
    void evenGridsHaveThePublishedWeights() {
        double[] smooth = SavitzkyGolay.withDefaults().model(9).weights()[4];
        double[] slope = SavitzkyGolay.withDefaults()
                .withDerivative(1)
                .model(Wavelengths.of(
                        IntStream.range(0, 9).mapToDouble(b -> 500 + 5 * b).toArray()))
                .weights()[4];

        double[] expected = {0, -2, 3, 6, 7, 6, 3, -2, 0};
        for (int b = 0; b < 9; b++) {
            assertThat(smooth[b]).isCloseTo(expected[b] / 21, within(1e-14));
            double step = b == 0 || b == 8 ? 0 : b - 4;
            assertThat(slope[b]).isCloseTo(step / 28 / 5, within(1e-14));
        }
    }

    /** A polynomial of the order and all its derivatives come through, on any grid and at its ends too. */
    @Property(tries = 50)
    void polynomialsComeThrough(
            @ForAll @IntRange(min = 1, max = 4) int half,
            @ForAll @IntRange(min = 0, max = 4) int order,
            @ForAll @IntRange(min = 0, max = 12) int more,
            @ForAll @IntRange(min = 0, max = 1000) int seed) {
        int window = 2 * half + 1;
        int degree = Math.min(order, window - 1);
        Wavelengths grid = uneven(window + more, seed);
        double[] c = new Random(seed).doubles(degree + 1, -1, 1).toArray();
        double[] values = new double[grid.size()];
        for (int b = 0; b < values.length; b++) {
            values[b] = polynomial(c, grid.at(b), 0);
        }
        for (int d = 0; d <= degree; d++) {
            Spectrum derived = SavitzkyGolay.withDefaults()
                    .withWindow(window)
                    .withOrder(degree)
                    .withDerivative(d)
                    .apply(Spectrum.of(values).withWavelengths(grid));
            for (int b = 0; b < values.length; b++) {
                // The window spans about 50 nm and the monomials are scaled by 100 nm: each derivative costs rounding
                // of some 1e-12.
                assertThat(derived.value(b)).isCloseTo(polynomial(c, grid.at(b), d), within(1e-8));
            }
        }
    }

    /** sum c_k ((x - 450) / 100)^k, derived d times. */
    private static double polynomial(double[] c, double x, int d) {
        double sum = 0;
        for (int k = d; k < c.length; k++) {
            double factor = c[k];
            for (int j = 0; j < d; j++) {
                factor *= (k - j) / 100.0;
            }
            sum += factor * Math.pow((x - 450) / 100, k - d);
        }
        return sum;
    }

    @Test
    void cubesAreSmoothedOnAnyNumberOfThreads() {
        Cube cube = random(60, 50, uneven(40, 1), 2).masked(Mask.of(60, 50, i -> i % 13 != 5));
        SavitzkyGolay filter = SavitzkyGolay.withDefaults().withWindow(5);

        Cube smooth = filter.apply(cube, RUN.withParallelism(7));

        assertThat(smooth).isEqualTo(filter.apply(cube, RunContext.sequential()));
        assertThat(smooth.validMask()).isEqualTo(cube.validMask());
        assertThat(smooth.wavelengths()).isEqualTo(cube.wavelengths());
        double[] one = filter.apply(cube.spectrum(7, 9)).toArray();
        for (int b = 0; b < 40; b++) {
            assertThat(smooth.value(7, 9, b)).isCloseTo(one[b], within(1e-14));
        }
    }

    @Test
    void filterArgumentsAreChecked() {
        SavitzkyGolay filter = SavitzkyGolay.withDefaults();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.withWindow(4))
                .withMessage("window must be an odd number of at least 3 bands, not 4");
        assertThatIllegalArgumentException().isThrownBy(() -> filter.withWindow(1));
        assertThatIllegalArgumentException().isThrownBy(() -> filter.withOrder(9));
        assertThatIllegalArgumentException().isThrownBy(() -> filter.withDerivative(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.withDerivative(3).model(9))
                .withMessage("a window of 7 bands, order 2 and derivative 3 do not fit: window > order >= derivative");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.model(6))
                .withMessage("a window of 7 bands but there are 6 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> filter.withWindow(3).model(Wavelengths.of(500, 510, 505)))
                .withMessage("wavelengths must rise, but band 2 at 505.0 nm follows 510.0 nm");
        assertThat(filter.window()).isEqualTo(7);
        assertThat(filter.order()).isEqualTo(2);
        assertThat(filter.derivative()).isZero();
        assertThat(filter.apply(Spectrum.of(1, 2, 3, 4, 5, 6, 7).named("x")).name())
                .isEqualTo("x");
    }

    /** Hull through 1, 3 and 2 (bands 0, 2, 4): at band 1 it is 2, at band 3 it is 2.5. */
    @Test
    void continuumByHand() {
        ContinuumRemoval removal = ContinuumRemoval.of(Wavelengths.of(500, 510, 520, 530, 540));

        Spectrum removed = removal.apply(Spectrum.of(1, 1, 3, 2, 2).named("a"));

        assertThat(removed.toArray()).containsExactly(1, 0.5, 1, 0.8, 1);
        assertThat(removed.name()).isEqualTo("a");
        assertThat(removal.apply(Spectrum.of(1, Double.NaN, 3, 2, 2)).toArray())
                .containsExactly(1, Double.NaN, 1, 0.8, 1);
        assertThat(removal.apply(Spectrum.of(-1, 1, 0, 0, -1)).value(0)).isNaN();
        assertThat(ContinuumRemoval.of(Wavelengths.of(500))
                        .apply(Spectrum.of(3))
                        .toArray())
                .containsExactly(1);
    }

    /** The hull is the smallest concave majorant: the largest chord above each band, by trying all of them. */
    @Property(tries = 30)
    void continuumIsTheHighestChord(
            @ForAll @IntRange(min = 1, max = 15) int bands, @ForAll @IntRange(min = 0, max = 1000) int seed) {
        Wavelengths grid = uneven(bands, seed);
        double[] x = grid.toArray();
        double[] y = new Random(seed).doubles(bands, 0.1, 1).toArray();

        double[] removed = ContinuumRemoval.of(grid).apply(Spectrum.of(y)).toArray();

        for (int b = 0; b < bands; b++) {
            double highest = y[b];
            for (int i = 0; i < b; i++) {
                for (int j = b + 1; j < bands; j++) {
                    highest = Math.max(highest, y[i] + (x[b] - x[i]) / (x[j] - x[i]) * (y[j] - y[i]));
                }
            }
            assertThat(removed[b]).isCloseTo(y[b] / highest, within(1e-13));
        }
    }

    @Test
    void continuumOfACubeInAnyOrderOfBands() {
        Cube cube = random(40, 30, uneven(60, 3), 4).masked(Mask.of(40, 30, i -> i % 9 != 2));
        int[] shuffled = IntStream.range(0, 60).map(b -> b * 7 % 60).toArray();
        ContinuumRemoval removal =
                Serial.copy(ContinuumRemoval.of(cube.wavelengths().orElseThrow()));

        Cube removed = removal.apply(cube, RUN.withParallelism(7));
        Cube other = cube.selectBands(shuffled);

        assertThat(removed).isEqualTo(removal.apply(cube, RunContext.sequential()));
        assertThat(ContinuumRemoval.of(other.wavelengths().orElseThrow()).apply(other, RUN))
                .isEqualTo(removed.selectBands(shuffled));
        assertThat(removed.validMask()).isEqualTo(cube.validMask());
        assertThat(removed.spectrum(5, 6).toArray())
                .containsExactly(removal.apply(cube.spectrum(5, 6)).toArray());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ContinuumRemoval.of(Wavelengths.of(500, 600, 500)))
                .withMessage("bands 0 and 2 are both at 500.0 nm");
        assertThatIllegalArgumentException().isThrownBy(() -> removal.apply(Spectrum.of(1)));
    }

    @Test
    void bandDepthByHand() {
        Cube.Builder builder =
                Cube.builder(1, 3, 4, Precision.DOUBLE).wavelengths(Wavelengths.of(2100, 2130, 2200, 2250));
        builder.pixel(0, 0, 9, 0.4, 0.3, 0.5);
        builder.pixel(0, 1, 9, 0, 1, 0);
        builder.pixel(0, 2, 9, Double.NaN, 1, 1);
        Cube cube = builder.build();

        ScoreMap depth = BandDepth.of(2120, 2206, 2245).map(cube, RUN);

        // The line at 2200 nm, 70 of 120 nm from the left: .4 + 7/12 .1
        assertThat(depth.value(0, 0)).isCloseTo(1 - 0.3 / (0.4 + 0.7 / 12), within(1e-14));
        assertThat(depth.value(0, 1)).isNaN();
        assertThat(depth.value(0, 2)).isNaN();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> BandDepth.of(2120, 2206, 2245).withTolerance(5).map(cube, RUN))
                .withMessage("band depth needs a band within 5.0 nm of 2120.0 nm, but the nearest is at 2130.0 nm");
        assertThatIllegalArgumentException().isThrownBy(() -> BandDepth.of(2300, 2206, 2245));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BandDepth.of(2200, 2205, 2210).map(cube, RUN))
                .withMessage("band depth needs three bands, but the nearest are at 2200.0, 2200.0 and 2200.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BandDepth.of(1, 2, 3).withTolerance(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BandDepth.of(1, 2, 3).map(Cube.of(1, 1, new double[3][1]), RUN))
                .withMessage("band depth needs wavelengths, but the cube has none");
        assertThat(BandDepth.of(1, 2, 3).withTolerance(4).tolerance()).isEqualTo(4);
    }

    @Test
    void indicesByHand() {
        Cube.Builder builder = Cube.builder(1, 2, 3, Precision.DOUBLE).wavelengths(Wavelengths.of(550, 665, 810));
        builder.pixel(0, 0, 0.1, 0.05, 0.45);
        builder.pixel(0, 1, 0, 0, 0);
        Cube cube = builder.build();

        ScoreMap ndvi = NormalizedDifference.NDVI.map(cube, RUN);

        assertThat(ndvi.value(0, 0)).isCloseTo(0.8, within(1e-15));
        assertThat(ndvi.value(0, 1)).isNaN();
        assertThat(NormalizedDifference.GNDVI.map(cube, RUN).value(0, 0)).isCloseTo(0.35 / 0.55, within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalizedDifference.NDWI.map(cube, RUN))
                .withMessage("NDWI needs a band within 20.0 nm of 860.0 nm, but the nearest is at 810.0 nm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NormalizedDifference.of("near", 660, 670).map(cube, RUN))
                .withMessage("near needs two bands, but the one at 665.0 nm is the nearest to both");
        assertThatIllegalArgumentException().isThrownBy(() -> NormalizedDifference.of("x", 0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> NormalizedDifference.NDVI.withTolerance(Double.NaN));
        assertThat(NormalizedDifference.table())
                .hasSize(10)
                .extracting(NormalizedDifference::name)
                .doesNotHaveDuplicates();
        assertThat(NormalizedDifference.NDVI.withTolerance(3).tolerance()).isEqualTo(3);
        assertThat(NormalizedDifference.NDVI).hasToString("NDVI (800.0 and 670.0 nm)");
        assertThat(Serial.copy(NormalizedDifference.NDVI.model(Wavelengths.of(670, 800)))
                        .bands())
                .isEqualTo(2);
    }
}
