package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.method.Methods;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.restoration.Restorer;
import org.hsi4j.restoration.Restoring;
import org.hsi4j.run.RunContext;

/** Everyone who mends a scene, from the table of methods: a method that is added there takes part. */
final class RestorationContestants {
    /** Roles of methods that must be told something, and what. */
    private static final Map<String, String> TOLD = Map.of(
            "inpainter",
            "told what is lost",
            "deblurrer",
            "told the blur",
            "super-resolver",
            "told the factor",
            "dehazer",
            "told that it is hazy");

    private RestorationContestants() {}

    static List<Contestant<RestorationScene>> all() {
        List<Contestant<RestorationScene>> all = new ArrayList<>();
        all.add(new Input());
        Methods.all(Restorer.class).forEach(restorer -> all.add(new Entrant(restorer)));
        return List.copyOf(all);
    }

    /** The scene as it is. */
    private record Input() implements Contestant<RestorationScene> {

        @Override
        public String method() {
            return "input";
        }

        @Override
        public String setting() {
            return "as it is";
        }

        @Override
        public boolean suits(RestorationScene scene) {
            return true;
        }

        @Override
        public Supplier<Map<Measure, Double>> run(RestorationScene scene, RunContext context) {
            return () -> {
                Map<Measure, Double> scores = RestorationScore.of(scene, scene.degraded(), context);
                int factor = scene.clean().rows() / scene.marked().rows();
                if (factor > 1) {
                    scores.put(
                            RestorationScore.FOLDED,
                            AliasingScore.variation(scene.clean(), factor, context)
                                    .mean());
                }
                return scores;
            };
        }
    }

    private record Entrant(Restorer restorer) implements Contestant<RestorationScene> {

        @Override
        public String method() {
            return restorer.name();
        }

        @Override
        public String setting() {
            return TOLD.getOrDefault(restorer.role(), "defaults");
        }

        @Override
        public boolean suits(RestorationScene scene) {
            return scene.roles().contains(restorer.role())
                    && (scene.methods().isEmpty() || scene.methods().contains(restorer.name()));
        }

        @Override
        public Supplier<Map<Measure, Double>> run(RestorationScene scene, RunContext context) {
            boolean told = TOLD.containsKey(restorer.role());
            Cube restored = Restoring.of(told ? scene.marked() : scene.degraded())
                    .with(told ? scene.told().apply(restorer) : restorer)
                    .run(context)
                    .cube();
            return () -> {
                Map<Measure, Double> scores = RestorationScore.of(scene, restored, context);
                RestorationMargins.of(scene.name(), method())
                        .ifPresent(margin -> scores.put(RestorationScore.MARGIN, margin));
                return scores;
            };
        }
    }
}
