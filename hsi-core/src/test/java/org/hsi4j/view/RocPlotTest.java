package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.hsi4j.metrics.Roc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RocPlotTest {
    private static final int FIRST_COLOR = 0x0B5FA5;

    /** One of two targets above all others, the other one below half of them. */
    private static Roc half() {
        return Roc.of(new double[] {9, 2, 1, 1.5, 3, 4}, new boolean[] {true, true, false, false, false, false});
    }

    private static boolean has(BufferedImage image, int x, int y, int rgb) {
        return (image.getRGB(x, y) & 0xFFFFFF) == rgb;
    }

    @Test
    void saysTheAreaUnderEachCurve() {
        RocPlot plot = RocPlot.of("a", half()).and("b", half());
        // 4 + 2 of 8 pairs are in the right order
        assertThat(plot.description())
                .isEqualTo("ROC: detection rate against false alarm rate of a, AUC 0.75, b, AUC 0.75");
        assertThat(plot).hasToString(plot.description());
        assertThat(plot.withTitle("").withLogarithmicAxis().description())
                .startsWith("ROC: ")
                .contains("logarithmic");
    }

    @Test
    void theCurveRunsThroughItsPoints() {
        BufferedImage image = RocPlot.of("a", half()).withSize(540, 540).draw(false);
        // the frame without letters is 500 pixels a side, 20 from the edges: (0, .5) to (.5, .5), up to 1
        assertThat(has(image, 20 + 125, 270, FIRST_COLOR)).isTrue();
        assertThat(has(image, 270, 20 + 125, FIRST_COLOR)).isTrue();
        assertThat(has(image, 20 + 125, 150, FIRST_COLOR)).isFalse();
    }

    @Test
    void aLogarithmicAxisBeginsAtThePowerOfTenBelowOneFalseAlarm() {
        BufferedImage image =
                RocPlot.of("a", half()).withSize(540, 540).withLogarithmicAxis().draw(false);
        // four others: .25 is one, the axis begins at .1, and .5 lies at 1 + log10(.5) = 0.699 of it
        assertThat(has(image, 20 + 1, 270, FIRST_COLOR)).isTrue();
        assertThat(has(image, 20 + 349, 20 + 125, FIRST_COLOR)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edgesAreDrawn(boolean letters) {
        Roc all = Roc.of(new double[] {1, 0}, new boolean[] {true, false});
        Roc none = Roc.of(new double[] {0, 1}, new boolean[] {true, false});
        Roc tied = Roc.of(new double[] {1, 1}, new boolean[] {true, false});
        RocPlot plot = RocPlot.of("x", all).and("y", none).and("z", tied).and("x".repeat(90), all);
        for (RocPlot each : new RocPlot[] {plot, plot.withLogarithmicAxis()}) {
            assertThat(each.draw(letters && Lettering.available()).getWidth()).isEqualTo(900);
        }
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withSize(10, 10));
    }

    @Test
    void namesThatAreCutToTheSameStayApart() {
        RocPlot plot = RocPlot.of("x".repeat(90), half()).and("x".repeat(91), half());
        assertThat(plot.image().getWidth()).isEqualTo(900);
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        RocPlot plot = RocPlot.of("a", half()).withLogarithmicAxis();
        plot.writePng(folder.resolve("one.png"));
        plot.writePng(folder.resolve("two.png"));
        assertThat(folder.resolve("one.png")).hasSameBinaryContentAs(folder.resolve("two.png"));
    }
}
