package org.hsi4j.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Finds the real scenes and the oracle files, which lie in a folder {@code shared} beside the checkout. The build names the
 * folder in the system property {@code hsi4j.shared}; a test started without it (from an IDE) looks beside the working
 * directory and one level up.
 */
public final class SharedFiles {

    /** The system property that names the folder. */
    public static final String PROPERTY = "hsi4j.shared";

    private SharedFiles() {}

    /**
     * A file or folder among the real scenes.
     *
     * @param relative the path inside {@code shared/data}, with forward slashes
     * @return the path, which exists
     */
    public static Path data(String relative) {
        return existing("data", relative);
    }

    /**
     * A file or folder among the expected results of other tools.
     *
     * @param relative the path inside {@code shared/oracle}, with forward slashes
     * @return the path, which exists
     */
    public static Path oracle(String relative) {
        return existing("oracle", relative);
    }

    /** The folder, when there is one. */
    static Optional<Path> root() {
        return candidates().stream().filter(Files::isDirectory).findFirst();
    }

    /** Where the folder is looked for, in this order. */
    static List<Path> candidates() {
        String named = System.getProperty(PROPERTY);
        Stream<String> places =
                named == null || named.isBlank() ? Stream.of("../shared", "../../shared") : Stream.of(named);
        return places.map(place -> Path.of(place).toAbsolutePath().normalize()).toList();
    }

    private static Path existing(String kind, String relative) {
        Objects.requireNonNull(relative, "relative");
        Path root = root().orElseThrow(() -> new IllegalStateException("no shared folder at " + candidates()));
        Path path = root.resolve(kind).resolve(relative);
        if (!Files.exists(path)) {
            throw new IllegalStateException("no such shared file: " + path);
        }
        return path;
    }
}
