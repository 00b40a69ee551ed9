package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hsi4j.Cube;
import org.hsi4j.method.Methods;
import org.hsi4j.restoration.Fuser;
import org.hsi4j.restoration.Fusion;
import org.hsi4j.restoration.RestoredCube;
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
        Methods.all(Fuser.class).forEach(fuser -> all.add(new Joiner(fuser)));
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
                Map<Measure, Double> scores = new LinkedHashMap<>(scene.judge().scores(scene.degraded(), context));
                scores.putAll(scene.known());
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
            return scene.roles().contains(restorer.role());
        }

        @Override
        public Supplier<Map<Measure, Double>> run(RestorationScene scene, RunContext context) {
            boolean told = TOLD.containsKey(restorer.role());
            Restoring.Run sentence = Restoring.of(told ? scene.marked() : scene.degraded())
                    .with(told ? scene.told().apply(restorer) : restorer);
            return scored(method(), scene, sentence::run, context);
        }
    }

    private record Joiner(Fuser fuser) implements Contestant<RestorationScene> {

        @Override
        public String method() {
            return fuser.name();
        }

        @Override
        public String setting() {
            return "with the sharp scene";
        }

        @Override
        public boolean suits(RestorationScene scene) {
            return scene.roles().contains(fuser.role()) && scene.sharp().isPresent();
        }

        @Override
        public Supplier<Map<Measure, Double>> run(RestorationScene scene, RunContext context) {
            Fusion.Run sentence =
                    Fusion.of(scene.marked(), scene.sharp().orElseThrow()).with(fuser);
            return scored(method(), scene, sentence::run, context);
        }
    }

    private static Supplier<Map<Measure, Double>> scored(
            String method, RestorationScene scene, Function<RunContext, RestoredCube> sentence, RunContext context) {
        long start = ProcessorTime.nanos();
        Cube restored = sentence.apply(context).cube();
        double seconds = (ProcessorTime.nanos() - start) / 1e9;
        return () -> {
            Map<Measure, Double> scores = new LinkedHashMap<>(scene.judge().scores(restored, context));
            RestorationMargins.of(scene.name(), method)
                    .ifPresent(margin -> scores.put(RestorationScore.MARGIN, margin));
            scores.put(RestorationScore.PROCESSOR, seconds);
            return scores;
        };
    }
}
