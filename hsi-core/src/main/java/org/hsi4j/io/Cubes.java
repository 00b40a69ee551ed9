package org.hsi4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.ServiceLoader;
import org.hsi4j.Cube;

/**
 * Reads cubes of every known format. The format is told from the contents, not from the extension.
 *
 * <table>
 * <caption>Formats</caption>
 * <tr><th>Format</th><th>Samples</th><th>Options used</th></tr>
 * <tr><td>MAT-file version 5</td><td>loaded</td><td>variable, shape, pixel order, axis order, precision</td></tr>
 * <tr><td>ENVI image (header and binary; either is opened)</td><td>mapped</td><td>none</td></tr>
 * </table>
 *
 * <p>More formats come through {@link CubeReader}.
 *
 * <pre>{@code
 * Cube scene = Cubes.read(Path.of("abu-airport-1.mat"));
 * Cube samson = Cubes.read(Path.of("Y.mat"), ReadOptions.defaults().withVariable("Y").withShape(95, 95));
 * }</pre>
 */
public final class Cubes {
    private static final int HEAD = 1024;
    private static final List<CubeReader> BUILT_IN = List.of(new MatReader(), new EnviReader());

    private Cubes() {}

    /**
     * Reads a cube.
     *
     * @param file the file
     * @return the cube
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if no reader knows the file or it does not hold what its format demands
     * @throws IllegalArgumentException if the file needs an option to be understood
     * @throws IOException if the file cannot be read
     */
    public static Cube read(Path file) throws IOException {
        return read(file, ReadOptions.defaults());
    }

    /**
     * Reads a cube.
     *
     * @param file the file
     * @param options what the file does not say by itself
     * @return the cube
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if no reader knows the file or it does not hold what its format demands
     * @throws IllegalArgumentException if the options do not fit the file
     * @throws IOException if the file cannot be read
     */
    public static Cube read(Path file, ReadOptions options) throws IOException {
        Objects.requireNonNull(options, "options");
        byte[] head = head(file);
        List<CubeReader> readers = readers();
        for (CubeReader reader : readers) {
            if (reader.canRead(file, head)) {
                return reader.read(file, options);
            }
        }
        throw new MalformedFileException(
                file,
                "file type",
                FileTypes.describe(head),
                "one of "
                        + String.join(
                                ", ", readers.stream().map(CubeReader::name).toList()));
    }

    /**
     * The readers there are, in the order in which they are asked.
     *
     * @return those of the class path first, then those of the library
     */
    public static List<CubeReader> readers() {
        List<CubeReader> readers = new ArrayList<>();
        for (CubeReader reader : ServiceLoader.load(CubeReader.class, Cubes.class.getClassLoader())) {
            readers.add(reader);
        }
        readers.addAll(BUILT_IN);
        return List.copyOf(readers);
    }

    /** The first bytes of a file, after the checks that every reader would have to make. */
    static byte[] head(Path file) throws IOException {
        requireFile(file);
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(HEAD);
        }
    }

    static void requireFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString(), null, "there is no such file");
        }
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "is a directory, not a file");
        }
    }
}
