package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;

/** Makes sure that arrays fit on the heap before they are taken. */
final class Heap {

    private Heap() {}

    /**
     * Fails where an allocation would.
     *
     * @param file the file that is read
     * @param bytes how much is needed at once
     * @throws IOException if that much is not free
     */
    static void require(Path file, long bytes) throws IOException {
        if (bytes > free()) {
            System.gc(); // only where the read would fail otherwise: what is garbage still counts as used
            if (bytes > free()) {
                throw new IOException(file + ": reading it takes " + mebibytes(bytes) + " on the heap but "
                        + mebibytes(free()) + " are free");
            }
        }
    }

    private static long free() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    private static String mebibytes(long bytes) {
        return (bytes >> 20) + " MiB";
    }
}
