package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Precision;

/** Arrays of NumPy among the formats of {@link Cubes}: mapped where the rows run from top to bottom, loaded otherwise. */
final class NpyReader implements CubeReader {

    @Override
    public String name() {
        return "NumPy array (.npy)";
    }

    @Override
    public boolean canRead(Path file, byte[] head) {
        return NpyFile.isNpy(head);
    }

    @Override
    public Cube read(Path file, ReadOptions options) throws IOException {
        NpyFile array = NpyFile.open(file);
        List<String> notes = new ArrayList<>();
        notes.add("read from " + file.getFileName() + ", NumPy array of the shape " + array.shape() + ", "
                + array.type().name().toLowerCase(Locale.ROOT));
        ArrayCube shape = ArrayCube.of(file, array.shape(), array.steps(), options, notes);
        if ((long) shape.rows() * shape.columns() > Integer.MAX_VALUE) {
            throw new MalformedFileException(
                    file, "shape", array.shape().toString(), "an image of at most 2^31-1 pixels");
        }
        Heap.require(file, 64L * shape.bands());
        Optional<Interleave> interleave = interleave(shape);
        Cube.Builder builder;
        if (interleave.isPresent() && !array.signedBytes()) {
            builder = Cube.builder(RasterFile.open(
                    file,
                    new RasterLayout(
                            shape.columns(),
                            shape.rows(),
                            shape.bands(),
                            array.offset(),
                            array.type(),
                            interleave.get(),
                            array.order())));
        } else {
            Precision precision = options.precision().orElse(array.type().precision());
            Heap.require(file, array.count() * (precision == Precision.FLOAT ? 12L : 16L));
            double[] numbers = numbers(array);
            builder = shape.load(i -> numbers[i], precision);
        }
        notes.forEach(builder::provenance);
        return builder.name(EnviFiles.stem(EnviFiles.name(file))).build();
    }

    /** The numbers of an array that has no more than a heap array can have. */
    static double[] numbers(NpyFile array) throws IOException {
        if (array.count() > Integer.MAX_VALUE - 8) {
            throw new MalformedFileException(
                    array.file(), "shape", array.shape().toString(), "fewer than 2^31 numbers");
        }
        Heap.require(array.file(), 8 * array.count());
        return array.numbers();
    }

    private static Optional<Interleave> interleave(ArrayCube shape) {
        long columns = shape.columns();
        long bands = shape.bands();
        boolean oneBand = bands == 1;
        if (shape.columnStep() == 1
                && shape.rowStep() == columns
                && (oneBand || shape.bandStep() == columns * shape.rows())) {
            return Optional.of(Interleave.BSQ);
        }
        if (shape.bandStep() == 1 && shape.columnStep() == bands && shape.rowStep() == bands * columns) {
            return Optional.of(Interleave.BIP);
        }
        if (shape.columnStep() == 1 && shape.bandStep() == columns && shape.rowStep() == bands * columns) {
            return Optional.of(Interleave.BIL);
        }
        return Optional.empty();
    }
}
