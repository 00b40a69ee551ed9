package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.detection.Ace;
import org.hsi4j.detection.Detection;
import org.hsi4j.io.Cubes;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Unmixing;
import org.hsi4j.unmixing.Vca;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sentences of the README compile, run, and stand in the README as they stand here. */
class ReadmeTest {
    @TempDir
    Path folder;

    @Test
    void theFourSentencesOfTheFaceRun() throws Exception {
        SimulatedScene made = LinearMixingScene.withDefaults().withShape(40, 50).generate();
        Path file = folder.resolve("jasper.hdr");
        Cubes.write(made.cube(), file);
        var spectrum = made.endmembers().get(0);

        // The README has "jasper.hdr" where this has the file.
        var scene = Cubes.read(file).dropBadBands();
        var unmixing = Unmixing.of(scene)
                .endmembers(4)
                .extract(Vca.withDefaults().withSeed(7))
                .abundances(Fcls.withDefaults())
                .run();
        var clean = Restoring.of(scene).automatically().run();
        var hits = Detection.of(scene)
                .target(spectrum)
                .with(Ace.signed())
                .falseAlarmRate(1e-3)
                .run();

        assertThat(unmixing.abundances().count()).isEqualTo(4);
        assertThat(clean.cube().bands()).isEqualTo(scene.bands());
        assertThat(hits.detections()).isPresent();
    }

    @Test
    void theReadmeHasTheseSentences() throws Exception {
        Path here = Path.of("src/test/java/org/hsi4j/examples/ReadmeTest.java");
        String readme = withoutSpace(Files.readString(Path.of("../README.md")));
        String source = withoutSpace(Files.readString(here));
        List<String> sentences = List.of(source.split(";", -1)).stream()
                .filter(s -> s.startsWith("varunmixing=") || s.startsWith("varclean=") || s.startsWith("varhits="))
                .toList();
        assertThat(sentences).hasSize(3);
        assertThat(readme).contains(sentences);
        assertThat(readme).contains("varscene=Cubes.read(Path.of(\"jasper.hdr\")).dropBadBands();");
    }

    private static String withoutSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
