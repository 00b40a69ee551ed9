package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.unmixing.LibraryPruning.Criterion;
import org.hsi4j.unmixing.LibraryPruning.Merit;
import org.junit.jupiter.api.Test;

class LibraryPruningTest {
    /** Sums of two products. */
    private static final double ROUNDING = 1e-15;

    private static final Endmembers LIBRARY = Endmembers.of(List.of(
            Spectrum.of(1, 0).named("a:1"),
            Spectrum.of(1, 1).named("a:2"),
            Spectrum.of(0.5, 0).named("a:3"),
            Spectrum.of(0, 1).named("b:1")));

    @Test
    void countsByHand() {
        List<Merit> merits = LibraryPruning.withDefaults().merits(LIBRARY);

        // (1, 0) models (1, 1) as (1, 0), which leaves (0, 1), and (.5, 0) exactly.
        Merit first = merits.get(0);
        assertThat(first.className()).isEqualTo("a");
        assertThat(first.ear()).isCloseTo(Math.sqrt(0.5) / 2, within(ROUNDING));
        assertThat(first.masa()).isCloseTo(Math.PI / 8, within(ROUNDING));
        assertThat(first.inCount()).isEqualTo(1);
        assertThat(first.outCount()).isZero();
        // (1, 1) models (1, 0) as (.5, .5) and (.5, 0) as (.25, .25).
        Merit second = merits.get(1);
        assertThat(second.ear()).isCloseTo((0.5 + 0.25) / 2, within(ROUNDING));
        assertThat(second.inCount()).isZero();
        // (.5, 0) would model (1, 0) with the fraction 2, which is set to 1.05.
        Merit third = merits.get(2);
        assertThat(third.ear())
                .isCloseTo((0.475 / Math.sqrt(2) + Math.sqrt((0.475 * 0.475 + 1) / 2)) / 2, within(ROUNDING));
        assertThat(third.inCount()).as("a fraction that was set does not count").isZero();
        // Alone in its class.
        assertThat(merits.get(3)).isEqualTo(new Merit("b:1", "b", 0, 0, 0, 0));
    }

    @Test
    void countsThoseOfOtherClassesToo() {
        Merit other =
                LibraryPruning.withDefaults().withMaxRmse(0.5).merits(LIBRARY).get(1);
        // (1, 1) models (1, 0), (.5, 0) and (0, 1) with an RMSE of .5, .25 and .5.
        assertThat(other.inCount()).isEqualTo(2);
        assertThat(other.outCount()).isEqualTo(1);
    }

    @Test
    void theBestOfEachClassStay() {
        LibraryPruning pruning = LibraryPruning.withDefaults();
        assertThat(pruning.prune(LIBRARY, Criterion.EAR, 1).names()).containsExactly("a:1", "b:1");
        assertThat(pruning.prune(LIBRARY, Criterion.MASA, 2).names()).containsExactly("a:1", "a:3", "b:1");
        assertThat(pruning.prune(LIBRARY, Criterion.IN_COUNT, 1).names()).containsExactly("a:1", "b:1");
        // With a wide limit the second models two of its class and one other; the first one of its class and no other.
        LibraryPruning wide = pruning.withMaxRmse(0.5);
        assertThat(wide.prune(LIBRARY, Criterion.IN_COUNT, 1).names()).containsExactly("a:2", "b:1");
        assertThat(wide.prune(LIBRARY, Criterion.COUNT, 1).names()).containsExactly("a:1", "b:1");
        assertThat(pruning.prune(LIBRARY, Criterion.EAR, 9)).isEqualTo(LIBRARY);
    }

    @Test
    void aSpectrumOfZerosModelsNothing() {
        Endmembers library = Endmembers.of(
                List.of(Spectrum.of(0, 0).named("a:1"), Spectrum.of(3, 4).named("a:2")));
        Merit black = LibraryPruning.withDefaults().merits(library).get(0);
        assertThat(black.ear()).isCloseTo(5 / Math.sqrt(2), within(ROUNDING));
        assertThat(black.masa()).isEqualTo(Math.PI / 2);
    }

    @Test
    void optionsAreChecked() {
        LibraryPruning pruning = LibraryPruning.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> pruning.prune(LIBRARY, Criterion.EAR, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> pruning.withMaxRmse(Double.NaN));
        assertThatIllegalArgumentException().isThrownBy(() -> pruning.withDelimiter(""));
        assertThatIllegalArgumentException().isThrownBy(() -> pruning.withFractions(0.1, 1));
        // With the fraction free, (.5, 0) models (1, 0).
        assertThat(pruning.withFractions(-9, 9).merits(LIBRARY).get(2).inCount())
                .isEqualTo(1);
        assertThat(pruning.withDelimiter("-").delimiter()).isEqualTo("-");
        assertThat(pruning.withDelimiter("-").merits(LIBRARY).get(0).className())
                .isEqualTo("a:1");
        assertThat(pruning.maxRmse()).isEqualTo(0.025);
    }
}
