package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DiffusionEntropyTest {
    private static final DiffusionEntropy DSE = DiffusionEntropy.withDefaults();
    private static final RunContext RUN = RunContext.sequential();

    private static double[][] unitVectors(int n, int times) {
        double[][] points = new double[n * times][n];
        for (int i = 0; i < points.length; i++) {
            points[i][i % n] = 1;
        }
        return points;
    }

    @Test
    void equalPointsAreOneState() {
        double[][] equal = new double[9][];
        Arrays.fill(equal, new double[] {0.1, 0.7, 0.3});

        // eight eigenvalues of rounding error, each of some 1e-16 times 53 bits
        assertThat(DSE.of(equal)).isCloseTo(0, within(1e-13));
        assertThat(DSE.of(new double[][] {{3, 4}})).isZero();
    }

    /**
     * n points at one distance d from each other: the walk has one eigenvalue of 1 and n - 1 of (1 - g) / (1 + (n - 1) g) with
     * g = exp(-d d / (2 sigma sigma)), which is exp(-8) for a quarter of the median.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 5, 12})
    void orthogonalPointsHaveAClosedForm(int n) {
        double g = Math.exp(-8);
        double small = (1 - g) / (1 + (n - 1) * g);
        double total = 1 + (n - 1) * small;
        double expected = -Math.log(1 / total) / total - (n - 1) * small / total * Math.log(small / total);

        assertThat(DSE.of(unitVectors(n, 1))).isCloseTo(expected / Math.log(2), within(1e-13));
    }

    @Test
    void clustersOfEqualPointsFarApartCountOnce() {
        assertThat(DSE.withBandwidth(1e-3).of(unitVectors(8, 5))).isCloseTo(3, within(1e-12));
    }

    /** SciPy 1.10.1 and NumPy: eigenvalues of the row-normalised Gaussian kernel of the rows of the formula image. */
    @ParameterizedTest
    @CsvSource({"0.25, 1, 4.087262300459902", "1, 1, 2.359316738087005", "1, 3, 0.024318217621964254"})
    void givesTheFigureOfNumPy(double scale, double time, double expected) {
        double[] image = Images.formula(17, 23, 3, 5, 11);
        double[][] points = new double[17][];
        for (int i = 0; i < 17; i++) {
            points[i] = Arrays.copyOfRange(image, i * 23, (i + 1) * 23);
        }
        assertThat(DSE.withBandwidthScale(scale).withTime(time).of(points)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void doesNotDependOnTheUnitOrTheOrder() {
        double[][] points = new double[20][];
        Random random = new Random(4);
        Arrays.setAll(points, i -> random.doubles(6).toArray());
        double[][] others = new double[20][];
        Arrays.setAll(
                others, i -> Arrays.stream(points[19 - i]).map(x -> 1024 * x).toArray());

        assertThat(DSE.of(others)).isCloseTo(DSE.of(points), within(1e-12));
    }

    @Test
    void labelsThatNameTheClustersExplainThem() {
        double[][] points = unitVectors(2, 40);
        int[] labels = new int[80];
        Arrays.setAll(labels, i -> i % 2);

        // forty of eighty points hold both clusters, if not in equal parts: then K still has two eigenvalues of 1
        assertThat(DSE.withBandwidth(1e-3).mutualInformation(points, labels)).isCloseTo(1, within(1e-12));
    }

    @Test
    void oneLabelExplainsNothing() {
        double[][] points = unitVectors(4, 3);

        assertThat(DSE.mutualInformation(points, new int[12])).isZero();
    }

    @Test
    void labelsByChanceExplainNothing() {
        double[][] points = unitVectors(2, 40);
        int[] labels = new int[80];
        Arrays.setAll(labels, i -> i / 2 % 2);

        assertThat(DSE.withBandwidth(1e-3).mutualInformation(points, labels)).isCloseTo(0, within(1e-12));
    }

    @Test
    void aCubeGivesItsValidPixels() {
        Cube cube = Images.withGap(Images.random(1, 5, 7, 4), 3, 2).masked(Mask.of(5, 7, i -> i != 30));
        double[][] points = new double[33][];
        int at = 0;
        for (int i = 0; i < 35; i++) {
            if (i != 3 && i != 30) {
                points[at++] = cube.spectrum(i / 7, i % 7).toArray();
            }
        }
        assertThat(DSE.of(cube, RUN)).isEqualTo(DSE.of(points));
        assertThat(DSE.withSamples(10).of(cube, RUN)).isLessThanOrEqualTo(Math.log(10) / Math.log(2));
        assertThat(DSE.withSamples(10).of(cube, RUN))
                .isEqualTo(DSE.withSamples(10).of(cube, RUN));
        assertThat(DSE.withSamples(10).withSeed(1).of(cube, RUN))
                .isNotEqualTo(DSE.withSamples(10).of(cube, RUN));
    }

    @Test
    void labelsOfACubeMayHaveGaps() {
        double[] plane = new double[60];
        double[] labels = new double[60];
        for (int i = 0; i < 60; i++) {
            plane[i] = i % 2;
            labels[i] = i == 7 ? Double.NaN : i % 2;
        }
        Cube cube = Cube.of(6, 10, new double[][] {plane});

        assertThat(DSE.withBandwidth(1e-3).mutualInformation(cube, ScoreMap.of("classes", 6, 10, labels), RUN))
                .isCloseTo(1, within(1e-12));
    }

    @Test
    void keepsItsOptions() {
        DiffusionEntropy other =
                DSE.withBandwidthScale(0.5).withTime(2).withSamples(7).withSeed(9);

        assertThat(other.bandwidthScale()).isEqualTo(0.5);
        assertThat(other.bandwidth()).isEmpty();
        assertThat(other.withBandwidth(3).bandwidth()).hasValue(3);
        assertThat(other.time()).isEqualTo(2);
        assertThat(other.samples()).isEqualTo(7);
        assertThat(other.seed()).isEqualTo(9);
        assertThat(other).hasToString("diffusion spectral entropy, bandwidth 0.5 of the median distance, time 2.0");
    }

    @Test
    void namesWhatDoesNotFit() {
        Cube gap = Cube.of(1, 1, new double[][] {{Double.NaN}});
        Cube one = Cube.of(1, 1, new double[][] {{1}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.of(gap, RUN))
                .withMessage("no pixel of the cube can be used");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.of(one, RUN.withMemoryLimit(1)))
                .withMessageStartingWith("the matrices of the diffusion would take");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.of(new double[0][]))
                .withMessage("an entropy needs at least one point");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.of(new double[][] {{1}, {1, 2}}))
                .withMessage("point 1 has 2 values but point 0 has 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.of(new double[][] {{1}, {Double.NaN}}))
                .withMessage("the distance of points 0 and 1 is not finite");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.mutualInformation(new double[][] {{1}}, new int[2]))
                .withMessage("1 points given but 2 labels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.mutualInformation(one, ScoreMap.of("c", 1, 2, new double[2]), RUN))
                .withMessage("the labels are 1x2 pixels but the cube is 1x1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.mutualInformation(one, ScoreMap.of("c", 1, 1, new double[] {0.5}), RUN))
                .withMessage("a label is a whole number, not 0.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.withSamples(0))
                .withMessage("at least one pixel must be drawn, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.withTime(0))
                .withMessage("the diffusion time is a positive finite number, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.withBandwidth(0))
                .withMessage("the bandwidth is a positive finite number, not 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DSE.withBandwidthScale(Double.POSITIVE_INFINITY))
                .withMessage("the scale of the bandwidth is a positive finite number, not Infinity");
        assertThat(DSE.withSamples(1).samples()).isEqualTo(1);
    }
}
