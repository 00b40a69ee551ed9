package org.hsi4j.io;

import java.util.List;

/**
 * Where the samples of a cube lie in an array whose first index runs fastest.
 *
 * @param rows rows of the image
 * @param columns columns of the image
 * @param bands number of bands
 * @param rowStep distance of the next row
 * @param columnStep distance of the next column
 * @param bandStep distance of the next band
 */
record CubeLayout(int rows, int columns, int bands, int rowStep, int columnStep, int bandStep) {

    /** A three-dimensional array. */
    static CubeLayout ofArray(List<Integer> dimensions, AxisOrder order) {
        int[] step = {1, dimensions.get(0), dimensions.get(0) * dimensions.get(1)};
        return new CubeLayout(
                dimensions.get(order.rowAxis()),
                dimensions.get(order.columnAxis()),
                dimensions.get(order.bandAxis()),
                step[order.rowAxis()],
                step[order.columnAxis()],
                step[order.bandAxis()]);
    }

    /** A matrix of bands x pixels, or of pixels x bands. */
    static CubeLayout ofMatrix(int rows, int columns, int bands, PixelOrder order, boolean pixelsFirst) {
        int pixelStep = pixelsFirst ? 1 : bands;
        boolean down = order == PixelOrder.COLUMN_MAJOR;
        return new CubeLayout(
                rows,
                columns,
                bands,
                down ? pixelStep : pixelStep * columns,
                down ? pixelStep * rows : pixelStep,
                pixelsFirst ? rows * columns : 1);
    }

    /** Copies one band, row by row. */
    void plane(MatNumbers values, int band, double[] plane) {
        int at = 0;
        for (int r = 0; r < rows; r++) {
            int from = band * bandStep + r * rowStep;
            for (int c = 0; c < columns; c++) {
                plane[at++] = values.get(from + c * columnStep);
            }
        }
    }
}
