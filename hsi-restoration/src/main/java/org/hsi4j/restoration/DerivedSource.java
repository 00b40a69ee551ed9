package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.Region;
import org.hsi4j.SampleSource;

/** Samples of the shape and the precision of a cube that are computed from it, a run of pixels of one row at a time, when they are read. */
abstract class DerivedSource implements SampleSource {
    private final Cube cube;

    DerivedSource(Cube cube) {
        this.cube = cube;
    }

    /**
     * Computes the samples of a run.
     *
     * @param run some pixels of one row
     * @param bands the bands wanted
     * @return one array a wanted band
     */
    abstract double[][] samples(Region run, int[] bands);

    /** The samples of some bands of a cube, NaN where there is none. */
    static double[][] read(Cube cube, Region run, int[] bands) {
        double[][] planes = new double[bands.length][run.columns()];
        cube.selectBands(bands).read(run, planes);
        return planes;
    }

    @Override
    public final int rows() {
        return cube.rows();
    }

    @Override
    public final int columns() {
        return cube.columns();
    }

    @Override
    public final int bands() {
        return cube.bands();
    }

    @Override
    public final Precision precision() {
        return cube.precision();
    }

    @Override
    public final void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int first = Math.toIntExact(firstPixel);
        boolean narrow = precision() == Precision.FLOAT;
        for (int done = 0; done < count; ) {
            int column = (first + done) % columns();
            int n = Math.min(count - done, columns() - column);
            double[][] samples = samples(new Region((first + done) / columns(), column, 1, n), bands);
            for (int k = 0; k < bands.length; k++) {
                for (int i = 0; i < n; i++) {
                    double v = samples[k][i];
                    target[k][offset + done + i] = narrow ? (float) v : v;
                }
            }
            done += n;
        }
    }
}
