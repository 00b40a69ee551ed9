package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralLibraryWriterTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"x.sli", "x.hdr", "x"})
    void whatIsWrittenIsReadBack(String name) throws IOException {
        Wavelengths grid = Wavelengths.of(450, 550.5, 650).withFwhm(10, 11, 12);
        SpectralLibrary library = SpectralLibrary.of(List.of(
                Spectrum.of(0.1, 1 / 3.0, -0.3).named("soil, dry").withWavelengths(grid),
                Spectrum.of(1e-300, Double.NaN, 5).named("tree").withWavelengths(grid)));

        SpectralLibraries.write(library, folder.resolve(name));

        assertThat(SpectralLibraries.read(folder.resolve(name))).isEqualTo(library);
        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2);
        }
    }

    @Test
    void oneSpectrumWithoutWavelengthsAndNames() throws IOException {
        SpectralLibrary library = SpectralLibrary.of(List.of(Spectrum.of(1, 2, 3)));

        SpectralLibraries.write(library, folder.resolve("one.sli"));

        assertThat(SpectralLibraries.read(folder.resolve("one.sli")).get(0).toArray())
                .containsExactly(1, 2, 3);
    }

    @Test
    void refusesTheNameOfAnotherFormat() {
        SpectralLibrary library = SpectralLibrary.of(List.of(Spectrum.of(1, 2)));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SpectralLibraries.write(library, folder.resolve("x.mat")))
                .withMessageContaining("x.mat");
    }
}
