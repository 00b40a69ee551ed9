package org.hsi4j.io.hdf;

import java.util.Optional;

/** A member of a group: a {@link HdfGroup}, a {@link HdfDataset}, or something that is neither, such as a link or a named type. */
public interface HdfNode {

    /**
     * Its name in its group.
     *
     * @return the name
     */
    String name();

    /**
     * Whether it is a link to another place or another file.
     *
     * @return true for soft and external links
     */
    boolean isLink();

    /**
     * Where it starts in the file, which tells groups apart that have several names.
     *
     * @return bytes from the start
     */
    long address();

    /**
     * An attribute.
     *
     * @param name its name
     * @return the attribute; empty when there is none of this name
     */
    Optional<HdfAttribute> attribute(String name);
}
