package org.hsi4j.detection;

/** How a threshold is found for a false-alarm rate. */
public enum ThresholdRule {
    /**
     * The smallest score that at most the asked share of the background's pixels exceed: keeps its word on the scene at hand
     * whatever the distribution. The share is always used up, so as many pixels are reported in a scene without a target,
     * and none at all when the share is less than one pixel.
     */
    EMPIRICAL,
    /**
     * The quantile of the distribution that the method assumes of its scores, see {@link DetectionModel#threshold}. Reports
     * nothing but chance where there is no target and holds on scenes of any size, if the background is Gaussian. Real
     * ones have heavier tails, so that RX in particular reports many times what was asked.
     */
    MODEL
}
