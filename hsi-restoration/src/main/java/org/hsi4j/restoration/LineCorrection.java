package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** A cube whose lines are scaled and shifted, each with its own gain and offset in each band. Computed when it is read. */
final class LineCorrection implements SampleSource {
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
        this.cube = cube;
        this.direction = direction;
        this.gain = gain;
        this.offset = offset;
    }

    @Override
    public int rows() {
        return cube.rows();
    }

    @Override
    public int columns() {
        return cube.columns();
    }

    @Override
    public int bands() {
        return cube.bands();
    }

    @Override
    public Precision precision() {
        return cube.precision();
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int at) {
        int first = Math.toIntExact(firstPixel);
        int columns = columns();
        Cube wanted = cube.selectBands(bands);
        boolean narrow = precision() == Precision.FLOAT;
        for (int done = 0; done < count; ) {
            int row = (first + done) / columns;
            int column = (first + done) % columns;
            int n = Math.min(count - done, columns - column);
            double[][] planes = new double[bands.length][n];
            wanted.read(new org.hsi4j.Region(row, column, 1, n), planes);
            for (int k = 0; k < bands.length; k++) {
                double[] gains = gain[bands[k]];
                double[] offsets = offset[bands[k]];
                for (int i = 0; i < n; i++) {
                    int line = direction == StripeDirection.COLUMNS ? column + i : row;
                    double v = planes[k][i] * gains[line] + offsets[line];
                    target[k][at + done + i] = narrow ? (float) v : v;
                }
            }
            done += n;
        }
    }
}
