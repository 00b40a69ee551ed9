package org.hsi4j.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.hsi4j.Cube;
import org.hsi4j.io.Cubes;
import org.hsi4j.io.Interleave;
import org.hsi4j.io.SampleType;
import org.hsi4j.io.WriteOptions;
import org.hsi4j.run.RunContext;

/**
 * Converts an ENVI image of 2 GiB between every two interleaves, and prints how long that takes against {@link Files#copy} of
 * the same file in the same folder.
 *
 * <p>Copy and conversion take turns, {@value #REPEATS} times each. All start with the target deleted and everything before
 * written to the disk, and are timed twice: until the call returns ({@code call}; the data may still be in the page cache), and
 * until the target is on the disk ({@code disk}). The source is in the page cache as far as memory allows, for both. The
 * medians of the times, and their ratio, are printed.
 *
 * <pre>{@code
 * java -Xmx256m -cp hsi-benchmarks/target/benchmarks.jar org.hsi4j.benchmarks.ConvertProgram /tmp
 * }</pre>
 */
public final class ConvertProgram {
    private static final int REPEATS = 5;
    private static final int COLUMNS = 1000;
    private static final int BANDS = 224;

    private ConvertProgram() {}

    /**
     * Runs.
     *
     * @param args a folder with room for three times the size of the image; the type of the samples (default: float32); the
     *     rows of 1000 pixels and 224 bands (default: as many as 2 GiB hold)
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        SampleType type = SampleType.valueOf(args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "FLOAT32");
        long line = (long) COLUMNS * BANDS * type.bytes();
        int rows = args.length > 2 ? Integer.parseInt(args[2]) : (int) ((1L << 31) / line + 1);
        Path folder = Files.createTempDirectory(Path.of(args[0]), "convert-");
        try {
            System.out.printf(
                    Locale.ROOT,
                    "%d rows x %d columns x %d bands, %s, %.2f GiB; heap %d MiB; seconds, medians of %d%n",
                    rows,
                    COLUMNS,
                    BANDS,
                    type,
                    rows * line / 0x1p30,
                    Runtime.getRuntime().maxMemory() >> 20,
                    REPEATS);
            System.out.println("conversion  copy call  disk   conversion call  disk   ratio call  disk");
            for (Interleave from : Interleave.values()) {
                Path image = folder.resolve("scene.img");
                write(image, rows, type, from);
                for (Interleave to : Interleave.values()) {
                    if (to != from) {
                        compare(image, from, to, type);
                    }
                }
            }
        } finally {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        }
    }

    private static void compare(Path image, Interleave from, Interleave to, SampleType type) throws IOException {
        double[][] copy = new double[REPEATS][];
        double[][] converted = new double[REPEATS][];
        WriteOptions options = WriteOptions.defaults().withInterleave(to).withSampleType(type);
        Cube cube = Cubes.read(image);
        for (int i = 0; i < REPEATS; i++) {
            copy[i] = time(
                    image.resolveSibling("copy.img"),
                    file -> Files.copy(image, file, StandardCopyOption.REPLACE_EXISTING));
            converted[i] = time(
                    image.resolveSibling("converted.img"),
                    file -> Cubes.write(cube, file, options, RunContext.defaults()));
        }
        double[] c = medians(copy);
        double[] v = medians(converted);
        System.out.printf(
                Locale.ROOT,
                "%s to %s   %8.2f %6.2f %15.2f %6.2f %11.2f %6.2f%n",
                from,
                to,
                c[0],
                c[1],
                v[0],
                v[1],
                v[0] / c[0],
                v[1] / c[1]);
    }

    /** Writes a file. */
    private interface Work {
        void write(Path file) throws IOException;
    }

    /** Seconds until the call returns, and until the file is on the disk. */
    private static double[] time(Path file, Work work) throws IOException {
        long start = System.nanoTime();
        work.write(file);
        long returned = System.nanoTime();
        force(file);
        long end = System.nanoTime();
        Files.delete(file);
        return new double[] {(returned - start) / 1e9, (end - start) / 1e9};
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static double[] medians(double[][] times) {
        return new double[] {median(times, 0), median(times, 1)};
    }

    private static double median(double[][] times, int column) {
        return Arrays.stream(times).mapToDouble(t -> t[column]).sorted().toArray()[times.length / 2];
    }

    /** Whole numbers below 100 at random: every type holds them, and nothing can be packed or skipped. */
    private static void write(Path image, int rows, SampleType type, Interleave interleave) throws IOException {
        Path header = image.resolveSibling("scene.hdr");
        Files.writeString(
                header,
                "ENVI\nsamples = " + COLUMNS + "\nlines = " + rows + "\nbands = " + BANDS + "\ndata type = "
                        + enviCode(type) + "\ninterleave = " + interleave + "\nbyte order = 0\n");
        SplittableRandom random = new SplittableRandom(1);
        ByteBuffer samples = ByteBuffer.allocate(COLUMNS * BANDS * type.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        try (OutputStream out = Files.newOutputStream(image)) {
            for (int row = 0; row < rows; row++) {
                samples.clear();
                while (samples.hasRemaining()) {
                    int value = random.nextInt(100);
                    switch (type) {
                        case UINT8 -> samples.put((byte) value);
                        case INT16, UINT16 -> samples.putShort((short) value);
                        case INT32, UINT32 -> samples.putInt(value);
                        case INT64, UINT64 -> samples.putLong(value);
                        case FLOAT32 -> samples.putFloat(value);
                        case FLOAT64 -> samples.putDouble(value);
                    }
                }
                out.write(samples.array());
            }
        }
        force(image);
    }

    private static int enviCode(SampleType type) {
        return switch (type) {
            case UINT8 -> 1;
            case INT16 -> 2;
            case INT32 -> 3;
            case FLOAT32 -> 4;
            case FLOAT64 -> 5;
            case UINT16 -> 12;
            case UINT32 -> 13;
            case INT64 -> 14;
            case UINT64 -> 15;
        };
    }
}
