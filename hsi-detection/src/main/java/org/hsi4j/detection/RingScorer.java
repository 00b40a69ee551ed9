package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.Region;
import org.hsi4j.linalg.RowCholesky;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.Whitening;

/**
 * Scores the blocks of a scene against the ring between an inner and an outer window; the buffers of one thread.
 *
 * <p>All pixels of a block and its surroundings are whitened by the background first, invalid ones are zero and count none.
 * Each column keeps the sums over the rows of either window, and the ring those over the columns; one step costs what enters
 * and what leaves. Sums start anew with each block and those of the ring with each row, so rounding cannot pile up, and what
 * a block gives does not depend on who worked on another.
 */
final class RingScorer {
    /** Rows and columns of a block at most: sums start anew after as many steps. */
    static final int BLOCK_ROWS = 32;

    static final int BLOCK_COLUMNS = 64;

    private final Cube scene;
    private final Whitening whitening;
    private final double[][] loading;
    private final RingStatistic statistic;
    private final WindowCovariance covariance;
    private final double[] target;
    private final RunContext context;
    private final int bands;
    private final WindowSide outerRows;
    private final WindowSide outerColumns;
    private final WindowSide innerRows;
    private final WindowSide innerColumns;

    private final PixelTile tile;
    private final double[][] spectra;
    private final int[] valid;
    private final double[] noPixel;
    private final SquareSums noColumn;
    private final SquareSums[] outer;
    private final SquareSums[] inner;
    private final SquareSums ring;
    private final double[][] scatter;
    private final double[] leastPivots;
    private final double[] difference;
    private final double[] targetDifference;

    private int left;
    private int above;
    private int width;

    RingScorer(
            Cube scene,
            Whitening whitening,
            double[][] loading,
            int innerWindow,
            int outerWindow,
            RingStatistic statistic,
            WindowCovariance covariance,
            double[] target,
            RunContext context) {
        this.scene = scene;
        this.statistic = statistic;
        this.covariance = covariance;
        this.target = target;
        this.whitening = whitening;
        this.loading = loading;
        this.context = context;
        this.bands = scene.bands();
        this.outerRows = WindowSide.of(outerWindow, scene.rows());
        this.outerColumns = WindowSide.of(outerWindow, scene.columns());
        this.innerRows = WindowSide.of(innerWindow, scene.rows());
        this.innerColumns = WindowSide.of(innerWindow, scene.columns());
        int columns = most(BLOCK_COLUMNS, outerWindow, scene.columns());
        int rows = most(BLOCK_ROWS, outerWindow, scene.rows());
        this.tile = new PixelTile(bands, columns);
        this.spectra = new double[rows * columns][bands];
        this.valid = new int[rows * columns];
        this.noPixel = new double[bands];
        this.noColumn = sums();
        this.outer = sums(columns);
        this.inner = sums(columns);
        this.ring = sums();
        this.scatter = sums().squares();
        this.leastPivots = new double[bands];
        this.difference = new double[bands];
        this.targetDifference = new double[target.length];
    }

    private static int most(int block, int window, int length) {
        return Math.min(length, block + window - 1);
    }

    private SquareSums sums() {
        return new SquareSums(bands, covariance == WindowCovariance.RING);
    }

    private SquareSums[] sums(int columns) {
        SquareSums[] sums = new SquareSums[columns];
        for (int c = 0; c < columns; c++) {
            sums[c] = sums();
        }
        return sums;
    }

    /** Bytes that one scorer takes. */
    static long bytes(Cube scene, int outerWindow) {
        long columns = most(BLOCK_COLUMNS, outerWindow, scene.columns());
        long rows = most(BLOCK_ROWS, outerWindow, scene.rows());
        int bands = scene.bands();
        return (2 * columns + 3) * SquareSums.bytes(bands) + rows * columns * (8L * bands + 24) + 8L * bands * columns;
    }

    /**
     * Scores the valid pixels of a block.
     *
     * @return how many of them had too few or dependent pixels in their rings
     */
    int score(Region block, double[] scores) {
        load(block);
        int helped = 0;
        for (int row = block.row(); row < block.endRow(); row++) {
            context.checkCancelled();
            boolean first = row == block.row();
            moveDown(outer, outerRows, row, first);
            moveDown(inner, innerRows, row, first);
            for (int column = block.column(); column < block.endColumn(); column++) {
                if (column == block.column()) {
                    startRing(column);
                } else {
                    moveRight(column);
                }
                int pixel = (row - above) * width + column - left;
                if (valid[pixel] == 1) {
                    helped += score(spectra[pixel], scores, row * scene.columns() + column);
                }
            }
        }
        return helped;
    }

