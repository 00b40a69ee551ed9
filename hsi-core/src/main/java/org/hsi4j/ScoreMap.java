package org.hsi4j;

import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One number a pixel: a detection score, a residual, a p-value. Invalid pixels are NaN. Immutable and thread-safe.
 *
 * <pre>{@code
 * ScoreMap rx = ...;
 * Mask hits = rx.above(threshold);
 * }</pre>
 */
public final class ScoreMap {
    private final String name;
    private final int rows;
    private final int columns;
    private final double[] values;
    private final @Nullable GeoReference geoReference;

    private ScoreMap(String name, int rows, int columns, double[] values, @Nullable GeoReference geoReference) {
        this.name = name;
        this.rows = rows;
        this.columns = columns;
        this.values = values;
        this.geoReference = geoReference;
    }

    /**
     * A map; the values are copied.
     *
     * @param name what the numbers are
     * @param rows rows of the image
     * @param columns columns of the image
     * @param values one a pixel, row by row; NaN for an invalid pixel
     * @return the map
     * @throws IllegalArgumentException if the number of values is not rows times columns
     */
    public static ScoreMap of(String name, int rows, int columns, double[] values) {
        if (Mask.pixels(rows, columns) != values.length) {
            throw new IllegalArgumentException(
                    values.length + " values given for an image of " + rows + "x" + columns + " pixels");
        }
        return new ScoreMap(Objects.requireNonNull(name, "name"), rows, columns, values.clone(), null);
    }

    static ScoreMap trusted(String name, int rows, int columns, double[] values) {
        return new ScoreMap(name, rows, columns, values, null);
    }

    /**
     * The same map with a place on Earth.
     *
     * @param reference where the image lies, or null for nowhere
     * @return new map
     */
    public ScoreMap withGeoReference(@Nullable GeoReference reference) {
        return new ScoreMap(name, rows, columns, values, reference);
    }

    /**
     * The same map under another name.
     *
     * @param newName what the numbers are
     * @return new map
     */
    public ScoreMap named(String newName) {
        return new ScoreMap(Objects.requireNonNull(newName, "name"), rows, columns, values, geoReference);
    }

    /**
     * What the numbers are.
     *
     * @return the name
     */
    public String name() {
        return name;
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
        return values.length;
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
     * One value.
     *
     * @param row the pixel's row
     * @param column the pixel's column
     * @return the value, NaN for an invalid pixel
     * @throws IndexOutOfBoundsException if there is no such pixel
     */
    public double value(int row, int column) {
        Objects.checkIndex(row, rows);
        Objects.checkIndex(column, columns);
        return values[row * columns + column];
    }

    /**
     * Smallest value of a valid pixel.
     *
     * @return NaN when no pixel is valid
     */
    public double min() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).min().orElse(Double.NaN);
    }

    /**
     * Largest value of a valid pixel.
     *
     * @return NaN when no pixel is valid
     */
    public double max() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).max().orElse(Double.NaN);
    }

    /**
     * Mean over the valid pixels.
     *
     * @return NaN when no pixel is valid
     */
    public double mean() {
        return Arrays.stream(values).filter(v -> !Double.isNaN(v)).average().orElse(Double.NaN);
    }

    /**
     * The valid pixels.
     *
     * @return those that are not NaN
     */
    public Mask valid() {
        return Mask.of(rows, columns, i -> !Double.isNaN(values[i]));
    }

    /**
     * The pixels whose value is greater than a threshold; invalid pixels are not among them.
     *
     * @param threshold the threshold
     * @return the pixels
     */
    public Mask above(double threshold) {
        return Mask.of(rows, columns, i -> values[i] > threshold);
    }

    /**
     * A copy of the values.
     *
     * @return row by row
     */
    public double[] toArray() {
        return values.clone();
    }

    /**
     * The values without a copy.
     *
     * @return a read-only buffer, row by row
     */
    public DoubleBuffer asBuffer() {
        return DoubleBuffer.wrap(values).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ScoreMap that
                && name.equals(that.name)
                && rows == that.rows
                && columns == that.columns
                && Arrays.equals(values, that.values)
                && Objects.equals(geoReference, that.geoReference);
    }

    @Override
    public int hashCode() {
        return Objects.hash(name, rows, columns, Arrays.hashCode(values));
    }

    @Override
    public String toString() {
        return name + " of " + rows + "x" + columns + " pixels, " + min() + " to " + max();
    }
}
