package org.hsi4j.unmixing;

import java.util.List;
import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * Between which limits each abundance lies, given that the endmembers are right: what noise does to it, and nothing else.
 * {@link CovarianceIntervals} and {@link BootstrapIntervals} make them. Immutable.
 *
 * @param low the lower limit of each abundance; NaN at invalid pixels
 * @param high the upper limit of each abundance; NaN at invalid pixels
 * @param level the share of intervals that are meant to hold the true abundance, between zero and one
 * @param diagnostics the figure {@code mean_width} (over all limits that are finite), and what the method adds
 */
public record AbundanceIntervals(AbundanceMaps low, AbundanceMaps high, double level, Diagnostics diagnostics)
        implements Illustrated {

    /** Checks that all parts are there. */
    public AbundanceIntervals {
        Objects.requireNonNull(low, "low");
        Objects.requireNonNull(high, "high");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * Mean over the endmembers of the distance between the limits.
     *
     * @return one map; NaN at invalid pixels, and where a limit is infinite
     */
    public ScoreMap width() {
        double[] mean = new double[low.pixels()];
        for (int k = 0; k < low.count(); k++) {
            for (int i = 0; i < mean.length; i++) {
                double width = high.asBuffer(k).get(i) - low.asBuffer(k).get(i);
                mean[i] += Double.isInfinite(width) ? Double.NaN : width / low.count();
            }
        }
        return ScoreMap.of("width of the intervals", low.rows(), low.columns(), mean)
                .withGeoReference(low.geoReference().orElse(null));
    }

    /**
     * Share of the intervals that hold given abundances: what simulations compare with the level.
     *
     * @param truth abundances of the same shape and order
     * @return from zero to one for each endmember; NaN without a valid pixel
     * @throws IllegalArgumentException if the truth has another shape or number of maps
     */
    public double[] coverage(AbundanceMaps truth) {
        if (truth.count() != low.count() || truth.rows() != low.rows() || truth.columns() != low.columns()) {
            throw new IllegalArgumentException("the truth has " + truth.count() + " maps of " + truth.rows() + "x"
                    + truth.columns() + " pixels but there are intervals for " + low.count() + " of " + low.rows() + "x"
                    + low.columns());
        }
        double[] shares = new double[low.count()];
        for (int k = 0; k < shares.length; k++) {
            long held = 0;
            long valid = 0;
            for (int i = 0; i < low.pixels(); i++) {
                double a = truth.asBuffer(k).get(i);
                double from = low.asBuffer(k).get(i);
                if (!Double.isNaN(a) && !Double.isNaN(from)) {
                    valid++;
                    held += a >= from && a <= high.asBuffer(k).get(i) ? 1 : 0;
                }
            }
            shares[k] = (double) held / valid;
        }
        return shares;
    }

    /**
     * The lower limits ({@code interval-low}), the upper ones ({@code interval-high}) and the mean {@code interval-width}.
     *
     * @return three figures
     */
    @Override
    public List<Figure> figures() {
        String share = Math.round(100 * level * 10) / 10.0 + " %";
        return List.of(
                new Figure(
                        "interval-low",
                        "The lower limits of the abundances; of the intervals " + share
                                + " are meant to hold the truth.",
                        AbundancePanel.of(low)),
                new Figure("interval-high", "The upper limits of the abundances.", AbundancePanel.of(high)),
                new Figure(
                        "interval-width",
                        "How wide the intervals are, as the mean over the endmembers: what noise leaves open.",
                        MapPicture.of(width())));
    }

    static AbundanceIntervals of(AbundanceMaps low, AbundanceMaps high, double level, Diagnostics diagnostics) {
        AbundanceIntervals bare = new AbundanceIntervals(low, high, level, diagnostics);
        double width = bare.width().mean();
        return Double.isNaN(width)
                ? bare
                : new AbundanceIntervals(low, high, level, diagnostics.with("mean_width", width));
    }

    static double requireLevel(double level) {
        if (!(level > 0 && level < 1)) {
            throw new IllegalArgumentException("the level must be between 0 and 1, not " + level);
        }
        return level;
    }
}
