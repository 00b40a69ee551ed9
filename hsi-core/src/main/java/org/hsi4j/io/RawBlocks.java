package org.hsi4j.io;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.hsi4j.Region;

/**
 * Brings the samples of a raw image into another order without looking at them, block by block: a block is gathered in the order
 * of the target and written in as few runs as that allows.
 *
 * <p>Reading in short runs costs little, as the source is mapped; writing in short runs costs much, as a file system works by
 * pages. So blocks are small where a block is one run of the target, and large where every band of it is a run of its own.
 */
final class RawBlocks {
    /** Bytes of a block that is one run of the target. */
    private static final int SMALL = 2 << 20;

    /** Most bytes of a block that is a run in every band. */
    private static final int LARGE = 32 << 20;

    /** Bytes that are read and turned at once: they stay in the cache of a core. */
    private static final int PIECE = 256 << 10;

    /** Pixels of a piece even where their spectra are long, so that no band is read sample by sample. */
    private static final int FEWEST = 16;

    /** Lines of a piece that are turned together: a few samples of each stay in the first cache of a core. */
    private static final int TILE = 256;

    /** Lines of the target that are written side by side. */
    private static final int LINES = 4;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final RasterFile source;
    private final RasterLayout from;
    private final RasterLayout to;
    private final int bands;
    private final int size;
    private final int pixelsAtOnce;
    private final byte[] piece;
    private final byte[] block;

    /** One thread's buffers. */
    RawBlocks(RasterFile source, RasterLayout to, Blocks blocks) {
        this.source = source;
        this.from = source.layout();
        this.to = to;
        this.bands = to.bands();
        this.size = to.type().bytes();
        this.pixelsAtOnce = pixelsAtOnce(blocks);
        this.piece = new byte[pixelsAtOnce * bands * size];
        this.block = new byte[blocks.pixels() * bands * size];
    }

    private int pixelsAtOnce(Blocks blocks) {
        boolean turned = (from.interleave() == Interleave.BIP) != (to.interleave() == Interleave.BIP);
        return turned ? Math.min(blocks.pixels(), Math.max(FEWEST, PIECE / (bands * size))) : 0;
    }

