package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Region;

/** A restored cube of which some pixels are given back a share of what was taken from them. */
final class GivenBack extends DerivedSource {
    private final Cube before;
    private final Cube after;
    private final double[] share;

    /**
     * Of a cube before and after.
     *
     * @param share of each pixel, zero for none
     */
    GivenBack(Cube before, Cube after, double[] share) {
        super(after);
        this.before = before;
        this.after = after;
        this.share = share;
    }

    @Override
    double[][] samples(Region run, int[] bands) {
        double[][] x = read(after, run, bands);
        double[][] y = read(before, run, bands);
        int first = run.row() * columns() + run.column();
        for (int k = 0; k < bands.length; k++) {
            for (int i = 0; i < run.columns(); i++) {
                double s = share[first + i];
                x[k][i] += s > 0 ? s * (y[k][i] - x[k][i]) : 0;
            }
        }
        return x;
    }
}
