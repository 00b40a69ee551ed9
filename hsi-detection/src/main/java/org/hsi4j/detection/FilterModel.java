package org.hsi4j.detection;

import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;

/** A linear filter about the mean of the background: w' (x - m). Costs 3 B flops a pixel. */
final class FilterModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[][] weights; // a matrix of one row

    private FilterModel(double[] mean, double[] weights, double deviation, Diagnostics diagnostics) {
        super(mean.length, new BackgroundLaw.Normal(deviation), diagnostics);
        this.mean = mean;
        this.weights = new double[][] {weights};
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
        return new FilterModel(background.mean(), background.whitening().filter(d), scale, background.diagnostics());
    }

    @Override
    public Worker worker() {
        return (tile, output) -> {
            double[][] planes = tile.planes();
            int n = tile.size();
            for (int b = 0; b < mean.length; b++) {
                double[] plane = planes[b];
                double m = mean[b];
                for (int i = 0; i < n; i++) {
                    plane[i] -= m;
                }
            }
            Kernels.best().multiply(weights, planes, n, output);
        };
    }
}
