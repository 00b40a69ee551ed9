package org.hsi4j;

/** What the samples of a cube measure. */
public enum Quantity {
    /** Raw counts of the instrument. */
    DIGITAL_NUMBER,
    /** Radiance at the sensor, in the unit the file states. */
    RADIANCE,
    /** Surface or top-of-atmosphere reflectance, 1 being a perfect diffuser. */
    REFLECTANCE,
    /** The source does not say. */
    UNKNOWN
}
