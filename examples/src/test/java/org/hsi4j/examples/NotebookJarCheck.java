package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * All notebooks run in Jupyter, with the jar and on the JVM of the build. Skipped where there is no {@code jupyter-nbconvert}; where
 * there is one, Maven must be able to get the kernel.
 */
class NotebookJarCheck {
    private static final Path NOTEBOOKS = Path.of("notebooks").toAbsolutePath();
    private static final Pattern PICTURE = Pattern.compile("<img alt=\"[^\"]+\" src=\"data:image/png;base64,");

    @TempDir
    Path folder;

    @BeforeEach
    void jupyterIsThere() {
        boolean there = Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "jupyter-nbconvert")));
        assumeTrue(there, "no jupyter-nbconvert on the PATH: notebooks are not tested");
    }

    @Test
    void allRunWithoutData() throws Exception {
        execute("none");

        for (Path page : pages()) {
            assertThat(Files.readString(page).contains("<pre>simulated: cube"))
                    .as(page.toString())
                    .isTrue();
        }
    }

    @Test
    @RealData
    void allRunOnRealScenes() throws Exception {
        execute(SharedFiles.data("unmixing").getParent().toString());

        for (Path page : pages()) {
            assertThat(Files.readString(page).contains("<pre>real: cube"))
                    .as(page.toString())
                    .isTrue();
        }
    }

    private void execute(String data) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder builder = new ProcessBuilder(NOTEBOOKS.resolve("execute").toString(), folder.toString());
        builder.environment().put("HSI4J_DATA", data);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        // Programs of seconds: the optimising compiler would take a third of their time, and be done too late.
        builder.environment().put("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        Process process =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();

        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(log)).isZero();
        assertThat(pages()).hasSameSizeAs(files(NOTEBOOKS, ".ipynb")).isNotEmpty();
        for (Path page : pages()) {
            String html = Files.readString(page);
            assertThat(PICTURE.matcher(html).results().count())
                    .as("pictures of " + page)
                    .isGreaterThanOrEqualTo(3);
            assertThat(html)
                    .as("a report, and nothing from elsewhere")
                    .contains("<iframe title=")
                    .doesNotContain("<script", "src=\"http");
        }
    }

    private List<Path> pages() throws Exception {
        return files(folder, ".html");
    }

    private static List<Path> files(Path folder, String end) throws Exception {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(end)).sorted().toList();
        }
    }
}
