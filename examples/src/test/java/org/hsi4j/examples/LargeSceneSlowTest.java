package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.hsi4j.Endmembers;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of 1.5 GiB in a JVM of 256 MiB: read, unmixed with given endmembers, searched with RX. */
class LargeSceneSlowTest {
    private static final int BANDS = 200;
    private static final int SIDE = 1420; // 1420 x 1420 x 200 float32 samples are 1.502 GiB

    @TempDir
    Path folder;

    @Slow
    @ParameterizedTest
    @ValueSource(strings = {"bil", "bsq"})
    void unmixesAndSearchesInSmallHeap(String interleave) throws Exception {
        Path header = folder.resolve("large.hdr");
        Files.writeString(
                header,
                "ENVI\nsamples = " + SIDE + "\nlines = " + SIDE + "\nbands = " + BANDS
                        + "\nheader offset = 0\nfile type = ENVI Standard\ndata type = 4\ninterleave = " + interleave
                        + "\nbyte order = 0\n");
        Path image = folder.resolve("large.img");
        write(image, interleave.equals("bil"));
        assertThat(Files.size(image)).isGreaterThan(3L << 29);

        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeSceneProgram.class.getName(),
                        header.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        // RX averages (n - 1) B / n over the pixels its covariance comes from; rounding leaves ten digits.
        assertThat(Double.parseDouble(output.strip().replaceAll("(?s).*rx=", "")))
                .isCloseTo(BANDS, org.assertj.core.api.Assertions.within(1e-3));
    }

    /** Mixtures of the known endmembers plus noise; BSQ takes one pass of the same random numbers a band. */
    private static void write(Path image, boolean bil) throws IOException {
        Endmembers endmembers = LargeSceneProgram.endmembers(4, BANDS);
        double[][] e = endmembers.toMatrix();
        ByteBuffer line = ByteBuffer.allocate(4 * SIDE).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(image), 1 << 20)) {
            int outer = bil ? SIDE : BANDS;
            int inner = bil ? BANDS : SIDE;
            for (int i = 0; i < outer; i++) {
                for (int j = 0; j < inner; j++) {
                    int row = bil ? i : j;
                    int band = bil ? j : i;
                    SplittableRandom noise = new SplittableRandom(1000L * row + band);
                    line.clear();
                    for (int c = 0; c < SIDE; c++) {
                        double a = 0.5 + 0.5 * Math.sin(0.011 * row);
                        double b = (double) c / SIDE;
                        double y = a * (b * e[band][0] + (1 - b) * e[band][1])
                                + (1 - a) * (b * e[band][2] + (1 - b) * e[band][3]);
                        line.putFloat((float) (y + 0.01 * (noise.nextDouble() - 0.5)));
                    }
                    out.write(line.array());
                }
            }
        }
    }
}
