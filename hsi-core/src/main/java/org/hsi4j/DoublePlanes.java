package org.hsi4j;

/** Samples on the heap, one double array a band. */
final class DoublePlanes implements SampleSource {
    private final int rows;
    private final int columns;
    final double[][] planes;

    DoublePlanes(int rows, int columns, double[][] planes) {
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
        return Precision.DOUBLE;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int first = Math.toIntExact(firstPixel);
        for (int k = 0; k < bands.length; k++) {
            System.arraycopy(planes[bands[k]], first, target[k], offset, count);
        }
    }
}
