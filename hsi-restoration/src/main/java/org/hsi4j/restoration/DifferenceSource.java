package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** The differences between the rows of a cube, or its columns, and those before them; one row or column less. Computed when it is read. */
final class DifferenceSource implements SampleSource {
    private final Cube cube;
    private final int down;
    private final int along;

    private DifferenceSource(Cube cube, int down, int along) {
        this.cube = cube;
        this.down = down;
        this.along = along;
    }

    /** Of each pixel and the one above it; the cube has more than one row. */
    static Cube downColumns(Cube cube) {
        return Cube.builder(new DifferenceSource(cube, 1, 0)).build();
    }

    /** Of each pixel and the one to its left; the cube has more than one column. */
    static Cube alongRows(Cube cube) {
        return Cube.builder(new DifferenceSource(cube, 0, 1)).build();
    }

    @Override
    public int rows() {
        return cube.rows() - down;
    }

    @Override
    public int columns() {
        return cube.columns() - along;
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
        int columns = columns();
        Cube wanted = cube.selectBands(bands);
        for (int done = 0; done < count; ) {
            int row = (int) ((firstPixel + done) / columns);
            int column = (int) ((firstPixel + done) % columns);
            int n = Math.min(count - done, columns - column);
            double[][] before = read(wanted, row, column, n);
            double[][] after = read(wanted, row + down, column + along, n);
            for (int k = 0; k < bands.length; k++) {
                for (int i = 0; i < n; i++) {
                    target[k][offset + done + i] = after[k][i] - before[k][i];
                }
            }
            done += n;
        }
    }

    private static double[][] read(Cube cube, int row, int column, int count) {
        double[][] planes = new double[cube.bands()][count];
        cube.read(new org.hsi4j.Region(row, column, 1, count), planes);
        return planes;
    }
}
