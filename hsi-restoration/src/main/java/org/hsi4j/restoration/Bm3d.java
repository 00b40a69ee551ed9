package org.hsi4j.restoration;

import java.util.Arrays;
import org.hsi4j.linalg.Kernels;

/**
 * BM3D: groups of similar patches are transformed together, thresholded, and in a second pass filtered like Wiener with the
 * result of the first.
 *
 * <p>For a reference patch every fourth pixel, the most similar patches in a window of 39 x 39 positions form a group. First
 * pass: 16 patches; their three-dimensional transform T (cosine transform of each patch, Haar transform across the group) is
 * set to zero where |T| &lt; 2.7 sigma; the patches that come back count with weight 1 / (number of coefficients kept) and a
 * Kaiser window. Second pass: 32 patches, matched in the first result, whose transform S gives the factor
 * S<sup>2</sup> / (S<sup>2</sup> + sigma<sup>2</sup>) for T, and the weight 1 / (sum of the squared factors). The coefficient that holds the
 * mean of a group always stays. As many patches form a group as the greatest power of two that was found.
 *
 * <p>The parameters are those of the paper's normal profile, but for four: reference patches are four pixels apart, not three
 * (.01 dB for half of the time); the patches of the first pass are matched in an image denoised by {@link WaveletShrinkage}
 * (the paper denoises each patch before it compares, for strong noise only); there is no limit to the distance of patches; and
 * both passes use the cosine transform. Planes with a side of less than 8 pixels have patches of that side. A plane without noise
 * stays as it is. Costs some 30 kflops a pixel. Immutable and thread-safe.
 *
 * <p>Reference: Dabov, Foi, Katkovnik and Egiazarian, "Image denoising by sparse 3-D transform-domain collaborative filtering", IEEE
 * Trans. Image Processing 16, 2007; formulas and parameters also in Lebrun, "An analysis and implementation of the BM3D image
 * denoising method", Image Processing On Line 2, 2012.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(SubspaceDenoiser.with(Bm3d.withDefaults())).run();
 * }</pre>
 */
public final class Bm3d implements PlaneDenoiser {
    private static final int SIDE = 8;
    private static final int RADIUS = 19;
    private static final int FIRST_GROUP = 16;
    private static final int SECOND_GROUP = 32;
    private static final double KAISER = 2;

    private final int step;
    private final double threshold;

    private Bm3d(int step, double threshold) {
        this.step = step;
        this.threshold = threshold;
    }

    /**
     * A reference patch every fourth pixel, threshold 2.7.
     *
     * @return the method
     */
    public static Bm3d withDefaults() {
        return new Bm3d(4, 2.7);
    }

    /**
     * With reference patches nearer to or further from one another.
     *
     * @param pixels from one reference patch to the next, 1 to 8; time goes with the inverse square
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of this range
     */
    public Bm3d withStep(int pixels) {
        if (pixels < 1 || pixels > SIDE) {
            throw new IllegalArgumentException("step must be 1 to " + SIDE + ", not " + pixels);
        }
        return new Bm3d(pixels, threshold);
    }

    /**
     * Pixels from one reference patch to the next.
     *
     * @return 1 to 8
     */
    public int step() {
        return step;
    }

    /**
     * With another threshold of the first pass.
     *
     * @param deviations in units of sigma, positive
     * @return a changed copy
     * @throws IllegalArgumentException if it is not positive and finite
     */
    public Bm3d withThreshold(double deviations) {
        if (!(deviations > 0) || Double.isInfinite(deviations)) {
            throw new IllegalArgumentException("threshold must be positive and finite, not " + deviations);
        }
        return new Bm3d(step, deviations);
    }

    /**
     * Threshold of the first pass.
     *
     * @return in units of sigma
     */
    public double threshold() {
        return threshold;
    }

    @Override
    public String name() {
        return "bm3d";
    }

    @Override
    public String summary() {
        return "Groups similar patches, thresholds their joint transform, then filters them like Wiener.";
    }

    @Override
    public String reference() {
        return "Dabov, Foi, Katkovnik and Egiazarian, Image denoising by sparse 3-D transform-domain collaborative filtering,"
                + " 2007";
    }

    @Override
    public long workerBytes(int rows, int columns) {
        return WaveletShrinkage.withDefaults().workerBytes(rows, columns)
                + Double.BYTES * (4L * rows * columns + 8L * SIDE * SIDE * SECOND_GROUP);
    }

    @Override
    public Worker worker(int rows, int columns) {
        return new Passes(rows, columns);
    }

