package org.hsi4j;

/**
 * Where the samples of a cube come from when they are not kept on the heap: a mapped file, a remote store, a formula.
 *
 * <p>This is the extension point for readers of formats that should not be loaded whole. An implementation is immutable
 * in effect (the same call gives the same samples) and safe for use by many threads at once.
 *
 * <pre>{@code
 * Cube cube = Cube.builder(source).wavelengths(grid).build();
 * }</pre>
 */
public interface SampleSource {

    /**
     * Rows of the raster.
     *
     * @return at least one
     */
    int rows();

    /**
     * Columns of the raster.
     *
     * @return at least one
     */
    int columns();

    /**
     * Bands of the raster.
     *
     * @return at least one
     */
    int bands();

    /**
     * The precision that keeps every sample exactly.
     *
     * @return {@link Precision#FLOAT} when float32 is enough
     */
    Precision precision();

    /**
     * Reads a run of pixels, row by row, for some bands.
     *
     * @param firstPixel number of the first pixel, {@code row * columns + column}
     * @param count number of pixels, which may run over several rows
     * @param bands the bands wanted, in any order
     * @param target one array a wanted band: {@code target[k][offset + i]} receives pixel {@code firstPixel + i} of
     *     {@code bands[k]}
     * @param offset where to start in each target array
     * @throws java.io.UncheckedIOException if the samples cannot be read
     */
    void read(long firstPixel, int count, int[] bands, double[][] target, int offset);
}
