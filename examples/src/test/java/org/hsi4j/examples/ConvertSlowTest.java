package org.hsi4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.hsi4j.testing.Slow;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of half a gibibyte through all interleaves and back, in a JVM of 64 MiB. */
class ConvertSlowTest {
    private static final int ROWS = 1200;
    private static final int COLUMNS = 500;
    private static final int BANDS = 224;

    @TempDir
    Path folder;

    @Slow
    @Test
    void turnsAFileLargerThanTheHeap() throws Exception {
        Path first = folder.resolve("a.img");
        Files.writeString(
                folder.resolve("a.hdr"),
                "ENVI\nsamples = " + COLUMNS + "\nlines = " + ROWS + "\nbands = " + BANDS
                        + "\ndata type = 4\ninterleave = bsq\nbyte order = 0\n");
        write(first);

        convert("a", "b", "bip");
        convert("b", "c", "bil");
        convert("c", "d", "bip");
        convert("d", "e", "bsq");
        assertThat(Files.mismatch(first, folder.resolve("e.img"))).isEqualTo(-1);
        convert("e", "f", "bil");
        assertThat(Files.mismatch(folder.resolve("c.img"), folder.resolve("f.img")))
                .isEqualTo(-1);
        convert("f", "g", "bsq");
        assertThat(Files.mismatch(first, folder.resolve("g.img"))).isEqualTo(-1);
    }

    private void convert(String from, String to, String interleave) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hsi.class.getName(),
                        "convert",
                        folder.resolve(from + ".hdr").toString(),
                        folder.resolve(to + ".hdr").toString(),
                        "--interleave",
                        interleave)
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
    }

    private static void write(Path image) throws IOException {
        Random random = new Random(1);
        byte[] line = new byte[4 * COLUMNS * BANDS];
        try (OutputStream out = Files.newOutputStream(image)) {
            for (int row = 0; row < ROWS; row++) {
                random.nextBytes(line);
                out.write(line);
            }
        }
    }
}
