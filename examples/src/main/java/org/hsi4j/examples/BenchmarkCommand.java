package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.hsi4j.examples.benchmark.Competition;
import org.hsi4j.examples.benchmark.Contestant;
import org.hsi4j.examples.benchmark.DetectionCompetition;
import org.hsi4j.examples.benchmark.EarlierRows;
import org.hsi4j.examples.benchmark.Entry;
import org.hsi4j.examples.benchmark.Measure;
import org.hsi4j.examples.benchmark.RestorationCompetition;
import org.hsi4j.examples.benchmark.SceneSource;
import org.hsi4j.examples.benchmark.Study;
import org.hsi4j.examples.benchmark.Survey;
import org.hsi4j.examples.benchmark.SurveyReport;
import org.hsi4j.examples.benchmark.Sweep;
import org.hsi4j.examples.benchmark.UnmixingCompetition;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.view.Figure;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hsi benchmark}: methods x scenes x seeds, against the truth. */
@Command(
        name = "benchmark",
        description = {
            "Run every method of a family on every scene whose truth is known, and score them.",
            "unmixing: the scenes are the public ones that are found, by the names of their files, in the folder and below; any"
                    + " folder with scene.hdr, true_endmembers.sli and true_abundances.hdr, as quickstart writes them; and"
                    + " one that is made here, with sweeps over noise, number of endmembers, size and purity.",
            "detection: the public scenes that are found in the folder and below, and images with small objects of eight classes"
                    + " that are made here; at the end, how well thresholds keep their word.",
            "restoration: the clean scenes that are found in the folder and below, degraded in every way, and pairs to be fused."
        },
        footer = {
            "  hsi benchmark unmixing --scenes data --out results",
            "  hsi benchmark unmixing --scenes data --methods vca,nfindr --seeds 50 --only samson",
            "  hsi benchmark unmixing --scenes data --methods vca --out results --keep",
            "  hsi benchmark detection --scenes data --seeds 1 --out results",
            "  hsi benchmark restoration --scenes data --seeds 1 --out results",
        })
final class BenchmarkCommand extends ToolCommand {
    private static final String TABLE = "results.csv";
    private static final String SWEEPS = "sweeps.csv";
    private static final String IMAGES = "images";

    @Mixin
    private RunInput run = new RunInput();

    @Parameters(paramLabel = "FAMILY", description = "What to run: unmixing, detection or restoration.")
    private String family = "";

    @Option(names = "--scenes", paramLabel = "DIR", required = true, description = "Where the scenes are.")
    private Path scenes = Path.of("");

    @Option(names = "--only", paramLabel = "NAME", split = ",", description = "Only these scenes.")
    private List<String> only = new ArrayList<>();

    @Option(names = "--methods", paramLabel = "NAME", split = ",", description = "Only these methods.")
    private List<String> methods = new ArrayList<>();

    @Option(
            names = "--settings",
            paramLabel = "NAME",
            split = ",",
            description = "Only these settings, in the words of the column of that name.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--seeds", paramLabel = "N", description = "Runs of a method (default: ${DEFAULT-VALUE}).")
    private int seeds = 10;

    @Option(
            names = "--sweep-seeds",
            paramLabel = "N",
            description =
                    "Runs of a method at each point of a sweep, 0 for no sweeps and studies (default: ${DEFAULT-VALUE}).")
    private int sweepSeeds = 3;

    @Option(
            names = "--limit",
            paramLabel = "SECONDS",
            description =
                    "Longest time of one run, passed or of the processor, whichever is shorter (default: ${DEFAULT-VALUE}).")
    private int limit = 60;

