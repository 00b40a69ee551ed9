package org.hsi4j.examples;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.Factorization;
import org.hsi4j.unmixing.UnmixingCheck;
import org.hsi4j.unmixing.UnmixingResult;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.HtmlReport;
import org.hsi4j.view.LibraryMatch;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.MatchPlot;
import org.hsi4j.view.QuickLook;
import org.hsi4j.view.SpectraPlot;

/** What an unmixing leaves in its folder. */
final class UnmixFiles {
    /** The figures of a result that are drawn here with what else is known. */
    private static final Set<String> DRAWN = Set.of("endmembers", "abundances", "residual");

    /** How many spectra of a library are listed for each endmember. */
    private static final int MATCHES = 3;

    private final OutFolder folder;
    private final RunContext context;
    private final Written written;

    UnmixFiles(OutFolder folder, RunContext context) {
        this.folder = folder;
        this.context = context;
        this.written = new Written(context);
    }

    void write(Unmixed unmixed, Facts facts, Account account) throws IOException {
        UnmixingResult result = unmixed.result();
        UnmixingCheck check = check(unmixed, context);
        check.diagnostics().figures().forEach((name, value) -> facts.putFigure("check_" + name, value));
        check.candidate()
                .ifPresent(pixel -> facts.put(
                        "candidate_pixel",
                        check.candidatePosition() / unmixed.scene().cube().columns() + ":"
                                + check.candidatePosition()
                                        % unmixed.scene().cube().columns()));
        report(unmixed, check, facts, account).write(folder.file("html", "report.html"));
        look(unmixed).writePng(folder.file("picture", "scene.png"));
        writePictures(unmixed, folder);
        written.spectra(result.endmembers(), folder.file("endmembers", "endmembers.sli"));
        written.maps(result.abundances(), folder.file("abundances", "abundances.hdr"));
        written.map(result.residual(), folder.file("residual", "residual.hdr"));
        if (result.brightness().isPresent()) {
            written.map(result.brightness().get(), folder.file("brightness", "brightness.hdr"));
        }
        if (result.intervals().isPresent()) {
            written.maps(result.intervals().get().low(), folder.file("interval_low", "interval_low.hdr"));
            written.maps(result.intervals().get().high(), folder.file("interval_high", "interval_high.hdr"));
        }
        if (result.factorization().isPresent()) {
            learnt(result.factorization().get());
        }
    }

    private void learnt(Factorization found) throws IOException {
        for (ScoreMap map : found.maps()) {
            written.map(map, folder.file(key(map.name()), key(map.name()) + ".hdr"));
        }
        for (Spectrum spectrum : found.spectra()) {
            written.spectrum(spectrum, folder.file(key(spectrum.name()), key(spectrum.name()) + ".sli"));
        }
    }

    private static String key(String name) {
        return name.replace(' ', '_');
    }

    static void writePictures(Unmixed unmixed, OutFolder folder) throws IOException {
        UnmixingResult result = unmixed.result();
        endmembers(unmixed).writePng(folder.file("endmembers_picture", "endmembers.png"));
        AbundancePanel.of(result.abundances()).writePng(folder.file("abundances_picture", "abundances.png"));
        residual(unmixed).writePng(folder.file("residual_picture", "residual.png"));
    }

    static UnmixingCheck check(Unmixed unmixed, RunContext context) {
        return UnmixingCheck.of(unmixed.scene().cube(), unmixed.result(), context);
    }

    private static HtmlReport report(Unmixed unmixed, UnmixingCheck check, Facts facts, Account account) {
        Cube cube = unmixed.scene().cube();
        HtmlReport page = figures(HtmlReport.titled(Words.titled("Unmixing", cube)), unmixed, check)
                .section("Numbers")
                .facts("", facts.shown());
        return account.addTo(page, cube, unmixed.result().diagnostics());
    }

    static HtmlReport figures(HtmlReport page, Unmixed unmixed, UnmixingCheck check) {
        HtmlReport report = page.figure(
                        unmixed.result().extraction().isPresent()
                                ? "The scene. The endmembers were found in the outlined pixels, or the search for them began there."
                                : "The scene.",
                        look(unmixed))
                .figure("The endmembers.", endmembers(unmixed));
        UnmixTruth truth = unmixed.truth();
        AbundanceMaps maps = unmixed.result().abundances();
        report = truth == null
                ? report.figure("How much of each endmember the pixels hold.", AbundancePanel.of(maps))
                : withTruth(report, unmixed.result(), truth);
        report = report.figure(
                "What the model leaves unexplained: the root mean square over the bands, in the unit of the scene.",
                residual(unmixed));
        List<Figure> more = new ArrayList<>(unmixed.result().figures());
        more.addAll(check.figures());
        for (Figure figure : more) {
            if (!DRAWN.contains(figure.name())) {
                report = report.figure(figure.caption(), figure.picture());
            }
        }
        List<String> notes = new ArrayList<>(check.diagnostics().notes());
        if (truth != null) {
            notes.addAll(truth.compare(unmixed.result()).diagnostics().notes());
        }
        for (String note : notes) {
            report = report.paragraph(Words.sentence(note));
        }
        SpectralLibrary library = unmixed.library();
        return library == null ? report : withLibrary(report, unmixed.result().endmembers(), library);
    }

    private static HtmlReport withLibrary(HtmlReport page, Endmembers endmembers, SpectralLibrary library) {
        List<List<Object>> rows = new ArrayList<>();
        for (Spectrum endmember : endmembers.spectra()) {
            for (LibraryMatch match : LibraryMatch.ranked(endmember, library, MATCHES)) {
                rows.add(List.of(endmember.name(), match.name(), match.degrees(), match.divergence(endmember)));
            }
        }
        return page.figure(
                        "The endmembers beside the spectra of the library that resemble them most, scaled to them.",
                        MatchPlot.of(endmembers, library))
                .table(
                        "The spectra of the library that are most like each endmember",
                        List.of("Endmember", "Library", "SAM (degrees)", "SID (nats)"),
                        rows);
    }

    private static MapPicture residual(Unmixed unmixed) {
        return MapPicture.of(unmixed.result().residual())
                .withUnit(Words.unit(unmixed.scene().cube()));
    }

    private static HtmlReport withTruth(HtmlReport page, UnmixingResult result, UnmixTruth truth) {
        HtmlReport report = page;
        for (Figure figure : truth.compare(result).figures()) {
            report = report.figure(figure.caption(), figure.picture());
        }
        return truth.abundances().isPresent()
                ? report.figure(
                        "The true abundances.",
                        AbundancePanel.of(truth.abundances().get()))
                : report;
    }

    private static QuickLook look(Unmixed unmixed) {
        Cube cube = unmixed.scene().cube();
        QuickLook look = QuickLook.of(cube.masked(cube.validMask()));
        return unmixed.result()
                .extraction()
                .map(found -> {
                    Set<Integer> places = new HashSet<>(found.positions());
                    return look.withMarks(Mask.of(cube.rows(), cube.columns(), places::contains), Color.MAGENTA);
                })
                .orElse(look);
    }

    private static SpectraPlot endmembers(Unmixed unmixed) {
        return SpectraPlot.of(unmixed.result().endmembers())
                .withValueLabel(Words.unit(unmixed.scene().cube()));
    }
}
