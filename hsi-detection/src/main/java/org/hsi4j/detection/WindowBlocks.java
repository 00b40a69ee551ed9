package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Region;

/** The blocks in which methods with windows go through an image; they depend on its shape alone. */
final class WindowBlocks {

    private WindowBlocks() {}

    /** About equal blocks of at most so many rows and columns, row by row. */
    static List<Region> of(int rows, int columns, int mostRows, int mostColumns) {
        int down = (rows + mostRows - 1) / mostRows;
        int across = (columns + mostColumns - 1) / mostColumns;
        List<Region> blocks = new ArrayList<>(down * across);
        for (int r = 0; r < down; r++) {
            for (int c = 0; c < across; c++) {
                int top = (int) ((long) rows * r / down);
                int left = (int) ((long) columns * c / across);
                int bottom = (int) ((long) rows * (r + 1) / down);
                int right = (int) ((long) columns * (c + 1) / across);
                blocks.add(new Region(top, left, bottom - top, right - left));
            }
        }
        return blocks;
    }
}
