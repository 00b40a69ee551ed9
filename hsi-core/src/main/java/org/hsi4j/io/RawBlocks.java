package org.hsi4j.io;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hsi4j.Region;

/**
 * Brings the samples of a raw image into another order without looking at them: block by block, each read in long runs, turned
 * in memory, and written in long runs.
 */
final class RawBlocks {
    /** Bytes of a block: long runs on the disk, and two of them a thread fit in a small heap. */
    static final int BYTES = 8 << 20;

    /** Samples of a line that are turned together: they come from a few neighbouring pieces of the cache. */
    private static final int TILE = 64;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final RasterFile source;
    private final RasterLayout from;
    private final RasterLayout to;
    private final int size;
    private final byte[] read;
    private final byte[] turned;

    /** One thread's buffers. */
    RawBlocks(RasterFile source, RasterLayout to, Blocks blocks) {
        this.source = source;
        this.from = source.layout();
        this.to = to;
        this.size = to.type().bytes();
        this.read = new byte[blocks.pixels() * to.bands() * size];
        this.turned = from.interleave() == to.interleave() ? read : new byte[read.length];
    }

    /** Whether the samples of one layout are, byte by byte, those of another in some order. */
    static boolean sameSamples(RasterLayout from, RasterLayout to) {
        return from.type() == to.type()
                && (from.byteOrder() == to.byteOrder() || from.type().bytes() == 1)
                && from.rows() == to.rows()
                && from.columns() == to.columns()
                && from.bands() == to.bands();
    }

    /** Brings one block of pixels over. */
    void convert(Region region, BlockOutput out) throws IOException {
        runs(from, region, (first, at, count) -> source.bytes(first * size, count * size, read, at * size));
        turn(region);
        runs(
                to,
                region,
                (first, at, count) ->
                        out.write(to.offset() + first * size, ByteBuffer.wrap(turned, at * size, count * size)));
    }

    /** Samples that lie one after the other both in the file and in a block, which is a small image of the same interleave. */
    private interface Run {
        void at(long firstInFile, int firstInBlock, int count) throws IOException;
    }

    private static void runs(RasterLayout layout, Region region, Run run) throws IOException {
        int bands = layout.bands();
        int n = (int) region.pixels();
        int width = region.columns();
        long first = (long) region.row() * layout.columns() + region.column();
        boolean wholeLines = width == layout.columns();
        if (layout.interleave() == Interleave.BIP || (layout.interleave() == Interleave.BIL && wholeLines)) {
            run.at(first * bands, 0, n * bands);
            return;
        }
        for (int b = 0; b < bands; b++) {
            if (layout.interleave() == Interleave.BSQ) {
                run.at((long) b * layout.rows() * layout.columns() + first, b * n, n);
            } else { // a piece of one line
                run.at(((long) region.row() * bands + b) * layout.columns() + region.column(), b * width, width);
            }
        }
    }

    private void turn(Region region) {
        int bands = to.bands();
        int rows = region.rows();
        int n = (int) region.pixels();
        int line = bands * region.columns();
        switch (from.interleave()) {
            case BSQ -> {
                if (to.interleave() == Interleave.BIP) {
                    transpose(0, bands, n);
                } else if (to.interleave() == Interleave.BIL) {
                    lines(bands, rows, region.columns());
                }
            }
            case BIL -> {
                if (to.interleave() == Interleave.BSQ) {
                    lines(rows, bands, region.columns());
                } else if (to.interleave() == Interleave.BIP) {
                    for (int r = 0; r < rows; r++) {
                        transpose(r * line, bands, region.columns());
                    }
                }
            }
            case BIP -> {
                if (to.interleave() == Interleave.BSQ) {
                    transpose(0, n, bands);
                } else if (to.interleave() == Interleave.BIL) {
                    for (int r = 0; r < rows; r++) {
                        transpose(r * line, region.columns(), bands);
                    }
                }
            }
        }
    }

    /** Turns a matrix of lines. */
    private void lines(int rows, int columns, int width) {
        int bytes = width * size;
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                System.arraycopy(read, (r * columns + c) * bytes, turned, (c * rows + r) * bytes, bytes);
            }
        }
    }

    /** Turns a matrix of samples. */
    private void transpose(int first, int rows, int columns) {
        for (int left = 0; left < columns; left += TILE) {
            int right = Math.min(columns, left + TILE);
            for (int top = 0; top < rows; top += TILE) {
                int bottom = Math.min(rows, top + TILE);
                for (int c = left; c < right; c++) {
                    int source = first + top * columns + c;
                    int target = first + c * rows + top;
                    move(source, columns, target, bottom - top);
                }
            }
        }
    }

    /** Gathers samples that lie apart. */
    private void move(int source, int step, int target, int count) {
        switch (size) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    turned[target + i] = read[source + i * step];
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(turned, (target + i) * 2, (short) SHORTS.get(read, (source + i * step) * 2));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(turned, (target + i) * 4, (int) INTS.get(read, (source + i * step) * 4));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(turned, (target + i) * 8, (long) LONGS.get(read, (source + i * step) * 8));
                }
            }
        }
    }
}
