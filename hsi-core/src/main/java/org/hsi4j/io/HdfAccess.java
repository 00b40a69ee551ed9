package org.hsi4j.io;

import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
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
import java.nio.channels.FileChannel;
import java.nio.file.Files;
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
    /** Most bytes that one deflated byte stands for. */
    private static final long DEFLATED = 1032;
    /** Bytes that are always taken: chunks that were never written are in no file. */
    private static final long ALWAYS = 16 << 20;

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

    /**
     * Opens a file. Up to 2 GiB it is mapped: what the file claims to be long is then cut out of it, and refused where
     * it ends before; from a channel jHDF takes as much of the heap as the file claims before it reads.
     */
    static HdfFile open(FileChannel channel) throws IOException {
        if (channel.size() > Integer.MAX_VALUE) {
            return new HdfFile(channel);
        }
        ByteBuffer whole;
        try {
            whole = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        } catch (UnsupportedOperationException e) {
            return new HdfFile(channel); // files of such a file system cannot be mapped
        }
        return HdfFile.fromByteBuffer(whole);
    }

    /** Fails where the numbers do not fit in an array of bytes, or cannot come out of so short a file. */
    static void requireArray(Path file, String where, long bytes) throws IOException {
        if (bytes > LARGEST_ARRAY) {
            throw new MalformedFileException(
                    file, where, bytes + " bytes of numbers", "at most " + LARGEST_ARRAY + " to be loaded");
        }
        long length = Files.size(file);
        if (bytes > Math.max(ALWAYS, DEFLATED * length)) {
            throw new MalformedFileException(
                    file, where, bytes + " bytes out of a file of " + length, "at most " + DEFLATED + " times as many");
        }
    }

    /** Fails where a chunk, which may be larger than its dataset, does not fit on the heap. */
    static void requireChunk(Path file, String where, Dataset dataset) throws IOException {
        if (dataset instanceof ChunkedDataset chunked) {
            int[] chunk = call(file, where, chunked::getChunkDimensions);
            long bytes = dataset.getDataType().getSize();
            for (int length : chunk) {
                bytes = length < 1 || bytes > LARGEST_ARRAY ? Long.MAX_VALUE : bytes * length;
            }
            if (chunk.length != dimensions(dataset).length) {
                throw new MalformedFileException(
                        file,
                        where,
                        "chunks of " + chunk.length + " dimensions",
                        "as many as the array has, " + dimensions(dataset).length);
            }
            requireArray(file, where, bytes);
            Heap.require(file, 3 * bytes); // as stored, unpacked and cut
        }
    }

    /** The contents of an attribute; a file cannot be shorter. */
    static Object data(Path file, Attribute attribute) throws IOException {
        long bytes = attribute.getDataType().getSize();
        for (int length : attribute.getDimensions()) {
            bytes = Math.multiplyExact(bytes, (long) length);
        }
        if (bytes > Files.size(file)) {
            throw new MalformedFileException(
                    file,
                    "attribute " + MalformedFileException.quote(attribute.getName()),
                    bytes + " bytes",
                    "at most the " + Files.size(file) + " of the file");
        }
        return attribute.getData();
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
