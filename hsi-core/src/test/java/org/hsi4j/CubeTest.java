package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.testing.FormulaSource;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CubeTest {
    private static final GeoReference PLACE =
            new GeoReference("UTM", 500, 900, 10, 20, 0, 33, true, "WGS-84", "Meters", "");

    /** Two rows, three columns, two bands; band 0 is 0..5 and band 1 is 10..15. */
    private static Cube.Builder small() {
        return Cube.builder(2, 3, 2, Precision.DOUBLE)
                .plane(0, new double[] {0, 1, 2, 3, 4, 5})
                .plane(1, new double[] {10, 11, 12, 13, 14, 15});
    }

    private static Cube.Builder described() {
        return small().name("field")
                .quantity(Quantity.REFLECTANCE)
                .wavelengths(Wavelengths.of(500, 600).withFwhm(5, 6))
                .bandNames(List.of("green", "red"))
                .goodBands(true, false)
                .scale(new double[] {2, 3}, new double[] {1, 0})
                .noData(4)
                .mask(Mask.of(2, 3, i -> i != 0))
                .geoReference(PLACE)
                .provenance("made by a test");
    }

    @Test
    void tellsWhatItWasGiven() {
        Cube cube = described().build();

        assertThat(cube.rows()).isEqualTo(2);
        assertThat(cube.columns()).isEqualTo(3);
        assertThat(cube.bands()).isEqualTo(2);
        assertThat(cube.pixels()).isEqualTo(6);
        assertThat(cube.samples()).isEqualTo(12);
        assertThat(cube.name()).isEqualTo("field");
        assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(cube.precision()).isEqualTo(Precision.DOUBLE);
        assertThat(cube.wavelengths()).contains(Wavelengths.of(500, 600).withFwhm(5, 6));
        assertThat(cube.bandNames()).contains(List.of("green", "red"));
        assertThat(cube.isGoodBand(0)).isTrue();
        assertThat(cube.isGoodBand(1)).isFalse();
        assertThat(cube.noDataValue()).hasValue(4);
        assertThat(cube.geoReference()).contains(PLACE);
        assertThat(cube.provenance()).containsExactly("made by a test");
        assertThat(cube.plane(0)).containsExactly(Double.NaN, 3, 5, 7, Double.NaN, 11);
        assertThat(cube.plane(1)).containsExactly(Double.NaN, 33, 36, 39, 42, 45);
        assertThat(cube.validMask()).isEqualTo(Mask.of(2, 3, i -> i != 0 && i != 4));
        assertThat(cube.spectrum(1, 2))
                .isEqualTo(Spectrum.of(11, 45)
                        .named("(1, 2)")
                        .withWavelengths(Wavelengths.of(500, 600).withFwhm(5, 6)));
        assertThat(cube.spectrum(1, 1).toArray()).containsExactly(Double.NaN, 42);
        assertThat(cube).hasToString("cube 'field', 2 rows x 3 columns x 2 bands, 500.0 to 600.0 nm");
    }

    @Test
    void knowsNothingWhenNothingWasGiven() {
        Cube cube = small().build();

        assertThat(cube.name()).isEmpty();
        assertThat(cube.quantity()).isEqualTo(Quantity.UNKNOWN);
        assertThat(cube.wavelengths()).isEmpty();
        assertThat(cube.bandNames()).isEmpty();
        assertThat(cube.isGoodBand(1)).isTrue();
        assertThat(cube.noDataValue()).isEmpty();
        assertThat(cube.geoReference()).isEmpty();
        assertThat(cube.provenance()).isEmpty();
        assertThat(cube.spectrum(0, 1)).isEqualTo(Spectrum.of(1, 11).named("(0, 1)"));
        assertThat(cube.validMask()).isEqualTo(Mask.all(2, 3)).isSameAs(cube.validMask());
        assertThat(cube.dropBadBands()).isSameAs(cube);
        assertThat(cube).hasToString("cube, 2 rows x 3 columns x 2 bands");
    }

    @Test
    void samplesThatAreNotSetAreZero() {
        assertThat(Cube.builder(1, 2, 1, Precision.FLOAT).build().plane(0)).containsExactly(0, 0);
    }

    @Test
    void viewsKeepTheMetadataRight() {
        Cube cube = described().build();

        Cube corner = cube.crop(new Region(1, 1, 1, 2));
        assertThat(corner.geoReference().orElseThrow().x()).isEqualTo(510);
        assertThat(corner.geoReference().orElseThrow().y()).isEqualTo(880);
        assertThat(corner.noDataValue()).hasValue(4);
        assertThat(corner.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(corner.provenance()).containsExactly("made by a test", "cropped to 1x2 at row 1, column 1");

        Cube swapped = cube.selectBands(1, 0, 1);
        assertThat(swapped.bandNames()).contains(List.of("red", "green", "red"));
        assertThat(swapped.wavelengths()).contains(Wavelengths.of(600, 500, 600).withFwhm(6, 5, 6));
        assertThat(swapped.isGoodBand(1)).isTrue();
        assertThat(swapped.provenance()).endsWith("selected 3 of 2 bands");
        assertThat(cube.dropBadBands().bandNames()).contains(List.of("green"));
        assertThat(cube.dropBadBands().provenance()).endsWith("dropped 1 bad bands of 2");
        assertThat(cube.masked(Mask.of(2, 3, i -> i == 5)).provenance()).endsWith("masked to 1 pixels");
        assertThat(cube.scaled(2, 0).provenance()).endsWith("scaled by 2.0");
        assertThat(cube.scaled(2, 1).provenance()).endsWith("scaled by 2.0 plus 1.0");
        assertThat(cube.toHeap(Precision.FLOAT).name()).isEqualTo("field");
        assertThat(cube.toHeap(Precision.FLOAT).noDataValue()).isEmpty();
    }

    @Test
    void aPixelThatOnlyADroppedBandSpoilsIsValidWithoutIt() {
        Cube cube = small().set(0, 2, 1, Double.NaN).build();

        assertThat(cube.validMask()).isEqualTo(Mask.of(2, 3, i -> i != 2));
        assertThat(cube.selectBands(0).validMask()).isEqualTo(Mask.all(2, 3));
        assertThat(cube.toHeap(Precision.DOUBLE).selectBands(0).validMask()).isEqualTo(Mask.all(2, 3));
    }

    @Test
    void theNoDataValueIsThatOfTheRawSamples() {
        // 2 is no data before the scale; 1 becomes 2 by the scale and is data.
        Cube cube = Cube.builder(1, 2, 1, Precision.DOUBLE)
                .pixel(0, 0, 1)
                .pixel(0, 1, 2)
                .noData(2)
                .build()
                .scaled(2, 0);

        assertThat(cube.plane(0)).containsExactly(2, Double.NaN);
        assertThat(cube.validMask().get(0)).isTrue();
        assertThat(cube.validMask().get(1)).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aDecimalNoDataValueMeetsItsNearestFloat(Precision precision) {
        double deleted = -1.23e34;
        Cube cube = Cube.builder(1, 3, 1, precision)
                .pixel(0, 0, deleted)
                .pixel(0, 1, (float) deleted)
                .pixel(0, 2, 1)
                .noData(deleted)
                .build();

        assertThat(cube.plane(0)).containsExactly(Double.NaN, Double.NaN, 1);
        assertThat(cube.value(0, 0, 0)).isNaN();
        assertThat(cube.validMask().count()).isEqualTo(1);
    }

    @Test
    void aNoDataValueTooSmallForAFloatDoesNotSwallowZero() {
        Cube cube = Cube.builder(1, 2, 1, Precision.DOUBLE)
                .pixel(0, 0, 0.0)
                .pixel(0, 1, 1e-60)
                .noData(1e-60)
                .build();

        assertThat(cube.plane(0)).containsExactly(0, Double.NaN);
    }

    @Test
    void aSampleThatOverflowsByScalingIsNoData() {
        Cube cube = Cube.builder(1, 2, 1, Precision.DOUBLE)
                .pixel(0, 0, 1e300)
                .pixel(0, 1, 1)
                .build()
                .scaled(1e10, 0);
        PixelTile tile = new PixelTile(1, 2);
        cube.read(0, 2, tile);

        assertThat(cube.plane(0)).containsExactly(Double.NaN, 1e10);
        assertThat(cube.spectrum(0, 0).isComplete()).isFalse();
        assertThat(tile.size()).isEqualTo(1);
        assertThat(tile.pixel(0)).isEqualTo(1);
    }

    @Test
    void refusesAScaleThatDegeneratesTogetherWithTheOneBefore() {
        Cube faint = small().build().scaled(1e-200, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> faint.scaled(1e-200, 0))
                .withMessage("the scale of band 0 would be gain 0.0 and offset 0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> faint.scaled(1, 1e200).scaled(1e200, 0));
    }

    @Test
    void viewsRefuseWhatDoesNotFit() {
        Cube cube = described().build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.crop(new Region(1, 0, 2, 1)))
                .withMessageContaining("reaches beyond the cube of 2x3 pixels");
        assertThatIllegalArgumentException().isThrownBy(() -> cube.crop(new Region(0, 3, 1, 1)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.selectBands())
                .withMessageContaining("at least one");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.selectBands(0, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.masked(Mask.all(3, 2)))
                .withMessage("mask is 3x2 but the cube is 2x3");
        for (double gain : new double[] {0, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException().isThrownBy(() -> cube.scaled(gain, 0));
        }
        assertThatIllegalArgumentException().isThrownBy(() -> cube.scaled(1, Double.NaN));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().goodBands(false, false).build().dropBadBands())
                .withMessage("every band of the cube is marked bad");
    }

    @Test
    void readingRefusesWhatDoesNotFit() {
        Cube cube = small().build();
        Region all = new Region(0, 0, 2, 3);

        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.value(2, 0, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.value(0, 3, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.value(0, 0, 2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.plane(-1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.spectrum(0, -1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.spectrum(2, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> cube.isGoodBand(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.read(all, new double[1][6]))
                .withMessage("1 arrays given for 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.read(all, new double[2][5]))
                .withMessage("an array of 5 cannot hold a region of 6 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.read(new Region(0, 0, 3, 3), new double[2][9]))
                .withMessageContaining("reaches beyond");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.read(0, 3, new PixelTile(2, 2)))
                .withMessage("a tile of 2 bands and 2 pixels cannot hold 3 pixels of 2 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> cube.read(0, 1, new PixelTile(1, 2)));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> cube.read(4, 3, new PixelTile(2, 3)));
    }

    @Test
    void ofCopiesThePlanes() {
        double[][] planes = {{1, 2}, {3, 4}};
        Cube cube = Cube.of(1, 2, planes);
        planes[0][0] = 99;

        assertThat(cube.plane(0)).containsExactly(1, 2);
        assertThat(cube.precision()).isEqualTo(Precision.DOUBLE);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cube.of(1, 2, new double[0][]))
                .withMessage("a cube has at least one band, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cube.of(1, 2, new double[][] {{1, 2}, {1}}))
                .withMessage("1 samples given for a band of 1x2 pixels");
    }

    @Test
    void nothingThatGoesInOrComesOutIsAWayIn() {
        double[] plane = {0, 1, 2, 3, 4, 5};
        double[] gain = {1, 1};
        double[] offset = {0, 0};
        boolean[] good = {true, true};
        List<String> names = new ArrayList<>(List.of("a", "b"));
        Cube cube = small().plane(0, plane)
                .scale(gain, offset)
                .goodBands(good)
                .bandNames(names)
                .build();
        Cube same = small().scale(new double[] {1, 1}, new double[] {0, 0})
                .bandNames(List.of("a", "b"))
                .build();

        plane[0] = gain[0] = offset[0] = 99;
        good[0] = false;
        names.set(0, "z");
        cube.plane(0)[0] = 99;
        cube.spectrum(0, 0).toArray()[0] = 99;
        PixelTile tile = new PixelTile(2, 6);
        cube.read(0, 6, tile);
        tile.planes()[0][0] = 99;
        double[][] read = new double[2][6];
        cube.read(new Region(0, 0, 2, 3), read);
        read[0][0] = 99;

        assertThat(cube).isEqualTo(same);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> cube.bandNames().orElseThrow().set(0, "z"));
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> cube.provenance().add("z"));
    }

    @Test
    void aBuilderSetsSamplesInEveryWay() {
        for (Precision precision : Precision.values()) {
            Cube byRun = Cube.builder(2, 2, 2, precision)
                    .run(1, 3, new double[][] {{1, 2, 3}, {4, 5, 6}})
                    .set(0, 0, 0, 7)
                    .pixel(1, 1, 8, 9)
                    .build();
            assertThat(byRun.plane(0)).containsExactly(7, 1, 2, 8);
            assertThat(byRun.plane(1)).containsExactly(0, 4, 5, 9);
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void aTilePutsBackItsValidPixelsAlone(Precision precision) {
        Cube cube = Cube.builder(1, 3, 2, precision)
                .pixel(0, 0, 1, 2)
                .pixel(0, 1, Double.NaN, 3)
                .pixel(0, 2, 4, 5)
                .name("line")
                .noData(-1)
                .build();
        PixelTile tile = new PixelTile(2, 4);
        cube.read(0, 3, tile);
        Cube copy = Cube.builderLike(cube).put(tile, tile.planes()).build();

        assertThat(copy.plane(0)).containsExactly(1, Double.NaN, 4);
        assertThat(copy.plane(1)).containsExactly(2, Double.NaN, 5);
        assertThat(copy.precision()).isEqualTo(precision);
        assertThat(copy.name()).isEqualTo("line");
        assertThat(copy.noDataValue()).isEmpty();
    }

    @Test
    void builderLikeTakesPhysicalValues() {
        Cube cube = described().build();
        Cube like = Cube.builderLike(cube).build();

        assertThat(like.plane(0)).containsOnly(Double.NaN);
        assertThat(like.wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(like.geoReference()).isEqualTo(cube.geoReference());
        assertThat(like.isGoodBand(1)).isFalse();
        // No scale is left behind: what is put is what comes out.
        assertThat(Cube.builderLike(cube).set(0, 0, 0, 5).build().value(0, 0, 0))
                .isEqualTo(5);
    }

    @Test
    void aBuilderRefusesWhatDoesNotFit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Cube.builder(0, 1, 1, Precision.FLOAT));
        assertThatIllegalArgumentException().isThrownBy(() -> Cube.builder(1, 1, 0, Precision.FLOAT));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cube.builder(50_000, 50_000, 1, Precision.FLOAT))
                .withMessage("an image of 50000x50000 has more than 2147483647 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().plane(0, new double[5]))
                .withMessage("5 samples given for a band of 2x3 pixels");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> small().plane(2, new double[6]));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> small().set(0, 0, 2, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> small().set(2, 0, 0, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> small().set(0, -1, 0, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().pixel(0, 0, 1))
                .withMessage("spectrum has 1 bands but the cube has 2");
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> small().run(4, 3, new double[2][3]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().run(0, 3, new double[1][3]))
                .withMessage("1 arrays given for a cube of 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().run(0, 3, new double[2][2]))
                .withMessage("2 samples given for 3 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().wavelengths(Wavelengths.of(1, 2, 3)))
                .withMessage("3 wavelengths given for a cube of 2 bands");
        assertThatIllegalArgumentException().isThrownBy(() -> small().bandNames(List.of("a")));
        assertThatIllegalArgumentException().isThrownBy(() -> small().goodBands(true));
        assertThatIllegalArgumentException().isThrownBy(() -> small().scale(new double[1], new double[2]));
        assertThatIllegalArgumentException().isThrownBy(() -> small().scale(new double[2], new double[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> small().scale(new double[] {1, 0}, new double[2]))
                .withMessage("the scale of band 1 would be gain 0.0 and offset 0.0");
        assertThatIllegalArgumentException().isThrownBy(() -> small().mask(Mask.all(3, 2)));
        assertThatNullPointerException().isThrownBy(() -> small().name(null));
        assertThatNullPointerException().isThrownBy(() -> small().quantity(null));
        assertThatNullPointerException().isThrownBy(() -> small().geoReference(null));
        assertThatNullPointerException().isThrownBy(() -> small().provenance(null));
    }

    @Test
    void aBuilderIsUsedUpByBuild() {
        Cube.Builder builder = small();
        Cube cube = builder.build();
        PixelTile tile = new PixelTile(2, 6);
        cube.read(0, 6, tile);

        assertThatIllegalStateException().isThrownBy(builder::build).withMessage("the builder was used up");
        assertThatIllegalStateException().isThrownBy(() -> builder.set(0, 0, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> builder.pixel(0, 0, 1, 2));
        assertThatIllegalStateException().isThrownBy(() -> builder.plane(0, new double[6]));
        assertThatIllegalStateException().isThrownBy(() -> builder.run(0, 1, new double[2][1]));
        assertThatIllegalStateException().isThrownBy(() -> builder.put(tile, tile.planes()));
        assertThatIllegalStateException().isThrownBy(() -> builder.goodBands(true, true));
        assertThatIllegalStateException().isThrownBy(() -> builder.mask(Mask.all(2, 3)));
    }

    @Test
    void samplesOfASourceCannotBeSet() {
        Cube.Builder builder = Cube.builder(new FormulaSource(2, 3, 2, Precision.FLOAT, (i, b) -> i));
        PixelTile tile = new PixelTile(2, 6);
        small().build().read(0, 6, tile);

        assertThatIllegalStateException().isThrownBy(() -> builder.set(0, 0, 0, 1));
        assertThatIllegalStateException().isThrownBy(() -> builder.plane(0, new double[6]));
        assertThatIllegalStateException().isThrownBy(() -> builder.run(0, 1, new double[2][1]));
        assertThatIllegalStateException()
                .isThrownBy(() -> builder.put(tile, tile.planes()))
                .withMessage("the samples come from a source and cannot be set");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cube.builder(new FormulaSource(1, 1, 0, Precision.FLOAT, (i, b) -> i)))
                .withMessage("a cube has at least one band, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Cube.builder(new FormulaSource(1 << 16, 1 << 15, 1, Precision.FLOAT, (i, b) -> i)));
    }

    @Test
    void equalCubesSayTheSame() {
        Cube cube = described().build();

        Cube itself = cube;
        assertThat(cube)
                .isEqualTo(itself)
                .isEqualTo(described().build())
                .hasSameHashCodeAs(described().build());
        // Name, provenance, precision and storage do not count.
        assertThat(cube).isEqualTo(described().name("other").provenance("other").build());
        assertThat(cube.toHeap(Precision.FLOAT)).isEqualTo(cube);
        assertThat(small().build()).isEqualTo(small().goodBands(true, true).build());

        assertThat(cube).isNotEqualTo("cube");
        assertThat(cube).isNotEqualTo(null);
        assertThat(cube).isNotEqualTo(described().set(0, 1, 0, 9).build());
        assertThat(cube).isNotEqualTo(described().goodBands(true, true).build());
        assertThat(cube).isNotEqualTo(described().quantity(Quantity.RADIANCE).build());
        assertThat(cube)
                .isNotEqualTo(described().wavelengths(Wavelengths.of(1, 2)).build());
        assertThat(cube).isNotEqualTo(described().bandNames(List.of("a", "b")).build());
        assertThat(cube).isNotEqualTo(described().noData(5).build());
        assertThat(cube).isNotEqualTo(described().mask(Mask.all(2, 3)).build());
        assertThat(cube).isNotEqualTo(cube.crop(new Region(0, 0, 1, 3)));
        assertThat(cube).isNotEqualTo(cube.crop(new Region(0, 0, 2, 2)));
        assertThat(cube).isNotEqualTo(cube.selectBands(0));
        assertThat(cube)
                .isNotEqualTo(described()
                        .geoReference(PLACE.crop(new Region(1, 0, 1, 1)))
                        .build());
    }

    @Test
    void tilesAreThoseOfItsShape() {
        assertThat(small().build().tiles(2, 1)).isEqualTo(Region.tiles(2, 3, 2, 1));
    }

    /** 1.6 thousand million pixels: samples are counted in long, and views touch only what they need. */
    @Test
    void viewsOfAHugeRasterReachItsEnd() {
        int side = 40_000;
        Cube huge = Cube.builder(new FormulaSource(side, side, 3, Precision.DOUBLE, (i, b) -> i + 0.25 * b))
                .build();
        long last = (long) side * side - 1;

        assertThat(huge.pixels()).isEqualTo(1_600_000_000);
        assertThat(huge.samples()).isEqualTo(4_800_000_000L);
        assertThat(huge.value(side - 1, side - 1, 2)).isEqualTo(last + 0.5);
        assertThat(huge.spectrum(side - 1, 0).value(1)).isEqualTo(last - side + 1 + 0.25);

        PixelTile tile = new PixelTile(3, 5);
        huge.read(huge.pixels() - 5, 5, tile);
        assertThat(tile.planes()[0]).containsExactly(last - 4, last - 3, last - 2, last - 1, last);

        Cube corner = huge.crop(new Region(side - 3, side - 2, 3, 2)).selectBands(2);
        assertThat(corner.plane(0))
                .containsExactly(
                        last - 2 * side - 0.5,
                        last - 2 * side + 0.5,
                        last - side - 0.5,
                        last - side + 0.5,
                        last - 0.5,
                        last + 0.5);
        assertThat(corner.toHeap(Precision.DOUBLE)).isEqualTo(corner);
        double[][] planes = new double[3][2];
        huge.read(new Region(side - 1, side - 2, 1, 2), planes);
        assertThat(planes[0]).containsExactly(last - 1, last);
        assertThat(huge).isNotEqualTo(huge.scaled(2, 0));
    }

    /** As many pixels as there can be: the loops over tiles end although first + capacity is beyond the last int. */
    @Slow
    @Test
    void countsToTheLastPixelThereCanBe() {
        Cube longest = Cube.builder(new FormulaSource(
                        1,
                        Integer.MAX_VALUE,
                        1,
                        Precision.FLOAT,
                        (i, b) -> i == Integer.MAX_VALUE - 1 ? Double.NaN : 1))
                .build();

        assertThat(longest.validMask().count()).isEqualTo(Integer.MAX_VALUE - 1);
    }

    @Test
    void thePlainSourceIsThatOfAnUnchangedCube() {
        SampleSource source = new org.hsi4j.testing.FormulaSource(2, 3, 4, Precision.DOUBLE, (pixel, band) -> pixel);
        Cube cube = Cube.builder(source).noData(5).build();

        assertThat(cube.plainSource()).containsSame(source);
        assertThat(cube.selectBands(0, 1, 2, 3).plainSource()).containsSame(source);
        assertThat(cube.selectBands(0, 1, 3, 2).plainSource()).isEmpty();
        assertThat(cube.selectBands(0, 1).plainSource()).isEmpty();
        assertThat(cube.crop(new Region(0, 0, 2, 2)).plainSource()).isEmpty();
        assertThat(cube.scaled(2, 0).plainSource()).isEmpty();
        assertThat(cube.masked(Mask.all(2, 3)).plainSource()).isEmpty();
    }

    @Test
    void markedSamplesAreMissingAndTheOthersStay() {
        Cube cube = Cube.builder(new FormulaSource(2, 3, 2, Precision.DOUBLE, (pixel, band) -> 10 * pixel + band))
                .noData(21)
                .mask(Mask.of(2, 3, i -> i != 5))
                .name("field")
                .wavelengths(Wavelengths.of(500, 600))
                .build()
                .scaled(2, 1);
        Cube gapped = cube.withMissingSamples(List.of(Mask.of(2, 3, i -> i == 1), Mask.of(2, 3, i -> i == 4)));

        assertThat(gapped.plane(0)).containsExactly(1, Double.NaN, 41, 61, 81, Double.NaN);
        assertThat(gapped.plane(1)).containsExactly(3, 23, Double.NaN, 63, Double.NaN, Double.NaN);
        assertThat(gapped.validMask()).isEqualTo(Mask.of(2, 3, i -> i == 0 || i == 3));
        assertThat(gapped.crop(new Region(1, 0, 1, 2)).selectBands(1).plane(0)).containsExactly(63, Double.NaN);
        assertThat(gapped.mask()).isEqualTo(cube.mask()).isPresent();
        assertThat(gapped.wavelengths()).isEqualTo(cube.wavelengths());
        assertThat(gapped.provenance()).last().isEqualTo("2 samples marked as missing");
    }

    @Test
    void missingSamplesNeedAMaskABand() {
        Cube cube = Cube.of(2, 3, new double[2][6]);
        assertThat(cube.mask()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.withMissingSamples(List.of(Mask.all(2, 3))))
                .withMessage("1 masks given for 2 bands");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cube.withMissingSamples(List.of(Mask.all(2, 3), Mask.all(3, 2))))
                .withMessage("mask is 3x2 but the cube is 2x3");
    }

    @Test
    void aResultThatIsComputedWhenItIsReadHasTheMetadataOfTheScene() {
        Cube cube = Cube.builder(2, 3, 2, Precision.FLOAT)
                .name("field")
                .bandNames(List.of("red", "green"))
                .mask(Mask.of(2, 3, i -> i != 5))
                .build();
        Cube like = Cube.builderLike(cube, new FormulaSource(2, 3, 2, Precision.DOUBLE, (pixel, band) -> 7))
                .build();

        assertThat(like.name()).isEqualTo("field");
        assertThat(like.bandNames()).isEqualTo(cube.bandNames());
        assertThat(like.plane(1)).containsOnly(7);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Cube.builderLike(cube, new FormulaSource(2, 3, 1, Precision.DOUBLE, (pixel, band) -> 7)))
                .withMessage("the source is 2x3x1 but the cube is 2x3x2");
    }
}
