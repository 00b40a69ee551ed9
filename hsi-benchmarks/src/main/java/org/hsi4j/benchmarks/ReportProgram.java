package org.hsi4j.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * Runs the benchmarks and writes their results as tables.
 *
 * <pre>{@code
 * java -cp hsi-benchmarks/target/benchmarks.jar org.hsi4j.benchmarks.ReportProgram docs/benchmarks.md [--long] [JMH options]
 * }</pre>
 */
public final class ReportProgram {
    /** Minutes rather than hours: the middle of every parameter, and short iterations. */
    private static final Map<String, String> SHORT =
            Map.of("-f", "1", "-wi", "3", "-w", "1s", "-i", "5", "-r", "300ms");

    private static final Map<String, String> MIDDLE = Map.of("bands", "200", "rows", "5", "p", "5");

    private ReportProgram() {}

    /**
     * Runs.
     *
     * @param args the file to write; {@code --long} for all parameters and iterations; {@code --from FILE} to take results
     *     that JMH wrote as JSON before; options of JMH
     * @throws IOException if a file cannot be read or written
     * @throws RunnerException if a benchmark fails
     * @throws CommandLineOptionException if an option is wrong
     */
    public static void main(String[] args) throws IOException, RunnerException, CommandLineOptionException {
        if (args.length == 0) {
            throw new IllegalArgumentException("the file to write is missing");
        }
        Path report = Path.of(args[0]);
        List<String> options = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        boolean all = options.remove("--long");
        int from = options.indexOf("--from");
        List<BenchmarkResult> results;
        if (from >= 0) {
            results = BenchmarkResult.read(Path.of(options.get(from + 1)));
        } else {
            results = run(options, all);
        }
        Files.writeString(report, String.join("\n", lines(results, all)) + "\n", StandardCharsets.UTF_8);
    }

    private static List<BenchmarkResult> run(List<String> options, boolean all)
            throws IOException, RunnerException, CommandLineOptionException {
        List<String> chosen = new ArrayList<>(options);
        if (!all) {
            SHORT.forEach((option, value) -> {
                if (!options.contains(option)) {
                    chosen.addAll(List.of(option, value));
                }
            });
            MIDDLE.forEach((param, value) -> {
                if (options.stream().noneMatch(option -> option.startsWith(param + "="))) {
                    chosen.addAll(List.of("-p", param + "=" + value));
                }
            });
        }
        Path json = Files.createTempFile("benchmarks-", ".json");
        try {
            new Runner(new OptionsBuilder()
                            .parent(new CommandLineOptions(chosen.toArray(String[]::new)))
                            .resultFormat(ResultFormatType.JSON)
                            .result(json.toString())
                            .build())
                    .run();
            return BenchmarkResult.read(json);
        } finally {
            Files.deleteIfExists(json);
        }
    }

    /** The whole file. */
    static List<String> lines(List<BenchmarkResult> results, boolean all) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Benchmarks",
                "",
                "Written by `org.hsi4j.benchmarks.ReportProgram` (command in the README); "
                        + (all ? "the long profile." : "the short profile, one fork and short iterations."),
                "The machine is shared, so that times vary; ratios of rows of one run are what counts.",
                "",
                "- machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "- JVM: "
                        + results.stream().map(BenchmarkResult::jvm).distinct().toList(),
                "- date: " + LocalDate.now(ZoneOffset.UTC),
                "- kernels where no column says otherwise: plain Java"));
        lines.addAll(new BenchmarkReport(results).lines());
        return lines;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
