package org.hsi4j;

import java.util.BitSet;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A set of pixels of an image of rows x columns. As the mask of a cube it holds the <em>valid</em> pixels. Immutable and
 * thread-safe.
 *
 * <pre>{@code
 * Mask land = Mask.of(rows, columns, pixel -> height[pixel] > 0);
 * Cube dry = cube.masked(land);
 * }</pre>
 */
public final class Mask {
    private final int rows;
    private final int columns;
    private final BitSet bits;

    private Mask(int rows, int columns, BitSet bits) {
        this.rows = rows;
        this.columns = columns;
        this.bits = bits;
    }

    /**
     * The pixels that satisfy a condition.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param pixel condition on the pixel number {@code row * columns + column}
     * @return the mask
     * @throws IllegalArgumentException if the image has no pixel or more than 2<sup>31</sup>-1
     */
    public static Mask of(int rows, int columns, IntPredicate pixel) {
        int n = pixels(rows, columns);
        BitSet bits = new BitSet(n);
        for (int i = 0; i < n; i++) {
            if (pixel.test(i)) {
                bits.set(i);
            }
        }
        return new Mask(rows, columns, bits);
    }

    /**
     * All pixels.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @return the mask
     * @throws IllegalArgumentException if the image has no pixel or more than 2<sup>31</sup>-1
     */
    public static Mask all(int rows, int columns) {
        int n = pixels(rows, columns);
        BitSet bits = new BitSet(n);
        bits.set(0, n);
        return new Mask(rows, columns, bits);
    }

    /** Without a copy: the caller gives the bits away. */
    static Mask trusted(int rows, int columns, BitSet bits) {
        return new Mask(rows, columns, bits);
    }

    static int pixels(int rows, int columns) {
        if (rows < 1 || columns < 1) {
            throw new IllegalArgumentException("an image has at least one pixel, not " + rows + "x" + columns);
        }
        long n = (long) rows * columns;
        if (n > Integer.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "an image of " + rows + "x" + columns + " has more than " + Integer.MAX_VALUE + " pixels");
        }
        return (int) n;
    }

    /**
     * Rows of the image.
     *
     * @return at least one
     */
    public int rows() {
        return rows;
    }

    /**
     * Columns of the image.
     *
     * @return at least one
     */
    public int columns() {
        return columns;
    }

    /**
     * Whether a pixel is in the set.
     *
     * @param row its row
     * @param column its column
     * @return true when it is
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public boolean get(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return bits.get(row * columns + column);
    }

    /**
     * Whether a pixel is in the set.
     *
     * @param pixel its number, {@code row * columns + column}
     * @return true when it is
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public boolean get(int pixel) {
        Objects.checkIndex(pixel, rows * columns);
        return bits.get(pixel);
    }

    /**
     * Number of pixels in the set.
     *
     * @return zero to rows times columns
     */
    public int count() {
        return bits.cardinality();
    }

    /**
     * The pixels that are in both sets.
     *
     * @param other a mask of the same shape
     * @return new mask
     * @throws IllegalArgumentException if the shapes differ
     */
    public Mask and(Mask other) {
        BitSet both = (BitSet) sameShape(other).bits.clone();
        both.and(bits);
        return new Mask(rows, columns, both);
    }

    /**
     * The pixels that are in either set.
     *
     * @param other a mask of the same shape
     * @return new mask
     * @throws IllegalArgumentException if the shapes differ
     */
    public Mask or(Mask other) {
        BitSet either = (BitSet) sameShape(other).bits.clone();
        either.or(bits);
        return new Mask(rows, columns, either);
    }

    /**
     * The pixels that are not in the set.
     *
     * @return new mask
     */
    public Mask not() {
        BitSet rest = (BitSet) bits.clone();
        rest.flip(0, rows * columns);
        return new Mask(rows, columns, rest);
    }

    /**
     * The part of the mask inside a region.
     *
     * @param region lies inside the image
     * @return new mask of the region's shape
     * @throws IllegalArgumentException if the region reaches beyond the image
     */
    public Mask crop(Region region) {
        if (region.endRow() > rows || region.endColumn() > columns) {
            throw new IllegalArgumentException(region + " reaches beyond the image of " + rows + "x" + columns);
        }
        int width = region.columns();
        return of(region.rows(), width, i -> get(region.row() + i / width, region.column() + i % width));
    }

    private Mask sameShape(Mask other) {
        if (other.rows != rows || other.columns != columns) {
            throw new IllegalArgumentException(
                    "mask is " + other.rows + "x" + other.columns + " but the image is " + rows + "x" + columns);
        }
        return other;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Mask that && rows == that.rows && columns == that.columns && bits.equals(that.bits);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, columns, bits);
    }

    @Override
    public String toString() {
        return "mask of " + count() + " out of " + rows + "x" + columns + " pixels";
    }
}
