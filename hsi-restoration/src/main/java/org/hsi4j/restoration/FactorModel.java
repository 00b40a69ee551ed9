package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.linalg.BatchCholesky;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * Spectra y = U a + noise of which any samples may be missing: loadings U (bands x k), coefficients a whose prior has zero mean and
 * the precisions {@code prior}, and noise of its own variance in each band. A band of infinite variance tells nothing of the
 * coefficients.
 */
@SuppressWarnings("ArrayRecordComponent") // never handed out
record FactorModel(double[][] loadings, double[] variance, double[] prior) {

    /** Pixels that are worked on at a time. */
    static final int BLOCK = 256;

    /** Ridge that keeps the mean information invertible where the samples say too little. */
    private static final double RIDGE = 1e-9;

    /** Coefficients of unit prior variance. */
    static FactorModel of(double[][] loadings, double[] variance) {
        double[] ones = new double[loadings[0].length];
        Arrays.fill(ones, 1);
        return new FactorModel(loadings, variance, ones);
    }

    int bands() {
        return loadings.length;
    }

    int rank() {
        return prior.length;
    }

    /** Bands of which nothing was learnt. */
    int unknownBands() {
        return (int) Arrays.stream(variance).filter(Double::isInfinite).count();
    }

    /** Bytes that {@link Posterior} and one image a coefficient take. */
    static long bytes(int pixels, int bands, int rank, int threads) {
        long triangle = BatchCholesky.planes(rank);
        return Double.BYTES
                * ((long) rank * pixels + (long) threads * (BLOCK * (2L * bands + rank + triangle) + triangle * bands));
    }

    /** The wavelengths of a cube, or the numbers of its bands. */
    static double[] positions(Cube cube) {
        return IntStream.range(0, cube.bands())
                .mapToDouble(b -> cube.wavelengths().map(w -> w.at(b)).orElse((double) b))
                .toArray();
    }

    /**
     * With loadings for the bands that have none, by a spline through those of the others, so that these bands can be foretold.
     * They still tell nothing of the coefficients.
     *
     * @param positions where each band lies on the spectrum
     */
    FactorModel withInterpolatedLoadings(double[] positions) {
        List<Integer> known = new ArrayList<>();
        IntStream.range(0, bands())
                .filter(b -> !Double.isInfinite(variance[b]))
                .boxed()
                .sorted(Comparator.comparingDouble(b -> positions[b]))
                .filter(b -> known.isEmpty() || positions[b] > positions[known.get(known.size() - 1)])
                .forEachOrdered(known::add);
        if (known.isEmpty() || unknownBands() == 0) {
            return this;
        }
        double[] at = known.stream().mapToDouble(b -> positions[b]).toArray();
        double[][] all = Arrays.stream(loadings).map(double[]::clone).toArray(double[][]::new);
        for (int p = 0; p < rank(); p++) {
            int component = p;
            NaturalSpline curve = new NaturalSpline(
                    at, known.stream().mapToDouble(b -> loadings[b][component]).toArray());
            for (int b = 0; b < all.length; b++) {
                if (Double.isInfinite(variance[b])) {
                    all[b][p] = curve.at(positions[b]);
                }
            }
        }
        return new FactorModel(all, variance, prior);
    }

    /**
     * The same model in coefficients whose errors are white: of unit variance for a pixel with as many samples as the mean pixel, and
     * independent a priori.
     */
    FactorModel whitened(GappedScene scene, RunContext context) {
        int k = rank();
        double[][] information = meanInformation(scene, context);
        double trace = 0;
        for (int p = 0; p < k; p++) {
            trace += information[p][p] / k;
        }
        for (int p = 0; p < k; p++) {
            information[p][p] += RIDGE * trace;
        }
        double[][] lower = Dense.cholesky(information).orElse(null);
        if (lower == null) {
            return this;
        }
        Dense.Eigen eigen = Dense.eigen(covarianceSeenThrough(lower));
        double[][] turned = new double[bands()][k];
        for (int b = 0; b < turned.length; b++) {
            double[] u = loadings[b].clone();
            Dense.forward(lower, u);
            for (int r = 0; r < k; r++) {
                for (int p = 0; p < k; p++) {
                    turned[b][r] += u[p] * eigen.vectors()[r][p];
                }
            }
        }
        return new FactorModel(
                turned, variance, Arrays.stream(eigen.values()).map(v -> 1 / v).toArray());
    }

