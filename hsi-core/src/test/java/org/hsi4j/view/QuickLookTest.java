package org.hsi4j.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.Cubes;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.FormulaSource;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuickLookTest {

    private static Cube.Builder onePixel(double... nanometres) {
        return Cube.builder(1, 1, nanometres.length, Precision.FLOAT).wavelengths(Wavelengths.of(nanometres));
    }

    private static int rgb(BufferedImage image, int x, int y) {
        return image.getRGB(x, y) & 0xFFFFFF;
    }

    private static boolean hatched(BufferedImage image, int x, int y) {
        return rgb(image, x, y) == Drawing.hatch(x, y);
    }

    @Test
    void takesTheVisibleBandsNearestToRedGreenAndBlue() {
        QuickLook look =
                QuickLook.of(onePixel(400, 455, 470, 540, 560.5, 633, 650, 900).build());
        assertThat(look.bands()).containsExactly(5, 3, 1);
        assertThat(look.kind()).isEqualTo("true colour");
        assertThat(look.description())
                .isEqualTo("Scene in true colour: red band 5 (633 nm), green band 3 (540 nm), blue band 1 (455 nm)");
        assertThat(look).hasToString(look.description());
    }

    @Test
    void passesOverBadBands() {
        Cube cube = onePixel(460, 461, 550, 551, 640, 641)
                .goodBands(new boolean[] {false, true, true, false, false, true})
                .build();
        assertThat(QuickLook.of(cube).bands()).containsExactly(5, 2, 1);
    }

    @Test
    void showsFalseColorWithoutVisibleBands() {
        QuickLook look = QuickLook.of(
                onePixel(2400, 1000, 1200, 1400, 1600, 1800).name("SWIR").build());
        // in the order of the wavelengths the bands are 1 2 3 4 5 0
        assertThat(look.bands()).containsExactly(0, 4, 2);
        assertThat(look.description()).startsWith("SWIR in false colour: red band 0 (2400 nm)");
    }

    @Test
    void theFirstNoiseFractionsBecomeColors() {
        int side = 40;
        Random random = new Random(5);
        double[][] planes = new double[6][side * side];
        for (int i = 0; i < side * side; i++) {
            boolean left = i % side < side / 2;
            for (int b = 0; b < planes.length; b++) {
                planes[b][i] = (left ? b : 5 - b) + 0.1 * random.nextGaussian();
            }
        }
        Mask keep = Mask.of(side, side, i -> i >= side);
        Cube cube = Cube.of(side, side, planes).masked(keep);
        QuickLook look = QuickLook.mnf(cube, RunContext.sequential());
        assertThat(look.kind()).isEqualTo("MNF false colour");
        assertThat(look.description())
                .isEqualTo("Scene in MNF false colour: red component 0, green component 1, blue component 2");
        BufferedImage image = look.image();
        assertThat(hatched(image, 5, 5)).isTrue();
        // the one difference there is between the halves is the first component
        int red = rgb(image, 100, 200) >> 16;
        int other = rgb(image, 300, 200) >> 16;
        assertThat(Math.abs(red - other)).isGreaterThan(200);
    }

    @Test
    void fewerThanThreeComponentsRepeatTheLast() {
        double[] ramp = IntStream.range(0, 100).asDoubleStream().toArray();
        Cube cube = Cube.of(10, 10, new double[][] {ramp});
        assertThat(QuickLook.mnf(cube, RunContext.sequential()).bands()).containsExactly(0, 0, 0);
    }

    @Test
    void noiseFractionsNeedPixels() {
        Cube nothing = Cube.of(2, 2, new double[3][4]).masked(Mask.of(2, 2, i -> false));
        assertThatIllegalArgumentException().isThrownBy(() -> QuickLook.mnf(nothing, RunContext.sequential()));
    }

    @Test
    void theStretchOfAnotherSceneMakesTwoComparable() {
        double[] ramp = IntStream.range(0, 100).asDoubleStream().toArray();
        Cube before = Cube.of(10, 10, new double[][] {ramp});
        QuickLook after = QuickLook.of(before.scaled(0.5, 0));
        assertThat(rgb(after.image(), 399, 399)).isEqualTo(0xFFFFFF);
        int shade = rgb(after.withStretchOf(before).image(), 399, 399) & 255;
        // half of the greatest value, on a scale from the 2nd to the 98th percentile: (49.5 - 1.98) / 95.04 of 255
        assertThat(shade).isBetween(127, 128);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> after.withStretchOf(Cube.of(1, 1, new double[2][1])))
                .withMessageContaining("2 bands");
    }

    @Test
    void showsFalseColorWithoutWavelengths() {
        assertThat(QuickLook.of(Cube.of(1, 1, new double[12][1])).bands()).containsExactly(10, 6, 2);
        assertThat(QuickLook.of(Cube.of(1, 1, new double[2][1])).bands()).containsExactly(1, 1, 0);
        assertThat(QuickLook.of(Cube.of(1, 1, new double[1][1])).bands()).containsExactly(0, 0, 0);
        assertThat(QuickLook.of(Cube.of(1, 1, new double[1][1])).description())
                .isEqualTo("Scene in false colour: red band 0, green band 0, blue band 0");
    }

    @Test
    void showsSomethingWhereEveryBandIsBad() {
        Cube cube =
                Cube.builder(1, 1, 3, Precision.FLOAT).goodBands(new boolean[3]).build();
        assertThat(QuickLook.of(cube).bands()).containsExactly(2, 1, 0);
    }

    @Test
    void colorInfraredNeedsItsBands() {
        QuickLook look = QuickLook.of(onePixel(450, 555, 660, 855).build()).withColorInfrared();
        assertThat(look.bands()).containsExactly(3, 2, 1);
        assertThat(look.kind()).isEqualTo("colour infrared");
        QuickLook visible = QuickLook.of(onePixel(450, 555, 660).build());
        assertThatIllegalArgumentException()
                .isThrownBy(visible::withColorInfrared)
                .withMessageContaining("860")
                .withMessageContaining("450.0 to 660.0 nm");
    }

    @Test
    void bandsMayBeChosen() {
        QuickLook look = QuickLook.of(Cube.of(1, 1, new double[4][1])).withBands(3, 0, 3);
        assertThat(look.bands()).containsExactly(3, 0, 3);
        assertThat(look.kind()).isEqualTo("chosen bands");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> look.withBands(0, 4, 0));
    }

    /** A ramp 0..100 in red, the same upside down in green, constant in blue: percentiles are the values themselves. */
    private static Cube ramp() {
        double[] up = IntStream.rangeClosed(0, 100).mapToDouble(i -> i).toArray();
        double[] down = Arrays.stream(up).map(v -> 100 - v).toArray();
        double[] flat = new double[101];
        Arrays.fill(flat, 42);
        return Cube.of(1, 101, new double[][] {up, down, flat});
    }

    @Test
    void stretchesFromPercentileToPercentile() {
        BufferedImage image =
                QuickLook.of(ramp()).withBands(0, 1, 2).withSide(1, 2000).image();
        assertThat(image.getWidth()).isEqualTo(101);
        assertThat(image.getHeight()).isEqualTo(1);
        assertThat(rgb(image, 0, 0)).isEqualTo(0x00FF80);
        assertThat(rgb(image, 2, 0)).isEqualTo(0x00FF80);
        assertThat(rgb(image, 98, 0)).isEqualTo(0xFF0080);
        assertThat(rgb(image, 100, 0)).isEqualTo(0xFF0080);
        // (26 - 2) / 96 = 1/4 and 3/4
        assertThat(rgb(image, 26, 0)).isEqualTo(64 << 16 | 191 << 8 | 0x80);
    }

    @Test
    void stretchesToOtherPercentiles() {
        BufferedImage image = QuickLook.of(ramp())
                .withBands(0, 0, 0)
                .withSide(1, 2000)
                .withStretch(0, 100)
                .image();
        assertThat(rgb(image, 20, 0)).isEqualTo(0x333333);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QuickLook.of(ramp()).withStretch(98, 2));
    }

    @Test
    void enlargesASmallScene() {
        Cube cube = Cube.of(36, 30, new double[][] {
            IntStream.range(0, 36 * 30).mapToDouble(i -> i).toArray()
        });
        BufferedImage image = QuickLook.of(cube).image();
        assertThat(image.getHeight()).isEqualTo(432);
        assertThat(image.getWidth()).isEqualTo(360);
        assertThat(rgb(image, 12, 12)).isEqualTo(rgb(image, 23, 23)).isNotEqualTo(rgb(image, 12, 24));
    }

    @Test
    void hatchesInvalidPixelsAndKeepsThemOutOfTheStretch() {
        double[] values = {1e9, 0, 1, Double.NaN, -7, 2};
        Cube cube = Cube.builder(1, 6, 2, Precision.DOUBLE)
                .plane(0, values)
                .plane(1, new double[] {0, Double.NaN, 0, 0, 0, 0})
                .noData(-7)
                .mask(Mask.of(1, 6, i -> i != 0))
                .build();
        BufferedImage image = QuickLook.of(cube)
                .withBands(0, 0, 0)
                .withStretch(0, 100)
                .withSide(6, 6)
                .image();
        assertThat(hatched(image, 0, 0)).as("masked").isTrue();
        assertThat(rgb(image, 1, 0)).as("missing in a band that is not shown").isEqualTo(0x000000);
        assertThat(rgb(image, 2, 0)).isEqualTo(0x808080);
        assertThat(hatched(image, 3, 0)).as("NaN").isTrue();
        assertThat(hatched(image, 4, 0)).as("no data").isTrue();
        assertThat(rgb(image, 5, 0)).isEqualTo(0xFFFFFF);
        BufferedImage strict = QuickLook.of(cube.masked(cube.validMask()))
                .withBands(0, 0, 0)
                .withSide(6, 6)
                .image();
        assertThat(hatched(strict, 1, 0))
                .as("missing in a band that is not shown")
                .isTrue();
    }

    @Test
    void drawsASceneWithoutAnyValidPixel() {
        Cube cube = Cube.of(2, 2, new double[][] {{1, 2, 3, 4}}).masked(Mask.of(2, 2, i -> false));
        BufferedImage image = QuickLook.of(cube).image();
        assertThat(image.getWidth()).isEqualTo(400);
        assertThat(IntStream.range(0, 400).allMatch(x -> hatched(image, x, x))).isTrue();
        Set<Integer> colors = new TreeSet<>();
        IntStream.range(0, 400).forEach(x -> colors.add(rgb(image, x, 0)));
        assertThat(colors).as("two greys, to be told from a grey scene").hasSize(2);
    }

    @Test
    void drawsOnePixelInMediumGray() {
        BufferedImage image = QuickLook.of(Cube.of(1, 1, new double[][] {{3}})).image();
        assertThat(image.getWidth()).isEqualTo(400);
        assertThat(rgb(image, 399, 399)).isEqualTo(0x808080);
    }

    @Test
    void readsOnlyTheRowsAndBandsItShowsOfALargeScene() {
        Set<Integer> bands = new TreeSet<>();
        Set<Long> rows = new TreeSet<>();
        Cube cube = Cube.builder(new FormulaSource(9000, 40, 30, Precision.FLOAT, (pixel, band) -> {
                    bands.add(band);
                    rows.add(pixel / 40);
                    return (double) pixel / 40;
                }))
                .build();
        QuickLook look = QuickLook.of(cube);
        assertThat(look.description()).endsWith("; one pixel in 5 x 5 shown");
        BufferedImage image = look.image();
        assertThat(image.getHeight()).isEqualTo(1800);
        assertThat(image.getWidth()).isEqualTo(8);
        assertThat(bands).containsExactly(5, 15, 25);
        assertThat(rows).hasSize(1800).contains(2L, 7L, 8997L);
    }

    @Test
    void outlinesMarkedPixelsAndLeavesThemVisible() {
        Cube cube = Cube.of(40, 40, new double[1][1600]);
        Mask middle = Mask.of(40, 40, i -> i == 20 * 40 + 20);
        BufferedImage image =
                QuickLook.of(cube).withMarks(middle, Color.MAGENTA).image();
        int magenta = 0xFF00FF;
        assertThat(rgb(image, 200, 200)).as("inside").isEqualTo(0x808080);
        assertThat(rgb(image, 209, 209)).isEqualTo(0x808080);
        for (int at : new int[] {198, 199, 210, 211}) {
            assertThat(rgb(image, at, 205)).isEqualTo(magenta);
            assertThat(rgb(image, 205, at)).isEqualTo(magenta);
        }
        assertThat(rgb(image, 197, 205)).isEqualTo(0x808080);
        assertThat(rgb(image, 212, 205)).isEqualTo(0x808080);
    }

    @Test
    void losesNoMarkWhenItThinsOut() {
        Cube cube = Cube.of(40, 40, new double[1][1600]);
        BufferedImage image = QuickLook.of(cube)
                .withSide(1, 10)
                .withMarks(Mask.of(40, 40, i -> i == 0), Color.CYAN)
                .image();
        assertThat(image.getWidth()).isEqualTo(10);
        assertThat(rgb(image, 0, 0)).isEqualTo(0x808080);
        assertThat(rgb(image, 1, 1)).isEqualTo(0x00FFFF);
        assertThat(rgb(image, 2, 2)).isEqualTo(0x00FFFF);
        assertThat(rgb(image, 3, 3)).isEqualTo(0x808080);
    }

    @Test
    void refusesMarksOfAnotherShape() {
        QuickLook look = QuickLook.of(Cube.of(2, 3, new double[1][6]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> look.withMarks(Mask.all(3, 2), Color.RED))
                .withMessageContaining("3x2")
                .withMessageContaining("2x3");
    }

    @Test
    void writesTheSamePngEveryTime(@TempDir Path folder) throws Exception {
        Path one = folder.resolve("one.png");
        Path two = folder.resolve("two.png");
        QuickLook.of(ramp()).writePng(one);
        QuickLook.of(ramp()).writePng(two);
        assertThat(one).hasSameBinaryContentAs(two);
        BufferedImage image = ImageIO.read(one.toFile());
        assertThat(image.getWidth()).isEqualTo(404);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(one, two);
        }
    }

    @RealData
    @ParameterizedTest
    @ValueSource(
            strings = {
                "samson/samson_1.img",
                "emit/emit20250324t221005_jpl_unmix_ex",
                "aviris_ng/ang20170323t202244_rdn_7000-7010",
                "hyspex_bavaria/Bavaria_farmland_LMU_Hyspex_subset.bsq"
            })
    void showsRealScenesInTrueColor(String file) throws Exception {
        Cube cube = Cubes.read(SharedFiles.data("envi/" + file));
        QuickLook look = QuickLook.of(cube);
        assertThat(look.kind()).isEqualTo("true colour");
        assertThat(look.bands()).allMatch(cube::isGoodBand);
        BufferedImage image = look.image();
        assertThat(Math.max(image.getWidth(), image.getHeight())).isBetween(400, 800);
        Set<Integer> colors = new TreeSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colors.add(rgb(image, x, y));
            }
        }
        assertThat(colors).hasSizeGreaterThan(50);
    }
}
