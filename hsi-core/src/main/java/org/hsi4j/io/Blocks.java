package org.hsi4j.io;

import org.hsi4j.Region;

/**
 * An image cut into runs of pixels for reading and writing: whole lines, as many as are allowed at once, or pieces of one line
 * where a line is too long for that.
 *
 * @param rows rows of the image
 * @param columns columns of the image
 * @param rowsAtOnce rows of a block; one where it is narrower than the image
 * @param columnsAtOnce columns of a block
 */
record Blocks(int rows, int columns, int rowsAtOnce, int columnsAtOnce) {

    /** Blocks of at most so many pixels, and at least one. */
    static Blocks of(int rows, int columns, long pixelsAtOnce) {
        if (pixelsAtOnce < columns) {
            return new Blocks(rows, columns, 1, (int) Math.max(1, pixelsAtOnce));
        }
        return new Blocks(rows, columns, (int) Math.min(rows, pixelsAtOnce / columns), columns);
    }

    /** Most pixels of a block. */
    int pixels() {
        return rowsAtOnce * columnsAtOnce;
    }

    private int across() {
        return (columns - 1) / columnsAtOnce + 1;
    }

    int count() {
        return Math.multiplyExact((rows - 1) / rowsAtOnce + 1, across());
    }

    Region region(int number) {
        int row = number / across() * rowsAtOnce;
        int column = number % across() * columnsAtOnce;
        return new Region(row, column, Math.min(rowsAtOnce, rows - row), Math.min(columnsAtOnce, columns - column));
    }
}