    private void load(Region block) {
        above = outerRows.start(block.row());
        left = outerColumns.start(block.column());
        width = outerColumns.end(block.endColumn() - 1) - left;
        int end = outerRows.end(block.endRow() - 1);
        for (int row = above; row < end; row++) {
            context.checkCancelled();
            int firstPixel = row * scene.columns() + left;
            int firstSpectrum = (row - above) * width;
            scene.read(firstPixel, width, tile);
            whitening.apply(tile);
            Arrays.fill(valid, firstSpectrum, firstSpectrum + width, 0);
            for (int i = 0; i < width; i++) {
                Arrays.fill(spectra[firstSpectrum + i], 0.0);
            }
            for (int i = 0; i < tile.size(); i++) {
                int spectrum = firstSpectrum + tile.pixel(i) - firstPixel;
                valid[spectrum] = 1;
                double[] z = spectra[spectrum];
                double norm = 0;
                for (int b = 0; b < bands; b++) {
                    z[b] = tile.planes()[b][i];
                    norm += z[b] * z[b];
                }
                if (!(norm < 1e100)) {
                    throw new IllegalArgumentException(
                            "scene and background differ so much in scale that they cannot be compared");
                }
            }
        }
    }

    /** Brings the sums of all columns to the rows of the windows of a pixel's row. */
    private void moveDown(SquareSums[] columns, WindowSide rows, int row, boolean anew) {
        int start = rows.start(row) - above;
        int before = anew ? start : rows.start(row - 1) - above;
        for (int c = 0; c < width; c++) {
            if (anew) {
                columns[c].clear();
                for (int r = start; r < start + rows.size(); r += 2) {
                    int second = r + 1 < start + rows.size() ? (r + 1) * width + c : -1;
                    add(columns[c], r * width + c, second, 1);
                }
            } else if (start > before) {
                add(columns[c], (before + rows.size()) * width + c, before * width + c, -1);
            }
        }
    }

    private void add(SquareSums sums, int first, int second, double sign) {
        boolean alone = second < 0;
        sums.add(spectra[first], valid[first], alone ? noPixel : spectra[second], sign, alone ? 0 : valid[second]);
    }

    private void startRing(int column) {
        ring.clear();
        int start = outerColumns.start(column) - left;
        int innerStart = innerColumns.start(column) - left;
        for (int c = start; c < start + outerColumns.size(); c++) {
            boolean both = c >= innerStart && c < innerStart + innerColumns.size();
            ring.move(outer[c], both ? inner[c] : noColumn);
        }
    }

    private void moveRight(int column) {
        int start = outerColumns.start(column) - left;
        int before = outerColumns.start(column - 1) - left;
        if (start > before) {
            ring.move(outer[before + outerColumns.size()], outer[before]);
        }
        start = innerColumns.start(column) - left;
        before = innerColumns.start(column - 1) - left;
        if (start > before) {
            ring.move(inner[before], inner[before + innerColumns.size()]);
        }
    }

    /** Scores one pixel and says whether the background had to help (1) or not (0). */
    private int score(double[] z, double[] scores, int pixel) {
        int n = ring.count();
        if (covariance == WindowCovariance.SCENE) {
            centre(z, Math.max(1, n));
            scores[pixel] = statistic();
            return n > 0 ? 0 : 1;
        }
        double added = n > bands ? 0 : 2.0 * bands - n;
        while (!factor(added)) {
            added = Math.max(2.0 * bands, 10 * added);
        }
        double total = n + added;
        centre(z, total);
        scores[pixel] = statistic(total);
        return added > 0 ? 1 : 0;
    }

    /** Pixel and target about the ring's mean, filled up with the background, whose mean is zero, to a number of pixels. */
    private void centre(double[] z, double total) {
        double[] sum = ring.sum();
        for (int b = 0; b < bands; b++) {
            difference[b] = z[b] - sum[b] / total;
        }
        for (int b = 0; b < targetDifference.length; b++) {
            targetDifference[b] = target[b] - sum[b] / total;
        }
    }

    /** With the covariance of the scene, by which all is whitened already. */
    private double statistic() {
        return statistic.of(
                Background.dot(targetDifference, difference),
                Background.dot(targetDifference, targetDifference),
                Background.dot(difference, difference));
    }

    /** The factor is that of the scatter, which is as many times the covariance as there are pixels but one. */
    private double statistic(double total) {
        double pixelSquare = (total - 1) * RowCholesky.whiten(scatter, bands, difference);
        if (statistic == RingStatistic.DISTANCE) {
            return pixelSquare;
        }
        double targetSquare = (total - 1) * RowCholesky.whiten(scatter, bands, targetDifference);
        return statistic.of((total - 1) * Background.dot(targetDifference, difference), targetSquare, pixelSquare);
    }

    /** The scatter of the ring and of so many pixels of the background about their mean, loaded and factored. */
    private boolean factor(double added) {
        double total = ring.count() + added;
        double[][] squares = ring.squares();
        double[] sum = ring.sum();
        for (int b = 0; b < bands; b++) {
            double[] row = scatter[b];
            centre(row, squares[b], sum[b] / total, sum, total - 1, loading[b]);
            row[b] += added;
            leastPivots[b] = 10 * bands * Math.ulp(1.0) * (squares[b][b] + added);
        }
        return RowCholesky.factor(scatter, bands, leastPivots);
    }

    private static void centre(
            double[] row, double[] squares, double mean, double[] sum, double weight, double[] loading) {
        for (int j = 0; j < row.length; j++) {
            row[j] = squares[j] - mean * sum[j] + weight * loading[j];
        }
    }
}
