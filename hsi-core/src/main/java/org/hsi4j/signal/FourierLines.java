package org.hsi4j.signal;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Complex discrete Fourier transforms of {@link #lanes()} lines of any length at a time. Lengths with a prime factor
 * above 31 are written as a convolution of a power of two (Bluestein, "A linear filtering approach to the computation of
 * discrete Fourier transform", IEEE Transactions on Audio and Electroacoustics 18, 1970). Immutable and thread-safe.
 */
final class FourierLines {
    private final int length;
    private final int size;
    private final int lanes;
    private final MixedRadix transform;
    private final @Nullable Chirp chirp;

    FourierLines(int length) {
        this.length = length;
        boolean direct = MixedRadix.fits(length);
        this.size = direct ? length : Integer.highestOneBit(2 * length - 2) * 2;
        this.transform = new MixedRadix(size);
        this.lanes = transform.lanes();
        this.chirp = direct ? null : new Chirp(length, size, transform);
    }

    /** Lines that are transformed at a time: element j of line k is at {@code j * lanes + k}. */
    int lanes() {
        return lanes;
    }

    /** Entries that each array of the workspace must have. */
    int workspace() {
        return size * lanes;
    }

    /** See {@link MixedRadix#transform}; of the arrays, the first {@code length * lanes} entries count. */
    void transform(double[][] work) {
        Chirp c = chirp;
        if (c == null) {
            transform.transform(work);
            return;
        }
        c.multiply(work, length);
        Arrays.fill(work[0], length * lanes, size * lanes, 0.0);
        Arrays.fill(work[1], length * lanes, size * lanes, 0.0);
        transform.transform(work);
        c.filter(work);
        MixedRadix.swap(work, 0, 1); // with both parts swapped, the transform is the inverse one but for its scale
        transform.transform(work);
        MixedRadix.swap(work, 0, 1);
        c.multiply(work, length);
    }

    /** The chirp exp(-pi i j j / n), and the transform of its conjugate divided by the size. */
    private static final class Chirp {
        private final double[] cosine;
        private final double[] sine;
        private final double[] filterCosine;
        private final double[] filterSine;
        private final int lanes;

        Chirp(int length, int size, MixedRadix transform) {
            lanes = transform.lanes();
            cosine = new double[length];
            sine = new double[length];
            double[][] work = new double[4][size * lanes];
            for (int j = 0; j < length; j++) {
                long square = (long) j * j % (2L * length);
                double angle = Math.PI * square / length;
                cosine[j] = StrictMath.cos(angle);
                sine[j] = -StrictMath.sin(angle);
                for (int at : new int[] {j, (size - j) % size}) {
                    work[0][at * lanes] = cosine[j] / size;
                    work[1][at * lanes] = -sine[j] / size;
                }
            }
            transform.transform(work);
            filterCosine = new double[size];
            filterSine = new double[size];
            for (int k = 0; k < size; k++) {
                filterCosine[k] = work[0][k * lanes];
                filterSine[k] = work[1][k * lanes];
            }
        }

        void multiply(double[][] work, int length) {
            multiply(work, cosine, sine, length);
        }

        void filter(double[][] work) {
            multiply(work, filterCosine, filterSine, filterCosine.length);
        }

        private void multiply(double[][] work, double[] cosine, double[] sine, int count) {
            double[] re = work[0];
            double[] im = work[1];
            for (int j = 0; j < count; j++) {
                double wr = cosine[j];
                double wi = sine[j];
                for (int k = j * lanes; k < (j + 1) * lanes; k++) {
                    double r = re[k] * wr - im[k] * wi;
                    im[k] = re[k] * wi + im[k] * wr;
                    re[k] = r;
                }
            }
        }
    }
}
