package org.hsi4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Precision;

/**
 * Makes cubes out of plain arrays of numbers: of three dimensions, or matrices of bands x pixels or pixels x bands whose
 * image is given by the options.
 *
 * @param rows rows of the image
 * @param columns columns of the image
 * @param bands number of bands
 * @param rowStep distance of the next row in the array
 * @param columnStep distance of the next column
 * @param bandStep distance of the next band
 */
record ArrayCube(int rows, int columns, int bands, long rowStep, long columnStep, long bandStep) {

    /** A number of an array by its position. */
    @FunctionalInterface
    interface Numbers {
        double get(int position);
    }

    /** What the axes of an array of two or three dimensions are. */
    static ArrayCube of(Path file, List<Integer> shape, long[] steps, ReadOptions options, List<String> notes)
            throws IOException {
        if (shape.size() == 3) {
            AxisOrder order =
                    options.axisOrder() == AxisOrder.AUTO ? AxisOrder.ROWS_COLUMNS_BANDS : options.axisOrder();
            notes.add((options.axisOrder() == AxisOrder.AUTO ? "took the axes for " : "axes are ") + order.words());
            ArrayCube cube = new ArrayCube(
                    shape.get(order.rowAxis()),
                    shape.get(order.columnAxis()),
                    shape.get(order.bandAxis()),
                    steps[order.rowAxis()],
                    steps[order.columnAxis()],
                    steps[order.bandAxis()]);
            if (options.rows().isPresent()
                    && (options.rows().getAsInt() != cube.rows
                            || options.columns().orElse(0) != cube.columns)) {
                throw new IllegalArgumentException(file + ": the array is an image of " + cube.rows + "x" + cube.columns
                        + " pixels, not " + options.rows().getAsInt() + "x"
                        + options.columns().orElse(0));
            }
            return cube;
        }
        if (shape.size() != 2) {
            throw new MalformedFileException(file, "shape", shape.size() + " dimensions", "2 (a matrix) or 3 (a cube)");
        }
        return ofMatrix(file, shape, steps, options, notes);
    }

    private static ArrayCube ofMatrix(
            Path file, List<Integer> shape, long[] steps, ReadOptions options, List<String> notes) {
        int first = shape.get(0);
        int second = shape.get(1);
        if (options.rows().isEmpty()) {
            throw new IllegalArgumentException(file + ": the array is a matrix of " + first + "x" + second
                    + "; give rows and columns of the image (--shape rows,columns)");
        }
        int rows = options.rows().getAsInt();
        int columns = options.columns().orElse(0);
        if (rows == first && columns == second) {
            notes.add("an image of one band");
            return new ArrayCube(rows, columns, 1, steps[0], steps[1], 0);
        }
        long pixels = (long) rows * columns;
        if (pixels != first && pixels != second) {
            throw new IllegalArgumentException(file + ": an image of " + rows + "x" + columns + " has " + pixels
                    + " pixels but the matrix is " + first + "x" + second);
        }
        boolean pixelsFirst = pixels != second;
        boolean down = options.pixelOrder() == PixelOrder.COLUMN_MAJOR;
        notes.add((pixelsFirst ? "pixels x bands" : "bands x pixels") + ", pixels "
                + (down ? "column by column" : "row by row"));
        long pixelStep = steps[pixelsFirst ? 0 : 1];
        return new ArrayCube(
                rows,
                columns,
                pixelsFirst ? second : first,
                down ? pixelStep : pixelStep * columns,
                down ? pixelStep * rows : pixelStep,
                steps[pixelsFirst ? 1 : 0]);
    }

    /** The cube on the heap. */
    Cube.Builder load(Numbers numbers, Precision precision) {
        Cube.Builder builder = Cube.builder(rows, columns, bands, precision);
        double[] plane = new double[rows * columns];
        for (int band = 0; band < bands; band++) {
            int at = 0;
            for (int r = 0; r < rows; r++) {
                long from = band * bandStep + r * rowStep;
                for (int c = 0; c < columns; c++) {
                    plane[at++] = numbers.get((int) (from + c * columnStep));
                }
            }
            builder.plane(band, plane);
        }
        return builder;
    }
}
