package org.hsi4j.examples;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.SpectraPlot;

/** What a restoration leaves in its folder. */
final class RestoreFiles {
    private final OutFolder folder;

    RestoreFiles(OutFolder folder) {
        this.folder = folder;
    }

    void write(Restored restored, Facts facts, Account account) throws IOException {
        Cube cube = restored.scene().cube();
        HtmlReport page = figures(HtmlReport.titled(Words.titled("Restoration", cube)), restored)
                .section("Numbers")
                .facts("", facts.shown());
        account.addTo(page, cube, restored.result().diagnostics()).write(folder.file("html", "report.html"));
        writePictures(restored, folder);
    }

    static void writePictures(Restored restored, OutFolder folder) throws IOException {
        for (Figure figure : figures(restored)) {
            figure.picture().writePng(folder.file(Facts.keyOf(figure.name()) + "_picture", figure.name() + ".png"));
        }
    }

    static HtmlReport figures(HtmlReport page, Restored restored) {
        return page.figures(() -> figures(restored));
    }

    private static List<Figure> figures(Restored restored) {
        List<Figure> figures =
                new ArrayList<>(restored.result().figures(restored.scene().cube()));
        if (!restored.psnr().isEmpty()) {
            figures.add(new Figure(
                    "psnr",
                    "How near each band is to the truth, before and after: the peak signal-to-noise ratio.",
                    SpectraPlot.of(restored.psnr()).withTitle("PSNR").withValueLabel("dB")));
        }
        return figures;
    }
}
