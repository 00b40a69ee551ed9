package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.AnomalyDetector;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.TargetDetector;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.Roc;
import org.hsi4j.run.RunContext;

/** Everyone who detects, from the table of methods: a method that is added there takes part. */
final class DetectionContestants {
    static final String ANOMALIES = "anomalies";
    static final String TARGET = "target given";

    private DetectionContestants() {}

    @FunctionalInterface
    private interface Fit {
        DetectionModel fit(Cube cube, List<Spectrum> sought, RunContext context);
    }

    /** Keeps the curves for the plots. */
    @FunctionalInterface
    interface Curves {
        void keep(String scene, String setting, String method, Roc roc);
    }

    private record Entrant(String method, String setting, boolean targeted, Fit fit, Curves curves)
            implements Contestant<DetectionScene> {

        private List<DetectionScene.Search> searches(DetectionScene scene) {
            return scene.searches().stream()
                    .filter(search -> search.isTargeted() == targeted && search.isPossible())
                    .toList();
        }

        @Override
        public boolean suits(DetectionScene scene) {
            return !searches(scene).isEmpty();
        }

        @Override
        public Supplier<Map<Measure, Double>> run(DetectionScene scene, RunContext context) {
            List<List<ScoreMap>> trained = new ArrayList<>();
            List<List<ScoreMap>> found = new ArrayList<>();
            List<DetectionScene.Search> searches = searches(scene);
            for (DetectionScene.Search search : searches) {
                trained.add(maps(search.training(), search.sought(), context));
                found.add(maps(search.images(), search.sought(), context));
            }
            return () -> {
                curves.keep(scene.name(), setting, method, DetectionScore.roc(searches, found));
                List<Map<Measure, Double>> scores = new ArrayList<>();
                for (int k = 0; k < searches.size(); k++) {
                    scores.add(DetectionScore.of(searches.get(k), trained.get(k), found.get(k)));
                }
                return DetectionScore.mean(scores);
            };
        }

        private List<ScoreMap> maps(List<DetectionScene.Image> images, List<Spectrum> sought, RunContext context) {
            return images.stream()
                    .map(image -> fit.fit(image.cube(), sought, context)
                            .score(image.cube(), context)
                            .scores())
                    .toList();
        }
    }

    static List<Contestant<DetectionScene>> all(Curves curves) {
        List<Contestant<DetectionScene>> all = new ArrayList<>();
        for (AnomalyDetector detector : Methods.all(AnomalyDetector.class)) {
            all.add(new Entrant(
                    detector.name(), ANOMALIES, false, (cube, none, context) -> detector.fit(cube, context), curves));
        }
        for (TargetDetector detector : Methods.all(TargetDetector.class)) {
            all.add(new Entrant(detector.name(), TARGET, true, detector::fit, curves));
        }
        return List.copyOf(all);
    }
}
