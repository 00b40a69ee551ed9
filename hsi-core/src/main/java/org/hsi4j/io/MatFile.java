package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.ScoreMap;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/**
 * A MAT-file of version 5 to 7.3, or an HDF5 file of any other kind, with its variables as the types of this library.
 *
 * <p>HDF5, which version 7.3 is too, takes the artifact {@code org.hsi4j:hsi-hdf5} beside the core; without it such a file fails with an
 * {@link IOException} that says so.
 *
 * <p>Opening reads the table of contents; every other call reads its variable from the file again, so nothing stays open and
 * nothing has to be closed. Full arrays of integers, single, double and logical are understood; complex and sparse ones,
 * structures, cells and objects are listed and refused by name when they are asked for. Version 7.3 is HDF5, which counts the
 * axes of an array from the other end: here they come in MATLAB's order, and the provenance of a cube says so. In an HDF5 file that is not MATLAB's a variable is named by its path
 * ({@code group/dataset}), and its axes are in the order in which the file and every other program list them.
 *
 * <p><b>Order.</b> MATLAB keeps arrays column by column; what comes out here is in the order of this library (rows one after
 * the other). A three-dimensional array is rows x columns x bands unless the options or the file say otherwise. A matrix is
 * bands x pixels, its pixels column by column unless the options say otherwise.
 *
 * <p>Immutable and thread-safe.
 *
 * <pre>{@code
 * MatFile file = MatFile.open(Path.of("abu-airport-1.mat"));
 * Cube scene = file.cube(ReadOptions.defaults());
 * Mask truth = file.mask("map");
 * }</pre>
 */
public final class MatFile {
    /** What spectra are called in published files, the surest name first. */
    private static final List<String> SPECTRA_NAMES = List.of(
            "endmembers",
            "e",
            "m",
            "ee",
            "library",
            "datalib",
            "spectra",
            "target",
            "tgt_spectra",
            "b",
            "signature",
            "em");

    private static final int LONGEST_NAME = 256;

    /** Pairs of scalars that say rows and columns. */
    private static final String[][] SHAPE_NAMES = {
        {"nrow", "ncol"},
        {"nrows", "ncols"},
        {"rows", "cols"},
        {"rows", "columns"},
        {"row", "col"},
        {"h", "w"},
        {"height", "width"},
        {"lines", "samples"},
        {"nr", "nc"},
        {"nl", "nc"}
    };

    private final Path file;
    private final ArrayFile directory;

    private MatFile(Path file, ArrayFile directory) {
        this.file = file;
        this.directory = directory;
    }

    /**
     * One variable of a file.
     *
     * @param name its name
     * @param dimensions its dimensions, at least two; none for an object
     * @param type MATLAB's name of its class, such as {@code double} or {@code cell}
     */
    public record Variable(String name, List<Integer> dimensions, String type) {

        /**
         * Copies the list.
         */
        public Variable {
            dimensions = List.copyOf(dimensions);
        }

        @Override
        public String toString() {
            String size = dimensions.stream().map(String::valueOf).collect(Collectors.joining(" x "));
            return name + " (" + size + (size.isEmpty() ? "" : " ") + type + ")";
        }
    }

    /**
     * Opens a file.
     *
     * @param file the file
     * @return its contents
     * @throws java.nio.file.NoSuchFileException if there is no such file
     * @throws MalformedFileException if it is neither a MAT-file of version 5 to 7.3 nor HDF5, or its sizes do not fit
     * @throws IOException if the file cannot be read
     */
    public static MatFile open(Path file) throws IOException {
        byte[] head = Cubes.head(file);
        if (FileTypes.isMatHdf5(head)) {
            return new MatFile(file, HdfArrays.read(file));
        }
        if (FileTypes.isHdf5(head)) {
            return new MatFile(file, HdfMatrices.read(file));
        }
        return new MatFile(file, MatDirectory.read(file));
    }

    /**
     * The variables, in the order of the file.
     *
     * @return names, dimensions and types
     */
    public List<Variable> variables() {
        return directory.entries().stream().map(MatFile::variable).toList();
    }

