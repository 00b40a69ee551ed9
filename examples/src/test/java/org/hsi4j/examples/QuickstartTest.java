package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hsi4j.examples.Tool.facts;
import static org.hsi4j.examples.Tool.number;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuickstartTest {

    @TempDir
    static Path folder;

    private static Path out;
    private static Map<String, String> facts;

    @BeforeAll
    static void quickstart() {
        out = folder.resolve("hsi-quickstart");
        facts = facts("quickstart", "--out", out);
    }

    @Test
    void theNumbersAreGood() {
        assertThat(facts)
                .containsEntry("rows", "200")
                .containsEntry("columns", "180")
                .containsEntry("bands", "180")
                .containsEntry("endmembers", "6");
        // Pure pixels of six materials at 35 dB, one of them next to black.
        assertThat(number(facts, "sad_deg")).isLessThan(4);
        assertThat(number(facts, "armse")).isLessThan(0.1);
        // Six materials and a target in 180 bands: 10 log10(180 / 7) = 14 dB can be gained.
        assertThat(number(facts, "mpsnr") - number(facts, "mpsnr_in")).isBetween(12.0, 16.0);
        assertThat(number(facts, "auc")).isGreaterThan(0.999);
        assertThat(number(facts, "hits")).isGreaterThan(25);
    }

    @Test
    void everyFileIsThere() throws IOException {
        assertThat(facts).containsEntry("out", out.toString());
        for (Map.Entry<String, String> fact : facts.entrySet()) {
            if (fact.getKey().startsWith("out_")) {
                assertThat(Path.of(fact.getValue())).isRegularFile().isNotEmptyFile();
            }
        }
        assertThat(out.toFile().list())
                .contains("report.html", "scene.hdr", "scene.img")
                .noneMatch(n -> n.startsWith("."));
        String html = Files.readString(out.resolve("report.html"));
        assertThat(html)
                .contains("Unmixing.of(scene)", "hsi detect", "data:image/png")
                .doesNotContain("http://", "src=\"/");
    }

    @Test
    void theCommandsOfTheReportWork() {
        Map<String, String> unmixed = facts(
                "unmix",
                out.resolve("scene.hdr"),
                "--endmembers",
                6,
                "--abundances",
                "fcls",
                "--truth",
                out.resolve("true_endmembers.sli"),
                "--truth",
                out.resolve("true_abundances.hdr"));
        Map<String, String> restored = facts(
                "restore",
                out.resolve("scene.hdr"),
                "--method",
                "whitened-svd",
                "--truth",
                out.resolve("clean.hdr"),
                "--out",
                folder.resolve("restored.hdr"));
        Map<String, String> detected = facts(
                "detect",
                out.resolve("scene.hdr"),
                "--method",
                "ace",
                "--target",
                out.resolve("target.sli"),
                "--far",
                "1e-3",
                "--truth",
                out.resolve("true_targets.hdr"),
                "--out",
                folder.resolve("detected"));

        // The same scene through a file of the same precision: the same bits.
        for (String key : List.of("armse", "rmse", "sad_rad", "permutation")) {
            assertThat(unmixed).containsEntry(key, facts.get(key));
        }
        for (String key : List.of("mpsnr", "sam_deg", "rank")) {
            assertThat(restored).containsEntry(key, facts.get(key));
        }
        assertThat(detected).containsEntry("auc", facts.get("auc"));
    }
}
