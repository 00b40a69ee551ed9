package org.hsi4j.io.hdf;

import java.nio.ByteBuffer;
import java.util.Optional;

/** A dataset of an HDF5 file. */
public interface HdfDataset extends HdfNode {

    /**
     * Its path in the file.
     *
     * @return names of groups and its own, with slashes
     */
    String path();

    /**
     * Its dimensions.
     *
     * @return a length an axis, in the order of the file; none for a scalar
     */
    int[] dimensions();

    /**
     * What one element is.
     *
     * @return the type
     */
    HdfType type();

    /**
     * In what pieces the file holds it.
     *
     * @return the lengths of a chunk; empty where it is not chunked
     */
    Optional<int[]> chunk();

    /**
     * All elements as they are stored, filters undone.
     *
     * @return bytes in the byte order of the file, the last index running fastest
     */
    ByteBuffer all();

    /**
     * The elements of a box as they are stored, filters undone.
     *
     * @param from its first index on each axis
     * @param shape its length on each axis
     * @return bytes in the byte order of the file, the last index running fastest
     */
    ByteBuffer box(long[] from, int[] shape);
}
