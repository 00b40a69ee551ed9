package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of an earlier survey, read from its tables of comma-separated values, so that a method can be run alone and take its
 * place among the others.
 */
public final class EarlierRows {
    private static final EarlierRows NONE = new EarlierRows(List.of(), List.of());

    private final List<Entry> entries;
    private final List<Sweep.Point> points;

    private EarlierRows(List<Entry> entries, List<Sweep.Point> points) {
        this.entries = entries;
        this.points = points;
    }

    /**
     * No rows.
     *
     * @return nothing to keep
     */
    public static EarlierRows none() {
        return NONE;
    }

    /**
     * Reads tables.
     *
     * @param scenes what {@link SurveyReport#csv()} wrote
     * @param sweeps what {@link SurveyReport#sweepCsv()} wrote, or nothing
     * @param measures the figures of merit
     * @return the rows
     * @throws IllegalArgumentException if they are no such tables
     */
    public static EarlierRows read(String scenes, String sweeps, List<Measure> measures) {
        List<Entry> entries = new ArrayList<>();
        for (Map<String, String> row : rows(scenes)) {
            entries.add(entry(row, cell(row, "scene"), measures));
        }
        List<Sweep.Point> points = new ArrayList<>();
        for (Map<String, String> row : rows(sweeps)) {
            String sweep = cell(row, "sweep");
            points.add(new Sweep.Point(sweep, number(row, "value"), entry(row, sweep, measures)));
        }
        return new EarlierRows(List.copyOf(entries), List.copyOf(points));
    }

    /**
     * These rows and those of a new survey, which take the place of those of the same scene, method and setting.
     *
     * @param <S> the scenes
     * @param competition the order of the rows
     * @param sources the order of the scenes; all there are
     * @param newEntries new rows
     * @param newPoints new points of sweeps
     * @return a report of all of them
     */
    public <S> SurveyReport<S> with(
            Competition<S> competition,
            List<SceneSource<S>> sources,
            List<Entry> newEntries,
            List<Sweep.Point> newPoints) {
        Map<List<String>, Entry> rows = new LinkedHashMap<>();
        entries.forEach(e -> rows.put(key(e), e));
        newEntries.forEach(e -> rows.put(key(e), e));
        Map<List<Object>, Sweep.Point> swept = new LinkedHashMap<>();
        points.forEach(p -> swept.put(List.of(p.key(), p.value(), key(p.entry())), p));
        newPoints.forEach(p -> swept.put(List.of(p.key(), p.value(), key(p.entry())), p));
        List<List<String>> order = competition.contestants().stream()
                .map(c -> List.of(c.method(), c.setting()))
                .toList();
        Comparator<Entry> inOrder = Comparator.comparingInt(e -> order.indexOf(List.of(e.method(), e.setting())));
        List<SceneSource<S>> scenes = sources.stream()
                .filter(source ->
                        rows.values().stream().anyMatch(row -> row.scene().equals(source.name())))
                .toList();
        return new SurveyReport<>(
                competition,
                scenes,
                rows.values().stream().sorted(inOrder).toList(),
                swept.values().stream()
                        .sorted(Comparator.comparing(Sweep.Point::entry, inOrder))
                        .toList());
    }

    private static List<String> key(Entry entry) {
        return List.of(entry.scene(), entry.method(), entry.setting());
    }

    private static Entry entry(Map<String, String> row, String scene, List<Measure> measures) {
        int runs = (int) number(row, "runs");
        Map<Measure, Spread> scores = new LinkedHashMap<>();
        for (Measure measure : measures) {
            spread(row, measure.name(), runs).ifPresent(spread -> scores.put(measure, spread));
        }
        return new Entry(
                scene,
                cell(row, "method"),
                cell(row, "setting"),
                scores,
                spread(row, "seconds", runs),
                row.getOrDefault("note", ""));
    }

    /** A figure; none where the cell is empty or the table older than the figure. */
    private static Optional<Spread> spread(Map<String, String> row, String name, int runs) {
        return row.getOrDefault(name, "").isEmpty()
                ? Optional.empty()
                : Optional.of(new Spread(number(row, name), number(row, name + " deviation"), runs));
    }

    private static String cell(Map<String, String> row, String name) {
        String cell = row.get(name);
        if (cell == null) {
            throw new IllegalArgumentException("the table of the earlier survey has no column '" + name + "'");
        }
        return cell;
    }

    private static double number(Map<String, String> row, String name) {
        try {
            return Double.parseDouble(cell(row, name));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "the table of the earlier survey has '" + row.get(name) + "' for " + name, e);
        }
    }

    private static List<Map<String, String>> rows(String csv) {
        List<List<String>> lines = csv.lines().map(EarlierRows::cells).toList();
        List<Map<String, String>> rows = new ArrayList<>();
        for (List<String> cells : lines.subList(Math.min(1, lines.size()), lines.size())) {
            if (cells.size() != lines.get(0).size()) {
                throw new IllegalArgumentException("a row of the earlier survey has " + cells.size() + " cells, not "
                        + lines.get(0).size());
            }
            Map<String, String> row = new LinkedHashMap<>();
            for (int c = 0; c < cells.size(); c++) {
                row.put(lines.get(0).get(c), cells.get(c));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Cells between commas; in quotation marks a comma is a comma, and two of the marks are one. */
    private static List<String> cells(String line) {
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                cell.append(c);
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString());
        return cells;
    }
}
