package org.hsi4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.testing.Serial;
import org.junit.jupiter.api.Test;

class EndmembersTest {
    private static final Wavelengths GRID = Wavelengths.of(450, 550, 650);
    private static final Spectrum SOIL = Spectrum.of(1, 2, 3);
    private static final Spectrum TREE = Spectrum.of(4, 5, 6).named("tree").withWavelengths(GRID);
    private static final Endmembers BOTH = Endmembers.of(List.of(SOIL, TREE));

    @Test
    void tellsItsSpectra() {
        assertThat(BOTH.count()).isEqualTo(2);
        assertThat(BOTH.bands()).isEqualTo(3);
        assertThat(BOTH.get(0)).isEqualTo(SOIL.named("em1"));
        assertThat(BOTH.get(1)).isEqualTo(TREE);
        assertThat(BOTH.spectra()).containsExactly(SOIL.named("em1"), TREE);
        assertThat(BOTH.names()).containsExactly("em1", "tree");
        assertThat(BOTH.value(2, 1)).isEqualTo(6);
        assertThat(BOTH.wavelengths()).contains(GRID);
        assertThat(BOTH.toMatrix()).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}, {3, 6}});
        assertThat(BOTH).hasToString("2 endmembers [em1, tree], 3 bands");
        assertThat(Endmembers.of(List.of(SOIL)).wavelengths()).isEmpty();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> BOTH.get(2));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> BOTH.value(3, 0));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> BOTH.value(0, 2));
    }

    @Test
    void comesFromAMatrix() {
        double[][] matrix = {{1, 4}, {2, 5}, {3, 6}};
        Endmembers e = Endmembers.ofMatrix(matrix);
        matrix[0][0] = 99;

        assertThat(e.toMatrix()).isDeepEqualTo(new double[][] {{1, 4}, {2, 5}, {3, 6}});
        assertThat(e.names()).containsExactly("em1", "em2");
    }

    @Test
    void refusesWhatAreNoEndmembers() {
        assertThatIllegalArgumentException().isThrownBy(() -> Endmembers.of(List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endmembers.of(List.of(SOIL, Spectrum.of(1))))
                .withMessage("endmember 'em2' has 1 bands but the first endmember has 3");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> Endmembers.of(List.of(Spectrum.of(1, Double.NaN).named("gappy"))))
                .withMessage("endmember 'gappy' has no value in some band");
        assertThatIllegalArgumentException().isThrownBy(() -> Endmembers.ofMatrix(new double[0][]));
        assertThatIllegalArgumentException().isThrownBy(() -> Endmembers.ofMatrix(new double[2][0]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endmembers.ofMatrix(new double[][] {{1, 2}, {3}}))
                .withMessage("row 1 of the endmember matrix has 1 columns but row 0 has 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Endmembers.ofMatrix(new double[][] {{Double.POSITIVE_INFINITY}}));
    }

    @Test
    void selects() {
        assertThat(BOTH.select(1, 0).names()).containsExactly("tree", "em1");
        assertThatIllegalArgumentException().isThrownBy(() -> BOTH.select());
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> BOTH.select(2));
    }

    @Test
    void isAValue() {
        List<Spectrum> spectra = new ArrayList<>(List.of(SOIL, TREE));
        Endmembers same = Endmembers.of(spectra);
        spectra.clear();
        same.toMatrix()[0][0] = 99;

        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> same.spectra().clear());
        assertThat(same).isEqualTo(BOTH).hasSameHashCodeAs(BOTH);
        assertThat(Serial.copy(same)).isEqualTo(BOTH);
        assertThat(same).isNotEqualTo(same.select(0)).isNotEqualTo("endmembers");
    }
}
