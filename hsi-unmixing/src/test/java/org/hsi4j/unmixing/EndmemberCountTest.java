package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.stats.DimensionEstimate;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndmemberCountTest {
    private static final RunContext RUN = RunContext.sequential();

    @ParameterizedTest
    @CsvSource({"3, 40", "4, 30", "5, 40", "6, 40", "3, 20"})
    void findsTheNumberOfASimulatedScene(int endmembers, double snr) {
        Cube scene = LinearMixingScene.withDefaults()
                .withShape(80, 70)
                .withEndmemberCount(endmembers)
                .withSnr(snr)
                .generate()
                .cube();
        EndmemberCount found = EndmemberCount.of(scene, RUN);
        assertThat(found.count()).isEqualTo(endmembers);
        assertThat(found.rule()).isEqualTo(EndmemberCount.Rule.NOISE_EDGE);
    }

    @Test
    void showsWhatEachEstimatorSays() {
        EndmemberCount found = EndmemberCount.of(Scenes.scene(30, 30, 20, 3, 0.01, 1), RUN);
        assertThat(found.estimates())
                .extracting(DimensionEstimate::method)
                .containsExactly("hysime", "hfc", "nwhfc", "marchenko-pastur");
        assertThat(found.diagnostics().notes())
                .singleElement()
                .asString()
                .contains("hysime 3", "marchenko-pastur 3", "stand out of the noise");
        assertThat(found.figures()).extracting(Figure::name).containsExactly("dimensions");
    }

    @Test
    void theResultSaysWhyThereAreAsMany() {
        UnmixingResult result =
                Unmixing.of(Scenes.scene(30, 30, 20, 3, 0.01, 1)).run(RUN);
        assertThat(result.endmembers().count()).isEqualTo(3);
        assertThat(result.count().orElseThrow().count()).isEqualTo(3);
        assertThat(result.diagnostics().figures()).containsEntry("endmembers", 3.0);
        assertThat(result.figures()).extracting(Figure::name).contains("dimensions");
    }

    @Test
    void aNumberThatIsGivenNeedsNoReason() {
        UnmixingResult result =
                Unmixing.of(Scenes.scene(30, 30, 20, 3, 0.01, 1)).endmembers(2).run(RUN);
        assertThat(result.count()).isEmpty();
        assertThat(result.figures()).extracting(Figure::name).doesNotContain("dimensions");
    }

    @Test
    void blindMethodsLookForAsManyToo() {
        UnmixingResult result = Unmixing.of(Scenes.scene(30, 30, 20, 3, 0.01, 1))
                .blind(Nmf.withDefaults())
                .run(RUN);
        assertThat(result.endmembers().count()).isEqualTo(3);
        assertThat(result.count()).isPresent();
    }

    @Test
    void onePixelAndOneBandHoldOneEndmember() {
        assertThat(EndmemberCount.of(Cube.of(1, 1, new double[][] {{1}, {2}, {3}}), RUN)
                        .count())
                .isEqualTo(1);
        assertThat(EndmemberCount.of(Cube.of(1, 4, new double[][] {{1, 2, 3, 5}}), RUN)
                        .count())
                .isEqualTo(1);
        assertThat(EndmemberCount.of(Cube.of(2, 2, new double[3][4]), RUN).count())
                .as("a scene of zeros")
                .isEqualTo(1);
    }

    @Test
    void noEndmemberIsNoCount() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EndmemberCount(0, EndmemberCount.Rule.REMAINDER, List.of(), Diagnostics.none()))
                .withMessageContaining("not 0");
    }
}
