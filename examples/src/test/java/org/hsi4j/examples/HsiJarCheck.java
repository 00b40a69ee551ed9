package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.hsi4j.testing.RealData;
import org.hsi4j.testing.SharedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar as people run it, in a process of its own; runs after packaging, on the JVM of the build. */
class HsiJarCheck {

    @TempDir
    Path folder;

    private Tool java(String... words) throws IOException, InterruptedException {
        Path jar = Path.of(System.getProperty("hsi.jar", "target/hsi.jar")).toAbsolutePath();
        assertThat(jar).isRegularFile();
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", jar.toString()));
        command.addAll(List.of(words));
        Path out = folder.resolve("stdout");
        Path err = folder.resolve("stderr");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        return new Tool(
                process.exitValue(),
                Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }

    @Test
    void quickstartWritesItsReportAndNothingOnStandardError() throws Exception {
        Tool run = java("quickstart", "--quiet");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.facts()).containsKeys("armse", "mpsnr", "auc", "seconds");
        assertThat(folder.resolve("hsi-quickstart/report.html")).isNotEmptyFile();
    }

    @Test
    void methodsOfAllModulesAreFound() throws Exception {
        Tool run = java("methods");

        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().map(line -> line.split(" +")[1])).contains("unmixing", "restoration", "detection");
    }

    @Test
    void knowsItsVersionAndItsExitCodes() throws Exception {
        assertThat(java("--version").out()).matches("hsi [0-9].*\\R");
        assertThat(java("unmix").code()).isEqualTo(Hsi.WRONG_USAGE);
        Tool bad = java("info", "missing.hdr");
        assertThat(bad.code()).isEqualTo(Hsi.BAD_DATA);
        assertThat(bad.errLines()).hasSize(1);
    }

    @Test
    @RealData
    void readsMatFilesWithoutAWarning() throws Exception {
        Path file = SharedFiles.data("unmixing/samson/samson_1.mat");

        Tool run = java("unmix", file.toString(), "--endmembers", "3", "--quiet", "--out", "results");

        assertThat(run.err()).isEmpty();
        assertThat(run.facts()).containsEntry("rows", "95");
    }
}
