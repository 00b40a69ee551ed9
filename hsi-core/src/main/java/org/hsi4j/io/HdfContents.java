package org.hsi4j.io;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hsi4j.io.hdf.HdfAttribute;
import org.hsi4j.io.hdf.HdfDataset;
import org.hsi4j.io.hdf.HdfGroup;
import org.hsi4j.io.hdf.HdfNode;
import org.jspecify.annotations.Nullable;

/**
 * The datasets of an HDF5 file under their paths ({@code group/dataset}). Dimensions and numbers are in the order of
 * the file, the last index running fastest. The file stays open as long as one of its datasets is in use; then the
 * channel is closed by the garbage collector.
 */
final class HdfContents {
    private static final int DEEPEST = 32;
    private static final int MOST_DATASETS = 1 << 16;

    private final Path file;
    private final FileChannel channel;
    private final HdfGroup root;
    private final Map<String, HdfDataset> datasets = new LinkedHashMap<>();
    private final List<ArrayEntry> entries = new ArrayList<>();
    private final Set<Long> seen = new HashSet<>();

    private HdfContents(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        this.root = HdfAccess.open(file, channel);
    }

    /** Opens a file and reads its table of contents. */
    static HdfContents open(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        try {
            return HdfAccess.call(file, "file", () -> {
                HdfContents contents = new HdfContents(file, channel);
                contents.add(contents.root, "", 0);
                return contents;
            });
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Closes the file, where nothing is going to be read any more. */
    void close() throws IOException {
        channel.close();
    }

    private void add(HdfGroup group, String path, int depth) throws IOException {
        if (depth > DEEPEST || datasets.size() > MOST_DATASETS) {
            throw new MalformedFileException(
                    file, "groups", "more", "at most " + DEEPEST + " levels and " + MOST_DATASETS + " datasets");
        }
        for (HdfNode node : HdfAccess.children(file, group)) {
            if (node instanceof HdfGroup inner && seen.add(inner.address())) {
                add(inner, path + inner.name() + "/", depth + 1);
            } else if (node instanceof HdfDataset dataset) {
                datasets.put(path + dataset.name(), dataset);
                entries.add(entry(path + dataset.name(), dataset));
            }
        }
    }

    private static ArrayEntry entry(String name, HdfDataset dataset) {
        try {
            MatStorage storage = HdfAccess.storage(dataset);
            long bytes = storage.bytes();
            List<Integer> dimensions =
                    Arrays.stream(dataset.dimensions()).boxed().toList();
            for (int length : dimensions) {
                bytes = Math.multiplyExact(bytes, (long) length);
            }
            return new ArrayEntry(
                    name,
                    dimensions,
                    HdfAccess.words(storage),
                    false,
                    false,
                    storage,
                    storage == MatStorage.NONE ? 0 : bytes,
                    dataset.address());
        } catch (RuntimeException e) {
            return new ArrayEntry(name, List.of(), "unreadable", false, false, MatStorage.NONE, 0, 0);
        }
    }

    /** The datasets, in the order of the file. */
    List<ArrayEntry> entries() {
        return entries;
    }

    /** A dataset. */
    Optional<HdfDataset> dataset(String path) {
        return Optional.ofNullable(datasets.get(path));
    }

    /** A dataset that the format demands. */
    HdfDataset required(String path) throws IOException {
        HdfDataset dataset = datasets.get(path);
        if (dataset == null) {
            throw new MalformedFileException(file, "datasets", "no '" + path + "'", "the layout of the product");
        }
        return dataset;
    }

    /** All numbers of a dataset of numbers. */
    double[] numbers(String path) throws IOException {
        HdfDataset dataset = required(path);
        ArrayEntry entry = entry(path, dataset);
        String where = "dataset " + MalformedFileException.quote(path);
        if (!entry.isNumeric()) {
            throw new MalformedFileException(file, where, entry.type(), "numbers");
        }
        HdfAccess.requireArray(file, where, entry.dataBytes());
        HdfAccess.requireChunk(file, where, dataset);
        Heap.require(file, 2 * entry.dataBytes() + 8 * entry.count());
        return HdfAccess.call(
                file,
                where,
                () -> entry.count() == 0
                        ? new double[0]
                        : new MatNumbers(HdfAccess.load(dataset), entry.storage()).toArray());
    }

    /** The numbers of an attribute of the file. */
    Optional<double[]> attribute(String name) throws IOException {
        return attribute(root, name);
    }

    /** The numbers of an attribute; empty when there is none, or it is not a number or a list of numbers. */
    Optional<double[]> attribute(HdfNode node, String name) throws IOException {
        return HdfAccess.call(file, "attribute " + MalformedFileException.quote(name), () -> {
            Optional<HdfAttribute> attribute = node.attribute(name);
            return attribute.isEmpty() || attribute.get().isEmpty()
                    ? Optional.empty()
                    : numbers(HdfAccess.data(file, attribute.get()));
        });
    }

    /** The text of an attribute of the file or of one of its datasets; empty when there is none. */
    String text(@Nullable String dataset, String name) throws IOException {
        HdfNode node = dataset == null ? root : required(dataset);
        return HdfAccess.call(file, "attribute " + MalformedFileException.quote(name), () -> {
            Optional<HdfAttribute> attribute = node.attribute(name);
            boolean some = attribute.isPresent() && !attribute.get().isEmpty();
            return some && HdfAccess.data(file, attribute.get()) instanceof String text ? text : "";
        });
    }

    private static Optional<double[]> numbers(Object data) {
        if (data instanceof Number one) {
            return Optional.of(new double[] {one.doubleValue()});
        }
        if (!data.getClass().isArray() || !isNumber(data.getClass().getComponentType())) {
            return Optional.empty();
        }
        double[] numbers = new double[java.lang.reflect.Array.getLength(data)];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = ((Number) java.lang.reflect.Array.get(data, i)).doubleValue();
        }
        return Optional.of(numbers);
    }

    private static boolean isNumber(Class<?> type) {
        return Number.class.isAssignableFrom(type)
                || (type.isPrimitive() && type != boolean.class && type != char.class);
    }
}
