package org.hsi4j.testing;

import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** Samples off the heap, for tests: each is computed when it is read, so a raster of any size costs nothing. */
public final class FormulaSource implements SampleSource {

    /** One raw sample. */
    @FunctionalInterface
    public interface Formula {

        /**
         * Computes a sample.
         *
         * @param pixel the pixel's number, {@code row * columns + column}
         * @param band the band
         * @return the sample
         */
        double at(long pixel, int band);
    }

    private final int rows;
    private final int columns;
    private final int bands;
    private final Precision precision;
    private final Formula formula;

    /**
     * A source.
     *
     * @param rows rows of the raster
     * @param columns columns of the raster
     * @param bands bands of the raster
     * @param precision the precision it claims; samples are rounded to it
     * @param formula computes the samples
     */
    public FormulaSource(int rows, int columns, int bands, Precision precision, Formula formula) {
        this.rows = rows;
        this.columns = columns;
        this.bands = bands;
        this.precision = precision;
        this.formula = formula;
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
        return bands;
    }

    @Override
    public Precision precision() {
        return precision;
    }

    @Override
    public void read(long firstPixel, int count, int[] wanted, double[][] target, int offset) {
        if (firstPixel < 0 || firstPixel + count > (long) rows * columns) {
            throw new AssertionError("read beyond the raster: pixel " + firstPixel + ", count " + count);
        }
        for (int k = 0; k < wanted.length; k++) {
            for (int i = 0; i < count; i++) {
                double v = formula.at(firstPixel + i, wanted[k]);
                target[k][offset + i] = precision == Precision.FLOAT ? (double) (float) v : v;
            }
        }
    }
}
