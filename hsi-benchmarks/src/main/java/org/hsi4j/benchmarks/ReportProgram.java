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
 * java -cp hsi-benchmarks/target/benchmarks.jar org.hsi4j.benchmarks.ReportProgram docs/benchmarks.md --readme README.md
 * }</pre>
 */
public final class ReportProgram {

    private ReportProgram() {}

    /**
     * Runs.
     *
     * @param args the file to write; {@code --readme FILE} to put the most telling numbers there, between its two marks;
     *     {@code --long} for all parameters and iterations; {@code --from FILE} to take results that JMH wrote as JSON before;
     *     options of JMH: they replace those of the profile, and names of benchmarks replace its choice
     * @throws IOException if a file cannot be read or written
     * @throws RunnerException if nothing can be run
     * @throws CommandLineOptionException if an option is wrong
     */
    public static void main(String[] args) throws IOException, RunnerException, CommandLineOptionException {
        if (args.length == 0) {
            throw new IllegalArgumentException("the file to write is missing");
        }
        Path report = Path.of(args[0]);
        List<String> options = new ArrayList<>(Arrays.asList(args).subList(1, args.length));
        boolean all = options.remove("--long");
        String readme = valueOf(options, "--readme");
        String from = valueOf(options, "--from");
        String overrides = String.join(" ", options);
        List<BenchmarkResult> results = new ArrayList<>();
        if (!from.isEmpty()) {
            results.addAll(BenchmarkResult.read(Path.of(from)));
            write(report, lines(results, all, overrides));
        } else {
            boolean chosen = !new CommandLineOptions(options.toArray(String[]::new))
                    .getIncludes()
                    .isEmpty();
            for (ReportPart part : chosen ? List.of(ReportPart.chosen(all)) : ReportPart.all(all)) {
                results.addAll(run(part, options));
                write(report, lines(results, all, overrides)); // what was measured stays, whatever happens to the rest
            }
        }
        if (!readme.isEmpty()) {
            Path file = Path.of(readme);
            write(file, ReadmeNumbers.replace(lines(file), ReadmeNumbers.of(lines(report))));
        }
    }

    private static String valueOf(List<String> options, String name) {
        int at = options.indexOf(name);
        if (at < 0) {
            return "";
        }
        if (at + 1 == options.size()) {
            throw new IllegalArgumentException(name + " is not followed by a file");
        }
        options.remove(at);
        return options.remove(at);
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8);
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    }

    private static List<BenchmarkResult> run(ReportPart part, List<String> options)
            throws IOException, RunnerException, CommandLineOptionException {
        if (!part.isPresent()) {
            return List.of();
        }
        Path json = Files.createTempFile("benchmarks-", ".json");
        try {
            new Runner(new OptionsBuilder()
                            .parent(new CommandLineOptions(part.with(options).toArray(String[]::new)))
                            .resultFormat(ResultFormatType.JSON)
                            .result(json.toString())
                            .build())
                    .run();
            return BenchmarkResult.read(json).stream().map(part::named).toList();
        } finally {
            Files.deleteIfExists(json);
        }
    }

    /** The whole file. */
    static List<String> lines(List<BenchmarkResult> results, boolean all, String overrides) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "# Benchmarks",
                "",
                "Written by `org.hsi4j.benchmarks.ReportProgram` (command in the README); "
                        + (all ? "the long profile." : "the short profile, one fork and short iterations."),
                "The machine is shared, so that times vary; ratios of rows of one run are what counts.",
                ""));
        if (!overrides.isEmpty()) {
            lines.add("- with the options: `" + overrides + "`");
        }
        lines.addAll(List.of(
                "- machine: " + processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores",
                "- JVM: "
                        + String.join(
                                ", ",
                                results.stream()
                                        .map(BenchmarkResult::jvm)
                                        .distinct()
                                        .toList()),
                "- date: " + LocalDate.now(ZoneOffset.UTC),
                "- kernels where no column names others: plain Java"));
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
