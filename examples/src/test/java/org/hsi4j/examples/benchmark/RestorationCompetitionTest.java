package org.hsi4j.examples.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.SoftAssertions;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestorationCompetitionTest {
    private final RestorationCompetition competition = new RestorationCompetition();

    @Test
    void everyMethodThatMendsTakesPartAndTheInputBesideThem(@TempDir Path empty) throws IOException {
        assertThat(competition.contestants())
                .extracting(Contestant::method)
                .startsWith("input", "auto")
                .contains("ngmeet", "fasthyin", "residual-destriping", "r-fuse")
                .doesNotContain("bm3d");
        assertThat(competition.scenes(empty)).isEmpty();
    }

    /** Of 48 x 48 pixels and every third band; the size of pixels is not divisible by eight otherwise, and all is quick. */
    private static Cube small(Cube cube) {
        int[] bands = IntStream.range(0, cube.bands() / 3).map(b -> 3 * b).toArray();
        Cube part = cube.crop(new Region(0, 0, 48, 48)).selectBands(bands);
        double peak = IntStream.range(0, bands.length)
                .mapToDouble(b -> Arrays.stream(part.plane(b)).max().orElse(1))
                .max()
                .orElse(1);
        return part.scaled(1 / peak, 0).toHeap(Precision.DOUBLE);
    }

    @RealData
    @ParameterizedTest
    @ValueSource(strings = {"oracle", "pavia"})
    void everyTaskOfASmallSceneIsBetterThanItsInputByWhatIsPromised(String name) throws IOException {
        Cube clean = name.equals("oracle")
                ? Cubes.read(
                        SharedFiles.oracle("restoration_synthetic.mat"),
                        ReadOptions.defaults().withVariable("clean"))
                : Cubes.read(SharedFiles.data("restoration/paviau_crop/paviaU_subimg.mat"));
        List<String> kept = new ArrayList<>();
        SoftAssertions all = new SoftAssertions();
        for (SceneSource<RestorationScene> source : RestorationScenes.of(name, small(clean))) {
            List<Contestant<RestorationScene>> asked = competition.contestants().stream()
                    .filter(c -> c.method().equals("input")
                            || RestorationMargins.of(source.name(), c.method()).isPresent())
                    .toList();
            for (Entry entry : new Survey<>(asked, 1, Duration.ofSeconds(200)).run(source, RunContext.defaults())) {
                if (entry.method().equals("input")) {
                    assertThat(entry.score(RestorationScore.FOLDED).isPresent())
                            .isEqualTo(source.name().contains("super-resolution"));
                } else {
                    all.assertThat(entry.score(RestorationScore.GAIN)
                                    .orElseThrow()
                                    .mean())
                            .as(source.name() + " by " + entry.method() + entry.note())
                            .isGreaterThan(entry.score(RestorationScore.MARGIN)
                                    .orElseThrow()
                                    .mean());
                    kept.add(source.name());
                }
            }
        }
        assertThat(kept).hasSize(15).doesNotHaveDuplicates();
        all.assertAll();
    }

    /** Of what docs/results-restoration.md says. */
    @Test
    void noRowOfTheResultsFallsShortOfItsMargin() throws IOException {
        int rows = 0;
        List<String> header = List.of();
        for (String line : Files.readAllLines(Path.of("../docs/results-restoration.md"))) {
            List<String> cells =
                    Arrays.stream(line.split("\\|")).map(String::strip).toList();
            if (line.startsWith("| method")) {
                header = cells;
            } else if (line.startsWith("| ") && header.contains("margin dB")) {
                String margin = cells.get(header.indexOf("margin dB"));
                if (!margin.isEmpty()) {
                    assertThat(Double.parseDouble(cells.get(header.indexOf("gain dB"))))
                            .as(line)
                            .isGreaterThan(Double.parseDouble(margin));
                    rows++;
                }
            }
        }
        // Fifteen settings of the nine tasks, on two scenes.
        assertThat(rows).isEqualTo(30);
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
