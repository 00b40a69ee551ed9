package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Region;

/**
 * The ring of a pixel: an outer window that is shifted inward at borders, less an inner one that stays centred on the pixel
 * and loses what reaches beyond.
 */
record RingWindow(WindowSide rows, WindowSide columns, int innerHalf) {
    /** Rows and columns of a block at most. */
    static final int BLOCK_ROWS = 32;

    static final int BLOCK_COLUMNS = 64;

    static RingWindow of(Cube scene, int inner, int outer) {
        return new RingWindow(WindowSide.of(outer, scene.rows()), WindowSide.of(outer, scene.columns()), inner / 2);
    }

    /** Pixels of a full ring. */
    int size() {
        int inner = 2 * innerHalf + 1;
        return rows.size() * columns.size() - Math.min(inner, rows.size()) * Math.min(inner, columns.size());
    }

    /** A block and all that its pixels' windows reach. */
    Region around(Region block) {
        int top = rows.start(block.row());
        int left = columns.start(block.column());
        return new Region(top, left, rows.end(block.endRow() - 1) - top, columns.end(block.endColumn() - 1) - left);
    }

    /** Most rows of a block and what is around it. */
    int mostRows() {
        return Math.min(rows.length(), BLOCK_ROWS + rows.size() - 1);
    }

    /** Most columns of a block and what is around it. */
    int mostColumns() {
        return Math.min(columns.length(), BLOCK_COLUMNS + columns.size() - 1);
    }

    /** Lists the valid pixels of a ring, as numbers within the area around the block, row by row; returns how many. */
    int collect(int row, int column, Region area, boolean[] valid, int[] ring) {
        int n = 0;
        for (int r = rows.start(row); r < rows.end(row); r++) {
            boolean near = Math.abs(r - row) <= innerHalf;
            int at = (r - area.row()) * area.columns() - area.column();
            for (int c = columns.start(column); c < columns.end(column); c++) {
                if (valid[at + c] && !(near && Math.abs(c - column) <= innerHalf)) {
                    ring[n++] = at + c;
                }
            }
        }
        return n;
    }
}
