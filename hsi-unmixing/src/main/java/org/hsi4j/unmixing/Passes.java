package org.hsi4j.unmixing;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.MapBuilder;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.Wavelengths;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.jspecify.annotations.Nullable;

/** The passes over a scene that all abundance solvers share. */
final class Passes {
    /** An abundance above this is rounding, not a sign that the endmembers are wrong. */
    private static final double NEGATIVE = -1e-9;

    /** Farthest that two wavelengths of one band may lie apart, in nm: about what imaging spectrometers are calibrated to. */
    private static final double SAME_WAVELENGTH = 1.0;

    /** Pixels that the product with samples in float32 takes at a time. */
    private static final int PRODUCT_BLOCK = 512;

    /** Pixels of a usual tile of some 250 bands. */
    private static final int USUAL_RUN = 256;

    /** Numbers that a worker may keep for each pixel of a run of the product; 128 KiB for 512 pixels. */
    private static final int WORKER_PLANES = 32;

    private Passes() {}

    static void requireBands(Cube cube, Endmembers endmembers) {
        if (endmembers.bands() != cube.bands()) {
            throw new IllegalArgumentException(
                    "endmembers have " + endmembers.bands() + " bands but the cube has " + cube.bands());
        }
    }

    static void requireShape(Cube cube, AbundanceMaps maps) {
        if (maps.rows() != cube.rows() || maps.columns() != cube.columns()) {
            throw new IllegalArgumentException("the abundances are " + maps.rows() + "x" + maps.columns()
                    + " pixels but the scene is " + cube.rows() + "x" + cube.columns());
        }
    }

    static Abundances abundances(Cube cube, Endmembers endmembers, AbundanceSolver solver, RunContext context) {
        requireBands(cube, endmembers);
        long start = System.nanoTime();
        Abundances found = solver.fit(endmembers).solve(cube, context);
        Diagnostics diagnostics = found.diagnostics().since(start);
        Optional<String> note = wavelengthNote(cube, endmembers);
        return new Abundances(
                found.maps()
                        .named(endmembers.names())
                        .withGeoReference(cube.geoReference().orElse(null)),
                note.map(diagnostics::note).orElse(diagnostics),
                found.brightness()
                        .map(map -> map.withGeoReference(cube.geoReference().orElse(null))));
    }

    /** The largest distance of the sum of a pixel's abundances from one. */
    static double sumDeviation(AbundanceMaps maps) {
        double[] sums = Brightness.of(maps).toArray();
        double largest = 0;
        for (double sum : sums) {
            largest = Math.max(largest, Double.isNaN(sum) ? 0 : Math.abs(sum - 1));
        }
        return largest;
    }

    static Abundances abundances(Cube cube, PixelAbundanceModel model, RunContext context) {
        return abundances(cube, model, PixelTile.capacityFor(cube.bands()), context);
    }

    /**
     * Pixels of a tile for a worker that does no more than one product with the samples. Those in float32 are not widened for
     * it, so at least twice as many pixels take the room of a usual tile, and longer runs come faster from memory; but of what
     * the worker keeps for each pixel there should not be more than 128 KiB, or 512 where runs are four times as long.
     *
     * @param cube the scene
     * @param planes numbers that the worker keeps for each pixel
     */
    static int capacityForProduct(Cube cube, int planes) {
        int run = Kernels.best().pixelsOfRun();
        int usual = PixelTile.capacityFor(cube.bands());
        int most = cube.precision() == Precision.FLOAT ? run / USUAL_RUN * usual : usual;
        int block = most >= PRODUCT_BLOCK ? PRODUCT_BLOCK : 64;
        return Math.max(64, Math.min(most / block * block, WORKER_PLANES * run / planes / 64 * 64));
    }

    static Abundances abundances(Cube cube, PixelAbundanceModel model, int capacity, RunContext context) {
        requireBands(cube, model);
        context.requireMemory(8L * model.outputs() * cube.pixels(), "the abundance maps");
        long start = System.nanoTime();
        MapBuilder maps = new MapBuilder(cube.rows(), cube.columns(), model.outputs());
        List<Solving> all = Collections.synchronizedList(new ArrayList<>());
        Tiles.forEach(
                cube,
                capacity,
                context,
                "abundances",
                () -> {
                    Solving solving = new Solving(model, capacity);
                    all.add(solving);
                    return solving;
                },
                (solving, tile) -> maps.put(tile, solving.solve(tile)));
        return new Abundances(
                maps.toAbundances(numbered(model.outputs())),
                summary(all, model.diagnostics()).since(start));
    }

