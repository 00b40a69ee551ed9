package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestorationCompetitionTest {
    private final RestorationCompetition competition = new RestorationCompetition();

    @Test
    void everyMethodThatMendsTakesPartAndTheInputBesideThem(@TempDir Path empty) throws IOException {
        assertThat(competition.contestants())
                .extracting(Contestant::method)
                .startsWith("input", "auto")
                .contains("ngmeet", "fasthyin", "residual-destriping")
                .doesNotContain("bm3d");
        assertThat(competition.scenes(empty)).isEmpty();
    }

    @Test
    @RealData
    void theUniversalMethodGainsOnAllItIsGiven() throws IOException {
        Path folder = SharedFiles.data("restoration");
        List<SceneSource<RestorationScene>> scenes = competition.scenes(folder).stream()
                .filter(source -> source.name().startsWith("pavia: "))
                .toList();
        assertThat(scenes)
                .extracting(SceneSource::name)
                .contains("pavia: Gaussian noise .1", "pavia: complex noise", "pavia: missing bands 30 %");

        Survey<RestorationScene> survey = new Survey<>(
                competition.contestants().stream()
                        .filter(c -> c.method().equals("auto") || c.method().equals("input"))
                        .toList(),
                1,
                Duration.ofSeconds(100));
        Measure gain = RestorationScore.ALL.get(1);
        List<String> quick = List.of("pavia: Gaussian noise .1", "pavia: complex noise", "pavia: inpainting 80 %");
        for (SceneSource<RestorationScene> source :
                scenes.stream().filter(scene -> quick.contains(scene.name())).toList()) {
            List<Entry> entries = survey.run(source, RunContext.defaults());
            assertThat(entries).extracting(Entry::method).containsExactly("input", "auto");
            assertThat(entries).extracting(Entry::note).containsOnly("");
            assertThat(entries.get(0).score(gain).orElseThrow().mean()).isZero();
            // Half of the least, 16 dB with Gaussian noise.
            assertThat(entries.get(1).score(gain).orElseThrow().mean())
                    .as(source.name())
                    .isGreaterThan(8);
        }
    }
}
