package org.hsi4j.metrics;

/** Which pixels count as neighbours when pixels are joined to objects. */
public enum Connectivity {
    /** Those that share a side. */
    FOUR,
    /** Those that share a side or a corner. */
    EIGHT
}
