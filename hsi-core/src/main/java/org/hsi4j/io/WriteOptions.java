package org.hsi4j.io;

import java.nio.ByteOrder;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * How a file is written. Immutable and thread-safe.
 *
 * <pre>{@code
 * Cubes.write(cube, path, WriteOptions.defaults().withInterleave(Interleave.BIL), RunContext.defaults());
 * }</pre>
 */
public final class WriteOptions {
    private static final WriteOptions DEFAULTS =
            new WriteOptions(Interleave.BSQ, null, ByteOrder.LITTLE_ENDIAN, Double.NaN);

    private final Interleave interleave;
    private final @Nullable SampleType sampleType;
    private final ByteOrder byteOrder;
    private final double noDataValue;

    private WriteOptions(
            Interleave interleave, @Nullable SampleType sampleType, ByteOrder byteOrder, double noDataValue) {
        this.interleave = interleave;
        this.sampleType = sampleType;
        this.byteOrder = byteOrder;
        this.noDataValue = noDataValue;
    }

    /**
     * Band sequential, little-endian, the type that follows from the cube, its own no-data value.
     *
     * @return the defaults
     */
    public static WriteOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Another order of the samples; band sequential by default.
     *
     * @param order the order
     * @return new options
     */
    public WriteOptions withInterleave(Interleave order) {
        return new WriteOptions(Objects.requireNonNull(order, "interleave"), sampleType, byteOrder, noDataValue);
    }

    /**
     * Another type of the samples. Whole numbers are rounded to the nearest, halves to the even one. By default an ENVI image
     * keeps the type of the mapped file whose samples the cube shows as they are; otherwise float32 for a cube whose precision
     * that is, float64 for any other. A scaled cube may need float64 to keep every digit.
     *
     * @param type the type
     * @return new options
     */
    public WriteOptions withSampleType(SampleType type) {
        return new WriteOptions(interleave, Objects.requireNonNull(type, "type"), byteOrder, noDataValue);
    }

    /**
     * Another order of the bytes of a sample; little-endian by default.
     *
     * @param order the order
     * @return new options
     */
    public WriteOptions withByteOrder(ByteOrder order) {
        return new WriteOptions(interleave, sampleType, Objects.requireNonNull(order, "order"), noDataValue);
    }

    /**
     * What stands for samples without data. By default the cube's no-data value; where it has none, NaN in floating point,
     * and nothing in whole numbers.
     *
     * @param value a finite number
     * @return new options
     * @throws IllegalArgumentException if the value is not finite
     */
    public WriteOptions withNoDataValue(double value) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException("the no-data value must be finite, not " + value);
        }
        return new WriteOptions(interleave, sampleType, byteOrder, value);
    }

    /**
     * The order of the samples.
     *
     * @return the order
     */
    public Interleave interleave() {
        return interleave;
    }

    /**
     * The type of the samples.
     *
     * @return empty when it follows from the cube
     */
    public Optional<SampleType> sampleType() {
        return Optional.ofNullable(sampleType);
    }

    /**
     * The order of the bytes of a sample.
     *
     * @return the order
     */
    public ByteOrder byteOrder() {
        return byteOrder;
    }

    /**
     * What stands for samples without data.
     *
     * @return empty when it follows from the cube
     */
    public OptionalDouble noDataValue() {
        return Double.isNaN(noDataValue) ? OptionalDouble.empty() : OptionalDouble.of(noDataValue);
    }

    @Override
    public String toString() {
        return "write options: " + interleave + ", "
                + sampleType().map(SampleType::name).orElse("auto") + ", " + byteOrder + ", no data "
                + (Double.isNaN(noDataValue) ? "auto" : String.valueOf(noDataValue));
    }
}
