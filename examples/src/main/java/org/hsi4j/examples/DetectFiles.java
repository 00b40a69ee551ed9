package org.hsi4j.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.metrics.PrecisionRecall;
import org.hsi4j.metrics.Roc;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.PrecisionRecallPlot;
import org.hsi4j.view.QuickLook;
import org.hsi4j.view.RocPlot;
import org.hsi4j.view.SpectraPlot;

/** What a detection leaves in its folder. */
final class DetectFiles {
    private static final Color FOUND = Color.MAGENTA;
    private static final Color HIT = Color.GREEN;
    private static final Color MISSED = Color.CYAN;

    private final OutFolder folder;
    private final Written written;

    DetectFiles(OutFolder folder, RunContext context) {
        this.folder = folder;
        this.written = new Written(context);
    }

    void write(Detected detected, Facts facts, Account account) throws IOException {
        Cube cube = detected.scene().cube();
        report(detected, facts, account).write(folder.file("html", "report.html"));
        writePictures(detected, folder);
        written.map(detected.result().scores(), folder.file("scores", "scores.hdr"));
        if (detected.result().detections().isPresent()) {
            Mask found = detected.result().detections().get();
            written.mask("detections", found, cube, folder.file("detections", "detections.hdr"));
            Files.writeString(
                    folder.file("objects", "objects.csv"), detected.objects().toCsv());
            Files.writeString(
                    folder.file("objects_geojson", "objects.geojson"),
                    detected.objects().toGeoJson());
        }
    }

    static void writePictures(Detected detected, OutFolder folder) throws IOException {
        List<Figure> figures = new ArrayList<>(detected.result().figures());
        figures.addAll(curves(detected));
        for (Figure figure : figures) {
            figure.picture().writePng(folder.file(Facts.keyOf(figure.name()) + "_picture", figure.name() + ".png"));
        }
        look(detected).writePng(folder.file("detections_picture", "detections.png"));
    }

    private static HtmlReport report(Detected detected, Facts facts, Account account) {
        Cube cube = detected.scene().cube();
        HtmlReport page = figures(HtmlReport.titled(Words.titled("Detection", cube)), detected)
                .section("Numbers")
                .facts("", facts.shown());
        return account.addTo(page, cube, detected.result().diagnostics());
    }

    static HtmlReport figures(HtmlReport page, Detected detected) {
        HtmlReport report = page.figure(caption(detected), look(detected))
                .figures(detected.result())
                .figures(() -> curves(detected));
        Spectrum target = detected.target();
        return target == null
                ? report
                : report.figure(
                        "The spectrum sought.",
                        SpectraPlot.of(List.of(target))
                                .withTitle("Target")
                                .withValueLabel(Words.unit(detected.scene().cube())));
    }

    /** The curves of the detector, where the truth is known. */
    private static List<Figure> curves(Detected detected) {
        Mask truth = detected.truth();
        if (truth == null) {
            return List.of();
        }
        RocPlot plot = RocPlot.of(detected.method(), Roc.of(detected.result().scores(), truth));
        return List.of(
                new Figure("roc", "Detections against false alarms, for every threshold.", plot),
                new Figure("roc-log", "The same where false alarms are rare.", plot.withLogarithmicAxis()),
                new Figure(
                        "precision-recall",
                        "The share of targets among what is detected against the share of the targets that are.",
                        PrecisionRecallPlot.of(
                                detected.method(),
                                PrecisionRecall.of(detected.result().scores(), truth))));
    }

    private static String caption(Detected detected) {
        return detected.truth() == null
                ? "The scene. Outlined in magenta: the pixels above the threshold."
                : "The scene. Outlined in green: targets that were found; in cyan: targets that were missed; in magenta:"
                        + " false alarms.";
    }

    private static QuickLook look(Detected detected) {
        Cube cube = detected.scene().cube();
        QuickLook look = QuickLook.of(cube.masked(cube.validMask()));
        Mask truth = detected.truth();
        Mask found = detected.result().detections().orElse(Mask.of(cube.rows(), cube.columns(), i -> false));
        return truth == null
                ? look.withMarks(found, FOUND)
                : look.withMarks(found.and(truth.not()), FOUND)
                        .withMarks(truth.and(found.not()), MISSED)
                        .withMarks(truth.and(found), HIT);
    }
}
