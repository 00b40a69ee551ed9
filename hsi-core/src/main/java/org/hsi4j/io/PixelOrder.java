package org.hsi4j.io;

/** In what order the pixels of an image follow each other along one axis of a matrix. */
public enum PixelOrder {
    /** Down each column, then the next column: MATLAB's {@code reshape}; pixel = row + rows * column. */
    COLUMN_MAJOR,
    /** Along each row, then the next row: pixel = row * columns + column. */
    ROW_MAJOR
}
