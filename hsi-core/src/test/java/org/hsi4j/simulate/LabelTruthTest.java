package org.hsi4j.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class LabelTruthTest {
    private static final RunContext RUN = RunContext.sequential();

    /** For two endmembers and the constraints of FCLS: the projection onto the line between them, cut off at its ends. */
    private static AbundanceMaps line(Cube cube, Endmembers e, RunContext context) {
        double[][] a = new double[2][cube.pixels()];
        for (int i = 0; i < cube.pixels(); i++) {
            double dot = 0;
            double norm = 0;
            for (int b = 0; b < cube.bands(); b++) {
                double d = e.value(b, 0) - e.value(b, 1);
                dot += (cube.plane(b)[i] - e.value(b, 1)) * d;
                norm += d * d;
            }
            a[0][i] = Double.isNaN(dot) ? dot : Math.max(0, Math.min(1, dot / norm));
            a[1][i] = 1 - a[0][i];
        }
        return AbundanceMaps.of(cube.rows(), cube.columns(), e.names(), a);
    }

    /** 5 rows and 8 columns; class 1 on the left, class 2 on the right, half mixtures in the columns where they meet. */
    private static Cube scene() {
        double[][] planes = new double[2][40];
        for (int i = 0; i < 40; i++) {
            double left = i % 8 < 3 ? 1 : i % 8 > 4 ? 0 : 0.5;
            planes[0][i] = left * 2 + (1 - left) * 6;
            planes[1][i] = left * 8 + (1 - left) * 4;
        }
        return Cube.of(5, 8, planes);
    }

    private static int[] labels() {
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 8 < 4 ? 1 : 2;
        }
        return labels;
    }

    @Test
    void interiorPixelsGiveTheEndmembers() {
        LabelTruth.Result truth =
                LabelTruth.withDefaults().derive(scene(), labels(), List.of("sand", "sea"), LabelTruthTest::line, RUN);
        assertThat(truth.endmembers().get(0).toArray()).containsExactly(2, 8);
        assertThat(truth.endmembers().get(1).toArray()).containsExactly(6, 4);
        assertThat(truth.endmembers().names()).containsExactly("sand", "sea");
        assertThat(truth.abundances().value(2, 3, 0)).isCloseTo(0.5, within(1e-15));
        assertThat(truth.purity())
                .containsExactly(
                        new LabelTruth.Purity("sand", 20, 15, (15 + 5 * 0.5) / 20, 0.5, 1),
                        new LabelTruth.Purity("sea", 20, 15, (15 + 5 * 0.5) / 20, 0.5, 1));
        assertThat(LabelTruth.withDefaults().derive(scene(), labels(), List.of("sand", "sea"), LabelTruthTest::line))
                .isEqualTo(truth);
        assertThat(LabelTruth.withDefaults().margin()).isEqualTo(1);
    }

    @Test
    void withoutAMarginMixturesEnterTheMeans() {
        LabelTruth.Result truth = LabelTruth.withDefaults()
                .withMargin(0)
                .derive(scene(), labels(), List.of("sand", "sea"), LabelTruthTest::line, RUN);
        assertThat(truth.endmembers().get(0).value(0)).isCloseTo((3 * 2 + 4) / 4.0, within(1e-14));
        assertThat(truth.purity().get(0).interior()).isEqualTo(20);
    }

    @Test
    void aThinClassTakesAllItsPixels() {
        int[] labels = labels();
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 8 == 0 ? 1 : i % 8 > 4 ? 2 : 0;
        }
        LabelTruth.Result truth =
                LabelTruth.withDefaults().derive(scene(), labels, List.of("sand", "sea"), LabelTruthTest::line, RUN);
        assertThat(truth.purity().get(0).interior()).isZero();
        assertThat(truth.purity().get(0).labelled()).isEqualTo(5);
        assertThat(truth.endmembers().get(0).toArray()).containsExactly(2, 8);
    }

    @Test
    void invalidPixelsAreInNoMean() {
        Cube masked = scene().masked(Mask.of(5, 8, i -> i / 8 != 2));
        LabelTruth.Result truth =
                LabelTruth.withDefaults().derive(masked, labels(), List.of("sand", "sea"), LabelTruthTest::line, RUN);
        assertThat(truth.purity().get(0).labelled()).isEqualTo(16);
        assertThat(truth.purity().get(0).interior()).isEqualTo(12);
        assertThat(truth.endmembers().get(0).toArray()).containsExactly(2, 8);
        assertThat(truth.purity().get(0).meanPurity()).isCloseTo((12 + 4 * 0.5) / 16, within(1e-15));
    }

    @Test
    void wrongLabelsAreRefused() {
        LabelTruth truth = LabelTruth.withDefaults();
        assertThatIllegalArgumentException().isThrownBy(() -> truth.withMargin(-1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> truth.derive(scene(), new int[3], List.of("a"), LabelTruthTest::line))
                .withMessage("3 labels given for 40 pixels");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> truth.derive(scene(), labels(), List.of("a"), LabelTruthTest::line))
                .withMessage("label 2 is none of 0 to 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> truth.derive(scene(), labels(), List.of("a", "b", "c"), LabelTruthTest::line))
                .withMessage("class \"c\" has no valid pixel");
        AbundanceMaps other = AbundanceMaps.of(1, 1, List.of("x"), new double[][] {{1}});
        assertThatIllegalArgumentException()
                .isThrownBy(() -> truth.derive(scene(), labels(), List.of("a", "b"), (c, e, r) -> other));
    }
}
