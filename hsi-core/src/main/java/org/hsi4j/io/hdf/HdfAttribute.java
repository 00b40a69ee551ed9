package org.hsi4j.io.hdf;

/** A small value that is attached to a group or a dataset. */
public interface HdfAttribute {

    /**
     * Its name.
     *
     * @return the name
     */
    String name();

    /**
     * Whether it has no value.
     *
     * @return true when there is nothing to read
     */
    boolean isEmpty();

    /**
     * How large its value claims to be, known before it is read.
     *
     * @return bytes in the file
     * @throws ArithmeticException if that is more than a {@code long} can tell
     */
    long bytes();

    /**
     * Reads its value.
     *
     * @return a {@link Number}, a {@link String}, an array of a primitive type, or something else that is not understood
     */
    Object value();
}
