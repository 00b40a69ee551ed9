package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.hsi4j.Cube;

/** A folder that is one scene: a DESIS or EnMAP product, or GeoTIFF files of a band each. */
final class SceneFolder {
    private static final int MOST_FILES = 10_000;

    private SceneFolder() {}

    static Cube read(Path folder, ReadOptions options) throws IOException {
        List<Path> files = files(folder);
        List<Path> products = files.stream().filter(DlrProduct::isMetadata).toList();
        if (products.size() > 1) {
            throw new IllegalArgumentException(folder + " holds several products; open one of "
                    + products.stream().map(EnviFiles::name).toList());
        }
        if (products.size() == 1) {
            return new DlrProduct().read(products.get(0), options);
        }
        List<Path> tiffs = files.stream().filter(SceneFolder::isTiff).toList();
        if (tiffs.isEmpty()) {
            throw new FileSystemException(
                    folder.toString(),
                    null,
                    "is a directory, not a file, and has no GeoTIFF of a band or a product in it");
        }
        return TiffStack.ofFolder(folder, tiffs, options);
    }

    private static boolean isTiff(Path file) {
        String name = EnviFiles.name(file).toLowerCase(Locale.ROOT);
        return name.endsWith(".tif") || name.endsWith(".tiff");
    }

    /** The files of a folder, by name. */
    static List<Path> files(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                if (files.size() == MOST_FILES) {
                    throw new FileSystemException(
                            folder.toString(), null, "is a directory with more than " + MOST_FILES + " files");
                }
                if (Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        }
        files.sort(Comparator.comparing(EnviFiles::name));
        return files;
    }
}
