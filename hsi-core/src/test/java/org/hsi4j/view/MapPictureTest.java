package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MapPictureTest {

    private static ScoreMap ramp() {
        return ScoreMap.of(
                "ramp",
                1,
                101,
                IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray());
    }

    private static int count(BufferedImage image, int rgb) {
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += (image.getRGB(x, y) & 0xFFFFFF) == rgb ? 1 : 0;
            }
        }
        return count;
    }

    @Test
    void rangesOverTheMiddleNinetyEightPercent() {
        MapPicture picture = MapPicture.of(ramp());
        // one rounding at about 100
        assertThat(picture.low()).isCloseTo(1, within(1e-12));
        assertThat(picture.high()).isCloseTo(99, within(1e-12));
        assertThat(picture.description()).isEqualTo("Map of ramp, 1 rows by 101 columns, colours from 1 to 99");
        assertThat(picture).hasToString(picture.description());
    }

    @Test
    void theUnitMakesRoomForItself() {
        MapPicture picture = MapPicture.of(ramp()).withUnit("reflectance");
        assertThat(picture.description()).endsWith("colours from 1 to 99 reflectance");
        BufferedImage image = picture.draw(false);
        assertThat(image.getHeight())
                .isGreaterThan(MapPicture.of(ramp()).draw(false).getHeight());
        assertThat(MapPicture.of(ramp())
                        .withUnit("x".repeat(200))
                        .draw(Lettering.available())
                        .getWidth())
                .isLessThan(1200);
    }

    @Test
    void rangesAsAsked() {
        MapPicture all = MapPicture.of(ramp()).withPercentiles(0, 100);
        assertThat(all.low()).isZero();
        assertThat(all.high()).isEqualTo(100);
        MapPicture given = all.withRange(-5, 7);
        assertThat(given.low()).isEqualTo(-5);
        assertThat(given.high()).isEqualTo(7);
        assertThat(given.withPercentiles(0, 100).low())
                .as("the last word counts")
                .isZero();
    }

    @Test
    void aDivergingMapIsAsWideBelowZeroAsAbove() {
        ScoreMap scores = ScoreMap.of("", 1, 3, new double[] {-1, 0, 3});
        MapPicture picture =
                MapPicture.of(scores).withColorMap(ColorMap.diverging()).withPercentiles(0, 100);
        assertThat(picture.low()).isEqualTo(-3);
        assertThat(picture.high()).isEqualTo(3);
        assertThat(picture.withRange(-1, 2).low()).as("unless given").isEqualTo(-1);
        assertThat(picture.description()).startsWith("Map of values, ");
    }

    @Test
    void refusesRangesThatAreNone() {
        MapPicture picture = MapPicture.of(ramp());
        for (double[] r : new double[][] {
            {1, 1}, {2, 1}, {Double.NaN, 1}, {0, Double.POSITIVE_INFINITY}, {Double.NEGATIVE_INFINITY, 0}
        }) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> picture.withRange(r[0], r[1]))
                    .withMessageContaining(String.valueOf(r[0]));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> picture.withPercentiles(-1, 99));
    }

    @Test
    void colorsLieWhereTheValuesAre() {
        double[] values = {0, 1, 0.5, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
        Scaling scaling = Scaling.fit(2, 3, 30, 100);
        ColorMap colors = ColorMap.sequential();
        BufferedImage map = Drawing.map(i -> values[i], scaling, colors, new ValueRange(0, 1));
        assertThat(map.getWidth()).isEqualTo(30);
        assertThat(map.getHeight()).isEqualTo(20);
        assertThat(map.getRGB(0, 0) & 0xFFFFFF).isEqualTo(colors.rgb(0));
        assertThat(map.getRGB(19, 9) & 0xFFFFFF).isEqualTo(colors.rgb(1));
        assertThat(map.getRGB(20, 0) & 0xFFFFFF).isEqualTo(colors.rgb(0.5));
        assertThat(map.getRGB(5, 15) & 0xFFFFFF).isEqualTo(Drawing.hatch(5, 15));
        assertThat(map.getRGB(10, 10) & 0xFFFFFF).isEqualTo(colors.rgb(1));
        assertThat(map.getRGB(29, 19) & 0xFFFFFF).isEqualTo(colors.rgb(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void everyPixelIsDrawnBesideABarWithAllColors(boolean letters) {
        ScoreMap scores = ScoreMap.of("scores", 2, 2, new double[] {0, 1, 0.25, Double.NaN});
        MapPicture picture = MapPicture.of(scores).withRange(0, 1);
        BufferedImage image = picture.draw(letters && Lettering.available());
        ColorMap colors = ColorMap.sequential();
        assertThat(count(image, colors.rgb(0))).isGreaterThan(200 * 200);
        assertThat(count(image, colors.rgb(1))).isGreaterThan(200 * 200);
        assertThat(count(image, colors.rgb(0.25))).isGreaterThan(200 * 200);
        // the soft edges of letters may hit one of the two greys
        assertThat(count(image, Drawing.hatch(0, 0)) + count(image, Drawing.hatch(4, 0)))
                .isBetween(200 * 200, 200 * 200 + 200);
        for (int i = 0; i < 256; i++) {
            assertThat(count(image, colors.rgb(i / 255.0)))
                    .as("colour %s on the bar", i)
                    .isPositive();
        }
    }

    @Test
    void theLayoutDoesNotNeedFonts() {
        BufferedImage bare = MapPicture.of(ramp()).draw(false);
        BufferedImage lettered = MapPicture.of(ramp()).image();
        assertThat(Math.abs(bare.getWidth() - lettered.getWidth())).isLessThan(60);
        assertThat(count(bare, 0x000000)).isZero();
        assertThat(count(lettered, 0x000000) > 0).isEqualTo(Lettering.available());
    }

    @Test
    void ticksAreRoundAndTheEndsExact() {
        assertThat(Drawing.barLabels(new ValueRange(0, 1))).containsExactly("0", "1", "0.2", "0.4", "0.6", "0.8");
        assertThat(Drawing.barLabels(new ValueRange(0.0007866, 133.7)))
                .containsExactly("0", "133.7", "20", "40", "60", "80", "100", "120");
        assertThat(Drawing.barLabels(new ValueRange(-3e-9, 3e-9))).contains("-3e-9", "3e-9", "0", "2e-9");
        assertThat(Drawing.barLabels(new ValueRange(5, 5))).containsExactly("5");
        assertThat(Drawing.barLabels(new ValueRange(Double.NaN, Double.NaN))).isEmpty();
    }

    @Test
    void drawsMapsOfOneValueAndOfNone() {
        double[] nothing = new double[4];
        Arrays.fill(nothing, Double.NaN);
        MapPicture none = MapPicture.of(ScoreMap.of("none", 2, 2, nothing));
        assertThat(none.low()).isNaN();
        assertThat(none.description()).endsWith("without any finite value");
        assertThat(count(none.image(), ColorMap.sequential().rgb(0.5))).isZero();
        MapPicture one = MapPicture.of(ScoreMap.of("one", 1, 1, new double[] {3}));
        assertThat(count(one.image(), ColorMap.sequential().rgb(0.5))).isGreaterThan(400 * 400);
    }

    @Test
    void thinsOutALargeMapAndOutlinesMarks() {
        ScoreMap large = ScoreMap.of("large", 2500, 3, new double[7500]);
        BufferedImage image = MapPicture.of(large)
                .withMarks(Mask.of(2500, 3, i -> i > 6000 && i < 6010), Color.CYAN)
                .image();
        assertThat(image.getHeight()).isBetween(1250, 1500);
        assertThat(count(image, 0x00FFFF)).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MapPicture.of(large).withMarks(Mask.all(3, 2500), Color.RED));
    }
}
