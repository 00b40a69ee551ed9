package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.hsi4j.Cube;
import org.hsi4j.GeoReference;
import org.hsi4j.Precision;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TiffStackTest {
    private static final GeoReference PLACE =
            new GeoReference("UTM", 300000, 5000000, 30, 30, 0, 32, true, "WGS-84", "Meters", "");

    @TempDir
    Path folder;

    /** Two rows and three columns; every sample of a band is its number, the first one is no data. */
    private Path band(String name, int number) throws IOException {
        Cube.Builder builder = Cube.builder(2, 3, 1, Precision.FLOAT)
                .plane(0, new double[] {-9, number, number, number, number, number})
                .noData(-9)
                .geoReference(PLACE);
        return write(builder, name);
    }

    private Path write(Cube.Builder builder, String name) throws IOException {
        Path file = folder.resolve(name);
        Cubes.write(
                builder.build(),
                file,
                WriteOptions.defaults().withSampleType(SampleType.INT16).withNoDataValue(-9),
                RunContext.defaults());
        return file;
    }

    private static double[] seen(Cube cube) {
        return cube.spectrum(1, 1).toArray();
    }

    @Test
    void bandsOfHyperionAreOrderedByNumber() throws IOException {
        band("EO1H1_B010_L1T.TIF", 10);
        band("EO1H1_B002_L1T.TIF", 2);
        band("EO1H1_B001_L1T.TIF", 1);
        Files.writeString(folder.resolve("bands.csv"), "wavelength,fwhm\n450,10\n460,11\n470,12\n");
        Files.writeString(folder.resolve("EO1H1_MTL.txt"), "GROUP = L1_METADATA_FILE\n");

        Cube cube = Cubes.read(folder);

        assertThat(seen(cube)).containsExactly(1, 2, 10);
        assertThat(cube.value(0, 0, 2)).isNaN();
        assertThat(cube.validMask().count()).isEqualTo(5);
        assertThat(cube.geoReference()).hasValue(PLACE);
        assertThat(cube.wavelengths()).hasValue(Wavelengths.of(450, 460, 470).withFwhm(10, 11, 12));
        assertThat(cube.name()).isEqualTo(folder.getFileName().toString());
        assertThat(cube.precision()).isEqualTo(Precision.FLOAT);
        assertThat(cube.provenance())
                .first()
                .asString()
                .contains("3 files, TIFF, EO1H1_B001_L1T.TIF to EO1H1_B010_L1T.TIF", "int16");
        assertThat(cube.provenance()).contains("took the wavelengths from bands.csv");
    }

    @Test
    void lettersFollowTheirNumberAndFilesWithoutOneAreLeftOut() throws IOException {
        band("T32_B8A.tif", 81);
        band("T32_B09.tif", 9);
        band("T32_B8.tif", 8);
        band("T32_band-11.tif", 11);
        band("T32_SCL.tif", 99);

        Cube cube = Cubes.read(folder);

        assertThat(seen(cube)).containsExactly(8, 81, 9, 11);
        assertThat(cube.provenance()).contains("did not use T32_SCL.tif: no number of a band in the name");
    }

    @Test
    void aListKeepsItsOrderAndFilesMayHaveSomeBands() throws IOException {
        Path one = band("one.tif", 1);
        Path two = write(
                Cube.builder(2, 3, 2, Precision.FLOAT)
                        .plane(0, new double[] {2, 2, 2, 2, 2, 2})
                        .plane(1, new double[] {3, 3, 3, 3, 3, 3})
                        .wavelengths(Wavelengths.of(500, 600))
                        .noData(-9)
                        .geoReference(PLACE),
                "two.tif");

        Cube cube = Cubes.read(List.of(two, one), ReadOptions.defaults());

        assertThat(seen(cube)).containsExactly(2, 3, 1);
        assertThat(cube.wavelengths()).isEmpty(); // one of the files has none
        assertThat(Cubes.read(List.of(two), ReadOptions.defaults())
                        .wavelengths()
                        .orElseThrow()
                        .toArray())
                .containsExactly(500, 600);
        assertThatThrownBy(() -> Cubes.read(List.of(), ReadOptions.defaults()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least one file");
    }

    /** A file as another library compresses it. */
    private void compressed(String name, int value) throws IOException {
        BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_USHORT_GRAY);
        for (int i = 0; i < 6; i++) {
            image.getRaster().setSample(i % 3, i / 3, 0, value + i);
        }
        ImageWriter writer = ImageIO.getImageWritersByFormatName("tiff").next();
        try (ImageOutputStream out =
                ImageIO.createImageOutputStream(folder.resolve(name).toFile())) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionType("Deflate");
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
    }

    @Test
    void compressedBandsAreLoaded() throws IOException {
        compressed("x_B2.tif", 200);
        compressed("x_B1.tif", 65000);

        Cube cube = Cubes.read(folder);

        assertThat(cube.plane(0)).containsExactly(65000, 65001, 65002, 65003, 65004, 65005);
        assertThat(cube.plane(1)).containsExactly(200, 201, 202, 203, 204, 205);
    }

    @Test
    void bandsMustFitTheFirstOne() throws IOException {
        band("x_B1.tif", 1);
        Path other = write(Cube.builder(3, 2, 1, Precision.FLOAT).noData(-9).geoReference(PLACE), "x_B2.tif");
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("x_B2.tif: size: found 3 rows x 2 columns, expected 2 x 3 as in x_B1.tif");

        write(Cube.builder(2, 3, 1, Precision.FLOAT).noData(-9), "x_B2.tif");
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("x_B2.tif: georeference");

        Files.delete(other);
        Cubes.write(
                Cube.builder(2, 3, 1, Precision.FLOAT).geoReference(PLACE).build(),
                other,
                WriteOptions.defaults(),
                RunContext.defaults());
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("x_B2.tif: no-data value");

        Files.writeString(other, "no image");
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("expected a GeoTIFF, like the other bands");
    }

    @Test
    void whatIsNoSceneIsRefusedByName() throws IOException {
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("is a directory, not a file, and has no GeoTIFF");
        band("a.tif", 1);
        assertThat(seen(Cubes.read(folder))).containsExactly(1);
        band("b.tif", 2);
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the names of 2 GeoTIFF files have no number of a band");
        band("x_B01.tif", 1);
        band("x_B1.tif", 1);
        assertThatThrownBy(() -> Cubes.read(folder))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("x_B01.tif and x_B1.tif have the same number of a band");
    }
}
