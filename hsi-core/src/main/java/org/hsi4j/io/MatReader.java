package org.hsi4j.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.hsi4j.Cube;

/** MAT-files among the formats of {@link Cubes}. */
final class MatReader implements CubeReader {

    @Override
    public String name() {
        return "MAT-file";
    }

    @Override
    public boolean canRead(Path file, byte[] head) {
        String mark = head.length < 128 ? "" : new String(head, 124, 4, StandardCharsets.ISO_8859_1);
        String fileName = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return fileName.endsWith(".mat")
                || new String(head, StandardCharsets.ISO_8859_1).startsWith("MATLAB")
                || mark.equals("\0\1IM")
                || mark.equals("\1\0MI");
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        return MatFile.open(file).cube(options);
    }
}
