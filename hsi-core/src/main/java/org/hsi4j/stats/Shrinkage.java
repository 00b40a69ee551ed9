package org.hsi4j.stats;

/** How a covariance is drawn towards a simpler one so that it can be inverted. */
public enum Shrinkage {
    /**
     * Not at all while the covariance is positive definite with a condition number of at most 10<sup>10</sup> and there are
     * more pixels than bands; {@link #LEDOIT_WOLF} otherwise. What was done is reported.
     */
    AUTO,
    /**
     * Towards a multiple of the identity with the weight that minimises the expected squared error: Ledoit and Wolf, "A
     * well-conditioned estimator for large-dimensional covariance matrices", 2004. Needs a second pass over the scene.
     */
    LEDOIT_WOLF,
    /**
     * Towards the diagonal with the weight that maximises the likelihood of each pixel under the covariance of all others:
     * Theiler, "The incredible shrinking covariance estimator", 2012. The weight is the best of 201 values from
     * 10<sup>-10</sup> to 1 in equal ratios; constant bands have no say. Needs a second pass over the scene, of
     * 2 B<sup>2</sup> + 400 B flops and 201 logarithms a pixel.
     */
    LEAVE_ONE_OUT,
    /** Not at all, unless the covariance cannot be factored: then as little loading as makes it so, which is reported. */
    NONE
}