    @Option(
            names = "--abundances",
            paramLabel = "SOLVER",
            completionCandidates = MethodNames.Solvers.class,
            description = "What completes extractors: an abundance solver (default: ${DEFAULT-VALUE}).")
    private String abundances = "fcls";

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description =
                    "Write the tables (Markdown, CSV) and a report with plots (HTML) into a folder, anew after every scene.")
    private @Nullable Path out;

    @Option(
            names = "--markdown",
            paramLabel = "FILE",
            description = "Write the tables into this file, too, and its pictures into the folder images beside it.")
    private @Nullable Path markdown;

    @Option(
            names = "--keep",
            description =
                    "Keep the rows of other methods and scenes that the tables in the folder of --out hold; so one method"
                            + " can be run anew.")
    private boolean keep;

    BenchmarkCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        run.check();
        if (seeds < 1 || sweepSeeds < 0 || limit < 1) {
            throw new UsageException("--seeds and --limit must be at least 1, and --sweep-seeds at least 0");
        }
        switch (family) {
            case "unmixing" ->
                survey(new UnmixingCompetition(new Chosen(List.of()).find(AbundanceSolver.class, abundances)), facts);
            case "detection" -> survey(new DetectionCompetition(), facts);
            case "restoration" -> survey(new RestorationCompetition(), facts);
            default ->
                throw new UsageException("there is no survey of '" + family
                        + "'; there are those of unmixing, detection and restoration");
        }
    }

    /** Scene by scene; the files hold what is done so far, so that a survey that is interrupted was not in vain. */
    private <S> void survey(Competition<S> competition, Facts facts) throws IOException {
        long start = System.nanoTime();
        List<Contestant<S>> contestants = chosen(competition.contestants());
        List<SceneSource<S>> all = competition.scenes(scenes);
        List<SceneSource<S>> sources = chosenScenes(all);
        EarlierRows earlier = earlier(competition.measures());
        RunContext context = run.context(session());
        Survey<S> survey = new Survey<>(contestants, seeds, Duration.ofSeconds(limit));
        List<Entry> entries = new ArrayList<>();
        List<Sweep.Point> points = new ArrayList<>();
        for (int s = 0; s < sources.size(); s++) {
            entries.addAll(ran(survey, sources.get(s), sources.get(s).name(), context));
            String state = s + 1 + " of " + sources.size() + " scenes" + (sweepSeeds == 0 ? "" : ", no sweeps");
            write(earlier.with(competition, all, entries, points), context, state, facts);
        }
        for (Sweep<S> sweep : sweepSeeds == 0 ? List.<Sweep<S>>of() : competition.sweeps()) {
            points.addAll(swept(competition, sweep, context));
            String state = "all scenes, the sweeps up to " + sweep.key();
            write(earlier.with(competition, all, entries, points), context, state, facts);
        }
        List<Study> studies = sweepSeeds == 0 ? List.of() : competition.studies(context);
        write(earlier.with(competition, all, entries, points).with(studies), context, "", facts);
        facts.put("seconds", (System.nanoTime() - start) / 1e9)
                .put("scenes", sources.stream().map(SceneSource::name).toList())
                .put(
                        "methods",
                        contestants.stream().map(Contestant::method).distinct().count())
                .put("rows", entries.size())
                .put(
                        "failed",
                        entries.stream().filter(e -> e.seconds().isEmpty()).count())
                .put("sweep_points", points.size());
    }

    private EarlierRows earlier(List<Measure> measures) throws IOException {
        if (!keep || out == null || !Files.exists(out.resolve(TABLE))) {
            return EarlierRows.none();
        }
        Path swept = out.resolve(SWEEPS);
        return EarlierRows.read(
                Files.readString(out.resolve(TABLE)), Files.exists(swept) ? Files.readString(swept) : "", measures);
    }

    /** One scene, and a line about it for who waits. */
    private <S> List<Entry> ran(Survey<S> survey, SceneSource<S> source, String name, RunContext context) {
        Facts time = new Facts();
        long start = System.nanoTime();
        List<Entry> entries = timed(time, context, c -> survey.run(source, c));
        if (!quiet()) {
            session()
                    .message(name + ": " + Math.round((System.nanoTime() - start) / 1e9) + " s, rows: " + entries.size()
                            + entries.stream()
                                    .filter(e -> !e.note().isEmpty())
                                    .map(e -> "; " + e.method() + " (" + e.setting() + ") " + e.note())
                                    .collect(Collectors.joining()));
        }
        return entries;
    }

    private <S> List<Contestant<S>> chosen(List<Contestant<S>> all) {
        requireKnown("method", methods, all.stream().map(Contestant::method).toList());
        requireKnown("setting", settings, all.stream().map(Contestant::setting).toList());
        return wanted(all);
    }

    private <S> List<Contestant<S>> wanted(List<Contestant<S>> all) {
        return all.stream()
                .filter(c -> methods.isEmpty() || methods.contains(c.method()))
                .filter(c -> settings.isEmpty() || settings.contains(c.setting()))
                .toList();
    }

    private <S> List<SceneSource<S>> chosenScenes(List<SceneSource<S>> all) {
        requireKnown("scene", only, all.stream().map(SceneSource::name).toList());
        return all.stream()
                .filter(s -> only.isEmpty() || only.contains(s.name()))
                .toList();
    }

    private static void requireKnown(String what, List<String> names, List<String> known) {
        for (String name : names) {
            if (!known.contains(name)) {
                throw new UsageException("there is no " + what + " '" + name + "'; there are "
                        + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private <S> List<Sweep.Point> swept(Competition<S> competition, Sweep<S> sweep, RunContext context) {
        Survey<S> survey = new Survey<>(wanted(competition.sweepers()), sweepSeeds, Duration.ofSeconds(limit));
        List<Sweep.Point> points = new ArrayList<>();
        for (double value : sweep.values()) {
            String name = sweep.label() + " " + value;
            for (Entry entry : ran(survey, sweep.scenes().apply(value), name, context)) {
                points.add(new Sweep.Point(sweep.key(), value, entry));
            }
        }
        return points;
    }

    private void write(SurveyReport<?> report, RunContext context, String state, Facts facts) throws IOException {
        List<String> about = about(context, state);
        if (out != null) {
            try (OutFolder files = session().open(out)) {
                Files.writeString(files.file("markdown", "results.md"), report.markdown(about, ""));
                Files.writeString(files.file("csv", TABLE), report.csv());
                if (!report.points().isEmpty()) {
                    Files.writeString(files.file("sweeps", SWEEPS), report.sweepCsv());
                }
                for (Figure figure : report.figures()) {
                    figure.picture()
                            .writePng(files.file(Facts.keyOf(figure.name()) + "_picture", figure.name() + ".png"));
                }
                report.html().provenance(context, List.of(scenes)).write(files.file("html", "report.html"));
                files.commit("out", facts);
            }
        }
        if (markdown != null) {
            Files.writeString(markdown, report.markdown(about, IMAGES + "/"));
            Path images = markdown.resolveSibling(IMAGES);
            if (!report.figures().isEmpty()) {
                Files.createDirectories(images);
            }
            for (Figure figure : report.figures()) {
                figure.picture().writePng(images.resolve(figure.name() + ".png"));
            }
            facts.put("markdown", markdown.toString());
        }
        if (out != null || markdown != null) {
            session().kept(state);
        }
    }

    private List<String> about(RunContext context, String state) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "seeds: " + seeds + " from " + context.seed() + (sweepSeeds == 0 ? "" : ", in the sweeps " + sweepSeeds)
                        + "; longest run: " + limit + " s",
                "machine: " + processor() + ", " + context.parallelism()
                        + " threads; other programs may have run beside it, so times are a rough guide",
                "JVM: " + System.getProperty("java.vm.name") + " " + Runtime.version() + ", kernels: "
                        + Kernels.best().name(),
                "date: " + LocalDate.now(ZoneOffset.UTC)));
        if (keep) {
            lines.add("some rows are of earlier runs, which may have had other seeds, limits and machines");
        }
        if (!state.isEmpty()) {
            lines.add("unfinished: " + state);
        }
        return lines;
    }

    private static String processor() throws IOException {
        Path file = Path.of("/proc/cpuinfo");
        if (Files.isReadable(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.startsWith("model name")) {
                    return line.substring(line.indexOf(':') + 1).strip();
                }
            }
        }
        return System.getProperty("os.arch");
    }
}
