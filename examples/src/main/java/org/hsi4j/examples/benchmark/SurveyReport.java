package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.TrendPlot;

/**
 * What came out of a survey, as tables and plots.
 *
 * @param <S> the scenes
 */
public final class SurveyReport<S> {
    private final Competition<S> competition;
    private final List<SceneSource<S>> scenes;
    private final List<Entry> entries;
    private final List<Sweep.Point> points;
    private final List<Study> studies;

    /**
     * The report.
     *
     * @param competition what was run
     * @param scenes the scenes, in the order of the tables
     * @param entries a row each
     * @param points the sweeps
     */
    public SurveyReport(
            Competition<S> competition, List<SceneSource<S>> scenes, List<Entry> entries, List<Sweep.Point> points) {
        this(competition, scenes, entries, points, List.of());
    }

    private SurveyReport(
            Competition<S> competition,
            List<SceneSource<S>> scenes,
            List<Entry> entries,
            List<Sweep.Point> points,
            List<Study> studies) {
        this.competition = Objects.requireNonNull(competition, "competition");
        this.scenes = List.copyOf(scenes);
        this.entries = List.copyOf(entries);
        this.points = List.copyOf(points);
        this.studies = List.copyOf(studies);
    }

    /**
     * With tables at its end.
     *
     * @param tables what else there is to be told
     * @return a changed copy
     */
    public SurveyReport<S> with(List<Study> tables) {
        return new SurveyReport<>(competition, scenes, entries, points, tables);
    }

    /**
     * The pictures of all scenes.
     *
     * @return figures, which may be none
     */
    public List<Figure> figures() {
        return scenes.stream()
                .flatMap(scene -> competition.figures(scene.name()).stream())
                .toList();
    }

    /**
     * The rows.
     *
     * @return in the order of the scenes
     */
    public List<Entry> entries() {
        return entries;
    }

    /**
     * The sweeps.
     *
     * @return their points
     */
    public List<Sweep.Point> points() {
        return points;
    }

    /**
     * All figures of the scenes, in full precision.
     *
     * @return comma-separated values with a header
     */
    public String csv() {
        List<String> lines = new ArrayList<>(List.of(csvLine(csvHeader(List.of("scene", "method", "setting")))));
        entries.forEach(entry ->
                lines.add(csvLine(csvCells(List.of(entry.scene(), entry.method(), entry.setting()), entry))));
        return String.join("\n", lines) + "\n";
    }

    /**
     * All figures of the sweeps, in full precision.
     *
     * @return comma-separated values with a header
     */
    public String sweepCsv() {
        List<String> lines =
                new ArrayList<>(List.of(csvLine(csvHeader(List.of("sweep", "value", "method", "setting")))));
        points.forEach(point -> lines.add(csvLine(csvCells(
                List.of(
                        point.key(),
                        Double.toString(point.value()),
                        point.entry().method(),
                        point.entry().setting()),
                point.entry()))));
        return String.join("\n", lines) + "\n";
    }

    private List<String> csvHeader(List<String> keys) {
        List<String> header = new ArrayList<>(keys);
        for (Measure measure : competition.measures()) {
            header.add(measure.name());
            header.add(measure.name() + " deviation");
        }
        header.addAll(List.of("seconds", "seconds deviation", "runs", "note"));
        return header;
    }

    private List<String> csvCells(List<String> keys, Entry entry) {
        List<String> cells = new ArrayList<>(keys);
        for (Measure measure : competition.measures()) {
            addTo(cells, entry.score(measure));
        }
        addTo(cells, entry.seconds());
        cells.add(Integer.toString(entry.seconds().map(Spread::runs).orElse(0)));
        cells.add(entry.note());
        return cells;
    }

    private static void addTo(List<String> cells, Optional<Spread> spread) {
        cells.add(spread.map(s -> Double.toString(s.mean())).orElse(""));
        cells.add(spread.map(s -> Double.toString(s.deviation())).orElse(""));
    }

    private static String csvLine(List<String> cells) {
        return cells.stream().map(SurveyReport::quoted).collect(Collectors.joining(","));
    }

    private static String quoted(String cell) {
        String line = cell.replaceAll("\\R", " ");
        boolean plain = line.chars().noneMatch(c -> c == ',' || c == '"');
        return plain ? line : '"' + line.replace("\"", "\"\"") + '"';
    }

