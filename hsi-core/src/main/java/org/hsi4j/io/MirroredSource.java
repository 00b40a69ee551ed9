package org.hsi4j.io;

import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/**
 * A raster whose rows run from right to left in its file.
 *
 * @param source the raster as it lies in the file
 */
record MirroredSource(SampleSource source) implements SampleSource {

    @Override
    public int rows() {
        return source.rows();
    }

    @Override
    public int columns() {
        return source.columns();
    }

    @Override
    public int bands() {
        return source.bands();
    }

    @Override
    public Precision precision() {
        return source.precision();
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int columns = columns();
        int done = 0;
        while (done < count) {
            long row = (firstPixel + done) / columns;
            int column = (int) ((firstPixel + done) % columns);
            int run = Math.min(count - done, columns - column);
            source.read(row * columns + columns - column - run, run, bands, target, offset + done);
            for (int k = 0; k < bands.length; k++) {
                reverse(target[k], offset + done, run);
            }
            done += run;
        }
    }

    private static void reverse(double[] values, int from, int count) {
        for (int i = from, j = from + count - 1; i < j; i++, j--) {
            double v = values[i];
            values[i] = values[j];
            values[j] = v;
        }
    }
}