    private final class Passes implements Worker {
        private final int rows;
        private final int columns;
        private final PlaneDenoiser.Worker pilotDenoiser;
        private final double[] pilot;
        private final double[] sum;
        private final double[] weights;
        private final PatchMatcher first;
        private final PatchMatcher second;
        private final PatchGroup noisyGroup;
        private final PatchGroup pilotGroup;
        private final double[] window;

        Passes(int rows, int columns) {
            this.rows = rows;
            this.columns = columns;
            int high = Math.min(SIDE, rows);
            int wide = Math.min(SIDE, columns);
            pilotDenoiser = WaveletShrinkage.withDefaults().worker(rows, columns);
            pilot = new double[rows * columns];
            sum = new double[rows * columns];
            weights = new double[rows * columns];
            first = new PatchMatcher(rows, columns, high, wide, RADIUS, FIRST_GROUP);
            second = new PatchMatcher(rows, columns, high, wide, RADIUS, SECOND_GROUP);
            noisyGroup = new PatchGroup(columns, high, wide, SECOND_GROUP);
            pilotGroup = new PatchGroup(columns, high, wide, SECOND_GROUP);
            window = window(high, wide);
        }

        @Override
        public void denoise(double[] plane, double sigma) {
            Planes.requireSize(plane, rows, columns);
            if (!(sigma > 0)) {
                return;
            }
            System.arraycopy(plane, 0, pilot, 0, plane.length);
            pilotDenoiser.denoise(pilot, sigma);
            pass(plane, sigma, first, true);
            System.arraycopy(sum, 0, pilot, 0, plane.length);
            pass(plane, sigma, second, false);
            System.arraycopy(sum, 0, plane, 0, plane.length);
        }

        /** Leaves the weighted mean of all patches in {@code sum}. */
        private void pass(double[] plane, double sigma, PatchMatcher matcher, boolean thresholding) {
            Arrays.fill(sum, 0);
            Arrays.fill(weights, 0);
            double[][] matched = {pilot};
            int lastRow = rows - noisyGroup.patchRows();
            int lastColumn = columns - noisyGroup.patchColumns();
            for (int r = 0; ; r = Math.min(r + step, lastRow)) {
                for (int c = 0; ; c = Math.min(c + step, lastColumn)) {
                    int size = Integer.highestOneBit(matcher.match(matched, r, c));
                    int[] positions = matcher.positions();
                    noisyGroup.gather(plane, positions, size);
                    double weight;
                    if (thresholding) {
                        weight = noisyGroup.threshold(threshold * sigma);
                    } else {
                        pilotGroup.gather(pilot, positions, size);
                        weight = noisyGroup.wiener(pilotGroup, sigma * sigma);
                    }
                    noisyGroup.scatter(positions, weight, window, sum, weights);
                    if (c == lastColumn) {
                        break;
                    }
                }
                if (r == lastRow) {
                    break;
                }
            }
            for (int i = 0; i < sum.length; i++) {
                sum[i] /= weights[i];
            }
        }
    }

    /** The product of two windows of Kaiser. */
    private static double[] window(int high, int wide) {
        double[] window = new double[high * wide];
        for (int i = 0; i < high; i++) {
            for (int j = 0; j < wide; j++) {
                window[i * wide + j] = kaiser(i, high) * kaiser(j, wide);
            }
        }
        return window;
    }

    private static double kaiser(int i, int n) {
        double x = n == 1 ? 0 : 2.0 * i / (n - 1) - 1;
        return bessel(KAISER * Math.sqrt(1 - x * x)) / bessel(KAISER);
    }

    /** The modified Bessel function of order zero, by its series; twenty terms are exact for small arguments. */
    private static double bessel(double x) {
        double term = 1;
        double sum = 1;
        for (int k = 1; k <= 20; k++) {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }
        return sum;
    }

    /** Patches in their joint transform. Coefficient (u, v) of all patches lies together. */
    private static final class PatchGroup {
        private final Kernels kernels = Kernels.best();
        private final int columns;
        private final int high;
        private final int wide;
        private final double[][] downwards;
        private final double[][] downwardsBack;
        private final double[][] across;
        private final double[][] acrossBack;
        private final double[][] byColumn; // [column][row * size + patch]
        private final double[][] byColumnTransformed;
        private final double[][] byRow; // [row][column * size + patch]
        private final double[][] coefficients;
        private final double[] half;
        private int size;

