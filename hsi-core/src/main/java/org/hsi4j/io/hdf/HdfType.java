package org.hsi4j.io.hdf;

/**
 * What one element of a dataset is.
 *
 * @param kind how its bytes are to be understood
 * @param bytes how many they are
 */
public record HdfType(Kind kind, int bytes) {

    /** Kinds of elements. */
    public enum Kind {
        /** A whole number in two's complement that takes all bits. */
        SIGNED,
        /** A whole number without a sign that takes all bits. */
        UNSIGNED,
        /** A number in floating point. */
        FLOATING,
        /** Several values in a row, as complex numbers are. */
        COMPOUND,
        /** Anything else: text, references, numbers with padding. */
        OTHER
    }
}
