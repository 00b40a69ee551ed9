package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.Precision;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/**
 * What the methods that work on the whole scene in memory share: which bands have noise to take out, holes filled, one factor
 * that brings the scene to the size for which their weights are meant, and the way back.
 */
final class NoisyScene {
    /** Root mean square that the scene is scaled to: that of the scene of the weights, whose peak is one. */
    static final double SIZE = 0.45;

    /** Share of a band's root mean square below which there is no noise worth the name. */
    private static final double NOISE_FREE = 1e-4;

    private NoisyScene() {}

    /** A method for scenes without holes and of a known size. */
    interface Solver {

        /** Memory it takes for a scene. */
        long bytes(int rows, int columns, int bands, int threads);

        /**
         * Restores a scene in place and adds figures.
         *
         * @param planes bands x pixels; root mean square {@link #SIZE}
         * @return the diagnostics with more figures
         */
        Diagnostics solve(double[][] planes, int rows, int columns, RunContext context, Diagnostics diagnostics);
    }

    static RestoredCube denoise(Cube cube, RunContext context, String name, Solver solver) {
        long start = System.nanoTime();
        MeanScatter statistics = MeanScatter.of(cube, context);
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        int[] noisy = {};
        double scale = 1;
        if (statistics.count() == 0) {
            diagnostics = diagnostics.note("the scene has no valid pixel");
        } else if (cube.bands() == 1) {
            diagnostics = diagnostics.note("one band has no other to tell its noise from: left as it is");
        } else {
            RegressionNoise noise = RegressionNoise.of(statistics);
            diagnostics = diagnostics.with("noise-rms", noise.rms());
            double[][] correlation = statistics.correlation();
            noisy = noisyBands(noise.deviation(), correlation);
            scale = scale(noisy, correlation);
            diagnostics = reported(diagnostics, noise, statistics.count(), cube.bands(), noisy.length);
            if (noise.rms() == 0 || statistics.count() < 2L * cube.bands() || noisy.length < 2) {
                noisy = new int[0];
            }
        }
        diagnostics = diagnostics.with("bands", noisy.length);
        requireMemory(cube, noisy.length, solver, context);
        Gathered scene = new Gathered(cube, context);
        if (noisy.length > 0) {
            diagnostics = solve(scene, noisy, scale, solver, context, diagnostics);
        }
        Cube clean = scene.toCube(cube)
                .provenance("denoised by " + name + ", " + noisy.length + " bands")
                .build();
        return new RestoredCube(clean, diagnostics.since(start));
    }

    static double requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, not " + value);
        }
        return value;
    }

    static int requireCount(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be at least 1, not " + value);
        }
        return value;
    }

    private static Diagnostics reported(
            Diagnostics diagnostics, RegressionNoise noise, long pixels, int bands, int noisy) {
        if (noise.rms() == 0) {
            return diagnostics.note("the scene is free of noise: left as it is");
        }
        Diagnostics more = diagnostics;
        if (!noise.reliable()) {
            more = more.note("the noise of " + pixels + " pixels in " + bands
                    + " bands cannot be estimated reliably: bands that are combinations of others, or fewer than two pixels a"
                    + " band" + (pixels < 2L * bands ? "; left as it is" : ""));
        }
        if (noisy < bands) {
            more = more.note((bands - noisy) + " bands without noise to be found are left as they are");
        }
        return more;
    }

    /** The bands with noise to be found. */
    static int[] noisyBands(double[] deviation, double[][] correlation) {
        return IntStream.range(0, deviation.length)
                .filter(b -> deviation[b] > NOISE_FREE * Math.sqrt(correlation[b][b]))
                .toArray();
    }

    /** What to multiply the samples with. */
    private static double scale(int[] bands, double[][] correlation) {
        double largest = Arrays.stream(bands)
                .mapToDouble(b -> Math.sqrt(correlation[b][b]))
                .max()
                .orElse(1);
        double sum = Arrays.stream(bands)
                .mapToDouble(b -> correlation[b][b] / largest / largest)
                .sum();
        return bands.length == 0 ? 1 : SIZE / (largest * Math.sqrt(sum / bands.length));
    }

    private static void requireMemory(Cube cube, int bands, Solver solver, RunContext context) {
        int size = cube.precision() == Precision.FLOAT ? 4 : 8;
        context.requireMemory(
                (size + Double.BYTES) * cube.samples()
                        + (bands == 0 ? 0 : solver.bytes(cube.rows(), cube.columns(), bands, context.parallelism())),
                "the restored cube with what the method holds of the whole scene");
    }

    private static Diagnostics solve(
            Gathered scene, int[] bands, double scale, Solver solver, RunContext context, Diagnostics diagnostics) {
        double[][] planes = Arrays.stream(bands).mapToObj(b -> scene.planes[b]).toArray(double[][]::new);
        Holes holes = new Holes(Mask.of(scene.rows, scene.columns, i -> scene.valid[i]));
        Parallel.run(context, "filling", planes.length, () -> holes, (own, b) -> {
            own.fill(planes[b]);
            multiply(planes[b], scale);
        });
        Diagnostics more = solver.solve(planes, scene.rows, scene.columns, context, diagnostics);
        for (double[] plane : planes) {
            multiply(plane, 1 / scale);
        }
        return more;
    }

    private static void multiply(double[] plane, double factor) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] *= factor;
        }
    }

    /** The samples of a scene in memory, and which pixels have any. */
    private static final class Gathered {
        private final int rows;
        private final int columns;
        private final double[][] planes;
        private final boolean[] valid;

        Gathered(Cube cube, RunContext context) {
            rows = cube.rows();
            columns = cube.columns();
            planes = new double[cube.bands()][rows * columns];
            valid = new boolean[rows * columns];
            Tiles.forEach(cube, context, "reading", () -> this, Gathered::take);
        }

        private void take(PixelTile tile) {
            for (int i = 0; i < tile.size(); i++) {
                valid[tile.pixel(i)] = true;
            }
            for (int b = 0; b < planes.length; b++) {
                tile.scatter(tile.planes()[b], planes[b]);
            }
        }

        Cube.Builder toCube(Cube like) {
            Cube.Builder result = Cube.builderLike(like);
            for (int b = 0; b < planes.length; b++) {
                for (int i = 0; i < valid.length; i++) {
                    planes[b][i] = valid[i] ? planes[b][i] : Double.NaN;
                }
                result.plane(b, planes[b]);
            }
            return result;
        }
    }
}
