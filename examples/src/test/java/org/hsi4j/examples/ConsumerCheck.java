package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The artifacts as another project sees them: the script {@code examples/consumer/check}, on the JDK of the build, after packaging. */
@DisabledOnOs(OS.WINDOWS)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsumerCheck {
    private static final List<String> PROJECTS = List.of("core", "hdf5", "unmixing", "restoration", "detection", "all");

    /** 3 MB. */
    private static final long MOST_BYTES = 3_000_000;

    private String report = "";

    @BeforeAll
    void runTheScript(@TempDir Path folder) throws IOException, InterruptedException {
        Path out = folder.resolve("report");
        ProcessBuilder builder = new ProcessBuilder("bash", "consumer/check");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("MAVEN", System.getProperty("hsi.maven"));
        builder.environment().put("MAVEN_REPOSITORY", System.getProperty("hsi.repository"));
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Path err = folder.resolve("errors");
        Process process =
                builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        report = Files.readString(out);
        Files.writeString(Path.of("target/consumer.txt"), report);
        report.lines().filter(line -> line.startsWith("== closure")).forEach(System.out::println);
        assertThat(process.exitValue()).as(report + Files.readString(err)).isZero();
    }

    private String section(String title) {
        Matcher section = Pattern.compile("(?s)== " + Pattern.quote(title) + "[^\\n]*\\n.*?(?=== |\\z)")
                .matcher(report);
        assertThat(section.find()).as(title + " in " + report).isTrue();
        return section.group();
    }

    private long bytes(String project) {
        Matcher bytes = Pattern.compile("(\\d+) bytes").matcher(section("closure of " + project));
        assertThat(bytes.find()).isTrue();
        return Long.parseLong(bytes.group(1));
    }

    @Test
    void everyProjectRunsOnBothPathsWithTheSameAnswers() {
        assertThat(PROJECTS)
                .allSatisfy(name -> assertThat(answers(name + ", module path"))
                        .isNotEmpty()
                        .isEqualTo(answers(name + ", class path")));
    }

    private List<String> answers(String title) {
        return section(title).lines().skip(1).toList();
    }

    @Test
    void eachModuleBringsItsMethods() {
        assertThat(answers("all, module path"))
                .filteredOn(line -> line.startsWith("methods "))
                .allSatisfy(line -> assertThat(Integer.parseInt(line.substring("methods ".length())))
                        .isGreaterThan(100));
        assertThat(List.of("unmixing", "restoration", "detection"))
                .allSatisfy(name -> assertThat(answers(name + ", module path")).doesNotContain("methods 0"));
    }

    @Test
    void theCoreAloneNamesTheArtifactForHdf5() {
        assertThat(section("core, module path")).contains("refused").contains("org.hsi4j:hsi-hdf5");
        assertThat(section("hdf5, module path")).contains("read 2 x 3 x 2", "malformed");
    }

    @Test
    void theVectorApiIsUsedOnTheModulePathToo() {
        assertThat(section("core, module path, Vector API")).doesNotContain("kernels plain");
    }

    @Test
    void closuresArePureJavaAndSmall() {
        assertThat(PROJECTS)
                .allSatisfy(name -> assertThat(section("closure of " + name)).contains(", 0 with native code"));
        assertThat(bytes("detection"))
                .as("bytes of hsi-core, hsi-detection and all they need")
                .isLessThan(MOST_BYTES);
    }
}