    /**
     * The tables for people, and the {@linkplain #figures() pictures}.
     *
     * @param about where and when it was run, a line each
     * @param pictures where the pictures are, seen from the text: nothing, or a folder that ends with a slash. Each has the name of its figure
     * @return Markdown
     */
    public String markdown(List<String> about, String pictures) {
        List<String> lines = new ArrayList<>();
        lines.add("# Results: " + competition.family());
        lines.add("");
        lines.add("Written by `hsi benchmark " + competition.family() + "` (command in the README).");
        lines.add("");
        about.forEach(line -> lines.add("- " + line));
        competition.explanation().forEach(paragraph -> lines.addAll(List.of("", paragraph)));
        lines.addAll(List.of("", "A figure is the mean over the runs ± their standard deviation.", ""));
        competition.measures().forEach(m -> lines.add("- " + m.name() + ": " + m.meaning()));
        competition.summary(inOrder()).forEach(study -> addStudy(lines, study));
        for (SceneSource<S> scene : scenes) {
            lines.addAll(List.of("", "## " + scene.name(), "", scene.about() + ".", ""));
            addTable(lines, header(scene), rows(scene));
            for (Figure figure : competition.figures(scene.name())) {
                lines.addAll(List.of("", "![" + figure.caption() + "](" + pictures + figure.name() + ".png)"));
            }
        }
        for (String scene : publishedScenes()) {
            lines.addAll(List.of("", "## Published figures of " + scene, ""));
            addTable(lines, publishedHeader(scene), publishedRows(scene));
        }
        for (Sweep<S> sweep : sweeps()) {
            for (Measure measure : competition.plotted()) {
                lines.addAll(List.of("", "## " + measure.name() + " against " + sweep.label(), ""));
                addTable(lines, sweepHeader(sweep), sweepRows(sweep, measure));
            }
        }
        studies.forEach(study -> addStudy(lines, study));
        return String.join("\n", lines) + "\n";
    }

    private static void addStudy(List<String> lines, Study study) {
        lines.addAll(List.of("", "## " + study.title(), "", study.about(), ""));
        addTable(lines, study.header(), study.rows());
    }

    /** The rows, scene by scene. */
    private List<Entry> inOrder() {
        return scenes.stream().flatMap(scene -> of(scene.name()).stream()).toList();
    }

    private static void addTable(List<String> lines, List<String> header, List<List<String>> rows) {
        lines.add(markdownRow(header));
        lines.add("|" + "---|".repeat(header.size()));
        rows.forEach(row -> lines.add(markdownRow(row)));
    }