    /** L' diag(1 / prior) L. */
    private double[][] covarianceSeenThrough(double[][] lower) {
        int k = rank();
        double[][] seen = new double[k][k];
        for (int p = 0; p < k; p++) {
            for (int q = 0; q < k; q++) {
                for (int r = 0; r < k; r++) {
                    seen[p][q] += lower[r][p] * lower[r][q] / prior[r];
                }
            }
        }
        return seen;
    }

    /** The mean over the pixels that have a sample of U' W U. */
    private double[][] meanInformation(GappedScene scene, RunContext context) {
        int k = rank();
        int blocks = blocks(scene.pixels());
        double[][] partial = new double[blocks][BatchCholesky.planes(k)];
        Parallel.run(context, "weighing", blocks, () -> new Posterior(this), (posterior, block) -> {
            posterior.load(scene.planes, block * BLOCK, Math.min(BLOCK, scene.pixels() - block * BLOCK));
            posterior.normalEquations();
            for (int q = 0; q < partial[block].length; q++) {
                for (double v : posterior.information[q]) {
                    partial[block][q] += v;
                }
            }
        });
        int pixels = scene.seenPixels().length;
        double[][] mean = new double[k][k];
        for (int p = 0; p < k; p++) {
            for (int q = 0; q <= p; q++) {
                for (double[] part : partial) {
                    mean[p][q] += part[p * (p + 1) / 2 + q] / pixels;
                }
                mean[q][p] = mean[p][q];
            }
        }
        return mean;
    }

    static int blocks(int pixels) {
        return (pixels + BLOCK - 1) / BLOCK;
    }

    /** The value of a band for the coefficients of pixel i. */
    double value(int band, double[][] coefficients, int i) {
        double[] u = loadings[band];
        double value = 0;
        for (int p = 0; p < u.length; p++) {
            value += u[p] * coefficients[p][i];
        }
        return value;
    }

    /**
     * Coefficients of pixels by what is known of them: one thread's buffers. With W = diag(1 / variance) where a sample is known and
     * zero elsewhere, and a prior of precision diag(p) about m, a = (U' W U + diag(p))<sup>-1</sup> (U' W y + diag(p) m).
     */
    static final class Posterior {
        private final int k;
        final double[][] known;
        final double[][] samples;
        final double[][] coefficients;

        /** U' W U as the planes of a triangle; {@link #solve} puts the Cholesky factor in its place. */
        final double[][] information;

        /** What the samples of the block have in common. */
        final Pattern pattern;

        private final double[][] weights;
        private final double[][] products;
        private final double[] all;
        private final double[] scratch = new double[BLOCK];

        Posterior(FactorModel model) {
            k = model.rank();
            int bands = model.bands();
            known = new double[bands][BLOCK];
            samples = new double[bands][BLOCK];
            coefficients = new double[k][BLOCK];
            information = new double[BatchCholesky.planes(k)][BLOCK];
            pattern = new Pattern(model.variance);
            weights = new double[k][bands];
            products = new double[information.length][bands];
            all = new double[information.length];
            for (int b = 0; b < bands; b++) {
                double[] u = model.loadings[b];
                for (int p = 0; p < k; p++) {
                    weights[p][b] = u[p] / model.variance[b];
                    for (int q = 0; q <= p; q++) {
                        double product = u[p] * u[q] / model.variance[b];
                        products[p * (p + 1) / 2 + q][b] = product;
                        all[p * (p + 1) / 2 + q] += product;
                    }
                }
            }
        }

        /** Takes n pixels from planes in which what is missing is NaN; the rest of the block has no sample. */
        void load(double[][] planes, int from, int n) {
            for (int b = 0; b < planes.length; b++) {
                double[] plane = planes[b];
                for (int i = 0; i < n; i++) {
                    double v = plane[from + i];
                    boolean there = !Double.isNaN(v);
                    known[b][i] = there ? 1 : 0;
                    samples[b][i] = there ? v : 0;
                }
                Arrays.fill(known[b], n, BLOCK, 0);
                Arrays.fill(samples[b], n, BLOCK, 0);
            }
            pattern.find(known);
        }

        /** Information of the samples, and U' W y. */
        void normalEquations() {
            Kernels kernels = Kernels.best();
            kernels.multiply(weights, samples, BLOCK, coefficients);
            if (!pattern.isListed()) {
                kernels.multiply(products, known, BLOCK, information);
                return;
            }
            for (int q = 0; q < information.length; q++) {
                for (int i = 0; i < BLOCK; i++) {
                    information[q][i] = pattern.isPoor(i) ? 0 : all[q];
                }
            }
            for (int b = 0; b < known.length; b++) {
                for (int q = 0; pattern.exceptions(b) > 0 && q < information.length; q++) {
                    pattern.addExceptions(b, products[q][b], information[q]);
                }
            }
        }

