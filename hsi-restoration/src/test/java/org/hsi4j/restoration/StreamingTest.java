package org.hsi4j.restoration;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.run.RunContext;
import org.hsi4j.testing.FormulaSource;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Results that are computed when they are read. */
class StreamingTest {
    private static final double[][] SAMPLES = IntStream.range(0, 100)
            .mapToObj(band -> IntStream.range(0, 200 * 120)
                    .mapToDouble(pixel -> sample(pixel, band))
                    .toArray())
            .toArray(double[][]::new);

    static Stream<StreamingRestorer> streaming() {
        return AllMethodsTest.restorers()
                .filter(StreamingRestorer.class::isInstance)
                .map(StreamingRestorer.class::cast);
    }

    private static boolean inTiles(StreamingRestorer restorer) {
        return restorer instanceof SubspaceDenoiser denoiser
                && denoiser.planeDenoiser().reach().isPresent();
    }

    /** The view and the copy on the heap have the same samples, read in any order. */
    @ParameterizedTest
    @MethodSource("streaming")
    void aStreamedResultIsTheSame(StreamingRestorer restorer) {
        Cube cube = Scenes.spoilt(31, 17, 12, 4, 1e6);
        Cube heap = Restoring.of(cube).with(restorer).run().cube();
        Cube view = restorer.stream(cube, RunContext.defaults()).cube();

        // Images in float32, of samples below five.
        double bound = inTiles(restorer) ? 1e-5 : 0;
        for (int b = 11; b >= 0; b--) {
            assertThat(apart(view.plane(b), heap.plane(b))).isLessThanOrEqualTo(bound);
        }
        Region part = new Region(7, 3, 5, 11);
        assertThat(apart(view.crop(part).plane(2), heap.crop(part).plane(2))).isLessThanOrEqualTo(bound);
        assertThat(view.validMask()).isEqualTo(heap.validMask());
        assertThat(view.provenance()).isEqualTo(heap.provenance());
    }

    static Stream<PlaneDenoiser> slots() {
        return Stream.of(
                CosineShrinkage.withDefaults(),
                NonLocalMeans.withDefaults().withWindowRadius(3).withPatchRadius(2));
    }

    /** Tiles of some 180 pixels with a halo of seven, or five: two by two of them. */
    @ParameterizedTest
    @MethodSource("slots")
    void tilesHaveNoSeams(PlaneDenoiser slot) {
        int bands = 10;
        double[][] clean = Scenes.image(200, 301, bands, 3, 1);
        Cube noisy = Cube.of(200, 301, Scenes.noisy(clean, Scenes.even(bands, 0.1), 2));
        SubspaceDenoiser denoiser = SubspaceDenoiser.with(slot);
        Cube whole = Restoring.of(noisy).with(denoiser).run().cube();
        Cube tiled = denoiser.stream(noisy, RunContext.defaults()).cube();

        assertThat(StreamedImages.side(slot.reach().orElseThrow())).isBetween(170, 190);
        assertThat(Scenes.rms(whole, Cube.of(200, 301, clean))).isLessThan(0.1);
        for (int b = 0; b < bands; b++) {
            assertThat(apart(tiled.plane(b), whole.plane(b))).isLessThan(1e-5);
        }
    }

    /** Near a hole the two fill it otherwise; further away than the reach nothing changes. */
    @Test
    void holesStayWhereTheyAre() {
        double[][] clean = Scenes.image(200, 201, 110, 3, 1);
        Mask mask = Mask.of(200, 201, i -> i % 201 != 83 || i / 201 > 90);
        Cube noisy =
                Cube.of(200, 201, Scenes.noisy(clean, Scenes.even(110, 0.1), 2)).masked(mask);
        SubspaceDenoiser denoiser = SubspaceDenoiser.with(CosineShrinkage.withDefaults());
        Cube whole = Restoring.of(noisy).with(denoiser).run().cube();
        Cube tiled = denoiser.stream(noisy, RunContext.defaults()).cube();

        assertThat(tiled.validMask()).isEqualTo(mask);
        double[] x = whole.plane(50);
        double[] y = tiled.plane(50);
        for (int i = 0; i < x.length; i++) {
            boolean near = Math.abs(i % 201 - 83) <= 7 && i / 201 <= 97;
            assertThat(!mask.get(i) || Math.abs(x[i] - y[i]) < (near ? 0.1 : 1e-5))
                    .isTrue();
        }
    }

    /** 1024 x 1024 x 50: what the whole is, tiles are. */
    @Slow
    @Test
    void aLargeSceneInTilesIsTheSceneInOnePiece() {
        int side = 1024;
        Cube scene = Cube.builder(new FormulaSource(side, side, 50, Precision.FLOAT, StreamingTest::sample))
                .build();
        SubspaceDenoiser denoiser = SubspaceDenoiser.with(CosineShrinkage.withDefaults());
        Cube whole = Restoring.of(scene).with(denoiser).run().cube();
        Cube tiled = denoiser.stream(scene, RunContext.defaults()).cube();
        for (int b = 0; b < 50; b += 7) {
            assertThat(apart(tiled.plane(b), whole.plane(b))).isLessThan(1e-5);
        }
    }

    /** A scene larger than the limit of memory goes from file to file. */
    @ParameterizedTest
    @MethodSource("streaming")
    void theResultNeedsNoMemory(StreamingRestorer restorer, @TempDir Path folder) throws Exception {
        Cube scene = Cube.builder(
                        new FormulaSource(200, 120, 100, Precision.FLOAT, (pixel, band) -> SAMPLES[band][(int) pixel]))
                .build();
        // The result in float32 would take 9.6 MB, a band in float64 a fifth of a megabyte.
        RunContext small = RunContext.sequential().withMemoryLimit(9_200_000L);
        Cube view = restorer.stream(scene, small).cube();
        Path file = folder.resolve("mended.hdr");
        Cubes.write(view, file);

        assertThat(apart(Cubes.read(file).plane(42), view.plane(42))).isZero();
    }

    /** The largest difference; NaN counts as equal to NaN alone. */
    private static double apart(double[] x, double[] y) {
        return IntStream.range(0, x.length)
                .filter(i -> !(Double.isNaN(x[i]) && Double.isNaN(y[i])))
                .mapToDouble(i -> Double.isNaN(x[i] - y[i]) ? Double.POSITIVE_INFINITY : Math.abs(x[i] - y[i]))
                .max()
                .orElse(0);
    }

    private static double sample(long pixel, int band) {
        double noise = new SplittableRandom(pixel * 1000 + band).nextDouble() - 0.5;
        double weight = 0.5 + 0.5 * Math.sin(pixel * 1e-4);
        return weight * Math.sin(0.05 * band) + (1 - weight) * Math.cos(0.03 * band) + 1.5 + 0.1 * noise;
    }
}
