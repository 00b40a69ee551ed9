package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.hsi4j.Cube;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Wavelengths;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.RealFile;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file among the real scenes opens and says what it holds. */
@RealData
class EveryRealFileTest {

    @Test
    void noFileIsForgotten() {
        assertThat(RealFile.all().stream().map(RealFile::path)).containsExactlyElementsOf(RealFile.present());
    }

    private static Stream<RealFile> of(String kind) {
        return RealFile.all().stream().filter(f -> f.kind().equals(kind));
    }

    static Stream<RealFile> known() {
        return RealFile.all().stream().filter(f -> !f.kind().equals("none"));
    }

    @ParameterizedTest
    @MethodSource("known")
    void everyFileIsOfItsKind(RealFile expected) throws IOException {
        FileContents contents = FileContents.of(expected.file());

        assertThat(contents.kind().name().toLowerCase(Locale.ROOT)).isEqualTo(expected.kind());
    }

    static Stream<RealFile> scenes() {
        return of("scene");
    }

    @ParameterizedTest
    @MethodSource("scenes")
    void scenesHaveTheirShapeTypeWavelengthsAndMask(RealFile expected) throws IOException {
        Cube cube = Cubes.read(expected.file());

        assertThat(cube.rows() + " x " + cube.columns() + " x " + cube.bands()).isEqualTo(expected.shape());
        assertThat(cube.provenance().get(0)).contains(expected.type());
        assertWavelengths(cube.wavelengths(), expected, cube.bands());
        assertThat((long) cube.pixels() - cube.dropBadBands().validMask().count())
                .isEqualTo(expected.missing());
    }

    /** To the last digit of the header but for the turn from micrometres. */
    private static void assertWavelengths(Optional<Wavelengths> wavelengths, RealFile expected, int bands) {
        assertThat(wavelengths.isPresent()).isEqualTo(!expected.wavelengths().isEmpty());
        wavelengths.ifPresent(w -> {
            assertThat(w.size()).isEqualTo(bands);
            assertThat(w.at(0)).isCloseTo(expected.wavelengths().get(0), within(1e-9));
            assertThat(w.at(bands - 1)).isCloseTo(expected.wavelengths().get(1), within(1e-9));
        });
    }

    static Stream<RealFile> libraries() {
        return of("library");
    }

    @ParameterizedTest
    @MethodSource("libraries")
    void librariesHaveTheirShapeWavelengthsAndMissingValues(RealFile expected) throws IOException {
        SpectralLibrary library = SpectralLibraries.read(expected.file());

        assertThat(library.size() + " x " + library.bands()).isEqualTo(expected.shape());
        assertWavelengths(library.wavelengths(), expected, library.bands());
        long missing = StreamSupport.stream(library.spliterator(), false)
                .flatMapToDouble(s -> Arrays.stream(s.toArray()))
                .filter(Double::isNaN)
                .count();
        assertThat(missing).isEqualTo(expected.missing());
    }

    static Stream<RealFile> arrays() {
        return of("arrays");
    }

    @ParameterizedTest
    @MethodSource("arrays")
    void arraysHaveTheirShapeTypeAndMissingValues(RealFile expected) throws IOException {
        FileContents contents = FileContents.of(expected.file());

        List<MatFile.Variable> arrays = contents.arrays();
        assertThat(String.join(
                        ", ", arrays.stream().map(MatFile.Variable::toString).toList()))
                .isEqualTo(expected.shape());
        assertThat(arrays).anyMatch(a -> a.type().equals(expected.type()));
        long missing = 0;
        for (MatFile.Variable array : arrays) {
            missing += contents.missing(array.name());
        }
        assertThat(missing).isEqualTo(expected.missing());
    }

    static Stream<RealFile> names() {
        return of("names");
    }

    @ParameterizedTest
    @MethodSource("names")
    void tablesOfNamesSayThatTheyAreNoLibrary(RealFile expected) throws IOException {
        assertThat(FileContents.of(expected.file()).arrays()).singleElement().hasToString(expected.shape());
        assertThatThrownBy(() -> SpectralLibraries.read(expected.file()))
                .isInstanceOf(MalformedFileException.class)
                .hasMessageContaining(
                        "found names and no number, expected spectra (they are in speclib.sli beside it)");
    }

    /** The abundances of DC1 are endmembers x columns x rows, which no file says. */
    @Test
    void axesThatNoFileNamesAreToldByTheCaller() throws IOException {
        RealFile xt =
                scenes().filter(f -> f.path().endsWith("XT.mat")).findFirst().orElseThrow();

        Cube cube = Cubes.read(xt.file(), ReadOptions.defaults().withAxisOrder(AxisOrder.BANDS_COLUMNS_ROWS));

        assertThat(List.of(cube.rows(), cube.columns(), cube.bands())).containsExactly(75, 75, 240);
    }

    /** Sixteen channel numbers of the USGS library of 1995 are deleted; they are no spectra, and 498 complete ones are left. */
    @Test
    void theUsgsLibraryOf1995() throws IOException {
        RealFile usgs = arrays().filter(f -> f.path().endsWith("USGS_1995_Library.mat"))
                .findFirst()
                .orElseThrow();

        SpectralLibrary library = SpectralLibraries.read(usgs.file());

        assertThat(library.size()).isEqualTo(498);
        assertThat(library.bands()).isEqualTo(224);
        assertThat(library.complete().orElseThrow().size()).isEqualTo(498);
        Wavelengths w = library.wavelengths().orElseThrow();
        // float32 micrometres in the file
        assertThat(w.at(0)).isCloseTo(383.14998149871826, within(1e-9));
        assertThat(w.at(223)).isCloseTo(2508.19993019104, within(1e-9));
        assertThat(w.fwhm(0).orElseThrow()).isCloseTo(9.940000250935555, within(1e-9));
    }

    @Test
    void namesOfTheUsgsLibraries() throws IOException {
        SpectralLibrary usgs = SpectralLibraries.read(SharedFiles.data("libraries/usgs_1995/USGS_1995_Library.mat"));
        SpectralLibrary pruned = SpectralLibraries.read(SharedFiles.data("libraries/usgs_1995/USGS_pruned_10_deg.mat"));

        assertThat(usgs.names()).startsWith("Acmite NMNH133746", "Actinolite HS116.3B", "Actinolite HS22.3B");
        assertThat(pruned.names())
                .hasSize(62)
                .startsWith("Acmite NMNH133746", "Actinolite HS116.3B", "Actinolite HS315.4B")
                .contains("Adularia GDS57 Orthoclase");
    }
}
