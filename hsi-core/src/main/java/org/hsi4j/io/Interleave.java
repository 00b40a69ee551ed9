package org.hsi4j.io;

/** In what order the samples of an image follow each other in a file. */
public enum Interleave {
    /** Band sequential: one whole image a band. */
    BSQ,
    /** Band interleaved by line: row after row, in each row one line a band. */
    BIL,
    /** Band interleaved by pixel: pixel after pixel, in each pixel one sample a band. */
    BIP
}
