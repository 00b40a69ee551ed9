package org.hsi4j.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.junit.jupiter.api.Test;

class FiguresTest {
    private static final ScoreMap SCORES = ScoreMap.of(
            "score", 10, 10, IntStream.range(0, 100).asDoubleStream().toArray());

    @Test
    void aDetectionDrawsItsScoresUpToTheThreshold() {
        ScoreMap p = ScoreMap.of(
                "p", 10, 10, IntStream.range(0, 100).mapToDouble(i -> i / 100.0).toArray());
        DetectionResult result = new DetectionResult(
                SCORES,
                Optional.of(p),
                OptionalDouble.of(90),
                "rule",
                Optional.of(SCORES.above(90)),
                Diagnostics.none());
        assertThat(result.figures()).extracting(Figure::name).containsExactly("scores", "p-values");
        assertThat(result.figures().get(0).picture().description()).endsWith("to 90");
        // p = 0 at one pixel is drawn, as infinitely improbable
        assertThat(result.figures().get(1).picture().image().getWidth()).isGreaterThan(300);
        int cyan = 0xFF00FFFF;
        var image = result.figures().get(0).picture().image();
        assertThat(IntStream.range(0, image.getWidth() * image.getHeight())
                        .anyMatch(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()) == cyan))
                .isTrue();
    }

    @Test
    void scoresWithoutADetectionAreDrawnToo() {
        Figure map = new Scoring(SCORES, Diagnostics.none()).figures().get(0);
        assertThat(map.name()).isEqualTo("scores");
        assertThat(map.picture().description()).startsWith("Map of score");
    }

    @Test
    void withoutThresholdThereIsNothingToOutline() {
        DetectionResult result = new DetectionResult(
                SCORES, Optional.empty(), OptionalDouble.empty(), "", Optional.empty(), Diagnostics.none());
        assertThat(result.figures()).hasSize(1);
        assertThat(result.figures().get(0).caption()).isEqualTo("The scores.");
    }

    @Test
    void aMaskedSceneIsDrawnToo() {
        ScoreMap nothing = ScoreMap.of("score", 1, 1, new double[] {Double.NaN});
        DetectionResult result = new DetectionResult(
                nothing,
                Optional.empty(),
                OptionalDouble.empty(),
                "",
                Optional.of(Mask.of(1, 1, i -> false)),
                Diagnostics.none());
        assertThat(result.figures().get(0).picture().image().getWidth()).isGreaterThan(300);
    }
}
