package org.hsi4j.io;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A file of named arrays, whose first index runs fastest. */
interface ArrayFile {

    /** The table of contents, in the order of the file. */
    List<ArrayEntry> entries();

    /** Reads the numbers of a numeric array. The caller has made sure that they fit on the heap. */
    MatNumbers numbers(ArrayEntry entry) throws IOException;

    /** What a cube read from the file should say about it. */
    Optional<String> note();
}
