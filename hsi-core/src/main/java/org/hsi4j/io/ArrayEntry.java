package org.hsi4j.io;

import java.util.List;

/**
 * One array of a file, or what stands in its place.
 *
 * @param name its name
 * @param dimensions its dimensions; empty for what is not an array
 * @param type MATLAB's class in words
 * @param isComplex whether it has an imaginary part
 * @param isLogical whether its numbers are truth values
 * @param storage how its numbers are stored
 * @param dataBytes length of its numbers in the file once inflated; zero unless it is numeric
 * @param position where it starts in the file
 */
record ArrayEntry(
        String name,
        List<Integer> dimensions,
        String type,
        boolean isComplex,
        boolean isLogical,
        MatStorage storage,
        long dataBytes,
        long position) {

    /** Whether it is a full array of numbers. */
    boolean isNumeric() {
        return storage != MatStorage.NONE;
    }

    /** Number of numbers. */
    long count() {
        return dimensions.stream().mapToLong(Integer::longValue).reduce(1, (a, b) -> a * b);
    }
}
