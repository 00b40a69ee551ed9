package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hsi4j.io.hdf.HdfAttribute;
import org.hsi4j.io.hdf.HdfDataset;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfNode;
import org.hsi4j.io.hdf.HdfType;
import org.jspecify.annotations.Nullable;

/** The variables of a MAT-file version 7.3, which is an HDF5 file whose axes MATLAB counts from the other end. */
final class HdfArrays implements ArrayFile {
    private static final Set<String> NUMERIC = Set.of(
            "double", "single", "int8", "uint8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "logical");

    private final Path file;
    private final List<ArrayEntry> entries;

    private HdfArrays(Path file, List<ArrayEntry> entries) {
        this.file = file;
        this.entries = List.copyOf(entries);
    }

    /** Reads the table of contents. */
    static HdfArrays read(Path file) throws IOException {
        return HdfAccess.call(file, "file", () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                return new HdfArrays(file, variables(file, HdfAccess.open(file, channel)));
            }
        });
    }

    private static List<ArrayEntry> variables(Path file, HdfGroup root) throws IOException {
        List<ArrayEntry> entries = new ArrayList<>();
        for (HdfNode node : HdfAccess.children(file, root)) {
            if (!node.name().startsWith("#")) { // what MATLAB keeps for itself
                entries.add(entry(file, node));
            }
        }
        return entries;
    }

    private static ArrayEntry entry(Path file, HdfNode node) throws IOException {
        try {
            String type = matlabClass(file, node);
            return node instanceof HdfDataset dataset
                    ? array(dataset, type)
                    : other(node, type == null ? "struct" : type);
        } catch (RuntimeException e) {
            return other(node, "unreadable");
        }
    }

    private static ArrayEntry other(HdfNode node, String type) {
        return new ArrayEntry(node.name(), List.of(), type, false, false, MatStorage.NONE, 0, node.address());
    }

    private static ArrayEntry array(HdfDataset dataset, @Nullable String type) {
        MatStorage storage = type == null || NUMERIC.contains(type) ? HdfAccess.storage(dataset) : MatStorage.NONE;
        int[] dimensions = dataset.dimensions();
        Integer[] reversed = new Integer[Math.max(2, dimensions.length)];
        Arrays.fill(reversed, 1);
        for (int i = 0; i < dimensions.length; i++) {
            reversed[i] = dimensions[dimensions.length - 1 - i];
        }
        if (dataset.attribute("MATLAB_empty").isPresent()) {
            Arrays.fill(reversed, 0); // MATLAB keeps the dimensions of an empty array in its place
        }
        long bytes = storage.bytes();
        for (int length : reversed) {
            bytes = Math.multiplyExact(bytes, (long) length);
        }
        return new ArrayEntry(
                dataset.name(),
                List.of(reversed),
                type != null ? type : HdfAccess.words(storage),
                dataset.type().kind() == HdfType.Kind.COMPOUND,
                "logical".equals(type),
                storage,
                storage == MatStorage.NONE ? 0 : bytes,
                dataset.address());
    }

    private static @Nullable String matlabClass(Path file, HdfNode node) throws IOException {
        if (node.attribute("MATLAB_sparse").isPresent()) {
            return "sparse";
        }
        Optional<HdfAttribute> attribute = node.attribute("MATLAB_class");
        return attribute.isPresent() && HdfAccess.data(file, attribute.get()) instanceof String name ? name : null;
    }

    @Override
    public List<ArrayEntry> entries() {
        return entries;
    }

    @Override
    public Optional<String> note() {
        return Optional.of("MAT-file version 7.3: the axes of the HDF5 file are reversed");
    }

    @Override
    public MatNumbers numbers(ArrayEntry entry) throws IOException {
        String where = "variable " + MalformedFileException.quote(entry.name());
        HdfAccess.requireArray(file, where, entry.dataBytes());
        return HdfAccess.call(file, where, () -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                if (!(HdfAccess.open(file, channel).child(entry.name()).orElse(null) instanceof HdfDataset dataset)
                        || !entry(file, dataset).equals(entry)) {
                    throw new IOException(file + " was changed while it was read");
                }
                HdfAccess.requireChunk(file, where, dataset);
                ByteBuffer bytes = entry.dataBytes() == 0 ? ByteBuffer.allocate(0) : HdfAccess.load(dataset);
                return new MatNumbers(bytes, entry.storage());
            }
        });
    }
}
