package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Spectrum;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.metrics.ObjectMap;

/** The public scenes of detection that are found in a folder, by the names of their files. */
final class DetectionScenes {

    /** The scene of a file whose path ends so. */
    private static final Map<String, Function<Path, SceneSource<DetectionScene>>> KNOWN = known();

    private DetectionScenes() {}

    private static Map<String, Function<Path, SceneSource<DetectionScene>>> known() {
        Map<String, Function<Path, SceneSource<DetectionScene>>> known = new TreeMap<>();
        for (String name : List.of("airport-1", "beach-1", "urban-1", "urban-2")) {
            known.put("abu/abu-" + name + ".mat", file -> anomalies("abu " + name, "map", file));
        }
        known.put("hydice/HYDICE_urban.mat", file -> anomalies("hydice (21 pixels)", "map", file));
        known.put("hydice/HYDICE1_v73.mat", file -> anomalies("hydice (17 pixels)", "mask", file));
        known.put(
                "muufl_chip/muufl_chip_with_target.mat",
                file -> targeted(
                        "muufl chip", "36 x 36 x 72; three pixels of cloth", "tgt_spectra", "gtImg_sub", file));
        known.put(
                "detection_scene.mat",
                file -> targeted(
                        "oracle",
                        "100 x 100 x 100; simulated, 40 targets that fill 1 to 8 % of a pixel each",
                        "target",
                        "truth",
                        file));
        return known;
    }

    /** All scenes in a folder and below. */
    static List<SceneSource<DetectionScene>> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<SceneSource<DetectionScene>> scenes = new ArrayList<>();
        for (Path file : files) {
            KNOWN.forEach((end, scene) -> {
                if (file.endsWith(end)) {
                    scenes.add(scene.apply(file));
                }
            });
        }
        return List.copyOf(scenes);
    }

    private static SceneSource<DetectionScene> anomalies(String name, String truth, Path file) {
        return new SceneSource<>(name, "real; the map " + truth + " of " + file.getFileName(), false, context -> {
            DetectionScene.Image image =
                    image(Cubes.read(file), MatFile.open(file).mask(truth));
            return new DetectionScene(name, List.of(new DetectionScene.Search(List.of(), List.of(), List.of(image))));
        });
    }

    private static SceneSource<DetectionScene> targeted(
            String name, String about, String target, String truth, Path file) {
        return new SceneSource<>(name, about, false, context -> {
            MatFile mat = MatFile.open(file);
            List<DetectionScene.Image> images = List.of(image(Cubes.read(file), mat.mask(truth)));
            Spectrum sought = Spectrum.of(mat.vector(target));
            return new DetectionScene(
                    name,
                    List.of(
                            new DetectionScene.Search(List.of(), List.of(), images),
                            new DetectionScene.Search(List.of(sought), List.of(), images)));
        });
    }

    private static DetectionScene.Image image(Cube cube, Mask truth) {
        return new DetectionScene.Image(cube, truth, ObjectMap.of(truth, Connectivity.EIGHT));
    }
}
