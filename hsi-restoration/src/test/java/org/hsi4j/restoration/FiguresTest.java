package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final Cube BEFORE =
            Cube.of(2, 2, new double[][] {{1, 2, 3, 4}, {5, 6, 7, 8}}).masked(Mask.of(2, 2, i -> i > 0));
    private static final RestoredCube RESULT = new RestoredCube(
            Cube.of(2, 2, new double[][] {{1, 2, 0, 4}, {5, 6, 3, 8}}).masked(Mask.of(2, 2, i -> i > 0)),
            Diagnostics.none());

    @Test
    void aRestorationDrawsItselfAndWhatItChanged() {
        assertThat(RESULT.figures()).extracting(Figure::name).containsExactly("after");
        assertThat(RESULT.figures(BEFORE))
                .extracting(Figure::name)
                .containsExactly("before", "after", "comparison", "removed", "spectra");
        assertThat(RESULT.figures(BEFORE))
                .allSatisfy(figure ->
                        assertThat(figure.picture().image().getWidth()).isGreaterThan(300));
    }

    @Test
    void whatWasRemovedIsTheRootMeanSquareOverTheBands() {
        ScoreMap removed = RESULT.removed(BEFORE);
        assertThat(removed.value(0, 0)).as("invalid").isNaN();
        assertThat(removed.value(0, 1)).isZero();
        // sqrt((9 + 16) / 2), with two roundings
        assertThat(removed.value(1, 0)).isCloseTo(Math.sqrt(12.5), within(1e-15));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RESULT.removed(BEFORE.selectBands(0)))
                .withMessage("the scene was 2x2x1 but is 2x2x2");
    }
}
