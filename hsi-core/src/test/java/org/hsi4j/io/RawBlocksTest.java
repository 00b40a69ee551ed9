package org.hsi4j.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hsi4j.Cube;
import org.hsi4j.Region;
import org.hsi4j.run.RunContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RawBlocksTest {
    @TempDir
    Path folder;

    private static int place(Interleave interleave, int row, int column, int band, int rows, int columns, int bands) {
        return switch (interleave) {
            case BSQ -> (band * rows + row) * columns + column;
            case BIL -> (row * bands + band) * columns + column;
            case BIP -> (row * columns + column) * bands + band;
        };
    }

    @Property(tries = 300)
    void everySampleComesToItsPlace(
            @ForAll Interleave from,
            @ForAll Interleave to,
            @ForAll SampleType type,
            @ForAll @IntRange(min = 1, max = 9) int rows,
            @ForAll @IntRange(min = 1, max = 80) int columns,
            @ForAll @IntRange(min = 1, max = 80) int bands,
            @ForAll @IntRange(min = 1, max = 720) int pixelsAtOnce)
            throws IOException {
        // segments of 64 bytes: reads go across them
        check(from, to, type, rows, columns, bands, pixelsAtOnce, 64);
    }

    /** Spectra so long that a line is turned in several pieces. */
    @Property(tries = 60)
    void everySampleOfLongSpectraComesToItsPlace(
            @ForAll Interleave from,
            @ForAll Interleave to,
            @ForAll @IntRange(min = 1, max = 2) int rows,
            @ForAll @IntRange(min = 1, max = 60) int columns,
            @ForAll @IntRange(min = 4000, max = 4100) int bands,
            @ForAll @IntRange(min = 1, max = 120) int pixelsAtOnce)
            throws IOException {
        check(from, to, SampleType.FLOAT32, rows, columns, bands, pixelsAtOnce, 1 << 30);
    }

    private static void check(
            Interleave from,
            Interleave to,
            SampleType type,
            int rows,
            int columns,
            int bands,
            int pixelsAtOnce,
            int largestSegment)
            throws IOException {
        int size = type.bytes();
        byte[] samples = new byte[rows * columns * bands * size];
        new Random(1).nextBytes(samples);
        Path file = Files.createTempFile("raw", ".img");
        Path target = file.resolveSibling(file.getFileName() + ".turned");
        try {
            Files.write(file, samples);
            RasterLayout source = new RasterLayout(columns, rows, bands, 0, type, from, ByteOrder.BIG_ENDIAN);
            RasterFile raster = RasterFile.open(file, source, largestSegment);
            RasterLayout wanted = new RasterLayout(columns, rows, bands, 24, type, to, ByteOrder.BIG_ENDIAN);
            Blocks blocks = Blocks.of(rows, columns, pixelsAtOnce);
            RawBlocks raw = new RawBlocks(raster, wanted, blocks);
            try (BlockOutput out = new BlockOutput(target)) {
                for (int i = 0; i < blocks.count(); i++) {
                    raw.convert(blocks.region(i), out);
                }
            }

            byte[] expected = new byte[24 + samples.length];
            for (int r = 0; r < rows; r++) {
                for (int c = 0; c < columns; c++) {
                    for (int b = 0; b < bands; b++) {
                        int at = place(from, r, c, b, rows, columns, bands) * size;
                        int where = 24 + place(to, r, c, b, rows, columns, bands) * size;
                        System.arraycopy(samples, at, expected, where, size);
                    }
                }
            }
            assertThat(Files.readAllBytes(target)).isEqualTo(expected);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(target);
        }
    }

    @Property
    void blocksCoverAnImageOnce(
            @ForAll @IntRange(min = 1, max = 30) int rows,
            @ForAll @IntRange(min = 1, max = 30) int columns,
            @ForAll @IntRange(min = 0, max = 200) int pixelsAtOnce) {
        Blocks blocks = Blocks.of(rows, columns, pixelsAtOnce);
        int[] seen = new int[rows * columns];
        for (int i = 0; i < blocks.count(); i++) {
            Region region = blocks.region(i);
            assertThat(region.pixels()).isBetween(1L, (long) Math.max(1, pixelsAtOnce));
            for (int r = region.row(); r < region.endRow(); r++) {
                for (int c = region.column(); c < region.endColumn(); c++) {
                    seen[r * columns + c]++;
                }
            }
        }
        assertThat(seen).containsOnly(1);
    }

    @Test
    void aConversionKeepsWhatAFloatingPointNumberCannot() throws IOException {
        long odd = (1L << 60) + 1; // needs 61 bits, and a double has 53
        ByteBuffer bytes = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(odd).putLong(-odd).putLong(3).putLong(Long.MAX_VALUE);
        Files.write(folder.resolve("a.img"), bytes.array());
        Files.writeString(
                folder.resolve("a.hdr"),
                "ENVI\nsamples = 2\nlines = 1\nbands = 2\ndata type = 14\ninterleave = bsq\nbyte order = 0\n");

        Cubes.write(
                Cubes.read(folder.resolve("a.hdr")),
                folder.resolve("b.hdr"),
                WriteOptions.defaults().withInterleave(Interleave.BIP),
                RunContext.defaults());

        ByteBuffer written =
                ByteBuffer.wrap(Files.readAllBytes(folder.resolve("b.img"))).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(written.asLongBuffer())
                .isEqualTo(ByteBuffer.allocate(32)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(odd)
                        .putLong(3)
                        .putLong(-odd)
                        .putLong(Long.MAX_VALUE)
                        .flip()
                        .asLongBuffer());
    }

    @Test
    void anotherNoDataValueIsPutIn() throws IOException {
        Files.write(folder.resolve("a.img"), new byte[] {7, 2, 0, 4});
        Files.writeString(
                folder.resolve("a.hdr"),
                "ENVI\nsamples = 2\nlines = 1\nbands = 2\ndata type = 1\ninterleave = bsq\nbyte order = 0\n"
                        + "data ignore value = 7\n");

        Cubes.write(
                Cubes.read(folder.resolve("a.hdr")),
                folder.resolve("b.hdr"),
                WriteOptions.defaults()
                        .withInterleave(Interleave.BIP)
                        .withSampleType(SampleType.UINT8)
                        .withNoDataValue(9),
                RunContext.defaults());

        assertThat(Files.readAllBytes(folder.resolve("b.img"))).containsExactly(9, 0, 2, 4);
    }

    /** 20 GiB that take no room on the disk. */
    @Test
    void aFileLargerThanAnyHeapOpensAtOnce() throws IOException {
        int rows = 5369;
        int columns = 5000;
        int bands = 200;
        Path image = folder.resolve("large.img");
        Files.writeString(
                folder.resolve("large.hdr"),
                "ENVI\nsamples = " + columns + "\nlines = " + rows + "\nbands = " + bands
                        + "\ndata type = 4\ninterleave = bsq\nbyte order = 0\n");
        long length = 4L * rows * columns * bands;
        assertThat(length).isGreaterThan(20L << 30);
        try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(image.toFile(), "rw")) {
            file.setLength(length);
            file.seek(length - 4);
            file.writeInt(Integer.reverseBytes(Float.floatToIntBits(2.5f)));
        }

        long start = System.nanoTime();
        Cube cube = Cubes.read(image);
        double last = cube.value(rows - 1, columns - 1, bands - 1);
        double seconds = (System.nanoTime() - start) / 1e9;

        assertThat(last).isEqualTo(2.5);
        assertThat(cube.spectrum(rows - 1, columns - 2).toArray()).containsOnly(0);
        // Milliseconds; a second is for a machine that does other things.
        assertThat(seconds).isLessThan(1);
    }
}
