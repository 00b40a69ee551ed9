package org.hsi4j.io;

import java.nio.ByteBuffer;

/**
 * The numbers of an array of a MAT-file as they are stored, the first index running fastest.
 *
 * @param bytes the numbers, in the byte order of the buffer
 * @param storage how they are stored
 */
record MatNumbers(ByteBuffer bytes, MatStorage storage) {

    /** Number of numbers. */
    int count() {
        return bytes.capacity() / storage.bytes();
    }

    /** One number. */
    double get(int index) {
        return switch (storage) {
            case INT8 -> bytes.get(index);
            case UINT8 -> bytes.get(index) & 0xff;
            case INT16 -> bytes.getShort(2 * index);
            case UINT16 -> bytes.getShort(2 * index) & 0xffff;
            case INT32 -> bytes.getInt(4 * index);
            case UINT32 -> bytes.getInt(4 * index) & 0xffffffffL;
            case INT64 -> bytes.getLong(8 * index);
            case UINT64 -> SampleBuffer.unsigned(bytes.getLong(8 * index));
            case SINGLE -> bytes.getFloat(4 * index);
            case DOUBLE -> bytes.getDouble(8 * index);
            case NONE -> throw new IllegalStateException("not an array of numbers");
        };
    }

    /** All numbers. */
    double[] toArray() {
        double[] numbers = new double[count()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = get(i);
        }
        return numbers;
    }
}
