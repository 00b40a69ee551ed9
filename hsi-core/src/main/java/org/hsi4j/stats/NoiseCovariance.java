package org.hsi4j.stats;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.Parallel;
import org.hsi4j.run.RunContext;

/**
 * The covariance of a scene's noise between its bands, estimated from the scene itself. Immutable, serialisable,
 * thread-safe.
 *
 * <p>The methods fail differently. Regression needs many more pixels than bands and takes what only one band sees for
 * noise; the shift difference takes texture and edges for noise; homogeneous blocks need flat areas. Invalid pixels
 * take no part.
 *
 * <pre>{@code
 * NoiseCovariance noise = NoiseCovariance.of(scene, NoiseMethod.SHIFT_DIFFERENCE, context);
 * double[] sigma = noise.deviation();
 * }</pre>
 *
 * @serial exclude
 */
public final class NoiseCovariance implements Serializable {
    private static final long serialVersionUID = 1L;

    private static final int BLOCK_SIDE = 8;
    private static final double BLOCK_SHARE = 0.1;

    private final NoiseMethod method;
    private final double[][] matrix;
    private final Diagnostics diagnostics;

    private NoiseCovariance(NoiseMethod method, double[][] matrix, Diagnostics diagnostics) {
        this.method = method;
        this.matrix = matrix;
        this.diagnostics = diagnostics;
    }

