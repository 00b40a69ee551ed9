package org.hsi4j.examples;

import java.awt.Color;
import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.QuickLook;
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

    void write(Detected detected, Facts facts) throws IOException {
        Cube cube = detected.scene().cube();
        report(detected, facts).write(folder.file("html", "report.html"));
        writePictures(detected, folder);
        written.map(detected.result().scores(), folder.file("scores", "scores.hdr"));
        if (detected.result().detections().isPresent()) {
            Mask found = detected.result().detections().get();
            written.mask("detections", found, cube, folder.file("detections", "detections.hdr"));
        }
    }

    static void writePictures(Detected detected, OutFolder folder) throws IOException {
        scores(detected).writePng(folder.file("scores_picture", "scores.png"));
        look(detected).writePng(folder.file("detections_picture", "detections.png"));
    }

    private static HtmlReport report(Detected detected, Facts facts) {
        Cube cube = detected.scene().cube();
        return figures(HtmlReport.titled(Words.titled("Detection", cube)), detected)
                .section("Numbers")
                .facts("", facts.shown())
                .scene(cube);
    }

    static HtmlReport figures(HtmlReport page, Detected detected) {
        HtmlReport report = page.figure(caption(detected), look(detected))
                .figure("The scores, coloured up to the threshold.", scores(detected));
        Spectrum target = detected.target();
        return target == null
                ? report
                : report.figure(
                        "The spectrum sought.",
                        SpectraPlot.of(List.of(target))
                                .withTitle("Target")
                                .withValueLabel(Words.unit(detected.scene().cube())));
    }

    /** Coloured up to the threshold, so that what lies above it stands out even where it is rare. */
    private static MapPicture scores(Detected detected) {
        MapPicture picture = MapPicture.of(detected.result().scores());
        OptionalDouble threshold = detected.result().threshold();
        return threshold.isPresent() && threshold.getAsDouble() > picture.low()
                ? picture.withRange(picture.low(), threshold.getAsDouble())
                : picture;
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
