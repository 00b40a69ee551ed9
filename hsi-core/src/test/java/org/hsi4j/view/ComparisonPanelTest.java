package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Wavelengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ComparisonPanelTest {
    private static final int SIDE = 20;

    /** Four bands of ramps from 0 to 1. */
    private static double[][] ramps() {
        double[][] planes = new double[4][];
        Arrays.setAll(
                planes,
                b -> IntStream.range(0, SIDE * SIDE)
                        .mapToDouble(i -> i / (SIDE * SIDE - 1.0))
                        .toArray());
        return planes;
    }

    private static Cube changed(int band, double by) {
        double[][] planes = ramps();
        for (int i = 0; i < planes[band].length; i++) {
            planes[band][i] += i % SIDE < SIDE / 2 ? by : -by;
        }
        return Cube.of(SIDE, SIDE, planes);
    }

    private static int middle(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    @Test
    void showsTheBandThatChangedMost() {
        Cube before = Cube.of(SIDE, SIDE, ramps());
        ComparisonPanel panel = ComparisonPanel.of(before, changed(2, 0.1));
        assertThat(panel.band()).isEqualTo(2);
        assertThat(panel.description()).isEqualTo("Before and after: band 2 before, after, and the difference");
        assertThat(panel.withBand(1).withTitle("x").withUnit("K").description())
                .isEqualTo("x: band 1 before, after, and the difference in K");
        assertThat(ComparisonPanel.of(before, before).band()).as("none changed").isZero();
    }

    @Test
    void theDifferenceIsBlueWhereItIsLessAndRedWhereItIsMore() {
        ComparisonPanel panel = ComparisonPanel.of(Cube.of(SIDE, SIDE, ramps()), changed(2, 0.1));
        // without letters: maps of 300 pixels below a heading; lines are 20 pixels high at a side of 600
        BufferedImage image = panel.draw(false);
        int height = image.getHeight();
        ColorMap colors = ColorMap.diverging();
        assertThat(IntStream.range(0, image.getWidth()).map(x -> middle(image, x, height / 2)))
                .contains(colors.rgb(0), colors.rgb(1));
    }

    @Test
    void namesTheWavelength() {
        double[][] planes = ramps();
        Cube cube = Cube.builderLike(Cube.of(SIDE, SIDE, planes))
                .wavelengths(Wavelengths.of(400, 500, 600, 700))
                .plane(0, planes[0])
                .build();
        assertThat(ComparisonPanel.of(cube, cube).withBand(3).description()).contains("band 3 (700 nm)");
    }

    @ParameterizedTest
    @CsvSource({"1,1", "1,300", "300,1", "20,3000", "3000,20", "1500,1500"})
    void anyShapeIsDrawn(int rows, int columns) {
        Cube cube = Cube.of(rows, columns, new double[][] {new double[rows * columns]});
        for (boolean letters : new boolean[] {true, false}) {
            BufferedImage image =
                    ComparisonPanel.of(cube, cube).withUnit("reflectance").draw(letters && Lettering.available());
            assertThat(image.getWidth()).isLessThan(2600);
            assertThat(image.getHeight()).isLessThan(2600);
        }
    }

    @Test
    void invalidPixelsAreHatched() {
        Cube before = Cube.of(SIDE, SIDE, ramps());
        Cube nothing = before.masked(Mask.of(SIDE, SIDE, i -> false));
        for (BufferedImage image : new BufferedImage[] {
            ComparisonPanel.of(nothing, before).draw(false),
            ComparisonPanel.of(before, nothing).draw(false)
        }) {
            int y = image.getHeight() / 2;
            assertThat(IntStream.range(0, image.getWidth()).map(x -> middle(image, x, y)))
                    .contains(0xE6E6E6, 0xC4C4C4);
        }
    }

    @Test
    void refusesWhatCannotBeCompared() {
        Cube cube = Cube.of(SIDE, SIDE, ramps());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ComparisonPanel.of(cube, cube.selectBands(0)))
                .withMessage("before is 20x20x4 but after is 20x20x1");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> ComparisonPanel.of(cube, cube).withBand(4));
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        ComparisonPanel panel = ComparisonPanel.of(Cube.of(SIDE, SIDE, ramps()), changed(2, 0.1));
        panel.writePng(folder.resolve("one.png"));
        panel.writePng(folder.resolve("two.png"));
        assertThat(folder.resolve("one.png")).hasSameBinaryContentAs(folder.resolve("two.png"));
    }
}
