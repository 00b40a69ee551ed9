package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.ReadOptions;
import org.hsi4j.method.Options;
import org.hsi4j.restoration.Restorer;
import org.hsi4j.restoration.SubspaceDeblurring;
import org.hsi4j.simulate.ComplexNoise;
import org.hsi4j.simulate.DownSampling;
import org.hsi4j.simulate.GaussianBlur;
import org.hsi4j.simulate.GaussianNoise;
import org.hsi4j.simulate.Haze;
import org.hsi4j.simulate.MissingBands;
import org.hsi4j.simulate.MissingVoxels;
import org.hsi4j.simulate.MotionBlur;
import org.hsi4j.simulate.PoissonNoise;
import org.hsi4j.simulate.Stripes;

/** Clean scenes that are found in a folder, each with every degradation, and pairs that are to be fused. */
final class RestorationScenes {
    private static final Set<String> DENOISERS = Set.of("restorer", "denoiser");
    private static final Set<String> DESTRIPERS = Set.of("restorer", "destriper", "denoiser");
    private static final Set<String> INPAINTERS = Set.of("restorer", "inpainter");
    private static final Set<String> DEBLURRERS = Set.of("restorer", "deblurrer");
    private static final Set<String> SUPER_RESOLVERS = Set.of("super-resolver");

    /** Sides of scenes that are sampled down are multiples of that. */
    private static final int SIDE = 8;

    /**
     * A clean scene.
     *
     * @param side rows and columns of the part in the middle that is used, at most some million samples; 0 for all of it
     * @param variable its name in the file, or empty
     */
    private record Clean(String name, String about, int side, String end, String variable) {}

    private static final List<Clean> CLEAN = List.of(
            new Clean("oracle", "100 x 100 x 100; simulated, rank 5", 0, "restoration_synthetic.mat", "clean"),
            new Clean("pavia", "50 x 50 x 103; real, cropped", 0, "paviau_crop/paviaU_subimg.mat", ""),
            new Clean("reno", "the middle 96 x 96 x 100 of 150 x 150; real", 96, "reno/Reno150-150-100.mat", ""),
            new Clean("samson", "the middle 80 x 80 x 156 of 95 x 95; real", 80, "samson/samson_1.img.hdr", ""),
            new Clean(
                    "simu_indian",
                    "the middle 64 x 64 x 224 of 145 x 145; simulated, of constant blocks",
                    64,
                    "simu_indian/simu_indian.mat",
                    ""));

    /** A way to make a clean scene worse. */
    @FunctionalInterface
    private interface Task {
        RestorationScene make(String name, Cube clean);
    }

    private RestorationScenes() {}

