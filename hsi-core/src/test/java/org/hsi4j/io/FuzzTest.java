package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Gives each reader, or the one of {@code -Dhsi4j.fuzz.reader}, files that Jazzer makes up, guided by the branches they
 * reach, for five minutes ({@code -Dhsi4j.fuzz.seconds}), in a Java of its own with 256 MiB. What is not documented, ten
 * seconds for one file or 128 MiB allocated for it is a finding; it is left in {@code target/fuzz}, with the log and the
 * files that reached something new, from which the next run starts. Only {@code -Pfuzz} runs this.
 */
@Tag("fuzz")
class FuzzTest {
    private static final Pattern RUNS = Pattern.compile("stat::number_of_executed_units: (\\d+)");

    @ParameterizedTest
    @EnumSource
    void endsAsDocumented(FuzzedReader reader) throws IOException, InterruptedException {
        String only = System.getProperty(FuzzOneFile.READER);
        assumeTrue(only == null || only.equals(reader.name()));
        Path work = Files.createDirectories(Path.of("target", "fuzz", reader.name()))
                .toAbsolutePath();
        Path seeds = Files.createDirectories(work.resolve("seeds"));
        Path corpus = Files.createDirectories(work.resolve("corpus"));
        Path findings = Files.createDirectories(work.resolve("findings"));
        Path temporary = Files.createDirectories(work.resolve("temporary"));
        int n = 0;
        for (byte[] seed : reader.seeds(temporary)) {
            Files.write(seeds.resolve("seed-" + n++), seed);
        }
        long seconds = Long.getLong("hsi4j.fuzz.seconds", 300);
        Path log = work.resolve("log.txt");

        int exit = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-D" + FuzzOneFile.READER + "=" + reader,
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "com.code_intelligence.jazzer.Jazzer",
                        "--target_class=" + FuzzOneFile.class.getName(),
                        "--instrumentation_includes=org.hsi4j.io.**:io.jhdf.**",
                        "--reproducer_path=" + temporary,
                        "--keep_going=10",
                        "-artifact_prefix=" + findings + "/",
                        "-max_total_time=" + seconds,
                        "-timeout=10",
                        "-max_len=8192",
                        "-print_final_stats=1",
                        corpus.toString(),
                        seeds.toString()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();

        try (Stream<Path> left = Files.list(findings)) {
            assertThat(left).as("findings; what was thrown is in %s", log).isEmpty();
        }
        assertThat(exit).as("exit status; see %s", log).isZero();
        Matcher runs = RUNS.matcher(Files.readString(log));
        if (!runs.find()) {
            fail("no file was tried; see %s", log);
        }
        System.out.println(reader + ": " + runs.group(1) + " files");
    }
}
