package org.hsi4j;

import java.util.List;

/** The samples of a cube in physical units, of which some are missing. */
final class GappedSource implements SampleSource {
    private final Cube cube;
    private final List<Mask> missing;

    GappedSource(Cube cube, List<Mask> missing) {
        this.cube = cube;
        this.missing = missing;
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
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int first = Math.toIntExact(firstPixel);
        cube.readWithNaN(first, count, bands, target, offset);
        for (int k = 0; k < bands.length; k++) {
            Mask gaps = missing.get(bands[k]);
            for (int i = 0; i < count; i++) {
                if (gaps.get(first + i)) {
                    target[k][offset + i] = Double.NaN;
                }
            }
        }
    }
}
