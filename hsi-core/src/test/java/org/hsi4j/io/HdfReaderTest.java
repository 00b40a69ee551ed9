package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jhdf.WritableHdfFile;
import io.jhdf.api.DatasetCreationOptions;
import io.jhdf.api.WritableDataset;
import io.jhdf.api.WritableGroup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Region;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HdfReaderTest {
    private static final int ROWS = 5;
    private static final int COLUMNS = 4;
    private static final int BANDS = 3;

    @TempDir
    Path folder;

    private static float sample(int row, int column, int band) {
        return 100 * band + 10 * row + column;
    }

    /** The scene with its axes in an order. */
    private static float[][][] scene(AxisOrder order) {
        int[] shape = new int[3];
        shape[order.rowAxis()] = ROWS;
        shape[order.columnAxis()] = COLUMNS;
        shape[order.bandAxis()] = BANDS;
        float[][][] scene = new float[shape[0]][shape[1]][shape[2]];
        int[] i = new int[3];
        for (i[0] = 0; i[0] < shape[0]; i[0]++) {
            for (i[1] = 0; i[1] < shape[1]; i[1]++) {
                for (i[2] = 0; i[2] < shape[2]; i[2]++) {
                    scene[i[0]][i[1]][i[2]] = sample(i[order.rowAxis()], i[order.columnAxis()], i[order.bandAxis()]);
                }
            }
        }
        return scene;
    }

    private static void assertScene(Cube cube) {
        assertThat(new int[] {cube.rows(), cube.columns(), cube.bands()}).containsExactly(ROWS, COLUMNS, BANDS);
        for (int b = 0; b < BANDS; b++) {
            double[] plane = cube.plane(b);
            for (int r = 0; r < ROWS; r++) {
                for (int c = 0; c < COLUMNS; c++) {
                    assertThat(plane[r * COLUMNS + c]).isEqualTo(sample(r, c, b));
                    assertThat(cube.value(r, c, b)).isEqualTo(sample(r, c, b));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = "AUTO", mode = EnumSource.Mode.EXCLUDE)
    void readsEveryOrderOfAxes(AxisOrder order) throws IOException {
        ReadOptions options = ReadOptions.defaults().withAxisOrder(order);
        DatasetCreationOptions chunked = DatasetCreationOptions.builder()
                .chunkDimensions(2, 3, 2)
                .deflate()
                .build();
        Path plain = HdfFixture.write(folder.resolve("a.h5"), f -> f.putDataset("x", scene(order)));
        Path chunks = HdfFixture.write(folder.resolve("b.h5"), f -> f.putDataset("x", scene(order), chunked));

        assertScene(Cubes.read(plain, options));
        assertScene(Cubes.read(chunks, options));
        assertThat(Cubes.read(plain, options).precision()).isEqualTo(Precision.FLOAT);
    }

    @Test
    void takesTheNamedDatasetOfAGroup() throws IOException {
        Path file = HdfFixture.write(folder.resolve("a.h5"), f -> {
            WritableGroup group = f.putGroup("flight");
            group.putDataset("second", scene(AxisOrder.BANDS_ROWS_COLUMNS));
            group.putDataset("first", scene(AxisOrder.ROWS_COLUMNS_BANDS));
            group.putDataset("wavelength", new double[] {0.5, 0.6, 0.7});
        });
        ReadOptions options = ReadOptions.defaults();

        for (String name : new String[] {"flight/first", "/flight/first", "flight/second"}) {
            Cube cube = Cubes.read(file, options.withVariable(name));
            assertScene(cube);
            assertThat(cube.wavelengths().orElseThrow().toArray()).containsExactly(500, 600, 700);
            assertThat(cube.name()).isEqualTo("a");
        }
        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name the dataset that is the scene; the file has flight/");
        assertThatThrownBy(() -> Cubes.read(file, options.withVariable("third")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no dataset 'third'; it has flight/");
        assertThatThrownBy(() -> Cubes.read(file, options.withVariable("flight/wavelength")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("flight/wavelength (3 double) has 1 dimensions");
    }

    /** Three endmembers of four bands, and a truth of two rows and three columns, as NumPy would write them. */
    private Path matrices() {
        return HdfFixture.write(folder.resolve("truth.h5"), f -> {
            f.putDataset("map", new byte[][] {{0, 1, 0}, {1, 1, 0}});
            WritableGroup group = f.putGroup("g");
            group.putDataset("E", new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, Double.NaN}});
            group.putDataset("wavelength", new double[] {0.5, 0.6, 0.7, 0.8});
        });
    }

    @Test
    void matricesKeepTheOrderOfTheirAxes() throws IOException {
        MatFile file = MatFile.open(matrices());

        assertThat(file.matrix("map")).isDeepEqualTo(new double[][] {{0, 1, 0}, {1, 1, 0}});
        assertThat(file.mask("map").get(1 * 3 + 0)).isTrue();
        assertThat(file.mask("map").count()).isEqualTo(3);
        assertThat(file.vector("g/wavelength")).containsExactly(0.5, 0.6, 0.7, 0.8);
        assertThat(file.spectra("g/E").get(1).toArray()).containsExactly(2, 5, 8, 11);
    }

    @Test
    void aMatrixIsALibraryOrAnImage() throws IOException {
        Path file = matrices();
        ReadOptions options = ReadOptions.defaults();

        assertThat(SpectralLibraries.read(file, options.withVariable("g/E"))
                        .wavelengths()
                        .orElseThrow()
                        .at(3))
                .isEqualTo(800);
        Cube image = Cubes.read(file, options.withVariable("/map").withShape(2, 3));
        assertThat(image.bands()).isEqualTo(1);
        assertThat(image.plane(0)).containsExactly(0, 1, 0, 1, 1, 0);
        Cube pixels =
                Cubes.read(file, options.withVariable("g/E").withShape(1, 3).withPixelOrder(PixelOrder.ROW_MAJOR));
        assertThat(pixels.spectrum(0, 2).toArray()).containsExactly(3, 6, 9, Double.NaN);
        assertThatThrownBy(() -> Cubes.read(file, options.withVariable("g/E")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("g/E (4 x 3 double) is a matrix");
    }

    @Test
    void codesOfCharactersAreNames() throws IOException {
        Path file = HdfFixture.write(folder.resolve("library.h5"), f -> {
            f.putDataset("B", new double[][] {{1, 2}, {3, 4}});
            f.putDataset("names_B", new byte[][] {{'i', 'r', 'o', 'n', ' '}, {'o', 'l', ' ', ' ', 'x'}});
            f.putDataset("E", new double[][] {{1, 2, 3}, {3, 4, 5}});
            f.putDataset("names_E", new double[][] {{65, 66}, {0.5, 66}, {65, 66}});
        });

        assertThat(MatFile.open(file).spectra("B").names()).containsExactly("iron", "ol x");
        assertThat(MatFile.open(file).spectra("E").names()).containsExactly("E 1", "E 2", "E 3");
    }

    @Test
    void contentsAreListed() throws IOException {
        FileContents contents = FileContents.of(matrices());

        assertThat(contents.kind()).isEqualTo(FileContents.Kind.ARRAYS);
        assertThat(contents.arrays())
                .extracting(MatFile.Variable::toString)
                .containsExactlyInAnyOrder("map (2 x 3 int8)", "g/E (4 x 3 double)", "g/wavelength (4 x 1 double)");
        assertThat(contents.missing("g/E")).isEqualTo(1);
        assertThatThrownBy(() -> contents.missing("E"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("has no array 'E'");
        assertThat(FileContents.of(HdfFixture.write(
                                folder.resolve("b.h5"), f -> f.putDataset("x", scene(AxisOrder.ROWS_COLUMNS_BANDS))))
                        .kind())
                .isEqualTo(FileContents.Kind.SCENE);
    }

    @Test
    void refusesAFileWithoutAScene() throws IOException {
        Path file = HdfFixture.write(folder.resolve("a.h5"), f -> f.putDataset("words", new String[] {"a", "b"}));

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found words (2 not numbers), expected a three-dimensional one");
    }

    private static double[] widths(Cube cube) {
        return IntStream.range(0, cube.bands())
                .mapToDouble(b -> cube.wavelengths().orElseThrow().fwhm(b).orElseThrow())
                .toArray();
    }

    private static void emit(WritableHdfFile f, String name) {
        float[][][] scene = scene(AxisOrder.ROWS_COLUMNS_BANDS);
        Arrays.fill(scene[1][2], -9999f);
        f.putDataset(name, scene).putAttribute("_FillValue", new float[] {-9999f});
        WritableGroup bands = f.putGroup("sensor_band_parameters");
        bands.putDataset("wavelengths", new float[] {381, 388.5f, 396});
        bands.putDataset("fwhm", new float[] {8.5f, 8.25f, 8});
        if (name.equals("reflectance")) {
            bands.putDataset("good_wavelengths", new byte[] {1, 0, 1});
        }
    }

    @Test
    void readsEmitRadiance() throws IOException {
        Cube cube = Cubes.read(HdfFixture.write(folder.resolve("EMIT_L1B.nc"), f -> emit(f, "radiance")));

        assertThat(cube.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(cube.value(4, 3, 2)).isEqualTo(sample(4, 3, 2));
        assertThat(cube.wavelengths().orElseThrow().toArray()).containsExactly(381, 388.5, 396);
        assertThat(widths(cube)).containsExactly(8.5, 8.25, 8);
        assertThat(cube.validMask().count()).isEqualTo(ROWS * COLUMNS - 1);
        assertThat(cube.value(1, 2, 0)).isNaN();
    }

    @Test
    void readsEmitReflectance() throws IOException {
        Cube cube = Cubes.read(HdfFixture.write(folder.resolve("EMIT_L2A.nc"), f -> emit(f, "reflectance")));

        assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(cube.isGoodBand(0)).isTrue();
        assertThat(cube.isGoodBand(1)).isFalse();
        assertThat(cube.isGoodBand(2)).isTrue();
        assertThat(cube.provenance().get(0)).contains("EMIT, dataset 'reflectance'");
    }

    private static final String WGS84 =
            "GEOGCS[\"WGS 84\",DATUM[\"WGS_1984\",SPHEROID[\"WGS 84\",6378137,298.257223563]],"
                    + "PRIMEM[\"Greenwich\",0],UNIT[\"degree\",0.0174532925199433],AUTHORITY[\"EPSG\",\"4326\"]]";

    @Test
    void emitAsTheSensorSawItHasNoPlace() throws IOException {
        Cube cube = Cubes.read(HdfFixture.write(folder.resolve("EMIT_L2A.nc"), f -> {
            emit(f, "reflectance");
            f.putAttribute("geotransform", new double[] {10, 0.0005, 0, 50, 0, -0.0005});
            f.putAttribute("spatial_ref", WGS84);
            f.putGroup("location").putDataset("glt_x", new int[][] {{1, 2}, {0, 3}});
        }));

        assertThat(cube.geoReference()).isEmpty();
        assertThat(cube.provenance())
                .contains(
                        "pixels as the sensor saw them: 'geotransform' is that of the map of 'location/glt_x' and 'glt_y'");
    }

    @Test
    void emitOnAMapHasItsPlace() throws IOException {
        Cube cube = Cubes.read(HdfFixture.write(folder.resolve("ortho.nc"), f -> {
            emit(f, "reflectance");
            f.putAttribute("geotransform", new double[] {10, 0.0005, 0, 50, 0, -0.0005});
            f.putAttribute("spatial_ref", WGS84);
        }));

        GeoReference place = cube.geoReference().orElseThrow();
        assertThat(place.projection()).isEqualTo("Geographic Lat/Lon");
        assertThat(new double[] {place.x(), place.y(), place.pixelWidth(), place.pixelHeight()})
                .containsExactly(10, 50, 0.0005, 0.0005);
        assertThat(place.coordinateSystem()).isEqualTo(WGS84);
    }

    @Test
    void aGridMappingTellsThePlace() throws IOException {
        Path file = HdfFixture.write(folder.resolve("grid.nc"), f -> {
            WritableGroup group = f.putGroup("g");
            group.putDataset("cube", scene(AxisOrder.ROWS_COLUMNS_BANDS)).putAttribute("grid_mapping", "crs");
            WritableDataset crs = group.putDataset("crs", new int[] {0});
            crs.putAttribute("GeoTransform", "300000 30 0 5000000 0 -30");
            crs.putAttribute("crs_wkt", "PROJCRS[\"WGS 84 / UTM zone 33S\",ID[\"EPSG\",32733]]");
        });

        GeoReference place = Cubes.read(file, ReadOptions.defaults().withVariable("g/cube"))
                .geoReference()
                .orElseThrow();
        assertThat(place.projection()).isEqualTo("UTM");
        assertThat(place.zone()).isEqualTo(33);
        assertThat(place.north()).isFalse();
        assertThat(place.x()).isEqualTo(300000);
        assertThat(place.pixelHeight()).isEqualTo(30);
    }

    @Test
    void aPlaceThatMakesNoSenseIsNotUsed() throws IOException {
        Path file = HdfFixture.write(folder.resolve("grid.h5"), f -> {
            f.putDataset("cube", scene(AxisOrder.ROWS_COLUMNS_BANDS)).putAttribute("grid_mapping", "crs");
            f.putDataset("crs", new int[] {0}).putAttribute("GeoTransform", "0 30 5 0 0 -30");
        });

        Cube cube = Cubes.read(file);

        assertThat(cube.geoReference()).isEmpty();
        assertThat(cube.provenance()).contains("did not use the position of the image: it is sheared or mirrored");
    }

    @Test
    void refusesAnEmitFileThatDoesNotFit() {
        Path file = HdfFixture.write(folder.resolve("a.nc"), f -> {
            f.putDataset("radiance", scene(AxisOrder.ROWS_COLUMNS_BANDS));
            f.putGroup("sensor_band_parameters").putDataset("wavelengths", new float[] {381, 388});
        });

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found 2 values, expected 3, one a band");
    }

    /** Rows x bands x columns as the levels before 2D keep them: columns from right to left x bands x rows. */
    private static short[][][] asSeen(short[][][] scene) {
        int columns = scene[0][0].length;
        short[][][] seen = new short[columns][scene[0].length][scene.length];
        for (int r = 0; r < scene.length; r++) {
            for (int b = 0; b < scene[0].length; b++) {
                for (int c = 0; c < columns; c++) {
                    seen[columns - 1 - c][b][r] = scene[r][b][c];
                }
            }
        }
        return seen;
    }

    /** Two rows, three columns; three VNIR bands of which one does not exist, and two SWIR bands. */
    private static WritableGroup prisma(WritableHdfFile f, String swath) {
        WritableGroup group = f.putGroup("HDFEOS").putGroup("SWATHS").putGroup(swath);
        WritableGroup fields = group.putGroup("Data Fields");
        DatasetCreationOptions unsigned =
                DatasetCreationOptions.builder().unsigned().build();
        short[][][] vnir = {{{0, 0, 0}, {10, 11, 12}, {20, 21, 22}}, {{0, 0, 0}, {13, 14, 15}, {23, 24, -1}}};
        short[][][] swir = {{{30, 31, 32}, {40, 41, 42}}, {{33, 34, 35}, {43, 44, 45}}};
        boolean onMap = swath.equals("PRS_L2D_HCO");
        fields.putDataset("VNIR_Cube", onMap ? vnir : asSeen(vnir), unsigned);
        fields.putDataset("SWIR_Cube", onMap ? swir : asSeen(swir), unsigned);
        f.putAttribute("List_Cw_Vnir", new float[] {0, 700, 500});
        f.putAttribute("List_Fwhm_Vnir", new float[] {0, 12, 11});
        f.putAttribute("List_Cw_Swir", new float[] {2000, 950});
        f.putAttribute("List_Fwhm_Swir", new float[] {10, 9});
        return group;
    }

    @Test
    void readsPrismaRadiance() throws IOException {
        Path file = HdfFixture.write(folder.resolve("PRS_L1.he5"), f -> {
            prisma(f, "PRS_L1_HCO");
            f.putAttribute("ScaleFactor_Vnir", 100f);
            f.putAttribute("Offset_Vnir", 0f);
            f.putAttribute("ScaleFactor_Swir", 10f);
            f.putAttribute("Offset_Swir", 1f);
        });

        Cube cube = Cubes.read(file);

        assertThat(new int[] {cube.rows(), cube.columns(), cube.bands()}).containsExactly(2, 3, 4);
        assertThat(cube.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(cube.wavelengths().orElseThrow().toArray()).containsExactly(500, 700, 950, 2000);
        assertThat(widths(cube)).containsExactly(11, 12, 9, 10);
        assertThat(cube.spectrum(1, 2).toArray()).containsExactly(new double[] {655.35, 0.15, 3.5, 2.5}, within());
        assertThat(cube.spectrum(0, 1).toArray()).containsExactly(new double[] {0.21, 0.11, 3.1, 2.1}, within());
    }

    private Path prismaLevel1() {
        return HdfFixture.write(folder.resolve("PRS_L1.he5"), f -> {
            prisma(f, "PRS_L1_HCO");
            f.putAttribute("ScaleFactor_Vnir", 1f);
            f.putAttribute("Offset_Vnir", 0f);
            f.putAttribute("ScaleFactor_Swir", 1f);
            f.putAttribute("Offset_Swir", 0f);
            f.putAttribute("List_Cw_Vnir_Flags", new int[] {0, 1, 1});
            f.putAttribute("List_Cw_Swir_Flags", new int[] {1, 0});
        });
    }

    @Test
    void prismaAsTheSensorSawItIsTurned() throws IOException {
        Cube turned = Cubes.read(prismaLevel1());
        Cube asTold = Cubes.read(prismaLevel1(), ReadOptions.defaults().withAxisOrder(AxisOrder.ROWS_BANDS_COLUMNS));

        assertThat(turned.wavelengths().orElseThrow().toArray()).containsExactly(500, 700, 2000); // 950 has no flag
        assertThat(turned.plane(1)).containsExactly(10, 11, 12, 13, 14, 15);
        assertThat(turned.crop(new Region(0, 1, 2, 1)).plane(1)).containsExactly(11, 14);
        assertThat(turned.provenance().get(0)).contains("columns x bands x rows with the columns from right to left");
        assertThat(asTold.plane(1)).containsExactly(12, 15, 11, 14, 10, 13);
        assertThat(turned.geoReference()).isEmpty();
    }

    /** Gains are quotients of float64. */
    private static org.assertj.core.data.Offset<Double> within() {
        return org.assertj.core.data.Offset.offset(1e-12);
    }

    @Test
    void readsPrismaReflectance() throws IOException {
        Path file = HdfFixture.write(folder.resolve("PRS_L2D.he5"), f -> {
            prisma(f, "PRS_L2D_HCO").putGroup("Geometric Fields").putDataset("Solar_Zenith_Angle", new float[][] {
                {0, 30, 30}, {31, 31, 31}
            });
            f.putAttribute("Epsg_Code", 32632);
            f.putAttribute("Product_ULcorner_easting", 500015.0);
            f.putAttribute("Product_ULcorner_northing", 4999985.0);
            f.putAttribute("Product_LRcorner_easting", 500075.0);
            f.putAttribute("Product_LRcorner_northing", 4999955.0);
            f.putAttribute("L2ScaleVnirMin", 0.25f);
            f.putAttribute("L2ScaleVnirMax", 1.25f);
            f.putAttribute("L2ScaleSwirMin", 0f);
            f.putAttribute("L2ScaleSwirMax", 2f);
        });

        Cube cube = Cubes.read(file);

        assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(cube.spectrum(1, 2).toArray())
                .containsExactly(
                        new double[] {1.25, 0.25 + 15 / 65535.0, 45 * 2 / 65535.0, 35 * 2 / 65535.0}, within());
        assertThat(cube.geoReference())
                .hasValue(new GeoReference("UTM", 500000, 5000000, 30, 30, 0, 32, true, "WGS-84", "Meters", ""));
        assertThat(cube.validMask().count()).isEqualTo(5);
        assertThat(cube.value(0, 0, 0)).isNaN();
    }

    @Test
    void refusesAPrismaFileWithoutItsScale() {
        Path file = HdfFixture.write(folder.resolve("PRS_L1.he5"), f -> prisma(f, "PRS_L1_HCO"));

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("attribute 'ScaleFactor_Vnir': found 0 numbers, expected one number");
    }

    @Test
    void givesTheSameToManyThreads() throws IOException {
        float[][][] large = new float[64][70][33];
        for (float[][] row : large) {
            for (float[] pixel : row) {
                Arrays.fill(pixel, large.length + pixel.length);
            }
        }
        large[63][69][32] = 5;
        DatasetCreationOptions chunked = DatasetCreationOptions.builder()
                .chunkDimensions(16, 16, 16)
                .shuffle()
                .deflate()
                .build();
        Cube cube = Cubes.read(HdfFixture.write(folder.resolve("a.h5"), f -> f.putDataset("x", large, chunked)));

        double[] sums = IntStream.range(0, 33 * 8)
                .parallel()
                .mapToDouble(i -> Arrays.stream(cube.plane(i % 33)).sum())
                .toArray();

        for (int i = 0; i < sums.length; i++) {
            assertThat(sums[i]).isEqualTo(64 * 70 * 97 - (i % 33 == 32 ? 92 : 0));
        }
    }

    @Test
    void refusesGarbage() throws IOException {
        byte[] garbage = new byte[4096];
        new Random(5).nextBytes(garbage);
        System.arraycopy(new byte[] {(byte) 0x89, 'H', 'D', 'F', '\r', '\n', 0x1a, '\n'}, 0, garbage, 0, 8);
        Path file = Files.write(folder.resolve("a.h5"), garbage);

        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("expected a whole HDF5 file");
    }
}
