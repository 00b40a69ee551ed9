package org.hsi4j.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import org.hsi4j.io.hdf.HdfAttribute;
import org.hsi4j.io.hdf.HdfDataset;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfLibrary;
import org.hsi4j.io.hdf.HdfNode;
import org.hsi4j.io.hdf.HdfType;

/** What the readers of HDF5 files share: the library with its failures told as ours, and reading by slices. */
final class HdfAccess {
    /** What brings a library. */
    private static final String ARTIFACT = "org.hsi4j:hsi-hdf5";

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

    /** Reads, and turns whatever the library throws at a damaged file into our exception. */
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
    static List<HdfNode> children(Path file, HdfGroup group) throws IOException {
        List<HdfNode> nodes = new ArrayList<>();
        for (HdfNode node : group.children()) {
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
    static MatStorage storage(HdfDataset dataset) {
        HdfType type = dataset.type();
        return switch (type.kind()) {
            case SIGNED -> MatStorage.integers(type.bytes(), true);
            case UNSIGNED -> MatStorage.integers(type.bytes(), false);
            case FLOATING ->
                type.bytes() == 4 ? MatStorage.SINGLE : type.bytes() == 8 ? MatStorage.DOUBLE : MatStorage.NONE;
            case COMPOUND, OTHER -> MatStorage.NONE;
        };
    }

    /** Name of a storage as MATLAB writes it. */
    static String words(MatStorage storage) {
        return storage == MatStorage.NONE ? "not numbers" : storage.name().toLowerCase(Locale.ROOT);
    }

    /** Opens a file with the HDF5 library there is. */
    static HdfGroup open(Path file, FileChannel channel) throws IOException {
        return ServiceLoader.load(HdfLibrary.class, HdfAccess.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IOException(file + " is an HDF5 file, which needs the artifact " + ARTIFACT
                        + " on the class path or module path"))
                .open(channel);
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
    static void requireChunk(Path file, String where, HdfDataset dataset) throws IOException {
        Optional<int[]> chunk = call(file, where, dataset::chunk);
        if (chunk.isEmpty()) {
            return;
        }
        long bytes = dataset.type().bytes();
        for (int length : chunk.get()) {
            bytes = length < 1 || bytes > LARGEST_ARRAY ? Long.MAX_VALUE : bytes * length;
        }
        int dimensions = dataset.dimensions().length;
        if (chunk.get().length != dimensions) {
            throw new MalformedFileException(
                    file,
                    where,
                    "chunks of " + chunk.get().length + " dimensions",
                    "as many as the array has, " + dimensions);
        }
        requireArray(file, where, bytes);
        Heap.require(file, 3 * bytes); // as stored, unpacked and cut
    }

    /** The contents of an attribute; a file cannot be shorter. */
    static Object data(Path file, HdfAttribute attribute) throws IOException {
        if (attribute.bytes() > Files.size(file)) {
            throw new MalformedFileException(
                    file,
                    "attribute " + MalformedFileException.quote(attribute.name()),
                    attribute.bytes() + " bytes",
                    "at most the " + Files.size(file) + " of the file");
        }
        return attribute.value();
    }

    /** All numbers of an array, read in slices across its first axis. */
    static ByteBuffer load(HdfDataset dataset) {
        int[] shape = dataset.dimensions();
        if (shape.length == 0) {
            return dataset.all();
        }
        int bytes = dataset.type().bytes();
        for (int length : shape) {
            bytes = Math.multiplyExact(bytes, length);
        }
        ByteBuffer all = ByteBuffer.allocate(bytes);
        int step = sliceLength(dataset, bytes / shape[0]);
        long[] from = new long[shape.length];
        int[] slice = shape.clone();
        for (int first = 0; first < shape[0]; first += step) {
            from[0] = first;
            slice[0] = Math.min(step, shape[0] - first);
            ByteBuffer read = dataset.box(from, slice);
            all.order(read.order()).put(read);
        }
        return all.flip();
    }

    private static int sliceLength(HdfDataset dataset, int bytesPerIndex) {
        int atLeast = dataset.chunk().map(chunk -> chunk[0]).orElse(1);
        return Math.max(
                1, (int) Math.min(Integer.MAX_VALUE / 2, Math.max(atLeast, SLICE / bytesPerIndex / atLeast * atLeast)));
    }
}
