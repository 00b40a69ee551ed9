package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.Wavelengths;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

class UnmixingCheckTest {
    private static final RunContext RUN = RunContext.sequential();
    private static final Endmembers AXES = Endmembers.ofMatrix(new double[][] {{1, 0}, {0, 1}, {0, 0}});

    /** Pixels: pure first; mixed with 3 in the third band; 1.5 and -.5; not valid. */
    private static final Cube FOUR = Cube.builder(1, 4, 3, Precision.DOUBLE)
            .plane(0, new double[] {1, 0.4, 1.5, Double.NaN})
            .plane(1, new double[] {0, 0.6, -0.5, 1})
            .plane(2, new double[] {0, 3, 0, 1})
            .wavelengths(Wavelengths.of(400, 500, 600))
            .build();

    private static UnmixingCheck check(Cube cube) {
        UnmixingResult result = Unmixing.of(cube)
                .endmembers(AXES)
                .abundances(Fcls.withDefaults())
                .run(RUN);
        return UnmixingCheck.of(cube, result, RUN);
    }

    @Test
    void pixelsOutsideTheSimplexAreCounted() {
        UnmixingCheck check = check(FOUR);
        assertThat(check.lowestUcls().toArray())
                .containsExactly(new double[] {0, 0.4, -0.5, Double.NaN}, within(1e-12));
        assertThat(check.lowestScls().toArray())
                .containsExactly(new double[] {0, 0.4, -0.5, Double.NaN}, within(1e-12));
        assertThat(check.diagnostics().figures())
                .containsEntry("negatives_ucls", 1.0)
                .containsEntry("negatives_scls", 1.0);
    }

    @Test
    void theWorstPixelIsTheNextCandidate() {
        UnmixingCheck check = check(FOUR);
        assertThat(check.candidatePosition()).isEqualTo(1);
        assertThat(check.candidate().orElseThrow().toArray()).containsExactly(0.4, 0.6, 3);
        assertThat(check.candidate().orElseThrow().name()).isEqualTo("pixel 0, 1");
        assertThat(check.diagnostics().figures().get("worst_residual")).isCloseTo(Math.sqrt(3), within(1e-12));
    }

    @Test
    void eachBandHasItsResidual() {
        // By FCLS the third pixel is (1, 0), which leaves .5 in the first two bands; the second leaves 3 in the third.
        UnmixingCheck check = check(FOUR);
        assertThat(check.bandResidual().toArray())
                .containsExactly(
                        new double[] {Math.sqrt(0.25 / 3), Math.sqrt(0.25 / 3), Math.sqrt(9.0 / 3)}, within(1e-12));
        assertThat(check.bandResidual().wavelengths()).contains(Wavelengths.of(400, 500, 600));
    }

    @Test
    void dominantEndmembersAreNumberedFromOne() {
        assertThat(check(FOUR).dominant().toArray()).containsExactly(1, 2, 1, Double.NaN);
    }

    @Test
    void endmembersThatAreAlikeAreNamed() {
        UnmixingCheck check = check(FOUR);
        assertThat(check.diagnostics().figures()).containsEntry("condition", 1.0);
        assertThat(check.diagnostics().figures().get("closest_rad")).isCloseTo(Math.PI / 2, within(1e-12));
        assertThat(check.diagnostics().notes())
                .containsExactly("the endmembers most alike are em1 and em2, 90.00° apart");
    }

    @Test
    void whereSumsAreFreeTheScaleIsSaidToBe() {
        UnmixingResult free = Unmixing.of(FOUR)
                .endmembers(AXES)
                .abundances(Nnls.withDefaults())
                .run(RUN);
        assertThat(UnmixingCheck.of(FOUR, free, RUN).diagnostics().notes())
                .anyMatch(note -> note.contains("cannot be told apart"));
        assertThat(check(FOUR).diagnostics().notes()).noneMatch(note -> note.contains("cannot be told apart"));
    }

    @Test
    void aSceneWithoutValidPixelsHasNoCandidate() {
        UnmixingCheck check = check(FOUR.masked(Mask.of(1, 4, i -> false)));
        assertThat(check.candidate()).isEmpty();
        assertThat(check.candidatePosition()).isEqualTo(-1);
        assertThat(check.bandResidual().toArray()).containsExactly(0, 0, 0);
        assertThat(check.figures()).extracting(Figure::name).containsExactly("band-residual", "negatives", "dominant");
    }

    @Test
    void isTheSameOnAnyNumberOfThreads() {
        Cube scene = Scenes.scene(97, 103, 20, 4, 0.01, 5);
        UnmixingResult result = Unmixing.of(scene).endmembers(4).run(RUN);
        UnmixingCheck one = UnmixingCheck.of(scene, result, RUN);
        for (int threads : List.of(2, 7)) {
            UnmixingCheck many =
                    UnmixingCheck.of(scene, result, RunContext.defaults().withParallelism(threads));
            assertThat(many.bandResidual()).isEqualTo(one.bandResidual());
            assertThat(many.lowestScls()).isEqualTo(one.lowestScls());
            assertThat(many.candidatePosition()).isEqualTo(one.candidatePosition());
        }
    }

    @Test
    void normalizingKeepsTheModel() {
        Cube scene = Scenes.scene(12, 17, 20, 3, 0.02, 4);
        UnmixingResult result =
                Unmixing.of(scene).endmembers(3).abundances(Nnls.withDefaults()).run(RUN);
        double[] expected = UnmixingCheck.of(scene, result, RUN).bandResidual().toArray();
        UnmixingResult shares = result.normalized();
        assertThat(UnmixingCheck.of(scene, shares, RUN).bandResidual().toArray())
                .containsExactly(expected, within(1e-14));
        assertThat(UnmixingCheck.of(scene, shares.normalized(), RUN)
                        .bandResidual()
                        .toArray())
                .containsExactly(expected, within(1e-14));
    }

    @Test
    void draws() {
        assertThat(check(FOUR).figures())
                .hasSize(4)
                .allSatisfy(figure ->
                        assertThat(figure.picture().image().getWidth()).isGreaterThan(300));
    }

    @Test
    void aResultOfAnotherSceneIsRefused() {
        UnmixingResult result = Unmixing.of(FOUR).endmembers(AXES).run(RUN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnmixingCheck.of(FOUR.crop(new Region(0, 0, 1, 2)), result, RUN))
                .withMessage("the abundances are 1x4 pixels but the scene is 1x2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> UnmixingCheck.of(FOUR.selectBands(0, 1), result, RUN))
                .withMessage("endmembers have 3 bands but the cube has 2");
    }
}
