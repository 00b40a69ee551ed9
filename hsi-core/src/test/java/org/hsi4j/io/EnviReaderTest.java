package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EnviReaderTest {
    @TempDir
    Path folder;

    private Cube read(UnaryOperator<EnviFixture> change) throws IOException {
        return Cubes.read(change.apply(EnviFixture.small()).write(folder));
    }

    private Cube readText(String header, Charset charset) throws IOException {
        Path file = EnviFixture.small().write(folder);
        Files.write(file, header.getBytes(charset));
        return Cubes.read(file);
    }

    @Test
    void defaultsOfMissingFields() throws IOException {
        Cube cube = readText("ENVI\nsamples=3\nlines=2\nbands=4\ndata type=2", StandardCharsets.US_ASCII);

        assertThat(cube.value(1, 2, 3)).isEqualTo(305);
        assertThat(cube.provenance())
                .containsExactly(
                        "read from scene.img, ENVI, 2 rows x 3 columns x 4 bands, int16, bsq, little-endian",
                        "the header has no 'interleave': took bsq",
                        "the header has no 'byte order': took little-endian");
        assertThat(cube.name()).isEqualTo("scene");
        assertThat(cube.quantity()).isEqualTo(Quantity.UNKNOWN);
        assertThat(cube.wavelengths()).isEmpty();
        assertThat(cube.bandNames()).isEmpty();
        assertThat(cube.noDataValue()).isEmpty();
        assertThat(cube.geoReference()).isEmpty();
    }

    @Test
    void anyWayOfWritingAHeader() throws IOException {
        Cube cube = readText(
                "\ufeffENVI\r\n; samples = 7 in a comment\r\n\r\n  Samples   =  3 \r\nLINES=2\r\nbands\t= 4\r\n"
                        + "header  offset = 0\r\nData Type = 2\r\ninterleave = BSQ\r\nbyte order = 0\r\nstray words\r\n"
                        + "description = {\r\n a {nested}\r\n ; text = no field }\r\n"
                        + "band names = {\r\n red, edge ,\r\n gr\u00fcn\r\n,blue,\r\n x=y}\r\n"
                        + "wavelength = { 0.4, 0.5,\r\n0.6,\r\n 0.7, }\r\n",
                StandardCharsets.UTF_8);

        assertThat(cube.value(0, 1, 2)).isEqualTo(201);
        assertThat(cube.wavelengths().orElseThrow().at(1)).isEqualTo(500);
        assertThat(cube.provenance())
                .contains(
                        "description: a {nested} ; text = no field",
                        "ignored line 11 of the header: 'stray words'",
                        "took the wavelengths for um by their size; the header says no unit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-8"})
    void lettersOutsideAscii(String charset) throws IOException {
        Cube cube = readText(
                EnviFixture.small()
                        .with("band names", "{\u00e4, \u00f6, \u00fc, \u00b5}")
                        .header(),
                Charset.forName(charset));

        assertThat(cube.bandNames().orElseThrow()).containsExactly("\u00e4", "\u00f6", "\u00fc", "\u00b5");
    }

    @Test
    void oldMacLineEnds() throws IOException {
        assertThat(readText(EnviFixture.small().header().replace('\n', '\r'), StandardCharsets.UTF_8)
                        .bands())
                .isEqualTo(4);
    }

    @Test
    void bracesThatNeverBalance() throws IOException {
        Cube cube = read(f -> f.with("x", "{a {b}").with("band names", "{a, b, c, d}"));

        assertThat(cube.bandNames().orElseThrow()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "scene.hdr, scene",
        "scene.hdr, scene.img",
        "scene.hdr, scene.DAT",
        "scene.hdr, scene.sli",
        "scene.hdr, scene.anything",
        "scene.HDR, scene.bil",
        "scene.img.hdr, scene.img",
        "scene.v2.hdr, scene.v2",
        "scene.txt, scene",
    })
    void namesOfTheTwoFiles(String header, String binary) throws IOException {
        EnviFixture fixture = EnviFixture.small();
        fixture.write(folder);
        Path h = Files.move(folder.resolve("scene.hdr"), folder.resolve(header));
        Path b = Files.move(folder.resolve("scene.img"), folder.resolve(binary));
        Files.writeString(folder.resolve("scene.xml"), "something else");
        Files.createDirectory(folder.resolve("scene.other"));

        assertThat(Cubes.read(h).value(1, 2, 3)).isEqualTo(305);
        if (!header.endsWith("txt")) {
            assertThat(Cubes.read(b).value(1, 2, 3)).isEqualTo(305);
        }
    }

    @Test
    void headerWithoutFolderInItsName() throws IOException {
        Path header = EnviFixture.small().write(folder);
        Path relative = Path.of("").toAbsolutePath().relativize(header.toAbsolutePath());

        assertThat(Cubes.read(relative).bands()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "Nanometers, 1",
        "nm, 1",
        "Micrometers, 1000",
        "um, 1000",
        "Millimeters, 1e6",
        "Centimeters, 1e7",
        "Meters, 1e9",
        "Angstroms, 0.1",
    })
    void unitsOfWavelengths(String unit, double nanometres) throws IOException {
        Wavelengths w = read(f -> f.with("wavelength units", unit)
                        .with("wavelength", "{1, 2, 3, 4}")
                        .with("fwhm", "{.1, .1, .1, 1.0d-1}"))
                .wavelengths()
                .orElseThrow();

        assertThat(w.at(2)).isCloseTo(3 * nanometres, within(1e-9 * nanometres)); // one rounding
        assertThat(w.fwhm(3).orElseThrow()).isCloseTo(0.1 * nanometres, within(1e-9 * nanometres));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Wavenumber | {1, 2, 3, 4} | {1, 1, 1, 1} | did not use 'wavelength': its unit is Wavenumber",
                "nm | {0, 0, 0, 0} | | did not use 'wavelength': not all of its values are positive",
                "nm | {nan, 2, 3, 4} | | did not use 'wavelength': not all of its values are positive",
                "nm | {1, 2, 3, 4} | {0, 1, 1, 1} | did not use 'fwhm': not all of its values are positive",
                "Unknown | {400, 500, 600, 700} | | took the wavelengths for nm by their size; the header says 'Unknown'",
                "parsec | {.4, .5, .6, .7} | | took the wavelengths for um by their size; the header says 'parsec'",
                "nm | | {1, 1, 1, 1} | did not use 'fwhm': there are no wavelengths",
            })
    void whatIsGuessedIsSaid(String unit, String wavelength, String fwhm, String note) throws IOException {
        Cube cube = read(f -> f.with("wavelength units", unit)
                .with("wavelength", wavelength == null ? "" : wavelength)
                .with("fwhm", fwhm == null ? "{}" : fwhm));

        assertThat(cube.provenance()).contains(note);
        assertThat(cube.wavelengths().isPresent()).isEqualTo(!note.contains("'wavelength'") && wavelength != null);
    }

    @Test
    void namesThatCannotBeToldApartAreLeftOut() throws IOException {
        Cube cube = read(f -> f.with("band names", "{a, b, c, d, e}"));
        Cube lines = read(f -> f.with("band names", "{\nred, 1,\ngreen, 2,\n blue,\nnir (0.8, 0.9)\n}"));

        assertThat(cube.bandNames()).isEmpty();
        assertThat(cube.provenance()).contains("did not use 'band names': 5 names for 4 bands");
        assertThat(lines.bandNames().orElseThrow()).containsExactly("red, 1", "green, 2", "blue", "nir (0.8, 0.9)");
    }

    @Test
    void badBandsAndNoData() throws IOException {
        Cube cube = read(f -> f.with("bbl", "{1, 0.0, 1.000, 0}").with("data ignore value", "202"));

        assertThat(cube.isGoodBand(1)).isFalse();
        assertThat(cube.dropBadBands().bands()).isEqualTo(2);
        assertThat(cube.value(0, 2, 2)).isNaN();
        assertThat(cube.validMask().count()).isEqualTo(5);
    }

    @Test
    void scales() throws IOException {
        Cube reflectance = read(f -> f.with("reflectance scale factor", "100").with("data gain values", "{1,1,1,1}"));
        Cube one = read(f -> f.with("reflectance scale factor", "1"));
        Cube radiance =
                read(f -> f.with("data gain values", "{2, 2, 2, 4}").with("data offset values", "{0, 0, 0, -1}"));
        Cube offset = read(f -> f.with("data reflectance offset values", "{0, 0, 0, 0.5}"));
        Cube counts = read(f -> f.with("quantity", "Digital Number"));

        assertThat(reflectance.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(reflectance.value(0, 1, 3)).isCloseTo(3.01, within(1e-15)); // one rounding
        assertThat(one.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(one.value(0, 1, 3)).isEqualTo(301);
        assertThat(radiance.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(radiance.value(0, 1, 3)).isEqualTo(1203);
        assertThat(offset.quantity()).isEqualTo(Quantity.REFLECTANCE);
        assertThat(offset.value(0, 1, 3)).isEqualTo(301.5);
        assertThat(counts.quantity()).isEqualTo(Quantity.DIGITAL_NUMBER);
    }

    @Test
    void referencePixelAndRotation() throws IOException {
        GeoReference moved = read(f -> f.with(
                        "map info", "{Geographic Lat/Lon, 3.0, 1.5, 11.0, 48.0, 0.5, 0.25, WGS-84, units=Degrees}"))
                .geoReference()
                .orElseThrow();
        GeoReference turned = read(f -> f.with(
                        "map info", "{UTM, 2, 1, 100, 200, 10, 10, 33, South, WGS-84, rotation=90, units=Meters}"))
                .geoReference()
                .orElseThrow();

        assertThat(moved.x()).isEqualTo(10);
        assertThat(moved.y()).isEqualTo(48.125);
        assertThat(moved.datum()).isEqualTo("WGS-84");
        assertThat(moved.units()).isEqualTo("Degrees");
        assertThat(turned.north()).isFalse();
        assertThat(turned.rotation()).isEqualTo(90);
        // one pixel along the row is ten metres to the north
        assertThat(turned.xAt(0, 1)).isCloseTo(100, within(1e-9));
        assertThat(turned.yAt(0, 1)).isCloseTo(200, within(1e-9));
        assertThat(turned.y()).isCloseTo(190, within(1e-9));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{UTM, 1, 1} | it has 3 of the 7 items that are needed",
                "{UTM, 1, 1, x, 0, 1, 1} | For input string",
                "{UTM, 1, 1, 0, 0, 0, 1, 33, North} | pixels must have a positive size",
                "{Arbitrary, 1, 1, nan, 0, 1, 1} | For input string",
            })
    void mapInfoThatMakesNoSenseIsNotUsed(String mapInfo, String why) throws IOException {
        Cube cube = read(f -> f.with("map info", mapInfo));

        assertThat(cube.geoReference()).isEmpty();
        assertThat(cube.provenance()).anySatisfy(line -> assertThat(line).startsWith("did not use 'map info': " + why));
    }

    @Test
    void bytesAtTheEndAreIgnored() throws IOException {
        Cube cube = read(f -> {
            f.binary = java.util.Arrays.copyOf(f.binary, 50);
            return f;
        });

        assertThat(cube.provenance()).contains("ignored 2 bytes at the end of the file");
    }

    @Test
    void aFileThatShrinksWhileItIsReadIsSaidToHaveChanged() throws IOException {
        int rows = 1 << 10;
        Path header = EnviFixture.small()
                .with("samples", "1024")
                .with("lines", "" + rows)
                .with("bands", "1")
                .with("data type", "4")
                .write(folder);
        Path binary = folder.resolve("scene.img");
        try (RandomAccessFile file = new RandomAccessFile(binary.toFile(), "rw")) {
            file.setLength(4L * 1024 * rows);
            Cube cube = Cubes.read(header);
            file.setLength(0);

            assertThatThrownBy(() -> cube.plane(0))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("scene.img was changed while it was read");
        }
    }

    @Test
    void manyThreadsReadAtOnce() throws IOException {
        double[][] planes = new double[20][64 * 64];
        for (int b = 0; b < 20; b++) {
            for (int i = 0; i < 64 * 64; i++) {
                planes[b][i] = b * 4096 + i;
            }
        }
        Path header = EnviFixture.of(64, 64, planes, SampleType.FLOAT32, Interleave.BIL, ByteOrder.BIG_ENDIAN, 5)
                .write(folder);
        Cube cube = Cubes.read(header);

        boolean same = java.util.stream.IntStream.range(0, 200)
                .parallel()
                .allMatch(k -> java.util.Arrays.equals(cube.plane(k % 20), planes[k % 20]));
        assertThat(same).isTrue();
    }
}
