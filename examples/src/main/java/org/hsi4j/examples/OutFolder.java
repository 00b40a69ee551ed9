package org.hsi4j.examples;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder of results. The files are written into a hidden folder inside it and moved into place together by {@link #commit};
 * when that is never called, nothing is left behind.
 */
final class OutFolder implements AutoCloseable {
    private final Path target;
    private final Path staging;
    private final @Nullable Path created;
    private final Map<String, Path> files = new LinkedHashMap<>();
    private boolean committed;
    private boolean closed;

    private OutFolder(Path target, Path staging, @Nullable Path created) {
        this.target = target;
        this.staging = staging;
        this.created = created;
    }

    /** Opens a folder, which is created where it does not exist, so that a wrong one is found out before the work. */
    static OutFolder open(Path target) throws IOException {
        if (Files.exists(target) && !Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a file, not a folder");
        }
        Path created = topmostMissing(target);
        Files.createDirectories(target);
        return new OutFolder(target, Files.createTempDirectory(target, ".hsi-"), created);
    }

    private static @Nullable Path topmostMissing(Path target) {
        Path missing = null;
        for (Path p = target.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
            missing = p;
        }
        return missing;
    }

    /**
     * Where to write a file.
     *
     * @param key what the file is, for the output of the command
     * @param name its name
     * @return a path to write to, at once
     */
    Path file(String key, String name) {
        files.put(key, Path.of(name));
        return staging.resolve(name);
    }

    /**
     * Moves all files into place and says where they are.
     *
     * @param option the option that named the folder; its name and those of the files become keys
     * @param facts receives the paths
     */
    synchronized void commit(String option, Facts facts) throws IOException {
        List<Path> written;
        try (Stream<Path> list = Files.list(staging)) {
            written = list.toList();
        }
        for (Path file : written) {
            Files.move(file, target.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        }
        committed = true;
        facts.put(option, target.toString());
        files.forEach((key, name) ->
                facts.put(option + "_" + key, target.resolve(name).toString()));
    }

    /** Takes the hidden folder away, and the folder itself when it was made for nothing; does no harm when done twice. */
    @Override
    public synchronized void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (Stream<Path> all = Files.walk(staging)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
        if (!committed && created != null) {
            deleteEmpty(target.toAbsolutePath(), created);
        }
    }

    /** Takes back the folders that were created for nothing. */
    private static void deleteEmpty(Path from, Path to) throws IOException {
        try {
            for (Path p = from; p != null && p.startsWith(to); p = p.getParent()) {
                Files.deleteIfExists(p);
            }
        } catch (DirectoryNotEmptyException e) {
            // Someone else put a file there in the meantime.
            return;
        }
    }
}
