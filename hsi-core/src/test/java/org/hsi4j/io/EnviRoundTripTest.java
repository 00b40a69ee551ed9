package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.RunContext;

/** Reader and writer over interleave, type, byte order and shape, against the definition of the format. */
class EnviRoundTripTest {

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void readsEverySampleFromAMappedFile(
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 1, max = 11) int bands,
            @ForAll SampleType type,
            @ForAll Interleave interleave,
            @ForAll boolean bigEndian,
            @ForAll @IntRange(min = 0, max = 37) int offset,
            @ForAll long seed)
            throws IOException {
        double[][] planes = samples(rows, columns, bands, type, seed);
        EnviFixture fixture = EnviFixture.of(rows, columns, planes, type, interleave, order(bigEndian), offset);
        onDisk(folder -> checkSamples(Cubes.read(fixture.write(folder)), planes, type));
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void readsEverySampleWhereFilesCannotBeMapped(
            @ForAll @IntRange(min = 1, max = 4) int rows,
            @ForAll @IntRange(min = 1, max = 5) int columns,
            @ForAll @IntRange(min = 1, max = 6) int bands,
            @ForAll SampleType type,
            @ForAll Interleave interleave,
            @ForAll boolean bigEndian,
            @ForAll @IntRange(min = 0, max = 9) int offset,
            @ForAll long seed)
            throws IOException {
        double[][] planes = samples(rows, columns, bands, type, seed);
        EnviFixture fixture = EnviFixture.of(rows, columns, planes, type, interleave, order(bigEndian), offset);
        try (FileSystem memory = Jimfs.newFileSystem(Configuration.unix())) {
            checkSamples(Cubes.read(fixture.write(memory.getPath("/work"))), planes, type);
        }
    }

    /** Segments of 8, 16, ... bytes instead of a gibibyte. */
    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void noSampleIsLostBetweenSegments(
            @ForAll @IntRange(min = 1, max = 6) int rows,
            @ForAll @IntRange(min = 1, max = 7) int columns,
            @ForAll @IntRange(min = 1, max = 8) int bands,
            @ForAll SampleType type,
            @ForAll Interleave interleave,
            @ForAll @IntRange(min = 1, max = 9) int words,
            @ForAll long seed)
            throws IOException {
        double[][] planes = samples(rows, columns, bands, type, seed);
        EnviFixture fixture = EnviFixture.of(rows, columns, planes, type, interleave, ByteOrder.LITTLE_ENDIAN, 3);
        RasterLayout layout = new RasterLayout(columns, rows, bands, 3, type, interleave, ByteOrder.LITTLE_ENDIAN);
        onDisk(folder -> {
            fixture.write(folder);
            RasterFile raster = RasterFile.open(folder.resolve("scene.img"), layout, 8 * words);
            int[] all = IntStream.range(0, bands).toArray();
            double[][] read = new double[bands][rows * columns];
            raster.read(0, rows * columns, all, read, 0);
            assertThat(read).isDeepEqualTo(planes);
            assertThat(raster.precision()).isEqualTo(type.precision());
        });
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void writesWhatItReads(
            @ForAll @IntRange(min = 1, max = 7) int rows,
            @ForAll @IntRange(min = 1, max = 9) int columns,
            @ForAll @IntRange(min = 1, max = 11) int bands,
            @ForAll SampleType type,
            @ForAll Interleave interleave,
            @ForAll boolean bigEndian,
            @ForAll long seed)
            throws IOException {
        double[][] planes = samples(rows, columns, bands, type, seed);
        Cube cube = Cube.of(rows, columns, planes);
        WriteOptions options = WriteOptions.defaults()
                .withSampleType(type)
                .withInterleave(interleave)
                .withByteOrder(order(bigEndian));
        EnviFixture expected = EnviFixture.of(rows, columns, planes, type, interleave, order(bigEndian), 0);
        onDisk(folder -> {
            Cubes.write(cube, folder.resolve("out.hdr"), options, RunContext.sequential());
            assertThat(Files.readAllBytes(folder.resolve("out.img"))).isEqualTo(expected.binary);
            assertThat(Cubes.read(folder.resolve("out.img"))).isEqualTo(cube);
            try (Stream<Path> left = Files.list(folder)) {
                assertThat(left).hasSize(2);
            }
        });
    }

    private static ByteOrder order(boolean bigEndian) {
        return bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Samples of a type, its extremes among them. */
    private static double[][] samples(int rows, int columns, int bands, SampleType type, long seed) {
        Random random = new Random(seed);
        List<Double> extremes = switch (type) {
            case UINT8 -> List.of(0.0, 127.0, 128.0, 255.0);
            case INT16 -> List.of(-32768.0, -1.0, 32767.0);
            case UINT16 -> List.of(0.0, 32768.0, 65535.0);
            case INT32 -> List.of(-0x1p31, -1.0, 0x1p31 - 1);
            case UINT32 -> List.of(0.0, 0x1p31, 0x1p32 - 1);
            case INT64 -> List.of(-0x1p63, -1.0, 0x1p62, 0x1p53 - 1);
            case UINT64 -> List.of(0.0, 0x1p63, 0x1p64 - 2048, 0x1p53 - 1);
            case FLOAT32 -> List.of((double) Float.MAX_VALUE, (double) Float.MIN_VALUE, -0.0, -1e-3f + 0.0);
            case FLOAT64 -> List.of(Double.MAX_VALUE, Double.MIN_VALUE, -0.0, 0.1);
        };
        double[][] planes = new double[bands][rows * columns];
        for (double[] plane : planes) {
            for (int i = 0; i < plane.length; i++) {
                double small = random.nextInt(200);
                plane[i] = random.nextBoolean()
                        ? extremes.get(random.nextInt(extremes.size()))
                        : type.isInteger() ? small : (float) (small / 7);
            }
        }
        return planes;
    }

    private static void checkSamples(Cube cube, double[][] planes, SampleType type) {
        for (int b = 0; b < planes.length; b++) {
            assertThat(cube.plane(b)).isEqualTo(planes[b]);
        }
        // runs that begin and end inside rows, and rectangles
        PixelTile tile = new PixelTile(cube.bands(), 4);
        for (int first = 0; first < cube.pixels(); first += 3) {
            int count = Math.min(4, cube.pixels() - first);
            cube.read(first, count, tile);
            for (int i = 0; i < count; i++) {
                assertThat(tile.planes()[cube.bands() - 1][i]).isEqualTo(planes[cube.bands() - 1][first + i]);
            }
        }
        Cube corner =
                cube.crop(new Region(cube.rows() / 2, cube.columns() / 2, 1, 1)).selectBands(cube.bands() - 1);
        assertThat(corner.value(0, 0, 0))
                .isEqualTo(planes[cube.bands() - 1][cube.rows() / 2 * cube.columns() + cube.columns() / 2]);
        assertThat(cube.precision()).isEqualTo(type.precision());
    }

    @FunctionalInterface
    private interface InFolder {
        void run(Path folder) throws IOException;
    }

    private static void onDisk(InFolder task) throws IOException {
        Path folder = Files.createTempDirectory("hsi4j");
        try {
            task.run(folder);
        } finally {
            try (Stream<Path> all = Files.walk(folder)) {
                all.sorted(Comparator.reverseOrder()).forEach(path -> {
                    try {
                        Files.delete(path);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
            }
        }
    }
}
