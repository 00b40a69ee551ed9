package org.hsi4j;

import java.nio.DoubleBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How much of each endmember each pixel holds: p maps of rows x columns, the matrix A (p x pixels, row by row). Invalid
 * pixels are NaN in every map. Immutable and thread-safe.
 *
 * <pre>{@code
 * AbundanceMaps a = ...;
 * ScoreMap water = a.map(2);
 * double[] pixel = a.abundances(10, 20); // one number an endmember
 * }</pre>
 */
public final class AbundanceMaps {
    private final int rows;
    private final int columns;
    private final List<String> names;
    private final double[][] maps;
    private final @Nullable GeoReference geoReference;

    private AbundanceMaps(
            int rows, int columns, List<String> names, double[][] maps, @Nullable GeoReference geoReference) {
        this.rows = rows;
        this.columns = columns;
        this.names = names;
        this.maps = maps;
        this.geoReference = geoReference;
    }

    /**
     * Abundance maps; the values are copied.
     *
     * @param rows rows of the image
     * @param columns columns of the image
     * @param names one name an endmember
     * @param maps p x pixels, row by row; NaN for an invalid pixel
     * @return the maps
     * @throws IllegalArgumentException if there is no endmember, or a count does not fit
     */
    public static AbundanceMaps of(int rows, int columns, List<String> names, double[][] maps) {
        int n = Mask.pixels(rows, columns);
        if (maps.length == 0 || maps.length != names.size()) {
            throw new IllegalArgumentException(maps.length + " abundance maps given for " + names.size() + " names");
        }
        double[][] copy = new double[maps.length][];
        for (int k = 0; k < maps.length; k++) {
            if (maps[k].length != n) {
                throw new IllegalArgumentException("abundance map " + k + " has " + maps[k].length
                        + " values but the image is " + rows + "x" + columns);
            }
            copy[k] = maps[k].clone();
        }
        return new AbundanceMaps(rows, columns, List.copyOf(names), copy, null);
    }

    static AbundanceMaps trusted(int rows, int columns, List<String> names, double[][] maps) {
        return new AbundanceMaps(rows, columns, List.copyOf(names), maps, null);
    }

    /**
     * The same maps with a place on Earth.
     *
     * @param reference where the image lies, or null for nowhere
     * @return new maps
     */
    public AbundanceMaps withGeoReference(@Nullable GeoReference reference) {
        return new AbundanceMaps(rows, columns, names, maps, reference);
    }

    /**
     * The same maps under other names.
     *
     * @param newNames one name an endmember
     * @return new maps
     * @throws IllegalArgumentException if there are more or fewer names than maps
     */
    public AbundanceMaps named(List<String> newNames) {
        if (newNames.size() != maps.length) {
            throw new IllegalArgumentException(newNames.size() + " names given for " + maps.length + " maps");
        }
        return new AbundanceMaps(rows, columns, List.copyOf(newNames), maps, geoReference);
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
     * Number of pixels, valid or not.
     *
     * @return rows times columns
     */
    public int pixels() {
        return rows * columns;
    }

    /**
     * Number of endmembers, p.
     *
     * @return at least one
     */
    public int count() {
        return maps.length;
    }

    /**
     * Names of the endmembers.
     *
     * @return one name an endmember
     */
    public List<String> names() {
        return names;
    }

    /**
     * Where the image lies.
     *
     * @return empty when unknown
     */
    public Optional<GeoReference> geoReference() {
        return Optional.ofNullable(geoReference);
    }

    /**
     * One abundance.
     *
     * @param row the pixel's row
     * @param column the pixel's column
     * @param k the endmember
     * @return the abundance, NaN for an invalid pixel
     * @throws IndexOutOfBoundsException if there is no such entry
     */
    public double value(int row, int column, int k) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        Objects.checkIndex(k, maps.length);
        return maps[k][row * columns + column];
    }

    /**
     * The abundances of one pixel.
     *
     * @param row the pixel's row
     * @param column the pixel's column
     * @return one number an endmember
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public double[] abundances(int row, int column) {
        double[] a = new double[maps.length];
        for (int k = 0; k < a.length; k++) {
            a[k] = value(row, column, k);
        }
        return a;
    }

    /**
     * The map of one endmember.
     *
     * @param k the endmember
     * @return a copy, named after the endmember
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public ScoreMap map(int k) {
        Objects.checkIndex(k, maps.length);
        return ScoreMap.of(names.get(k), rows, columns, maps[k]).withGeoReference(geoReference);
    }

    /**
     * The map of one endmember without a copy.
     *
     * @param k the endmember
     * @return a read-only buffer, row by row
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public DoubleBuffer asBuffer(int k) {
        Objects.checkIndex(k, maps.length);
        return DoubleBuffer.wrap(maps[k]).asReadOnlyBuffer();
    }

    /**
     * The valid pixels.
     *
     * @return those that are not NaN in any map
     */
    public Mask valid() {
        return Mask.of(rows, columns, i -> Arrays.stream(maps).noneMatch(map -> Double.isNaN(map[i])));
    }

    /**
     * The same maps in another order, or some of them.
     *
     * @param order indices of endmembers
     * @return new maps
     * @throws IllegalArgumentException if no index is given
     * @throws IndexOutOfBoundsException if there is no such endmember
     */
    public AbundanceMaps select(int... order) {
        List<String> n = new ArrayList<>();
        double[][] m = new double[order.length][];
        for (int k = 0; k < order.length; k++) {
            Objects.checkIndex(order[k], maps.length);
            n.add(names.get(order[k]));
            m[k] = maps[order[k]];
        }
        if (order.length == 0) {
            throw new IllegalArgumentException("at least one endmember must be selected");
        }
        return new AbundanceMaps(rows, columns, List.copyOf(n), m, geoReference);
    }

    /**
     * The maps with every pixel divided by the sum of its abundances; a pixel whose sum is not positive becomes zero.
     *
     * @return new maps
     */
    public AbundanceMaps normalized() {
        double[][] m = new double[maps.length][pixels()];
        for (int i = 0; i < pixels(); i++) {
            double sum = 0;
            for (double[] map : maps) {
                sum += map[i];
            }
            for (int k = 0; k < m.length; k++) {
                m[k][i] = Double.isNaN(sum) ? Double.NaN : sum > 0 ? maps[k][i] / sum : 0.0;
            }
        }
        return new AbundanceMaps(rows, columns, names, m, geoReference);
    }

    /**
     * A copy of A.
     *
     * @return p x pixels, row by row
     */
    public double[][] toMatrix() {
        double[][] copy = new double[maps.length][];
        for (int k = 0; k < copy.length; k++) {
            copy[k] = maps[k].clone();
        }
        return copy;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AbundanceMaps that
                && rows == that.rows
                && columns == that.columns
                && names.equals(that.names)
                && Arrays.deepEquals(maps, that.maps)
                && Objects.equals(geoReference, that.geoReference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(rows, columns, names, Arrays.deepHashCode(maps));
    }

    @Override
    public String toString() {
        return "abundances of " + names + ", " + rows + "x" + columns + " pixels";
    }
}
