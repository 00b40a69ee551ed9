package org.hsi4j.detection;

/** Whose covariance a detector with windows takes. The mean is that of the ring in any case. */
public enum WindowCovariance {
    /** That of the ring around the pixel. */
    RING,
    /**
     * That of the whole scene: for rings too small to know a covariance, in scenes whose brightness changes from place to place and whose
     * variation does not. It is shrunk where it must be ({@link org.hsi4j.stats.Shrinkage#AUTO}), and not loaded.
     */
    SCENE
}
