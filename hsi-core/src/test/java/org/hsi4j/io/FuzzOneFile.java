package org.hsi4j.io;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What Jazzer calls, in a Java of its own, with each file that it makes up for the reader that a property names. */
public final class FuzzOneFile {
    static final String READER = "hsi4j.fuzz.reader";

    private static final FuzzedReader TARGET = FuzzedReader.valueOf(System.getProperty(READER));
    private static final Path FOLDER = folder();

    private FuzzOneFile() {}

    private static Path folder() {
        try {
            return Files.createTempDirectory("fuzz");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Gives a file to the reader.
     *
     * @param bytes the file
     * @throws IOException if it cannot be written
     */
    public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
        TARGET.check(FOLDER, bytes);
    }
}
