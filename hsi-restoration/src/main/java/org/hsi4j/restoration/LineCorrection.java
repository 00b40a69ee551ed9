package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Region;

/** A cube whose lines are scaled and shifted, each with its own gain and offset in each band. */
final class LineCorrection extends DerivedSource {
    private final Cube cube;
    private final StripeDirection direction;
    private final double[][] gain;
    private final double[][] offset;

    /**
     * Of a cube.
     *
     * @param gain what samples are multiplied with: bands x lines
     * @param offset what is then added
     */
    LineCorrection(Cube cube, StripeDirection direction, double[][] gain, double[][] offset) {
        super(cube);
        this.cube = cube;
        this.direction = direction;
        this.gain = gain;
        this.offset = offset;
    }

    @Override
    double[][] samples(Region run, int[] bands) {
        double[][] planes = read(cube, run, bands);
        for (int k = 0; k < bands.length; k++) {
            double[] gains = gain[bands[k]];
            double[] offsets = offset[bands[k]];
            for (int i = 0; i < run.columns(); i++) {
                int line = direction == StripeDirection.COLUMNS ? run.column() + i : run.row();
                planes[k][i] = planes[k][i] * gains[line] + offsets[line];
            }
        }
        return planes;
    }
}
