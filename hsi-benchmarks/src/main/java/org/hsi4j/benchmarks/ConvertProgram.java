package org.hsi4j.benchmarks;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
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
 * <p>A copy and the conversions of a file take turns, {@value #REPEATS} times after one round that does not count. Their
 * order is drawn anew for each: in a fixed one the same work was slow every time, whatever it was, likely because a virtual
 * machine has to get freed memory back from its host. All start
 * with the target deleted and everything before written to the disk, and are timed twice: until the call returns
 * ({@code call}; the data may still be in the page cache), and until the target is on the disk ({@code disk}). The source is
 * in the page cache as far as memory allows, for all. Printed are the medians of the seconds with the least and the most, their
 * ratios to those of the copy, and the seconds that the threads of this program were at work ({@code CPU}; until the call
 * returns).
 *
 * <pre>{@code
 * java -Xmx256m -cp hsi-benchmarks/target/benchmarks.jar org.hsi4j.benchmarks.ConvertProgram /tmp
 * }</pre>
 */
public final class ConvertProgram {
    private static final int REPEATS = 9;
    private static final int COLUMNS = 1000;
    private static final int BANDS = 224;

    private ConvertProgram() {}

    /**
     * Runs.
     *
     * @param args a folder with room for twice the size of the image; the type of the samples (default: float32); the
     *     rows of 1000 pixels and 224 bands (default: as many as 2 GiB hold)
     * @throws IOException if a file cannot be read or written
     */
    public static void main(String[] args) throws IOException {
        SampleType type = SampleType.valueOf(args.length > 1 ? args[1].toUpperCase(Locale.ROOT) : "FLOAT32");
        long line = (long) COLUMNS * BANDS * type.bytes();
        int rows = args.length > 2 ? Integer.parseInt(args[2]) : (int) ((1L << 31) / line + 1);
        Path folder = Files.createTempDirectory(Path.of(args[0]), "convert-");
        Thread cleaner = new Thread(() -> delete(folder));
        Runtime.getRuntime().addShutdownHook(cleaner);
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
        System.out.println("              call  least   most  ratio    disk  least   most  ratio     CPU");
        for (Interleave from : Interleave.values()) {
            Path image = folder.resolve("scene.img");
            write(image, rows, type, from);
            compare(image, from, type);
        }
    }

    private static void delete(Path folder) {
        try {
            try (var files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void compare(Path image, Interleave from, SampleType type) throws IOException {
        Cube cube = Cubes.read(image);
        Map<String, Work> works = new LinkedHashMap<>();
        works.put("copy", file -> Files.copy(image, file));
        for (Interleave to : Interleave.values()) {
            if (to != from) {
                WriteOptions options =
                        WriteOptions.defaults().withInterleave(to).withSampleType(type);
                works.put(from + " to " + to, file -> Cubes.write(cube, file, options, RunContext.defaults()));
            }
        }
        List<Work> inOrder = List.copyOf(works.values());
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2));
        Random random = new Random(1);
        double[][][] times = new double[works.size()][REPEATS + 1][];
        for (int round = 0; round <= REPEATS; round++) {
            Collections.shuffle(order, random);
            for (int k : order) {
                times[k][round] = time(image.resolveSibling("target.img"), inOrder.get(k));
            }
        }
        int k = 0;
        for (String name : works.keySet()) {
            print(name, times[k++], times[0]);
        }
    }

    private static void print(String name, double[][] times, double[][] copies) {
        System.out.printf(Locale.ROOT, "%-10s", name);
        for (int column = 0; column < 2; column++) {
            double[] sorted = sorted(times, column);
            double median = median(sorted);
            System.out.printf(
                    Locale.ROOT,
                    " %7.2f %6.2f %6.2f %6.2f",
                    median,
                    sorted[0],
                    sorted[sorted.length - 1],
                    median / median(sorted(copies, column)));
        }
        System.out.printf(Locale.ROOT, " %7.2f%n", median(sorted(times, 2)));
    }

    /** Writes a file. */
    private interface Work {
        void write(Path file) throws IOException;
    }

    /** Seconds until the call returns, until the file is on the disk, and of all threads until the call returns. */
    private static double[] time(Path file, Work work) throws IOException {
        double cpuBefore = cpuSeconds();
        long start = System.nanoTime();
        work.write(file);
        long returned = System.nanoTime();
        double cpu = cpuSeconds() - cpuBefore;
        force(file);
        long end = System.nanoTime();
        Files.delete(file);
        return new double[] {(returned - start) / 1e9, (end - start) / 1e9, cpu};
    }

    private static double cpuSeconds() {
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
        return cpu.toNanos() / 1e9;
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /** The times of a column after the first round. */
    private static double[] sorted(double[][] times, int column) {
        return Arrays.stream(times).skip(1).mapToDouble(t -> t[column]).sorted().toArray();
    }

    private static double median(double[] sorted) {
        return sorted[sorted.length / 2];
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
