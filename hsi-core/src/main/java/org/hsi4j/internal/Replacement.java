package org.hsi4j.internal;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** A file that is written beside its target and takes its place once it is complete; closed before that, it is gone. */
public final class Replacement implements Closeable {
    private final Path target;
    private final Path file;

    /** What is written. */
    @FunctionalInterface
    public interface Content {

        /**
         * Writes all of it.
         *
         * @param out buffered, closed by the caller
         * @throws IOException if that fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Nothing is written yet.
     *
     * @param target the file to be replaced, or to come into being
     */
    public Replacement(Path target) {
        this.target = target;
        this.file = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".tmp");
    }

    /**
     * Writes a whole file, or leaves what was there before as it was.
     *
     * @param target the file
     * @param content what to write
     * @throws IOException if that fails
     */
    public static void write(Path target, Content content) throws IOException {
        requireWritable(target);
        try (Replacement replacement = new Replacement(target)) {
            try (OutputStream out = new BufferedOutputStream(
                    Files.newOutputStream(replacement.file(), StandardOpenOption.CREATE_NEW))) {
                content.writeTo(out);
            }
            replacement.commit();
        }
    }

    /**
     * Fails where writing the target would, before any work is done.
     *
     * @param target the file
     * @throws IOException if it cannot be written
     */
    public static void requireWritable(Path target) throws IOException {
        Path folder = target.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString(), null, "there is no such folder to write to");
        }
        if (Files.isDirectory(target)) {
            throw new FileSystemException(target.toString(), null, "is a directory, not a file");
        }
    }

    /**
     * Where to write.
     *
     * @return a file that does not exist yet
     */
    public Path file() {
        return file;
    }

    /**
     * Puts the file in the place of the target, which may exist.
     *
     * @throws IOException if that fails
     */
    public void commit() throws IOException {
        try {
            Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(file, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