    /** All scenes in a folder and below. */
    static List<SceneSource<RestorationScene>> in(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder.toRealPath())) {
            files = walk.filter(Files::isRegularFile).sorted().toList();
        }
        List<SceneSource<RestorationScene>> scenes = new ArrayList<>();
        for (Clean clean : CLEAN) {
            files.stream()
                    .filter(file -> file.endsWith(clean.end()))
                    .findFirst()
                    .ifPresent(file -> scenes.addAll(degraded(clean, file)));
        }
        scenes.addAll(FusionScenes.in(files));
        return List.copyOf(scenes);
    }

    private static List<SceneSource<RestorationScene>> degraded(Clean clean, Path file) {
        List<SceneSource<RestorationScene>> scenes = new ArrayList<>();
        if (!clean.variable().isEmpty()) {
            for (String variable : List.of("gaussian_0_1", "noniid", "mixture")) {
                String name = clean.name() + ": " + variable;
                scenes.add(new SceneSource<>(
                        name,
                        clean.about() + "; degraded as in its file",
                        false,
                        context -> noisy(
                                name,
                                read(clean, file),
                                Cubes.read(file, ReadOptions.defaults().withVariable(variable)),
                                DENOISERS)));
            }
        }
        tasks().forEach((what, task) -> {
            String name = clean.name() + ": " + what;
            scenes.add(new SceneSource<>(name, clean.about(), false, context -> task.make(name, read(clean, file))));
        });
        return scenes;
    }

    /** Every degradation of a clean scene. */
    static List<SceneSource<RestorationScene>> of(String name, Cube clean) {
        List<SceneSource<RestorationScene>> scenes = new ArrayList<>();
        tasks().forEach((what, task) -> {
            String scene = name + ": " + what;
            scenes.add(new SceneSource<>(scene, "made", false, context -> task.make(scene, clean)));
        });
        return scenes;
    }

    private static Map<String, Task> tasks() {
        Map<String, Task> all = new LinkedHashMap<>();
        all.put(
                "Gaussian noise .1",
                (name, clean) -> noisy(
                        name,
                        clean,
                        GaussianNoise.withDefaults().withSigma(0.1).apply(clean).cube(),
                        DENOISERS));
        all.put(
                "complex noise",
                (name, clean) -> noisy(
                        name, clean, ComplexNoise.withDefaults().apply(clean).cube(), DENOISERS));
        all.put(
                "Poisson noise of 10 photons",
                (name, clean) -> noisy(
                        name, clean, PoissonNoise.withDefaults().apply(clean).cube(), DENOISERS));
        all.put("stripes .05 and noise .02", (name, clean) -> {
            Cube noise =
                    GaussianNoise.withDefaults().withSigma(0.02).apply(clean).cube();
            return noisy(
                    name,
                    clean,
                    Stripes.withDefaults().withAmplitude(0.05).apply(noise).cube(),
                    DESTRIPERS);
        });
        for (int percent : new int[] {70, 80, 90}) {
            all.put("inpainting " + percent + " %", (name, clean) -> {
                MissingVoxels.Result result =
                        MissingVoxels.withDefaults().withShare(percent / 100.0).apply(clean);
                return gapped(name, clean, result.cube(), result.missing(), all(clean));
            });
        }
        for (int percent : new int[] {10, 20, 30}) {
            all.put("missing bands " + percent + " %", (name, clean) -> {
                MissingBands.Result result =
                        MissingBands.withDefaults().withShare(percent / 100.0).apply(clean);
                Mask every = Mask.all(clean.rows(), clean.columns());
                List<Mask> missing = IntStream.range(0, clean.bands())
                        .mapToObj(b -> result.bands().contains(b) ? every : every.not())
                        .toList();
                return gapped(name, clean, result.cube(), missing, result.bands());
            });
        }
        all.put("Gaussian blur", (name, clean) -> {
            GaussianBlur.Result result = GaussianBlur.withDefaults().apply(clean);
            return blurred(name, clean, result.cube(), result.kernel());
        });
        all.put("motion blur", (name, clean) -> {
            MotionBlur.Result result = MotionBlur.withDefaults().apply(clean);
            return blurred(name, clean, result.cube(), result.kernel());
        });
        for (int factor : new int[] {2, 4, 8}) {
            all.put("super-resolution x" + factor, (name, clean) -> sampled(name, clean, factor));
        }
        all.put("haze", (name, clean) -> {
            Cube measured = clean.wavelengths().isPresent() ? clean : inTheVisible(clean);
            return noisy(name, measured, Haze.withDefaults().apply(measured).cube(), Set.of("dehazer"));
        });
        return all;
    }

    /** With wavelengths from 400 to 1000 nm. */
    private static Cube inTheVisible(Cube cube) {
        Cube.Builder builder = Cube.builderLike(cube);
        for (int b = 0; b < cube.bands(); b++) {
            builder.plane(b, cube.plane(b));
        }
        return builder.wavelengths(Wavelengths.of(IntStream.range(0, cube.bands())
                        .mapToDouble(b -> 400 + 600.0 * b / (cube.bands() - 1))
                        .toArray()))
                .build();
    }

    private static RestorationScene blurred(String name, Cube clean, Cube blurred, ScoreMap kernel) {
        return scene(
                name,
                clean,
                blurred,
                blurred,
                all(clean),
                DEBLURRERS,
                method -> method instanceof SubspaceDeblurring known ? known.ofKernel(kernel) : method);
    }

    private static RestorationScene sampled(String name, Cube clean, int factor) {
        Cube truth = clean.crop(new Region(0, 0, clean.rows() / SIDE * SIDE, clean.columns() / SIDE * SIDE));
        DownSampling.Result result =
                DownSampling.withDefaults().withFactor(factor).apply(truth);
        Cube repeated = result.replicated();
        return new RestorationScene(
                name,
                repeated,
                result.cube(),
                Optional.empty(),
                Map.of(RestorationScore.FOLDED, result.aliasing().mean()),
                SUPER_RESOLVERS,
                method -> Options.with(method, "factor", String.valueOf(factor)),
                RestorationScore.against(truth, repeated, all(truth)));
    }

    private static RestorationScene noisy(String name, Cube clean, Cube noisy, Set<String> roles) {
        return scene(name, clean, noisy, noisy, all(clean), roles, UnaryOperator.identity());
    }

    private static RestorationScene gapped(
            String name, Cube clean, Cube gapped, List<Mask> missing, List<Integer> scored) {
        Cube marked = gapped.withMissingSamples(missing);
        return scene(name, clean, gapped, marked, scored, INPAINTERS, UnaryOperator.identity());
    }

    private static RestorationScene scene(
            String name,
            Cube clean,
            Cube degraded,
            Cube marked,
            List<Integer> scored,
            Set<String> roles,
            UnaryOperator<Restorer> told) {
        return new RestorationScene(
                name,
                degraded,
                marked,
                Optional.empty(),
                Map.of(),
                roles,
                told,
                RestorationScore.against(clean, degraded, scored));
    }

    private static List<Integer> all(Cube cube) {
        return IntStream.range(0, cube.bands()).boxed().toList();
    }

    /** With a peak of one over all bands. */
    private static Cube read(Clean clean, Path file) throws IOException {
        ReadOptions options = ReadOptions.defaults();
        Cube cube = middle(
                Cubes.read(file, clean.variable().isEmpty() ? options : options.withVariable(clean.variable())),
                clean.side());
        double peak = peak(cube);
        // Those in units of the peak already stay as they are, bit for bit.
        return peak <= 1 ? cube : cube.scaled(1 / peak, 0).toHeap(Precision.FLOAT);
    }

    private static Cube middle(Cube cube, int side) {
        return side == 0
                ? cube
                : cube.crop(new Region((cube.rows() - side) / 2, (cube.columns() - side) / 2, side, side));
    }

    /** The largest sample. */
    static double peak(Cube cube) {
        return IntStream.range(0, cube.bands())
                .mapToDouble(b -> Arrays.stream(cube.plane(b)).max().orElse(0))
                .max()
                .orElse(0);
    }
}
