package org.hsi4j.restoration;

/** Along which lines of the image the stripes of a {@link Destriper} run. */
public enum StripeDirection {
    /** Down the columns, as those of a push-broom sensor in the geometry of the sensor. */
    COLUMNS,
    /** Along the rows, as those of a whisk-broom sensor. */
    ROWS
}