    private static String markdownRow(List<String> cells) {
        return cells.stream()
                .map(cell -> cell.replaceAll("\\R", " ").replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |"));
    }

    /**
     * The same for a browser, with plots of the sweeps.
     *
     * @return the report, to which more may be added
     */
    public HtmlReport html() {
        HtmlReport page = HtmlReport.titled("Results: " + competition.family());
        for (String paragraph : competition.explanation()) {
            page = page.paragraph(paragraph);
        }
        Map<String, String> meanings = new LinkedHashMap<>();
        competition.measures().forEach(m -> meanings.put(m.name(), m.meaning()));
        page = page.facts("A figure is the mean over the runs ± their standard deviation.", meanings);
        for (Study study : competition.summary(inOrder())) {
            page = page.section(study.title()).table(study.about(), study.header(), study.rows());
        }
        for (SceneSource<S> scene : scenes) {
            page = page.section(scene.name()).table(scene.about(), header(scene), rows(scene));
            for (Figure figure : competition.figures(scene.name())) {
                page = page.figure(figure.caption(), figure.picture());
            }
        }
        for (String scene : publishedScenes()) {
            page = page.section("Published figures of " + scene)
                    .table("", publishedHeader(scene), publishedRows(scene));
        }
        for (Sweep<S> sweep : sweeps()) {
            page = page.section("Against " + sweep.label());
            for (Measure measure : competition.plotted()) {
                for (TrendPlot plot : plots(sweep, measure)) {
                    page = page.figure(measure.name() + ": " + measure.meaning() + ".", plot);
                }
            }
        }
        for (Study study : studies) {
            page = page.section(study.title()).table(study.about(), study.header(), study.rows());
        }
        return page;
    }

    private List<Sweep<S>> sweeps() {
        List<String> run = points.stream().map(Sweep.Point::key).distinct().toList();
        return competition.sweeps().stream().filter(s -> run.contains(s.key())).toList();
    }

    /** Those that anyone has on that scene. */
    private List<Measure> measures(String scene) {
        List<Entry> rows = of(scene);
        return competition.measures().stream()
                .filter(m -> rows.stream().anyMatch(row -> row.score(m).isPresent()))
                .toList();
    }

    private List<String> header(SceneSource<S> scene) {
        List<String> header = new ArrayList<>(List.of("method", "setting"));
        measures(scene.name()).forEach(m -> header.add(m.name()));
        header.addAll(List.of("seconds", "runs", "note"));
        return header;
    }

    private List<List<String>> rows(SceneSource<S> scene) {
        List<List<String>> rows = new ArrayList<>();
        for (Entry entry : of(scene.name())) {
            List<String> row = new ArrayList<>(List.of(entry.method(), entry.setting()));
            measures(scene.name()).forEach(m -> row.add(text(entry.score(m), m.digits())));
            row.add(entry.seconds().map(s -> seconds(s.mean())).orElse(""));
            row.add(entry.seconds().map(s -> Integer.toString(s.runs())).orElse("0"));
            row.add(entry.note());
            rows.add(row);
        }
        return rows;
    }

    private List<Entry> of(String scene) {
        return entries.stream().filter(e -> e.scene().equals(scene)).toList();
    }

    private List<String> publishedScenes() {
        return scenes.stream()
                .map(SceneSource::name)
                .filter(name -> competition.published().stream()
                        .anyMatch(other -> other.scene().equals(name)))
                .toList();
    }

    private List<String> publishedHeader(String scene) {
        List<String> header = new ArrayList<>(List.of("method"));
        measures(scene).forEach(m -> header.add(m.name()));
        header.add("source");
        return header;
    }

    /** Theirs and ours, the best first in the first measure. */
    private List<List<String>> publishedRows(String scene) {
        Measure first = competition.measures().get(0);
        Map<List<String>, Double> rows = new LinkedHashMap<>();
        for (Published other : competition.published()) {
            Double score = other.scores().get(first);
            if (other.scene().equals(scene) && score != null) {
                List<String> row = new ArrayList<>(List.of(other.method()));
                measures(scene)
                        .forEach(m -> row.add(text(
                                Optional.ofNullable(other.scores().get(m)).map(v -> new Spread(v, 0, 1)), m.digits())));
                row.add(other.source());
                rows.put(row, score);
            }
        }
        for (Entry entry : of(scene)) {
            Optional<Spread> score = entry.score(first);
            if (score.isPresent()) {
                List<String> row = new ArrayList<>(List.of(entry.method() + " (" + entry.setting() + ")"));
                measures(scene).forEach(m -> row.add(text(entry.score(m), m.digits())));
                row.add("this survey");
                rows.put(row, score.get().mean());
            }
        }
        double sign = competition.isMoreBetter() ? -1 : 1;
        return rows.entrySet().stream()
                .sorted(Comparator.comparingDouble(row -> sign * row.getValue()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> sweepHeader(Sweep<S> sweep) {
        List<String> header = new ArrayList<>(List.of("method"));
        sweep.values().forEach(v -> header.add(Math.rint(v) == v ? Long.toString(Math.round(v)) : v.toString()));
        return header;
    }

    private List<List<String>> sweepRows(Sweep<S> sweep, Measure measure) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : sweepers(sweep)) {
            List<String> row = new ArrayList<>(List.of(name));
            for (double value : sweep.values()) {
                row.add(text(at(sweep, name, value, measure), measure.digits()));
            }
            rows.add(row);
        }
        return rows;
    }

    /** A plot for each setting that several have, with those beside them whose setting no one shares. */
    private List<TrendPlot> plots(Sweep<S> sweep, Measure measure) {
        Map<String, List<Sweep.Point>> groups = points.stream()
                .filter(p -> p.key().equals(sweep.key())
                        && p.value() == sweep.values().get(0))
                .collect(Collectors.groupingBy(p -> p.entry().setting(), LinkedHashMap::new, Collectors.toList()));
        List<String> alone = groups.values().stream()
                .filter(group -> group.size() == 1)
                .map(group -> name(group.get(0)))
                .toList();
        List<TrendPlot> plots = new ArrayList<>();
        groups.forEach((setting, group) -> {
            if (group.size() > 1) {
                List<String> lines = new ArrayList<>(alone);
                group.forEach(p -> lines.add(name(p)));
                plots.add(plot(sweep, measure, setting, lines));
            }
        });
        return plots.isEmpty() ? List.of(plot(sweep, measure, "", alone)) : plots;
    }

    private TrendPlot plot(Sweep<S> sweep, Measure measure, String setting, List<String> lines) {
        double[] x = sweep.values().stream().mapToDouble(v -> v).toArray();
        String title = measure.name() + " against " + sweep.label() + (setting.isEmpty() ? "" : ": " + setting);
        TrendPlot plot = TrendPlot.of(title, sweep.label(), measure.name());
        for (String name : lines) {
            double[] y = sweep.values().stream()
                    .mapToDouble(
                            v -> at(sweep, name, v, measure).map(Spread::mean).orElse(Double.NaN))
                    .toArray();
            plot = plot.and(name.replace(" (" + setting + ")", ""), x, y);
        }
        return plot;
    }

    private List<String> sweepers(Sweep<S> sweep) {
        return points.stream()
                .filter(p -> p.key().equals(sweep.key()))
                .map(SurveyReport::name)
                .distinct()
                .toList();
    }

    private Optional<Spread> at(Sweep<S> sweep, String name, double value, Measure measure) {
        return points.stream()
                .filter(p -> p.key().equals(sweep.key()) && p.value() == value && name(p).equals(name))
                .findFirst()
                .flatMap(p -> p.entry().score(measure));
    }

    private static String name(Sweep.Point point) {
        return point.entry().method() + " (" + point.entry().setting() + ")";
    }

    private static String text(Optional<Spread> spread, int digits) {
        return spread.map(s -> number(s.mean(), digits)
                        + (s.deviation() >= 0.5 * Math.pow(10, -digits) ? " ± " + number(s.deviation(), digits) : ""))
                .orElse("");
    }

    private static String seconds(double value) {
        return number(value, value < 0.1 ? 4 : 2);
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