    /** Bytes of the blocks to take, as far as a limit for each thread allows. */
    static int bytes(RasterLayout to, long limit) {
        return to.interleave() == Interleave.BSQ ? (int) Math.max(SMALL, Math.min(LARGE, limit)) : SMALL;
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
        gather(region);
        runs(
                to,
                region,
                (first, at, count) ->
                        out.write(to.offset() + first * size, ByteBuffer.wrap(block, at * size, count * size)));
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

    /** Fills the block, a small image of the target's interleave. */
    private void gather(Region region) throws IOException {
        if (from.interleave() == to.interleave()) {
            runs(from, region, (first, at, count) -> source.bytes(first * size, count * size, block, at * size));
        } else if (from.interleave() == Interleave.BIP) {
            fromPixels(region);
        } else if (to.interleave() == Interleave.BIP) {
            toPixels(region);
        } else {
            lines(region);
        }
    }

    /** Brings the pieces of lines over, whose samples stay together. */
    private void lines(Region region) throws IOException {
        int width = region.columns();
        for (int b = 0; b < bands; b++) {
            for (int r = 0; r < region.rows(); r++) {
                int line = to.interleave() == Interleave.BIL ? r * bands + b : b * region.rows() + r;
                source.bytes(
                        place(b, region.row() + r, region.column()) * size, width * size, block, line * width * size);
            }
        }
    }

    private void toPixels(Region region) throws IOException {
        int width = straight(from, region);
        int n = (int) region.pixels();
        for (int start = 0; start < n; start += width) {
            for (int done = 0; done < width; done += pixelsAtOnce) {
                int count = Math.min(pixelsAtOnce, width - done);
                int pixel = start + done;
                int row = region.row() + pixel / region.columns();
                int column = region.column() + pixel % region.columns();
                for (int b = 0; b < bands; b++) {
                    source.bytes(place(b, row, column) * size, count * size, piece, b * count * size);
                }
                transpose(bands, count, pixel * bands, bands);
            }
        }
    }

    private void fromPixels(Region region) throws IOException {
        int width = straight(to, region);
        int n = (int) region.pixels();
        long first = place(0, region.row(), region.column());
        for (int start = 0; start < n; start += width) {
            for (int done = 0; done < width; done += pixelsAtOnce) {
                int count = Math.min(pixelsAtOnce, width - done);
                int pixel = start + done;
                source.bytes((first + (long) pixel * bands) * size, count * bands * size, piece, 0);
                transpose(count, bands, start * bands + done, width);
            }
        }
    }

    /** Pixels of a region that lie one after the other in each band of a file. */
    private static int straight(RasterLayout layout, Region region) {
        return layout.interleave() == Interleave.BSQ ? (int) region.pixels() : region.columns();
    }

    /** Where a sample lies in the source. */
    private long place(int band, int row, int column) {
        long columns = from.columns();
        return switch (from.interleave()) {
            case BSQ -> ((long) band * from.rows() + row) * columns + column;
            case BIL -> ((long) row * bands + band) * columns + column;
            case BIP -> (row * columns + column) * bands + band;
        };
    }

    /** Turns the piece, a matrix, into lines of the block that begin so many samples apart. */
    private void transpose(int rows, int columns, int target, int step) {
        for (int top = 0; top < rows; top += TILE) {
            int count = Math.min(TILE, rows - top);
            int c = 0;
            for (; c + LINES <= columns; c += LINES) {
                four(top * columns + c, columns, target + c * step + top, step, count);
            }
            for (; c < columns; c++) {
                one(top * columns + c, columns, target + c * step + top, count);
            }
        }
    }

    /** Turns neighbouring columns of the piece into lines of the block. */
    private void four(int first, int columns, int target, int step, int count) {
        switch (size) {
            case 1 -> fourBytes(first, columns, target, step, count);
            case 2 -> fourShorts(first, columns, target, step, count);
            case 4 -> fourInts(first, columns, target, step, count);
            default -> {
                for (int line = 0; line < LINES; line++) {
                    one(first + line, columns, target + line * step, count);
                }
            }
        }
    }

    private void fourBytes(int first, int columns, int target, int step, int count) {
        byte[] from = piece;
        byte[] to = block;
        int second = target + step;
        int third = second + step;
        int fourth = third + step;
        for (int i = 0, s = first; i < count; i++, s += columns) {
            to[target + i] = from[s];
            to[second + i] = from[s + 1];
            to[third + i] = from[s + 2];
            to[fourth + i] = from[s + 3];
        }
    }

    private void fourShorts(int first, int columns, int target, int step, int count) {
        byte[] from = piece;
        byte[] to = block;
        int second = target + step;
        int third = second + step;
        int fourth = third + step;
        for (int i = 0, s = first; i < count; i++, s += columns) {
            SHORTS.set(to, 2 * (target + i), (short) SHORTS.get(from, 2 * s));
            SHORTS.set(to, 2 * (second + i), (short) SHORTS.get(from, 2 * s + 2));
            SHORTS.set(to, 2 * (third + i), (short) SHORTS.get(from, 2 * s + 4));
            SHORTS.set(to, 2 * (fourth + i), (short) SHORTS.get(from, 2 * s + 6));
        }
    }

    private void fourInts(int first, int columns, int target, int step, int count) {
        byte[] from = piece;
        byte[] to = block;
        int second = target + step;
        int third = second + step;
        int fourth = third + step;
        for (int i = 0, s = first; i < count; i++, s += columns) {
            INTS.set(to, 4 * (target + i), (int) INTS.get(from, 4 * s));
            INTS.set(to, 4 * (second + i), (int) INTS.get(from, 4 * s + 4));
            INTS.set(to, 4 * (third + i), (int) INTS.get(from, 4 * s + 8));
            INTS.set(to, 4 * (fourth + i), (int) INTS.get(from, 4 * s + 12));
        }
    }

    /** Turns a column of the piece into a line of the block. */
    private void one(int first, int columns, int target, int count) {
        switch (size) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    block[target + i] = piece[first + i * columns];
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    SHORTS.set(block, (target + i) * 2, (short) SHORTS.get(piece, (first + i * columns) * 2));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    INTS.set(block, (target + i) * 4, (int) INTS.get(piece, (first + i * columns) * 4));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    LONGS.set(block, (target + i) * 8, (long) LONGS.get(piece, (first + i * columns) * 8));
                }
            }
        }
    }
}
