package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.method.Method;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.BlindUnmixer;
import org.hsi4j.unmixing.EndmemberExtractor;
import org.hsi4j.unmixing.Unmixing;
import org.hsi4j.unmixing.UnmixingResult;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsi unmix}: what the pixels are made of. */
@Command(
        name = "unmix",
        description = {
            "Find the materials of a scene and how much of each a pixel holds.",
            "Say how many endmembers to look for, or give them; else as many are looked for as the scene seems to hold.",
            "",
            "With --truth the result is scored: the endmembers are matched one to one, by spectral angle when the true"
                    + " ones are known and by abundances otherwise (Hungarian method), and 'permutation' tells which"
                    + " found endmember stands for each true one. 'armse' is over all entries, 'rmse' the mean over"
                    + " endmembers, both of the abundances as they are; those called 'normalized' are taken after"
                    + " dividing each pixel by the sum of its abundances."
        },
        footer = {
            "  hsi unmix samson.hdr --out results",
            "  hsi unmix samson.hdr --endmembers 3 --library minerals.sli",
            "  hsi unmix scene.mat:Y --shape 95,95 --endmembers 3 --truth end3.mat",
            "  hsi unmix scene.hdr --given library.sli --abundances nnls --intervals 0.95",
            "  hsi unmix scene.hdr --endmembers 5 --extract vca --seed 7 --abundances fcls",
            "  hsi unmix scene.hdr --endmembers 4 --blind nmf",
        })
final class UnmixCommand extends ToolCommand {

    @Mixin
    private SceneInput input = new SceneInput();

    @Mixin
    private RunInput run = new RunInput();

    @Option(
            names = "--endmembers",
            paramLabel = "P",
            description = "How many endmembers to look for (default: by rule, with its reason in the report).")
    private @Nullable Integer endmembers;

    @Option(
            names = "--extract",
            paramLabel = "EXTRACTOR",
            completionCandidates = MethodNames.Extractors.class,
            description = "How to find them: a method whose role is endmember-extractor (default: auto).")
    private @Nullable String extract;

    @Option(
            names = "--raw-pixels",
            description = "Take the pixels found as they are, not projected on the signal subspace.")
    private boolean rawPixels;

    @Option(
            names = "--given",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "Endmembers that are known: a matrix of bands x p in a MAT-file (M, E, GT or"
                    + " file:variable), or a spectral library (all of it, or file:name,name).")
    private @Nullable FileSpec given;

    @Option(
            names = "--abundances",
            paramLabel = "SOLVER",
            completionCandidates = MethodNames.Solvers.class,
            description = "How to find abundances: a method whose role is abundance-solver (default: auto).")
    private @Nullable String abundances;

    @Option(
            names = "--blind",
            paramLabel = "UNMIXER",
            completionCandidates = MethodNames.BlindUnmixers.class,
            description = "Find endmembers and abundances together: a method whose role is blind-unmixer. Takes the"
                    + " place of --extract and --abundances.")
    private @Nullable String blind;

    @Option(names = "--normalize", description = "Divide the abundances of each pixel by their sum, after solving.")
    private boolean normalize;

    @Option(
            names = "--intervals",
            paramLabel = "LEVEL",
            description =
                    "Say between which limits noise leaves each abundance, for this share of them, such as 0.95; not with"
                            + " --blind or --normalize.")
    private @Nullable Double intervals;

    @Option(
            names = "--option",
            paramLabel = "KEY=VALUE",
            description = "An option of the methods; may be repeated. It goes to each method that has it.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "True abundances (A, A_true, S_GT) and endmembers (M, E, GT), or one variable of them; may be"
                    + " repeated when they are in two files.")
    private List<FileSpec> truth = new ArrayList<>();

    @Option(
            names = "--library",
            paramLabel = "FILE",
            description = "A spectral library to look up the endmembers in, by spectral angle.")
    private @Nullable Path library;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Write endmembers, abundances, residual, pictures and a report into a folder.")
    private @Nullable Path out;

    UnmixCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        checkUsage();
        Chosen chosen = new Chosen(options);
        Steps steps = steps(chosen);
        chosen.requireAllTaken();

