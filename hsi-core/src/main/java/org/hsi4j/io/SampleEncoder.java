package org.hsi4j.io;

import java.nio.ByteBuffer;

/** Turns float64 into the samples of a file. */
final class SampleEncoder {
    private final SampleType type;
    private final double noData;

    /**
     * An encoder.
     *
     * @param type what a sample becomes
     * @param noData what NaN becomes; NaN when there is nothing for it in whole numbers
     */
    SampleEncoder(SampleType type, double noData) {
        if (type.isInteger() && !Double.isNaN(noData) && !(noData == Math.rint(noData) && type.holds(noData))) {
            throw new IllegalArgumentException("the no-data value " + noData + " is no " + type);
        }
        this.type = type;
        this.noData = noData;
    }

    /**
     * Appends samples to a buffer.
     *
     * @return number of the first sample that cannot be written, or -1
     */
    int put(double[] values, int first, int count, ByteBuffer target) {
        for (int i = first; i < first + count; i++) {
            double v = values[i];
            if (Double.isNaN(v)) {
                if (type.isInteger() && Double.isNaN(noData)) {
                    return i;
                }
                v = noData;
            } else {
                v = type.isInteger() ? Math.rint(v) : v;
                if (!holds(v)) {
                    return i;
                }
            }
            put(v, target);
        }
        return -1;
    }

    /** Why a sample cannot be written. */
    String reason(double value) {
        if (Double.isNaN(value)) {
            return "is NaN, for which " + type + " needs a no-data value";
        }
        double v = type.isInteger() ? Math.rint(value) : value;
        return v == noData || (float) v == (float) noData
                ? value + " would be read as the no-data value " + noData
                : value + " is beyond the range of " + type;
    }

    private boolean holds(double v) {
        return switch (type) {
            case FLOAT32 -> Float.isFinite((float) v) && (float) v != (float) noData;
            case FLOAT64 -> v != noData && v != (double) (float) noData;
            default -> type.holds(v) && v != noData;
        };
    }

    private void put(double v, ByteBuffer target) {
        switch (type) {
            case UINT8 -> target.put((byte) (int) v);
            case INT16, UINT16 -> target.putShort((short) (int) v);
            case INT32 -> target.putInt((int) v);
            case UINT32 -> target.putInt((int) (long) v);
            case INT64 -> target.putLong((long) v);
            case UINT64 -> target.putLong(v < 0x1p63 ? (long) v : (long) (v - 0x1p63) ^ Long.MIN_VALUE);
            case FLOAT32 -> target.putFloat((float) v);
            case FLOAT64 -> target.putDouble(v);
        }
    }
}
