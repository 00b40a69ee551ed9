package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpectralLibraryTest {
    private static final Wavelengths GRID = Wavelengths.of(450, 550);
    private static final Spectrum ALUNITE = Spectrum.of(1, 2).named(" Alunite ");
    private static final Spectrum CALCITE = Spectrum.of(3, 4).named("calcite").withWavelengths(GRID);
    private static final Spectrum GAPPY = Spectrum.of(5, Double.NaN).named("gappy");
    private static final SpectralLibrary LIBRARY = SpectralLibrary.of(List.of(ALUNITE, CALCITE, GAPPY));

    @Test
    void tellsItsSpectra() {
        assertThat(LIBRARY.size()).isEqualTo(3);
        assertThat(LIBRARY.bands()).isEqualTo(2);
        assertThat(LIBRARY.get(1)).isEqualTo(CALCITE);
        assertThat(LIBRARY.names()).containsExactly(" Alunite ", "calcite", "gappy");
        assertThat(LIBRARY).containsExactly(ALUNITE, CALCITE, GAPPY);
        assertThat(LIBRARY.wavelengths()).contains(GRID);
        assertThat(LIBRARY).hasToString("library of 3 spectra, 2 bands, 450.0 to 550.0 nm");
        assertThat(SpectralLibrary.of(List.of(ALUNITE)).wavelengths()).isEmpty();
        assertThat(SpectralLibrary.of(List.of(ALUNITE))).hasToString("library of 1 spectra, 2 bands");
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> LIBRARY.get(3));
    }

    @Test
    void refusesWhatIsNoLibrary() {
        assertThatIllegalArgumentException().isThrownBy(() -> SpectralLibrary.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> SpectralLibrary.of(List.of(ALUNITE, Spectrum.of(1).named("short"))))
                .withMessage("spectrum 'short' has 1 bands but the library has 2");
    }

    @Test
    void findsByName() {
        assertThat(LIBRARY.find("ALUNITE")).contains(ALUNITE);
        assertThat(LIBRARY.find(" calcite ")).contains(CALCITE);
        assertThat(LIBRARY.find("calc")).isEmpty();
    }

    @Test
    void keepsTheCompleteOnes() {
        assertThat(LIBRARY.complete()).contains(SpectralLibrary.of(List.of(ALUNITE, CALCITE)));
        assertThat(SpectralLibrary.of(List.of(GAPPY)).complete()).isEmpty();
        assertThat(LIBRARY.selectBands(0).complete().orElseThrow().size()).isEqualTo(3);
    }

    @Test
    void selectsBands() {
        assertThat(LIBRARY.selectBands(1, 0).get(1))
                .isEqualTo(Spectrum.of(4, 3).named("calcite").withWavelengths(Wavelengths.of(550, 450)));
        assertThatIllegalArgumentException().isThrownBy(() -> LIBRARY.selectBands());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> LIBRARY.selectBands(2));
    }

    @Test
    void givesEndmembers() {
        assertThat(LIBRARY.endmembers("calcite", "alunite").names()).containsExactly("calcite", " Alunite ");
        assertThat(LIBRARY.complete().orElseThrow().endmembers().count()).isEqualTo(2);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIBRARY.endmembers("quartz"))
                .withMessage("the library has no spectrum 'quartz'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LIBRARY.endmembers())
                .withMessage("endmember 'gappy' has no value in some band");
    }

    @Test
    void isAValue() {
        List<Spectrum> spectra = new ArrayList<>(List.of(ALUNITE, CALCITE, GAPPY));
        SpectralLibrary same = SpectralLibrary.of(spectra);
        spectra.clear();
        Iterator<Spectrum> iterator = same.iterator();
        iterator.next();

        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(iterator::remove);
        assertThat((Object) same).isEqualTo(LIBRARY).hasSameHashCodeAs(LIBRARY);
        assertThat((Object) same).isNotEqualTo(same.selectBands(0)).isNotEqualTo("library");
    }
}
