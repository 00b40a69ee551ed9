package org.hsi4j;

/** Samples on the heap, one float array a band. */
final class FloatPlanes implements SampleSource {
    private final int rows;
    private final int columns;
    final float[][] planes;

    FloatPlanes(int rows, int columns, float[][] planes) {
        this.rows = rows;
        this.columns = columns;
        this.planes = planes;
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
        return Precision.FLOAT;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int first = Math.toIntExact(firstPixel);
        for (int k = 0; k < bands.length; k++) {
            float[] from = planes[bands[k]];
            double[] to = target[k];
            for (int i = 0; i < count; i++) {
                to[offset + i] = from[first + i];
            }
        }
    }
}
