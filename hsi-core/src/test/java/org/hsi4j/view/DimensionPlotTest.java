package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.List;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.stats.DimensionEstimate;
import org.junit.jupiter.api.Test;

class DimensionPlotTest {
    private static final int BAR = 0x0B5FA5;

    private static DimensionEstimate estimate(String method, int count) {
        return new DimensionEstimate(method, count, Diagnostics.none());
    }

    private static int barLength(BufferedImage image, int y) {
        int length = 0;
        for (int x = 0; x < image.getWidth(); x++) {
            length += (image.getRGB(x, y) & 0xFFFFFF) == BAR ? 1 : 0;
        }
        return length;
    }

    @Test
    void barsAreAsLongAsTheCounts() {
        DimensionPlot plot = DimensionPlot.of(List.of(estimate("hysime", 20), estimate("hfc", 5), estimate("x", 0)));
        assertThat(plot.description()).isEqualTo("Dimensions of the scene: hysime 20, hfc 5, x 0");
        assertThat(plot).hasToString(plot.description());
        // lines of 20 pixels: bars begin at 60 and have 40 pixels each
        BufferedImage image = plot.draw(false);
        int longest = barLength(image, 70);
        assertThat(longest).isGreaterThan(400);
        assertThat(barLength(image, 110)).isEqualTo(longest / 4);
        assertThat(barLength(image, 150)).isZero();
        assertThat(plot.image().getWidth()).isEqualTo(700);
    }

    @Test
    void needsAnEstimate() {
        assertThatIllegalArgumentException().isThrownBy(() -> DimensionPlot.of(List.of()));
        assertThat(DimensionPlot.of(List.of(estimate("x".repeat(200), 0)))
                        .image()
                        .getWidth())
                .isEqualTo(700);
    }
}
