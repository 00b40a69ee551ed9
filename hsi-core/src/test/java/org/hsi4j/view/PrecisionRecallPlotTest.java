package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.hsi4j.metrics.PrecisionRecall;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PrecisionRecallPlotTest {
    private static final int FIRST_COLOR = 0x0B5FA5;

    /** One of two targets first, the other one fourth: precision 1 up to recall .5, then 2 of 4. */
    private static PrecisionRecall half() {
        return PrecisionRecall.of(new double[] {9, 3, 5, 4}, new boolean[] {true, true, false, false});
    }

    private static boolean has(BufferedImage image, int x, int y, int rgb) {
        return (image.getRGB(x, y) & 0xFFFFFF) == rgb;
    }

    @Test
    void saysTheAveragePrecision() {
        PrecisionRecallPlot plot = PrecisionRecallPlot.of("a", half()).and("b", half());
        // half of the recall at precision 1, half at 2/4
        assertThat(plot.description())
                .isEqualTo("Precision and recall: precision against recall of a, AP 0.75, b, AP 0.75");
        assertThat(plot).hasToString(plot.description());
        assertThat(plot.withTitle("").description()).startsWith("Precision and recall: ");
        assertThat(plot.withTitle("abu").description()).startsWith("abu: ");
    }

    @Test
    void theCurveIsTheOneWhoseStepsAreSummed() {
        // 1 of 1, then 1 of 3 and 2 of 4: from recall .5 on, the precision is .5
        BufferedImage image =
                PrecisionRecallPlot.of("a", half()).withSize(540, 540).draw(false);
        // the frame without letters is 500 pixels a side, 20 from the edges
        assertThat(has(image, 20 + 125, 20, FIRST_COLOR)).isTrue();
        assertThat(has(image, 20 + 250, 20 + 125, FIRST_COLOR)).isTrue();
        assertThat(has(image, 20 + 375, 20 + 125, FIRST_COLOR)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edgesAreDrawn(boolean letters) {
        PrecisionRecall all = PrecisionRecall.of(new double[] {1, 0}, new boolean[] {true, false});
        PrecisionRecall last = PrecisionRecall.of(new double[] {0, 1, 1}, new boolean[] {true, false, false});
        PrecisionRecallPlot plot = PrecisionRecallPlot.of("x", all)
                .and("y", last)
                .and("x".repeat(90), all)
                .and("x".repeat(91), all);
        assertThat(plot.draw(letters && Lettering.available()).getWidth()).isEqualTo(900);
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withSize(10, 10));
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        PrecisionRecallPlot plot = PrecisionRecallPlot.of("a", half());
        plot.writePng(folder.resolve("one.png"));
        plot.writePng(folder.resolve("two.png"));
        assertThat(folder.resolve("one.png")).hasSameBinaryContentAs(folder.resolve("two.png"));
    }
}
