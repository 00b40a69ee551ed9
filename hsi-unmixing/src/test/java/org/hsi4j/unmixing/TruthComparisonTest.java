package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

class TruthComparisonTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Cube SCENE = Scenes.scene(12, 17, 20, 3, 0, 4);
    private static final Endmembers TRUTH = Scenes.given(20, 3, 4);
    private static final AbundanceMaps MAPS =
            Fcls.withDefaults().solve(SCENE, TRUTH, RUN).maps();

    /** The true endmembers in another order, of other sizes. */
    private static UnmixingResult found() {
        List<Spectrum> s = TRUTH.spectra();
        Endmembers other = Endmembers.of(
                List.of(s.get(2).scaled(0.5), s.get(0).scaled(2), s.get(1).scaled(4)));
        return Unmixing.of(SCENE)
                .endmembers(other)
                .abundances(Nnls.withDefaults())
                .run(RUN);
    }

    @Test
    void pairsAndScalesAreFound() {
        TruthComparison comparison = TruthComparison.of(found(), TRUTH, MAPS);
        assertThat(comparison.permutation()).containsExactly(1, 2, 0);
        assertThat(comparison.radians()).allSatisfy(angle -> assertThat(angle).isLessThan(1e-7));
        assertThat(comparison.divergences()).allSatisfy(sid -> assertThat(sid).isLessThan(1e-12));
        assertThat(comparison.scales().get(0)).isCloseTo(0.5, within(1e-12));
        assertThat(comparison.scales().get(1)).isCloseTo(0.25, within(1e-12));
        assertThat(comparison.scales().get(2)).isCloseTo(2, within(1e-12));
        assertThat(comparison.diagnostics().notes())
                .containsExactly(
                        "the true endmembers are the found ones times 0.500, 0.250, 2.00, and abundances change as"
                                + " much the other way");
    }

    @Test
    void anErrorOfSizesAloneVanishesAtTheTrueScales() {
        TruthComparison comparison = TruthComparison.of(found(), TRUTH, MAPS);
        assertThat(comparison.abundances().orElseThrow().armse()).isGreaterThan(0.1);
        assertThat(comparison.rescaled().orElseThrow()).isLessThan(1e-10); // noiseless, so rounding and the condition
        assertThat(comparison.diagnostics().figures())
                .containsKeys("sad_rad", "sid", "armse", "rmse", "armse_rescaled");
        assertThat(comparison.figures())
                .extracting(Figure::name)
                .containsExactly("aligned-endmembers", "aligned-abundances");
        assertThat(comparison.figures())
                .allSatisfy(figure ->
                        assertThat(figure.picture().image().getWidth()).isGreaterThan(300));
    }

    @Test
    void abundancesAloneAreMatchedByThemselves() {
        TruthComparison comparison = TruthComparison.of(found().normalized(), Optional.empty(), Optional.of(MAPS));
        assertThat(comparison.permutation()).containsExactly(1, 2, 0);
        assertThat(comparison.radians()).isEmpty();
        assertThat(comparison.scales()).isEmpty();
        assertThat(comparison.rescaled()).isEmpty();
        assertThat(comparison.figures()).extracting(Figure::name).containsExactly("aligned-abundances");
    }

    @Test
    void endmembersAloneAreComparedByShape() {
        TruthComparison comparison = TruthComparison.of(found(), Optional.of(TRUTH), Optional.empty());
        assertThat(comparison.abundances()).isEmpty();
        assertThat(comparison.rescaled()).isEmpty();
        assertThat(comparison.diagnostics().figures()).containsOnlyKeys("sad_rad", "sid");
    }

    @Test
    void nothingToCompareWithIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TruthComparison.of(found(), Optional.empty(), Optional.empty()))
                .withMessageContaining("neither");
    }
}
