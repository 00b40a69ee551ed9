package org.hsi4j;

import java.util.ArrayList;
import java.util.List;

/**
 * A rectangle of pixels: {@code rows} x {@code columns} pixels whose first one is at ({@code row}, {@code column}).
 *
 * @param row first row, counted from zero
 * @param column first column, counted from zero
 * @param rows number of rows, at least one
 * @param columns number of columns, at least one
 */
public record Region(int row, int column, int rows, int columns) {

    /**
     * Checks the rectangle.
     *
     * @throws IllegalArgumentException if the origin is negative or a side is smaller than one
     */
    public Region {
        if (row < 0 || column < 0) {
            throw new IllegalArgumentException(
                    "a region starts at row and column zero or later, not at row " + row + ", column " + column);
        }
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("a region has at least one pixel, not " + rows + "x" + columns);
        }
        if ((long) row + rows > Integer.MAX_VALUE || (long) column + columns > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("region ends beyond row or column " + Integer.MAX_VALUE);
        }
    }

    /**
     * Number of pixels.
     *
     * @return rows times columns
     */
    public long pixels() {
        return (long) rows * columns;
    }

    /**
     * First row after the region.
     *
     * @return {@code row + rows}
     */
    public int endRow() {
        return row + rows;
    }

    /**
     * First column after the region.
     *
     * @return {@code column + columns}
     */
    public int endColumn() {
        return column + columns;
    }

    /**
     * Whether a pixel lies inside.
     *
     * @param pixelRow the pixel's row
     * @param pixelColumn the pixel's column
     * @return true when inside
     */
    public boolean contains(int pixelRow, int pixelColumn) {
        return pixelRow >= row && pixelRow < endRow() && pixelColumn >= column && pixelColumn < endColumn();
    }

    /**
     * Cuts an image into square tiles, each with a halo of neighbours around it.
     *
     * @param imageRows rows of the image
     * @param imageColumns columns of the image
     * @param side side of a tile's core in pixels; the last tiles of a row or column may be smaller
     * @param halo pixels added on each side, clipped at the border of the image
     * @return the tiles, row by row; their cores cover each pixel exactly once
     * @throws IllegalArgumentException if the side is smaller than one or the halo is negative
     */
    public static List<HaloTile> tiles(int imageRows, int imageColumns, int side, int halo) {
        if (side < 1 || halo < 0) {
            throw new IllegalArgumentException(
                    "tiles need a side of at least one and a halo of at least zero, not " + side + " and " + halo);
        }
        List<HaloTile> tiles = new ArrayList<>();
        for (int r = 0; r < imageRows; r += Math.min(side, imageRows - r)) {
            for (int c = 0; c < imageColumns; c += Math.min(side, imageColumns - c)) {
                Region core = new Region(r, c, Math.min(side, imageRows - r), Math.min(side, imageColumns - c));
                int top = Math.max(0, r - halo);
                int left = Math.max(0, c - halo);
                int bottom = (int) Math.min(imageRows, (long) core.endRow() + halo);
                int right = (int) Math.min(imageColumns, (long) core.endColumn() + halo);
                tiles.add(new HaloTile(core, new Region(top, left, bottom - top, right - left)));
            }
        }
        return List.copyOf(tiles);
    }

    /**
     * One tile of an image: the pixels it answers for and the pixels it has to see for that.
     *
     * @param core the pixels the tile answers for
     * @param outer the core and its halo, clipped at the image's border
     */
    public record HaloTile(Region core, Region outer) {}
}
