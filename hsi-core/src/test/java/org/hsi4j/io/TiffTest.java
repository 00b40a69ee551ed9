package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Wavelengths;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TiffTest {
    @TempDir
    Path folder;

    /** A file by the definition of the format; it can also lie. */
    private static final class Fixture {
        private final ByteOrder order;
        private final TreeMap<Integer, byte[]> values = new TreeMap<>();
        private final TreeMap<Integer, Integer> types = new TreeMap<>();
        private byte[] samples = new byte[0];

        Fixture(ByteOrder order) {
            this.order = order;
        }

        Fixture with(int tag, int type, double... numbers) {
            int[] sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
            ByteBuffer buffer =
                    ByteBuffer.allocate(sizes[type] * numbers.length).order(order);
            for (double v : numbers) {
                switch (type) {
                    case 3 -> buffer.putShort((short) (int) v);
                    case 4 -> buffer.putInt((int) (long) v);
                    default -> buffer.putDouble(v);
                }
            }
            values.put(tag, buffer.array());
            types.put(tag, type);
            return this;
        }

        Fixture text(int tag, String text) {
            values.put(tag, (text + "\0").getBytes(StandardCharsets.UTF_8));
            types.put(tag, 2);
            return this;
        }

        Fixture samples(byte[] bytes) {
            samples = bytes;
            return this;
        }

        /** The samples begin at byte 8. */
        byte[] bytes() {
            int[] sizes = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
            int directory = 8 + samples.length;
            int extra = directory + 2 + 12 * values.size() + 4;
            int length =
                    extra + values.values().stream().mapToInt(v -> v.length).sum();
            ByteBuffer out = ByteBuffer.allocate(length).order(order);
            out.put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'))
                    .put((byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I'));
            out.putShort((short) 42).putInt(directory).put(samples).putShort((short) values.size());
            for (int tag : values.keySet()) {
                byte[] value = values.get(tag);
                out.putShort((short) tag).putShort((short) (int) types.get(tag));
                out.putInt(value.length / sizes[types.get(tag)]);
                if (value.length <= 4) {
                    out.put(Arrays.copyOf(value, 4));
                } else {
                    out.putInt(extra);
                    int back = out.position();
                    out.position(extra).put(value).position(back);
                    extra += value.length;
                }
            }
            return out.array();
        }
    }

    /** 2 rows, 3 columns, 2 bands of 16 bits, 1 to 12 in the order of the file. */
    private static Fixture small(ByteOrder order, boolean planar) {
        ByteBuffer samples = ByteBuffer.allocate(24).order(order);
        for (int i = 1; i <= 12; i++) {
            samples.putShort((short) i);
        }
        return new Fixture(order)
                .with(256, 3, 3)
                .with(257, 3, 2)
                .with(258, 3, 16, 16)
                .with(259, 3, 1)
                .with(273, 4, planar ? new double[] {8, 20} : new double[] {8})
                .with(277, 3, 2)
                .with(278, 3, 2)
                .with(279, 4, planar ? new double[] {12, 12} : new double[] {24})
                .with(284, 3, planar ? 2 : 1)
                .with(339, 3, 2, 2)
                .samples(samples.array());
    }

    private Cube read(Fixture fixture) throws IOException {
        return Cubes.read(Files.write(folder.resolve("a.tif"), fixture.bytes()));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void byPixelAndByBand(boolean bigEndian) throws IOException {
        ByteOrder order = bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;

        Cube byBand = read(small(order, true));
        assertThat(byBand.plane(0)).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(byBand.plane(1)).containsExactly(7, 8, 9, 10, 11, 12);
        Cube byPixel = read(small(order, false));
        assertThat(byPixel.plane(0)).containsExactly(1, 3, 5, 7, 9, 11);
        assertThat(byPixel.plane(1)).containsExactly(2, 4, 6, 8, 10, 12);
        assertThat(byPixel.columns()).isEqualTo(3);
    }

    @Test
    void stripsOutOfOrderAndDifferences() throws IOException {
        Cube strips = read(small(ByteOrder.LITTLE_ENDIAN, false)
                .with(278, 3, 1)
                .with(273, 4, 20, 8)
                .with(279, 4, 12, 12));
        assertThat(strips.plane(0)).containsExactly(7, 9, 11, 1, 3, 5);

        Cube differences = read(small(ByteOrder.BIG_ENDIAN, true).with(317, 3, 2));
        assertThat(differences.plane(1)).containsExactly(7, 15, 24, 10, 21, 33);
    }

    @Test
    void tiles() throws IOException {
        Fixture fixture = new Fixture(ByteOrder.LITTLE_ENDIAN)
                .with(256, 3, 3)
                .with(257, 3, 3)
                .with(258, 3, 8)
                .with(277, 3, 1)
                .with(322, 3, 2)
                .with(323, 3, 2)
                .with(324, 4, 8, 12, 16, 20)
                .with(325, 4, 4, 4, 4, 4)
                .samples(new byte[] {1, 2, 4, 5, 3, 0, 6, 0, 7, 8, 0, 0, 9, 0, 0, 0});

        assertThat(read(fixture).plane(0)).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    /** The predictor for floats: bytes of a row by significance, then differences. */
    @Test
    void floatPredictor() throws IOException {
        float[] row = {1.5f, -2.25f, 1e10f};
        byte[] bytes = new byte[12];
        for (int i = 0; i < 3; i++) {
            byte[] big = ByteBuffer.allocate(4).putFloat(row[i]).array();
            for (int k = 0; k < 4; k++) {
                bytes[k * 3 + i] = big[k];
            }
        }
        for (int i = 11; i > 0; i--) {
            bytes[i] -= bytes[i - 1];
        }
        Fixture fixture = new Fixture(ByteOrder.LITTLE_ENDIAN)
                .with(256, 3, 3)
                .with(257, 3, 1)
                .with(258, 3, 32)
                .with(273, 4, 8)
                .with(279, 4, 12)
                .with(317, 3, 3)
                .with(339, 3, 3)
                .samples(bytes);

        assertThat(read(fixture).plane(0)).containsExactly(1.5, -2.25, 1e10f);
    }

    /** Against the writer of the JDK, on noise and on runs, so that every code length comes up. */
    @ParameterizedTest
    @CsvSource({"LZW, 1", "LZW, 3", "ZLib, 1", "Deflate, 3", "PackBits, 1", "PackBits, 3"})
    void compressions(String compression, int bands) throws IOException {
        int rows = 150;
        int columns = 131;
        BufferedImage image = new BufferedImage(
                columns, rows, bands == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        WritableRaster raster = image.getRaster();
        Random random = new Random(5);
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                for (int b = 0; b < bands; b++) {
                    raster.setSample(c, r, b, r % 3 == 0 ? random.nextInt(256) : r);
                }
            }
        }
        Path file = folder.resolve("a.tif");
        Files.write(file, TiffFixture.compressed(image, compression, false));

        Cube cube = Cubes.read(file);

        for (int b = 0; b < bands; b++) {
            double[] plane = cube.plane(b);
            for (int i = 0; i < plane.length; i++) {
                assertThat(plane[i]).isEqualTo(raster.getSample(i % columns, i / columns, b));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"enmap_potsdam_tile_128_0.tif", "enmap_potsdam_tile_128_32.tif"})
    @RealData
    void enmap(String name) throws IOException {
        Cube cube = Cubes.read(SharedFiles.data("geotiff/enmap_potsdam/" + name));

        assertThat(List.of(cube.rows(), cube.columns(), cube.bands())).containsExactly(32, 32, 224);
        Wavelengths w = cube.wavelengths().orElseThrow();
        assertThat(w.at(0)).isEqualTo(418.24);
        assertThat(w.fwhm(1)).hasValue(6.6675);
        assertThat(cube.bandNames().orElseThrow().get(0)).isEqualTo("band 1 (418.24 Nanometers)");
        assertThat(cube.noDataValue()).isPresent();
        GeoReference reference = cube.geoReference().orElseThrow();
        assertThat(reference.projection()).isEqualTo("UTM");
        assertThat(reference.zone()).isEqualTo(33);
        assertThat(reference.pixelWidth()).isEqualTo(30);
        assertThat(reference.rotation()).isZero();
        // reflectances, because the scale of 0.0001 was applied
        assertThat(Arrays.stream(cube.plane(100)).average().orElseThrow()).isBetween(0.0, 1.0);
    }

    @Test
    @RealData
    void tableBesideTheFile() throws IOException {
        Path table = SharedFiles.data("geotiff/enmap_potsdam/enmap_potsdam_srf.csv");
        Files.copy(table, folder.resolve("scene_srf.csv"));
        int bands = 224;
        double[] each = new double[bands];
        Arrays.fill(each, 8);
        double[] offsets = new double[bands];
        Arrays.setAll(offsets, b -> 8 + b);
        double[] ones = new double[bands];
        Arrays.fill(ones, 1);
        Path file = Files.write(
                folder.resolve("scene_tile.tif"),
                new Fixture(ByteOrder.LITTLE_ENDIAN)
                        .with(256, 3, 1)
                        .with(257, 3, 1)
                        .with(258, 3, each)
                        .with(273, 4, offsets)
                        .with(277, 3, bands)
                        .with(279, 4, ones)
                        .with(284, 3, 2)
                        .samples(new byte[bands])
                        .bytes());

        Wavelengths w = Cubes.read(file).wavelengths().orElseThrow();

        assertThat(w.at(0)).isEqualTo(418.24);
        assertThat(w.fwhm(0)).hasValue(6.99561);
    }

    @Test
    void metadata() throws IOException {
        String xml = "<GDALMetadata><Item name=\"OFFSET\" sample=\"0\" role=\"offset\">1</Item>"
                + "<Item name=\"OFFSET\" sample=\"1\" role=\"offset\">2</Item>"
                + "<Item name=\"SCALE\" sample=\"0\" role=\"scale\">10</Item>"
                + "<Item name=\"SCALE\" sample=\"1\" role=\"scale\">100</Item>"
                + "<Item name=\"bbl\" sample=\"0\">1</Item><Item name=\"bbl\" sample=\"1\">0</Item>"
                + "<Item name=\"DESCRIPTION\" sample=\"0\" role=\"description\">a &lt; b &amp;amp;</Item>"
                + "<Item name=\"DESCRIPTION\" sample=\"1\" role=\"description\">c</Item>"
                + "<Item name=\"CENTRAL_WAVELENGTH_UM\" sample=\"0\" domain=\"IMAGERY\">0.5</Item>"
                + "<Item name=\"CENTRAL_WAVELENGTH_UM\" sample=\"1\" domain=\"IMAGERY\">0.6</Item>"
                + "<Item name=\"wavelength\" sample=\"9\">nonsense</Item></GDALMetadata>";

        Cube cube = read(small(ByteOrder.LITTLE_ENDIAN, true).text(42112, xml).text(42113, "3"));

        assertThat(cube.plane(0)).containsExactly(11, 21, Double.NaN, 41, 51, 61);
        assertThat(cube.value(0, 0, 1)).isEqualTo(702);
        assertThat(cube.isGoodBand(0)).isTrue();
        assertThat(cube.isGoodBand(1)).isFalse();
        assertThat(cube.bandNames()).hasValue(List.of("a < b &amp;", "c"));
        assertThat(cube.wavelengths().orElseThrow().toArray()).containsExactly(500, 600);
    }

    @Test
    void positions() throws IOException {
        Fixture centre = small(ByteOrder.BIG_ENDIAN, true)
                .with(33550, 12, 0.5, 0.25, 0)
                .with(33922, 12, 1, 1, 0, 10, 20, 0)
                .with(34735, 3, 1, 1, 0, 3, 1024, 0, 1, 2, 1025, 0, 1, 2, 2048, 0, 1, 4326);
        GeoReference g = read(centre).geoReference().orElseThrow();
        assertThat(g.projection()).isEqualTo("Geographic Lat/Lon");
        // the centre of pixel (1, 1) is at (10, 20)
        assertThat(g.xAt(1.5, 1.5)).isEqualTo(10);
        assertThat(g.yAt(1.5, 1.5)).isEqualTo(20);

        double cos = Math.cos(0.3);
        double sin = Math.sin(0.3);
        Fixture turned = small(ByteOrder.LITTLE_ENDIAN, true)
                .with(34264, 12, 2 * cos, 3 * sin, 0, 100, 2 * sin, -3 * cos, 0, 200, 0, 0, 0, 0, 0, 0, 0, 1)
                .with(34735, 3, 1, 1, 0, 1, 3072, 0, 1, 3035);
        GeoReference t = read(turned).geoReference().orElseThrow();
        assertThat(t.projection()).isEqualTo("EPSG:3035");
        assertThat(t.rotation()).isCloseTo(Math.toDegrees(0.3), within(1e-12)); // of a number of some ten degrees
        assertThat(t.xAt(2, 1)).isCloseTo(100 + 2 * cos + 6 * sin, within(1e-12));
        assertThat(t.yAt(2, 1)).isCloseTo(200 + 2 * sin - 6 * cos, within(1e-12));

        Fixture mirrored =
                small(ByteOrder.LITTLE_ENDIAN, true).with(34264, 12, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
        Cube cube = read(mirrored);
        assertThat(cube.geoReference()).isEmpty();
        assertThat(cube.provenance()).anyMatch(n -> n.contains("sheared or mirrored"));
    }

    @Test
    void hostileFiles() throws IOException {
        List<Fixture> fixtures = new ArrayList<>();
        fixtures.add(new Fixture(ByteOrder.LITTLE_ENDIAN));
        for (int compression : new int[] {0, 4, 7, 34887, 34925, 50001, 12345}) {
            fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(259, 3, compression));
        }
        double huge = 4294967295.0;
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(256, 4, huge));
        fixtures.add(
                small(ByteOrder.LITTLE_ENDIAN, true).with(256, 4, 2147483647).with(257, 4, 2147483647));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(256, 4, 1 << 15).with(257, 4, 1 << 15));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, false)
                .with(259, 3, 8)
                .with(257, 4, 1 << 20)
                .with(278, 4, 1 << 20));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(273, 4, 8, huge));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(279, 4, 12, 11));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(278, 3, 0));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(278, 3, 1));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(284, 3, 3));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(258, 3, 12, 12));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(258, 3, 16, 8));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(317, 3, 3));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true).with(324, 4, 8).with(322, 4, huge));
        fixtures.add(small(ByteOrder.LITTLE_ENDIAN, true)
                .with(324, 4, 8, 8)
                .with(325, 4, 24, 24)
                .with(322, 4, 2147483647)
                .with(323, 4, 2147483647));
        for (int compression : new int[] {5, 8, 32773}) {
            fixtures.add(small(ByteOrder.LITTLE_ENDIAN, false).with(259, 3, compression));
        }
        for (Fixture fixture : fixtures) {
            Path file = Files.write(folder.resolve("a.tif"), fixture.bytes());
            assertThatThrownBy(() -> Cubes.read(file))
                    .isInstanceOf(MalformedFileException.class)
                    .hasMessageStartingWith(file.toString());
        }
    }

    @Test
    void whatIsNotSupportedIsNamed() throws IOException {
        assertThatThrownBy(() -> read(small(ByteOrder.LITTLE_ENDIAN, true).with(259, 3, 50000)))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("ZSTD");
        byte[] big = {'I', 'I', 43, 0, 8, 0, 0, 0, 16, 0, 0, 0, 0, 0, 0, 0};
        Path file = Files.write(folder.resolve("big.tif"), big);
        assertThatThrownBy(() -> Cubes.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a BigTIFF file");
    }
}
