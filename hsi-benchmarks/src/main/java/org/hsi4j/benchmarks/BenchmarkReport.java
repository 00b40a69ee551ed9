package org.hsi4j.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Results of JMH as Markdown: a section a class, a row for each method and its parameters, a column for each rival that says
 * by which factor the row is faster, and the share of the roofline where the kernel's operations are known.
 */
final class BenchmarkReport {
    private static final Set<String> KERNELS = Set.of("TileProductBenchmark", "ScatterBenchmark", "WhitenBenchmark");

    static final String ALLOCATED = "bytes a pixel beside the result";

    private final List<BenchmarkResult> results;

    BenchmarkReport(List<BenchmarkResult> results) {
        this.results = List.copyOf(results);
    }

    /** All sections, in the order of the names of the classes. */
    List<String> lines() {
        Map<String, List<BenchmarkResult>> classes = new TreeMap<>();
        for (BenchmarkResult result : results) {
            classes.computeIfAbsent(result.className(), name -> new ArrayList<>())
                    .add(result);
        }
        List<String> lines = new ArrayList<>();
        classes.forEach((name, own) -> {
            lines.addAll(List.of("", "## " + simple(name).replaceAll("Benchmark$", ""), ""));
            String about = about(name);
            if (!about.isEmpty()) {
                lines.addAll(List.of(about, ""));
            }
            lines.addAll(table(name, sorted(own)));
        });
        return lines;
    }

    /** By method; those of one method in the order in which they were measured. */
    private static List<BenchmarkResult> sorted(List<BenchmarkResult> own) {
        return own.stream()
                .sorted(Comparator.comparing(BenchmarkResult::method))
                .toList();
    }

    private List<String> table(String name, List<BenchmarkResult> own) {
        Set<String> params = new LinkedHashSet<>();
        Set<String> scores = new LinkedHashSet<>();
        own.forEach(result -> {
            params.addAll(result.params().keySet());
            result.secondary().keySet().stream()
                    .filter(score -> !score.contains("gc."))
                    .forEach(scores::add);
        });
        Map<String, Set<String>> rivals = rivals(name, own);
        boolean roof = own.stream().anyMatch(result -> share(result).isPresent());
        boolean memory = own.stream().anyMatch(result -> allocated(result).isPresent());
        List<String> head = new ArrayList<>(List.of("method"));
        head.addAll(params);
        head.addAll(List.of("median", "least to most", "unit"));
        scores.forEach(score -> head.add(score + " (" + unit(own, score) + ")"));
        rivals.keySet().forEach(rival -> head.add("faster than " + rival + " by"));
        if (roof) {
            head.add("of the roof");
        }
        if (memory) {
            head.add(ALLOCATED);
        }
        List<String> lines = new ArrayList<>(List.of(row(head), "|" + "---|".repeat(head.size())));
        for (BenchmarkResult result : own) {
            List<String> cells = new ArrayList<>(List.of(result.method()));
            params.forEach(param -> cells.add(result.params().getOrDefault(param, "")));
            cells.add(number(result.median()));
            cells.add(number(result.least()) + " to " + number(result.most()));
            cells.add(result.unit());
            for (String score : scores) {
                BenchmarkResult.Score value = result.secondary().get(score);
                cells.add(value == null ? "" : number(value.value()));
            }
            rivals.forEach((rival, ours) ->
                    cells.add(ours.contains(result.method()) ? number(ratio(result, rival, own)) : ""));
            if (roof) {
                OptionalDouble share = share(result);
                cells.add(share.isEmpty() ? "" : Math.round(100 * share.getAsDouble()) + " %");
            }
            if (memory) {
                OptionalDouble bytes = allocated(result);
                cells.add(bytes.isEmpty() ? "" : String.format(Locale.ROOT, "%.2f", bytes.getAsDouble()));
            }
            lines.add(row(cells));
        }
        return lines;
    }

    private static String unit(List<BenchmarkResult> own, String score) {
        for (BenchmarkResult result : own) {
            BenchmarkResult.Score value = result.secondary().get(score);
            if (value != null) {
                return value.unit();
            }
        }
        return "";
    }

    /** For each rival, the methods that are compared with it. */
    private static Map<String, Set<String>> rivals(String name, List<BenchmarkResult> own) {
        Set<String> methods = new LinkedHashSet<>();
        own.forEach(result -> methods.add(result.method()));
        Map<String, Set<String>> marked = new LinkedHashMap<>();
        for (String method : methods) {
            String[] compared = rivalOf(name, method);
            if (compared.length > 0) {
                marked.put(method, Set.of(compared));
            }
        }
        if (!marked.isEmpty()) {
            return marked;
        }
        Set<String> ours = new LinkedHashSet<>(methods);
        ours.removeIf(method -> !method.startsWith("hsi4j"));
        Map<String, Set<String>> others = new LinkedHashMap<>();
        if (!ours.isEmpty()) {
            methods.stream().filter(method -> !ours.contains(method)).forEach(method -> others.put(method, ours));
        }
        return others;
    }

