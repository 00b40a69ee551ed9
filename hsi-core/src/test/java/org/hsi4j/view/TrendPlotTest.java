package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrendPlotTest {
    private static final double[] X = {10, 20, 30};
    private static final TrendPlot PLOT = TrendPlot.of("Noise", "SNR in dB", "RMSE");

    @Test
    void saysWhatItShows() {
        TrendPlot plot = PLOT.and("vca", X, new double[] {3, 2, 1}).and("sisal", X, new double[] {4, 2, 0});
        assertThat(plot.description()).isEqualTo("Noise: RMSE against SNR in dB of vca, sisal");
        assertThat(plot).hasToString(plot.description());
    }

    @Test
    void aLineRunsThroughItsPoints() {
        BufferedImage image = PLOT.and("vca", new double[] {1, 2, 3, 4}, new double[] {0, 0.5, 0.5, 1})
                .draw(false);
        // the frame without letters is 20 pixels from the edges of 900 x 560: the level part crosses its middle
        assertThat(image.getRGB(450, 280) & 0xFFFFFF).isEqualTo(0x0B5FA5);
        assertThat(image.getRGB(450, 500) & 0xFFFFFF).isNotEqualTo(0x0B5FA5);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edgesAreDrawn(boolean letters) {
        double[] gap = {1, Double.NaN, 2};
        double[] none = {Double.NaN, Double.NaN, Double.NaN};
        for (TrendPlot plot : new TrendPlot[] {
            PLOT,
            PLOT.and("none", X, none),
            PLOT.and("gap", X, gap).and("none", X, none),
            PLOT.and("point", new double[] {5}, new double[] {1}),
            PLOT.and("flat", X, new double[] {1, 1, 1})
        }) {
            assertThat(plot.draw(letters && Lettering.available()).getWidth()).isEqualTo(900);
        }
    }

    @Test
    void refusesLinesThatAreNone() {
        assertThatIllegalArgumentException().isThrownBy(() -> PLOT.and("a", new double[0], new double[0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLOT.and("a", X, new double[2]))
                .withMessage("a line needs as many values as points and at least one, not 2 for 3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PLOT.and("a", new double[] {1, 1}, new double[2]))
                .withMessage("the points of a line must be finite and rise, not 1.0");
    }
}
