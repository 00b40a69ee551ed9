package org.hsi4j.detection;

/**
 * One side of a square window that is shifted inward where it would reach beyond the image, and cut to the image where it is
 * larger.
 */
record WindowSide(int size, int half, int length) {

    /** Of a window with an odd number of pixels a side, in an image of {@code length} pixels a side. */
    static WindowSide of(int window, int length) {
        return new WindowSide(Math.min(window, length), window / 2, length);
    }

    /** First row or column of the window that belongs to a pixel. */
    int start(int pixel) {
        return Math.max(0, Math.min(length - size, pixel - half));
    }

    /** One after the last. */
    int end(int pixel) {
        return start(pixel) + size;
    }
}
