package org.hsi4j.examples.benchmark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
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

/** Clean scenes that are found in a folder, each with every degradation. */
final class RestorationScenes {
    private static final Set<String> DENOISERS = Set.of("restorer", "denoiser");
    private static final Set<String> DESTRIPERS = Set.of("restorer", "destriper", "denoiser");
    private static final Set<String> INPAINTERS = Set.of("restorer", "inpainter");
    private static final Set<String> DEBLURRERS = Set.of("restorer", "deblurrer");
    private static final Set<String> SUPER_RESOLVERS = Set.of("super-resolver");

    /** Sides of scenes that are sampled down are multiples of that. */
    private static final int SIDE = 8;

    /** Where not everyone takes part: the choice of the universal restorer, and the best of their kind. */
    private static final Set<String> FEW = Set.of(
            "auto",
            "whitened-svd",
            "subspace-wavelet-shrinkage",
            "subspace-bm3d",
            "ngmeet",
            "e3dtv",
            "lrtdtv",
            "residual-destriping",
            "fasthyin",
            "svd-imputation",
            "subspace-wiener-deblurring",
            "subspace-total-variation-deblurring",
            "dark-object-dehazing",
            "cubic-interpolation",
            "subspace-total-variation-super-resolution");

    /** A clean scene. */
    private record Clean(String name, String about, String end, String variable, boolean everyone) {}

