package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/** Orthonormal spectra in which methods write scenes that lie in memory. A basis is rank x bands, a spectrum a row. */
final class SpectralBasis {
    /** Partial sums, whatever the number of threads. */
    private static final int CHUNKS = 32;

    /** Pixels that are worked on at a time. */
    static final int BLOCK = 256;

    private SpectralBasis() {}

    /** Buffers of one thread for a block of pixels: spectra, coefficients, and the spectra pixel by pixel. */
    @SuppressWarnings("ArrayRecordComponent") // one thread's buffers
    record Block(double[][] spectra, double[][] coefficients, double[][] turned) {

        static Block of(int bands, int rank) {
            return new Block(new double[bands][BLOCK], new double[rank][BLOCK], new double[BLOCK][bands]);
        }

        /** The product of coefficients and spectra, summed over the first n pixels: rank x bands. */
        void crossProduct(int n, double[][] out) {
            for (double[] row : coefficients) {
                Arrays.fill(row, n, BLOCK, 0);
            }
            for (int b = 0; b < spectra.length; b++) {
                for (int i = 0; i < n; i++) {
                    turned[i][b] = spectra[b][i];
                }
            }
            Kernels.best().multiply(coefficients, turned, spectra.length, out);
        }
    }

    static int blocks(int pixels) {
        return (pixels + BLOCK - 1) / BLOCK;
    }

    static double[][] transposed(double[][] basis) {
        double[][] result = new double[basis[0].length][basis.length];
        for (int k = 0; k < basis.length; k++) {
            for (int b = 0; b < result.length; b++) {
                result[b][k] = basis[k][b];
            }
        }
        return result;
    }

    /** Copies the pixels from, ... of some planes to the beginning of others. */
    static void load(double[][] planes, int from, int n, double[][] block) {
        for (int b = 0; b < planes.length; b++) {
            System.arraycopy(planes[b], from, block[b], 0, n);
        }
    }

    /** The way back. */
    static void store(double[][] block, int n, double[][] planes, int from) {
        for (int b = 0; b < planes.length; b++) {
            System.arraycopy(block[b], 0, planes[b], from, n);
        }
    }

    /** Sum over the pixels of x x'. */
    static double[][] gram(double[][] planes, RunContext context) {
        int bands = planes.length;
        int pixels = planes[0].length;
        double[][][] partial = new double[CHUNKS][bands][bands];
        Parallel.run(context, "correlating", CHUNKS, () -> new double[bands][BLOCK], (block, chunk) -> {
            Kernels kernels = Kernels.best();
            double[][] scratch = kernels.scatterScratch(bands, BLOCK);
            double[] zero = new double[bands];
            int end = (int) ((long) pixels * (chunk + 1) / CHUNKS);
            for (int from = (int) ((long) pixels * chunk / CHUNKS); from < end; from += BLOCK) {
                int n = Math.min(BLOCK, end - from);
                load(planes, from, n, block);
                kernels.addScatter(block, n, zero, scratch, partial[chunk]);
            }
        });
        double[][] sum = new double[bands][bands];
        for (double[][] part : partial) {
            for (int a = 0; a < bands; a++) {
                for (int b = a; b < bands; b++) {
                    sum[a][b] += part[a][b];
                    sum[b][a] = sum[a][b];
                }
            }
        }
        return sum;
    }

    /** What the gram matrix becomes when each pixel is replaced by its differences from band to band. */
    static double[][] gramOfDifferences(double[][] gram) {
        int bands = gram.length;
        double[][] result = new double[bands][bands];
        for (int a = 0; a + 1 < bands; a++) {
            for (int b = 0; b + 1 < bands; b++) {
                result[a][b] = gram[a + 1][b + 1] - gram[a + 1][b] - gram[a][b + 1] + gram[a][b];
            }
        }
        return result;
    }

    /** The leading eigenvectors. */
    static double[][] leading(double[][] gram, int rank) {
        return Arrays.copyOf(Dense.eigen(gram).vectors(), rank);
    }

    /** The basis V that maximises the trace of V Q': U W' with the singular vectors of Q; the one before where Q is zero. */
    static double[][] nearest(double[][] q, double[][] before) {
        if (Arrays.stream(q).flatMapToDouble(Arrays::stream).allMatch(v -> v == 0)) {
            return before;
        }
        Dense.Svd svd = Dense.svd(q);
        double[][] basis = new double[q.length][q[0].length];
        for (int k = 0; k < q.length; k++) {
            for (int b = 0; b < q[0].length; b++) {
                for (int j = 0; j < svd.values().length; j++) {
                    basis[k][b] += svd.u()[k][j] * svd.v()[b][j];
                }
            }
        }
        return basis;
    }

    /** Sums what the blocks have gathered, in their order. */
    static double[][] sum(double[][][] partial) {
        double[][] sum = new double[partial[0].length][partial[0][0].length];
        for (double[][] part : partial) {
            for (int k = 0; k < sum.length; k++) {
                for (int b = 0; b < sum[k].length; b++) {
                    sum[k][b] += part[k][b];
                }
            }
        }
        return sum;
    }
}
