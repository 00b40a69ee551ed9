package org.hsi4j.examples;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A file as the command line names it: {@code path} or {@code path:variable}. What exists as a whole is a path, so a colon in
 * a path does no harm, and neither does the one after the letter of a Windows drive.
 */
final class FileSpec {
    private final Path path;
    private final @Nullable String variable;

    private FileSpec(Path path, @Nullable String variable) {
        this.path = path;
        this.variable = variable;
    }

    static FileSpec parse(String text) {
        if (text.isBlank()) {
            throw new UsageException("a file name is empty");
        }
        if (exists(text)) {
            return new FileSpec(Path.of(text), null);
        }
        for (int colon = text.lastIndexOf(':'); colon > 0; colon = text.lastIndexOf(':', colon - 1)) {
            if (colon < text.length() - 1 && exists(text.substring(0, colon))) {
                return split(text, colon);
            }
        }
        // Nothing of it exists: the message about the missing file shall name the file.
        int colon = text.lastIndexOf(':');
        boolean drive = colon == 1 && Character.isLetter(text.charAt(0));
        return colon <= 0 || drive || colon == text.length() - 1 || text.indexOf('/', colon) >= 0
                ? new FileSpec(path(text), null)
                : split(text, colon);
    }

    private static FileSpec split(String text, int colon) {
        return new FileSpec(path(text.substring(0, colon)), text.substring(colon + 1));
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (java.nio.file.InvalidPathException e) {
            throw new UsageException("'" + text + "' is no file name: " + e.getReason());
        }
    }

    private static boolean exists(String text) {
        try {
            return Files.exists(Path.of(text));
        } catch (java.nio.file.InvalidPathException e) {
            return false;
        }
    }

    Path path() {
        return path;
    }

    Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    @Override
    public String toString() {
        return variable == null ? path.toString() : path + ":" + variable;
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<FileSpec> {

        @Override
        public FileSpec convert(String text) {
            try {
                return parse(text);
            } catch (UsageException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
