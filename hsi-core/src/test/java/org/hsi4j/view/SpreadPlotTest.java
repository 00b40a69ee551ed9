package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpreadPlotTest {
    private static final int LINE = 0x0B5FA5;
    private static final int WHITE = 0xFFFFFF;

    /** Two bands; the values 0 to 100 in the first, 50 everywhere in the second. */
    private static Cube ramp() {
        return Cube.of(1, 101, new double[][] {
            IntStream.rangeClosed(0, 100).asDoubleStream().toArray(),
            IntStream.rangeClosed(0, 100).mapToDouble(i -> 50).toArray()
        });
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    private static Mask all(Cube cube) {
        return Mask.all(cube.rows(), cube.columns());
    }

    @Test
    void theBandReachesFromQuantileToQuantile() {
        // without letters: 500 pixels a side, 20 from the edges; the band alone gives the height of the axis
        BufferedImage image =
                SpreadPlot.of(ramp()).withQuantiles(0.1, 0.9).withSize(540, 540).draw(false);
        assertThat(rgb(image, 270, 270)).isEqualTo(LINE);
        // in the first band from 10 to 90, closing in on 50 in the second
        assertThat(rgb(image, 30, 100)).isNotIn(WHITE, LINE);
        assertThat(rgb(image, 30, 440)).isNotIn(WHITE, LINE);
        assertThat(rgb(image, 400, 100)).isEqualTo(WHITE);
        assertThat(rgb(image, 400, 440)).isEqualTo(WHITE);
    }

    @Test
    void theBandGrowsWithTheDeviations() {
        Cube cube = ramp();
        Mask left = Mask.of(1, 101, i -> i < 50);
        SpreadPlot plot =
                SpreadPlot.of("left", cube, left).and("all", all(cube)).withSize(540, 540);
        assertThat(plot.description())
                .isEqualTo("Spectra of regions (mean ± standard deviation) of left, all; value against band");
        assertThat(plot.withDeviations(2).description()).contains("(mean ± 2 standard deviations)");
        assertThat(plot.withQuantiles(0.05, 0.95).description()).contains("(median, band from 5 % to 95 %)");
        assertThat(plot).hasToString(plot.description());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void badBandsAreGaps(boolean letters) {
        double[][] planes = new double[30][4];
        Cube.Builder builder = Cube.builder(2, 2, 30, Precision.DOUBLE);
        boolean[] good = new boolean[30];
        for (int b = 0; b < 30; b++) {
            builder.plane(b, planes[b]);
            good[b] = b < 10 || b > 20;
        }
        Cube cube = builder.goodBands(good).build();
        BufferedImage image = SpreadPlot.of(cube).draw(letters && Lettering.available());
        boolean[] drawn = new boolean[image.getWidth()];
        for (int x = 100; x < 800; x++) {
            for (int y = 0; y < image.getHeight(); y++) {
                drawn[x] |= rgb(image, x, y) == LINE;
            }
        }
        // 12 of 29 steps over 700 to 960 pixels
        int middle = letters && Lettering.available() ? 440 : 500;
        assertThat(IntStream.range(middle - 80, middle + 80).noneMatch(x -> drawn[x]))
                .isTrue();
        assertThat(IntStream.range(100, middle - 150).anyMatch(x -> drawn[x])).isTrue();
    }

    @Test
    void bandsThatWereDroppedAreGaps() {
        double[] nm = IntStream.range(0, 40)
                .mapToDouble(b -> b < 20 ? 400 + 10 * b : 900 + 10 * b)
                .toArray();
        Curve line = Curve.ofBands("x", nm, new double[40], 0);
        assertThat(line.x()).hasSize(41);
        assertThat(line.y()[20]).isNaN();
        assertThat(line.y()[19] + line.y()[21]).isZero();
        assertThat(Curve.ofBands("x", new double[] {1, 2, 3, 90}, new double[4], 0)
                        .x())
                .as("too few to tell")
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void edgesAreDrawn(boolean letters) {
        boolean text = letters && Lettering.available();
        Cube one = Cube.of(1, 1, new double[][] {{3}});
        assertThat(SpreadPlot.of(one).draw(text).getWidth()).isEqualTo(1000);
        Cube nothing = ramp().masked(Mask.of(1, 101, i -> false));
        assertThat(SpreadPlot.of(nothing).draw(text).getHeight()).isEqualTo(560);
        assertThat(SpreadPlot.of("none", ramp(), Mask.of(1, 101, i -> false))
                        .withQuantiles(0, 1)
                        .draw(text))
                .isNotNull();
    }

    @Test
    void ofLargeRegionsEveryNthPixelIsRead() {
        double[] values = IntStream.range(0, 25_000)
                .mapToDouble(i -> i % 3 == 0 ? 1 : 1000)
                .toArray();
        Cube cube = Cube.of(1, 25_000, new double[][] {values, values});
        // of 25000 pixels every third is read, and those are all 1: the line is level and there is no band
        BufferedImage image = SpreadPlot.of(cube).draw(false);
        assertThat(rgb(image, 500, 280)).isEqualTo(LINE);
        assertThat(rgb(image, 500, 100)).isEqualTo(WHITE);
    }

    @Test
    void refusesWhatDoesNotFit() {
        Cube cube = ramp();
        SpreadPlot plot = SpreadPlot.of(cube).withTitle("t").withValueLabel("radiance");
        assertThat(plot.description()).startsWith("t (").contains("radiance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> plot.and("x", Mask.all(2, 2)))
                .withMessageContaining("region 'x' is of an image of 2x2");
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withDeviations(0));
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withQuantiles(0.9, 0.1));
        assertThatIllegalArgumentException().isThrownBy(() -> plot.withSize(1, 1));
    }

    @Test
    void theAxisIsTheWavelengthWhereItIsKnown() {
        Cube cube = Cube.builderLike(ramp())
                .wavelengths(Wavelengths.of(500, 600))
                .plane(0, new double[101])
                .plane(1, new double[101])
                .build();
        assertThat(SpreadPlot.of(cube).description()).endsWith("against wavelength (nm)");
    }
}
