package org.hsi4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an ENVI header file.
 *
 * <p>The first line is {@code ENVI}; then come lines {@code key = value}. A value in braces may run over several lines. Lines
 * that start with a semicolon are comments; other lines without an equals sign are ignored and noted. UTF-8, with or without
 * a byte order mark, or ISO 8859-1 where the bytes are no UTF-8; any line ends. A key that comes twice must have the same
 * value both times.
 */
final class EnviHeader {
    private static final int LARGEST = 16 << 20;
    private static final int MOST_FIELDS = 10_000;
    private static final int LONGEST_NUMBER = 64;
    private static final int MOST_NOTES = 5;
    /** Braces inside a value are taken to be balanced, until so many were not. */
    private static final int MOST_UNBALANCED = 8;

    private static final Pattern SPACES = Pattern.compile("\\s+");
    /** IDL writes 1.0d+03. */
    private static final Pattern IDL_EXPONENT = Pattern.compile("(?<=[0-9.])[dD](?=[-+0-9])");

    private final Path file;
    private final Map<String, Field> fields = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private int unbalanced;

    /**
     * One field.
     *
     * @param line line of the header where it starts, from one
     * @param value its text, without braces
     * @param conflict line of a second field of the same key with another value, or zero
     */
    private record Field(int line, String value, int conflict) {}

    private EnviHeader(Path file) {
        this.file = file;
    }

    /** Whether a file starts as a header does. */
    static boolean isHeader(byte[] head) {
        String start = stripMark(new String(head, StandardCharsets.UTF_8)).stripLeading();
        return start.startsWith("ENVI") && (start.length() == 4 || Character.isWhitespace(start.charAt(4)));
    }

