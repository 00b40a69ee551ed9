package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Scale;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BackgroundLawTest {
    /** Relative, in percent: the expected figures are SciPy's, good to twelve digits. */
    private static final Percentage EXACT = Percentage.withPercentage(1e-8);

    @ParameterizedTest
    @CsvSource({
        "1, 1e-2, 6.634896601021217",
        "1, 1e-6, 23.928126976934827",
        "100, 1e-3, 149.4492527790389",
        "224, 1e-3, 295.1421515443086"
    })
    void chiSquareAgreesWithScipy(int bands, double rate, double expected) {
        assertThat(new BackgroundLaw.ChiSquare(bands).quantile(rate)).isCloseTo(expected, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 1e-2, 6078.271043215233",
        "20, 72, 1e-3, 80.89006635965193",
        "100, 416, 1e-3, 212.49670341783585",
        "100, 101, 1e-1, 636311.1136759494"
    })
    void hotellingAgreesWithScipy(int bands, int pixels, double rate, double expected) {
        assertThat(new BackgroundLaw.Hotelling(bands, pixels).quantile(rate)).isCloseTo(expected, EXACT);
    }

    @ParameterizedTest
    @CsvSource({
        "2, 1e-2, .9995065603657316, .9997532801828658",
        "100, 1e-2, .23121225796422423, .06513820147278271",
        "100, 1e-3, .3039630105208063, .10409240674596601"
    })
    void cosineAgreesWithScipy(int bands, double rate, double cosine, double square) {
        assertThat(new BackgroundLaw.Cosine(bands).quantile(rate)).isCloseTo(cosine, EXACT);
        assertThat(new BackgroundLaw.SquaredCosine(bands).quantile(rate)).isCloseTo(square, EXACT);
    }

    /** Archimedes: a coordinate of a point on the sphere in three dimensions is uniform. */
    @ParameterizedTest
    @CsvSource({".01, .98", ".25, .5", ".5, 0", ".75, -.5", ".999, -.998"})
    void cosineInThreeBandsIsUniform(double rate, double expected) {
        BackgroundLaw law = new BackgroundLaw.Cosine(3);

        assertThat(law.quantile(rate)).isCloseTo(expected, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(law.survival(expected)).isCloseTo(rate, EXACT);
    }

    @Test
    void cosineEndsAtOne() {
        BackgroundLaw law = new BackgroundLaw.Cosine(10);

        assertThat(law.survival(1)).isZero();
        assertThat(law.survival(0)).isEqualTo(0.5);
        assertThat(law.survival(-1)).isEqualTo(1);
    }

    @Test
    void normalIsScaledByItsDeviation() {
        assertThat(new BackgroundLaw.Normal(0.5).quantile(1e-3)).isCloseTo(0.5 * 3.090232306167813, EXACT);
        assertThat(new BackgroundLaw.Normal(3).survival(6)).isCloseTo(.022750131948179195, EXACT);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MIN_VALUE, 1e-300, 0.9999999999999999})
    void extremeRatesHaveFiniteThresholds(double rate) {
        for (BackgroundLaw law : List.of(
                new BackgroundLaw.ChiSquare(50),
                new BackgroundLaw.Hotelling(50, 120),
                new BackgroundLaw.Normal(2),
                new BackgroundLaw.SquaredCosine(50),
                new BackgroundLaw.Cosine(50))) {
            assertThat(law.quantile(rate)).isFinite();
        }
    }

    /** Not in two bands, where the cosine of one in a billion is 1 to the last digit. */
    @Property
    void survivalUndoesTheQuantile(
            @ForAll @IntRange(min = 3, max = 300) int bands,
            @ForAll @DoubleRange(min = 1e-9, max = 0.999999999) @Scale(9) double rate) {
        for (BackgroundLaw law : List.of(
                new BackgroundLaw.ChiSquare(bands),
                new BackgroundLaw.Hotelling(bands, 2 * bands),
                new BackgroundLaw.Normal(bands),
                new BackgroundLaw.SquaredCosine(bands),
                new BackgroundLaw.Cosine(bands))) {
            // The solver behind the quantile stops at 1e-9 of the score, which is at most this much in the probability.
            assertThat(law.survival(law.quantile(rate))).isCloseTo(rate, Percentage.withPercentage(1e-3));
        }
    }
}