        PatchGroup(int columns, int high, int wide, int most) {
            this.columns = columns;
            this.high = high;
            this.wide = wide;
            downwards = Cosines.matrix(high);
            downwardsBack = Cosines.transposed(downwards);
            across = Cosines.matrix(wide);
            acrossBack = Cosines.transposed(across);
            byColumn = new double[wide][high * most];
            byColumnTransformed = new double[wide][high * most];
            byRow = new double[high][wide * most];
            coefficients = new double[high][wide * most];
            half = new double[most];
        }

        int patchRows() {
            return high;
        }

        int patchColumns() {
            return wide;
        }

        /** Takes patches out of a plane and transforms them. */
        void gather(double[] plane, int[] positions, int count) {
            size = count;
            for (int k = 0; k < size; k++) {
                for (int i = 0; i < high; i++) {
                    int from = positions[k] + i * columns;
                    for (int j = 0; j < wide; j++) {
                        byColumn[j][i * size + k] = plane[from + j];
                    }
                }
            }
            kernels.multiply(across, byColumn, high * size, byColumnTransformed);
            for (int j = 0; j < wide; j++) {
                for (int i = 0; i < high; i++) {
                    System.arraycopy(byColumnTransformed[j], i * size, byRow[i], j * size, size);
                }
            }
            kernels.multiply(downwards, byRow, wide * size, coefficients);
            for (double[] row : coefficients) {
                for (int j = 0; j < wide; j++) {
                    haar(row, j * size);
                }
            }
        }

        /** Sums and differences over sqrt(2), of the sums again, in place: the sums come first. */
        private void haar(double[] values, int start) {
            for (int n = size; n > 1; n /= 2) {
                for (int k = 0; k < n / 2; k++) {
                    double a = values[start + 2 * k];
                    double b = values[start + 2 * k + 1];
                    half[k] = (a - b) * Math.sqrt(0.5);
                    values[start + k] = (a + b) * Math.sqrt(0.5);
                }
                System.arraycopy(half, 0, values, start + n / 2, n / 2);
            }
        }

        private void haarBack(double[] values, int start) {
            for (int n = 2; n <= size; n *= 2) {
                System.arraycopy(values, start + n / 2, half, 0, n / 2);
                for (int k = n / 2 - 1; k >= 0; k--) {
                    double a = values[start + k];
                    double b = half[k];
                    values[start + 2 * k] = (a + b) * Math.sqrt(0.5);
                    values[start + 2 * k + 1] = (a - b) * Math.sqrt(0.5);
                }
            }
        }

        /** Sets what is small to zero, but for the mean, and gives the weight of the group. */
        double threshold(double limit) {
            double mean = coefficients[0][0];
            coefficients[0][0] = 0;
            int kept = 1;
            for (double[] row : coefficients) {
                for (int i = 0; i < wide * size; i++) {
                    boolean keep = Math.abs(row[i]) >= limit;
                    row[i] = keep ? row[i] : 0;
                    kept += keep ? 1 : 0;
                }
            }
            coefficients[0][0] = mean;
            return 1.0 / kept;
        }

        /** Multiplies by the factors of Wiener, but for the mean, and gives the weight of the group. */
        double wiener(PatchGroup pilot, double variance) {
            double squares = 1;
            for (int u = 0; u < high; u++) {
                double[] row = coefficients[u];
                double[] signal = pilot.coefficients[u];
                for (int i = u == 0 ? 1 : 0; i < wide * size; i++) {
                    double energy = signal[i] * signal[i];
                    double factor = energy / (energy + variance);
                    row[i] *= factor;
                    squares += factor * factor;
                }
            }
            return 1 / squares;
        }

        /** Transforms back and adds the patches to a plane. */
        void scatter(int[] positions, double weight, double[] window, double[] sum, double[] weights) {
            for (double[] row : coefficients) {
                for (int j = 0; j < wide; j++) {
                    haarBack(row, j * size);
                }
            }
            kernels.multiply(downwardsBack, coefficients, wide * size, byRow);
            for (int j = 0; j < wide; j++) {
                for (int i = 0; i < high; i++) {
                    System.arraycopy(byRow[i], j * size, byColumn[j], i * size, size);
                }
            }
            kernels.multiply(acrossBack, byColumn, high * size, byColumnTransformed);
            for (int k = 0; k < size; k++) {
                for (int i = 0; i < high; i++) {
                    int to = positions[k] + i * columns;
                    for (int j = 0; j < wide; j++) {
                        double w = weight * window[i * wide + j];
                        sum[to + j] += w * byColumnTransformed[j][i * size + k];
                        weights[to + j] += w;
                    }
                }
            }
        }
    }
}
