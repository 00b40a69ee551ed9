package org.hsi4j.io;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.hsi4j.Cube;
import org.hsi4j.Precision;

/** Matrices in text files among the formats of {@link Cubes}; the options give rows and columns of the image. */
final class TableReader implements CubeReader {

    @Override
    public String name() {
        return "matrix in a text file (.csv, .tsv)";
    }

    @Override
    public boolean canRead(Path file, byte[] head) {
        String name = EnviFiles.name(file).toLowerCase(Locale.ROOT);
        return (name.endsWith(".csv") || name.endsWith(".tsv"))
                && head.length > 0
                && new String(head, StandardCharsets.ISO_8859_1).indexOf('\0') < 0
                && !EnviHeader.isHeader(head);
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        TextTable table = TextTable.read(file);
        List<String> notes = new ArrayList<>();
        notes.add("read from " + file.getFileName() + ", matrix of " + table.rows() + "x" + table.columns());
        if (!table.titles().isEmpty() || !table.labels().isEmpty()) {
            notes.add("did not use the titles of columns and the labels of rows");
        }
        int width = table.columns();
        ArrayCube shape = ArrayCube.of(file, List.of(table.rows(), width), new long[] {width, 1}, options, notes);
        long count = (long) table.rows() * width;
        if (count > Integer.MAX_VALUE - 8) {
            throw new MalformedFileException(file, "matrix", count + " numbers", "fewer than 2^31");
        }
        Precision precision = options.precision().orElse(Precision.DOUBLE);
        Heap.require(file, count * (precision == Precision.FLOAT ? 4L : 8L));
        Cube.Builder builder = shape.load(i -> table.get(i / width, i % width), precision);
        notes.forEach(builder::provenance);
        return builder.name(EnviFiles.stem(EnviFiles.name(file))).build();
    }
}
