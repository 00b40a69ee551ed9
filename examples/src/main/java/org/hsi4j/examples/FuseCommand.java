package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.hsi4j.Cube;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.metrics.Psnr;
import org.hsi4j.metrics.SpectralAngle;
import org.hsi4j.restoration.Fuser;
import org.hsi4j.restoration.Fusion;
import org.hsi4j.restoration.RestoredCube;
import org.hsi4j.transform.SpectralResponse;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.QuickLook;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hsi fuse}: the bands of one scene in the pixels of another. */
@Command(
        name = "fuse",
        description = {
            "Fuse a scene of many bands with a sharper one of few (multispectral or panchromatic).",
            "",
            "Both show the same place; the sharp one has 2, 3, ... times as many rows and columns. How the coarse sensor blurs"
                    + " ('point-spread', in sharp pixels) and by how much both are shifted is estimated. With --truth the"
                    + " result is scored as by 'hsi restore'."
        },
        footer = {
            "  hsi fuse hyperspectral.hdr multispectral.hdr --out fused.hdr",
            "  hsi fuse SRI.mat:HSI SRI.mat:MSI --method cnmf --report results",
        })
final class FuseCommand extends ToolCommand {

    @Mixin
    private SceneInput input = new SceneInput();

    @Parameters(
            index = "1",
            paramLabel = "SHARP",
            converter = FileSpec.Converter.class,
            description = "The sharp scene of the same place.")
    private @Nullable FileSpec sharp;

    @Mixin
    private RunInput run = new RunInput();

    @Option(
            names = "--method",
            paramLabel = "NAME",
            completionCandidates = MethodNames.Fusers.class,
            description = "A fuser of the family restoration (default: ${DEFAULT-VALUE}).")
    private String method = "r-fuse";

    @Option(names = "--option", paramLabel = "KEY=VALUE", description = "An option of the method; may be repeated.")
    private List<String> options = new ArrayList<>();

    @Option(
            names = "--point-spread",
            paramLabel = "PIXELS",
            description = "Standard deviation of the coarse sensor's blur in sharp pixels (default: estimated).")
    private @Nullable Double pointSpread;

