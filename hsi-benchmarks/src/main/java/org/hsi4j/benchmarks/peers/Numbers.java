package org.hsi4j.benchmarks.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files of little-endian float64 numbers, which every peer can read and write. */
final class Numbers {
    private static final int CHUNK = 1 << 16;

    private Numbers() {}

    static void write(Path file, double... numbers) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(8 * CHUNK).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (int from = 0; from < numbers.length; from += CHUNK) {
                int count = Math.min(CHUNK, numbers.length - from);
                bytes.clear();
                bytes.asDoubleBuffer().put(numbers, from, count);
                bytes.limit(8 * count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    static double[] read(Path file) throws IOException {
        DoubleBuffer numbers = ByteBuffer.wrap(Files.readAllBytes(file))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer();
        double[] result = new double[numbers.remaining()];
        numbers.get(result);
        return result;
    }
}
