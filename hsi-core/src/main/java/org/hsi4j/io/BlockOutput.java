package org.hsi4j.io;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A new file that several threads write, each at its own places. */
final class BlockOutput implements Closeable {
    /** Bytes that are written at once; the JVM keeps as much off the heap for every thread that writes. */
    private static final int PIECE = 1 << 20;

    private final SeekableByteChannel channel;

    BlockOutput(Path file) throws IOException {
        channel = Files.newByteChannel(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Writes what remains in a buffer. */
    void write(long position, ByteBuffer bytes) throws IOException {
        int end = bytes.limit();
        long start = position - bytes.position();
        while (bytes.position() < end) {
            bytes.limit(Math.min(end, bytes.position() + PIECE));
            writePiece(start + bytes.position(), bytes);
        }
    }

    private void writePiece(long position, ByteBuffer bytes) throws IOException {
        if (channel instanceof FileChannel file) {
            file.write(bytes, position);
        } else {
            synchronized (this) {
                channel.position(position);
                channel.write(bytes);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
