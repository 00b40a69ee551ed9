package org.hsi4j.benchmarks;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * Results of JMH as Markdown: a section a class, a row for each method and its parameters, a column for each rival that says
 * by which factor the row is faster, and the share of the roofline where the kernel's operations are known.
 */
final class BenchmarkReport {
    private static final Set<String> KERNELS = Set.of("TileProductBenchmark", "ScatterBenchmark", "WhitenBenchmark");

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
            lines.addAll(table(name, own));
        });
        return lines;
    }

    private List<String> table(String name, List<BenchmarkResult> own) {
        Set<String> params = new LinkedHashSet<>();
        Set<String> scores = new LinkedHashSet<>();
        own.forEach(result -> {
            params.addAll(result.params().keySet());
            result.secondary().keySet().stream().filter(BenchmarkReport::isTold).forEach(scores::add);
        });
        Map<String, Set<String>> rivals = rivals(name, own);
        boolean roof = own.stream().anyMatch(result -> share(result).isPresent());
        List<String> head = new ArrayList<>(List.of("method"));
        head.addAll(params);
        head.addAll(List.of("median", "least to most", "unit"));
        scores.forEach(score -> head.add(score + " (" + unit(own, score) + ")"));
        rivals.keySet().forEach(rival -> head.add("faster than " + rival + " by"));
        if (roof) {
            head.add("of the roof");
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
            lines.add(row(cells));
        }
        return lines;
    }

    /** The profiler of memory tells much; only the bytes of an operation are of interest. */
    private static boolean isTold(String score) {
        return !score.contains("gc.") || score.contains("alloc.rate.norm");
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

    /** How many times as fast as the rival with the same parameters; those that only one of them has do not count. */
    private static double ratio(BenchmarkResult result, String rival, List<BenchmarkResult> own) {
        for (BenchmarkResult other : own) {
            if (other.method().equals(rival) && agree(result.params(), other.params())) {
                double factor = other.median() / result.median();
                return result.isThroughput() ? 1 / factor : factor;
            }
        }
        return Double.NaN;
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

    private static String about(String name) {
        try {
            About about = Class.forName(name).getAnnotation(About.class);
            return about == null ? "" : about.value();
        } catch (ClassNotFoundException e) {
            return ""; // results of another version
        }
    }

    private static String[] rivalOf(String name, String method) {
        try {
            for (Method candidate : Class.forName(name).getMethods()) {
                RivalOf rival = candidate.getAnnotation(RivalOf.class);
                if (rival != null && candidate.getName().equals(method)) {
                    return rival.value();
                }
            }
        } catch (ClassNotFoundException e) {
            return new String[0]; // results of another version
        }
        return new String[0];
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
