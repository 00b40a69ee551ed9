package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.detection.Ace;
import org.hsi4j.detection.Detection;
import org.hsi4j.detection.DetectionResult;
import org.hsi4j.method.Method;
import org.hsi4j.restoration.RestoredCube;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.restoration.WhitenedSvd;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.LinearMixingScene;
import org.hsi4j.simulate.SimulatedScene;
import org.hsi4j.unmixing.AutoExtractor;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Unmixing;
import org.hsi4j.unmixing.UnmixingResult;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.QuickLook;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsi quickstart}: the whole library in a few seconds, on a scene made on the spot. */
@Command(
        name = "quickstart",
        description = {
            "Make a scene, unmix it, clean it and find what is hidden in it.",
            "Everything is compared with the truth, which is known because the scene is made here. The folder then holds"
                    + " a report with pictures, and the scene with its truth as files to try the other commands on."
        },
        footer = {
            "  hsi quickstart",
            "  hsi quickstart --out elsewhere",
            "  hsi unmix hsi-quickstart/scene.hdr --endmembers 6 --out unmixed",
        })
final class QuickstartCommand extends ToolCommand {

    @Mixin
    private RunInput run = new RunInput();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to write scene, pictures and report (default: ${DEFAULT-VALUE}).")
    private Path out = Path.of("hsi-quickstart");

    QuickstartCommand(Session session) {
        super(session);
    }

    @Override
    void execute(Facts facts) throws IOException {
        run.check();
        try (OutFolder files = session().open(out)) {
            RunContext context = run.context(session());
            SimulatedScene made = LinearMixingScene.quickStart().generate(context);
            Scene scene = Scene.of(made.cube(), true);
            scene.describe(facts);
            Results results = timed(facts, context, c -> Results.of(scene, made, c));
            results.describe(facts, context);
            results.report(facts, context).write(files.file("html", "report.html"));
            results.writePictures(files);
            writeScene(made, files, new Written(context));
            files.commit("out", facts);
        }
        remark("open " + out.resolve("report.html") + " in a browser");
    }

    private static void writeScene(SimulatedScene made, OutFolder files, Written written) throws IOException {
        Cube cube = made.cube();
        written.cube(cube, files.file("scene", "scene.hdr"));
        written.cube(made.clean(), files.file("clean", "clean.hdr"));
        written.maps(made.abundances(), files.file("true_abundances", "true_abundances.hdr"));
        written.spectra(made.endmembers(), files.file("true_endmembers", "true_endmembers.sli"));
        written.spectrum(made.target(), files.file("target", "target.sli"));
        written.mask("targets", made.targets(), cube, files.file("true_targets", "true_targets.hdr"));
    }

    /** The three results on the one scene. */
    private record Results(SimulatedScene made, Unmixed unmixed, Restored restored, Detected detected) {

        private static final List<Method> METHODS =
                List.of(AutoExtractor.withDefaults(), Fcls.withDefaults(), WhitenedSvd.withDefaults(), Ace.signed());

        static Results of(Scene scene, SimulatedScene made, RunContext context) {
            UnmixingResult unmixing = Unmixing.of(scene.cube())
                    .endmembers(made.endmembers().count())
                    .extract(AutoExtractor.withDefaults())
                    .abundances(Fcls.withDefaults())
                    .run(context);
            RestoredCube clean =
                    Restoring.of(scene.cube()).with(WhitenedSvd.withDefaults()).run(context);
            Mask targets = made.targets();
            DetectionResult hits = Detection.of(scene.cube())
                    .target(made.target())
                    .with(Ace.signed())
                    .falseAlarmRate((double) targets.count() / targets.rows() / targets.columns())
                    .run(context);
            UnmixTruth truth = new UnmixTruth(Optional.of(made.endmembers()), Optional.of(made.abundances()));
            return new Results(
                    made,
                    new Unmixed(scene, unmixing, truth, null),
                    new Restored(
                            scene, clean, RestoreCommand.psnr(scene.cube(), clean.cube(), made.clean(), 1, context)),
                    new Detected(scene, "ace", hits, hits.objects(), made.target(), targets));
        }

        void describe(Facts facts, RunContext context) {
            facts.put("extract", "auto").put("abundances", "fcls");
            facts.put("endmembers", unmixed.result().endmembers().count());
            unmixed.describe(facts);
            facts.put("restore", "whitened-svd");
            restored.result().diagnostics().figures().forEach(facts::putFigure);
            RestoreCommand.score(unmixed.scene().cube(), restored.result().cube(), made.clean(), 1, context, facts);
            facts.put("detect", "ace");
            detected.describe(facts);
        }

        HtmlReport report(Facts facts, RunContext context) {
            Cube cube = unmixed.scene().cube();
            HtmlReport page = HtmlReport.titled("hsi4j quick start")
                    .paragraph("A scene of " + cube.rows() + " x " + cube.columns() + " pixels and " + cube.bands()
                            + " bands was made by the linear mixing model, with noise, a missing corner and "
                            + made.targets().count() + " hidden targets. Because it was made here, the truth is known.")
                    .section("What the scene is made of");
            page = UnmixFiles.figures(page, unmixed, UnmixFiles.check(unmixed, context))
                    .section("The scene without its noise");
            page = RestoreFiles.figures(page, restored).section("What is hidden in it");
            page = DetectFiles.figures(page, detected)
                    .section("In Java")
                    .preformatted(JAVA)
                    .section("On the command line")
                    .preformatted(COMMANDS)
                    .section("Numbers")
                    .facts("", facts.shown());
            return new Account(METHODS, context, List.of())
                    .addTo(page, cube, unmixed.result().diagnostics());
        }

        void writePictures(OutFolder files) throws IOException {
            Cube cube = unmixed.scene().cube();
            QuickLook.of(cube.masked(cube.validMask())).writePng(files.file("picture", "scene.png"));
            UnmixFiles.writePictures(unmixed, files);
            RestoreFiles.writePictures(restored, files);
            DetectFiles.writePictures(detected, files);
        }

        private static final String JAVA = """
                Cube scene = Cubes.read(Path.of("scene.hdr")).dropBadBands();

                var unmixing = Unmixing.of(scene).endmembers(6).abundances(Fcls.withDefaults()).run();
                var clean    = Restoring.of(scene).with(WhitenedSvd.withDefaults()).run();
                var hits     = Detection.of(scene).target(spectrum).with(Ace.signed()).falseAlarmRate(1e-3).run();
                """;

        private static final String COMMANDS = """
                hsi unmix   scene.hdr --endmembers 6 --abundances fcls --truth true_endmembers.sli --truth true_abundances.hdr
                hsi restore scene.hdr --method whitened-svd --truth clean.hdr --out restored.hdr
                hsi detect  scene.hdr --method ace --target target.sli --far 1e-3 --truth true_targets.hdr --out detected
                """;
    }
}