    /** Reads a header. */
    static EnviHeader read(Path file) throws IOException {
        Cubes.requireFile(file);
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(LARGEST + 1);
        }
        EnviHeader header = new EnviHeader(file);
        if (bytes.length > LARGEST) {
            throw header.malformed(
                    "header", "a header of more than " + (LARGEST >> 20) + " MiB", "a text of a few lines");
        }
        if (!isHeader(bytes.length > 64 ? java.util.Arrays.copyOf(bytes, 64) : bytes)) {
            throw header.malformed("line 1", FileTypes.describe(bytes), "'ENVI'");
        }
        header.parse(stripMark(decode(bytes)));
        return header;
    }

    private static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }

    private static String stripMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private void parse(String text) throws IOException {
        String t = text.replace("\r\n", "\n").replace('\r', '\n');
        int at = 0;
        int line = 0;
        boolean first = true;
        while (at < t.length()) {
            line++;
            int end = endOfLine(t, at);
            String content = t.substring(at, end);
            int equals = content.indexOf('=');
            boolean comment = content.isBlank() || content.stripLeading().startsWith(";");
            if (first && !comment) {
                first = false;
            } else if (!comment && equals < 0) {
                note("ignored line " + line + " of the header: " + MalformedFileException.quote(content.strip()));
            } else if (!comment) {
                String key = normalised(content.substring(0, equals));
                String value = content.substring(equals + 1).strip();
                if (value.startsWith("{")) {
                    int open = t.indexOf('{', at + equals);
                    int close = closingBrace(t, open, key, line);
                    value = t.substring(open + 1, close).strip();
                    end = endOfLine(t, close);
                    put(key, line, value);
                    line += (int) t.substring(open, end)
                            .chars()
                            .filter(c -> c == '\n')
                            .count();
                } else {
                    put(key, line, value);
                }
            }
            at = end + 1;
        }
    }

    private static int endOfLine(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }

    private int closingBrace(String text, int open, String key, int line) throws IOException {
        if (unbalanced < MOST_UNBALANCED) {
            int depth = 0;
            for (int i = open; i < text.length(); i++) {
                char c = text.charAt(i);
                depth += c == '{' ? 1 : c == '}' ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
            unbalanced++;
        }
        int close = text.indexOf('}', open);
        if (close < 0) {
            throw malformed("line " + line + ", '" + key + "'", "an opening brace only", "a closing brace");
        }
        return close;
    }

    private void put(String key, int line, String value) throws IOException {
        Field before = fields.get(key);
        if (before == null) {
            if (fields.size() == MOST_FIELDS) {
                throw malformed("line " + line, "more than " + MOST_FIELDS + " fields", "fewer");
            }
            fields.put(key, new Field(line, value, 0));
        } else if (!before.value().equals(value)) {
            fields.put(key, new Field(before.line(), before.value(), line));
        }
    }

    private void note(String text) {
        if (notes.size() < MOST_NOTES) {
            notes.add(text);
        }
    }

    private static String normalised(String key) {
        return SPACES.matcher(key.strip().toLowerCase(Locale.ROOT)).replaceAll(" ");
    }

    /** The header file. */
    Path file() {
        return file;
    }

    /** What was ignored in it. */
    List<String> notes() {
        return notes;
    }

    private @Nullable Field field(String key) throws IOException {
        Field field = fields.get(key);
        if (field != null && field.conflict() > 0) {
            throw malformed(where(key), "another value again in line " + field.conflict(), "one value");
        }
        return field;
    }

    /** The text of a field; empty when it is missing or blank. */
    Optional<String> text(String key) throws IOException {
        Field field = field(key);
        return field == null || field.value().isBlank() ? Optional.empty() : Optional.of(field.value());
    }

    /** The text of a field in one line. */
    Optional<String> line(String key) throws IOException {
        return text(key).map(t -> SPACES.matcher(t).replaceAll(" "));
    }

    /** A whole number. */
    long whole(String key, long least, long most) throws IOException {
        String text = text(key)
                .orElseThrow(() -> malformed("field '" + key + "'", "nothing", "a whole number of at least " + least));
        try {
            long value = Long.parseLong(text);
            if (value >= least && value <= most) {
                return value;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw malformed(where(key), MalformedFileException.quote(text), "a whole number from " + least + " to " + most);
    }

    /** A whole number that has a default. */
    long whole(String key, long least, long most, long byDefault) throws IOException {
        return text(key).isPresent() ? whole(key, least, most) : byDefault;
    }

    /** A number; empty when the field is missing. */
    OptionalDouble number(String key) throws IOException {
        Optional<String> text = text(key);
        return text.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(number(key, text.get()));
    }

    /** What reflectances were multiplied by; empty when the field is missing. */
    OptionalDouble reflectanceFactor() throws IOException {
        OptionalDouble factor = number("reflectance scale factor");
        if (factor.isPresent() && !(factor.getAsDouble() > 0 && Double.isFinite(factor.getAsDouble()))) {
            throw malformed(
                    where("reflectance scale factor"), String.valueOf(factor.getAsDouble()), "a positive number");
        }
        return factor;
    }

    private double number(String key, String item) throws IOException {
        String text = item.strip();
        try {
            if (text.length() <= LONGEST_NUMBER) {
                return switch (text.toLowerCase(Locale.ROOT)) {
                    case "nan", "-nan", "+nan" -> Double.NaN;
                    case "inf", "+inf" -> Double.POSITIVE_INFINITY;
                    case "-inf" -> Double.NEGATIVE_INFINITY;
                    default -> Double.parseDouble(IDL_EXPONENT.matcher(text).replaceFirst("e"));
                };
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw malformed(where(key), MalformedFileException.quote(text), "a number");
    }

    /** A list of numbers of a known length; empty when the field is missing. */
    Optional<double[]> numbers(String key, int count, String unit) throws IOException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> items = items(text.get());
        if (items.size() != count) {
            throw malformed(where(key), items.size() + " values", count + ", one a " + unit);
        }
        double[] numbers = new double[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = number(key, items.get(i));
        }
        return Optional.of(numbers);
    }

    /** The items of a list, without a comma that follows the last one. */
    List<String> list(String key) throws IOException {
        return text(key).map(EnviHeader::items).orElse(List.of());
    }

    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        for (String item : text.split(",", -1)) {
            items.add(item.strip());
        }
        if (items.size() > 1 && items.get(items.size() - 1).isEmpty()) {
            items.remove(items.size() - 1);
        }
        return items;
    }

    /**
     * A list of names of a known length. Names may have commas in them when each is on a line of its own. Names that cannot
     * be told apart are left out, with a note; fewer names than needed are malformed.
     */
    Optional<List<String>> names(String key, int count, String unit) throws IOException {
        Optional<String> text = text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<String> byComma = new ArrayList<>();
        for (String item : text.get().split(",", -1)) {
            byComma.add(item.strip());
        }
        if (byComma.size() == count) {
            return Optional.of(byComma);
        }
        List<String> items = items(text.get());
        if (items.size() == count) {
            return Optional.of(items);
        }
        if (items.size() < count) {
            throw malformed(where(key), items.size() + " names", count + ", one a " + unit);
        }
        List<String> byLine = text.get()
                .lines()
                .map(l -> l.strip().replaceFirst(",$", "").strip())
                .toList();
        if (byLine.size() == count) {
            return Optional.of(byLine);
        }
        note("did not use '" + key + "': " + items.size() + " names for " + count + " " + unit + "s");
        return Optional.empty();
    }

    /** Line and key, for messages. */
    String where(String key) {
        Field field = fields.get(key);
        return (field == null ? "field '" : "line " + field.line() + ", '") + key + "'";
    }

    MalformedFileException malformed(String where, String found, String expected) {
        return new MalformedFileException(file, where, found, expected);
    }

    /** How the samples lie in the binary. */
    RasterLayout layout() throws IOException {
        refuseUnsupported();
        int samples = (int) whole("samples", 1, Integer.MAX_VALUE);
        int lines = (int) whole("lines", 1, Integer.MAX_VALUE);
        int bands = (int) whole("bands", 1, Integer.MAX_VALUE);
        if ((long) samples * lines > Integer.MAX_VALUE) {
            throw malformed(
                    "fields 'samples' and 'lines'",
                    samples + " x " + lines + " pixels",
                    "at most " + Integer.MAX_VALUE);
        }
        long offset = whole("header offset", 0, Long.MAX_VALUE, 0);
        int code = (int) whole("data type", 0, Integer.MAX_VALUE);
        SampleType type = SampleType.ofEnviCode(code)
                .orElseThrow(() -> malformed(
                        where("data type"),
                        code + (code == 6 || code == 9 ? " (complex numbers)" : ""),
                        "1, 2, 3, 4, 5, 12, 13, 14 or 15"));
        return new RasterLayout(samples, lines, bands, offset, type, interleave(), byteOrder());
    }

    private void refuseUnsupported() throws IOException {
        if (whole("file compression", 0, Long.MAX_VALUE, 0) != 0) {
            throw malformed(where("file compression"), "a compressed file", "0 (not compressed)");
        }
        for (String key : List.of("major frame offsets", "minor frame offsets")) {
            for (String item : list(key)) {
                if (number(key, item) != 0) {
                    throw malformed(where(key), "frame offset " + item, "0 (frames are not supported)");
                }
            }
        }
    }

    private Interleave interleave() throws IOException {
        String text = text("interleave").orElse("bsq");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "bsq" -> Interleave.BSQ;
            case "bil" -> Interleave.BIL;
            case "bip" -> Interleave.BIP;
            default -> throw malformed(where("interleave"), MalformedFileException.quote(text), "bsq, bil or bip");
        };
    }

    private ByteOrder byteOrder() throws IOException {
        return whole("byte order", 0, 1, 0) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }
}
