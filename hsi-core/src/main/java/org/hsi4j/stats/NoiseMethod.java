package org.hsi4j.stats;

/** How the noise of a scene is told from its signal. */
public enum NoiseMethod {
    /** What the other bands cannot explain by linear regression: {@link NoiseCovariance#regression}. */
    REGRESSION,
    /** Half the covariance of the differences of neighbouring pixels: {@link NoiseCovariance#shiftDifference}. */
    SHIFT_DIFFERENCE,
    /** The covariance inside the most homogeneous blocks of the image: {@link NoiseCovariance#homogeneousBlocks}. */
    HOMOGENEOUS_BLOCKS
}
