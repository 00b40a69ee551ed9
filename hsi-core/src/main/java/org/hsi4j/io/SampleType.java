package org.hsi4j.io;

import java.util.Optional;
import org.hsi4j.Precision;

/** How one sample is stored in a file. */
public enum SampleType {
    /** 8-bit unsigned integer, 0 to 255. */
    UINT8(1, 1, 0, 255),
    /** 16-bit signed integer. */
    INT16(2, 2, Short.MIN_VALUE, Short.MAX_VALUE),
    /** 32-bit signed integer. */
    INT32(3, 4, Integer.MIN_VALUE, Integer.MAX_VALUE),
    /** 32-bit IEEE floating point. */
    FLOAT32(4, 4, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** 64-bit IEEE floating point. */
    FLOAT64(5, 8, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY),
    /** 16-bit unsigned integer, 0 to 65535. */
    UINT16(12, 2, 0, 65535),
    /** 32-bit unsigned integer. */
    UINT32(13, 4, 0, 4294967295.0),
    /** 64-bit signed integer; beyond 2<sup>53</sup> in size it is rounded to float64 when read. */
    INT64(14, 8, -0x1p63, 0x1p63),
    /** 64-bit unsigned integer; beyond 2<sup>53</sup> it is rounded to float64 when read. */
    UINT64(15, 8, 0, 0x1p64);

    private final int enviCode;
    private final int bytes;
    private final double min;
    private final double max;

    SampleType(int enviCode, int bytes, double min, double max) {
        this.enviCode = enviCode;
        this.bytes = bytes;
        this.min = min;
        this.max = max;
    }

    static Optional<SampleType> ofEnviCode(int code) {
        for (SampleType type : values()) {
            if (type.enviCode == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }

    /** The number that stands for it in an ENVI header. */
    int enviCode() {
        return enviCode;
    }

    /**
     * Size of a sample.
     *
     * @return bytes: 1, 2, 4 or 8
     */
    public int bytes() {
        return bytes;
    }

    /**
     * Whether it holds whole numbers only.
     *
     * @return false for floating point
     */
    public boolean isInteger() {
        return this != FLOAT32 && this != FLOAT64;
    }

    /** Whether a whole number is in its range. */
    boolean holds(double wholeNumber) {
        // 2^63 and 2^64 are doubles but the largest 64-bit integers are one less
        return wholeNumber >= min && (bytes == 8 ? wholeNumber < max : wholeNumber <= max);
    }

    /** The smallest precision that keeps every sample, as far as float64 can. */
    Precision precision() {
        return bytes < 4 || this == FLOAT32 ? Precision.FLOAT : Precision.DOUBLE;
    }
}
