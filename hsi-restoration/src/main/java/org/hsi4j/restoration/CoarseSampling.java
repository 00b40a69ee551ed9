package org.hsi4j.restoration;

import java.util.OptionalDouble;
import org.hsi4j.Cube;
import org.hsi4j.linalg.Dense;
import org.hsi4j.metrics.AliasingScore;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * How a coarse sensor sees a fine plane, and the way back by interpolation: each coarse pixel is a weighted mean of the fine ones
 * about the middle of its d x d block, y = D x with D = D<sub>columns</sub> (x) D<sub>rows</sub>; the plane is mirrored at its border. Immutable and thread-safe.
 */
final class CoarseSampling {
    /** Standard deviations out to which the Gaussian reaches: beyond lies 6e-5 of its weight. */
    private static final double REACH = 4;

    private final LineOperator downRows;
    private final LineOperator downColumns;
    private final LineOperator spreadRows;
    private final LineOperator spreadColumns;
    private final LineOperator fineRows;
    private final LineOperator fineColumns;

    private CoarseSampling(
            LineOperator downRows, LineOperator downColumns, LineOperator fineRows, LineOperator fineColumns) {
        this.downRows = downRows;
        this.downColumns = downColumns;
        spreadRows = downRows.transposed();
        spreadColumns = downColumns.transposed();
        this.fineRows = fineRows;
        this.fineColumns = fineColumns;
    }

    /**
     * The view of coarse planes of some size.
     *
     * @param factor d, how many fine pixels a side a coarse pixel has
     * @param sigma standard deviation of the Gaussian in fine pixels
     * @param rowShift by how many fine pixels the coarse pixels lie off, downwards
     * @param columnShift to the right
     */
    static CoarseSampling of(int rows, int columns, int factor, double sigma, double rowShift, double columnShift) {
        return new CoarseSampling(
                gaussian(rows, factor, sigma, rowShift),
                gaussian(columns, factor, sigma, columnShift),
                cubic(rows, factor, rowShift),
                cubic(columns, factor, columnShift));
    }

    /** A Gaussian about the middle of the blocks, or else {@link #imresize}. */
    static CoarseSampling of(int rows, int columns, int factor, OptionalDouble sigma) {
        return sigma.isPresent()
                ? of(rows, columns, factor, sigma.getAsDouble(), 0, 0)
                : imresize(rows, columns, factor);
    }

    /** Cubic convolution as wide as the coarse pixels. */
    static CoarseSampling imresize(int rows, int columns, int factor) {
        return new CoarseSampling(
                wide(rows, factor), wide(columns, factor), cubic(rows, factor, 0), cubic(columns, factor, 0));
    }

    /** The same, interpolated by Lanczos' windowed sinc of three lobes. */
    static CoarseSampling lanczos(int rows, int columns, int factor) {
        return new CoarseSampling(
                wide(rows, factor), wide(columns, factor), windowed(rows, factor), windowed(columns, factor));
    }

    private static LineOperator wide(int coarse, int factor) {
        return LineOperator.means(
                coarse, coarse * factor, (factor - 1) / 2.0, factor, 2.0 * factor, x -> keys(x / factor));
    }

    private static LineOperator windowed(int coarse, int factor) {
        double step = 1.0 / factor;
        return LineOperator.means(coarse * factor, coarse, 0.5 * step - 0.5, step, 3, CoarseSampling::lanczos);
    }

    private static double lanczos(double at) {
        double x = Math.PI * at;
        return Math.abs(at) < 1e-12 ? 1 : Math.sin(x) / x * Math.sin(x / 3) / (x / 3);
    }

    private static LineOperator gaussian(int coarse, int factor, double sigma, double shift) {
        return LineOperator.means(
                coarse,
                coarse * factor,
                (factor - 1) / 2.0 + shift,
                factor,
                Math.max(REACH * sigma, 1),
                x -> StrictMath.exp(-x * x / (2 * sigma * sigma)));
    }

    private static LineOperator cubic(int coarse, int factor, double shift) {
        double step = 1.0 / factor;
        return LineOperator.means(coarse * factor, coarse, (0.5 - shift) * step - 0.5, step, 2, CoarseSampling::keys);
    }

    /** Cubic convolution with a = -1/2 (Keys 1981). */
    private static double keys(double at) {
        double x = Math.abs(at);
        if (x <= 1) {
            return (1.5 * x - 2.5) * x * x + 1;
        }
        return x < 2 ? -0.5 * (((x - 5) * x + 8) * x - 4) : 0;
    }

    /**
     * With the figure {@code aliasing}: the share of the variance of what is sampled down, mean over its bands, at frequencies that the
     * coarse pixels cannot hold. Without it where nothing varies.
     *
     * @param fine what is sampled down
     * @param factor how many fine pixels a side a coarse pixel has
     */
    static Diagnostics withAliasing(Diagnostics diagnostics, Cube fine, int factor, RunContext context) {
        double share = fine.validMask().count() == 0
                ? Double.NaN
                : AliasingScore.variation(fine, factor, context).mean();
        return Double.isNaN(share) ? diagnostics : diagnostics.with("aliasing", share);
    }

    /** D x. */
    double[] down(double[] fine) {
        return downRows.alongColumns(downColumns.alongRows(fine));
    }

    /** D' y. */
    double[] spread(double[] coarse) {
        return spreadColumns.alongRows(spreadRows.alongColumns(coarse));
    }

    /** A fine plane through the coarse one. */
    double[] interpolated(double[] coarse) {
        return fineColumns.alongRows(fineRows.alongColumns(coarse));
    }

    /** What solves (t + D D') z = y for any t. */
    Inverse inverse() {
        return new Inverse(Dense.eigen(downRows.gram()), Dense.eigen(downColumns.gram()));
    }

    /** The eigenvectors of D D' are the products of those of its two sides. */
    static final class Inverse {
        private final double[] rowValues;
        private final double[] columnValues;
        private final LineOperator rowVectors;
        private final LineOperator columnVectors;
        private final LineOperator rowsBack;
        private final LineOperator columnsBack;

        private Inverse(Dense.Eigen rows, Dense.Eigen columns) {
            rowValues = rows.values();
            columnValues = columns.values();
            rowVectors = LineOperator.of(rows.vectors());
            columnVectors = LineOperator.of(columns.vectors());
            rowsBack = rowVectors.transposed();
            columnsBack = columnVectors.transposed();
        }

        double[] solve(double t, double[] y) {
            double[] z = rowVectors.alongColumns(columnVectors.alongRows(y));
            int n = columnValues.length;
            for (int i = 0; i < z.length; i++) {
                z[i] /= t + rowValues[i / n] * columnValues[i % n];
            }
            return rowsBack.alongColumns(columnsBack.alongRows(z));
        }
    }
}
