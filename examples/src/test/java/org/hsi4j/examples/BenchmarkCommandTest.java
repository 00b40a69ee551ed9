package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hsi4j.examples.Tool.facts;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.method.Methods;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkCommandTest {

    /** A comma outside of quotation marks. */
    private static final String BETWEEN_CELLS = ",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)";

    @TempDir
    static Path scenes;

    @TempDir
    Path out;

    @BeforeAll
    static void writeScene() throws IOException {
        SimulatedScene made = LinearMixingScene.withDefaults()
                .withShape(14, 11)
                .withBands(20)
                .withEndmemberCount(3)
                .withSnr(40)
                .generate();
        Path folder = Files.createDirectory(scenes.resolve("tiny"));
        Cubes.write(made.cube(), folder.resolve("scene.hdr"));
        Cubes.write(
                made.abundances(),
                folder.resolve("true_abundances.hdr"),
                WriteOptions.defaults(),
                RunContext.defaults());
        SpectralLibraries.write(SpectralLibrary.of(made.endmembers().spectra()), folder.resolve("true_endmembers.sli"));
    }

    private static List<Map<String, String>> table(Path csv) throws IOException {
        List<String[]> lines = Files.readAllLines(csv).stream()
                .map(line -> line.split(BETWEEN_CELLS, -1))
                .toList();
        return lines.stream()
                .skip(1)
                .map(cells -> {
                    Map<String, String> row = new java.util.HashMap<>();
                    for (int c = 0; c < cells.length; c++) {
                        row.put(lines.get(0)[c], cells[c]);
                    }
                    return row;
                })
                .toList();
    }

    @Test
    void everyMethodOfTheFamilyHasARow() throws IOException {
        Map<String, String> facts = facts(
                "benchmark",
                "unmixing",
                "--scenes",
                scenes,
                "--only",
                "tiny",
                "--seeds",
                1,
                "--sweep-seeds",
                0,
                "--out",
                out);

        assertThat(facts).containsEntry("scenes", "tiny").containsEntry("sweep_points", "0");
        List<String> rows = table(out.resolve("results.csv")).stream()
                .map(row -> row.get("method"))
                .toList();
        assertThat(rows)
                .containsAll(Methods.all().stream()
                        .filter(m -> m.family().equals("unmixing"))
                        .map(m -> m.name())
                        .toList());
    }

    @Test
    void theRowHasTheScoresThatUnmixGives() throws IOException {
        Path folder = scenes.resolve("tiny");
        facts(
                "benchmark",
                "unmixing",
                "--scenes",
                scenes,
                "--only",
                "tiny",
                "--methods",
                "fcls,vca",
                "--seeds",
                1,
                "--seed",
                6,
                "--sweep-seeds",
                0,
                "--out",
                out,
                "--markdown",
                out.resolve("tables.md"));
        Map<String, String> unmixed = facts(
                "unmix",
                folder.resolve("scene.hdr"),
                "--endmembers",
                3,
                "--extract",
                "vca",
                "--abundances",
                "fcls",
                "--seed",
                6,
                "--truth",
                folder.resolve("true_endmembers.sli"),
                "--truth",
                folder.resolve("true_abundances.hdr"));

        List<Map<String, String>> rows = table(out.resolve("results.csv"));
        assertThat(rows)
                .extracting(row -> row.get("method") + ": " + row.get("setting"))
                .containsExactly("vca: number given; fcls", "fcls: true endmembers", "fcls: endmembers of vca");
        for (Map<String, String> row : List.of(rows.get(0), rows.get(2))) {
            // The same computation; sums may be taken in another order.
            assertThat(Double.parseDouble(row.get("SAD (rad)")))
                    .isCloseTo(Tool.number(unmixed, "sad_rad"), within(1e-12));
            assertThat(Double.parseDouble(row.get("aRMSE"))).isCloseTo(Tool.number(unmixed, "armse"), within(1e-12));
            assertThat(row).containsEntry("runs", "1").containsEntry("SAD (rad) deviation", "0.0");
        }
        assertThat(rows.get(1)).containsEntry("SAD (rad)", "");
        assertThat(out.resolve("tables.md")).hasSameTextualContentAs(out.resolve("results.md"));
        assertThat(Files.readString(out.resolve("results.md")))
                .contains("# Results: unmixing", "## tiny", "| vca | number given; fcls | ");
        assertThat(out.resolve("sweeps.csv")).doesNotExist();
    }

    @Test
    void theSweepsAreRunAndDrawn() throws IOException {
        Map<String, String> facts = facts(
                "benchmark",
                "unmixing",
                "--scenes",
                scenes,
                "--only",
                "tiny",
                "--methods",
                "vca",
                "--seeds",
                1,
                "--sweep-seeds",
                1,
                "--out",
                out);

        List<Map<String, String>> points = table(out.resolve("sweeps.csv"));
        assertThat(facts).containsEntry("sweep_points", String.valueOf(points.size()));
        assertThat(points).extracting(row -> row.get("sweep")).contains("noise", "endmembers", "size", "purity");
        assertThat(points.stream()
                        .filter(row -> row.get("sweep").equals("noise")
                                && row.get("method").equals("vca"))
                        .map(row -> row.get("value")))
                .containsExactly("10.0", "20.0", "30.0", "40.0", "50.0");
        // All four go through the same scene, and no other two points are equal.
        assertThat(points.stream().map(row -> row.get("RMSE")).distinct()).hasSize(points.size() - 3);
        assertThat(Files.readString(out.resolve("report.html"))).contains("Against SNR in dB", "data:image/png");
        assertThat(Files.readString(out.resolve("results.md"))).contains("## RMSE against rows and columns");
    }

    @Test
    void aLineSaysWhenASceneIsDone() {
        Object[] words = {
            "benchmark",
            "unmixing",
            "--scenes",
            scenes,
            "--only",
            "tiny",
            "--methods",
            "vca",
            "--seeds",
            1,
            "--sweep-seeds",
            0
        };
        assertThat(Tool.run(words).errLines()).singleElement().asString().matches("hsi: tiny: \\d+ s, rows: 1");
        Object[] quietly = Arrays.copyOf(words, words.length + 1);
        quietly[words.length] = "--quiet";
        assertThat(Tool.run(quietly).err()).isEmpty();
    }

    @Test
    void anInterruptedSurveyKeepsTheScenesThatAreDone() throws IOException {
        AtomicReference<Session> session = new AtomicReference<>();
        ByteArrayOutputStream said = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int from, int length) {
                super.write(bytes, from, length);
                session.get().cancel(); // at the first line, which is that of the first scene
            }
        };
        PrintStream err = new PrintStream(said, true, StandardCharsets.UTF_8);
        session.set(new Session(err, err, false, false));

        int code = Hsi.run(
                new String[] {
                    "benchmark",
                    "unmixing",
                    "--scenes",
                    scenes.toString(),
                    "--methods",
                    "vca",
                    "--seeds",
                    "1",
                    "--out",
                    out.toString()
                },
                session.get());

        assertThat(code).isEqualTo(Hsi.INTERRUPTED);
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("hsi: tiny: ", "interrupted; what was written holds 1 of 2 scenes, no sweeps");
        assertThat(table(out.resolve("results.csv")))
                .extracting(row -> row.get("scene"))
                .containsExactly("tiny");
        assertThat(Files.readString(out.resolve("results.md"))).contains("unfinished: 1 of 2 scenes, no sweeps");
    }

    @Test
    void keptRowsStayAsTheyAreAndInOrder() throws IOException {
        Object[] words = {"benchmark", "unmixing", "--scenes", scenes, "--seeds", 2, "--out", out};
        facts(with(words, "--methods", "vca,nnls", "--only", "tiny", "--sweep-seeds", 1));
        List<Map<String, String>> before = table(out.resolve("results.csv"));
        List<Map<String, String>> pointsBefore = table(out.resolve("sweeps.csv"));
        String page = Files.readString(out.resolve("results.md"));

        facts(with(
                words,
                "--methods",
                "nnls",
                "--settings",
                "true endmembers",
                "--keep",
                "--only",
                "generated",
                "--sweep-seeds",
                0));

        List<Map<String, String>> after = table(out.resolve("results.csv"));
        assertThat(after).containsAll(before).hasSize(before.size() + 1);
        assertThat(table(out.resolve("sweeps.csv"))).containsExactlyInAnyOrderElementsOf(pointsBefore);
        String section = page.substring(page.indexOf("## tiny"), page.indexOf("## SAD"));
        assertThat(Files.readString(out.resolve("results.md"))).contains(section, "some rows are of earlier runs");

        facts(with(words, "--methods", "vca", "--keep", "--only", "tiny", "--sweep-seeds", 0, "--seed", 5));
        assertThat(table(out.resolve("results.csv")))
                .as("the new row takes the place of the old one")
                .hasSize(after.size())
                .extracting(row -> row.get("scene") + " " + row.get("method"))
                .containsExactlyElementsOf(after.stream()
                        .map(row -> row.get("scene") + " " + row.get("method"))
                        .toList());
    }

    private static Object[] with(Object[] words, Object... more) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(more)).toArray();
    }

    @Test
    void wrongNamesAreToldWithThoseThereAre() {
        Tool family = Tool.run("benchmark", "segmentation", "--scenes", scenes);
        assertThat(family.code()).isEqualTo(Hsi.WRONG_USAGE);
        assertThat(family.err()).contains("there is no survey of 'segmentation'", "detection");
        Tool method = Tool.run("benchmark", "unmixing", "--scenes", scenes, "--methods", "vcaa");
        assertThat(method.code()).isEqualTo(Hsi.WRONG_USAGE);
        assertThat(method.err()).contains("there is no method 'vcaa'; there are ", "vca");
        Tool scene = Tool.run("benchmark", "unmixing", "--scenes", scenes, "--only", "tini");
        assertThat(scene.err()).contains("there is no scene 'tini'; there are generated, tiny");
        assertThat(Tool.run("benchmark", "unmixing", "--scenes", scenes, "--seeds", 0)
                        .code())
                .isEqualTo(Hsi.WRONG_USAGE);
    }

    @Test
    @Slow
    void theSurveyOfDetectionEndsWithTheCalibrationOfThresholds() throws IOException {
        facts(
                "benchmark",
                "detection",
                "--scenes",
                scenes,
                "--only",
                "point objects",
                "--methods",
                "rx",
                "--seeds",
                1,
                "--out",
                out);

        assertThat(Files.readString(out.resolve("results.md")))
                .contains("## Do thresholds keep their word?", "| extreme-value |");
    }

    @Test
    @RealData
    void detectorsAreScoredOnThePublicScenes() throws IOException {
        Map<String, String> facts = facts(
                "benchmark",
                "detection",
                "--scenes",
                SharedFiles.data("detection").getParent(),
                "--methods",
                "rx,smf",
                "--seeds",
                1,
                "--sweep-seeds",
                0,
                "--out",
                out);

        // seven public scenes, one with a target, and the point objects
        assertThat(facts).containsEntry("rows", "10").containsEntry("failed", "0");
        List<Map<String, String>> rows = table(out.resolve("results.csv"));
        assertThat(rows.stream()
                        .filter(row -> row.get("method").equals("rx"))
                        .filter(row -> row.get("scene").startsWith("abu"))
                        .map(row -> Double.parseDouble(row.get("AUC"))))
                .usingComparatorForType(
                        (a, b) -> Math.abs(a - b) < 5e-5 ? 0 : Double.compare(a, b),
                        Double.class) // four digits are known
                .containsExactly(0.8221, 0.9807, 0.9907, 0.9946);
        assertThat(Files.readString(out.resolve("results.md"))).contains("## point objects", "AUC OD: ");
        assertThat(Files.readString(out.resolve("report.html"))).contains("data:image/png");
        assertThat(out.resolve("roc-muufl-chip-target-given.png")).exists();
    }

    @Test
    @RealData
    void thePublicScenesAreFoundAndTheirTruthIsInOrder() throws IOException {
        Map<String, String> facts = facts(
                "benchmark",
                "unmixing",
                "--scenes",
                SharedFiles.data("unmixing").getParent(),
                "--methods",
                "fcls,nnls",
                "--seeds",
                1,
                "--sweep-seeds",
                0,
                "--out",
                out);

        assertThat(Arrays.asList(facts.get("scenes").split(",")))
                .contains(
                        "samson",
                        "urban 4",
                        "urban 5",
                        "urban 6",
                        "sim1",
                        "dc1 20 dB",
                        "dc1 30 dB",
                        "dc1 40 dB",
                        "salinasA",
                        "generated");
        assertThat(facts).containsEntry("failed", "0");
        List<Map<String, String>> rows = table(out.resolve("results.csv"));
        // The truths are what nnls gives with the true endmembers, divided by the sum: aRMSE .0020 and .0052 by the
        // data's
        // own README, and RMSE is at most that.
        assertThat(rmse(rows, "samson", "nnls", "true endmembers")).isLessThan(0.0021);
        assertThat(rmse(rows, "urban 6", "nnls", "true endmembers")).isLessThan(0.0053);
        assertThat(rmse(rows, "sim1", "fcls", "true endmembers")).isLessThan(1e-9);
        assertThat(rmse(rows, "salinasA", "fcls", "true endmembers")).isLessThan(1e-12);
        assertThat(rmse(rows, "dc1 40 dB", "nnls", "library")).isLessThan(0.02);
    }

    private static double rmse(List<Map<String, String>> rows, String scene, String method, String setting) {
        return rows.stream()
                .filter(row -> row.get("scene").equals(scene)
                        && row.get("method").equals(method)
                        && row.get("setting").equals(setting))
                .mapToDouble(row -> Double.parseDouble(row.get("RMSE")))
                .findFirst()
                .orElseThrow();
    }
}
