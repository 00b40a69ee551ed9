package org.hsi4j.io;

import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ChunkedDataset;
import io.jhdf.dataset.DatasetBase;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the readers of HDF5 files share: jHDF with its failures told as ours, and reading by slices. */
final class HdfAccess {
    private static final int MOST_NODES = 1 << 16;
    /** The largest array of bytes a JVM is sure to give. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;
    /** Bytes of a slice where the file does not say how to cut: enough for the disk, little for the heap. */
    private static final long SLICE = 8 << 20;

    private HdfAccess() {}

    /** A piece of reading. */
    interface Reading<T> {
        T run() throws IOException;
    }

    /** Reads, and turns whatever jHDF throws at a damaged file into our exception. */
    static <T> T call(Path file, String where, Reading<T> reading) throws IOException {
        try {
            return reading.run();
        } catch (RuntimeException | VirtualMachineError | LinkageError e) {
            // jHDF trusts what it reads: besides its own exceptions there are those of buffers, arrays, maps, depth and
            // sizes, and a missing class where a filter is one that we leave out
            String message = e.getMessage();
            throw new MalformedFileException(
                    file,
                    where,
                    "contents that cannot be read ("
                            + (message == null ? e.getClass().getSimpleName() : message) + ")",
                    "a whole HDF5 file with filters that are known",
                    e);
        }
    }

    /** The members of a group, links to elsewhere left out. */
    static List<Node> children(Path file, Group group) throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (Node node : group.getChildren().values()) {
            if (nodes.size() == MOST_NODES) {
                throw new MalformedFileException(file, "group", "more members", "at most " + MOST_NODES);
            }
            if (!node.isLink()) {
                nodes.add(node);
            }
        }
        return nodes;
    }

    /** How the numbers of an array are stored. */
    static MatStorage storage(Dataset dataset) {
        DataType type = dataset.getDataType();
        int bytes = type.getSize();
        if (type instanceof FixedPoint whole) {
            boolean padded = whole.getBitPrecision() != 8 * bytes || whole.getBitOffset() != 0;
            return padded ? MatStorage.NONE : MatStorage.integers(bytes, whole.isSigned());
        }
        if (type instanceof FloatingPoint) {
            return bytes == 4 ? MatStorage.SINGLE : bytes == 8 ? MatStorage.DOUBLE : MatStorage.NONE;
        }
        return MatStorage.NONE;
    }

    /** Name of a storage as MATLAB writes it. */
    static String words(MatStorage storage) {
        return storage == MatStorage.NONE ? "not numbers" : storage.name().toLowerCase(Locale.ROOT);
    }

    /** The dimensions in the order of the file, none for a scalar. */
    static int[] dimensions(Dataset dataset) {
        return dataset.isScalar() ? new int[0] : dataset.getDimensions();
    }

    /** Fails where the numbers do not fit in an array of bytes. */
    static void requireArray(Path file, String where, long bytes) throws IOException {
        if (bytes > LARGEST_ARRAY) {
            throw new MalformedFileException(
                    file, where, bytes + " bytes of numbers", "at most " + LARGEST_ARRAY + " to be loaded");
        }
    }

    /** All numbers of an array, read in slices across its first axis. */
    static ByteBuffer load(Dataset dataset) {
        int[] shape = dimensions(dataset);
        int bytes = dataset.getDataType().getSize();
        for (int length : shape) {
            bytes = Math.multiplyExact(bytes, length);
        }
        if (shape.length == 0) {
            return inFileOrder(((DatasetBase) dataset).getDataBuffer(), dataset);
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        int step = sliceLength(dataset, bytes / shape[0]);
        long[] from = new long[shape.length];
        int[] slice = shape.clone();
        for (int first = 0; first < shape[0]; first += step) {
            from[0] = first;
            slice[0] = Math.min(step, shape[0] - first);
            all.put(box(dataset, from, slice));
        }
        return inFileOrder(all.flip(), dataset);
    }

    private static int sliceLength(Dataset dataset, int bytesPerIndex) {
        int atLeast = dataset instanceof ChunkedDataset chunked ? chunked.getChunkDimensions()[0] : 1;
        return Math.max(
                1, (int) Math.min(Integer.MAX_VALUE / 2, Math.max(atLeast, SLICE / bytesPerIndex / atLeast * atLeast)));
    }

    /** A box of an array, its last index running fastest, in the byte order of the file. */
    static ByteBuffer box(Dataset dataset, long[] from, int[] shape) {
        return inFileOrder(((DatasetBase) dataset).getSliceDataBuffer(from, shape), dataset);
    }

    private static ByteBuffer inFileOrder(ByteBuffer buffer, Dataset dataset) {
        return dataset.getDataType() instanceof OrderedDataType ordered ? buffer.order(ordered.getByteOrder()) : buffer;
    }
}
