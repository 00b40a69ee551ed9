package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Spectrum;
import org.hsi4j.detection.Ace;
import org.hsi4j.detection.DetectionModel;
import org.hsi4j.detection.DualWindowRx;
import org.hsi4j.detection.MatchedFilter;
import org.hsi4j.detection.Rx;
import org.hsi4j.io.Cubes;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.transform.ComponentTransform;
import org.hsi4j.transform.Pca;
import org.hsi4j.unmixing.AbundanceSolver;
import org.hsi4j.unmixing.Fcls;
import org.hsi4j.unmixing.Nnls;
import org.hsi4j.unmixing.Ucls;
import org.hsi4j.unmixing.Vca;

/** Our side of the comparison: reads the folder that {@link PeersProgram} wrote, and answers like every other peer. */
final class HereProgram {
    private static final int RUNS = 5;

    /** Principal components asked for. */
    private static final int COMPONENTS = 10;

    private static final DualWindowRx LOCAL =
            DualWindowRx.withDefaults().withInnerWindow(5).withOuterWindow(21).withLoading(0);

    /** The JIT compiler needs this long to be done. */
    private static final double WARM_UP_SECONDS = 1.5;

    /** Pixels of the tile whose scatter is computed, and how often that is done for one time. The scripts know them too. */
    private static final int TILE = 320;

    private static final int REPEATS = 100;

    private final Cube scene;
    private final PixelTile tile;
    private final Cube window;
    private final Endmembers endmembers;
    private final Spectrum target;
    private final RunContext context;

    HereProgram(Path folder, RunContext context) throws IOException {
        this.scene = Cubes.read(folder.resolve("scene.hdr")).toHeap(Precision.FLOAT);
        this.window = Cubes.read(folder.resolve("window.hdr")).toHeap(Precision.FLOAT);
        int bands = scene.bands();
        double[] members = Numbers.read(folder.resolve("endmembers.f64"));
        double[][] matrix = new double[bands][members.length / bands];
        for (int i = 0; i < members.length; i++) {
            matrix[i % bands][i / bands] = members[i];
        }
        this.endmembers = Endmembers.ofMatrix(matrix);
        this.target = Spectrum.of(Numbers.read(folder.resolve("target.f64")));
        this.context = context;
        int pixels = Math.min(TILE, scene.pixels());
        this.tile = new PixelTile(bands, pixels);
        scene.read(0, pixels, tile);
    }

    /**
     * Runs.
     *
     * @param args folder, folder for the answers, threads, tasks
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        RunContext context = RunContext.defaults().withParallelism(Integer.parseInt(args[2]));
        HereProgram here = new HereProgram(Path.of(args[0]), context);
        Path out = Path.of(args[1]);
        try (PrintWriter times =
                new PrintWriter(Files.newBufferedWriter(out.resolve("times.txt"), StandardCharsets.UTF_8))) {
            times.println(
                    "version hsi4j, kernels " + Kernels.best().name() + ", Java " + System.getProperty("java.version"));
            for (String word : List.of(args).subList(3, args.length)) {
                Task task = Task.valueOf(word.toUpperCase(Locale.ROOT));
                double[] seconds = here.time(task);
                Numbers.write(out.resolve(word + ".f64"), here.answer(task));
                StringBuilder line = new StringBuilder("time " + word + " " + here.pixels(task));
                Arrays.stream(seconds).forEach(s -> line.append(' ').append(s));
                times.println(line);
            }
        }
    }

    double[] answer(Task task) {
        return work(task).get();
    }

    private double[] time(Task task) {
        long begin = System.nanoTime();
        int runs = 0;
        while (runs < 2 || System.nanoTime() - begin < WARM_UP_SECONDS * 1e9) {
            work(task);
            runs++;
        }
        double[] seconds = new double[RUNS];
        for (int i = 0; i < RUNS; i++) {
            long start = System.nanoTime();
            work(task);
            seconds[i] = (System.nanoTime() - start) / 1e9;
        }
        return seconds;
    }

    private int pixels(Task task) {
        return switch (task) {
            case SCATTER -> REPEATS * tile.size();
            case LOCAL_RX -> window.pixels();
            default -> scene.pixels();
        };
    }

    /** What is timed, and after it the answer in the form that all peers agree on. */
    private Supplier<double[]> work(Task task) {
        return switch (task) {
            case SCATTER -> scatter();
            case COVARIANCE -> {
                double[][] covariance = MeanScatter.of(scene, context).covariance();
                yield () -> joined(covariance);
            }
            case PCA -> {
                ComponentTransform pca = Pca.withDefaults()
                        .withComponents(Math.min(COMPONENTS, scene.bands()))
                        .fit(scene, context);
                Cube components = pca.apply(scene, context);
                yield () -> Arrays.copyOf(pca.values(), components.bands());
            }
            case RX -> score(Rx.withDefaults().fit(scene, context), scene);
            case MATCHED_FILTER -> score(MatchedFilter.withDefaults().fit(scene, target, context), scene);
            case ACE -> score(Ace.squared().fit(scene, target, context), scene);
            case SAM ->
                pixelAfterPixel(Tiles.map(scene, new Angles(endmembers), context, "angles")
                        .toAbundances(endmembers.names()));
            case UCLS -> solve(Ucls.withDefaults());
            case NNLS -> solve(Nnls.withDefaults());
            case FCLS -> solve(Fcls.withDefaults());
            case VCA -> {
                Endmembers found = Vca.withDefaults()
                        .withSeed(1)
                        .extract(scene, endmembers.count(), context)
                        .projected();
                yield () ->
                        joined(found.spectra().stream().map(Spectrum::toArray).toArray(double[][]::new));
            }
            case LOCAL_RX -> score(LOCAL.fit(window, context), window);
        };
    }

    private Supplier<double[]> scatter() {
        Kernels kernels = Kernels.best();
        double[][] planes = tile.planes();
        double[] zero = new double[planes.length];
        double[][] scratch = kernels.scatterScratch(planes.length, tile.size());
        double[][] sum = new double[planes.length][planes.length];
        for (int i = 0; i < REPEATS; i++) {
            kernels.addScatter(planes, tile.size(), zero, scratch, sum);
        }
        return () -> Arrays.stream(joined(sum)).map(v -> v / REPEATS).toArray();
    }

    private Supplier<double[]> score(DetectionModel model, Cube cube) {
        ScoreMap scores = model.score(cube, context).scores();
        return scores::toArray;
    }

    private Supplier<double[]> solve(AbundanceSolver solver) {
        return pixelAfterPixel(solver.solve(scene, endmembers, context).maps());
    }

    private static double[] joined(double[][] rows) {
        return Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray();
    }

    private static Supplier<double[]> pixelAfterPixel(AbundanceMaps maps) {
        return () -> {
            double[][] matrix = maps.toMatrix();
            double[] all = new double[matrix.length * maps.pixels()];
            for (int i = 0; i < all.length; i++) {
                all[i] = matrix[i % matrix.length][i / matrix.length];
            }
            return all;
        };
    }
}
