package org.hsi4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/**
 * The samples of a raw image file, mapped into memory, or loaded where the file system cannot map.
 *
 * <p>The mapping is cut into segments of at most 1 GiB, a multiple of every sample size, so that no sample lies across two.
 * All reads are absolute: any number of threads may read at once.
 */
final class RasterFile implements SampleSource {
    /** Samples turned at once where neighbours in the file belong to different bands: 32 KiB of float64. */
    private static final int BLOCK = 4096;

    private final Path file;
    private final RasterLayout layout;
    private final ByteBuffer[] bytes;
    private final SampleBuffer[] segments;
    private final int samplesPerSegment;
    private final Spare<double[]> spare;

    private RasterFile(Path file, RasterLayout layout, ByteBuffer[] bytes, int samplesPerSegment) {
        this.file = file;
        this.layout = layout;
        this.bytes = bytes;
        this.segments = new SampleBuffer[bytes.length];
        for (int s = 0; s < bytes.length; s++) {
            segments[s] = SampleBuffer.of(bytes[s].order(layout.byteOrder()), layout.type());
        }
        this.samplesPerSegment = samplesPerSegment;
        this.spare = new Spare<>(() -> new double[Math.max(BLOCK, layout.bands())]);
    }

    /**
     * Opens a file that is as long as its layout demands.
     *
     * @param file the file
     * @param layout how the samples lie in it
     * @param largestSegment most bytes of a segment; a multiple of eight
     */
    static RasterFile open(Path file, RasterLayout layout, int largestSegment) throws IOException {
        long bytes = layout.bytes();
        int count = Math.toIntExact((bytes + largestSegment - 1) / largestSegment);
        ByteBuffer[] segments = new ByteBuffer[count];
        for (int s = 0; s < count; s++) {
            long start = (long) s * largestSegment;
            int length = (int) Math.min(largestSegment, bytes - start);
            segments[s] = segment(file, layout.offset() + start, length);
        }
        return new RasterFile(
                file, layout, segments, largestSegment / layout.type().bytes());
    }

    static RasterFile open(Path file, RasterLayout layout) throws IOException {
        return open(file, layout, 1 << 30);
    }

    private static ByteBuffer segment(Path file, long start, int length) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.map(MapMode.READ_ONLY, start, length);
        } catch (UnsupportedOperationException e) {
            return load(file, start, length);
        }
    }

    private static ByteBuffer load(Path file, long start, int length) throws IOException {
        Heap.require(file, length);
        ByteBuffer buffer = ByteBuffer.allocate(length);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(start);
            int read = 0;
            while (buffer.hasRemaining() && read >= 0) {
                read = channel.read(buffer);
            }
        }
        if (buffer.hasRemaining()) {
            throw new IOException(file + " was changed while it was read");
        }
        return buffer.clear();
    }

    RasterLayout layout() {
        return layout;
    }

    /** Copies some bytes of the samples as they are. */
    void bytes(long first, int count, byte[] target, int offset) throws IOException {
        long bytesPerSegment = (long) samplesPerSegment * layout.type().bytes();
        try {
            for (int done = 0; done < count; ) {
                ByteBuffer segment = bytes[(int) ((first + done) / bytesPerSegment)];
                int at = (int) ((first + done) % bytesPerSegment);
                int run = Math.min(count - done, segment.limit() - at);
                segment.get(at, target, offset + done, run);
                done += run;
            }
        } catch (InternalError e) {
            throw changed(e);
        }
    }

    /** What the JVM's error means that it throws when a mapped page is gone. */
    private IOException changed(InternalError e) {
        return new IOException(file + " was changed while it was read", e);
    }

    @Override
    public int rows() {
        return layout.rows();
    }

    @Override
    public int columns() {
        return layout.columns();
    }

    @Override
    public int bands() {
        return layout.bands();
    }

    @Override
    public Precision precision() {
        return layout.type().precision();
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        try {
            switch (layout.interleave()) {
                case BSQ -> readBandSequential(firstPixel, count, bands, target, offset);
                case BIL -> readByLine(firstPixel, count, bands, target, offset);
                case BIP -> readByPixel(firstPixel, count, bands, target, offset);
            }
        } catch (InternalError e) {
            throw new UncheckedIOException(changed(e));
        }
    }

    private void readBandSequential(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        long pixels = (long) layout.rows() * layout.columns();
        for (int k = 0; k < bands.length; k++) {
            samples(bands[k] * pixels + firstPixel, count, target[k], offset);
        }
    }

    private void readByLine(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int columns = layout.columns();
        int done = 0;
        while (done < count) {
            long row = (firstPixel + done) / columns;
            int column = (int) ((firstPixel + done) % columns);
            int run = Math.min(count - done, columns - column);
            for (int k = 0; k < bands.length; k++) {
                samples((row * layout.bands() + bands[k]) * columns + column, run, target[k], offset + done);
            }
            done += run;
        }
    }

    private void readByPixel(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int all = layout.bands();
        int block = Math.min(count, Math.max(1, BLOCK / all));
        double[] buffer = spare.take();
        for (int done = 0; done < count; done += block) {
            int n = Math.min(block, count - done);
            samples((firstPixel + done) * all, n * all, buffer, 0);
            for (int k = 0; k < bands.length; k++) {
                double[] to = target[k];
                int from = bands[k];
                for (int i = 0; i < n; i++) {
                    to[offset + done + i] = buffer[from + i * all];
                }
            }
        }
        spare.give(buffer);
    }

    private void samples(long first, int count, double[] target, int offset) {
        int done = 0;
        while (done < count) {
            int segment = (int) ((first + done) / samplesPerSegment);
            int at = (int) ((first + done) % samplesPerSegment);
            int run = Math.min(count - done, samplesPerSegment - at);
            segments[segment].get(at, run, target, offset + done);
            done += run;
        }
    }
}
