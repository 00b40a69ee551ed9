package org.hsi4j.stats;

import org.hsi4j.run.Diagnostics;

/**
 * How many independent spectra a scene seems to hold, as one method sees it.
 *
 * @param method name of the method
 * @param count the number of dimensions, zero or more
 * @param diagnostics figures of the method and what a person should know
 */
public record DimensionEstimate(String method, int count, Diagnostics diagnostics) {

    /**
     * Checks the count.
     *
     * @throws IllegalArgumentException if the count is negative
     */
    public DimensionEstimate {
        if (count < 0) {
            throw new IllegalArgumentException("a scene cannot have " + count + " dimensions");
        }
    }
}
