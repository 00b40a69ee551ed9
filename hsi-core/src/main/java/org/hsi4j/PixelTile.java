package org.hsi4j;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;
import org.jspecify.annotations.Nullable;

/**
 * A worker's buffer of valid pixels: one array a band, packed, so that a kernel never meets an invalid pixel.
 *
 * <p>A cube fills it for a run of consecutive pixels ({@link Cube#read(int, int, PixelTile)}); the invalid ones are left
 * out and {@link #pixel(int)} tells which pixel of the cube each entry is. Unlike every other type of this package it is
 * mutable and hands out its arrays: it belongs to one thread, and whoever holds it may overwrite its contents.
 *
 * <p>Samples that the cube keeps in float32 are widened to float64 when {@link #planes()} is first called after a read, and
 * only then looked at for invalid ones when nothing else asks before. What needs no more than a product with a small matrix
 * calls {@link #multiply}, which goes through the samples once, where they are; {@link #addScatter} is alike.
 */
public final class PixelTile {
    private static final int TARGET_SAMPLES = 1 << 16;

    /** Planes that a product from float32 has widened at a time. */
    private static final int SCRATCH = 4;

    private final int capacity;
    private final int[] pixels;
    /** The samples of the run in float32: the planes of the cube itself, which are never handed out. */
    private final float[][] narrow;

    private double @Nullable [][] wideBuffers;
    private double[][] scratch = new double[0][];
    private float[] check = new float[0];
    /** Where the run begins in the planes in float32. */
    private int at;
    /** Whether the valid samples are in the buffers of float64. */
    private boolean wide = true;
    /** Whether it is known which samples are valid. */
    private boolean settled = true;

    private @Nullable Mask mask;
    private float noData;
    private int first;
    private int span;
    private int size;

    /**
     * An empty tile.
     *
     * @param bands bands a pixel
     * @param capacity most pixels it can hold
     * @throws IllegalArgumentException if one of them is smaller than one
     */
    public PixelTile(int bands, int capacity) {
        if (bands < 1 || capacity < 1) {
            throw new IllegalArgumentException("a tile needs at least one band and one pixel");
        }
        this.capacity = capacity;
        this.pixels = new int[capacity];
        this.narrow = new float[bands][];
    }

    /**
     * The number of pixels a tile holds by default: as many as keep it inside a core's second-level cache (half a
     * mebibyte), at least 64 and at most 4096. It depends on the bands alone, never on threads or memory, so results do
     * not either.
     *
     * @param bands bands a pixel
     * @return a multiple of 64
     */
    public static int capacityFor(int bands) {
        return Math.max(64, Math.min(4096, TARGET_SAMPLES / Math.max(1, bands) / 64 * 64));
    }

    /**
     * Number of valid pixels held.
     *
     * @return zero to {@link #span()}
     */
    public int size() {
        settle();
        return size;
    }

    /**
     * Bands a pixel.
     *
     * @return at least one
     */
    public int bands() {
        return narrow.length;
    }

    /**
     * Most pixels it can hold.
     *
     * @return at least one
     */
    public int capacity() {
        return capacity;
    }

    /**
     * First pixel of the run that was read, valid or not.
     *
     * @return its number in the cube
     */
    public int first() {
        return first;
    }

    /**
     * Number of pixels in the run that was read, valid or not.
     *
     * @return at least {@link #size()}
     */
    public int span() {
        return span;
    }

    /**
     * Which pixel of the cube an entry is.
     *
     * @param i the entry, from zero to {@link #size()}
     * @return the pixel's number, {@code row * columns + column}
     */
    public int pixel(int i) {
        settle();
        return pixels[i];
    }

    /**
     * The buffer itself: {@code planes()[band][i]} is the value of entry {@code i}. Only the first {@link #size()} values
     * of each array mean something. To be asked for after each read, which may leave the arrays of the one before as they are.
     *
     * @return the live arrays
     */
    public double[][] planes() {
        settle();
        double[][] planes = wideBuffers();
        if (!wide) {
            widen(planes);
            wide = true;
        }
        return planes;
    }

