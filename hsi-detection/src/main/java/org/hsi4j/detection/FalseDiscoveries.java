package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.ScoreMap;

/**
 * Which p-values are small enough that few of those reported are false: the step-up rule of Benjamini and Hochberg ("Controlling the
 * false discovery rate", Journal of the Royal Statistical Society B 57, 1995). Of m p-values in rising order, all up to the
 * largest p<sub>(i)</sub> &le; i q / m are reported. If background has p-values that are uniform or larger, the expected share
 * of background among what is reported is at most q, for independent pixels and for those that depend on each other positively (as
 * neighbours do).
 */
public final class FalseDiscoveries {

    private FalseDiscoveries() {}

    /**
     * The largest p-value that is reported.
     *
     * @param pValues the p-values of a scene; NaN ones are left out
     * @param rate q, the share of false ones among those reported, above zero and below one
     * @return zero to one; -1 where none is small enough
     * @throws IllegalArgumentException if the rate is not above zero and below one
     */
    public static double largest(ScoreMap pValues, double rate) {
        if (!(rate > 0 && rate < 1)) {
            throw new IllegalArgumentException("false-discovery rate must be above 0 and below 1, not " + rate);
        }
        double[] sorted = Arrays.stream(pValues.toArray())
                .filter(p -> !Double.isNaN(p))
                .sorted()
                .toArray();
        for (int i = sorted.length; i > 0; i--) {
            if (sorted[i - 1] <= i * rate / sorted.length) {
                return sorted[i - 1];
            }
        }
        return -1;
    }
}
