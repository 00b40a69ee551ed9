package org.hsi4j.io;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the two files of an ENVI image or library: the header {@code x.hdr} or {@code x.img.hdr}, and the binary {@code x} or
 * {@code x} with any extension.
 */
final class EnviFiles {
    private static final String HEADER = ".hdr";

    /** Extensions of binaries, the usual ones first. */
    private static final List<String> BINARIES = List.of(
            ".img", ".dat", ".bsq", ".bil", ".bip", ".raw", ".bin", ".sli", ".slb", ".cube", ".rfl", ".rad", ".rdn",
            ".envi");

    /** Extensions of what lies beside an image and is none. */
    private static final Set<String> OTHERS = Set.of(
            ".hdr", ".xml", ".txt", ".csv", ".json", ".png", ".jpg", ".jpeg", ".tif", ".tiff", ".mat", ".h5", ".nc",
            ".zip", ".gz", ".pdf", ".html", ".md", ".ovr", ".enp", ".evf", ".roi", ".prj", ".kml", ".sta", ".tfw",
            ".bak", ".tmp");

    private EnviFiles() {}

    /** Whether the file is a header or has one beside it. */
    static boolean isEnvi(Path file, byte[] head) throws IOException {
        return EnviHeader.isHeader(head) || findHeader(file).isPresent();
    }

    /** The header of a binary. */
    static Optional<Path> findHeader(Path binary) throws IOException {
        String name = name(binary);
        List<String> candidates = new ArrayList<>();
        for (String stem : List.of(name, stem(name))) {
            candidates.add(stem + HEADER);
            candidates.add(stem + ".HDR");
            candidates.add(stem + ".Hdr");
        }
        for (String candidate : candidates) {
            Path path = binary.resolveSibling(candidate);
            if (Files.isRegularFile(path) && !candidate.equals(name) && EnviHeader.isHeader(head(path))) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    /**
     * The binary of a header: the header's name without {@code .hdr}; else that with a usual extension; else the only file
     * with that stem which is not known to be something else.
     */
    static Path findBinary(Path header) throws IOException {
        String name = name(header);
        String base = name.toLowerCase(Locale.ROOT).endsWith(HEADER)
                ? name.substring(0, name.length() - HEADER.length())
                : stem(name);
        Path exact = header.resolveSibling(base);
        if (!base.equals(name) && Files.isRegularFile(exact)) {
            return exact;
        }
        for (String extension : BINARIES) {
            for (String written : List.of(extension, extension.toUpperCase(Locale.ROOT))) {
                Path path = header.resolveSibling(base + written);
                if (Files.isRegularFile(path) && !name(path).equals(name)) {
                    return path;
                }
            }
        }
        List<Path> others = new ArrayList<>();
        Path folder = header.toAbsolutePath().getParent();
        if (folder != null) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
                for (Path path : files) {
                    String other = name(path);
                    if (stem(other).equals(base)
                            && !other.equals(name)
                            && !OTHERS.contains(extension(other))
                            && Files.isRegularFile(path)) {
                        others.add(header.resolveSibling(other));
                    }
                }
            }
        }
        if (others.size() == 1) {
            return others.get(0);
        }
        throw new NoSuchFileException(
                exact.toString(),
                null,
                others.isEmpty()
                        ? "the header " + name + " has no binary beside it"
                        : "any of "
                                + others.stream().map(EnviFiles::name).sorted().toList()
                                + " may be the binary of the header " + name + "; open the one that is");
    }

    /** Where the samples go when a person names the header or the binary. */
    static Path binaryToWrite(Path path) throws IOException {
        String name = name(path);
        if (!extension(name).equals(HEADER)) {
            if (OTHERS.contains(extension(name))) {
                throw new IllegalArgumentException(
                        path + ": images are written in the ENVI format, to a name in .hdr, .img or without extension");
            }
            return path;
        }
        String base = stem(name);
        Path exact = path.resolveSibling(base);
        if (BINARIES.contains(extension(base))) {
            return exact;
        }
        if (Files.exists(exact)) {
            throw new FileAlreadyExistsException(
                    exact.toString(), null, "a reader would take it for the binary of the header " + name);
        }
        return path.resolveSibling(base + BINARIES.get(0));
    }

    /** Where the header goes: where a reader of the binary will look for it first. */
    static Path headerToWrite(Path path, Path binary) throws IOException {
        Optional<Path> present = findHeader(binary);
        if (path.equals(binary) && present.isPresent()) {
            return present.get();
        }
        if (present.isPresent() && !present.get().equals(path)) {
            throw new FileAlreadyExistsException(
                    present.get().toString(), null, "a reader would take it for the header of " + name(binary));
        }
        if (!path.equals(binary)) {
            return path;
        }
        String name = name(binary);
        return binary.resolveSibling((BINARIES.contains(extension(name)) ? stem(name) : name) + HEADER);
    }

    static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    /** A name without its last extension. */
    static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    private static String extension(String name) {
        return name.substring(stem(name).length()).toLowerCase(Locale.ROOT);
    }

    private static byte[] head(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(64);
        }
    }
}
