package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hsi4j.metrics.Roc;
import org.hsi4j.run.RunContext;
import org.hsi4j.view.Figure;
import org.hsi4j.view.RocPlot;

/**
 * The survey of detection: real and simulated scenes with truth, point objects of eight classes, every anomaly and target detector of the
 * table, and the calibration study. It keeps the last curve of each detector on each scene for the plots.
 */
public final class DetectionCompetition implements Competition<DetectionScene> {
    private static final int CURVES = 6;

    private final Map<String, Map<String, Map<String, Roc>>> curves = new LinkedHashMap<>();

    /** No curve is there yet. */
    public DetectionCompetition() {}

    private synchronized void keep(String scene, String setting, String method, Roc roc) {
        curves.computeIfAbsent(scene, s -> new LinkedHashMap<>())
                .computeIfAbsent(setting, s -> new LinkedHashMap<>())
                .put(method, roc);
    }

    @Override
    public String family() {
        return "detection";
    }

    @Override
    public List<Measure> measures() {
        return DetectionScore.ALL;
    }

    @Override
    public List<String> explanation() {
        return List.of(
                "One set of options, the defaults, for all scenes. Anomaly detectors are given nothing; target detectors are"
                        + " given the spectrum. AUC(D,F) comes first; it alone can mislead, as Pd at low rates shows.",
                "Objects are the components, joined by sides and corners, of the pixels above a threshold that 1 % of the image"
                        + " exceeds; where there are images for training, the share (3, 1, .3 or .1 %) is the best there by AP25."
                        + " Each has the highest score of its own pixels, and boxes are compared with those of the true objects.",
                "Seconds are those of all images of a scene, training included, fit and scores.");
    }

    @Override
    public List<SceneSource<DetectionScene>> scenes(Path folder) throws IOException {
        List<SceneSource<DetectionScene>> scenes = new ArrayList<>(DetectionScenes.in(folder));
        scenes.add(PointObjects.source());
        return List.copyOf(scenes);
    }

    @Override
    public List<Contestant<DetectionScene>> contestants() {
        return DetectionContestants.all(this::keep);
    }

    @Override
    public synchronized List<Figure> figures(String scene) {
        List<Figure> figures = new ArrayList<>();
        curves.getOrDefault(scene, Map.of()).forEach((setting, all) -> {
            List<Map.Entry<String, Roc>> best = all.entrySet().stream()
                    .sorted(Comparator.comparingDouble(
                            (Map.Entry<String, Roc> e) -> -e.getValue().auc()))
                    .limit(CURVES)
                    .toList();
            RocPlot plot = RocPlot.of(best.get(0).getKey(), best.get(0).getValue());
            for (Map.Entry<String, Roc> curve : best) {
                plot = plot.and(curve.getKey(), curve.getValue());
            }
            String key = (scene + "-" + setting).toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
            figures.add(new Figure(
                    "roc-" + key,
                    "Detection rate against false-alarm rate, " + setting + ": the " + best.size()
                            + " detectors of largest AUC, last seed.",
                    plot.withLogarithmicAxis()));
        });
        return List.copyOf(figures);
    }

    @Override
    public List<Study> studies(RunContext context) {
        CalibrationStudy study = CalibrationStudy.usual();
        List<String> header = new ArrayList<>(List.of("background", "detector", "threshold"));
        CalibrationStudy.RATES.forEach(rate -> header.add("asked " + rate));
        header.add("kept");
        List<List<String>> rows = new ArrayList<>();
        for (CalibrationStudy.Row row : study.rows(context)) {
            List<String> cells = new ArrayList<>(List.of(
                    row.law().title(),
                    row.detector(),
                    row.rule().name().toLowerCase(Locale.ROOT).replace('_', '-')));
            row.realised().forEach(rate -> cells.add(String.format(Locale.ROOT, "%.3g", rate)));
            cells.add(row.isKept() ? "yes" : "no");
            rows.add(cells);
        }
        return List.of(new Study(
                "Do thresholds keep their word?",
                "False-alarm rates on scenes without any target. " + study.about()
                        + "; thresholds are found in the first scene of a pair and false alarms counted in the second, pooled."
                        + " Kept: within a factor of 1.15 of 1e-2, 1.25 of 1e-3 and 2 of 1e-4. extreme-value is documented as"
                        + " valid everywhere here, model on Gaussian backgrounds and for ace on elliptical ones, empirical on the"
                        + " scene in which it was found.",
                header,
                rows));
    }
}