    @Option(
            names = "--response",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description =
                    "A library with the spectral response of each sharp band, in their order; both scenes are then in one"
                            + " unit (default: estimated).")
    private @Nullable FileSpec response;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            converter = FileSpec.Converter.class,
            description = "The cube as it should be, in the unit of the scene.")
    private @Nullable FileSpec truth;

    @Option(
            names = "--peak",
            paramLabel = "VALUE",
            description = "Peak of the PSNR, in the unit of the scene (default: ${DEFAULT-VALUE}).")
    private double peak = 1;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write the fused cube as ENVI: x.hdr gets its samples in x.img, and the other way round.")
    private @Nullable Path out;

    @Option(
            names = "--report",
            paramLabel = "DIR",
            description = "Write pictures of both scenes and the fused one, and a report, into a folder.")
    private @Nullable Path report;

    FuseCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        input.check();
        run.check();
        RestoreCommand.requirePeak(peak);
        Chosen chosen = new Chosen(options);
        Fuser fuser = chosen.find(Fuser.class, method);
        chosen.requireAllTaken();
        if (out != null) {
            RestoreCommand.requireWritable(out);
        }
        Path folder = report;
        if (folder == null) {
            fuse(fuser, facts);
            return;
        }
        try (OutFolder files = session().open(folder)) {
            Fused fused = fuse(fuser, facts);
            write(files, fused, facts, new Account(List.of(fuser), run.context(session()), inputs()));
            files.commit("report", facts);
        }
    }

    private record Fused(Cube coarse, Cube sharp, RestoredCube result) {}

    private FileSpec sharpSpec() {
        FileSpec given = sharp;
        if (given == null) {
            throw new UsageException("name the sharp scene after the other");
        }
        return given;
    }

    private List<Path> inputs() {
        List<Path> inputs =
                new ArrayList<>(List.of(input.spec().path(), sharpSpec().path()));
        FileSpec clean = truth;
        if (clean != null) {
            inputs.add(clean.path());
        }
        return inputs;
    }

    private Fused fuse(Fuser fuser, Facts facts) throws IOException {
        Scene scene = input.read();
        Cube fine = input.readLike(sharpSpec());
        scene.describe(facts);
        FileSpec clean = truth;
        Cube answer = clean == null ? null : scene.inItsBands(input.readLike(clean));
        facts.put("method", fuser.name());
        Fusion fusion = Fusion.of(scene.cube(), fine);
        Double sigma = pointSpread;
        if (sigma != null) {
            fusion = fusion.withPointSpread(sigma);
        }
        FileSpec responses = response;
        if (responses != null) {
            fusion = fusion.withSpectralResponse(response(responses, scene.cube()));
        }
        RestoredCube result = timed(facts, run.context(session()), fusion.with(fuser)::run);
        describe(result.diagnostics(), facts);
        if (answer != null) {
            facts.put("peak", peak)
                    .put(
                            "mpsnr",
                            Psnr.of(result.cube(), answer, peak, run.context(session()))
                                    .mean())
                    .put("sam_deg", SpectralAngle.meanDegrees(result.cube(), answer, run.context(session())));
        }
        Path file = out;
        if (file != null) {
            new Written(run.context(session())).cube(result.cube(), file);
            facts.put("out", file.toString());
        }
        return new Fused(scene.cube(), fine, result);
    }

    /** The responses of a library, each about its centre of gravity, on the bands of the coarse scene. */
    private static SpectralResponse response(FileSpec file, Cube coarse) throws IOException {
        SpectralLibrary library = SpectralLibraries.read(file.path());
        Wavelengths bands = coarse.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException("the scene has no wavelengths, so the responses of "
                        + file.path() + " cannot be laid over it"));
        double[] nanometres = library.wavelengths()
                .orElseThrow(() -> new IllegalArgumentException(file.path() + " has no wavelengths"))
                .toArray();
        double[][] rows = StreamSupport.stream(library.spliterator(), false)
                .map(Spectrum::toArray)
                .toArray(double[][]::new);
        double[] centres =
                Arrays.stream(rows).mapToDouble(row -> centre(nanometres, row)).toArray();
        return SpectralResponse.measured(bands, Wavelengths.of(centres), nanometres, rows);
    }

    private static double centre(double[] nanometres, double[] response) {
        double sum = 0;
        double weights = 0;
        for (int i = 0; i < response.length; i++) {
            sum += response[i] * nanometres[i];
            weights += response[i];
        }
        return weights > 0 ? sum / weights : nanometres[0];
    }

    private static void write(OutFolder folder, Fused fused, Facts facts, Account account) throws IOException {
        List<Figure> figures = figures(fused);
        HtmlReport page = HtmlReport.titled(Words.titled("Fusion", fused.coarse()))
                .figures(() -> figures)
                .section("Numbers")
                .facts("", facts.shown());
        account.addTo(page, fused.result().cube(), fused.result().diagnostics())
                .write(folder.file("html", "report.html"));
        for (Figure figure : figures) {
            figure.picture().writePng(folder.file(Facts.keyOf(figure.name()) + "_picture", figure.name() + ".png"));
        }
    }

    private static List<Figure> figures(Fused fused) {
        QuickLook coarse = QuickLook.of(fused.coarse());
        List<Integer> bands = coarse.bands();
        return List.of(
                new Figure("coarse", "The scene of many bands.", coarse),
                new Figure("sharp", "The sharp scene.", QuickLook.of(fused.sharp())),
                new Figure(
                        "fused",
                        "Fused, in the bands and the stretch of the first.",
                        QuickLook.of(fused.result().cube())
                                .withBands(bands.get(0), bands.get(1), bands.get(2))
                                .withStretchOf(fused.coarse())));
    }
}
