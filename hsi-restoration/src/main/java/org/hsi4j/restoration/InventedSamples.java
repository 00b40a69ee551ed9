package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Mask;

/**
 * Which samples of a restored scene were not measured: those that are there now and were not before. Immutable and thread-safe.
 *
 * <pre>{@code
 * InventedSamples invented = InventedSamples.between(gapped, whole.cube());
 * double share = invented.share();
 * Mask inBand7 = invented.mask(7);
 * }</pre>
 */
public final class InventedSamples {
    private final List<Mask> masks;
    private final long[] counts;
    private final long samples;

    private InventedSamples(List<Mask> masks, long[] counts, long samples) {
        this.masks = masks;
        this.counts = counts;
        this.samples = samples;
    }

    /**
     * Compares a scene with what it became. Passes over both, a band at a time.
     *
     * @param before the scene with gaps
     * @param after the scene without
     * @return what was invented
     * @throws IllegalArgumentException if the shapes differ
     */
    public static InventedSamples between(Cube before, Cube after) {
        if (before.rows() != after.rows() || before.columns() != after.columns() || before.bands() != after.bands()) {
            throw new IllegalArgumentException("the scene was " + before.rows() + "x" + before.columns() + "x"
                    + before.bands() + " but is " + after.rows() + "x" + after.columns() + "x" + after.bands());
        }
        List<Mask> masks = new ArrayList<>();
        long[] counts = new long[before.bands()];
        long samples = 0;
        for (int b = 0; b < counts.length; b++) {
            double[] x = before.plane(b);
            double[] y = after.plane(b);
            BitSet invented = new BitSet(x.length);
            for (int i = 0; i < x.length; i++) {
                invented.set(i, Double.isNaN(x[i]) && !Double.isNaN(y[i]));
                samples += Double.isNaN(y[i]) ? 0 : 1;
            }
            counts[b] = invented.cardinality();
            masks.add(Mask.of(before.rows(), before.columns(), invented::get));
        }
        return new InventedSamples(List.copyOf(masks), counts, samples);
    }

    /**
     * The invented samples of a band.
     *
     * @param band the band
     * @return a mask that holds them
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public Mask mask(int band) {
        return masks.get(band);
    }

    /**
     * Number of invented samples in a band.
     *
     * @param band the band
     * @return at least zero
     * @throws IndexOutOfBoundsException if there is no such band
     */
    public long count(int band) {
        return counts[java.util.Objects.checkIndex(band, counts.length)];
    }

    /**
     * Number of invented samples.
     *
     * @return at least zero
     */
    public long count() {
        return java.util.Arrays.stream(counts).sum();
    }

    /**
     * Share of the samples of the restored scene that were invented.
     *
     * @return zero to one
     */
    public double share() {
        return samples == 0 ? 0 : (double) count() / samples;
    }

    /**
     * Pixels all of whose samples were invented, as happens where a pixel is dead in all bands.
     *
     * @return a mask that holds them
     */
    public Mask wholePixels() {
        return masks.stream().reduce(Mask::and).orElseThrow();
    }

    /**
     * Pixels some of whose samples were invented.
     *
     * @return a mask that holds them
     */
    public Mask touchedPixels() {
        return masks.stream().reduce(Mask::or).orElseThrow();
    }

    @Override
    public String toString() {
        return count() + " invented samples out of " + samples;
    }
}
