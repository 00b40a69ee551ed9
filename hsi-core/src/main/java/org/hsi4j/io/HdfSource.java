package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.io.hdf.HdfDataset;

/**
 * The samples of a three-dimensional HDF5 dataset, read when they are asked for.
 *
 * <p>What is read at once is a box: a chunk of the file, or a piece of at most 4 MiB of a dataset without chunks. The
 * boxes used last stay on the heap, up to 64 MiB or as many as one row of pixels touches. Any number of threads may
 * read at once.
 */
final class HdfSource implements SampleSource {
    private static final long CACHE_BYTES = 64L << 20;
    /** What a box takes besides its numbers. */
    private static final int OVERHEAD = 256;
    /** Bytes of a box where the file has no chunks. */
    private static final long BOX_BYTES = 4L << 20;

    private final Path file;
    private final HdfDataset dataset;
    private final MatStorage storage;
    private final AxisOrder axes;
    private final int[] shape;
    private final int[] box;
    private final long bytesPerBox;
    private final BlockCache<Box> boxes;

    private HdfSource(Path file, HdfDataset dataset, AxisOrder axes) {
        this.file = file;
        this.dataset = dataset;
        this.storage = HdfAccess.storage(dataset);
        this.axes = axes;
        this.shape = dataset.dimensions();
        this.box = boxOf(dataset, shape, storage.bytes());
        this.bytesPerBox = OVERHEAD + (long) storage.bytes() * box[0] * box[1] * box[2];
        long perRow = (long) count(axes.columnAxis()) * count(axes.bandAxis());
        this.boxes = new BlockCache<>(bytesPerBox * Math.min(1 << 20, Math.max(CACHE_BYTES / bytesPerBox, perRow)));
    }

    /** Opens a dataset whose file stays open as long as the source is used. */
    static HdfSource open(Path file, HdfDataset dataset, AxisOrder axes) throws IOException {
        String where = "dataset " + MalformedFileException.quote(dataset.path());
        int[] shape = dataset.dimensions();
        if (shape.length != 3) {
            throw new IllegalArgumentException(
                    file + ": " + where + " has " + shape.length + " dimensions, not rows, columns and bands");
        }
        MatStorage storage = HdfAccess.storage(dataset);
        if (storage == MatStorage.NONE || shape[0] < 1 || shape[1] < 1 || shape[2] < 1) {
            throw new MalformedFileException(file, where, "no array of real numbers, or an empty one", "a scene");
        }
        HdfAccess.requireChunk(file, where, dataset);
        HdfSource source = new HdfSource(file, dataset, axes);
        long pixels = (long) source.rows() * source.columns();
        if (pixels > Integer.MAX_VALUE) {
            throw new MalformedFileException(file, where, pixels + " pixels", "at most " + Integer.MAX_VALUE);
        }
        Heap.require(file, 64L * source.bands());
        return source;
    }

    private static int[] boxOf(HdfDataset dataset, int[] shape, int bytes) {
        Optional<int[]> chunk = dataset.chunk();
        if (chunk.isPresent()) {
            int[] box = new int[3];
            for (int axis = 0; axis < 3; axis++) {
                box[axis] = Math.max(1, Math.min(shape[axis], chunk.get()[axis]));
            }
            return box;
        }
        long samples = BOX_BYTES / bytes;
        int across = (int) Math.max(1, Math.min(shape[1], samples / shape[2]));
        int deep = (int) Math.max(1, Math.min(shape[0], samples / shape[2] / across));
        return new int[] {deep, across, shape[2]};
    }

    private int count(int axis) {
        return (shape[axis] - 1) / box[axis] + 1;
    }

    @Override
    public int rows() {
        return shape[axes.rowAxis()];
    }

    @Override
    public int columns() {
        return shape[axes.columnAxis()];
    }

    @Override
    public int bands() {
        return shape[axes.bandAxis()];
    }

    @Override
    public Precision precision() {
        return storage.precision();
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int width = box[axes.columnAxis()];
        int done = 0;
        while (done < count) {
            int row = (int) ((firstPixel + done) / columns());
            int column = (int) ((firstPixel + done) % columns());
            int run = Math.min(count - done, Math.min(columns() - column, width - column % width));
            readRun(row, column, run, bands, target, offset + done);
            done += run;
        }
    }

    /** Pixels of one row that lie in the same boxes. */
    private void readRun(int row, int column, int count, int[] bands, double[][] target, int offset) {
        int deep = box[axes.bandAxis()];
        int current = -1;
        Box box = null;
        for (int k = 0; k < bands.length; k++) {
            if (box == null || bands[k] / deep != current) {
                current = bands[k] / deep;
                box = box(row, column, current * deep);
            }
            box.copy(row, column, bands[k], count, target[k], offset);
        }
    }

    private Box box(int row, int column, int band) {
        int[] at = new int[3];
        at[axes.rowAxis()] = row;
        at[axes.columnAxis()] = column;
        at[axes.bandAxis()] = band;
        long key = ((long) (at[0] / box[0]) * count(1) + at[1] / box[1]) * count(2) + at[2] / box[2];
        return boxes.get(key, bytesPerBox, () -> new Box(at));
    }

    /** A piece of the dataset. */
    private final class Box {
        private final long[] from = new long[3];
        private final int[] size = new int[3];
        private final int[] step;
        private final MatNumbers numbers;

        Box(int[] at) throws IOException {
            for (int axis = 0; axis < 3; axis++) {
                int first = at[axis] - at[axis] % box[axis];
                from[axis] = first;
                size[axis] = Math.min(box[axis], shape[axis] - first);
            }
            step = new int[] {size[1] * size[2], size[2], 1};
            String where = "dataset " + MalformedFileException.quote(dataset.path());
            numbers = new MatNumbers(HdfAccess.call(file, where, () -> dataset.box(from, size)), storage);
        }

        void copy(int row, int column, int band, int count, double[] target, int offset) {
            int stride = step[axes.columnAxis()];
            int at = at(axes.rowAxis(), row) + at(axes.columnAxis(), column) + at(axes.bandAxis(), band);
            for (int i = 0; i < count; i++) {
                target[offset + i] = numbers.get(at);
                at += stride;
            }
        }

        private int at(int axis, int index) {
            return (int) (index - from[axis]) * step[axis];
        }
    }
}
