package org.hsi4j.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.hsi4j.SpectralLibrary;
import org.hsi4j.Spectrum;
import org.hsi4j.Wavelengths;
import org.jspecify.annotations.Nullable;

/** Spectra in text files: ECOSTRESS and ASTER, USGS splib06 and splib07, and tables. */
final class TextLibraries {
    /** The longest published spectra have some ten thousand channels. */
    private static final int LARGEST = 4 << 20;

    private static final int MOST_FILES = 10_000;
    private static final Pattern SPLIT = Pattern.compile("[\\s,]+");
    private static final Pattern RECORD = Pattern.compile("\\s*\\S*splib\\S*\\s+Record=\\s*\\d+:(.*)", Pattern.DOTALL);
    private static final Pattern ECOSTRESS = Pattern.compile("\\s*Name\\s*:.*", Pattern.DOTALL);
    private static final String SPLIB06 = "USGS Digital Spectral Library";
    private static final List<String> TABLES = List.of(".csv", ".tsv", ".txt", ".asc");

    private TextLibraries() {}

    /** The library of a text file; empty when the file is none that is known. */
    static Optional<SpectralLibrary> read(Path file, byte[] head) throws IOException {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        if (start.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        if (ECOSTRESS.matcher(start).matches()) {
            return Optional.of(ecostress(file));
        }
        if (RECORD.matcher(start).matches()) {
            return Optional.of(splib07(file));
        }
        if (start.contains(SPLIB06)) {
            return Optional.of(splib06(file));
        }
        return isTable(file, head) ? Optional.of(table(file)) : Optional.empty();
    }

    /** Whether a text is that of one of the published libraries. */
    static boolean isPublished(byte[] head) {
        String start = new String(head, StandardCharsets.ISO_8859_1);
        return start.indexOf('\0') < 0
                && (ECOSTRESS.matcher(start).matches() || RECORD.matcher(start).matches() || start.contains(SPLIB06));
    }

    /** Whether a text may be a table, by its name. */
    static boolean isTable(Path file, byte[] head) {
        String name = EnviFiles.name(file).toLowerCase(Locale.ROOT);
        return TABLES.stream().anyMatch(name::endsWith)
                && new String(head, StandardCharsets.ISO_8859_1).indexOf('\0') < 0
                && !EnviHeader.isHeader(head);
    }

    /** Whether a table says that its columns or rows are spectra: by wavelengths with values beside them, or names. */
    static boolean isLibrary(TextTable table) {
        if (!table.labels().isEmpty()) {
            return true;
        }
        List<String> titles = table.titles();
        return !titles.isEmpty()
                && TextTable.isWavelength(titles.get(0))
                && titles.stream().skip(1).anyMatch(t -> !TextTable.isBandProperty(t));
    }

    private static List<String> lines(Path file) throws IOException {
        long size = Files.size(file);
        if (size > LARGEST) {
            throw new MalformedFileException(
                    file, "length", size + " bytes", "at most " + LARGEST + " for the text of one spectrum");
        }
        return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    }

    /** Fields {@code key: value}, then two columns, wavelength or wavenumber and value. */
    private static SpectralLibrary ecostress(Path file) throws IOException {
        List<String> lines = lines(file);
        Map<String, String> fields = new LinkedHashMap<>();
        int at = 0;
        while (at < lines.size() && !isNumbers(lines.get(at))) {
            int colon = lines.get(at).indexOf(':');
            if (colon > 0) {
                fields.putIfAbsent(
                        lines.get(at).substring(0, colon).strip().toLowerCase(Locale.ROOT),
                        lines.get(at).substring(colon + 1).strip());
            }
            at++;
        }
        List<double[]> rows = rows(file, lines, at, 2);
        double[] x = column(rows, 0);
        double[] y = column(rows, 1);
        requireCount(file, fields.get("number of x values"), rows.size());
        String xUnits = fields.getOrDefault("x units", "");
        double[] nanometres;
        if (xUnits.toLowerCase(Locale.ROOT).contains("wavenumber")) {
            nanometres = Arrays.stream(positive(file, x)).map(v -> 1e7 / v).toArray();
        } else {
            WavelengthUnit unit = TextTable.unit(xUnits);
            nanometres = (unit == null ? WavelengthUnit.guess(x) : unit).toNanometres(positive(file, x));
        }
        if (fields.getOrDefault("y units", "").toLowerCase(Locale.ROOT).contains("percent")) {
            y = Arrays.stream(y).map(v -> v <= -1e30 ? v : v / 100).toArray();
        }
        if (nanometres[0] > nanometres[nanometres.length - 1]) {
            reverse(nanometres);
            reverse(y);
        }
        Spectrum spectrum = DeletedValues.spectrum(y, Double.NaN)
                .named(fields.getOrDefault("name", "").replaceAll("\\s+", " "))
                .withWavelengths(Wavelengths.of(nanometres));
        return SpectralLibrary.of(List.of(spectrum));
    }

    private static void requireCount(Path file, @Nullable String told, int found) throws IOException {
        if (told != null && told.matches("\\d{1,9}") && Integer.parseInt(told) != found) {
            throw new MalformedFileException(
                    file, "columns", found + " lines of numbers", told + " as 'Number of X Values' says");
        }
    }

    /** Fifteen lines about the library, the title, the history, then wavelength, value and its standard deviation. */
    private static SpectralLibrary splib06(Path file) throws IOException {
        List<String> lines = lines(file);
        int at = 0;
        while (at < lines.size() && !lines.get(at).strip().startsWith("-----")) {
            at++;
        }
        if (at + 1 >= lines.size()) {
            throw new MalformedFileException(file, "header", "no line of dashes", "one before the title");
        }
        String title = lines.get(at + 1).strip();
        List<double[]> rows = rows(file, lines, at + 3, 2);
        double[] micrometres = positive(file, column(rows, 0));
        Spectrum spectrum = DeletedValues.spectrum(column(rows, 1), Double.NaN)
                .named(title.replaceAll("\\s+", " "))
                .withWavelengths(Wavelengths.of(WavelengthUnit.MICROMETRES.toNanometres(micrometres)));
        return SpectralLibrary.of(List.of(spectrum));
    }

    /**
     * A title, then a value a line. The wavelengths are in a file of their own, in the same folder or the one above; the one
     * with as many channels is taken, unless two of them have as many.
     */
    private static SpectralLibrary splib07(Path file) throws IOException {
        Spectrum spectrum = record(file);
        List<Spectrum> grids = new ArrayList<>();
        if (!isGrid(spectrum.name())) {
            Path folder = file.toAbsolutePath().getParent();
            for (int level = 0; level < 2 && folder != null && grids.isEmpty(); level++) {
                grids = grids(folder, spectrum.bands());
                folder = folder.getParent();
            }
        }
        return SpectralLibrary.of(List.of(
                grids.size() == 1
                        ? spectrum.withWavelengths(Wavelengths.of(WavelengthUnit.MICROMETRES.toNanometres(
                                grids.get(0).toArray())))
                        : spectrum));
    }

    private static Spectrum record(Path file) throws IOException {
        List<String> lines = lines(file);
        Matcher title = RECORD.matcher(lines.get(0));
        if (!title.matches()) {
            throw new MalformedFileException(
                    file, "line 1", MalformedFileException.quote(lines.get(0)), "'splib07a Record=...'");
        }
        return DeletedValues.spectrum(column(rows(file, lines, 1, 1), 0), Double.NaN)
                .named(title.group(1).strip().replaceAll("\\s+", " "));
    }

    private static boolean isGrid(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith("wavelengths");
    }

    private static List<Spectrum> grids(Path folder, int channels) throws IOException {
        List<Spectrum> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*avelengths*.txt")) {
            int seen = 0;
            for (Path file : files) {
                if (++seen > MOST_FILES || !Files.isRegularFile(file)) {
                    continue;
                }
                byte[] head = Cubes.head(file);
                if (!RECORD.matcher(new String(head, StandardCharsets.ISO_8859_1))
                        .matches()) {
                    continue;
                }
                Spectrum grid = record(file);
                if (grid.bands() == channels
                        && isGrid(grid.name())
                        && Arrays.stream(grid.toArray()).allMatch(v -> v > 0)) {
                    found.add(grid);
                }
            }
        }
        return found;
    }