    private double[][] wideBuffers() {
        double[][] known = wideBuffers;
        if (known == null) {
            known = new double[narrow.length][capacity];
            wideBuffers = known;
        }
        return known;
    }

    private void widen(double[][] planes) {
        for (int b = 0; b < narrow.length; b++) {
            float[] from = narrow[b];
            double[] to = planes[b];
            if (size == span) {
                for (int i = 0; i < size; i++) {
                    to[i] = from[at + i];
                }
            } else {
                for (int i = 0; i < size; i++) {
                    to[i] = from[at + pixels[i] - first];
                }
            }
        }
    }

    /**
     * Product of a small matrix and the pixels, {@code out[k][i] = sum over b of weights[k][b] planes()[b][i]}, by
     * {@link Kernels#best()}. The same numbers as from {@link #planes()}, bit for bit, but samples in float32 are not brought to
     * float64 for it; and whether all of them are valid is seen from the product, without a look at each.
     * Costs 2 B flops a pixel and row.
     *
     * @param weights rows x bands
     * @param out an array a row, at least {@link #span()} long; the values from {@link #size()} on mean nothing
     */
    public void multiply(double[][] weights, double[][] out) {
        if (wide) {
            Kernels.best().multiply(weights, wideBuffers(), size, out);
        } else if (!settled && mask == null && Float.isNaN(noData) && weights.length > 0) {
            Kernels.best().multiply(weights, narrow, at, span, scratch(), out);
            settleBy(out, weights.length);
        } else if (size() == span) {
            Kernels.best().multiply(weights, narrow, at, span, scratch(), out);
        } else {
            Kernels.best().multiply(weights, planes(), size, out);
        }
    }

    /**
     * Mean of the pixels, and their scatter about it, by {@link Kernels#best()}: {@code sum[a][b] += sum over i of
     * (planes()[a][i] - mean[a]) (planes()[b][i] - mean[b])} for {@code b >= a}. The same numbers as from {@link #planes()},
     * bit for bit, but samples in float32 are not brought to float64 first. Costs B<sup>2</sup> flops a pixel. Without a pixel
     * nothing changes.
     *
     * @param mean one value a band; overwritten
     * @param scratch what {@link Kernels#scatterScratch} of {@link Kernels#best()} gave for {@link #bands()} and
     *     {@link #size()} or more pixels
     * @param sum bands x bands
     */
    public void addScatter(double[] mean, double[][] scratch, double[][] sum) {
        int n = size();
        if (n == 0) {
            return;
        }
        Kernels kernels = Kernels.best();
        if (wide || n < span) {
            kernels.means(planes(), n, mean);
            kernels.addScatter(planes(), n, mean, scratch, sum);
        } else {
            kernels.means(narrow, at, n, mean);
            kernels.addScatter(narrow, at, n, mean, scratch, sum);
        }
    }

    private double[][] scratch() {
        if (scratch.length == 0) {
            scratch = new double[SCRATCH][capacity];
        }
        return scratch;
    }

    /** A sample that is not finite makes every sum not finite in which it is a term. */
    private void settleBy(double[][] sums, int rows) {
        boolean finite = true;
        for (int i = 0; i < span; i++) {
            finite &= Math.abs(sums[0][i]) <= Double.MAX_VALUE;
        }
        if (finite) {
            keepAll();
            return;
        }
        settle();
        for (int k = 0; k < rows && size < span; k++) {
            for (int i = 0; i < size; i++) {
                sums[k][i] = sums[k][pixels[i] - first];
            }
        }
    }

    private void keepAll() {
        for (int i = 0; i < span; i++) {
            pixels[i] = first + i;
        }
        size = span;
        settled = true;
    }

    /**
     * Puts one value a valid pixel back to its place in an image, and NaN at the invalid pixels of the run.
     *
     * @param values one value an entry
     * @param image rows x columns of the cube, row by row
     */
    public void scatter(double[] values, double[] image) {
        settle();
        if (size < span) {
            Arrays.fill(image, first, first + span, Double.NaN);
        }
        if (size == span) {
            System.arraycopy(values, 0, image, first, span);
        } else {
            for (int i = 0; i < size; i++) {
                image[pixels[i]] = values[i];
            }
        }
    }

