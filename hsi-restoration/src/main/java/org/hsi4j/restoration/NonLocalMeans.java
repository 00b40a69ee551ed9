package org.hsi4j.restoration;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * Non-local means: each pixel becomes a mean of the pixels whose surroundings look alike,
 *
 * <blockquote>
 *   x<sub>i</sub> = sum over j of w<sub>ij</sub> y<sub>j</sub> / sum over j of w<sub>ij</sub>,
 *   w<sub>ij</sub> = exp(-max(d<sub>ij</sub> - 2 sigma<sup>2</sup>, 0) / (h sigma)<sup>2</sup>),
 * </blockquote>
 *
 * with d<sub>ij</sub> the mean squared difference of the patches around i and j, and j in a window around i. The pixel itself counts
 * as much as the one most like it. Patches that reach over the border are compared as the plane mirrored there.
 *
 * <p>Defaults: patches of 3 x 3 pixels, a window of 21 x 21, h = .6. A plane without noise stays as it is. Costs 10 flops and one
 * exponential a pixel and position in the window, half of it by symmetry. Immutable and thread-safe.
 *
 * <p>Reference: Buades, Coll and Morel, "A review of image denoising algorithms, with a new one", Multiscale Modeling and
 * Simulation 4, 2005; sums of squares as in Darbon et al., "Fast nonlocal filtering applied to electron cryomicroscopy", 2008.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(NonLocalMeans.withDefaults())).run();
 * }</pre>
 */
public final class NonLocalMeans implements PlaneDenoiser {
    private final int patchRadius;
    private final int windowRadius;
    private final double bandwidth;

    private NonLocalMeans(int patchRadius, int windowRadius, double bandwidth) {
        this.patchRadius = patchRadius;
        this.windowRadius = windowRadius;
        this.bandwidth = bandwidth;
    }

    /**
     * Patches of 3 x 3, a window of 21 x 21, h = .6.
     *
     * @return the method
     */
    public static NonLocalMeans withDefaults() {
        return new NonLocalMeans(1, 10, 0.6);
    }

    /**
     * With patches of another size.
     *
     * @param radius r for patches of 2 r + 1 pixels a side, 0 to 20
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public NonLocalMeans withPatchRadius(int radius) {
        if (radius < 0 || radius > 20) {
            throw new IllegalArgumentException("patch radius must be 0 to 20, not " + radius);
        }
        return new NonLocalMeans(radius, windowRadius, bandwidth);
    }

    /**
     * Radius of the patches.
     *
     * @return 0 to 20
     */
    public int patchRadius() {
        return patchRadius;
    }

    /**
     * With a window of another size.
     *
     * @param radius r for a window of 2 r + 1 pixels a side, 1 to 100
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public NonLocalMeans withWindowRadius(int radius) {
        if (radius < 1 || radius > 100) {
            throw new IllegalArgumentException("window radius must be 1 to 100, not " + radius);
        }
        return new NonLocalMeans(patchRadius, radius, bandwidth);
    }

    /**
     * Radius of the window.
     *
     * @return 1 to 100
     */
    public int windowRadius() {
        return windowRadius;
    }

    /**
     * With another bandwidth.
     *
     * @param deviations h in units of sigma, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public NonLocalMeans withBandwidth(double deviations) {
        if (!(deviations > 0) || Double.isInfinite(deviations)) {
            throw new IllegalArgumentException("bandwidth must be positive and finite, not " + deviations);
        }
        return new NonLocalMeans(patchRadius, windowRadius, deviations);
    }

    /**
     * The bandwidth h.
     *
     * @return in units of sigma
     */
    public double bandwidth() {
        return bandwidth;
    }

    @Override
    public String name() {
        return "non-local-means";
    }

    @Override
    public String summary() {
        return "Averages the pixels whose surroundings look alike.";
    }

    @Override
    public String reference() {
        return "Buades, Coll and Morel, A review of image denoising algorithms, with a new one, 2005";
    }

    @Override
    public long workerBytes(int rows, int columns) {
        long padded = (rows + 2L * patchRadius) * (columns + 2L * patchRadius);
        return Double.BYTES * (3 * padded + 3L * rows * columns);
    }

    @Override
    public OptionalInt reach() {
        return OptionalInt.of(windowRadius + patchRadius);
    }

    @Override
    public Worker worker(int rows, int columns) {
        return new Means(rows, columns);
    }

    private final class Means implements Worker {
        private final int rows;
        private final int columns;
        private final int wide;
        private final double[] padded;
        private final double[] squares;
        private final double[] columnSums;
        private final double[] sum;
        private final double[] weights;
        private final double[] most;

        Means(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            this.wide = columns + 2 * patchRadius;
            padded = new double[(rows + 2 * patchRadius) * wide];
            squares = new double[padded.length];
            columnSums = new double[wide];
            sum = new double[rows * columns];
            weights = new double[rows * columns];
            most = new double[rows * columns];
        }

        @Override
        public void denoise(double[] plane, double sigma) {
            Planes.requireSize(plane, rows, columns);
            if (!(sigma > 0)) {
                return;
            }
            for (int r = 0; r < rows + 2 * patchRadius; r++) {
                int from = Planes.mirrored(r - patchRadius, rows) * columns;
                for (int c = 0; c < wide; c++) {
                    padded[r * wide + c] = plane[from + Planes.mirrored(c - patchRadius, columns)];
                }
            }
            Arrays.fill(sum, 0);
            Arrays.fill(weights, 0);
            Arrays.fill(most, 0);
            for (int down = 0; down <= Math.min(windowRadius, rows - 1); down++) {
                int least = down == 0 ? 1 : -Math.min(windowRadius, columns - 1);
                for (int along = least; along <= Math.min(windowRadius, columns - 1); along++) {
                    shift(plane, down, along, sigma);
                }
            }
            for (int i = 0; i < sum.length; i++) {
                double own = most[i] > 0 ? most[i] : 1;
                plane[i] = (sum[i] + own * plane[i]) / (weights[i] + own);
            }
        }

        /** All pairs of pixels that lie so far apart, each counted in both directions. */
        private void shift(double[] plane, int down, int along, double sigma) {
            int left = Math.max(0, -along);
            int right = columns - Math.max(0, along);
            int side = 2 * patchRadius + 1;
            for (int r = 0; r < rows - down + 2 * patchRadius; r++) {
                int a = r * wide;
                int b = (r + down) * wide + along;
                for (int c = left; c < right + 2 * patchRadius; c++) {
                    double d = padded[a + c] - padded[b + c];
                    squares[a + c] = d * d;
                }
            }
            double scale = 1 / (bandwidth * bandwidth * sigma * sigma);
            double mean = scale / (side * side);
            double noise = 2 * sigma * sigma * scale;
            for (int r = 0; r < rows - down; r++) {
                Arrays.fill(columnSums, 0);
                for (int k = 0; k < side; k++) {
                    int a = (r + k) * wide;
                    for (int c = left; c < right + 2 * patchRadius; c++) {
                        columnSums[c] += squares[a + c];
                    }
                }
                for (int c = left; c < right; c++) {
                    double distance = 0;
                    for (int k = 0; k < side; k++) {
                        distance += columnSums[c + k];
                    }
                    double w = Math.exp(-Math.max(0, mean * distance - noise));
                    int i = r * columns + c;
                    int j = i + down * columns + along;
                    sum[i] += w * plane[j];
                    sum[j] += w * plane[i];
                    weights[i] += w;
                    weights[j] += w;
                    most[i] = Math.max(most[i], w);
                    most[j] = Math.max(most[j], w);
                }
            }
        }
    }
}
