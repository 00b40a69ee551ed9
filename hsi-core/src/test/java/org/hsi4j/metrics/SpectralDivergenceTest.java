package org.hsi4j.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class SpectralDivergenceTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Spectrum U = Spectrum.of(0.12, 0.31, 0.45, 0.22, 0.08);
    private static final Spectrum V = Spectrum.of(0.10, 0.25, 0.50, 0.30, 0.02);

    @Test
    void knowsAClosedForm() {
        // p = (1/4, 3/4), q = (3/4, 1/4): 2 (1/2) ln 3
        assertThat(SpectralDivergence.sid(Spectrum.of(1, 3), Spectrum.of(6, 2))).isCloseTo(Math.log(3), within(1e-15));
    }

    /** SciPy 1.10.1: {@code entropy(u, v) + entropy(v, u)}, times tan and sin of {@code arccos(1 - cosine(u, v))}. */
    @Test
    void givesTheFiguresOfSciPy() {
        // the arc cosine of the oracle loses some digits of a small angle
        assertThat(SpectralDivergence.sid(U, V)).isCloseTo(0.11034261000222144, within(1e-15));
        assertThat(SpectralDivergence.sidSamTan(U, V)).isCloseTo(0.022114186698241944, within(1e-14));
        assertThat(SpectralDivergence.sidSamSin(U, V)).isCloseTo(0.02168301676444021, within(1e-14));
    }

    @Test
    void isZeroForProportionalSpectra() {
        assertThat(SpectralDivergence.sid(U, U.scaled(4))).isZero();
        assertThat(SpectralDivergence.sidSamTan(U, U.scaled(4))).isZero();
        assertThat(SpectralDivergence.sidSamSin(U, U.scaled(4))).isZero();
    }

    @Test
    void isSymmetric() {
        // the logarithms of p/q and q/p are rounded apart
        assertThat(SpectralDivergence.sid(U, V)).isCloseTo(SpectralDivergence.sid(V, U), within(1e-15));
    }

    @Test
    void staysFiniteWhereOnlyOneSpectrumHasABand() {
        Spectrum left = Spectrum.of(1, 0);
        Spectrum right = Spectrum.of(0, 1);

        // two bands of (1 - 1e-12) ln 1e12
        assertThat(SpectralDivergence.sid(left, right)).isCloseTo(2 * 12 * Math.log(10), within(1e-9));
        assertThat(SpectralDivergence.sidSamTan(left, right)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(SpectralDivergence.sidSamSin(left, right)).isEqualTo(SpectralDivergence.sid(left, right));
    }

    @Test
    void takesNegativeValuesForZero() {
        assertThat(SpectralDivergence.sid(Spectrum.of(-9, 1, 2), V.select(0, 1, 2)))
                .isEqualTo(SpectralDivergence.sid(Spectrum.of(0, 1, 2), V.select(0, 1, 2)));
        assertThat(SpectralDivergence.sidSamSin(Spectrum.of(-9, 1, 2), V.select(0, 1, 2)))
                .isEqualTo(SpectralDivergence.sidSamSin(Spectrum.of(0, 1, 2), V.select(0, 1, 2)));
    }

    @Test
    void isNaNWithoutProbabilities() {
        assertThat(SpectralDivergence.sid(Spectrum.of(0, -1), Spectrum.of(1, 1)))
                .isNaN();
        assertThat(SpectralDivergence.sid(Spectrum.of(1, Double.NaN), Spectrum.of(1, 1)))
                .isNaN();
        assertThat(SpectralDivergence.sidSamTan(Spectrum.of(1, 1), Spectrum.of(0, 0)))
                .isNaN();
        assertThat(SpectralDivergence.sidSamSin(Spectrum.of(1, 1), Spectrum.of(0, 0)))
                .isNaN();
    }

    @Test
    void namesBothLengths() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralDivergence.sid(U, U.select(0, 1)))
                .withMessage("one spectrum has 5 bands but the other has 2");
    }

    @Property(tries = 30)
    void meansThePixelsThatCount(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 40) int rows,
            @ForAll @IntRange(min = 2, max = 130) int columns,
            @ForAll @IntRange(min = 1, max = 5) int bands) {
        Cube truth = Images.random(seed, rows, columns, bands);
        Cube estimate = Images.withGap(Images.random(seed + 1, rows, columns, bands), 1, bands - 1);
        double sum = 0;
        for (int i = 0; i < truth.pixels(); i++) {
            Spectrum u = estimate.spectrum(i / columns, i % columns);
            sum += i == 1 ? 0 : SpectralDivergence.sid(u, truth.spectrum(i / columns, i % columns));
        }
        double mean = SpectralDivergence.meanSid(estimate, truth, RUN);

        // sums in another order
        assertThat(mean).isCloseTo(sum / (truth.pixels() - 1), within(1e-13));
        for (int threads : new int[] {2, 7}) {
            assertThat(SpectralDivergence.meanSid(
                            estimate, truth, RunContext.defaults().withParallelism(threads)))
                    .isEqualTo(mean);
        }
    }

    @Test
    void leavesOutPixelsWithoutAPositiveValue() {
        Cube truth = Cube.of(1, 3, new double[][] {{1, 0, 1}, {3, 0, 1}});
        Cube estimate = Cube.of(1, 3, new double[][] {{6, 1, -1}, {2, 1, -1}});

        assertThat(SpectralDivergence.meanSid(estimate, truth, RUN)).isCloseTo(Math.log(3), within(1e-15));
    }

    @Test
    void needsAPixel() {
        Cube zeros = Cube.of(1, 1, new double[][] {{0}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralDivergence.meanSid(zeros, zeros, RUN))
                .withMessage("no pixel is valid and has a positive value in both cubes");
    }
}