    private static final List<Clean> CLEAN = List.of(
            new Clean("oracle", "100 x 100 x 100; simulated, rank 5", "restoration_synthetic.mat", "clean", true),
            new Clean("pavia", "50 x 50 x 103; real, cropped", "paviau_crop/paviaU_subimg.mat", "", true),
            new Clean("reno", "150 x 150 x 100; real", "reno/Reno150-150-100.mat", "", false),
            new Clean("samson", "95 x 95 x 156; real", "samson/samson_1.img.hdr", "", false),
            new Clean("simu_indian", "145 x 145 x 224; simulated", "simu_indian/simu_indian.mat", "", false));

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
        return List.copyOf(scenes);
    }

    private static List<SceneSource<RestorationScene>> degraded(Clean clean, Path file) {
        List<SceneSource<RestorationScene>> scenes = new ArrayList<>();
        if (clean.everyone() && !clean.variable().isEmpty()) {
            for (String variable : List.of("gaussian_0_1", "noniid", "mixture")) {
                String name = clean.name() + ": " + variable;
                scenes.add(new SceneSource<>(name, clean.about() + "; degraded as in its file", false, context -> {
                    Cube truth = read(clean, file);
                    Cube noisy = Cubes.read(file, ReadOptions.defaults().withVariable(variable));
                    return new RestorationScene(
                            name, truth, noisy, noisy, all(truth), DENOISERS, Set.of(), UnaryOperator.identity());
                }));
            }
        }
        degradations().forEach((what, make) -> {
            String name = clean.name() + ": " + what;
            scenes.add(new SceneSource<>(
                    name,
                    clean.about(),
                    false,
                    context -> make.apply(read(clean, file), name).limited(clean.everyone() ? Set.of() : FEW)));
        });
        return scenes;
    }

    /** Every degradation of a clean scene. */
    static List<SceneSource<RestorationScene>> of(String name, Cube clean) {
        List<SceneSource<RestorationScene>> scenes = new ArrayList<>();
        degradations().forEach((what, make) -> {
            String task = name + ": " + what;
            scenes.add(new SceneSource<>(
                    task, "made", false, context -> make.apply(clean, task).limited(Set.of())));
        });
        return scenes;
    }

    /** Before it is known who takes part. */
    private record Draft(RestorationScene scene) {

        RestorationScene limited(Set<String> methods) {
            return new RestorationScene(
                    scene.name(),
                    scene.clean(),
                    scene.degraded(),
                    scene.marked(),
                    scene.scored(),
                    scene.roles(),
                    methods,
                    scene.told());
        }
    }

    private static Map<String, BiFunction<Cube, String, Draft>> degradations() {
        Map<String, BiFunction<Cube, String, Draft>> all = new LinkedHashMap<>();
        all.put(
                "Gaussian noise .1",
                (clean, name) -> noisy(
                        name,
                        clean,
                        GaussianNoise.withDefaults().withSigma(0.1).apply(clean).cube(),
                        DENOISERS));
        all.put(
                "complex noise",
                (clean, name) -> noisy(
                        name, clean, ComplexNoise.withDefaults().apply(clean).cube(), DENOISERS));
        all.put(
                "Poisson noise of 10 photons",
                (clean, name) -> noisy(
                        name, clean, PoissonNoise.withDefaults().apply(clean).cube(), DENOISERS));
        all.put("stripes .05 and noise .02", (clean, name) -> {
            Cube noise =
                    GaussianNoise.withDefaults().withSigma(0.02).apply(clean).cube();
            return noisy(
                    name,
                    clean,
                    Stripes.withDefaults().withAmplitude(0.05).apply(noise).cube(),
                    DESTRIPERS);
        });
        for (int percent : new int[] {70, 80, 90}) {
            all.put("inpainting " + percent + " %", (clean, name) -> {
                MissingVoxels.Result result =
                        MissingVoxels.withDefaults().withShare(percent / 100.0).apply(clean);
                return gapped(name, clean, result.cube(), result.missing(), all(clean));
            });
        }
        for (int percent : new int[] {10, 20, 30}) {
            all.put("missing bands " + percent + " %", (clean, name) -> {
                MissingBands.Result result =
                        MissingBands.withDefaults().withShare(percent / 100.0).apply(clean);
                Mask every = Mask.all(clean.rows(), clean.columns());
                List<Mask> missing = IntStream.range(0, clean.bands())
                        .mapToObj(b -> result.bands().contains(b) ? every : every.not())
                        .toList();
                return gapped(name, clean, result.cube(), missing, result.bands());
            });
        }
        all.put("Gaussian blur", (clean, name) -> {
            GaussianBlur.Result result = GaussianBlur.withDefaults().apply(clean);
            return blurred(name, clean, result.cube(), result.kernel());
        });
        all.put("motion blur", (clean, name) -> {
            MotionBlur.Result result = MotionBlur.withDefaults().apply(clean);
            return blurred(name, clean, result.cube(), result.kernel());
        });
        for (int factor : new int[] {2, 4, 8}) {
            all.put("super-resolution x" + factor, (clean, name) -> sampled(name, clean, factor));
        }
        all.put("haze", (clean, name) -> {
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

    private static Draft blurred(String name, Cube clean, Cube blurred, ScoreMap kernel) {
        return new Draft(new RestorationScene(
                name,
                clean,
                blurred,
                blurred,
                all(clean),
                DEBLURRERS,
                Set.of(),
                method -> method instanceof SubspaceDeblurring known ? known.ofKernel(kernel) : method));
    }

    private static Draft sampled(String name, Cube clean, int factor) {
        Cube truth = clean.crop(new Region(0, 0, clean.rows() / SIDE * SIDE, clean.columns() / SIDE * SIDE));
        DownSampling.Result result =
                DownSampling.withDefaults().withFactor(factor).apply(truth);
        return new Draft(new RestorationScene(
                name,
                truth,
                result.replicated(),
                result.cube(),
                all(truth),
                SUPER_RESOLVERS,
                Set.of(),
                method -> Options.with(method, "factor", String.valueOf(factor))));
    }

    private static Draft noisy(String name, Cube clean, Cube noisy, Set<String> roles) {
        return new Draft(
                new RestorationScene(name, clean, noisy, noisy, all(clean), roles, Set.of(), UnaryOperator.identity()));
    }

    private static Draft gapped(String name, Cube clean, Cube gapped, List<Mask> missing, List<Integer> scored) {
        return new Draft(new RestorationScene(
                name,
                clean,
                gapped,
                gapped.withMissingSamples(missing),
                scored,
                INPAINTERS,
                Set.of(),
                UnaryOperator.identity()));
    }

    private static List<Integer> all(Cube cube) {
        return IntStream.range(0, cube.bands()).boxed().toList();
    }

    /** With a peak of one over all bands. */
    private static Cube read(Clean clean, Path file) {
        try {
            ReadOptions options = ReadOptions.defaults();
            Cube cube = Cubes.read(file, clean.variable().isEmpty() ? options : options.withVariable(clean.variable()));
            double peak = 0;
            for (int b = 0; b < cube.bands(); b++) {
                peak = Math.max(peak, Arrays.stream(cube.plane(b)).max().orElse(0));
            }
            // Those in units of the peak already stay as they are, bit for bit.
            return peak <= 1 ? cube : cube.scaled(1 / peak, 0).toHeap(Precision.FLOAT);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
