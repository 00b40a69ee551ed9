package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextLibrariesTest {
    @TempDir
    Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text, StandardCharsets.UTF_8);
    }

    private SpectralLibrary read(String name, String text) throws IOException {
        return SpectralLibraries.read(file(name, text));
    }

    @ParameterizedTest
    @CsvSource({
        "a, Construction Concrete, 561, 300, 15000, 0.0882, 0.02721",
        "b, lichen off trees, 2151, 350, 2500, 0.01471, 0.15945",
        "c, Acer rubrum, 2151, 350, 2500, 0.10988, 0.09653"
    })
    @RealData
    void ecostress(String file, String name, int bands, double from, double to, double first, double last)
            throws IOException {
        SpectralLibrary library =
                SpectralLibraries.read(SharedFiles.data("libraries/ecostress_text/" + file + ".spectrum.txt"));

        assertThat(library.names()).containsExactly(name);
        assertThat(library.bands()).isEqualTo(bands);
        // rounding of one multiplication by 1000 and one division by 100
        assertThat(library.wavelengths().orElseThrow().at(0)).isCloseTo(from, within(1e-9));
        assertThat(library.wavelengths().orElseThrow().at(bands - 1)).isCloseTo(to, within(1e-9));
        assertThat(library.get(0).value(0)).isCloseTo(first, within(1e-15));
        assertThat(library.get(0).value(bands - 1)).isCloseTo(last, within(1e-15));
        assertThat(library.get(0).isComplete()).isTrue();
    }

    @Test
    @RealData
    void tablesWithoutTitlesAndWithoutNumbers() throws IOException {
        SpectralLibrary e = SpectralLibraries.read(SharedFiles.data("unmixing/lsu_oracle/endmember-spectra.csv"));

        assertThat(e.size()).isEqualTo(3);
        assertThat(e.bands()).isEqualTo(6);
        assertThat(e.get(1).value(1)).isEqualTo(0.051992);
        // this one names spectra and where they come from, and holds none
        assertThatThrownBy(() -> SpectralLibraries.read(SharedFiles.data("libraries/small_sli/speclib.csv")))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("names and no number");
    }

    @Test
    void fallingWavelengthsAreTurned() throws IOException {
        String text = "Name: Basalt  H2\r\nX Units: Wavelength (micrometers)\r\nY Units: Reflectance (percent)\r\n"
                + "Number of X Values: 3\r\n\r\n14.0 30\r\n 2.5\t-1.23e34\r\n1.0 10\r\n";

        SpectralLibrary read = read("x.spectrum.txt", text);

        assertThat(read.names()).containsExactly("Basalt H2");
        assertThat(read.wavelengths().orElseThrow().toArray()).containsExactly(1000, 2500, 14000);
        assertThat(read.get(0).toArray()).containsExactly(0.1, Double.NaN, 0.3);
    }

    @Test
    void wavenumbersBecomeWavelengths() throws IOException {
        SpectralLibrary read = read("x.txt", "Name: a\nX Units: Wavenumber (cm-1)\n1000 0.5\n2000 0.25\n");

        assertThat(read.wavelengths().orElseThrow().toArray()).containsExactly(5000, 10000);
        assertThat(read.get(0).toArray()).containsExactly(0.25, 0.5);
    }

    @Test
    void splib06() throws IOException {
        String text =
                "USGS Digital Spectral Library splib06a\nClark and others 2007\n\nASCII Spectral Data file contents:\n"
                        + "line 15 title\n(      -1.23e34  indicates a deleted number)\n"
                        + "----------------------------------------------------\n"
                        + "Actinolite HS116.3B            W1R1Bb AREF\ncopy of splib05a r   17\n"
                        + "       0.205100      -1.23e34       -1.23e34\n       0.213100       0.054321       0.000000\n";

        SpectralLibrary read = read("actinolite.asc", text);

        assertThat(read.names()).containsExactly("Actinolite HS116.3B W1R1Bb AREF");
        assertThat(read.wavelengths().orElseThrow().at(1)).isEqualTo(0.2131 * 1000);
        assertThat(read.get(0).toArray()).containsExactly(Double.NaN, 0.054321);
    }

    @Test
    void splib07FindsItsWavelengths() throws IOException {
        Path chapter = Files.createDirectory(folder.resolve("ChapterM"));
        file("splib07a_Wavelengths_A.txt", " splib07a Record=1: Wavelengths A 3 ch\n 0.35\n 0.36\n 0.37\n");
        file("splib07a_Wavelengths_B.txt", " splib07a Record=2: Wavelengths B 2 ch\n 0.4\n 0.5\n");
        Path file = Files.writeString(
                chapter.resolve("splib07a_Acmite.txt"),
                " splib07a Record=7: Acmite NMNH133746   AREF\n 5.5e-002\n -1.23e+034\n 7e-2\n");

        SpectralLibrary read = SpectralLibraries.read(file);

        assertThat(read.names()).containsExactly("Acmite NMNH133746 AREF");
        assertThat(read.get(0).toArray()).containsExactly(0.055, Double.NaN, 0.07);
        assertThat(read.wavelengths().orElseThrow().toArray()).containsExactly(350, 360, 370);

        file("splib07a_Wavelengths_C.txt", " splib07a Record=3: Wavelengths C 3 ch\n 0.45\n 0.46\n 0.47\n");
        assertThat(SpectralLibraries.read(file).wavelengths()).isEmpty();
    }

    @Test
    void columnsAreSpectra() throws IOException {
        SpectralLibrary read = read(
                "a.csv", "\ufeff# made up\nWavelength (um),grass,\"rock, d\u00fcr\"\n0.4,1,2\n0.5,,4\n0.6,5,NaN\n");

        assertThat(read.names()).containsExactly("grass", "rock, d\u00fcr");
        assertThat(read.wavelengths().orElseThrow().toArray()).containsExactly(400, 500, 600);
        assertThat(read.get(0).toArray()).containsExactly(1, Double.NaN, 5);
        assertThat(read.get(1).toArray()).containsExactly(2, 4, Double.NaN);
    }

    @Test
    void rowsAreSpectra() throws IOException {
        SpectralLibrary read = read("a.csv", "name;400;500,5;600\ngrass;0,5;2;3\nrock;4;-1.23e34;6\n");
        SpectralLibrary titled = read("b.csv", "name\t400\t500\ngrass\t1\t2\n");

        assertThat(read.names()).containsExactly("grass", "rock");
        assertThat(read.get(0).toArray()).containsExactly(0.5, 2, 3);
        assertThat(read.get(1).toArray()).containsExactly(4, Double.NaN, 6);
        assertThat(titled.wavelengths().orElseThrow().toArray()).containsExactly(400, 500);
    }

    @Test
    void columnsWithoutWavelengths() throws IOException {
        SpectralLibrary read = read("a.asc", "  1.5   2\n\n  3     4e0  \n");

        assertThat(read.names()).containsExactly("spectrum 1", "spectrum 2");
        assertThat(read.get(0).toArray()).containsExactly(1.5, 3);
        assertThat(read.wavelengths()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1,2\n3\n",
                "1,2\n3,x\n",
                "1,Infinity\n",
                "name,400\n",
                "a\n",
                "wavelength,a\n-1,2\n",
                "#\n",
                "Name: a\n",
                "Name: a\nNumber of X Values: 3\n1 2\n",
                "Name: a\n1 2\n3 x\n",
                "Name: a\n0 2\n",
                "USGS Digital Spectral Library\n",
                "USGS Digital Spectral Library\n----\ntitle\n",
                " splib07a Record=1: a\n",
                " splib07a Record=1: a\nx\n",
                " splib07a\nRecord=1: a\n1\n",
                "1,2,3\n1,2,1234567890123456789012345678901234567890123456789012345678901234567890\n"
            })
    void hostileTexts(String text) throws IOException {
        Path file = file("a.csv", text);

        assertThatThrownBy(() -> SpectralLibraries.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageStartingWith(file.toString());
    }

    @Test
    void longTextsAreRefused() throws IOException {
        byte[] blank = new byte[5 << 20];
        Arrays.fill(blank, (byte) '\n');
        byte[] start = "Name: a\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(start, 0, blank, 0, start.length);
        Path file = Files.write(folder.resolve("a.txt"), blank);

        assertThatThrownBy(() -> SpectralLibraries.read(file))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("length");

        byte[] line = new byte[65 << 20];
        Arrays.fill(line, (byte) '1');
        Path wide = Files.write(folder.resolve("b.csv"), line);
        assertThatThrownBy(() -> SpectralLibraries.read(wide))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("longest line");
    }

    @Test
    void otherFilesAreNoTables() throws IOException {
        Path file = Files.write(folder.resolve("a.csv"), new byte[] {'1', ',', 0, 2});

        assertThatThrownBy(() -> SpectralLibraries.read(file)).isInstanceOf(MalformedFileException.class);
    }
}
