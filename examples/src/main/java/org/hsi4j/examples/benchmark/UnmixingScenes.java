package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.io.AxisOrder;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.MatFile;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.io.SpectralLibraries;
import org.hsi4j.run.RunContext;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.LabelTruth;
import org.hsi4j.unmixing.Fcls;

/**
 * The scenes that are found in a folder: the public ones by the names of their files, and any folder that holds
 * {@code scene.hdr}, {@code true_endmembers.sli} and {@code true_abundances.hdr}, as {@code hsi quickstart} writes them.
 */
final class UnmixingScenes {
    private static final double[] LIBRARY_SNR = {20, 30, 40};

    /** The scenes of a file whose path ends so. */
    private static final Map<String, Function<Path, List<SceneSource<UnmixingScene>>>> KNOWN = known();

    private UnmixingScenes() {}

    private static Map<String, Function<Path, List<SceneSource<UnmixingScene>>>> known() {
        Map<String, Function<Path, List<SceneSource<UnmixingScene>>>> known = new TreeMap<>();
        known.put("samson/samson_1.mat", UnmixingScenes::samson);
        known.put("urban_crop/urban_crop_34x78_with_gt.mat", UnmixingScenes::urban);
        known.put("sim1/Y_clean.mat", UnmixingScenes::sim1);
        known.put("dc1/EE.mat", UnmixingScenes::dc1);
        known.put("salinasA/SalinasA_gt.mat", UnmixingScenes::salinasA);
        known.put("oracle/unmixing_pure.mat", file -> usgs("usgs pure", "pure pixels of all", file));
        known.put("oracle/unmixing_mixed.mat", file -> usgs("usgs mixed", "no pixel purer than 0.8", file));
        known.put("true_endmembers.sli", UnmixingScenes::written);
        return known;
    }

