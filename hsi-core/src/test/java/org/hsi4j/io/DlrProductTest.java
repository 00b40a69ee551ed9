package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Quantity;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small files of the layout of the products. */
class DlrProductTest {
    private static final String DESIS = "DESIS-HSI-L2A-DT0325_003-20190812T104350-V0210";
    private static final String ENMAP = "ENMAP01-____L2A-DT0000001867_20220724T104526Z_008_V010302";
    private static final String ENMAP_L1B = "ENMAP01-____L1B-DT0000001867_20220724T104526Z_008_V010302";
    private static final GeoReference PLACE =
            new GeoReference("UTM", 300000, 5000000, 30, 30, 0, 32, true, "WGS-84", "Meters", "");

    @TempDir
    Path folder;

    /** One row and three columns; the number of a pixel is 1000 x band + column, and the last pixel is no data. */
    private Path image(String name, int bands, int noData) throws IOException {
        Cube.Builder builder = Cube.builder(1, 3, bands, Precision.FLOAT).geoReference(PLACE);
        for (int b = 0; b < bands; b++) {
            builder.plane(b, new double[] {1000 * (b + 1), 1000 * (b + 1) + 1, noData});
        }
        Path file = folder.resolve(name);
        Cubes.write(
                builder.build(), file, WriteOptions.defaults().withSampleType(SampleType.INT16), RunContext.defaults());
        return file;
    }

    private Path text(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private static String desisBand(int number, double centre, double gain, double offset) {
        return "<band><bandNumber>" + number + "</bandNumber><wavelengthCenterOfBand>" + centre
                + "</wavelengthCenterOfBand><wavelengthWidthOfBand>3.5</wavelengthWidthOfBand>"
                + "<response>0.1,0.9,0.1</response><wavelengths>400,401,402</wavelengths><gainOfBand>" + gain
                + "</gainOfBand><offsetOfBand>" + offset + "</offsetOfBand></band>";
    }

    /** The geometric element has bands too. */
    private static String desis(String background) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<hsi_doc xmlns=\"http://example.org/desis\"><specific>"
                + "<interiorOrientation><band><bandNumber>1</bandNumber></band></interiorOrientation>" + background
                + "<bandCharacterisation>" + desisBand(1, 401.9, 0.0001, 0) + desisBand(2, 404.5, 0.0002, 0.5)
                + "</bandCharacterisation></specific></hsi_doc>";
    }

    @Test
    void desis() throws IOException {
        Path image = image(DESIS + "-SPECTRAL_IMAGE.tif", 2, -32768);
        Path metadata = text(DESIS + "-METADATA.xml", desis("<backgroundValue>-32768</backgroundValue>"));

        for (Path opened : new Path[] {image, metadata, folder}) {
            Cube cube = Cubes.read(opened);
            assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
            assertThat(cube.wavelengths()).hasValue(Wavelengths.of(401.9, 404.5).withFwhm(3.5, 3.5));
            // products of float64
            assertThat(cube.value(0, 1, 0)).isCloseTo(0.1001, within(1e-15));
            assertThat(cube.value(0, 1, 1)).isCloseTo(0.5 + 0.4002, within(1e-15));
            assertThat(cube.validMask().count()).isEqualTo(2);
            assertThat(cube.geoReference()).hasValue(PLACE);
            assertThat(cube.provenance().get(0))
                    .contains("DESIS L2A", "int16", "bands described by " + DESIS + "-METADATA.xml");
        }
    }

    @Test
    void desisWithoutABackgroundValueUsesThatOfTheProduct() throws IOException {
        image(DESIS + "-SPECTRAL_IMAGE.tif", 2, -32768);
        text(DESIS + "-METADATA.xml", desis(""));

        assertThat(Cubes.read(folder).validMask().count()).isEqualTo(2);
    }

    private static String enmap(int bands, String more) {
        return "<level_X><specific>" + more + "<bandCharacterisation>"
                + IntStream.rangeClosed(1, bands)
                        .map(b -> bands + 1 - b) // the number counts, not the place
                        .mapToObj(b -> "<bandID number=\"" + b + "\"><wavelengthCenterOfBand>" + (400 + 10 * b)
                                + "</wavelengthCenterOfBand><FWHMOfBand>" + (5 + b) + "</FWHMOfBand><GainOfBand>" + b
                                + "</GainOfBand><OffsetOfBand>-1</OffsetOfBand></bandID>")
                        .collect(Collectors.joining())
                + "</bandCharacterisation></specific></level_X>";
    }

    private static final String EXPECTED =
            "<vnirProductQuality><expectedChannelsList>1,2</expectedChannelsList></vnirProductQuality>"
                    + "<swirProductQuality><expectedChannelsList>4</expectedChannelsList></swirProductQuality>";

    @Test
    void enmapL2A() throws IOException {
        Path image = image(ENMAP + "-SPECTRAL_IMAGE.TIF", 4, -32768);
        Path metadata = text(ENMAP + "-METADATA.XML", enmap(4, EXPECTED));

        for (Path opened : new Path[] {image, metadata, folder}) {
            Cube cube = Cubes.read(opened);
            assertThat(cube.quantity()).isEqualTo(Quantity.REFLECTANCE);
            assertThat(cube.wavelengths())
                    .hasValue(Wavelengths.of(410, 420, 430, 440).withFwhm(6, 7, 8, 9));
            assertThat(cube.spectrum(0, 0).toArray()).containsExactly(999, 3999, 8999, 15999);
            assertThat(cube.isGoodBand(1)).isTrue();
            assertThat(cube.isGoodBand(2)).isFalse();
            assertThat(cube.dropBadBands().bands()).isEqualTo(3);
            assertThat(cube.validMask().count()).isEqualTo(2);
        }
    }