    /**
     * How many times as fast as the rival with the same parameters. Those that only one of them has do not count, where the
     * rival was not measured with these very ones.
     */
    private static double ratio(BenchmarkResult result, String rival, List<BenchmarkResult> own) {
        List<BenchmarkResult> others = own.stream()
                .filter(other -> other.method().equals(rival) && agree(result.params(), other.params()))
                .toList();
        if (others.isEmpty()) {
            return Double.NaN;
        }
        BenchmarkResult other = others.stream()
                .filter(candidate -> candidate.params().equals(result.params()))
                .findFirst()
                .orElse(others.get(0));
        double factor = other.median() / result.median();
        return result.isThroughput() ? 1 / factor : factor;
    }

    private static boolean agree(Map<String, String> first, Map<String, String> second) {
        return first.entrySet().stream()
                .allMatch(entry ->
                        second.getOrDefault(entry.getKey(), entry.getValue()).equals(entry.getValue()));
    }

    /** The operations of a kernel, as a share of the multiply-adds that the core did in the same run. */
    private OptionalDouble share(BenchmarkResult result) {
        String bands = result.params().get("bands");
        if (!KERNELS.contains(simple(result.className())) || bands == null) {
            return OptionalDouble.empty();
        }
        String rows = result.params().get("rows");
        boolean isFloat = result.method().endsWith("Mixed")
                || (rows != null && result.method().endsWith("Float"));
        double flops = Roofline.flops(Integer.parseInt(bands), rows == null ? 0 : Integer.parseInt(rows));
        for (BenchmarkResult other : results) {
            if (other.benchmark().endsWith(isFloat ? "RooflineBenchmark.fmaFloat" : "RooflineBenchmark.fmaDouble")) {
                double roof = 2.0 * RooflineBenchmark.NUMBERS * RooflineBenchmark.CHAIN / other.median();
                return OptionalDouble.of(flops / result.median() / roof);
            }
        }
        return OptionalDouble.empty();
    }

    /** What an operation allocates for each pixel beside its result, where the profiler of memory was on. */
    private static OptionalDouble allocated(BenchmarkResult result) {
        Optional<Allocation> told = type(result.className()).map(type -> type.getAnnotation(Allocation.class));
        for (Map.Entry<String, BenchmarkResult.Score> score : result.secondary().entrySet()) {
            if (told.isPresent() && score.getKey().endsWith("gc.alloc.rate.norm")) {
                double pixels = 1;
                for (String factor : told.get().pixels()) {
                    pixels *= number(factor, result);
                }
                double values = 0;
                for (String summand : told.get().values()) {
                    values += number(summand, result);
                }
                return OptionalDouble.of(score.getValue().value() / pixels - Double.BYTES * values);
            }
        }
        return OptionalDouble.empty();
    }

    private static double number(String text, BenchmarkResult result) {
        return Double.parseDouble(result.params().getOrDefault(text, text));
    }

    private static String about(String name) {
        if (simple(name).equals("Nd4jBenchmark")) { // it knows nothing of us
            return "One block of 5120 pixels and 200 bands: a native product, its inputs in native memory already, against our"
                    + " kernels tile by tile. In float32 our scatter is the mixed one, which sums in float64.";
        }
        return type(name)
                .map(type -> type.getAnnotation(About.class))
                .map(About::value)
                .orElse("");
    }

    private static String[] rivalOf(String name, String method) {
        return type(name).stream()
                .flatMap(type -> Arrays.stream(type.getMethods()))
                .filter(candidate -> candidate.getName().equals(method))
                .map(candidate -> candidate.getAnnotation(RivalOf.class))
                .filter(Objects::nonNull)
                .map(RivalOf::value)
                .findFirst()
                .orElse(new String[0]);
    }

    /** Nothing for results of another version. */
    private static Optional<Class<?>> type(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException e) {
            return Optional.empty();
        }
    }

    private static String simple(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static String row(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }

    /** Three digits. */
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "";
        }
        int digits = value == 0 ? 0 : 2 - (int) Math.floor(Math.log10(Math.abs(value)));
        return String.format(Locale.ROOT, "%." + Math.max(0, digits) + "f", value);
    }
}
