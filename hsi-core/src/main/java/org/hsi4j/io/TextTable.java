package org.hsi4j.io;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A text file of numbers in rows and columns, with or without a line of titles and a first column of labels.
 *
 * <p>Cells are parted by tabs, semicolons, commas or spaces, whichever of them, in this order, the first line has; they may
 * be quoted. Labels need a separator other than the space. Empty lines and lines that start with {@code #} or {@code %} do not count. An empty cell, {@code NaN} and
 * {@code NA} are NaN. A comma is a decimal point where it does not part cells.
 */
final class TextTable {
    private static final int LONGEST_LINE = 64 << 20;
    private static final int LONGEST_NUMBER = 64;
    private static final long LONGEST_NAMES = 4 << 20;

    private final Path file;
    private final List<String> titles = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();
    private char separator;
    private int width = -1;

    private TextTable(Path file) {
        this.file = file;
    }

    /** Reads a table. The size of the file is checked against the heap first. */
    static TextTable read(Path file) throws IOException {
        requireFit(file);
        TextTable table = new TextTable(file);
        // every sequence of bytes is a text in this charset, and numbers are the same in all of them
        try (BufferedReader in = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            int number = 0;
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                number++;
                String plain = number == 1 && line.startsWith("\u00ef\u00bb\u00bf") ? line.substring(3) : line;
                if (!plain.isBlank() && !plain.startsWith("#") && !plain.startsWith("%")) {
                    table.add(plain, number);
                }
            }
        }
        if (table.rows.isEmpty()) {
            throw new MalformedFileException(file, "table", "no line of numbers", "at least one");
        }
        return table;
    }

    /** Rows and columns of a small table without a number in it, its titles not counted; empty for any other. */
    static List<Integer> namesOnly(Path file) throws IOException {
        if (Files.size(file) > LONGEST_NAMES) {
            return List.of();
        }
        TextTable table = new TextTable(file);
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1).stream()
                .filter(line -> !line.isBlank())
                .toList();
        table.separator = lines.isEmpty() ? ' ' : separator(lines.get(0));
        int width = 0;
        for (String line : lines) {
            List<String> cells = table.split(line);
            if (table.separator == ' ' || cells.stream().anyMatch(c -> !Double.isInfinite(number(c)))) {
                return List.of();
            }
            width = Math.max(width, cells.size());
        }
        return lines.size() < 2 ? List.of() : List.of(lines.size() - 1, width);
    }

    /** Titles of the columns; empty when the file has none. The first one is that of the labels, where there are labels. */
    List<String> titles() {
        return titles;
    }

    /** Labels of the rows; empty when the first column holds numbers. */
    List<String> labels() {
        return labels;
    }

    int rows() {
        return rows.size();
    }

    /** Number of columns of numbers. */
    int columns() {
        return rows.get(0).length;
    }

    double get(int row, int column) {
        return rows.get(row)[column];
    }

    /** All numbers, row by row. */
    double[] numbers() {
        return rows.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    double[] row(int row) {
        return rows.get(row).clone();
    }

    double[] column(int column) {
        return rows.stream().mapToDouble(r -> r[column]).toArray();
    }

    /** A number for every cell, and the longest line twice as text. */
    private static void requireFit(Path file) throws IOException {
        long cells = 0;
        long lines = 1;
        long length = 0;
        long longest = 0;
        byte[] block = new byte[1 << 16];
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            for (int n = in.read(block); n > 0; n = in.read(block)) {
                for (int i = 0; i < n; i++) {
                    byte b = block[i];
                    length = b == '\n' || b == '\r' ? 0 : length + 1;
                    longest = Math.max(longest, length);
                    cells += b == ',' || b == ';' || b == '\t' || b == ' ' || b == '\n' ? 1 : 0;
                    lines += b == '\n' || b == '\r' ? 1 : 0;
                }
            }
        }
        if (longest > LONGEST_LINE) {
            throw new MalformedFileException(
                    file, "longest line", longest + " characters", "at most " + LONGEST_LINE + " in a table");
        }
        Heap.require(file, 8 * cells + 32 * lines + 64 * longest);
    }

    private void add(String line, int number) throws IOException {
        if (width < 0 && titles.isEmpty()) {
            separator = separator(line);
        }
        List<String> cells = split(line);
        if (width < 0 && titles.isEmpty() && isTitles(cells)) {
            cells.forEach(c -> titles.add(text(c)));
            return;
        }
        if (width < 0) {
            width = cells.size();
            if (!titles.isEmpty() && titles.size() != width) {
                throw malformed(number, width + " cells", titles.size() + " as there are titles");
            }
            if (Double.isInfinite(number(cells.get(0))) && separator != ' ') {
                labels.add(text(cells.get(0)));
            }
        } else if (cells.size() != width) {
            throw malformed(number, cells.size() + " cells", width + " as in the lines before");
        } else if (!labels.isEmpty()) {
            labels.add(text(cells.get(0)));
        }
        int first = labels.isEmpty() ? 0 : 1;
        if (width == first) {
            throw malformed(number, MalformedFileException.quote(text(line)), "numbers");
        }
        double[] row = new double[width - first];
        for (int i = 0; i < row.length; i++) {
            row[i] = number(cells.get(first + i));
            if (Double.isInfinite(row[i])) {
                throw malformed(
                        number,
                        MalformedFileException.quote(text(cells.get(first + i))) + " in cell " + (first + i + 1),
                        "a finite number");
            }
        }
        rows.add(row);
    }

    private MalformedFileException malformed(int line, String found, String expected) {
        return new MalformedFileException(file, "line " + line, found, expected);
    }

    /** Titles are what has a text in it where the first column does not count, or in every column. */
    private static boolean isTitles(List<String> cells) {
        return Double.isInfinite(number(cells.get(0)))
                && (cells.size() == 1
                        || cells.stream().skip(1).anyMatch(c -> Double.isInfinite(number(c)))
                        || isWavelength(cells.get(0))
                        || isName(cells.get(0)));
    }

    private static boolean isName(String cell) {
        String lower = cell.toLowerCase(Locale.ROOT);
        return lower.equals("name") || lower.equals("names") || lower.equals("spectra names");
    }

    /** Whether a title is that of wavelengths. */
    static boolean isWavelength(String title) {
        String lower = title.toLowerCase(Locale.ROOT);
        return lower.startsWith("wave") || lower.startsWith("lambda") || lower.equals("wl") || unit(title) != null;
    }

    /** Whether a title is that of a property of bands, which is no spectrum. */
    static boolean isBandProperty(String title) {
        String lower = title.toLowerCase(Locale.ROOT);
        return isWavelength(title)
                || List.of("fwhm", "width", "bandwidth", "band", "bbl", "good").stream()
                        .anyMatch(lower::startsWith);
    }

    /** The unit in a title: all of it, what is in brackets, or its last word. */
    static @Nullable WavelengthUnit unit(String title) {
        String plain = title.replaceAll("[\\[\\]()_/]", " ").strip();
        return WavelengthUnit.named(plain.substring(plain.lastIndexOf(' ') + 1)).orElse(null);
    }

    private static char separator(String line) {
        for (char c : new char[] {'\t', ';', ','}) {
            if (line.strip().indexOf(c) >= 0) {
                return c;
            }
        }
        return ' ';
    }

    private List<String> split(String line) {
        List<String> cells = new ArrayList<>();
        String rest = separator == ' ' ? line.strip() : line;
        StringBuilder cell = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < rest.length(); i++) {
            char c = rest.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && (c == separator || (separator == ' ' && Character.isWhitespace(c)))) {
                if (separator != ' ' || !cell.isEmpty()) {
                    cells.add(cell.toString().strip());
                }
                cell.setLength(0);
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    /** A number, NaN for a cell that is empty, or infinity for a text. */
    private static double number(String cell) {
        String lower = cell.toLowerCase(Locale.ROOT);
        if (lower.isEmpty() || lower.equals("nan") || lower.equals("na") || lower.equals("null")) {
            return Double.NaN;
        }
        char last = lower.charAt(lower.length() - 1);
        if (cell.length() > LONGEST_NUMBER || !(Character.isDigit(last) || last == '.')) {
            return Double.POSITIVE_INFINITY; // "1d" and "1f" are numbers for Java only
        }
        try {
            return Double.parseDouble(cell.replace(',', '.'));
        } catch (NumberFormatException e) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Names may be UTF-8. */
    private static String text(String cell) {
        String text = new String(cell.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') >= 0 ? cell : text;
    }
}