    @Test
    void enmapL1BIsOneDetectorAtATime() throws IOException {
        Path vnir = image(ENMAP_L1B + "-SPECTRAL_IMAGE_VNIR.TIF", 2, 0);
        Path swir = image(ENMAP_L1B + "-SPECTRAL_IMAGE_SWIR.TIF", 2, 0);
        Path metadata = text(ENMAP_L1B + "-METADATA.XML", enmap(4, EXPECTED));

        Cube visible = Cubes.read(vnir);
        Cube infrared = Cubes.read(metadata, ReadOptions.defaults().withVariable("swir"));

        assertThat(visible.quantity()).isEqualTo(Quantity.RADIANCE);
        assertThat(visible.wavelengths().orElseThrow().toArray()).containsExactly(410, 420);
        assertThat(visible.geoReference()).isEmpty();
        assertThat(visible.validMask().count()).isEqualTo(2);
        assertThat(infrared).isEqualTo(Cubes.read(swir));
        assertThat(infrared.wavelengths().orElseThrow().toArray()).containsExactly(430, 440);
        assertThat(infrared.spectrum(0, 0).toArray()).containsExactly(2999, 7999);
        assertThat(infrared.isGoodBand(0)).isFalse();
        for (Path both : new Path[] {metadata, folder}) {
            assertThatThrownBy(() -> Cubes.read(both))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("has several images; open one of", "SPECTRAL_IMAGE_SWIR.TIF");
        }
    }

    @Test
    void whatDoesNotFitIsRefused() throws IOException {
        Path metadata = text(ENMAP + "-METADATA.XML", enmap(4, ""));
        assertThatThrownBy(() -> Cubes.read(metadata))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("have no GeoTIFF beside them");

        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 3, 0);
        assertThatThrownBy(() -> Cubes.read(metadata))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found 4 bands, expected 3 as the image has");

        text(ENMAP + "-METADATA.XML", enmap(3, "").replace("<GainOfBand>2<", "<GainOfBand>0<"));
        assertThatThrownBy(() -> Cubes.read(metadata))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("a gain of zero or a missing one");

        text(DESIS + "-METADATA.xml", desis(""));
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("holds several products; open one of");
    }

    @Test
    void bytesThatAreNoUtf8AreNoMatterAndNoWordsOnTheConsole() throws IOException {
        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 4, 0);
        byte[] xml = enmap(4, "<a>?</a>").getBytes(StandardCharsets.UTF_8);
        xml[new String(xml, StandardCharsets.UTF_8).indexOf('?')] = (byte) 0xc3;
        Path metadata = Files.write(folder.resolve(ENMAP + "-METADATA.XML"), xml);
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(console, true, StandardCharsets.UTF_8));
        try {
            assertThat(Cubes.read(metadata).wavelengths().orElseThrow().toArray())
                    .containsExactly(410, 420, 430, 440);
        } finally {
            System.setErr(before);
        }

        assertThat(console.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    @Test
    void metadataMayBeginWithAByteOrderMark() throws IOException {
        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 1, 0);
        text(ENMAP + "-METADATA.XML", "\ufeff<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + enmap(1, ""));

        assertThat(Cubes.read(folder).wavelengths().orElseThrow().toArray()).containsExactly(410);
    }

    @Test
    void aTiffWithoutMetadataIsAnyTiff() throws IOException {
        Cube cube = Cubes.read(image(ENMAP + "-SPECTRAL_IMAGE.TIF", 3, 0));

        assertThat(cube.wavelengths()).isEmpty();
        assertThat(cube.value(0, 0, 2)).isEqualTo(3000);
    }

    @Test
    void metadataWithoutWavelengthsOrGains() throws IOException {
        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 1, 0);
        text(
                ENMAP + "-METADATA.XML",
                "<level_X><bandCharacterisation><bandID number=\"1\"/></bandCharacterisation></level_X>");

        Cube cube = Cubes.read(folder);

        assertThat(cube.wavelengths()).isEmpty();
        assertThat(cube.value(0, 0, 0)).isEqualTo(1000);
        assertThat(cube.provenance())
                .contains(
                        "did not use the wavelengths: not every band has one",
                        "no gain is given: the numbers are as stored");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no XML",
                "<level_X>",
                "<level_X/>",
                "<a><bandCharacterisation><bandID number='x'/></bandCharacterisation></a>",
                "<a><bandCharacterisation><bandID><GainOfBand>no</GainOfBand></bandID></bandCharacterisation></a>",
                "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM 'file:///etc/hostname'><a/>",
                "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/hostname'>]><a>&b;</a>",
                "<a>&b;</a>",
            })
    void damagedMetadataAreRefused(String xml) throws IOException {
        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 1, 0);
        Path metadata = text(ENMAP + "-METADATA.XML", xml);

        assertThatThrownBy(() -> Cubes.read(metadata)).isInstanceOf(MalformedFileException.class);
    }

    @Test
    void deepAndLargeMetadataAreRefused() throws IOException {
        image(ENMAP + "-SPECTRAL_IMAGE.TIF", 1, 0);
        Path metadata = text(ENMAP + "-METADATA.XML", "<a>".repeat(100_000));
        assertThatThrownBy(() -> Cubes.read(metadata))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("elements 64 levels deep");

        text(
                ENMAP + "-METADATA.XML",
                "<a><bandCharacterisation>" + "<bandID/>".repeat(5000) + "</bandCharacterisation></a>");
        assertThatThrownBy(() -> Cubes.read(metadata))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("more than 4096 bands");
    }
}
