package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A file that does not hold what its format demands, or holds something of its format that is not supported: says which
 * file, where in it, what was found and what was expected.
 *
 * @serial exclude
 */
public final class MalformedFileException extends IOException {
    private static final long serialVersionUID = 1L;
    private static final int LONGEST_QUOTE = 120;

    private final String file;
    private final String where;
    private final String found;
    private final String expected;

    /**
     * A malformed file.
     *
     * @param file the file
     * @param where the line, field or variable
     * @param found what is there
     * @param expected what should be there
     */
    public MalformedFileException(Path file, String where, String found, String expected) {
        this(file, where, found, expected, null);
    }

    /**
     * A malformed file, found by a library or a parser that threw.
     *
     * @param file the file
     * @param where the line, field or variable
     * @param found what is there
     * @param expected what should be there
     * @param cause what was thrown
     */
    public MalformedFileException(Path file, String where, String found, String expected, @Nullable Throwable cause) {
        super(file + ": " + where + ": found " + found + ", expected " + expected, cause);
        this.file = file.toString();
        this.where = where;
        this.found = found;
        this.expected = expected;
    }

    /** A text of the file as a message may show it: short, on one line, printable. */
    static String quote(String text) {
        String cut = text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE) + "..." : text;
        StringBuilder shown = new StringBuilder("'");
        cut.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
        return shown.append('\'').toString();
    }

    /**
     * The file.
     *
     * @return its path
     */
    public String file() {
        return file;
    }

    /**
     * Where in the file.
     *
     * @return line, field or variable
     */
    public String where() {
        return where;
    }

    /**
     * What is there.
     *
     * @return a few words
     */
    public String found() {
        return found;
    }

    /**
     * What should be there.
     *
     * @return a few words
     */
    public String expected() {
        return expected;
    }
}
