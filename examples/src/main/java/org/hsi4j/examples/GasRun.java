package org.hsi4j.examples;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.DetectedObjects;
import org.hsi4j.detection.GasResult;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.QuickLook;
import org.hsi4j.view.SpectraPlot;

/**
 * A gas that was measured in a scene, and its plumes.
 *
 * @param radiance the scene
 * @param absorption unit absorption of the gas
 * @param background the pixels that entered statistics
 * @param result the maps
 * @param plumes the plumes, outside of what was masked as too bright
 */
record GasRun(Cube radiance, Spectrum absorption, Mask background, GasResult result, DetectedObjects plumes) {

    /** Says how much was found. */
    void describe(Facts facts) {
        Mask found = plumes.map().mask();
        facts.put("bands_of_gas", radiance.bands())
                .put("background_pixels", background.count())
                .put("plumes", plumes.items().size())
                .put("plume_pixels", found.count());
        double most = plumes.items().stream().mapToDouble(p -> p.peak()).max().orElse(0);
        facts.put("largest_column_ppm_m", most);
        facts.put("mean_uncertainty_ppm_m", result.uncertainty().mean());
    }

    void write(OutFolder folder, RunContext context, Facts facts, Account account) throws IOException {
        Written written = new Written(context);
        report(facts, account).write(folder.file("html", "report.html"));
        for (Figure figure : result.figures()) {
            figure.picture().writePng(folder.file(figure.name() + "_picture", figure.name() + ".png"));
        }
        look().writePng(folder.file("plumes_picture", "plumes.png"));
        written.map(result.enhancement(), folder.file("enhancement", "enhancement.hdr"));
        written.map(result.uncertainty(), folder.file("uncertainty", "uncertainty.hdr"));
        written.map(result.sensitivity(), folder.file("sensitivity", "sensitivity.hdr"));
        written.mask("plumes", plumes.map().mask(), radiance, folder.file("plumes", "plumes.hdr"));
        Files.writeString(folder.file("objects", "plumes.csv"), plumes.toCsv());
        Files.writeString(folder.file("objects_geojson", "plumes.geojson"), plumes.toGeoJson());
    }

    private HtmlReport report(Facts facts, Account account) {
        HtmlReport page = HtmlReport.titled(Words.titled("Gas", radiance))
                .figure("The scene. Outlined in magenta: the plumes.", look())
                .figures(result)
                .figure(
                        "What the gas takes from the radiance, per ppm m.",
                        SpectraPlot.of(List.of(absorption)).withTitle("Gas").withValueLabel("1 / (ppm m)"))
                .section("Numbers")
                .facts("", facts.shown());
        return account.addTo(page, radiance, result.diagnostics());
    }

    private QuickLook look() {
        return QuickLook.of(radiance.masked(radiance.validMask()))
                .withMarks(plumes.map().mask(), Color.MAGENTA);
    }

    /** The plumes of a map without the pixels that are masked. */
    static DetectedObjects plumes(GasResult result, Mask background, double threshold, int leastPixels) {
        double[] values = result.enhancement().toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = background.get(i) ? values[i] : Double.NaN;
        }
        ScoreMap map = result.enhancement();
        ScoreMap kept = ScoreMap.of(map.name(), map.rows(), map.columns(), values)
                .withGeoReference(map.geoReference().orElse(null));
        return new GasResult(kept, result.uncertainty(), result.sensitivity(), result.diagnostics())
                .plumeObjects(threshold, leastPixels);
    }
}
