package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.AnomalyDetector;
import org.hsi4j.detection.TargetDetector;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.metrics.ObjectMap;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;

class DetectionCompetitionTest {

    /** An image of 20 x 10 pixels with two targets of one pixel each. */
    private static DetectionScene.Image image() {
        Mask truth = Mask.of(20, 10, i -> i == 33 || i == 150);
        return new DetectionScene.Image(
                Cube.of(20, 10, new double[1][200]), truth, ObjectMap.of(truth, Connectivity.EIGHT));
    }

    private static ScoreMap scores(double first, double second, double falseAlarm) {
        double[] values = new double[200];
        for (int i = 0; i < values.length; i++) {
            values[i] = i / 1000.0;
        }
        values[33] = first;
        values[150] = second;
        values[77] = falseAlarm;
        return ScoreMap.of("s", 20, 10, values);
    }

    private static Map<Measure, Double> score(List<DetectionScene.Image> training, ScoreMap map) {
        DetectionScene.Search search = new DetectionScene.Search(List.of(), training, List.of(image()));
        return DetectionScore.of(search, training.isEmpty() ? List.of() : List.of(map), List.of(map));
    }

    @Test
    void countsByHand() {
        Map<Measure, Double> scores = score(List.of(), scores(3, 1, 2));

        // Of 198 others one is between the two targets: half of 198/198 and 197/198.
        assertThat(scores.get(DetectionScore.AUC)).isCloseTo((1 + 197 / 198.0) / 2, within(1e-12));
        // 1 % of 200 pixels makes objects: the first target and the false alarm.
        // recalls to .5 have precision 1, then none
        assertThat(scores.get(DetectionScore.OBJECTS)).isCloseTo(51 / 101.0, within(1e-12));
    }

    /** With a training image the threshold may fall, and the second target is found after the false alarm. */
    @Test
    void trainingChoosesTheThresholdOfObjects() {
        Map<Measure, Double> scores = score(List.of(image()), scores(3, 1, 2));

        // 3 % is six pixels: hit, false alarm, hit, and three faint ones that join the rest
        assertThat(scores.get(DetectionScore.OBJECTS)).isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
    }

    @Test
    void scoresWithoutARangeHaveNoAreasOverTheThreshold() {
        double[] flat = new double[200];
        Map<Measure, Double> scores = score(List.of(), ScoreMap.of("s", 20, 10, flat));

        assertThat(scores).doesNotContainKey(DetectionScore.OD);
        assertThat(scores.get(DetectionScore.AUC)).isEqualTo(0.5);
        assertThat(scores.get(DetectionScore.OBJECTS)).isZero();
    }

    @Test
    void everyDetectorOfTheTableTakesPart() {
        List<String> names = new DetectionCompetition()
                .contestants().stream().map(Contestant::method).toList();

        assertThat(names)
                .containsExactlyElementsOf(Stream.concat(
                                Methods.all(AnomalyDetector.class).stream(), Methods.all(TargetDetector.class).stream())
                        .map(method -> method.name())
                        .toList());
    }

    @Test
    void pointObjectsHaveEightClassesAndAnotherTraining() throws IOException {
        DetectionScene scene =
                PointObjects.source().maker().make(RunContext.defaults().withSeed(1));
        DetectionScene other =
                PointObjects.source().maker().make(RunContext.defaults().withSeed(2));

        assertThat(scene.searches()).hasSize(9);
        DetectionScene.Search all = scene.searches().get(0);
        assertThat(all.isTargeted()).isFalse();
        assertThat(all.images()).allMatch(image -> image.objects().count() == 14);
        assertThat(scene.searches().stream()
                        .skip(1)
                        .mapToInt(search -> search.images().get(0).objects().count())
                        .sum())
                .isEqualTo(14);
        assertThat(all.training().get(0).truth())
                .isNotEqualTo(all.images().get(0).truth());
        assertThat(other.searches().get(0).images().get(0).truth())
                .isNotEqualTo(all.images().get(0).truth());
        assertThat(other.searches().get(0).training().get(0).truth())
                .isNotEqualTo(all.images().get(0).truth());
    }

    @Test
    void curvesAreKeptForThePlots() {
        DetectionCompetition competition = new DetectionCompetition();
        double[][] planes = new double[2][200];
        java.util.Random random = new java.util.Random(1);
        for (int i = 0; i < 200; i++) {
            planes[0][i] = random.nextGaussian();
            planes[1][i] = random.nextGaussian() + (i == 33 ? 9 : 0);
        }
        DetectionScene.Image image = image();
        List<DetectionScene.Image> images =
                List.of(new DetectionScene.Image(Cube.of(20, 10, planes), image.truth(), image.objects()));
        DetectionScene scene = new DetectionScene(
                "small",
                List.of(
                        new DetectionScene.Search(List.of(), List.of(), images),
                        new DetectionScene.Search(List.of(Spectrum.of(0, 9)), List.of(), images)));
        competition.contestants().stream()
                .filter(c -> List.of("rx", "ace", "smf").contains(c.method()))
                .forEach(c -> assertThat(c.run(scene, RunContext.sequential()).get())
                        .containsKeys(DetectionScore.AUC, DetectionScore.OBJECTS));

        assertThat(competition.figures("small"))
                .hasSize(2)
                .extracting(f -> f.name())
                .containsExactly("roc-small-anomalies", "roc-small-target-given");
        assertThat(competition.figures("other")).isEmpty();
    }
}
