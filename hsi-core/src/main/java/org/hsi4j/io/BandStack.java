package org.hsi4j.io;

import java.nio.file.Path;
import java.util.List;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;

/** Bands of several rasters of the same image, one after the other. */
final class BandStack implements SampleSource {
    private final List<SampleSource> sources;
    private final int[] index;

    private BandStack(List<SampleSource> sources, int[] index) {
        this.sources = sources;
        this.index = index;
    }

    /**
     * Puts bands together.
     *
     * @param file the file, for messages
     * @param sources where each band lies
     * @param index its number there
     */
    static BandStack of(Path file, List<? extends SampleSource> sources, int[] index) throws MalformedFileException {
        SampleSource first = sources.get(0);
        for (SampleSource source : sources) {
            if (source.rows() != first.rows() || source.columns() != first.columns()) {
                throw new MalformedFileException(
                        file,
                        "cubes",
                        "images of " + first.rows() + "x" + first.columns() + " and " + source.rows() + "x"
                                + source.columns() + " pixels",
                        "the same image twice");
            }
        }
        return new BandStack(List.copyOf(sources), index);
    }

    @Override
    public int rows() {
        return sources.get(0).rows();
    }

    @Override
    public int columns() {
        return sources.get(0).columns();
    }

    @Override
    public int bands() {
        return index.length;
    }

    @Override
    public Precision precision() {
        boolean all = sources.stream().allMatch(s -> s.precision() == Precision.FLOAT);
        return all ? Precision.FLOAT : Precision.DOUBLE;
    }

    @Override
    public void read(long firstPixel, int count, int[] bands, double[][] target, int offset) {
        int k = 0;
        while (k < bands.length) { // neighbours of the same raster in one go, so that its chunks are read once
            SampleSource source = sources.get(bands[k]);
            int end = k;
            while (end < bands.length && sources.get(bands[end]) == source) {
                end++;
            }
            int[] wanted = new int[end - k];
            double[][] to = new double[end - k][];
            for (int i = 0; i < wanted.length; i++) {
                wanted[i] = index[bands[k + i]];
                to[i] = target[k + i];
            }
            source.read(firstPixel, count, wanted, to, offset);
            k = end;
        }
    }
}
