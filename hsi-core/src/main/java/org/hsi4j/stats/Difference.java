package org.hsi4j.stats;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.SampleSource;

/** Each pixel minus a neighbour; NaN where one of the two is invalid. */
final class Difference implements SampleSource {
    private final Cube cube;
    private final int down;
    private final int right;

    Difference(Cube cube, int down, int right) {
        this.cube = cube;
        this.down = down;
        this.right = right;
    }

    @Override
    public int rows() {
        return cube.rows() - down;
    }

    @Override
    public int columns() {
        return cube.columns() - right;
    }

    @Override
    public int bands() {
        return cube.bands();
    }

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        for (int done = 0; done < count; ) {
            int row = (int) ((firstPixel + done) / columns());
            int column = (int) ((firstPixel + done) % columns());
            int length = Math.min(count - done, columns() - column);
            Region region = new Region(row, column, 1 + down, length + right);
            double[][] planes = new double[cube.bands()][(int) region.pixels()];
            cube.read(region, planes);
            int neighbour = down * region.columns() + right;
            for (int k = 0; k < bands.length; k++) {
                double[] plane = planes[bands[k]];
                for (int i = 0; i < length; i++) {
                    target[k][offset + done + i] = plane[i] - plane[neighbour + i];
                }
            }
            done += length;
        }
    }
}
