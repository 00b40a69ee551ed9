package org.hsi4j.signal;

import java.util.Arrays;

/**
 * Complex discrete Fourier transforms of some lines at a time, whose length has no prime factor above 31, in the self-sorting
 * order of Stockham: element j of lane k is at {@code j * lanes + k}, so that every inner loop runs along the lanes. Immutable
 * and thread-safe.
 */
final class MixedRadix {
    private static final int[] RADICES = {4, 2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31};

    private final int length;
    private final int lanes;
    /** exp(-2 pi i k / length). */
    private final double[] cosine;

    private final double[] sine;

    MixedRadix(int length) {
        this.length = length;
        this.lanes = length < 200 ? 8 : 4; // measured: long lines leave the nearest cache, short loops cost
        this.cosine = new double[length];
        this.sine = new double[length];
        for (int k = 0; k < length; k++) {
            double angle = -2 * Math.PI * k / length;
            cosine[k] = StrictMath.cos(angle);
            sine[k] = StrictMath.sin(angle);
        }
    }

    /** Lines that are transformed at a time. */
    int lanes() {
        return lanes;
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
        int stride = lanes;
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
        double w1r = cosine[turn];
        double w1i = sine[turn];
        double w2r = cosine[2 * turn];
        double w2i = sine[2 * turn];
        double w3r = cosine[3 * turn];
        double w3i = sine[3 * turn];
        for (int k = 0; k < s; k++) {
            double evenR = xr[a + k] + xr[c + k];
            double evenI = xi[a + k] + xi[c + k];
            double oddR = xr[b + k] + xr[d + k];
            double oddI = xi[b + k] + xi[d + k];
            double leftR = xr[a + k] - xr[c + k];
            double leftI = xi[a + k] - xi[c + k];
            double rightR = xr[b + k] - xr[d + k];
            double rightI = xi[b + k] - xi[d + k];
            double oneR = leftR + rightI;
            double oneI = leftI - rightR;
            double twoR = evenR - oddR;
            double twoI = evenI - oddI;
            double threeR = leftR - rightI;
            double threeI = leftI + rightR;
            yr[y + k] = evenR + oddR;
            yi[y + k] = evenI + oddI;
            yr[y + s + k] = oneR * w1r - oneI * w1i;
            yi[y + s + k] = oneR * w1i + oneI * w1r;
            yr[y + 2 * s + k] = twoR * w2r - twoI * w2i;
            yi[y + 2 * s + k] = twoR * w2i + twoI * w2r;
            yr[y + 3 * s + k] = threeR * w3r - threeI * w3i;
            yi[y + 3 * s + k] = threeR * w3i + threeI * w3r;
        }
    }

    /**
     * A prime radix r. With the sums and differences of the inputs j and r - j, which take their place, the outputs t and
     * r - t share all their products: P - i Q and P + i Q with P = x(0) + sum over j of cos(2 pi j t / r) (x(j) + x(r - j)),
     * and Q the same of sines and differences.
     */
    private void odd(int radix, int q, int butterflies, int s, int turn, double[][] work) {
        double[] yr = work[2];
        double[] yi = work[3];
        int half = radix / 2;
        int root = length / radix;
        int origin = s * q;
        int step = s * butterflies;
        int y = s * radix * q;
        System.arraycopy(work[0], origin, yr, y, s);
        System.arraycopy(work[1], origin, yi, y, s);
        for (int j = 1; j <= half; j++) {
            fold(work[0], origin + j * step, origin + (radix - j) * step, s, yr, y);
            fold(work[1], origin + j * step, origin + (radix - j) * step, s, yi, y);
        }
        for (int t = 1; t <= half; t++) {
            int p = y + t * s;
            int m = y + (radix - t) * s;
            System.arraycopy(work[0], origin, yr, p, s);
            System.arraycopy(work[1], origin, yi, p, s);
            Arrays.fill(yr, m, m + s, 0.0);
            Arrays.fill(yi, m, m + s, 0.0);
            for (int j = 1; j <= half; j++) {
                int angle = j * t % radix * root;
                int sums = origin + j * step;
                int differences = origin + (radix - j) * step;
                add(work[0], sums, differences, s, cosine[angle], -sine[angle], yr, p, m);
                add(work[1], sums, differences, s, cosine[angle], -sine[angle], yi, p, m);
            }
            unfold(yr, yi, p, m, s);
            turn(yr, yi, p, s, t * turn);
            turn(yr, yi, m, s, (radix - t) * turn);
        }
    }

    /** Sum and difference take the place of a pair, and the sum is added to the output zero. */
    private static void fold(double[] x, int first, int second, int s, double[] y, int at) {
        for (int k = 0; k < s; k++) {
            double sum = x[first + k] + x[second + k];
            double difference = x[first + k] - x[second + k];
            x[first + k] = sum;
            x[second + k] = difference;
            y[at + k] += sum;
        }
    }

    private static void add(
            double[] x, int sums, int differences, int s, double c, double d, double[] y, int p, int m) {
        for (int k = 0; k < s; k++) {
            y[p + k] += c * x[sums + k];
            y[m + k] += d * x[differences + k];
        }
    }

    /** P and Q become P - i Q and P + i Q. */
    private static void unfold(double[] re, double[] im, int p, int m, int s) {
        for (int k = 0; k < s; k++) {
            double pr = re[p + k];
            double pi = im[p + k];
            double qr = re[m + k];
            double qi = im[m + k];
            re[p + k] = pr + qi;
            im[p + k] = pi - qr;
            re[m + k] = pr - qi;
            im[m + k] = pi + qr;
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