    /** All scenes in a folder and below. */
    static List<SceneSource<UnmixingScene>> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) { // a link to a folder is looked into, too
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<SceneSource<UnmixingScene>> scenes = new ArrayList<>();
        for (Path file : files) {
            KNOWN.forEach((end, read) -> {
                if (file.endsWith(end)) {
                    scenes.addAll(read.apply(file));
                }
            });
        }
        return List.copyOf(scenes);
    }

    private static List<SceneSource<UnmixingScene>> samson(Path file) {
        return List.of(new SceneSource<>(
                "samson",
                "95 x 95 x 156; truth end3.mat (soil, tree, water): endmembers scaled to a maximum of one, abundances those of"
                        + " nnls with them divided by their sum",
                false,
                context -> {
                    MatFile truth = MatFile.open(file.resolveSibling("end3.mat"));
                    return UnmixingScene.of(
                            MatFile.open(file).cube(ReadOptions.defaults()),
                            truth.endmembers("M"),
                            truth.abundances("A", ReadOptions.defaults().withShape(95, 95)));
                }));
    }

    private static List<SceneSource<UnmixingScene>> urban(Path file) {
        List<SceneSource<UnmixingScene>> scenes = new ArrayList<>();
        for (int p = 4; p <= 6; p++) {
            int count = p;
            scenes.add(new SceneSource<>(
                    "urban " + p,
                    "crop of 34 x 78 x 162; truth of " + p + " endmembers (A" + p + ", M" + p + ")",
                    false,
                    context -> {
                        MatFile mat = MatFile.open(file);
                        return UnmixingScene.of(
                                mat.cube(ReadOptions.defaults().withVariable("Y")),
                                mat.endmembers("M" + count),
                                mat.abundances("A" + count, ReadOptions.defaults()));
                    }));
        }
        return scenes;
    }

    private static List<SceneSource<UnmixingScene>> sim1(Path file) {
        return List.of(new SceneSource<>(
                "sim1",
                "105 x 105 x 224; simulated, linear, without noise",
                false,
                context -> UnmixingScene.of(
                        MatFile.open(file).cube(ReadOptions.defaults()),
                        MatFile.open(file.resolveSibling("E.mat")).endmembers("E"),
                        MatFile.open(file.resolveSibling("A_true.mat")).abundances("A_true", ReadOptions.defaults()))));
    }

    private static List<SceneSource<UnmixingScene>> usgs(String name, String what, Path file) {
        return List.of(new SceneSource<>(name, "50 x 50 x 224; simulated, linear, 30 dB, " + what, false, context -> {
            MatFile mat = MatFile.open(file);
            ReadOptions shape = ReadOptions.defaults().withShape(50, 50);
            return UnmixingScene.of(mat.cube(shape.withVariable("Y")), mat.endmembers("E"), mat.abundances("A", shape));
        }));
    }

    private static List<SceneSource<UnmixingScene>> dc1(Path library) {
        List<SceneSource<UnmixingScene>> scenes = new ArrayList<>();
        for (double snr : LIBRARY_SNR) {
            scenes.add(new SceneSource<>(
                    "dc1 " + Math.round(snr) + " dB",
                    "75 x 75 x 224; simulated, linear, five of the 240 spectra of a library, noise of "
                            + Math.round(snr) + " dB" + (snr == 30 ? "" : "; with the library alone") + "; "
                            + LibraryStudy.about(snr),
                    true,
                    context -> {
                        Cube clean = MatFile.open(library.resolveSibling("Y_clean.mat"))
                                .cube(ReadOptions.defaults());
                        return withLibrary(noisy(clean, snr, context), library, snr);
                    }));
        }
        return scenes;
    }

    private static UnmixingScene withLibrary(Cube cube, Path file, double snr) throws IOException {
        Endmembers library = MatFile.open(file).endmembers("EE");
        AbundanceMaps all = MatFile.open(file.resolveSibling("XT.mat"))
                .abundances("XT", ReadOptions.defaults().withAxisOrder(AxisOrder.BANDS_ROWS_COLUMNS));
        int[] active = IntStream.range(0, all.count())
                .filter(k -> all.map(k).max() > 0)
                .toArray();
        return new UnmixingScene(
                cube,
                library.select(active),
                all.select(active),
                Optional.of(new UnmixingScene.Library(library, all, LibraryStudy.solvers(snr))),
                snr == 30);
    }

    /** Gaussian noise of the ratio of the powers of all samples. */
    private static Cube noisy(Cube clean, double snr, RunContext context) {
        double power = IntStream.range(0, clean.bands())
                .mapToDouble(b -> Arrays.stream(clean.plane(b)).map(v -> v * v).sum())
                .sum();
        double sigma = Math.sqrt(power / clean.samples()) * Math.pow(10, -snr / 20);
        return GaussianNoise.withDefaults()
                .withSigma(sigma)
                .withSeed(context.seed())
                .apply(clean, context)
                .cube();
    }

    private static List<SceneSource<UnmixingScene>> salinasA(Path labels) {
        return List.of(new SceneSource<>(
                "salinasA",
                "83 x 86 x 204; truth made of the labels of six crops: endmembers are the means of their inner pixels,"
                        + " abundances those of fcls with them, which favours fcls",
                false,
                context -> {
                    Cube cube = MatFile.open(labels.resolveSibling("SalinasA_corrected.mat"))
                            .cube(ReadOptions.defaults());
                    LabelTruth.Result truth = labelTruth(
                            cube, MatFile.open(labels).map("salinasA_gt").toArray(), context);
                    return UnmixingScene.of(cube, truth.endmembers(), truth.abundances());
                }));
    }

    private static LabelTruth.Result labelTruth(Cube cube, double[] values, RunContext context) {
        double[] classes =
                Arrays.stream(values).filter(v -> v > 0).distinct().sorted().toArray();
        int[] labels = Arrays.stream(values)
                .mapToInt(v -> v > 0 ? 1 + Arrays.binarySearch(classes, v) : 0)
                .toArray();
        List<String> names =
                Arrays.stream(classes).mapToObj(v -> "class " + Math.round(v)).toList();
        return LabelTruth.withDefaults()
                .derive(
                        cube,
                        labels,
                        names,
                        (scene, means, run) ->
                                Fcls.withDefaults().solve(scene, means, run).maps(),
                        context);
    }

    private static List<SceneSource<UnmixingScene>> written(Path endmembers) {
        Path scene = endmembers.resolveSibling("scene.hdr");
        Path abundances = endmembers.resolveSibling("true_abundances.hdr");
        if (!Files.isRegularFile(scene) || !Files.isRegularFile(abundances)) {
            return List.of();
        }
        String name = folderOf(endmembers);
        return List.of(new SceneSource<>(name, "scene.hdr and its truth in the folder " + name, false, context -> {
            Endmembers truth = SpectralLibraries.read(endmembers).endmembers();
            return UnmixingScene.of(Cubes.read(scene), truth, maps(Cubes.read(abundances), truth));
        }));
    }

    private static String folderOf(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        return absolute.getName(absolute.getNameCount() - 2).toString();
    }

    private static AbundanceMaps maps(Cube cube, Endmembers truth) {
        double[][] planes = new double[cube.bands()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = cube.plane(k);
        }
        return AbundanceMaps.of(cube.rows(), cube.columns(), truth.names(), planes);
    }
}
