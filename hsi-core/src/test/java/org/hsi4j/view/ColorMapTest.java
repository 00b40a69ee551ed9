package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColorMapTest {
    /** Rounding a channel to 8 bits moves L* by at most 0.25 and a colour by about 1 in the dark. */
    private static final double ROUNDING = 0.5;

    private static double lightness(ColorMap map, double t) {
        return Lab.of(map.rgb(t))[0];
    }

    @Test
    void lightnessOfTheSequentialMapIsAStraightLine() {
        ColorMap map = ColorMap.sequential();
        for (int i = 0; i < 256; i++) {
            double t = i / 255.0;
            assertThat(lightness(map, t)).as("L* at %s", t).isCloseTo(12 + 81 * t, within(ROUNDING));
        }
    }

    @Test
    void lightnessRisesAtEveryStepOfThirtyTwo() {
        for (ColorMap map : List.of(ColorMap.sequential(), ColorMap.gray())) {
            double[] l = DoubleStream.iterate(0, t -> t <= 1, t -> t + 1.0 / 32)
                    .map(t -> lightness(map, t))
                    .toArray();
            double[] steps = IntStream.range(1, l.length)
                    .mapToDouble(i -> l[i] - l[i - 1])
                    .toArray();
            assertThat(DoubleStream.of(steps).min().orElseThrow()).isPositive();
            // the table's 256 entries make a step 7 or 8 or 9 entries long
            assertThat(DoubleStream.of(steps).max().orElseThrow()
                            / DoubleStream.of(steps).min().orElseThrow())
                    .isLessThan(1.5);
        }
    }

    @Test
    void stepsOfTheSequentialMapLookAboutEquallyLarge() {
        ColorMap map = ColorMap.sequential();
        double[] steps = IntStream.range(0, 17)
                .mapToDouble(i -> Lab.distance(map.rgb(15 * i / 255.0), map.rgb(15 * (i + 1) / 255.0)))
                .toArray();
        // designed to 1.62 before rounding
        assertThat(DoubleStream.of(steps).max().orElseThrow()
                        / DoubleStream.of(steps).min().orElseThrow())
                .isLessThan(1.7);
    }

    @Test
    void lightnessOfTheDivergingMapFallsEvenlyToBothEnds() {
        ColorMap map = ColorMap.diverging();
        for (int i = 0; i < 256; i++) {
            double arm = Math.abs(2 * i / 255.0 - 1);
            assertThat(lightness(map, i / 255.0)).isCloseTo(96 - 64 * arm, within(ROUNDING));
        }
        assertThat(Lab.chroma(map.rgb(0.5))).isLessThan(2);
        assertThat(map.rgb(0) & 255).as("blue end").isGreaterThan(map.rgb(0) >> 16);
        assertThat(map.rgb(1) >> 16).as("red end").isGreaterThan(map.rgb(1) & 255);
    }

    @Test
    void grayIsWithoutColor() {
        ColorMap map = ColorMap.gray();
        assertThat(map.rgb(0)).isZero();
        assertThat(map.rgb(1)).isEqualTo(0xFFFFFF);
        for (int i = 0; i < 256; i++) {
            int rgb = map.rgb(i / 255.0);
            assertThat(rgb >> 16).isEqualTo(rgb >> 8 & 255).isEqualTo(rgb & 255);
        }
    }

    @Test
    void noColorOfTheColoredMapsIsThatOfInvalidPixels() {
        for (ColorMap map : List.of(ColorMap.sequential(), ColorMap.diverging())) {
            for (int i = 0; i < 256; i++) {
                assertThat(map.rgb(i / 255.0)).isNotIn(Drawing.hatch(0, 0), Drawing.hatch(4, 0));
            }
        }
    }

    @Test
    void clipsAndRefusesNaN() {
        ColorMap map = ColorMap.sequential();
        assertThat(map.rgb(-3)).isEqualTo(map.rgb(0));
        assertThat(map.rgb(Double.POSITIVE_INFINITY)).isEqualTo(map.rgb(1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> map.rgb(Double.NaN))
                .withMessageContaining("NaN");
    }

    @Test
    void isAValue() {
        assertThat(ColorMap.sequential())
                .isEqualTo(ColorMap.sequential())
                .hasSameHashCodeAs(ColorMap.sequential())
                .hasToString("sequential colour map");
        assertThat(ColorMap.sequential()).isNotEqualTo(ColorMap.diverging()).isNotEqualTo("sequential");
        assertThat(ColorMap.diverging().isDiverging()).isTrue();
        assertThat(ColorMap.gray().isDiverging()).isFalse();
        assertThat(ColorMap.gray().name()).isEqualTo("gray");
    }
}
