package org.hsi4j.unmixing;

/** What {@link NmfQmv} takes for the size of a simplex, as a mean over its corners. */
public enum QuadraticVolume {
    /** Squared distance of the corners from those of the start, which are pixels on the boundary of the scene. */
    BOUNDARY,
    /** Squared distance of the corners from the mean of the scene. */
    CENTER,
    /** Squared distance of the corners from their own mean: the variance of the corners. */
    TOTAL_VARIANCE
}
