package org.hsi4j.signal;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;

/**
 * Orthonormal cosine transforms of many lines side by side: entry j of line i is {@code in[j][i]}. Short ones are products with
 * the matrix ({@link CosineProduct}), long ones a Fourier transform of the entries in the order 0, 2, 4, ..., 5, 3, 1 (Makhoul, "A fast cosine
 * transform in one and two dimensions", 1980). Immutable and thread-safe.
 */
final class CosineLines {
    /** Up to here the product is faster. */
    static final int LONGEST_DIRECT = 112;

    /** The same of lengths that have a prime factor above 7. */
    static final int LONGEST_DIRECT_OF_MIDDLE_FACTORS = 256;

    /** The same of lengths with a prime factor above 31, whose Fourier transform is a convolution of twice the length. */
    static final int LONGEST_DIRECT_OF_LARGE_FACTORS = 384;

    private final int length;
    private final int lanes;
    private final FourierLines fourier;
    /** Of length one where the Fourier transform is faster. */
    private final CosineProduct product;

    private final boolean direct;
    /** Of the Fourier form: cosine and sine of pi k / 2 n, and the scale of entry k. */
    private final double[] cosine;

    private final double[] sine;
    private final double[] scale;

    CosineLines(int length) {
        this.length = length;
        this.direct = length <= longestDirect(length);
        this.fourier = new FourierLines(direct ? 1 : length);
        this.lanes = fourier.lanes();
        this.product = new CosineProduct(direct ? length : 1);
        this.cosine = new double[length];
        this.sine = new double[length];
        this.scale = new double[length];
        for (int k = 0; k < length; k++) {
            cosine[k] = cosine(k, length);
            sine[k] = cosine(length - k, length);
            scale[k] = Math.sqrt((k == 0 ? 1.0 : 2.0) / length);
        }
    }

    private static int longestDirect(int length) {
        int rest = length;
        for (int radix : new int[] {2, 3, 5, 7}) {
            while (rest % radix == 0) {
                rest /= radix;
            }
        }
        if (rest == 1) {
            return LONGEST_DIRECT;
        }
        return MixedRadix.fits(length) ? LONGEST_DIRECT_OF_MIDDLE_FACTORS : LONGEST_DIRECT_OF_LARGE_FACTORS;
    }

    CosineProduct.Scratch scratch() {
        return product.scratch();
    }

    /** cos(pi m / 2 n). */
    static double cosine(int m, int n) {
        return StrictMath.cos(Math.PI * (m % (4 * n)) / (2.0 * n));
    }

    /** Entries that each of four arrays of a worker must have. */
    int workspace() {
        return fourier.workspace();
    }

    void forward(
            double[][] in, int lines, double[][] out, double[][] work, CosineProduct.Scratch scratch, Kernels kernels) {
        if (direct) {
            product.forward(in, lines, out, scratch, kernels);
            return;
        }
        for (int first = 0; first < lines; first += 2 * lanes) {
            load(in, first, lines, work);
            fourier.transform(work);
            for (int k = 0; k < length; k++) {
                forward(work, k, out[k], first, Math.min(lanes, lines - first));
                forwardOfImaginary(work, k, out[k], first + lanes, Math.min(lanes, lines - first - lanes));
            }
        }
    }

    /** Lines in pairs, one as the real and one as the imaginary part, in the order of Makhoul. */
    private void load(double[][] in, int first, int lines, double[][] work) {
        for (int part = 0; part < 2; part++) {
            int from = first + part * lanes;
            int count = Math.max(0, Math.min(lanes, lines - from));
            for (int j = 0; j < length; j++) {
                int at = order(j) * lanes;
                if (count > 0) {
                    System.arraycopy(in[j], from, work[part], at, count);
                }
                Arrays.fill(work[part], at + count, at + lanes, 0.0);
            }
        }
    }

    private int order(int j) {
        return j % 2 == 0 ? j / 2 : length - 1 - j / 2;
    }

    /** The real part of exp(-i pi k / 2 n) (V(k) + V*(n - k)) / 2. */
    private void forward(double[][] work, int k, double[] out, int first, int count) {
        double c = cosine[k] * scale[k] / 2;
        double s = sine[k] * scale[k] / 2;
        int at = k * lanes;
        int mirrored = (length - k) % length * lanes;
        for (int lane = 0; lane < count; lane++) {
            out[first + lane] = c * (work[0][at + lane] + work[0][mirrored + lane])
                    + s * (work[1][at + lane] - work[1][mirrored + lane]);
        }
    }

    /** The same of (V(k) - V*(n - k)) / 2i. */
    private void forwardOfImaginary(double[][] work, int k, double[] out, int first, int count) {
        double c = cosine[k] * scale[k] / 2;
        double s = sine[k] * scale[k] / 2;
        int at = k * lanes;
        int mirrored = (length - k) % length * lanes;
        for (int lane = 0; lane < count; lane++) {
            out[first + lane] = c * (work[1][at + lane] + work[1][mirrored + lane])
                    + s * (work[0][mirrored + lane] - work[0][at + lane]);
        }
    }

    void inverse(
            double[][] in, int lines, double[][] out, double[][] work, CosineProduct.Scratch scratch, Kernels kernels) {
        if (direct) {
            product.inverse(in, lines, out, scratch, kernels);
            return;
        }
        for (int first = 0; first < lines; first += 2 * lanes) {
            int real = Math.min(lanes, lines - first);
            int imaginary = Math.max(0, Math.min(lanes, lines - first - lanes));
            for (int k = 0; k < length; k++) {
                spectrum(in, k, first, real, imaginary, work);
            }
            fourier.transform(work); // of swapped parts: the inverse, but for its scale
            for (int j = 0; j < length; j++) {
                System.arraycopy(work[1], order(j) * lanes, out[j], first, real);
                if (imaginary > 0) {
                    System.arraycopy(work[0], order(j) * lanes, out[j], first + lanes, imaginary);
                }
            }
        }
    }

    /**
     * exp(i pi k / 2 n) (X(k) - i X(n - k)) of both lines of a pair, the second times i; with both parts swapped. The scales
     * undo those of the forward way and of the inverse Fourier transform.
     */
    private void spectrum(double[][] in, int k, int first, int real, int imaginary, double[][] work) {
        double here = 1 / (scale[k] * length);
        double there = k == 0 ? 0 : 1 / (scale[length - k] * length);
        double[] low = in[k];
        double[] high = in[k == 0 ? 0 : length - k];
        double c = cosine[k];
        double s = sine[k];
        int at = k * lanes;
        Arrays.fill(work[0], at, at + lanes, 0.0);
        Arrays.fill(work[1], at, at + lanes, 0.0);
        for (int lane = 0; lane < real; lane++) {
            double x = low[first + lane] * here;
            double y = high[first + lane] * there;
            work[1][at + lane] = c * x + s * y;
            work[0][at + lane] = s * x - c * y;
        }
        for (int lane = 0; lane < imaginary; lane++) {
            double x = low[first + lanes + lane] * here;
            double y = high[first + lanes + lane] * there;
            work[1][at + lane] -= s * x - c * y;
            work[0][at + lane] += c * x + s * y;
        }
    }
}
