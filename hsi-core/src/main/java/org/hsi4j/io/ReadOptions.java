package org.hsi4j.io;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.hsi4j.Precision;
import org.jspecify.annotations.Nullable;

/**
 * What a file does not say by itself. Immutable and thread-safe; every option has a default, and a format ignores those
 * that mean nothing to it.
 *
 * <pre>{@code
 * Cube cube = Cubes.read(path, ReadOptions.defaults().withVariable("Y").withShape(95, 95));
 * }</pre>
 */
public final class ReadOptions {
    private static final ReadOptions DEFAULTS =
            new ReadOptions(null, 0, 0, PixelOrder.COLUMN_MAJOR, AxisOrder.AUTO, null);

    private final @Nullable String variable;
    private final int rows;
    private final int columns;
    private final PixelOrder pixelOrder;
    private final AxisOrder axisOrder;
    private final @Nullable Precision precision;

    private ReadOptions(
            @Nullable String variable,
            int rows,
            int columns,
            PixelOrder pixelOrder,
            AxisOrder axisOrder,
            @Nullable Precision precision) {
        this.variable = variable;
        this.rows = rows;
        this.columns = columns;
        this.pixelOrder = pixelOrder;
        this.axisOrder = axisOrder;
        this.precision = precision;
    }

    /**
     * No variable and no shape named, pixels column by column, axes and precision found out.
     *
     * @return the defaults
     */
    public static ReadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Which variable of a MAT file is meant. By default the reader looks for the one that is an image.
     *
     * @param name its name
     * @return new options
     * @throws IllegalArgumentException if the name is blank
     */
    public ReadOptions withVariable(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a variable is not blank");
        }
        return new ReadOptions(name, rows, columns, pixelOrder, axisOrder, precision);
    }

    /**
     * The shape of the image in a bands-by-pixels matrix. By default the reader looks for variables of the file that say it.
     *
     * @param newRows rows of the image, at least one
     * @param newColumns columns of the image, at least one
     * @return new options
     * @throws IllegalArgumentException if one is smaller than one
     */
    public ReadOptions withShape(int newRows, int newColumns) {
        if (newRows < 1 || newColumns < 1) {
            throw new IllegalArgumentException("an image has at least one pixel, not " + newRows + "x" + newColumns);
        }
        return new ReadOptions(variable, newRows, newColumns, pixelOrder, axisOrder, precision);
    }

    /**
     * The order of the pixels in a bands-by-pixels matrix; column by column by default, which is MATLAB's.
     *
     * @param order the order
     * @return new options
     */
    public ReadOptions withPixelOrder(PixelOrder order) {
        return new ReadOptions(variable, rows, columns, Objects.requireNonNull(order, "order"), axisOrder, precision);
    }

    /**
     * What the axes of a three-dimensional array are; found out by default.
     *
     * @param order the order
     * @return new options
     */
    public ReadOptions withAxisOrder(AxisOrder order) {
        return new ReadOptions(variable, rows, columns, pixelOrder, Objects.requireNonNull(order, "order"), precision);
    }

    /**
     * How samples that are loaded are kept; a mapped file keeps the type it has. By default nothing is lost: float32 where
     * the file holds 8-bit or 16-bit integers or float32, float64 otherwise.
     *
     * @param newPrecision the precision
     * @return new options
     */
    public ReadOptions withPrecision(Precision newPrecision) {
        return new ReadOptions(
                variable, rows, columns, pixelOrder, axisOrder, Objects.requireNonNull(newPrecision, "precision"));
    }

    /**
     * The variable of a MAT file that is meant.
     *
     * @return empty when the reader shall look for it
     */
    public Optional<String> variable() {
        return Optional.ofNullable(variable);
    }

    /**
     * Rows of the image.
     *
     * @return empty when the file shall say
     */
    public OptionalInt rows() {
        return rows == 0 ? OptionalInt.empty() : OptionalInt.of(rows);
    }

    /**
     * Columns of the image.
     *
     * @return empty when the file shall say
     */
    public OptionalInt columns() {
        return columns == 0 ? OptionalInt.empty() : OptionalInt.of(columns);
    }

    /**
     * The order of the pixels in a bands-by-pixels matrix.
     *
     * @return the order
     */
    public PixelOrder pixelOrder() {
        return pixelOrder;
    }

    /**
     * What the axes of a three-dimensional array are.
     *
     * @return the order
     */
    public AxisOrder axisOrder() {
        return axisOrder;
    }

    /**
     * How samples that are loaded are kept.
     *
     * @return empty when the reader shall choose the smallest that loses nothing
     */
    public Optional<Precision> precision() {
        return Optional.ofNullable(precision);
    }

    @Override
    public String toString() {
        return "read options: variable " + variable().orElse("auto") + ", shape "
                + (rows == 0 ? "auto" : rows + "x" + columns) + ", pixels " + pixelOrder + ", axes " + axisOrder
                + ", precision " + precision().map(Precision::name).orElse("auto");
    }
}
