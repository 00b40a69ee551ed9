package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** Planes in float64 as the bands of a cube, without a copy: nobody may change them any more. */
final class PlaneSource implements SampleSource {
    private final int rows;
    private final int columns;
    private final double[][] planes;

    private PlaneSource(int rows, int columns, double[][] planes) {
        this.rows = rows;
        this.columns = columns;
        this.planes = planes;
    }

    static Cube cube(double[][] planes, Mask valid) {
        return Cube.builder(new PlaneSource(valid.rows(), valid.columns(), planes))
                .mask(valid)
                .build();
    }

    @Override
    public int rows() {
        return rows;
    }

    @Override
    public int columns() {
        return columns;
    }

    @Override
    public int bands() {
        return planes.length;
    }

    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        for (int k = 0; k < bands.length; k++) {
            System.arraycopy(planes[bands[k]], (int) firstPixel, target[k], offset, count);
        }
    }
}
