package org.hsi4j.signal;

/**
 * Complex discrete Fourier transforms of {@value #LANES} lines at a time, whose length has no prime factor above 13, in the
 * self-sorting order of Stockham: element j of lane k is at {@code j * LANES + k}, so that every inner loop runs along the
 * lanes. Immutable and thread-safe.
 */
final class MixedRadix {
    static final int LANES = 16;
    private static final int[] RADICES = {4, 2, 3, 5, 7, 11, 13};

    private final int length;
    /** exp(-2 pi i k / length). */
    private final double[] cosine;

    private final double[] sine;

    MixedRadix(int length) {
        this.length = length;
        this.cosine = new double[length];
        this.sine = new double[length];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * k / length;
            cosine[k] = StrictMath.cos(angle);
            sine[k] = StrictMath.sin(angle);
        }
    }

    /** Whether a length has small prime factors only. */
    static boolean fits(int length) {
        int rest = length;
        for (int radix : RADICES) {
            while (rest % radix == 0) {
                rest /= radix;
            }
        }
        return rest == 1;
    }

    /**
     * Transforms all lanes.
     *
     * @param work real and imaginary parts, and two arrays of the same size as scratch; the result is in the first two, which
     *     may be other arrays than before
     */
    void transform(double[][] work) {
        int rest = length;
        int stride = LANES;
        for (int radix : RADICES) {
            while (rest % radix == 0) {
                pass(radix, rest, stride, work);
                swap(work, 0, 2);
                swap(work, 1, 3);
                rest /= radix;
                stride *= radix;
            }
        }
    }

    static void swap(double[][] arrays, int i, int j) {
        double[] array = arrays[i];
        arrays[i] = arrays[j];
        arrays[j] = array;
    }

    /** One step of the decimation: {@code rest / radix} butterflies of {@code stride} entries side by side. */
    private void pass(int radix, int rest, int stride, double[][] work) {
        int butterflies = rest / radix;
        int step = length / rest;
        for (int q = 0; q < butterflies; q++) {
            if (radix == 4) {
                four(q, butterflies, stride, q * step, work);
            } else if (radix == 2) {
                two(q, butterflies, stride, q * step, work);
            } else {
                odd(radix, q, butterflies, stride, q * step, work);
            }
        }
    }

    private void two(int q, int butterflies, int s, int turn, double[][] work) {
        double[] xr = work[0];
        double[] xi = work[1];
        double[] yr = work[2];
        double[] yi = work[3];
        double wr = cosine[turn];
        double wi = sine[turn];
        int a = s * q;
        int b = s * (q + butterflies);
        int y = s * 2 * q;
        for (int k = 0; k < s; k++) {
            double dr = xr[a + k] - xr[b + k];
            double di = xi[a + k] - xi[b + k];
            yr[y + k] = xr[a + k] + xr[b + k];
            yi[y + k] = xi[a + k] + xi[b + k];
            yr[y + s + k] = dr * wr - di * wi;
            yi[y + s + k] = dr * wi + di * wr;
        }
    }

    private void four(int q, int butterflies, int s, int turn, double[][] work) {
        double[] xr = work[0];
        double[] xi = work[1];
        double[] yr = work[2];
        double[] yi = work[3];
        int a = s * q;
        int b = a + s * butterflies;
        int c = b + s * butterflies;
        int d = c + s * butterflies;
        int y = s * 4 * q;
        for (int k = 0; k < s; k++) {
            double evenR = xr[a + k] + xr[c + k];
            double evenI = xi[a + k] + xi[c + k];
            double oddR = xr[b + k] + xr[d + k];
            double oddI = xi[b + k] + xi[d + k];
            double leftR = xr[a + k] - xr[c + k];
            double leftI = xi[a + k] - xi[c + k];
            double rightR = xr[b + k] - xr[d + k];
            double rightI = xi[b + k] - xi[d + k];
            yr[y + k] = evenR + oddR;
            yi[y + k] = evenI + oddI;
            yr[y + s + k] = leftR + rightI;
            yi[y + s + k] = leftI - rightR;
            yr[y + 2 * s + k] = evenR - oddR;
            yi[y + 2 * s + k] = evenI - oddI;
            yr[y + 3 * s + k] = leftR - rightI;
            yi[y + 3 * s + k] = leftI + rightR;
        }
        for (int t = 1; t < 4; t++) {
            turn(yr, yi, y + t * s, s, t * turn);
        }
    }

    /** By the definition, for a small prime radix. */
    private void odd(int radix, int q, int butterflies, int s, int turn, double[][] work) {
        double[] xr = work[0];
        double[] xi = work[1];
        double[] yr = work[2];
        double[] yi = work[3];
        int root = length / radix;
        for (int t = 0; t < radix; t++) {
            int y = s * (radix * q + t);
            System.arraycopy(xr, s * q, yr, y, s);
            System.arraycopy(xi, s * q, yi, y, s);
            for (int j = 1; j < radix; j++) {
                double wr = cosine[j * t % radix * root];
                double wi = sine[j * t % radix * root];
                int x = s * (q + j * butterflies);
                for (int k = 0; k < s; k++) {
                    yr[y + k] += xr[x + k] * wr - xi[x + k] * wi;
                    yi[y + k] += xr[x + k] * wi + xi[x + k] * wr;
                }
            }
            turn(yr, yi, y, s, t * turn);
        }
    }

    private void turn(double[] re, double[] im, int from, int count, int turn) {
        if (turn == 0) {
            return;
        }
        double wr = cosine[turn];
        double wi = sine[turn];
        for (int k = from; k < from + count; k++) {
            double r = re[k] * wr - im[k] * wi;
            im[k] = re[k] * wi + im[k] * wr;
            re[k] = r;
        }
    }
}
