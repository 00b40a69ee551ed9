package org.hsi4j.detection;

/** A linear filter about the mean of the background: w' (x - m). Costs 2 B flops a pixel. */
final class FilterModel extends GaussianModel implements PixelDetectionModel {
    private static final long serialVersionUID = 1L;

    private final LinearFilter filter;

    private FilterModel(LinearFilter filter, double deviation, Background background) {
        super(background.bands(), new BackgroundLaw.Normal(deviation), background.diagnostics());
        this.filter = filter;
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
        return new FilterModel(LinearFilter.along(background, d), scale, background);
    }

    @Override
    public Worker worker() {
        return filter::apply;
    }
}