        Path folder = out;
        if (folder == null) {
            unmix(steps, facts);
            return;
        }
        try (OutFolder files = session().open(folder)) {
            Account account = new Account(steps.methods(), run.context(session()), inputs());
            new UnmixFiles(files, run.context(session())).write(unmix(steps, facts), facts, account);
            files.commit("out", facts);
        }
    }

    /** The methods that find endmembers and abundances: a blind one, or up to two. */
    private record Steps(
            @Nullable EndmemberExtractor extractor,
            @Nullable AbundanceSolver solver,
            @Nullable BlindUnmixer unmixer) {

        List<Method> methods() {
            return Stream.of(extractor, solver, unmixer)
                    .filter(Objects::nonNull)
                    .map(Method.class::cast)
                    .toList();
        }

        Unmixing choose(Unmixing sentence, Facts facts) {
            Unmixing chosen = sentence;
            if (extractor != null) {
                chosen = chosen.extract(extractor);
                facts.put("extract", extractor.name());
            }
            if (solver != null) {
                chosen = chosen.abundances(solver);
                facts.put("abundances", solver.name());
            }
            if (unmixer != null) {
                chosen = chosen.blind(unmixer);
                facts.put("blind", unmixer.name());
            }
            return chosen;
        }
    }

    private Steps steps(Chosen chosen) {
        if (blind != null) {
            return new Steps(null, null, chosen.find(BlindUnmixer.class, blind));
        }
        AbundanceSolver solver = chosen.find(AbundanceSolver.class, abundances == null ? "auto" : abundances);
        return new Steps(
                given == null ? chosen.find(EndmemberExtractor.class, extract == null ? "auto" : extract) : null,
                solver,
                null);
    }

    private List<Path> inputs() {
        List<Path> files = new ArrayList<>(List.of(input.spec().path()));
        if (given != null) {
            files.add(given.path());
        }
        truth.forEach(file -> files.add(file.path()));
        if (library != null) {
            files.add(library);
        }
        return files;
    }

    private void checkUsage() {
        input.check();
        run.check();
        if (endmembers != null && endmembers < 1) {
            throw new UsageException("--endmembers must be at least 1, not " + endmembers);
        }
        if (intervals != null && !(intervals > 0 && intervals < 1)) {
            throw new UsageException("--intervals must be between 0 and 1, not " + intervals);
        }
        if (intervals != null && (blind != null || normalize)) {
            throw new UsageException("--intervals are for abundances of known endmembers as they are; leave out "
                    + (blind != null ? "--blind" : "--normalize"));
        }
        if (given != null && (extract != null || rawPixels)) {
            throw new UsageException("with --given there is nothing to extract; leave out "
                    + (extract != null ? "--extract" : "--raw-pixels"));
        }
        if (blind != null && (given != null || extract != null || rawPixels || abundances != null)) {
            throw new UsageException("--blind finds endmembers and abundances; leave out "
                    + (given != null
                            ? "--given"
                            : extract != null ? "--extract" : rawPixels ? "--raw-pixels" : "--abundances"));
        }
    }

    private Unmixed unmix(Steps steps, Facts facts) throws IOException {
        Scene scene = input.read();
        Cube cube = scene.cube();
        scene.describe(facts);
        Endmembers known = given == null ? null : givenEndmembers(scene);
        Integer count = known == null ? endmembers : Integer.valueOf(known.count());
        UnmixTruth answer = count == null ? null : readTruth(scene, count);
        Unmixing sentence = Unmixing.of(cube).projected(!rawPixels);
        if (known != null) {
            sentence = sentence.endmembers(known);
            facts.put("given", String.valueOf(given));
        } else if (count != null) {
            sentence = sentence.endmembers(count);
        }
        if (intervals != null) {
            sentence = sentence.intervals(intervals);
        }
        sentence = steps.choose(sentence, facts);
        UnmixingResult result = timed(facts, run.context(session()), sentence::run);
        if (normalize) {
            result = result.normalized();
        }
        if (count == null) {
            answer = readTruth(scene, result.endmembers().count());
        }
        facts.put("endmembers", result.endmembers().count()).put("normalized", normalize);
        describe(result.diagnostics(), facts);
        Unmixed unmixed = new Unmixed(scene, result, answer, library == null ? null : SpectralLibraries.read(library));
        unmixed.describe(facts);
        return unmixed;
    }

    private Endmembers givenEndmembers(Scene scene) throws IOException {
        FileSpec file = given;
        if (file == null) {
            throw new IllegalStateException("no endmembers given");
        }
        OptionalInt count = endmembers == null ? OptionalInt.empty() : OptionalInt.of(endmembers);
        Endmembers known = SpectraFile.endmembers(file, scene, count);
        if (count.isPresent() && known.count() != count.getAsInt()) {
            throw new IllegalArgumentException(
                    file + " holds " + known.count() + " endmembers but --endmembers says " + count.getAsInt());
        }
        return known;
    }

    private @Nullable UnmixTruth readTruth(Scene scene, int count) throws IOException {
        UnmixTruth all = null;
        for (FileSpec file : truth) {
            UnmixTruth part = UnmixTruth.read(file, scene, input.options(file), count);
            all = all == null ? part : all.and(part);
        }
        if (all != null) {
            all.requireFits(scene, count);
        }
        return all;
    }
}