    /** Whether {@link #cube} finds a scene by itself. */
    boolean hasScene() throws IOException {
        for (ArrayEntry e : directory.entries()) {
            if (e.isNumeric() && !e.isComplex() && e.count() > 0) {
                if (e.dimensions().size() == 3
                        || (e.dimensions().size() == 2 && shapeInFile(e).isPresent())) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All numbers of a variable, its first index running fastest; none where it is no array of real numbers. */
    double[] numbers(String name) throws IOException {
        for (ArrayEntry e : directory.entries()) {
            if (e.name().equals(name) && e.isNumeric() && !e.isComplex()) {
                return numbers(e);
            }
        }
        return new double[0];
    }

    /**
     * Whether the file has a variable.
     *
     * @param name its name, upper and lower case being different
     * @return true when it has
     */
    public boolean has(String name) {
        return directory.entries().stream().anyMatch(e -> e.name().equals(name));
    }

    /**
     * A scene.
     *
     * <p>Without a variable in the options, the only three-dimensional array of numbers is taken; of several, one whose name
     * scenes are known by ({@code cube}, {@code data}, {@code hsi}, {@code Y}, {@code V}, ...); without any, a matrix in the
     * same way. Wavelengths are taken from a vector of the file that is named after them and has as many values as there are
     * bands. The shape of a matrix is taken from the options, or from scalars such as {@code nRow} and {@code nCol}; it is
     * never guessed. Every choice is in the provenance of the cube.
     *
     * @param options variable, shape, pixel order, axis order, precision
     * @return the cube, on the heap
     * @throws IllegalArgumentException if there is no such variable, several could be meant, the shape is not known, or the
     *     variable does not have it
     * @throws MalformedFileException if the variable is not a full array of real numbers, or there is none
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public Cube cube(ReadOptions options) throws IOException {
        List<String> notes = new ArrayList<>();
        ArrayEntry entry =
                options.variable().isPresent() ? numeric(options.variable().get()) : chooseCube(notes);
        notes.add(0, "read from " + file.getFileName() + ", variable " + variable(entry));
        directory.note().ifPresent(notes::add);
        CubeLayout layout = entry.dimensions().size() == 3
                ? arrayLayout(entry, options, notes)
                : matrixLayout(
                        entry, options.rows().orElse(0), options.columns().orElse(0), options, notes);
        Precision precision = options.precision().orElse(entry.storage().precision());
        Heap.require(file, entry.dataBytes() + entry.count() * (precision == Precision.FLOAT ? 4L : 8L));
        MatNumbers values = directory.numbers(entry);
        Cube.Builder builder = Cube.builder(layout.rows(), layout.columns(), layout.bands(), precision);
        double[] plane = new double[layout.rows() * layout.columns()];
        for (int band = 0; band < layout.bands(); band++) {
            layout.plane(values, band, plane);
            builder.plane(band, plane);
        }
        Wavelengths wavelengths = wavelengths(layout.bands(), notes);
        if (wavelengths != null) {
            builder.wavelengths(wavelengths);
        }
        notes.forEach(builder::provenance);
        return builder.name(String.valueOf(file.getFileName()).replaceFirst("(?i)\\.mat$", ""))
                .build();
    }

    /**
     * A matrix.
     *
     * @param name the variable
     * @return {@code matrix[row][column]} as MATLAB shows it
     * @throws IllegalArgumentException if there is no such variable or it has not two dimensions
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public double[][] matrix(String name) throws IOException {
        ArrayEntry entry = withDimensions(numeric(name), 2);
        Heap.require(file, entry.dataBytes() + 8 * entry.count());
        int rows = entry.dimensions().get(0);
        int columns = entry.dimensions().get(1);
        MatNumbers values = directory.numbers(entry);
        double[][] matrix = new double[rows][columns];
        for (int c = 0; c < columns; c++) {
            for (int r = 0; r < rows; r++) {
                matrix[r][c] = values.get(r + rows * c);
            }
        }
        return matrix;
    }

    /**
     * All numbers of a variable with at most one dimension other than one.
     *
     * @param name the variable
     * @return its numbers
     * @throws IllegalArgumentException if there is no such variable or it is not a vector
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read
     */
    public double[] vector(String name) throws IOException {
        ArrayEntry entry = numeric(name);
        if (!SceneRules.isVector(entry)) {
            throw new IllegalArgumentException(file + ": variable " + variable(entry) + " is not a vector");
        }
        return numbers(entry);
    }

    /**
     * A picture: one number a pixel.
     *
     * @param name a variable of rows x columns numbers
     * @return the numbers, named after the variable
     * @throws IllegalArgumentException if there is no such variable or it has not two dimensions
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public ScoreMap map(String name) throws IOException {
        ArrayEntry entry = withDimensions(nonEmpty(numeric(name)), 2);
        int rows = entry.dimensions().get(0);
        int columns = entry.dimensions().get(1);
        double[] columnMajor = numbers(entry);
        double[] rowMajor = new double[columnMajor.length];
        for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
                rowMajor[r * columns + c] = columnMajor[r + rows * c];
            }
        }
        return ScoreMap.of(name, rows, columns, rowMajor);
    }

    /**
     * The pixels of a map that are neither zero nor NaN.
     *
     * @param name a variable of rows x columns numbers
     * @return the pixels
     * @throws IllegalArgumentException if there is no such variable or it has not two dimensions
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public Mask mask(String name) throws IOException {
        ScoreMap map = map(name);
        double[] values = map.toArray();
        return Mask.of(map.rows(), map.columns(), i -> values[i] != 0 && !Double.isNaN(values[i]));
    }

    /**
     * Spectra: the columns of a bands x spectra matrix, or one vector. Values below -1e34, which mark deleted channels, and
     * infinite ones become NaN. Wavelengths are taken from the file as by {@link #cube}. Names are taken from a matrix called "names",
     * or {@code names_X} or {@code X_names} for spectra called {@code X}, with a row a spectrum and a column a character, its
     * numbers being the codes of the characters, as in the USGS libraries.
     *
     * @param name the variable
     * @return the spectra; without names of the file called {@code name 1}, {@code name 2}, ..., a single one after the variable
     * @throws IllegalArgumentException if there is no such variable or it has not two dimensions
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public SpectralLibrary spectra(String name) throws IOException {
        ArrayEntry entry = withDimensions(nonEmpty(numeric(name)), 2);
        double[] values = numbers(entry);
        int bands =
                SceneRules.isVector(entry) ? values.length : entry.dimensions().get(0);
        int count = values.length / bands;
        Wavelengths wavelengths = wavelengths(bands, new ArrayList<>());
        List<String> names = names(name, count);
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            Spectrum s = DeletedValues.spectrum(Arrays.copyOfRange(values, k * bands, (k + 1) * bands), Double.NaN)
                    .named(names.get(k));
            spectra.add(wavelengths == null ? s : s.withWavelengths(wavelengths));
        }
        return SpectralLibrary.of(spectra);
    }

    /** The names of some spectra, those of the file where it has them. */
    private List<String> names(String of, int count) throws IOException {
        List<String> known = List.of("names_" + of, of + "_names", "names");
        for (String wanted : known) {
            for (ArrayEntry e : directory.entries()) {
                boolean rows = e.isNumeric()
                        && !e.isComplex()
                        && e.dimensions().size() == 2
                        && e.dimensions().get(0) == count
                        && e.dimensions().get(1) <= LONGEST_NAME;
                Optional<List<String>> names =
                        rows && e.name().equalsIgnoreCase(wanted) ? texts(numbers(e), count) : Optional.empty();
                if (names.isPresent()) {
                    return names.get();
                }
            }
        }
        return count == 1
                ? List.of(of)
                : IntStream.rangeClosed(1, count).mapToObj(k -> of + " " + k).toList();
    }

    /** The rows of a matrix of characters' codes; empty when it is none. */
    private static Optional<List<String>> texts(double[] codes, int rows) {
        if (Arrays.stream(codes).anyMatch(c -> c != (char) c)) {
            return Optional.empty();
        }
        List<String> texts = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            StringBuilder text = new StringBuilder();
            for (int i = r; i < codes.length; i += rows) {
                text.append(Character.isISOControl((char) codes[i]) ? ' ' : (char) codes[i]);
            }
            if (text.toString().isBlank()) {
                return Optional.empty();
            }
            texts.add(text.toString().strip().replaceAll("\\s+", " "));
        }
        return Optional.of(List.copyOf(texts));
    }

    /**
     * Endmembers: the columns of a bands x p matrix.
     *
     * @param name the variable
     * @return the endmembers, named as by {@link #spectra}
     * @throws IllegalArgumentException if there is no such variable, it has not two dimensions, or a value is missing
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public Endmembers endmembers(String name) throws IOException {
        return spectra(name).endmembers();
    }

    /**
     * Abundances: a matrix of p x pixels, or an array of rows x columns x p.
     *
     * @param name the variable
     * @param options shape and pixel order for a matrix, axis order for an array (its "bands" are the endmembers)
     * @return the abundances, named em1, em2, ...
     * @throws IllegalArgumentException if there is no such variable, the shape is not known, or the variable does not have
     *     it
     * @throws MalformedFileException if it is not a full array of real numbers
     * @throws IOException if the file cannot be read or does not fit on the heap
     */
    public AbundanceMaps abundances(String name, ReadOptions options) throws IOException {
        Cube maps = cube(options.withVariable(name).withPrecision(Precision.DOUBLE));
        double[][] planes = new double[maps.bands()][];
        for (int k = 0; k < planes.length; k++) {
            planes[k] = maps.plane(k);
        }
        List<String> names =
                IntStream.rangeClosed(1, planes.length).mapToObj(k -> "em" + k).toList();
        return AbundanceMaps.of(maps.rows(), maps.columns(), names, planes);
    }

    @Override
    public String toString() {
        return "MAT-file " + file + " with " + describeAll();
    }

    private String describeAll() {
        List<ArrayEntry> all = directory.entries();
        String shown = all.stream().limit(50).map(e -> variable(e).toString()).collect(Collectors.joining(", "));
        return all.isEmpty() ? "no variable" : shown + (all.size() > 50 ? ", ..." : "");
    }

    private static Variable variable(ArrayEntry entry) {
        String type = (entry.isComplex() ? "complex " : "") + (entry.isLogical() ? "logical" : entry.type());
        return new Variable(entry.name(), entry.dimensions(), type);
    }

    private ArrayEntry numeric(String name) throws IOException {
        ArrayEntry entry = directory.entries().stream()
                .filter(e -> e.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        file + " has no variable " + MalformedFileException.quote(name) + "; it has " + describeAll()));
        if (!entry.isNumeric() || entry.isComplex()) {
            throw new MalformedFileException(
                    file,
                    "variable " + MalformedFileException.quote(name),
                    "a value of the type " + variable(entry).type(),
                    "a full array of real numbers");
        }
        return entry;
    }

    private ArrayEntry nonEmpty(ArrayEntry entry) throws IOException {
        if (entry.count() == 0) {
            throw new MalformedFileException(file, "variable " + variable(entry), "no number", "at least one");
        }
        return entry;
    }

    private ArrayEntry withDimensions(ArrayEntry entry, int count) {
        if (entry.dimensions().size() != count) {
            throw new IllegalArgumentException(file + ": variable " + variable(entry) + " has "
                    + entry.dimensions().size() + " dimensions, not " + count);
        }
        return entry;
    }

    private ArrayEntry chooseCube(List<String> notes) throws IOException {
        for (int dimensions = 3; dimensions >= 2; dimensions--) {
            int wanted = dimensions;
            List<ArrayEntry> candidates = directory.entries().stream()
                    .filter(e -> e.isNumeric() && e.count() > 0)
                    .filter(e -> e.dimensions().size() == wanted && (wanted == 3 || !SceneRules.isVector(e)))
                    .toList();
            if (candidates.size() == 1) {
                return numeric(candidates.get(0).name());
            }
            Optional<ArrayEntry> known = SceneRules.named(candidates, notes);
            if (known.isPresent()) {
                return numeric(known.get().name());
            }
            if (!candidates.isEmpty()) {
                throw new IllegalArgumentException(
                        file + ": name the variable that is the scene; the file has " + describeAll());
            }
        }
        throw new MalformedFileException(file, "variables", describeAll(), "an array that could be a scene");
    }

    /** The variable that holds spectra: the only matrix, or one of a known name. */
    String chooseSpectra() {
        List<String> candidates = directory.entries().stream()
                .filter(e ->
                        e.isNumeric() && e.count() > 1 && e.dimensions().size() == 2 && !SceneRules.isWavelengths(e))
                .map(ArrayEntry::name)
                .toList();
        if (candidates.size() == 1) {
            return candidates.get(0);
        }
        for (String known : SPECTRA_NAMES) {
            for (String name : candidates) {
                if (name.toLowerCase(Locale.ROOT).equals(known)) {
                    return name;
                }
            }
        }
        throw new IllegalArgumentException(
                file + ": name the variable that holds the spectra; the file has " + describeAll());
    }

    private CubeLayout arrayLayout(ArrayEntry entry, ReadOptions options, List<String> notes) throws IOException {
        nonEmpty(entry);
        AxisOrder order = options.axisOrder();
        if (order == AxisOrder.AUTO) {
            order = SceneRules.axes(directory.entries(), entry.dimensions(), "the custom of MATLAB", notes);
        } else {
            notes.add("axes are " + order.words() + " as told");
        }
        CubeLayout layout = CubeLayout.ofArray(entry.dimensions(), order);
        boolean told = options.rows().isPresent();
        if (told
                && (options.rows().getAsInt() != layout.rows()
                        || options.columns().orElse(0) != layout.columns())) {
            throw new IllegalArgumentException(file + ": variable " + variable(entry) + " is an image of "
                    + layout.rows() + "x" + layout.columns() + " pixels, not "
                    + options.rows().getAsInt() + "x" + options.columns().orElse(0));
        }
        return layout;
    }

    private CubeLayout matrixLayout(ArrayEntry entry, int rows, int columns, ReadOptions options, List<String> notes)
            throws IOException {
        nonEmpty(entry);
        if (entry.dimensions().size() != 2) {
            throw new IllegalArgumentException(file + ": variable " + variable(entry) + " has "
                    + entry.dimensions().size() + " dimensions, not 2 or 3");
        }
        int[] shape = rows > 0 ? new int[] {rows, columns} : shapeInFile(entry, notes);
        long pixels = (long) shape[0] * shape[1];
        int first = entry.dimensions().get(0);
        int second = entry.dimensions().get(1);
        String order = options.pixelOrder() == PixelOrder.COLUMN_MAJOR ? "column by column" : "row by row";
        if (shape[0] == first && shape[1] == second) {
            notes.add("an image of one band");
            return new CubeLayout(first, second, 1, 1, first, 0);
        }
        if (pixels == second) {
            notes.add("bands x pixels, image of " + shape[0] + "x" + shape[1] + ", pixels " + order);
            return CubeLayout.ofMatrix(shape[0], shape[1], first, options.pixelOrder(), false);
        }
        if (pixels == first) {
            notes.add("pixels x bands, image of " + shape[0] + "x" + shape[1] + ", pixels " + order);
            return CubeLayout.ofMatrix(shape[0], shape[1], second, options.pixelOrder(), true);
        }
        throw new IllegalArgumentException(file + ": an image of " + shape[0] + "x" + shape[1] + " has " + pixels
                + " pixels but variable " + variable(entry) + " has " + second);
    }

    private int[] shapeInFile(ArrayEntry matrix, List<String> notes) throws IOException {
        Optional<ShapeInFile> shape = shapeInFile(matrix);
        if (shape.isPresent()) {
            notes.add("took the shape of the image from " + shape.get().source());
            return new int[] {shape.get().rows(), shape.get().columns()};
        }
        int pixels = matrix.dimensions().get(1);
        int side = (int) Math.round(Math.sqrt(pixels));
        String square = (long) side * side == pixels ? ", for example " + side + "," + side : "";
        throw new IllegalArgumentException(file + ": variable " + variable(matrix)
                + " is a matrix and the file does not say the shape of the image; give rows and columns (--shape"
                + " rows,columns" + square + ") for its " + pixels + " pixels");
    }

    /** Rows and columns of an image as two scalars say them. */
    private record ShapeInFile(int rows, int columns, String source) {}

    private Optional<ShapeInFile> shapeInFile(ArrayEntry matrix) throws IOException {
        for (String[] pair : SHAPE_NAMES) {
            ArrayEntry r = scalar(pair[0]);
            ArrayEntry c = scalar(pair[1]);
            if (r != null && c != null) {
                double rows = numbers(r)[0];
                double columns = numbers(c)[0];
                double pixels = rows * columns;
                boolean fits = pixels == matrix.dimensions().get(0)
                        || pixels == matrix.dimensions().get(1);
                if (fits && rows == Math.rint(rows) && rows >= 1 && columns == Math.rint(columns) && columns >= 1) {
                    return Optional.of(
                            new ShapeInFile((int) rows, (int) columns, "'" + r.name() + "' and '" + c.name() + "'"));
                }
            }
        }
        return Optional.empty();
    }

    private @Nullable ArrayEntry scalar(String lowerCaseName) {
        return directory.entries().stream()
                .filter(e -> e.isNumeric() && !e.isComplex() && e.count() == 1)
                .filter(e -> e.name().toLowerCase(Locale.ROOT).equals(lowerCaseName))
                .findFirst()
                .orElse(null);
    }

    private @Nullable Wavelengths wavelengths(int bands, List<String> notes) throws IOException {
        Optional<ArrayEntry> entry = directory.entries().stream()
                .filter(e -> SceneRules.isWavelengths(e) && e.count() == bands)
                .findFirst();
        if (entry.isEmpty()) {
            return null;
        }
        return SceneRules.wavelengths(entry.get().name(), numbers(entry.get()), notes)
                .orElse(null);
    }

    private double[] numbers(ArrayEntry entry) throws IOException {
        Heap.require(file, entry.dataBytes() + 8 * entry.count());
        return directory.numbers(entry).toArray();
    }
}
