package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import org.hsi4j.Cube;

/**
 * Reads cubes of one format: the extension point for formats of your own.
 *
 * <p>An implementation with a public constructor without parameters, named in
 * {@code META-INF/services/org.hsi4j.io.CubeReader}, is found by {@link Cubes#read(Path)} and asked before the readers that
 * come with the library. It is safe for use by many threads at once.
 */
public interface CubeReader {

    /**
     * Name of the format.
     *
     * @return a word or two, as a person writes it
     */
    String name();

    /**
     * Whether this reader knows the file; decided from the name and the first bytes, without reading the rest.
     *
     * @param file the file, which exists
     * @param head its first bytes, up to 1024
     * @return true when {@link #read} shall be tried
     * @throws IOException if a file beside it cannot be looked at
     */
    boolean canRead(Path file, byte[] head) throws IOException;

    /**
     * Reads the file.
     *
     * @param file the file
     * @param options what the file does not say by itself
     * @return the cube; its provenance names the file and every guess that was made
     * @throws MalformedFileException if the file does not hold what the format demands
     * @throws IllegalArgumentException if the options do not fit the file
     * @throws IOException if the file cannot be read
     */
    Cube read(Path file, ReadOptions options) throws IOException;
}
