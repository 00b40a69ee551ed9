package org.hsi4j.examples.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.method.Methods;
import org.hsi4j.run.RunContext;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.BlindUnmixer;
import org.hsi4j.unmixing.EndmemberExtractor;
import org.hsi4j.unmixing.Unmixing;
import org.hsi4j.unmixing.UnmixingResult;
import org.hsi4j.unmixing.Vca;

/** Everyone who unmixes, from the table of methods: a method that is added there takes part. */
final class UnmixingContestants {

    private UnmixingContestants() {}

    /** Endmembers and abundances, whatever they come from. */
    private record Answer(Endmembers endmembers, AbundanceMaps abundances) {

        static Answer of(UnmixingResult result) {
            return new Answer(result.endmembers(), result.abundances());
        }
    }

    @FunctionalInterface
    private interface Work {
        Answer solve(UnmixingScene scene, RunContext context);
    }

    @FunctionalInterface
    private interface Scoring {
        Map<Measure, Double> score(Answer answer, UnmixingScene scene);
    }

    private record Entrant(String method, String setting, Predicate<UnmixingScene> isFor, Work work, Scoring scoring)
            implements Contestant<UnmixingScene> {

        @Override
        public boolean suits(UnmixingScene scene) {
            return isFor.test(scene);
        }

        @Override
        public Supplier<Map<Measure, Double>> run(UnmixingScene scene, RunContext context) {
            Answer answer = work.solve(scene, context);
            return () -> scoring.score(answer, scene);
        }
    }

    /** All of them; extractors are completed by the solver. */
    static List<Contestant<UnmixingScene>> all(AbundanceSolver completing) {
        List<Contestant<UnmixingScene>> all = new ArrayList<>(blind(completing));
        List<AbundanceSolver> solvers = Methods.all(AbundanceSolver.class);
        solvers.forEach(solver -> all.add(withTrueEndmembers(solver)));
        solvers.forEach(solver -> all.add(withFoundEndmembers(solver)));
        solvers.forEach(solver -> all.add(withLibrary(solver)));
        solvers.forEach(solver -> all.add(withLibraryOnSubspace(solver.name())));
        return List.copyOf(all);
    }

    /** Those that find the endmembers themselves. */
    static List<Contestant<UnmixingScene>> blind(AbundanceSolver completing) {
        List<Contestant<UnmixingScene>> all = new ArrayList<>();
        all.add(found(
                "auto",
                "nothing given",
                (scene, context) -> Answer.of(Unmixing.of(scene.cube()).run(context))));
        for (EndmemberExtractor extractor : Methods.all(EndmemberExtractor.class)) {
            all.add(found(extractor.name(), "number given; " + completing.name(), extracting(extractor, completing)));
        }
        for (BlindUnmixer unmixer : Methods.all(BlindUnmixer.class)) {
            all.add(found(
                    unmixer.name(),
                    "number given",
                    (scene, context) -> Answer.of(Unmixing.of(scene.cube())
                            .endmembers(scene.endmembers().count())
                            .blind(unmixer)
                            .run(context))));
        }
        return List.copyOf(all);
    }

    private static Work extracting(EndmemberExtractor extractor, AbundanceSolver solver) {
        return (scene, context) -> Answer.of(Unmixing.of(scene.cube())
                .endmembers(scene.endmembers().count())
                .extract(extractor)
                .abundances(solver)
                .run(context));
    }

    private static Contestant<UnmixingScene> found(String method, String setting, Work work) {
        return new Entrant(
                method,
                setting,
                UnmixingScene::isBlind,
                work,
                (answer, scene) -> UnmixingScore.ofFound(answer.endmembers(), answer.abundances(), scene));
    }

    private static Contestant<UnmixingScene> withFoundEndmembers(AbundanceSolver solver) {
        return found(solver.name(), "endmembers of vca", extracting(Vca.withDefaults(), solver));
    }

    private static Contestant<UnmixingScene> withTrueEndmembers(AbundanceSolver solver) {
        return new Entrant(
                solver.name(),
                "true endmembers",
                UnmixingScene::isBlind,
                (scene, context) -> Answer.of(Unmixing.of(scene.cube())
                        .endmembers(scene.endmembers())
                        .abundances(solver)
                        .run(context)),
                (answer, scene) -> UnmixingScore.ofGiven(answer.abundances(), scene.abundances()));
    }

    private static Contestant<UnmixingScene> withLibrary(AbundanceSolver solver) {
        return new Entrant(
                solver.name(),
                "library",
                scene -> scene.library().isPresent(),
                (scene, context) -> onLibrary(scene.cube(), scene, solver, context),
                UnmixingContestants::scoreOnLibrary);
    }

    private static Contestant<UnmixingScene> withLibraryOnSubspace(String name) {
        return new Entrant(
                name,
                "library; projected scene",
                scene -> tuned(name, scene).isPresent(),
                (scene, context) -> onLibrary(
                        LibraryStudy.projected(scene.cube(), context),
                        scene,
                        tuned(name, scene).orElseThrow(),
                        context),
                UnmixingContestants::scoreOnLibrary);
    }

    private static Optional<AbundanceSolver> tuned(String name, UnmixingScene scene) {
        return scene.library()
                .flatMap(library -> library.tuned().stream()
                        .filter(solver -> solver.name().equals(name))
                        .findFirst());
    }

    private static Answer onLibrary(Cube cube, UnmixingScene scene, AbundanceSolver solver, RunContext context) {
        return Answer.of(Unmixing.of(cube)
                .endmembers(scene.library().orElseThrow().spectra())
                .abundances(solver)
                .run(context));
    }

    private static Map<Measure, Double> scoreOnLibrary(Answer answer, UnmixingScene scene) {
        return UnmixingScore.ofLibrary(
                answer.abundances(), scene.library().orElseThrow().abundances());
    }
}
