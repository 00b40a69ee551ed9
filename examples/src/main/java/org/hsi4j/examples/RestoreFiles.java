package org.hsi4j.examples;

import java.io.IOException;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.QuickLook;
import org.hsi4j.view.SpectraPlot;

/** What a restoration leaves in its folder. */
final class RestoreFiles {
    private final OutFolder folder;

    RestoreFiles(OutFolder folder) {
        this.folder = folder;
    }

    void write(Restored restored, Facts facts) throws IOException {
        Cube cube = restored.scene().cube();
        figures(HtmlReport.titled(Words.titled("Restoration", cube)), restored)
                .section("Numbers")
                .facts("", facts.shown())
                .scene(cube)
                .write(folder.file("html", "report.html"));
        writePictures(restored, folder);
    }

    static void writePictures(Restored restored, OutFolder folder) throws IOException {
        before(restored).writePng(folder.file("before_picture", "before.png"));
        after(restored).writePng(folder.file("after_picture", "after.png"));
        MapPicture.of(removed(restored)).writePng(folder.file("removed_picture", "removed.png"));
        spectra(restored).writePng(folder.file("spectra_picture", "spectra.png"));
    }

    static HtmlReport figures(HtmlReport page, Restored restored) {
        return page.figure("Before.", before(restored))
                .figure("After, in the same bands.", after(restored))
                .figure(
                        "What was taken out: the root mean square over the bands, in the unit of the scene.",
                        MapPicture.of(removed(restored)))
                .figure("The middle pixel before and after.", spectra(restored));
    }

    private static QuickLook before(Restored restored) {
        Cube cube = restored.scene().cube();
        return QuickLook.of(cube.masked(cube.validMask()));
    }

    private static QuickLook after(Restored restored) {
        return QuickLook.of(restored.result().cube());
    }

    /** Root mean square over the bands of the difference of the two cubes. */
    private static ScoreMap removed(Restored restored) {
        Cube before = restored.scene().cube();
        Cube after = restored.result().cube();
        double[] squares = new double[before.pixels()];
        for (int b = 0; b < before.bands(); b++) {
            double[] x = before.plane(b);
            double[] y = after.plane(b);
            for (int i = 0; i < squares.length; i++) {
                squares[i] += (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i] / before.bands());
        }
        return ScoreMap.of("removed", before.rows(), before.columns(), squares);
    }

    private static SpectraPlot spectra(Restored restored) {
        Cube before = restored.scene().cube();
        int row = before.rows() / 2;
        int column = before.columns() / 2;
        Spectrum noisy = before.spectrum(row, column).named("before");
        Spectrum clean = restored.result().cube().spectrum(row, column).named("after");
        return SpectraPlot.of(List.of(noisy, clean))
                .withTitle("Pixel (" + row + ", " + column + ")")
                .withValueLabel(Words.unit(before));
    }
}
