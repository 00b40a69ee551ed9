package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Spectrum;
import org.hsi4j.method.Method;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Psnr;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.restoration.RestoredCube;
import org.hsi4j.restoration.Restorer;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.restoration.StreamingRestorer;
import org.hsi4j.restoration.SuperResolver;
import org.hsi4j.run.RunContext;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsi restore}: the scene without its noise. */
@Command(
        name = "restore",
        description = {
            "Take the noise out of a scene.",
            "",
            "With --out, and without --report, a method that can ('streamed=true') goes from file to file, so the scene"
                    + " may be larger than the memory.",
            "",
            "With --truth the result is scored against a clean cube: 'mpsnr' is the mean over the bands of"
                    + " 10 log10(peak^2 / mean squared error) in decibels, 'sam_deg' the mean spectral angle in degrees;"
                    + " 'mpsnr_in' and 'sam_deg_in' are those of the scene as it was."
        },
        footer = {
            "  hsi restore noisy.hdr --out clean.hdr",
            "  hsi restore noisy.mat:noisy --truth noisy.mat:clean --method whitened-svd",
            "  hsi restore noisy.hdr --out clean.hdr --report results",
        })
final class RestoreCommand extends ToolCommand {

    @Mixin
    private SceneInput input = new SceneInput();

    @Mixin
    private RunInput run = new RunInput();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            completionCandidates = MethodNames.Restorers.class,
            description = "A method of the family restoration (default: ${DEFAULT-VALUE}).")
    private String method = "auto";

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "An option of the method; may be repeated.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "The clean cube, in the unit of the scene.")
    private @Nullable FileSpec truth;

    @Option(
            names = "--peak",
            paramLabel = "VALUE",
            description = "Peak of the PSNR, in the unit of the scene (default: ${DEFAULT-VALUE}).")
    private double peak = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the restored cube as ENVI: x.hdr gets its samples in x.img, and the other way round.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write pictures of before and after, and a report, into a folder.")
    private @Nullable Path report;

    RestoreCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        input.check();
        run.check();
        requirePeak(peak);
        Chosen chosen = new Chosen(options);
        Restorer restorer = chosen.find(Restorer.class, method);
        chosen.requireAllTaken();

        if (out != null) {
            requireWritable(out);
        }
        Path folder = report;
        if (folder == null) {
            restore(restorer, facts);
            return;
        }
        try (OutFolder files = session().open(folder)) {
            List<Path> inputs = new ArrayList<>(List.of(input.spec().path()));
            if (truth != null) {
                inputs.add(truth.path());
            }
            Restored restored = restore(restorer, facts);
            new RestoreFiles(files)
                    .write(restored, facts, new Account(List.of(restorer), run.context(session()), inputs));
            files.commit("report", facts);
        }
    }

    private Restored restore(Restorer restorer, Facts facts) throws IOException {
        Scene scene = input.read();
        Cube cube = scene.cube();
        scene.describe(facts);
        FileSpec clean = truth;
        int factor = restorer instanceof SuperResolver finer ? finer.factor() : 1;
        Cube answer = clean == null ? null : trueCube(clean, scene, factor);
        facts.put("method", restorer.name());
        boolean streamed = streams(cube, restorer);
        Restoring.Run sentence = Restoring.of(cube).with(restorer);
        RestoredCube result = timed(facts, run.context(session()), streamed ? sentence::stream : sentence::run);
        facts.put("streamed", streamed);
        describe(result.diagnostics(), facts);
        if (answer != null) {
            score(cube, result.cube(), answer, peak, run.context(session()), facts);
        }
        Path file = out;
        if (file != null) {
            new Written(run.context(session())).cube(result.cube(), file);
            facts.put("out", file.toString());
        }
        return new Restored(
                scene,
                result,
                answer == null || !sameSize(cube, answer)
                        ? List.of()
                        : psnr(cube, result.cube(), answer, peak, run.context(session())));
    }

    /** Whether the result goes from file to file. Refuses one that does not and cannot be held. */
    private boolean streams(Cube cube, Restorer restorer) {
        boolean able = restorer instanceof StreamingRestorer;
        if (able && out != null && report == null) {
            return true;
        }
        long need = ((cube.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES) * cube.samples()) >> 20;
        long limit = run.context(session()).memoryLimit() >> 20;
        if (need > limit) {
            throw new IllegalArgumentException("the result would take " + need + " MiB but this run may take " + limit
                    + "; " + (able ? restorer.name() + " goes" : String.join(", ", streamingMethods()) + " go")
                    + " from file to file with --out and without --report");
        }
        return false;
    }

    private static List<String> streamingMethods() {
        return Methods.all(StreamingRestorer.class).stream().map(Method::name).toList();
    }

    /** The true cube, in pixels so many times smaller than those of the scene. */
    private Cube trueCube(FileSpec file, Scene scene, int factor) throws IOException {
        Cube clean = scene.inItsBands(input.readLike(file));
        Cube cube = scene.cube();
        int rows = cube.rows() * factor;
        int columns = cube.columns() * factor;
        if (clean.rows() != rows || clean.columns() != columns || clean.bands() != cube.bands()) {
            throw new IllegalArgumentException(file + " is " + clean.rows() + "x" + clean.columns() + "x"
                    + clean.bands() + " but the " + (factor == 1 ? "scene is " : "result will be ") + rows + "x"
                    + columns + "x" + cube.bands());
        }
        return clean;
    }

    static void requirePeak(double peak) {
        if (!(peak > 0) || Double.isInfinite(peak)) {
            throw new UsageException("--peak must be a positive number, not " + peak);
        }
    }

    /** Fails early where writing would fail after the work. */
    static void requireWritable(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder to write to");
        }
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (name.matches(".*[.](mat|tiff?|h5|hdf5?|nc|png|jpe?g|csv|txt)")) {
            throw new UsageException("--out writes ENVI: a name in .hdr, .img or without extension, not " + file);
        }
    }

    private static boolean sameSize(Cube a, Cube b) {
        return a.rows() == b.rows() && a.columns() == b.columns();
    }

    /** The PSNR of each band before and after. */
    static List<Spectrum> psnr(Cube before, Cube after, Cube truth, double peak, RunContext context) {
        return List.of(
                curve("before", before, Psnr.of(before, truth, peak, context)),
                curve("after", before, Psnr.of(after, truth, peak, context)));
    }

    private static Spectrum curve(String name, Cube scene, Psnr psnr) {
        // A band without error has no place on an axis.
        Spectrum line = Spectrum.of(psnr.bands().stream()
                        .mapToDouble(v -> Double.isInfinite(v) ? Double.NaN : v)
                        .toArray())
                .named(name);
        return scene.wavelengths().map(line::withWavelengths).orElse(line);
    }

    /** Compares a scene before and after with the truth. */
    static void score(Cube before, Cube after, Cube truth, double peak, RunContext context, Facts facts) {
        facts.put("peak", peak);
        if (sameSize(before, truth)) {
            facts.put("mpsnr_in", Psnr.of(before, truth, peak, context).mean())
                    .put("sam_deg_in", SpectralAngle.meanDegrees(before, truth, context));
        }
        facts.put("mpsnr", Psnr.of(after, truth, peak, context).mean())
                .put("sam_deg", SpectralAngle.meanDegrees(after, truth, context));
    }
}
