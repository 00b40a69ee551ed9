package org.hsi4j.benchmarks;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of the results of JMH.
 *
 * @param benchmark class and method, with the package
 * @param params the parameters that the method depends on
 * @param unit such as us/op
 * @param median of all iterations
 * @param least the least of them
 * @param most the greatest of them
 * @param secondary other scores, by name
 * @param jvm name and version of the JVM
 */
record BenchmarkResult(
        String benchmark,
        Map<String, String> params,
        String unit,
        double median,
        double least,
        double most,
        Map<String, Score> secondary,
        String jvm) {

    /**
     * A score beside the main one.
     *
     * @param value the mean
     * @param unit its unit
     */
    record Score(double value, String unit) {}

    String className() {
        return benchmark.substring(0, benchmark.lastIndexOf('.'));
    }

    String method() {
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }

    /** The same, with a parameter that tells whose kernels it was measured with, unless it has one. */
    BenchmarkResult withKernels(String name) {
        Map<String, String> named = new LinkedHashMap<>(params);
        named.putIfAbsent("kernels", name);
        return new BenchmarkResult(benchmark, named, unit, median, least, most, secondary, jvm);
    }

    /** Whether greater is better. */
    boolean isThroughput() {
        return unit.startsWith("ops/");
    }

    /** Reads what {@code -rf json} wrote. */
    static List<BenchmarkResult> read(Path json) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(json.toFile())) {
            parser.nextToken();
            List<BenchmarkResult> results = new ArrayList<>();
            for (Object entry : (List<?>) value(parser)) {
                results.add(of((Map<?, ?>) entry));
            }
            return results;
        }
    }

    private static BenchmarkResult of(Map<?, ?> entry) {
        Map<?, ?> primary = map(entry, "primaryMetric");
        double[] raw = list(primary.get("rawData")).stream()
                .flatMap(fork -> list(fork).stream())
                .mapToDouble(v -> ((Number) v).doubleValue())
                .sorted()
                .toArray();
        Map<String, String> params = new LinkedHashMap<>();
        map(entry, "params").forEach((key, value) -> params.put(text(key), text(value)));
        Map<String, Score> secondary = new LinkedHashMap<>();
        map(entry, "secondaryMetrics").forEach((key, value) -> {
            Map<?, ?> metric = (Map<?, ?>) value;
            if (metric.get("score") instanceof Number score) {
                secondary.put(text(key), new Score(score.doubleValue(), text(metric.get("scoreUnit"))));
            }
        });
        int n = raw.length;
        return new BenchmarkResult(
                text(entry.get("benchmark")),
                params,
                text(primary.get("scoreUnit")),
                (raw[(n - 1) / 2] + raw[n / 2]) / 2,
                raw[0],
                raw[n - 1],
                secondary,
                entry.get("vmName") + " " + entry.get("vmVersion"));
    }

    private static Map<?, ?> map(Map<?, ?> entry, String key) {
        return entry.get(key) instanceof Map<?, ?> found ? found : Map.of();
    }

    private static List<?> list(@Nullable Object value) {
        return value instanceof List<?> found ? found : List.of();
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /** The value that begins at the current token: a map, a list, a number or text. */
    private static Object value(JsonParser parser) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Object> map = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    map.put(key, value(parser));
                }
                return map;
            }
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(parser));
                }
                return list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> {
                return parser.getDoubleValue();
            }
            default -> {
                return parser.getText();
            }
        }
    }
}
