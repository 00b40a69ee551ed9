package org.hsi4j;

/** How the samples of a cube are kept on the heap; sums and solves run in float64 whatever is chosen. */
public enum Precision {
    /** 32-bit IEEE floating point: exact for integers up to 2<sup>24</sup>. */
    FLOAT,
    /** 64-bit IEEE floating point. */
    DOUBLE
}
