package org.hsi4j.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The numbers of the report that a reader wants first, as a table of a few lines. */
final class ReadmeNumbers {
    static final String BEGIN = "<!-- from docs/benchmarks.md, by ReportProgram -->";
    static final String END = "<!-- end -->";

    private static final List<Wanted> WANTED = List.of(
            new Wanted("FCLS, 200 bands, 5 endmembers, a pixel", "LeastSquares", "fcls", Map.of("p", "5")),
            new Wanted("FCLS, 200 bands, 12 endmembers, a pixel", "LeastSquares", "fcls", Map.of("p", "12")),
            new Wanted("RX with its background, 200 bands, a pixel", "Detector", "hsi4jRx", Map.of("bands", "200")),
            new Wanted("ACE with its background, 200 bands, a pixel", "Detector", "hsi4jAce", Map.of("bands", "200")),
            new Wanted(
                    "RX in windows of 5 and 21 pixels, 100 bands, a scene of 50 x 50",
                    "LocalRx",
                    "hsi4j",
                    Map.of("bands", "100")),
            new Wanted("VCA, 10 endmembers, 512 x 512 x 200", "Vca", "vca", Map.of("side", "512")),
            new Wanted("scatter matrix of 320 pixels, 200 bands", "Scatter", "hsi4j", Map.of("bands", "200")),
            new Wanted(
                    "product with 5 spectra, 320 pixels, 200 bands, float32",
                    "TileProduct",
                    "hsi4jFloat",
                    Map.of("bands", "200", "rows", "5")));

    private ReadmeNumbers() {}

    /** A row of a table: the first one of its method with these parameters. */
    private record Wanted(String text, String section, String method, Map<String, String> params) {

        Optional<Map<String, String>> in(Map<String, List<Map<String, String>>> sections, boolean vector) {
            return sections.getOrDefault(section, List.of()).stream()
                    .filter(row -> method.equals(row.get("method")))
                    .filter(row -> row.entrySet().containsAll(params.entrySet()))
                    .filter(row -> row.getOrDefault("kernels", "").equals("vector") == vector)
                    .findFirst();
        }
    }

    /** The lines between the marks, from those of the report. */
    static List<String> of(List<String> report) {
        Map<String, List<Map<String, String>>> sections = sections(report);
        List<String> lines = new ArrayList<>(
                List.of("| on one core | plain Java | Vector API | faster than |", "|---|---|---|---|"));
        for (Wanted wanted : WANTED) {
            Optional<Map<String, String>> plain = wanted.in(sections, false);
            if (plain.isPresent()) {
                lines.add("| " + wanted.text() + " | " + time(plain.get()) + " | "
                        + wanted.in(sections, true).map(ReadmeNumbers::time).orElse("") + " | "
                        + rivals(plain.get()) + " |");
            }
        }
        return lines;
    }

    /** The time of a pixel where that was counted. */
    private static String time(Map<String, String> row) {
        String pixel = row.get("pixels (us/op)");
        String unit = row.getOrDefault("unit", "").replace("/op", "");
        return pixel != null ? pixel + " us" : row.get("median") + " " + unit;
    }

    private static String rivals(Map<String, String> row) {
        List<String> factors = new ArrayList<>();
        row.forEach((column, factor) -> {
            String name = column.replaceAll("^faster than (.*) by$", "$1");
            if (!name.equals(column) && !factor.isEmpty() && name.matches("ejml.*|naive|commonsMath")) {
                factors.add(shown(name) + " by " + factor);
            }
        });
        return String.join(", ", factors);
    }

    private static String shown(String rival) {
        return rival.startsWith("ejml") ? "EJML" : rival.equals("commonsMath") ? "Commons Math" : "plain loops";
    }

    /** The tables by their headings: a row is its cells by the heads of their columns. */
    private static Map<String, List<Map<String, String>>> sections(List<String> report) {
        Map<String, List<Map<String, String>>> sections = new LinkedHashMap<>();
        List<Map<String, String>> rows = new ArrayList<>();
        List<String> head = List.of();
        for (String line : report) {
            if (line.startsWith("## ")) {
                rows = new ArrayList<>();
                head = List.of();
                sections.put(line.substring(3), rows);
            } else if (line.startsWith("| ")) {
                List<String> cells = cells(line);
                if (head.isEmpty()) {
                    head = cells;
                } else {
                    Map<String, String> row = new LinkedHashMap<>();
                    for (int c = 0; c < head.size(); c++) {
                        row.put(head.get(c), cells.get(c));
                    }
                    rows.add(row);
                }
            }
        }
        return sections;
    }

    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        for (String cell : line.substring(1, line.length() - 1).split("\\|", -1)) {
            cells.add(cell.strip());
        }
        return cells;
    }

    /** A text whose lines between the marks are others. */
    static List<String> replace(List<String> text, List<String> lines) {
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("there are no lines '" + BEGIN + "' and '" + END + "' to write between");
        }
        List<String> replaced = new ArrayList<>(text.subList(0, begin + 1));
        replaced.add("");
        replaced.addAll(lines);
        replaced.add("");
        replaced.addAll(text.subList(end, text.size()));
        return replaced;
    }

    /** What is between the marks. */
    static List<String> between(List<String> text) {
        return text.subList(text.indexOf(BEGIN) + 2, text.indexOf(END) - 1);
    }
}
