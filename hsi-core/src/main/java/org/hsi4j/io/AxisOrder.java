package org.hsi4j.io;

/** What the three axes of an array are, the first index of the array first. */
public enum AxisOrder {
    /** Found out by the reader, which says in the provenance of the cube what it took and why. */
    AUTO(-1, -1, -1),
    /** MATLAB's custom. */
    ROWS_COLUMNS_BANDS(0, 1, 2),
    /** A line scanner's order. */
    ROWS_BANDS_COLUMNS(0, 2, 1),
    /** An image stored transposed. */
    COLUMNS_ROWS_BANDS(1, 0, 2),
    /** A line scanner's order, transposed. */
    COLUMNS_BANDS_ROWS(2, 0, 1),
    /** A stack of images. */
    BANDS_ROWS_COLUMNS(1, 2, 0),
    /** A stack of transposed images. */
    BANDS_COLUMNS_ROWS(2, 1, 0);

    private final int rows;
    private final int columns;
    private final int bands;

    AxisOrder(int rows, int columns, int bands) {
        this.rows = rows;
        this.columns = columns;
        this.bands = bands;
    }

    /** Number of the axis that counts rows. */
    int rowAxis() {
        return rows;
    }

    /** Number of the axis that counts columns. */
    int columnAxis() {
        return columns;
    }

    /** Number of the axis that counts bands. */
    int bandAxis() {
        return bands;
    }

    /** In words. */
    String words() {
        return name().toLowerCase(java.util.Locale.ROOT).replace("_", " x ");
    }
}
