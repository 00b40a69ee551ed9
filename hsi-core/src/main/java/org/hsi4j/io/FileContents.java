package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hsi4j.io.MatFile.Variable;

/**
 * What kind of thing a file holds, and the arrays in it, so that a program knows what to read it with. Decided from the header of
 * a file; only tables of text are read whole.
 *
 * <pre>{@code
 * FileContents contents = FileContents.of(path);
 * if (contents.kind() == FileContents.Kind.LIBRARY) {
 *     show(SpectralLibraries.read(path));
 * }
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class FileContents {
    private final Path file;
    private final Kind kind;
    private final List<Variable> arrays;
    private final Reading numbers;

    /** Reads the numbers of an array. */
    @FunctionalInterface
    private interface Reading {
        double[] of(String array) throws IOException;
    }

    /** What a file is for. */
    public enum Kind {
        /** An image, for {@link Cubes}. */
        SCENE,
        /** Spectra, for {@link SpectralLibraries}. */
        LIBRARY,
        /** Matrices, vectors and other variables none of which is an image by itself: see {@link FileContents#arrays()}. */
        ARRAYS,
        /** A table of names without a number, as it lies beside a library. */
        NAMES
    }

    private FileContents(Path file, Kind kind, List<Variable> arrays, Reading numbers) {
        this.file = file;
        this.kind = kind;
        this.arrays = List.copyOf(arrays);
        this.numbers = numbers;
    }

    /**
     * Looks into a file, or a folder of a scene's files.
     *
     * @param file the file
     * @return what is in it; a file of a format that only a {@link CubeReader} of the class path knows is a scene
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if no reader knows the file or it does not hold what its format demands
     * @throws IOException if the file cannot be read
     */
    public static FileContents of(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            return without(file, Kind.SCENE);
        }
        byte[] head = Cubes.head(file);
        if (FileTypes.isHdf5(head) || new MatReader().canRead(file, head)) {
            MatFile arrays = MatFile.open(file);
            return new FileContents(
                    file, arrays.hasScene() ? Kind.SCENE : Kind.ARRAYS, arrays.variables(), arrays::numbers);
        }
        if (NpyFile.isNpy(head)) {
            return ofNpy(file);
        }
        if (TiffDirectory.isTiff(head)) {
            return without(file, Kind.SCENE);
        }
        if (TextLibraries.isPublished(head)) {
            return without(file, Kind.LIBRARY);
        }
        if (TextLibraries.isTable(file, head)) {
            return ofTable(file);
        }
        boolean library = EnviFiles.isEnvi(file, head) && EnviReader.isLibrary(file);
        return without(file, library ? Kind.LIBRARY : Kind.SCENE);
    }

    private static FileContents without(Path file, Kind kind) {
        return new FileContents(file, kind, List.of(), name -> new double[0]);
    }

    private static FileContents ofNpy(Path file) throws IOException {
        NpyFile array = NpyFile.open(file);
        Variable variable =
                new Variable(stem(file), array.shape(), array.type().name().toLowerCase(Locale.ROOT));
        return new FileContents(
                file,
                array.shape().size() == 3 ? Kind.SCENE : Kind.ARRAYS,
                List.of(variable),
                name -> NpyReader.numbers(array));
    }

    private static FileContents ofTable(Path file) throws IOException {
        List<Integer> names = TextTable.namesOnly(file);
        if (!names.isEmpty()) {
            return new FileContents(
                    file, Kind.NAMES, List.of(new Variable(stem(file), names, "text")), name -> new double[0]);
        }
        TextTable table = TextTable.read(file);
        Variable variable = new Variable(stem(file), List.of(table.rows(), table.columns()), "double");
        return new FileContents(
                file,
                TextLibraries.isLibrary(table) ? Kind.LIBRARY : Kind.ARRAYS,
                List.of(variable),
                name -> table.numbers());
    }

    private static String stem(Path file) {
        return EnviFiles.stem(EnviFiles.name(file));
    }

    /**
     * What the file is for.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * The arrays of a file that has them: the variables of a MAT-file, the datasets of an HDF5 file, the array of a NumPy file, or
     * the rows and columns of a table of text, without titles and labels.
     *
     * @return names, dimensions and types; empty for images and libraries of other formats
     */
    public List<Variable> arrays() {
        return arrays;
    }

    /**
     * How many numbers of an array are missing: NaN, infinite, or the USGS libraries' mark of a deleted value, -1.23e34.
     *
     * @param array its name
     * @return the count; zero for what is not an array of real numbers
     * @throws IllegalArgumentException if there is no such array
     * @throws IOException if the file cannot be read or the array does not fit on the heap
     */
    public long missing(String array) throws IOException {
        if (arrays.stream().noneMatch(a -> a.name().equals(array))) {
            throw new IllegalArgumentException(file + " has no array " + MalformedFileException.quote(array));
        }
        return Arrays.stream(numbers.of(array))
                .filter(v -> DeletedValues.isDeleted(v, Double.NaN))
                .count();
    }

    @Override
    public String toString() {
        return file + ": " + kind.name().toLowerCase(Locale.ROOT) + " " + arrays;
    }
}
