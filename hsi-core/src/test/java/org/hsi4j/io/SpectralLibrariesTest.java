package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralLibrariesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"s06av18a_envi", "s06av18a_envi.hdr"})
    @RealData
    void usgs(String name) throws IOException {
        SpectralLibrary library = SpectralLibraries.read(SharedFiles.data("libraries/usgs_splib06_aviris/" + name));

        assertThat(library.size()).isEqualTo(1367 - 3); // wavelengths, resolution and channels are no spectra
        assertThat(library.bands()).isEqualTo(224);
        assertThat(library.wavelengths().orElseThrow().fwhm(0).orElseThrow())
                .isCloseTo(9.852108545601368, within(1e-12)); // float32 micrometres times 1000
        assertThat(library.get(1363).name()).isEqualTo("Stonwll_Ply+.2grnGrass AMX34 s06av18a_a");
        assertThat(library.wavelengths().orElseThrow().at(0)).isEqualTo(0.36593 * 1000);
        assertThat(library.complete().orElseThrow().size()).isEqualTo(761 - 3);
        assertThat(library.find("actinolite HS22.3B s06av18a_b")).isPresent();
    }

    @Test
    @RealData
    void small() throws IOException {
        Path sli = SharedFiles.data("libraries/small_sli/speclib.sli");
        SpectralLibrary library = SpectralLibraries.read(sli);
        List<String> csv = Files.readAllLines(sli.resolveSibling("speclib.csv"));

        assertThat(library).isEqualTo(SpectralLibraries.read(sli.resolveSibling("speclib.hdr")));
        assertThat(library.size()).isEqualTo(7);
        assertThat(library.bands()).isEqualTo(177);
        for (int k = 0; k < 7; k++) {
            assertThat(csv.get(k + 1)).startsWith(library.get(k).name() + ",");
        }
        assertThat(library.wavelengths().orElseThrow().at(176)).isEqualTo(2409);
    }

    @Test
    @RealData
    void nanStaysNan() throws IOException {
        SpectralLibrary library = SpectralLibraries.read(SharedFiles.data("libraries/vegspec/vegSpec.sli"));

        assertThat(library.names()).containsExactly("veg_stressed", "veg_vital");
        assertThat(library.bands()).isEqualTo(2151);
        assertThat(library.get(0).value(0)).isCloseTo(0.008958, within(5e-9)); // the print of another program
        long missing = library.names().stream()
                .map(n -> library.find(n).orElseThrow())
                .flatMapToDouble(s -> Arrays.stream(s.toArray()))
                .filter(Double::isNaN)
                .count();
        assertThat(missing).isEqualTo(144);
        assertThat(library.wavelengths().orElseThrow().at(0)).isEqualTo(350);
    }

    @Test
    @RealData
    void endmembersOfAMatFile() throws IOException {
        SpectralLibrary e = SpectralLibraries.read(SharedFiles.oracle("unmixing_pure.mat"));
        SpectralLibrary datalib = SpectralLibraries.read(SharedFiles.data("libraries/usgs_1995/USGS_1995_Library.mat"));
        SpectralLibrary target = SpectralLibraries.read(
                SharedFiles.data("detection/muufl_chip/muufl_chip_with_target.mat"),
                ReadOptions.defaults().withVariable("tgt_spectra"));

        assertThat(e.names()).containsExactly("E 1", "E 2", "E 3", "E 4", "E 5");
        assertThat(e.wavelengths()).isPresent();
        assertThat(datalib.size()).isEqualTo(501 - 3);
        assertThat(datalib.wavelengths().orElseThrow().at(0)).isCloseTo(383.14998, within(1e-5));
        assertThat(datalib.complete().map(SpectralLibrary::size)).isPresent();
        assertThat(datalib.get(0).value(0)).isCloseTo(0.04158624, within(5e-9));
        assertThat(datalib.bands()).isEqualTo(224);
        assertThat(target.names()).containsExactly("tgt_spectra");
        assertThat(target.bands()).isEqualTo(72);
        assertThat(target.wavelengths()).isPresent();
    }

    /** Two spectra of three channels, the library's way: one band, channels across. */
    private static EnviFixture library(double... values) {
        return EnviFixture.of(
                        2, 3, new double[][] {values}, SampleType.FLOAT32, Interleave.BSQ, ByteOrder.LITTLE_ENDIAN, 0)
                .with("file type", "ENVI Spectral Library");
    }

    @Test
    void deletedChannelsAreMissing() throws IOException {
        Path header = library(1, -1.23e34, 3, Float.POSITIVE_INFINITY, -9999, Float.NaN)
                .with("data ignore value", "-9999")
                .with("spectra names", "{a, b,}")
                .write(folder);

        SpectralLibrary read = SpectralLibraries.read(header);

        assertThat(read.get(0).toArray()).containsExactly(1, Double.NaN, 3);
        assertThat(read.get(1).toArray()).containsOnly(Double.NaN);
        assertThat(read.names()).containsExactly("a", "b");
        assertThat(read.wavelengths()).isEmpty();
    }

    @Test
    void reflectancesAreDivided() throws IOException {
        Path header = library(1, 2, 3, 4, 5, 6)
                .with("reflectance scale factor", "2")
                .with("wavelength", "{0.4, 0.5, 0.6}")
                .write(folder);

        SpectralLibrary read = SpectralLibraries.read(header);

        assertThat(read.get(1).toArray()).containsExactly(2, 2.5, 3);
        assertThat(read.names()).containsExactly("spectrum 1", "spectrum 2");
        assertThat(read.wavelengths().orElseThrow().toArray()).containsExactly(400, 500, 600);
    }

    @Test
    void imagesOfOneSampleALineAreLibraries() throws IOException {
        double[][] channels = {{1, 2}, {3, 4}, {5, 6}};
        Path header = EnviFixture.of(2, 1, channels, SampleType.FLOAT64, Interleave.BIL, ByteOrder.BIG_ENDIAN, 0)
                .with("spectra names", "{\n grass, dry,\n rock}")
                .without("file type")
                .write(folder);

        SpectralLibrary read = SpectralLibraries.read(header);

        assertThat(read.names()).containsExactly("grass, dry", "rock");
        assertThat(read.get(0).toArray()).containsExactly(1, 3, 5);
        assertThat(read.get(1).toArray()).containsExactly(2, 4, 6);
    }

    @Test
    void otherImagesAreNot() throws IOException {
        Path header = EnviFixture.small().write(folder);

        assertThatThrownBy(() -> SpectralLibraries.read(header))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found an image with 3 samples and 2 lines, expected an ENVI Spectral Library");
        Path library =
                EnviFixture.small().with("file type", "ENVI Spectral Library").write(folder);
        assertThatThrownBy(() -> SpectralLibraries.read(library))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found a library with 4 bands and 3 samples and 2 lines");
    }

    @Test
    void librariesAreNoImages() throws IOException {
        Path header = library(1, 2, 3, 4, 5, 6).write(folder);

        assertThatThrownBy(() -> Cubes.read(header))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining("found a spectral library, expected an image");
    }
}