        /** The trace of the information of a pixel. */
        double information(int i) {
            double trace = 0;
            for (int p = 0; p < k; p++) {
                trace += information[p * (p + 1) / 2 + p][i];
            }
            return trace;
        }

        /** Solves with a prior of the given precisions. */
        void solve(double[] prior) {
            int different = pattern.different();
            for (int p = 0; p < k; p++) {
                double[] diagonal = information[p * (p + 1) / 2 + p];
                for (int i = 0; i < different; i++) {
                    diagonal[i] += prior[p];
                }
            }
            BatchCholesky.factor(information, k, different, scratch);
            for (double[] plane : information) {
                Arrays.fill(plane, different, BLOCK, plane[0]);
            }
            BatchCholesky.solve(information, k, coefficients, BLOCK);
        }

        /** Draws n pixels towards given coefficients, before {@link #solve}. */
        void towards(double[][] means, int from, int n, double[] prior) {
            for (int p = 0; p < k; p++) {
                for (int i = 0; i < n; i++) {
                    coefficients[p][i] += prior[p] * means[p][from + i];
                }
            }
        }
    }

    /**
     * Which samples of a block are known, as the exceptions from what most of its pixels have: where they are few, sums over the known
     * samples are cheaper as sums over all less those over the exceptions. Counts bands that tell of the coefficients alone.
     */
    static final class Pattern {
        /** Exceptions are listed where they are at most one sample of this many. */
        private static final int RARE = 8;

        private final boolean[] telling;
        private final int tellingBands;
        private final int[] counts = new int[BLOCK];
        private final boolean[] poor = new boolean[BLOCK];
        private final int[] starts;
        private int[] pixels = new int[0];
        private boolean listed;
        private boolean uniform;

        Pattern(double[] variance) {
            telling = new boolean[variance.length];
            int n = 0;
            for (int b = 0; b < telling.length; b++) {
                telling[b] = !Double.isInfinite(variance[b]);
                n += telling[b] ? 1 : 0;
            }
            tellingBands = n;
            starts = new int[variance.length + 1];
        }

        private void find(double[][] known) {
            Arrays.fill(counts, 0);
            for (int b = 0; b < telling.length; b++) {
                for (int i = 0; telling[b] && i < BLOCK; i++) {
                    counts[i] += known[b][i] > 0 ? 1 : 0;
                }
            }
            int exceptions = 0;
            boolean anyPoor = false;
            for (int i = 0; i < BLOCK; i++) {
                poor[i] = 2 * counts[i] < tellingBands;
                anyPoor |= poor[i];
                exceptions += poor[i] ? counts[i] : tellingBands - counts[i];
            }
            listed = RARE * exceptions <= tellingBands * BLOCK;
            uniform = listed && exceptions == 0 && !anyPoor;
            if (listed) {
                list(known, exceptions);
            }
        }

        private void list(double[][] known, int count) {
            if (pixels.length < count) {
                pixels = new int[count];
            }
            int n = 0;
            for (int b = 0; b < telling.length; b++) {
                starts[b] = n;
                for (int i = 0; telling[b] && i < BLOCK; i++) {
                    if (known[b][i] > 0 == poor[i]) {
                        pixels[n++] = i;
                    }
                }
            }
            starts[telling.length] = n;
        }

        /** Whether the exceptions are few. */
        boolean isListed() {
            return listed;
        }

        /** Pixels that have to be looked at: one where all have the same samples. */
        int different() {
            return uniform ? 1 : BLOCK;
        }

        /** Whether a pixel has less than half of the samples: its exceptions are those it has, and else those it lacks. */
        boolean isPoor(int pixel) {
            return poor[pixel];
        }

        int exceptions(int band) {
            return starts[band + 1] - starts[band];
        }

        /** Exception number e of a band. */
        int exception(int band, int e) {
            return pixels[starts[band] + e];
        }

        /** Corrects sums over all samples of each pixel by what its exceptions in a band are worth. */
        private void addExceptions(int band, double worth, double[] sums) {
            for (int e = starts[band]; e < starts[band + 1]; e++) {
                int i = pixels[e];
                sums[i] += poor[i] ? worth : -worth;
            }
        }
    }
}
