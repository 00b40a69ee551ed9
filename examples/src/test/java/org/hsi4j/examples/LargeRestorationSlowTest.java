package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.io.Cubes;
import org.hsi4j.restoration.SubspaceModel;
import org.hsi4j.restoration.WhitenedSvd;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hsi restore} takes a file of 2 GiB to another in a JVM of 256 MiB. */
class LargeRestorationSlowTest {
    private static final int BANDS = 200;
    private static final int SIDE = 1640; // 1640 x 1640 x 200 float32 samples are 2.004 GiB

    /** Amplitude of the noise, which is uniform: its deviation is that over the root of 3. */
    private static final double NOISE = 0.05;

    @TempDir
    static Path folder;

    private static Path scene;

    @BeforeAll
    static void writeScene() throws IOException {
        scene = folder.resolve("large.hdr");
        Files.writeString(
                scene,
                "ENVI\nsamples = " + SIDE + "\nlines = " + SIDE + "\nbands = " + BANDS
                        + "\nheader offset = 0\nfile type = ENVI Standard\ndata type = 4\ninterleave = bil\nbyte order = 0\n");
        Path image = folder.resolve("large.img");
        ByteBuffer line = ByteBuffer.allocate(4 * SIDE * BANDS).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(image), 1 << 20)) {
            for (int row = 0; row < SIDE; row++) {
                SplittableRandom noise = new SplittableRandom(row);
                line.clear();
                for (int b = 0; b < BANDS; b++) {
                    for (int c = 0; c < SIDE; c++) {
                        line.putFloat((float) (clean(row, c, b) + NOISE * (2 * noise.nextDouble() - 1)));
                    }
                }
                out.write(line.array());
            }
        }
        assertThat(Files.size(image)).isGreaterThan(2L << 30);
    }

    /** Three spectra mixed by smooth maps. */
    private static double clean(int row, int column, int band) {
        double a = 0.5 + 0.5 * Math.sin(0.011 * row);
        double b = (double) column / SIDE;
        return a * b * (1 + Math.sin(0.02 * band))
                + a * (1 - b) * (1 + Math.cos(0.05 * band))
                + (1 - a) * (1 + Math.sin(0.09 * band + 1));
    }

    /** What the tool writes is what the subspace of the whole scene makes of a crop on the heap, bit for bit. */
    @Slow
    @Test
    void truncates() throws Exception {
        Path mended = restore(0, "whitened-svd");

        Cube noisy = Cubes.read(scene);
        Region corner = new Region(SIDE / 3, SIDE / 2, 61, 47);
        SubspaceModel model = WhitenedSvd.withDefaults().fit(noisy, RunContext.defaults());
        Cube expected = Tiles.mapToCube(
                        noisy.crop(corner).toHeap(Precision.FLOAT), model, RunContext.defaults(), "denoising")
                .build();
        assertThat(model.rank()).isEqualTo(3);
        assertThat(Cubes.read(mended).crop(corner)).isEqualTo(expected);
    }

    /** In tiles of 178 pixels with a halo of 7; a row through their borders has the error of any other. */
    @Slow
    @Test
    void denoisesInTilesWithoutSeams() throws Exception {
        Path mended = restore(0, "subspace-cosine-shrinkage");

        Cube restored = Cubes.read(mended);
        double seam = error(restored, new Region(176, 0, 4, SIDE));
        double inside = error(restored, new Region(86, 0, 4, SIDE));
        // Three of two hundred dimensions of the noise remain, and less of it by the neighbours.
        assertThat(inside).isLessThan(0.5 * NOISE / Math.sqrt(3) * Math.sqrt(3.0 / BANDS));
        // Twenty thousand pixels a strip, of which some thousand are independent: 5 % of the deviation.
        assertThat(seam).isCloseTo(inside, within(0.1 * inside));
    }

    /** There are no stripes to be taken out: columns have a mean of 1640 pixels, so a shift of some per mille of the noise. */
    @Slow
    @Test
    void destripes() throws Exception {
        Cube restored = Cubes.read(restore(0, "moment-matching"));
        Region corner = new Region(SIDE / 3, SIDE / 2, 61, 47);
        double[] before = Cubes.read(scene).crop(corner).plane(100);
        double[] after = restored.crop(corner).plane(100);

        for (int i = 0; i < before.length; i++) {
            assertThat(after[i]).isCloseTo(before[i], within(0.1 * NOISE));
        }
    }

    /** Said in one line, before the work. */
    @Slow
    @Test
    void whatCannotFitIsRefused() throws Exception {
        assertThat(restore(3, "auto")).doesNotExist();
    }

    private static double error(Cube restored, Region part) {
        Cube some = restored.crop(part);
        double sum = 0;
        for (int b = 0; b < BANDS; b += 20) {
            double[] plane = some.plane(b);
            for (int i = 0; i < plane.length; i++) {
                double e = plane[i] - clean(part.row() + i / SIDE, i % SIDE, b);
                sum += e * e / plane.length / (BANDS / 20);
            }
        }
        return Math.sqrt(sum);
    }

    private static Path restore(int code, String method) throws Exception {
        Path mended = folder.resolve(method + ".hdr");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                Hsi.class.getName(),
                "restore",
                scene.toString(),
                "--method",
                method,
                "--out",
                mended.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isEqualTo(code);
        assertThat(output).contains(code == 0 ? "streamed=true" : "MiB");
        return mended;
    }
}