    /**
     * Estimates the noise with a method's defaults.
     *
     * @param cube the scene
     * @param method how
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate; the same for any number of threads
     * @throws IllegalArgumentException if the scene has no valid pixel, or none that the method can use
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static NoiseCovariance of(Cube cube, NoiseMethod method, RunContext context) {
        return switch (method) {
            case REGRESSION -> regression(MeanScatter.of(cube, context));
            case SHIFT_DIFFERENCE -> shiftDifference(cube, context);
            case HOMOGENEOUS_BLOCKS -> homogeneousBlocks(cube, BLOCK_SIDE, BLOCK_SHARE, context);
        };
    }

    /**
     * What multiple regression on the other bands leaves: {@link RegressionNoise#covariance()}, the full matrix. Each
     * residual holds the noise of the other bands too, with a negative sign, so that the matrix has next to no noise in
     * the directions of the signal. Where noise is to be compared with signal, its {@link #diagonal()} is what works:
     * HySime counts 43 instead of 5 dimensions in a known scene when it is given the full matrix.
     *
     * @param statistics of a scene
     * @return the estimate
     * @throws IllegalArgumentException if there is no pixel, or samples so large that their squares overflow
     */
    public static NoiseCovariance regression(MeanScatter statistics) {
        RegressionNoise noise = RegressionNoise.of(statistics);
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) statistics.count());
        if (!noise.reliable()) {
            diagnostics = diagnostics.note("the noise of " + statistics.count() + " pixels in " + statistics.bands()
                    + " bands cannot be estimated reliably: bands that are combinations of others, or fewer than two pixels a"
                    + " band");
        }
        return new NoiseCovariance(NoiseMethod.REGRESSION, noise.covariance(), diagnostics);
    }

    /**
     * Half the covariance of the differences between each pixel and its right and lower neighbours, which leaves the
     * noise where the signal changes slowly. Two passes of B<sup>2</sup> flops a pixel. Reference: Green, Berman,
     * Switzer and Craig, "A transformation for ordering multispectral data in terms of image quality", 1988.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate
     * @throws IllegalArgumentException if fewer than two pairs of neighbours are valid
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static NoiseCovariance shiftDifference(Cube cube, RunContext context) {
        MeanScatter differences = MeanScatter.empty(cube.bands());
        if (cube.columns() > 1) {
            differences = differences.plus(
                    MeanScatter.of(Cube.builder(new Difference(cube, 0, 1)).build(), context));
        }
        if (cube.rows() > 1) {
            differences = differences.plus(
                    MeanScatter.of(Cube.builder(new Difference(cube, 1, 0)).build(), context));
        }
        if (differences.count() < 2) {
            throw new IllegalArgumentException(
                    "the shift difference needs two pairs of valid neighbours, but the cube has "
                            + differences.count());
        }
        double[][] matrix = differences.covariance();
        scale(matrix, 0.5);
        return new NoiseCovariance(
                NoiseMethod.SHIFT_DIFFERENCE, matrix, Diagnostics.none().with("differences", (double)
                        differences.count()));
    }

    /**
     * The pooled covariance inside the most homogeneous square blocks. A block's inhomogeneity is the mean over the
     * bands of its variance by that of the scene; blocks with fewer than half of their pixels valid do not take part.
     * The covariance has one degree of freedom less for each block. Picking the calmest blocks makes the estimate a
     * little too small, the more so the fewer bands and the smaller the blocks. Reference: Gao, "An operational method
     * for estimating signal to noise ratios from data acquired with imaging spectrometers", 1993.
     *
     * @param cube the scene
     * @param side side of a block in pixels, at least two; 8 by default
     * @param share share of the blocks that is used, above zero and at most one; .1 by default. At least one block is
     *     used
     * @param context threads, progress, cancellation and memory limit
     * @return the estimate
     * @throws IllegalArgumentException if an argument is out of range, or no block has enough valid pixels
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static NoiseCovariance homogeneousBlocks(Cube cube, int side, double share, RunContext context) {
        if (side < 2) {
            throw new IllegalArgumentException("blocks need a side of at least 2, not " + side);
        }
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the share of blocks must be above 0 and at most 1, not " + share);
        }
        List<Region> blocks = cube.tiles(side, 0).stream()
                .map(Region.HaloTile::core)
                .filter(r -> r.pixels() > 1)
                .toList();
        double[][] variances = variances(cube, blocks, side, context);
        double[] scores = inhomogeneity(variances, cube.bands());
        int[] order = IntStream.range(0, scores.length)
                .filter(i -> !Double.isNaN(scores[i]))
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> scores[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        if (order.length == 0) {
            throw new IllegalArgumentException(
                    "no block of " + side + "x" + side + " pixels has more than half of its pixels valid");
        }
        int used = Math.max(1, (int) Math.round(share * order.length));
        double[][] sum = new double[cube.bands()][cube.bands()];
        long freedom = 0;
        for (int i = 0; i < used; i++) {
            MeanScatter block = MeanScatter.of(cube.crop(blocks.get(order[i])), context);
            addScaled(sum, block.covariance(), block.count() - 1.0);
            freedom += block.count() - 1;
        }
        scale(sum, 1.0 / freedom);
        Diagnostics diagnostics = Diagnostics.none()
                .with("blocks", order.length)
                .with("blocks-used", used)
                .with("degrees-of-freedom", (double) freedom);
        if (freedom < 2L * cube.bands()) {
            diagnostics = diagnostics.note("the covariance between " + cube.bands() + " bands rests on " + freedom
                    + " degrees of freedom only");
        }
        return new NoiseCovariance(NoiseMethod.HOMOGENEOUS_BLOCKS, sum, diagnostics);
    }

    /** Variance of each band in each block; no entry for blocks without enough valid pixels. */
    private static double[][] variances(Cube cube, List<Region> blocks, int side, RunContext context) {
        double[][] variances = new double[blocks.size()][];
        int capacity = (int) Math.min((long) side * side, cube.pixels());
        Parallel.run(
                context,
                "homogeneous blocks",
                blocks.size(),
                () -> new PixelTile(cube.bands(), capacity),
                (tile, index) -> {
                    Region block = blocks.get(index);
                    int pixels = (int) block.pixels();
                    cube.crop(block).read(0, pixels, tile);
                    variances[index] =
                            2 * tile.size() > pixels && tile.size() > 1 ? bandVariances(tile) : new double[0];
                });
        return variances;
    }

    private static double[] bandVariances(PixelTile tile) {
        int n = tile.size();
        double[] variances = new double[tile.bands()];
        for (int b = 0; b < variances.length; b++) {
            double[] plane = tile.planes()[b];
            double mean = 0;
            for (int i = 0; i < n; i++) {
                mean += plane[i] / n;
            }
            for (int i = 0; i < n; i++) {
                variances[b] += (plane[i] - mean) * (plane[i] - mean) / (n - 1);
            }
        }
        return variances;
    }

    /**
     * Mean over the bands of the variance in units of the band's mean variance over all blocks; NaN for unusable
     * blocks.
     */
    private static double[] inhomogeneity(double[][] variances, int bands) {
        double[] typical = new double[bands];
        for (double[] block : variances) {
            for (int b = 0; b < block.length; b++) {
                typical[b] += block[b];
            }
        }
        double[] scores = new double[variances.length];
        for (int i = 0; i < scores.length; i++) {
            if (variances[i].length == 0) {
                scores[i] = Double.NaN;
            }
            for (int b = 0; b < variances[i].length; b++) {
                scores[i] += typical[b] > 0 ? variances[i][b] / typical[b] : 0;
            }
        }
        return scores;
    }

    private static void addScaled(double[][] sum, double[][] matrix, double factor) {
        for (int a = 0; a < sum.length; a++) {
            for (int b = 0; b < sum.length; b++) {
                sum[a][b] += factor * matrix[a][b];
            }
        }
    }

    private static void scale(double[][] matrix, double factor) {
        for (double[] row : matrix) {
            for (int b = 0; b < row.length; b++) {
                row[b] *= factor;
            }
        }
    }

    /**
     * How it was estimated.
     *
     * @return the method
     */
    public NoiseMethod method() {
        return method;
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return matrix.length;
    }

    /**
     * The covariance.
     *
     * @return a copy, B x B, in the squared unit of the samples
     */
    public double[][] matrix() {
        double[][] copy = new double[matrix.length][];
        for (int b = 0; b < copy.length; b++) {
            copy[b] = matrix[b].clone();
        }
        return copy;
    }

    /**
     * The same noise without correlation between bands.
     *
     * @return the variances alone
     */
    public NoiseCovariance diagonal() {
        double[][] variances = new double[matrix.length][matrix.length];
        for (int b = 0; b < variances.length; b++) {
            variances[b][b] = matrix[b][b];
        }
        return new NoiseCovariance(method, variances, diagnostics);
    }

    /**
     * Standard deviation of the noise.
     *
     * @return one value a band, in the unit of the samples
     */
    public double[] deviation() {
        return IntStream.range(0, matrix.length)
                .mapToDouble(b -> Math.sqrt(matrix[b][b]))
                .toArray();
    }

    /**
     * Root of the mean noise variance over the bands.
     *
     * @return in the unit of the samples
     */
    public double rms() {
        return Math.sqrt(Arrays.stream(deviation()).map(d -> d * d).average().orElse(0));
    }

    /**
     * What the estimate rests on.
     *
     * @return figures of the method, and a note where it cannot be trusted
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    @Override
    public String toString() {
        return "noise covariance of " + bands() + " bands by " + method + ", rms " + rms();
    }
}