    /**
     * A table with a column of wavelengths and a column a spectrum; with a row a spectrum, its name first and wavelengths for
     * titles; or with a column a spectrum and no wavelengths.
     */
    private static SpectralLibrary table(Path file) throws IOException {
        if (!TextTable.namesOnly(file).isEmpty()) {
            throw new MalformedFileException(
                    file,
                    "table",
                    "names and no number",
                    "spectra"
                            + libraryBeside(file)
                                    .map(n -> " (they are in " + n + " beside it)")
                                    .orElse(""));
        }
        TextTable table = TextTable.read(file);
        if (!table.labels().isEmpty()) {
            return rowsOf(table);
        }
        List<String> titles = table.titles();
        boolean withWavelengths = !titles.isEmpty() && table.columns() > 1 && TextTable.isWavelength(titles.get(0));
        Optional<Wavelengths> wavelengths = Optional.empty();
        if (withWavelengths) {
            double[] values = positive(file, table.column(0));
            WavelengthUnit unit = TextTable.unit(titles.get(0));
            wavelengths = Optional.of(
                    Wavelengths.of((unit == null ? WavelengthUnit.guess(values) : unit).toNanometres(values)));
        }
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = withWavelengths ? 1 : 0; k < table.columns(); k++) {
            Spectrum s = DeletedValues.spectrum(table.column(k), Double.NaN)
                    .named(titles.isEmpty() ? "spectrum " + (k + 1) : titles.get(k));
            spectra.add(wavelengths.isPresent() ? s.withWavelengths(wavelengths.get()) : s);
        }
        return SpectralLibrary.of(spectra);
    }

    /** The binary of an ENVI library whose names a table holds. */
    private static Optional<String> libraryBeside(Path file) throws IOException {
        Optional<Path> header = EnviFiles.findHeader(file);
        return header.isPresent() ? Optional.of(EnviFiles.name(EnviFiles.findBinary(header.get()))) : Optional.empty();
    }

    private static SpectralLibrary rowsOf(TextTable table) {
        Optional<Wavelengths> wavelengths = titlesInNanometres(table);
        List<Spectrum> spectra = new ArrayList<>();
        for (int k = 0; k < table.rows(); k++) {
            Spectrum s = DeletedValues.spectrum(table.row(k), Double.NaN)
                    .named(table.labels().get(k));
            spectra.add(wavelengths.isPresent() ? s.withWavelengths(wavelengths.get()) : s);
        }
        return SpectralLibrary.of(spectra);
    }

    private static Optional<Wavelengths> titlesInNanometres(TextTable table) {
        List<String> titles = table.titles();
        if (titles.isEmpty() || titles.stream().skip(1).anyMatch(t -> !t.matches("\\d{1,9}(\\.\\d{0,20})?"))) {
            return Optional.empty();
        }
        double[] values =
                titles.stream().skip(1).mapToDouble(Double::parseDouble).toArray();
        return Arrays.stream(values).allMatch(v -> v > 0)
                ? Optional.of(Wavelengths.of(WavelengthUnit.guess(values).toNanometres(values)))
                : Optional.empty();
    }

    private static boolean isNumbers(String line) {
        String[] cells = SPLIT.split(line.strip(), -1);
        return cells.length >= 2 && Double.isFinite(number(cells[0])) && Double.isFinite(number(cells[1]));
    }

    private static List<double[]> rows(Path file, List<String> lines, int from, int columns) throws IOException {
        List<double[]> rows = new ArrayList<>();
        for (int i = from; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty()) {
                continue;
            }
            String[] cells = SPLIT.split(line, -1);
            double[] row = IntStream.range(0, Math.min(columns, cells.length))
                    .mapToDouble(k -> number(cells[k]))
                    .toArray();
            if (row.length < columns || Arrays.stream(row).anyMatch(Double::isInfinite)) {
                throw new MalformedFileException(
                        file,
                        "line " + (i + 1),
                        MalformedFileException.quote(line),
                        columns == 1 ? "a number" : columns + " numbers");
            }
            rows.add(row);
        }
        if (rows.isEmpty()) {
            throw new MalformedFileException(file, "columns", "no line of numbers", "at least one");
        }
        return rows;
    }

    private static double number(String cell) {
        if (cell.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        if (cell.isEmpty() || cell.length() > 64) {
            return Double.POSITIVE_INFINITY;
        }
        try {
            return Double.parseDouble(cell);
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    private static double[] positive(Path file, double[] x) throws IOException {
        for (double v : x) {
            if (!(v > 0)) {
                throw new MalformedFileException(file, "wavelengths", String.valueOf(v), "positive numbers");
            }
        }
        return x;
    }

    private static double[] column(List<double[]> rows, int column) {
        return rows.stream().mapToDouble(r -> r[column]).toArray();
    }

    private static void reverse(double[] values) {
        for (int i = 0, j = values.length - 1; i < j; i++, j--) {
            double v = values[i];
            values[i] = values[j];
            values[j] = v;
        }
    }
}
