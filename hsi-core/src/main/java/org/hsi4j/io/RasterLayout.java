package org.hsi4j.io;

import java.nio.ByteOrder;

/**
 * How the samples of an image lie in a file.
 *
 * @param columns columns of the image
 * @param rows rows of the image
 * @param bands number of bands
 * @param offset bytes before the first sample
 * @param type how a sample is stored
 * @param interleave order of the samples
 * @param byteOrder order of the bytes of a sample
 */
record RasterLayout(
        int columns, int rows, int bands, long offset, SampleType type, Interleave interleave, ByteOrder byteOrder) {

    /** Bytes of all samples, or -1 when that and the offset are beyond 2^63. */
    long bytes() {
        long perBand = (long) rows * columns * type.bytes(); // at most 2^31 pixels of 8 bytes
        if (perBand > Long.MAX_VALUE / bands || perBand * bands > Long.MAX_VALUE - offset) {
            return -1;
        }
        return perBand * bands;
    }

    @Override
    public String toString() {
        return rows + " rows x " + columns + " columns x " + bands + " bands, "
                + type.name().toLowerCase(java.util.Locale.ROOT)
                + ", " + interleave.name().toLowerCase(java.util.Locale.ROOT)
                + (type.bytes() == 1 ? "" : byteOrder == ByteOrder.BIG_ENDIAN ? ", big-endian" : ", little-endian");
    }
}
