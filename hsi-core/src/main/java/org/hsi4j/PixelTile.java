package org.hsi4j;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A worker's buffer of valid pixels: one array a band, packed, so that a kernel never meets an invalid pixel.
 *
 * <p>A cube fills it for a run of consecutive pixels ({@link Cube#read(int, int, PixelTile)}); the invalid ones are left
 * out and {@link #pixel(int)} tells which pixel of the cube each entry is. Unlike every other type of this package it is
 * mutable and hands out its arrays: it belongs to one thread, and whoever holds it may overwrite its contents.
 */
public final class PixelTile {
    private static final int TARGET_SAMPLES = 1 << 16;

    private final int capacity;
    private final double[][] planes;
    private final double[] check;
    private final int[] pixels;
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
        this.planes = new double[bands][capacity];
        this.check = new double[capacity];
        this.pixels = new int[capacity];
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
        return size;
    }

    /**
     * Bands a pixel.
     *
     * @return at least one
     */
    public int bands() {
        return planes.length;
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
        return pixels[i];
    }

    /**
     * The buffer itself: {@code planes()[band][i]} is the value of entry {@code i}. Only the first {@link #size()} values
     * of each array mean something.
     *
     * @return the live arrays
     */
    public double[][] planes() {
        return planes;
    }

    /**
     * Puts one value a valid pixel back to its place in an image, and NaN at the invalid pixels of the run.
     *
     * @param values one value an entry
     * @param image rows x columns of the cube, row by row
     */
    public void scatter(double[] values, double[] image) {
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

    /** Called by the cube after it has put {@code count} pixels, NaN where there is no data, into the planes. */
    void settle(int firstPixel, int count, @Nullable Mask mask) {
        first = firstPixel;
        span = count;
        Arrays.fill(check, 0, count, 0.0);
        for (double[] plane : planes) {
            for (int i = 0; i < count; i++) {
                check[i] += plane[i] * 0.0; // stays 0 for finite samples, NaN for all others
            }
        }
        size = 0;
        for (int i = 0; i < count; i++) {
            if (check[i] == 0.0 && (mask == null || mask.get(firstPixel + i))) {
                pixels[size++] = firstPixel + i;
            }
        }
        if (size < count) {
            for (double[] plane : planes) {
                for (int i = 0; i < size; i++) {
                    plane[i] = plane[pixels[i] - firstPixel];
                }
            }
        }
    }
}
