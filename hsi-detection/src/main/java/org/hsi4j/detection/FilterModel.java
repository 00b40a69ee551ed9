package org.hsi4j.detection;

import org.hsi4j.run.Diagnostics;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/** A linear filter: w' (x - m), where m need not be the mean of the background. Costs 2 B flops a pixel. */
final class FilterModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final LinearFilter filter;

    private FilterModel(int bands, LinearFilter filter, @Nullable BackgroundLaw law, Diagnostics diagnostics) {
        super(bands, law, diagnostics);
        this.filter = filter;
    }

    /**
     * Any filter.
     *
     * @param weights w
     * @param centre m, for which the score is zero
     * @param statistics of the background, for the law of the scores
     */
    static FilterModel of(double[] weights, double[] centre, MeanScatter statistics, Diagnostics diagnostics) {
        double[] mean = statistics.mean();
        double[][] covariance = statistics.covariance();
        double shift = 0;
        double variance = 0;
        for (int b = 0; b < weights.length; b++) {
            shift += weights[b] * (mean[b] - centre[b]);
            variance += weights[b] * Background.dot(covariance[b], weights);
        }
        BackgroundLaw law = variance > 0 && Double.isFinite(variance)
                ? new BackgroundLaw.Scaled(new BackgroundLaw.Normal(1), Math.sqrt(variance), shift)
                : null; // one pixel, or nothing that varies
        return new FilterModel(weights.length, LinearFilter.of(weights, centre), law, diagnostics);
    }

    /**
     * The filter matched to a target.
     *
     * @param background the background
     * @param direction s, the whitened target
     * @param power the score is s'z / |s|<sup>power</sup>
     */
    static FilterModel matched(Background background, double[] direction, int power) {
        double norm = Background.norm(direction);
        double[] d = Background.unit(direction);
        double scale = Math.pow(norm, 1 - power);
        for (int b = 0; b < d.length; b++) {
            d[b] *= scale;
        }
        return new FilterModel(
                background.bands(),
                LinearFilter.along(background, d),
                new BackgroundLaw.Normal(scale),
                background.diagnostics());
    }

    @Override
    public Worker worker() {
        return filter::apply;
    }
}
