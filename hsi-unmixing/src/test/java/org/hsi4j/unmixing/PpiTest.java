package org.hsi4j.unmixing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class PpiTest {
    private static final RunContext RUN = RunContext.sequential();

    @Test
    void eachSkewerCountsBothItsEnds() {
        Cube scene = Scenes.scene(20, 21, 12, 3, 0.02, 5).masked(Mask.of(20, 21, i -> i % 7 != 0));
        double[] counts =
                Ppi.withDefaults().withSkewers(150).counts(scene, 3, RUN).toArray();
        for (int i = 0; i < counts.length; i++) {
            assertThat(Double.isNaN(counts[i])).isEqualTo(i % 7 == 0);
        }
        assertThat(Arrays.stream(counts).filter(v -> !Double.isNaN(v)).sum()).isEqualTo(300);
    }

    /** On a line every skewer has the same two ends; a pixel counts as often as it is one. */
    @Test
    void theEndsOfALineGetAllCounts() {
        double[][] planes = new double[2][9];
        for (int i = 0; i < 9; i++) {
            planes[0][i] = 1 + (i * 4) % 9;
            planes[1][i] = 20 - 2 * planes[0][i];
        }
        double[] counts = Ppi.withDefaults()
                .withSkewers(40)
                .counts(Cube.of(3, 3, planes), 2, RUN)
                .toArray();
        int first =
                IntStream.range(0, 9).filter(i -> planes[0][i] == 1).findFirst().orElseThrow();
        int last =
                IntStream.range(0, 9).filter(i -> planes[0][i] == 9).findFirst().orElseThrow();
        double[] expected = new double[9];
        expected[first] = 40;
        expected[last] = 40;
        assertThat(counts).isEqualTo(expected);
    }

    /** In a plane the share of skewers that end in a corner of a triangle is its outer angle over pi, by the rule of normals. */
    @Test
    void aCornerCountsAsOftenAsItsOuterAngleSays() {
        // A right angle and two halves of it; in two bands, with a third that keeps the brightness.
        double[][] planes = {{0, 1, 0}, {0, 0, 1}, {5, 5, 5}};
        int skewers = 20_000;
        double[] counts = Ppi.withDefaults()
                .withSkewers(skewers)
                .withSeed(3)
                .counts(Cube.of(1, 3, planes), 3, RUN)
                .toArray();
        // Of the 2 n ends 90/360, 135/360 and 135/360 in the mean; three standard deviations of a binomial are below 1
        // %.
        assertThat(counts[0] / (2 * skewers)).isBetween(0.24, 0.26);
        assertThat(counts[1] / (2 * skewers)).isBetween(0.365, 0.385);
    }

    @Test
    void aMaskOfCountedPixelsKeepsTheCorners() {
        Cube scene = Scenes.scene(15, 21, 30, 4, 0, 4);
        ScoreMap counts = Ppi.withDefaults().counts(scene, 4, RUN);
        double[] values = counts.toArray();
        UnmixingResult found = Unmixing.of(scene)
                .endmembers(4)
                .candidates(Mask.of(15, 21, i -> values[i] > 0))
                .extract(Nfindr.withDefaults())
                .run(RUN);
        assertThat(found.extraction().orElseThrow().positions()).containsExactlyInAnyOrder(7, 10, 13, 16);
    }

    @Test
    void tooFewCountedPixelsAreFilledUpAndNoted() {
        double[][] planes = new double[4][12];
        for (int i = 0; i < 12; i++) {
            for (int b = 0; b < 4; b++) {
                planes[b][i] = (b + 1) * (2 + (i == 5 ? 1 : 0) - (i == 8 ? 1 : 0));
            }
        }
        Extraction found = Ppi.withDefaults().withSkewers(1).extract(Cube.of(3, 4, planes), 4, RUN);
        assertThat(found.positions()).contains(5, 8, 0, 1);
        assertThat(found.diagnostics().notes())
                .contains(
                        "only 2 pixels are at the end of a skewer; the other 2 endmembers are the first pixels of the scene");
    }

    @Test
    void optionsAreKeptAndChecked() {
        assertThat(Ppi.withDefaults().skewers()).isEqualTo(2000);
        assertThat(Ppi.withDefaults().withSeed(4).withSkewers(9).seed()).hasValue(4);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ppi.withDefaults().withSkewers(0))
                .withMessage("the number of skewers must be at least 1, not 0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Ppi.withDefaults().counts(Scenes.scene(5, 6, 8, 3, 0, 1), 1, RUN))
                .withMessage("skewers need at least 2 endmembers to lie between, not 1");
    }
}
