package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.junit.jupiter.api.Test;

class AbundancePanelTest {

    /** Map k has the value {@code values[k]} in every pixel. */
    private static AbundanceMaps flat(int rows, int columns, double... values) {
        double[][] maps = new double[values.length][rows * columns];
        for (int k = 0; k < values.length; k++) {
            Arrays.fill(maps[k], values[k]);
        }
        List<String> names =
                IntStream.range(0, values.length).mapToObj(k -> "em" + (k + 1)).toList();
        return AbundanceMaps.of(rows, columns, names, maps);
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
    void allMapsShareTheScaleFromZeroToOne() {
        AbundancePanel panel = AbundancePanel.of(flat(24, 24, 0.2, 0.8, 1.7, -0.3));
        BufferedImage image = panel.draw(false);
        ColorMap colors = ColorMap.sequential();
        for (double t : new double[] {0.2, 0.8, 1, 0}) {
            assertThat(count(image, colors.rgb(t))).as("colour of %s", t).isGreaterThanOrEqualTo(240 * 240);
        }
        assertThat(panel.shown()).containsExactly(0, 1, 2, 3);
        assertThat(panel.description()).isEqualTo("Abundance maps from 0 to 1 of em1, em2, em3, em4");
        assertThat(panel).hasToString(panel.description());
    }

    @Test
    void showsTheGreatestOfMany() {
        double[] values = IntStream.range(0, 240)
                .mapToDouble(k -> k % 10 == 3 ? 0.5 : 0.001)
                .toArray();
        AbundancePanel panel = AbundancePanel.of(flat(2, 2, values));
        assertThat(panel.shown()).hasSize(24).contains(3, 13, 233);
        AbundancePanel two =
                AbundancePanel.of(flat(2, 2, 0.1, 0.6, Double.NaN, 0.3)).withMaximumMaps(2);
        assertThat(two.shown()).containsExactly(1, 3);
        assertThat(two.description()).endsWith("em2, em4 (2 of 4)");
        assertThat(two.image().getWidth()).isPositive();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two.withMaximumMaps(0))
                .withMessageContaining("0");
    }

    @Test
    void keepsAReadableShape() {
        for (int count = 1; count <= 24; count++) {
            for (int[] shape : new int[][] {{40, 40}, {10, 90}, {90, 10}}) {
                double[] values = new double[count];
                BufferedImage image =
                        AbundancePanel.of(flat(shape[0], shape[1], values)).draw(false);
                assertThat(image.getWidth()).isBetween(250, 3000);
                assertThat(image.getHeight()).isBetween(150, 3000);
            }
        }
    }

    @Test
    void invalidPixelsAreHatchedAndLargeMapsThinnedOut() {
        double[][] maps = new double[2][1000 * 20];
        for (double[] map : maps) {
            Arrays.fill(map, 0, 10_000, Double.NaN);
        }
        AbundancePanel panel = AbundancePanel.of(AbundanceMaps.of(1000, 20, List.of("a", "b"), maps))
                .withColorMap(ColorMap.gray());
        BufferedImage image = panel.image();
        // every third pixel of 1000 x 20, half of them invalid, in two maps
        assertThat(count(image, Drawing.hatch(0, 0)) + count(image, Drawing.hatch(4, 0)))
                .isGreaterThanOrEqualTo(2 * 166 * 7);
        assertThat(image.getHeight()).isBetween(334, 480);
    }
}
