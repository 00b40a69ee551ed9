package org.hsi4j.restoration;

import org.hsi4j.signal.Wavelet;
import org.hsi4j.signal.WaveletTransform;

/**
 * Orthogonal wavelet coefficients of planes as vectors: first the smooth part, then the details of the plane, then those of
 * the margin, which repeat the plane and tell nothing new about its noise. Has buffers and belongs to one thread.
 */
final class WaveletVector {
    private static final int LEAST_SIDE = 8;

    private final WaveletTransform transform;
    private final WaveletTransform.Worker worker;
    private final int rows;
    private final int columns;
    private final int smooth;
    private final int inside;
    private final int length;

    WaveletVector(WaveletTransform transform, int rows, int columns) {
        this.transform = transform;
        this.worker = transform.worker();
        this.rows = rows;
        this.columns = columns;
        this.smooth = transform.rows(transform.levels()) * transform.columns(transform.levels());
        this.length = length(transform);
        int own = smooth;
        for (int level = 1; level <= transform.levels(); level++) {
            own += 3 * own(rows, level) * own(columns, level);
        }
        this.inside = own;
    }

    /** Daubechies' wavelets with as many levels as leave some pixels a side. */
    static WaveletTransform transform(int vanishingMoments, int mostLevels, int rows, int columns) {
        int fitting = 31 - Integer.numberOfLeadingZeros(Math.max(1, Math.min(rows, columns) / (LEAST_SIDE / 2)));
        int levels = Math.max(1, Math.min(mostLevels, fitting));
        return WaveletTransform.orthogonal(Wavelet.daubechies(vanishingMoments), levels, rows, columns);
    }

    static int requireMoments(int moments) {
        if (moments < 1 || moments > 10) {
            throw new IllegalArgumentException("vanishing moments must be 1 to 10, not " + moments);
        }
        return moments;
    }

    static int requireLevels(int most) {
        if (most < 1 || most > 12) {
            throw new IllegalArgumentException("levels must be 1 to 12, not " + most);
        }
        return most;
    }

    static int length(WaveletTransform transform) {
        int length = transform.rows(transform.levels()) * transform.columns(transform.levels());
        for (int level = 1; level <= transform.levels(); level++) {
            length += 3 * transform.rows(level) * transform.columns(level);
        }
        return length;
    }

    /** How many of the coefficients of a line of the plane belong to it and not to the margin. */
    static int own(int side, int level) {
        return (side + (1 << level) - 1) >> level;
    }

    /** Where the details begin. */
    int smooth() {
        return smooth;
    }

    /** Where the details of the margin begin. */
    int inside() {
        return inside;
    }

    int length() {
        return length;
    }

    void forward(double[] plane, double[] vector) {
        worker.forward(plane);
        move(vector, true);
    }

    void inverse(double[] vector, double[] plane) {
        move(vector, false);
        worker.inverse(plane);
    }

    private void move(double[] vector, boolean out) {
        int at = 0;
        for (double[] row : worker.approximation()) {
            copy(row, 0, vector, at, row.length, out);
            at += row.length;
        }
        int beyond = inside;
        for (int level = 1; level <= transform.levels(); level++) {
            int ownColumns = own(columns, level);
            for (WaveletTransform.Subband subband : WaveletTransform.Subband.values()) {
                double[][] detail = worker.detail(level, subband);
                for (int r = 0; r < detail.length; r++) {
                    int own = r < own(rows, level) ? ownColumns : 0;
                    int rest = detail[r].length - own;
                    copy(detail[r], 0, vector, at, own, out);
                    copy(detail[r], own, vector, beyond, rest, out);
                    at += own;
                    beyond += rest;
                }
            }
        }
    }

    private static void copy(double[] row, int from, double[] vector, int at, int count, boolean out) {
        if (out) {
            System.arraycopy(row, from, vector, at, count);
        } else {
            System.arraycopy(vector, at, row, from, count);
        }
    }
}
