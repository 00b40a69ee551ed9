package org.hsi4j.io.hdf;

import java.util.List;
import java.util.Optional;

/** A group of an HDF5 file. */
public interface HdfGroup extends HdfNode {

    /**
     * Its members, in the order of the file.
     *
     * @return the members, links included
     */
    List<HdfNode> children();

    /**
     * A member.
     *
     * @param name its name
     * @return the member; empty when there is none of this name
     */
    Optional<HdfNode> child(String name);
}
