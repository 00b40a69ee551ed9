package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RestorationSummaryTest {

    private static Entry entry(String scene, String method, double psnr, double seconds) {
        return new Entry(
                scene,
                method,
                "defaults",
                Map.of(RestorationScore.PSNR, new Spread(psnr, 0, 1)),
                Optional.of(new Spread(seconds, 0, 1)),
                "");
    }

    private static Entry stopped(String scene, String method) {
        return new Entry(scene, method, "defaults", Map.of(), Optional.empty(), "took longer than 60 s");
    }

    private static final List<Entry> ROWS = List.of(
            entry("near: noise", "input", 90, 0),
            entry("near: noise", "auto", 40, 9),
            entry("near: noise", "quick", 38.5, 0.2),
            entry("near: noise", "slow", 41.25, 30),
            entry("near: noise", "plain", 30, 1),
            entry("far: noise", "auto", 35, 11),
            entry("far: noise", "quick", 34, 0.4),
            entry("far: noise", "plain", 20, 1),
            stopped("far: noise", "slow"),
            entry("near: haze", "clear", 25, 0.5),
            entry("near: haze", "faster", 24.996, 0.25));

    @Test
    void theBestOfEachTaskAndSceneIsNamedWithItsSeconds() {
        Study best = RestorationSummary.of(ROWS).get(0);

        assertThat(best.header()).containsExactly("task", "near", "far");
        assertThat(best.rows())
                .containsExactly(
                        List.of("noise", "slow 41.25, 30.0 s", "auto 35.00, 11.0 s"),
                        List.of("haze", "faster 25.00, 0.25 s", ""));
    }

    @Test
    void autoHasAPlaceAmongTheOthers() {
        Study auto = RestorationSummary.of(ROWS).get(1);

        assertThat(auto.rows()).containsExactly(List.of("noise", "2 of 4, -1.25", "1 of 3, +1.00"));
    }

    @Test
    void whoWasStoppedOnASceneComesLastAndHasNoMean() {
        List<Study> studies = RestorationSummary.of(ROWS);

        assertThat(studies).hasSize(3);
        assertThat(studies.get(2).rows())
                .containsExactly(
                        List.of("auto", "40.00", "35.00", "37.50", "10.0"),
                        List.of("quick", "38.50", "34.00", "36.25", "0.30"),
                        List.of("plain", "30.00", "20.00", "25.00", "1.0"),
                        List.of("slow", "41.25", "", "", ""));
    }

    @Test
    void withoutRowsThereIsNothingToBeSaid() {
        assertThat(RestorationSummary.of(List.of())).isEmpty();
    }
}