    static void requireBands(Cube cube, AbundanceModel model) {
        if (model.bands() != cube.bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + model.bands() + " bands but the cube has " + cube.bands());
        }
    }

    /** The names em1, em2, ... that endmembers without a name get. */
    static List<String> numbered(int count) {
        return IntStream.rangeClosed(1, count).mapToObj(k -> "em" + k).toList();
    }

    private static Diagnostics summary(List<Solving> all, Diagnostics before) {
        long iterations = all.stream().mapToLong(s -> s.worker.iterations()).sum();
        long unconverged = all.stream().mapToLong(s -> s.worker.unconverged()).sum();
        OptionalDouble optimality = all.stream()
                .flatMapToDouble(s -> s.worker.optimality().stream())
                .max();
        Diagnostics diagnostics = new Diagnostics(
                        unconverged == 0 && before.converged(),
                        iterations + before.iterations(),
                        before.elapsed(),
                        before.figures(),
                        before.notes())
                .with("negatives", (double)
                        all.stream().mapToLong(s -> s.negatives).sum())
                .with(
                        "sum_deviation",
                        all.stream().mapToDouble(Solving::sumDeviation).max().orElse(0.0))
                .with("fallbacks", (double)
                        all.stream().mapToLong(s -> s.worker.fallbacks()).sum())
                .with("unconverged", (double) unconverged);
        return optimality.isPresent() ? diagnostics.with("kkt", optimality.getAsDouble()) : diagnostics;
    }

    private static Optional<String> wavelengthNote(Cube cube, Endmembers endmembers) {
        if (cube.wavelengths().isEmpty() || endmembers.wavelengths().isEmpty()) {
            return Optional.empty();
        }
        Wavelengths scene = cube.wavelengths().get();
        Wavelengths library = endmembers.wavelengths().get();
        for (int b = 0; b < scene.size(); b++) {
            if (Math.abs(scene.at(b) - library.at(b)) > SAME_WAVELENGTH) {
                return Optional.of("band " + b + " of the endmembers lies at " + library.at(b)
                        + " nm but that of the scene at " + scene.at(b) + " nm; they were used as they are");
            }
        }
        return Optional.empty();
    }

    /** One thread's share of a pass for abundances. */
    private static final class Solving {
        private final PixelAbundanceModel.Worker worker;
        private final double[][] output;
        private final double[] sums;
        private final double[] least;
        private final double[] deviations;
        private long negatives;

        Solving(PixelAbundanceModel model, int capacity) {
            worker = model.worker();
            output = new double[model.outputs()][capacity];
            sums = new double[capacity];
            least = new double[capacity];
            deviations = new double[capacity];
        }

        double[][] solve(PixelTile tile) {
            worker.apply(tile, output);
            int n = tile.size();
            Arrays.fill(sums, 0, n, 0.0);
            Arrays.fill(least, 0, n, 0.0);
            for (double[] plane : output) {
                join(plane, n);
            }
            long below = 0;
            for (int i = 0; i < n; i++) {
                below += least[i] < NEGATIVE ? 1 : 0;
            }
            negatives += below;
            for (int i = 0; i < n; i++) {
                deviations[i] = Math.max(deviations[i], Math.abs(sums[i] - 1));
            }
            return output;
        }

        /** Each place of a tile has its own largest one, so that pixels side by side need not wait for each other. */
        double sumDeviation() {
            return Arrays.stream(deviations).max().orElse(0);
        }

        private void join(double[] plane, int n) {
            for (int i = 0; i < n; i++) {
                sums[i] += plane[i];
                least[i] = Math.min(least[i], plane[i]);
            }
        }
    }

    /**
     * Root mean square over the bands of y - E a, a times the brightness if there is one, formed band by band: the Gram form
     * would cancel.
     */
    static ScoreMap residual(Cube cube, Endmembers endmembers, Abundances found, RunContext context) {
        context.requireMemory(8L * cube.pixels(), "the residual map");
        MapBuilder residual = new MapBuilder(cube.rows(), cube.columns(), 1);
        Tiles.forEach(
                cube,
                context,
                "residual",
                residuals(cube, endmembers, found),
                (own, tile) -> residual.put(tile, own.of(tile)));
        return residual.toScores("residual RMSE")
                .withGeoReference(cube.geoReference().orElse(null));
    }

    /** Root mean square over the pixels of the same differences, one value a band; zeros without a valid pixel. */
    static double[] bandResidual(Cube cube, Endmembers endmembers, Abundances found, RunContext context) {
        return Tiles.reduce(
                        cube,
                        context,
                        "residual of the bands",
                        residuals(cube, endmembers, found),
                        Residual::of,
                        Residual::join)
                .bands();
    }

    private static Supplier<Residual> residuals(Cube cube, Endmembers endmembers, Abundances found) {
        double[][] matrix = endmembers.toMatrix();
        DoubleBuffer[] maps = IntStream.range(0, found.maps().count())
                .mapToObj(found.maps()::asBuffer)
                .toArray(DoubleBuffer[]::new);
        @Nullable
        DoubleBuffer brightness = found.brightness().map(ScoreMap::asBuffer).orElse(null);
        return () -> new Residual(matrix, maps, brightness, PixelTile.capacityFor(cube.bands()));
    }

    /** One thread's buffers for residuals. */
    private static final class Residual {
        private final double[][] matrix;
        private final DoubleBuffer[] maps;
        private final @Nullable DoubleBuffer brightness;
        private final double[][] abundances;
        private final double[][] row = new double[1][];
        private final double[][] model;
        private final double[][] result;
        private final double[] bands;
        private long pixels;

        Residual(double[][] matrix, DoubleBuffer[] maps, @Nullable DoubleBuffer brightness, int capacity) {
            this.matrix = matrix;
            this.maps = maps;
            this.brightness = brightness;
            this.abundances = new double[maps.length][capacity];
            this.model = new double[1][capacity];
            this.result = new double[1][capacity];
            this.bands = new double[matrix.length];
        }

        Residual join(Residual later) {
            for (int b = 0; b < bands.length; b++) {
                bands[b] += later.bands[b];
            }
            pixels += later.pixels;
            return this;
        }

        double[] bands() {
            double[] rms = new double[bands.length];
            for (int b = 0; b < rms.length && pixels > 0; b++) {
                rms[b] = Math.sqrt(bands[b] / pixels);
            }
            return rms;
        }

        double[][] of(PixelTile tile) {
            int n = tile.size();
            for (int k = 0; k < maps.length; k++) {
                for (int i = 0; i < n; i++) {
                    double light = brightness == null ? 1 : brightness.get(tile.pixel(i));
                    abundances[k][i] = light * maps[k].get(tile.pixel(i));
                }
            }
            Arrays.fill(result[0], 0, n, 0.0);
            for (int b = 0; b < matrix.length; b++) {
                row[0] = matrix[b];
                Kernels.best().multiply(row, abundances, n, model);
                double[] plane = tile.planes()[b];
                double sum = 0;
                for (int i = 0; i < n; i++) {
                    double difference = plane[i] - model[0][i];
                    result[0][i] += difference * difference;
                    sum += difference * difference;
                }
                bands[b] += sum;
            }
            pixels += n;
            for (int i = 0; i < n; i++) {
                result[0][i] = Math.sqrt(result[0][i] / matrix.length);
            }
            return result;
        }
    }

    /** The figure {@code residual_rms}, or none when no pixel is valid. */
    static Diagnostics residualRms(ScoreMap residual) {
        DoubleBuffer values = residual.asBuffer();
        double sum = 0;
        long valid = 0;
        while (values.hasRemaining()) {
            double v = values.get();
            if (!Double.isNaN(v)) {
                sum += v * v;
                valid++;
            }
        }
        return valid == 0 ? Diagnostics.none() : Diagnostics.none().with("residual_rms", Math.sqrt(sum / valid));
    }
}