    /**
     * Takes over some of the pixels of another tile, which stays as it is: what methods use that treat the pixels of a tile in
     * groups. The run is that of the other tile; its other pixels are as if they were invalid.
     *
     * @param from of as many bands, and of no larger {@link #span()} than the {@link #capacity()} here
     * @param entries entries of the other tile, rising
     * @param count how many of them are to be taken
     * @throws IllegalArgumentException if the other tile has another number of bands or a longer run
     */
    public void take(PixelTile from, int[] entries, int count) {
        if (from.bands() != bands() || from.span > capacity) {
            throw new IllegalArgumentException("a tile of " + bands() + " bands and " + capacity
                    + " pixels cannot take pixels from one of " + from.bands() + " bands and " + from.span + " pixels");
        }
        double[][] source = from.planes();
        double[][] planes = wideBuffers();
        for (int b = 0; b < planes.length; b++) {
            for (int i = 0; i < count; i++) {
                planes[b][i] = source[b][entries[i]];
            }
        }
        for (int i = 0; i < count; i++) {
            pixels[i] = from.pixels[entries[i]];
        }
        first = from.first;
        span = from.span;
        size = count;
        mask = null;
        wide = true;
        settled = true;
    }

    /** The buffers of float64 for the cube to fill before it calls {@link #holdWide}. */
    double[][] toFill() {
        return wideBuffers();
    }

    /** Takes over {@code count} pixels, NaN where there is no data, that are in the buffers of float64. */
    void holdWide(int firstPixel, int count, @Nullable Mask keep) {
        first = firstPixel;
        span = count;
        mask = keep;
        wide = true;
        double[][] planes = wideBuffers();
        double[] sums = scratch()[0];
        Arrays.fill(sums, 0, count, 0.0);
        for (double[] plane : planes) {
            for (int i = 0; i < count; i++) {
                sums[i] += plane[i] * 0.0; // stays 0 for finite samples, NaN for all others
            }
        }
        keepValid(sums);
        if (size < count) {
            for (double[] plane : planes) {
                for (int i = 0; i < size; i++) {
                    plane[i] = plane[pixels[i] - firstPixel];
                }
            }
        }
    }

    /**
     * Takes over {@code count} pixels that begin at {@code start} of some planes, where they stay.
     *
     * @param planes as many as all of {@code bands} need; not changed
     * @param bands which of them
     * @param missing the value that means no data, NaN for none
     */
    void holdNarrow(
            int firstPixel, int count, float[][] planes, int[] bands, int start, @Nullable Mask keep, float missing) {
        for (int b = 0; b < narrow.length; b++) {
            narrow[b] = planes[bands[b]];
        }
        first = firstPixel;
        span = count;
        at = start;
        mask = keep;
        noData = missing;
        wide = false;
        settled = false;
    }

    /** Finds the valid samples in float32, if that was not done since the read. */
    private void settle() {
        if (settled) {
            return;
        }
        if (check.length == 0) {
            check = new float[capacity];
        }
        Arrays.fill(check, 0, span, 0f);
        for (float[] plane : narrow) {
            for (int i = 0; i < span; i++) {
                check[i] += plane[at + i] * 0f;
            }
        }
        if (!Float.isNaN(noData)) {
            for (float[] plane : narrow) {
                for (int i = 0; i < span; i++) {
                    check[i] += 0f / (plane[at + i] - noData); // 0 / 0, which is NaN, where the two are equal
                }
            }
        }
        double[] sums = scratch()[0];
        for (int i = 0; i < span; i++) {
            sums[i] = check[i];
        }
        keepValid(sums);
    }

    private void keepValid(double[] zeroOrNaN) {
        size = 0;
        for (int i = 0; i < span; i++) {
            if (zeroOrNaN[i] == 0.0 && (mask == null || mask.get(first + i))) {
                pixels[size++] = first + i;
            }
        }
        settled = true;
    }
}
