package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The datasets of an HDF5 file that MATLAB did not write, their axes as listed but the first index running fastest. */
final class HdfMatrices implements ArrayFile {
    private final Path file;
    private final List<ArrayEntry> entries;

    private HdfMatrices(Path file, List<ArrayEntry> entries) {
        this.file = file;
        this.entries = List.copyOf(entries);
    }

    /** Reads the table of contents. */
    static HdfMatrices read(Path file) throws IOException {
        HdfContents contents = HdfContents.open(file);
        try {
            return new HdfMatrices(
                    file, contents.entries().stream().map(HdfMatrices::asMatrix).toList());
        } finally {
            contents.close();
        }
    }

    /** Vectors are columns and scalars have two dimensions too, as MATLAB has them. */
    private static ArrayEntry asMatrix(ArrayEntry entry) {
        List<Integer> dimensions = entry.dimensions();
        if (!entry.isNumeric() || dimensions.size() > 1) {
            return entry;
        }
        return new ArrayEntry(
                entry.name(),
                List.of(dimensions.isEmpty() ? 1 : dimensions.get(0), 1),
                entry.type(),
                entry.isComplex(),
                entry.isLogical(),
                entry.storage(),
                entry.dataBytes(),
                entry.position());
    }

    @Override
    public List<ArrayEntry> entries() {
        return entries;
    }

    @Override
    public Optional<String> note() {
        return Optional.of("HDF5: the axes are as the file lists them");
    }

    @Override
    public MatNumbers numbers(ArrayEntry entry) throws IOException {
        HdfAccess.requireArray(file, "dataset " + MalformedFileException.quote(entry.name()), 8 * entry.count());
        Heap.require(file, 16 * entry.count());
        HdfContents contents = HdfContents.open(file);
        try {
            double[] numbers = contents.numbers(entry.name());
            if (numbers.length != entry.count()) {
                throw new IOException(file + " was changed while it was read");
            }
            return new MatNumbers(ByteBuffer.wrap(turned(numbers, entry.dimensions())), MatStorage.DOUBLE);
        } finally {
            contents.close();
        }
    }

    /** From the last index running fastest to the first one. */
    private static byte[] turned(double[] numbers, List<Integer> dimensions) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(8, numbers.length));
        int[] index = new int[dimensions.size()];
        long[] step = new long[index.length];
        long next = 1;
        for (int axis = index.length - 1; axis >= 0; axis--) {
            step[axis] = next;
            next *= dimensions.get(axis);
        }
        long from = 0;
        for (int i = 0; i < numbers.length; i++) {
            bytes.putDouble(numbers[(int) from]);
            for (int axis = 0; axis < index.length; axis++) {
                from += step[axis];
                if (++index[axis] < dimensions.get(axis)) {
                    break;
                }
                from -= step[axis] * index[axis];
                index[axis] = 0;
            }
        }
        return bytes.array();
    }
}
