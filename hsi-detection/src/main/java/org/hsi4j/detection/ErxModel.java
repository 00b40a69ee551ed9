package org.hsi4j.detection;

import java.util.Arrays;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.ScoreMap;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/** Where a stream of lines starts, see {@link Erx}. */
final class ErxModel extends GaussianModel implements LineDetectionModel {
    private static final long serialVersionUID = 1L;

    private final double[] mean;
    private final double[][] covariance;
    private final boolean started;
    private final double forgetting;
    private final double loading;

    ErxModel(
            double[] mean,
            double[][] covariance,
            boolean started,
            double forgetting,
            double loading,
            Diagnostics diagnostics) {
        super(mean.length, null, diagnostics);
        this.mean = mean;
        this.covariance = covariance;
        this.started = started;
        this.forgetting = forgetting;
        this.loading = loading;
    }

    @Override
    public LineScorer lines(int columns) {
        if (columns < 1) {
            throw new IllegalArgumentException("a line needs at least one column, not " + columns);
        }
        return new Stream(columns);
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        if (scene.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
        }
        int columns = scene.columns();
        context.requireMemory(
                8L * scene.pixels() + 8L * bands() * (4L * columns + 6L * bands()),
                "the map of the result and the buffers of a line");
        double[] scores = new double[scene.pixels()];
        Arrays.fill(scores, Double.NaN);
        Stream stream = new Stream(columns);
        PixelTile tile = new PixelTile(bands(), columns);
        double[] line = new double[columns];
        for (int row = 0; row < scene.rows(); row++) {
            context.checkCancelled();
            context.progress("lines", row, scene.rows());
            scene.read(row * columns, columns, tile);
            stream.take(tile.planes(), tile.size(), line);
            for (int i = 0; i < tile.size(); i++) {
                scores[tile.pixel(i)] = line[i];
            }
        }
        return new Scoring(ScoreMap.of("scores", scene.rows(), columns, scores), Diagnostics.none());
    }

    /** The lines of one scene. */
    private final class Stream implements LineScorer {
        private final int columns;
        private final double[] center = mean.clone();
        private final double[][] spread = new double[bands()][];
        private final double[] lineMean = new double[bands()];
        private final double[][] scatter = new double[bands()][bands()];
        private final double[][] upper = new double[bands()][bands()];
        private final double[][] scratch;
        private final double[][] packed;
        private long lines = started ? Long.MAX_VALUE : 0;

        Stream(int columns) {
            this.columns = columns;
            this.scratch = Kernels.best().scatterScratch(bands(), columns);
            this.packed = new double[bands()][columns];
            Arrays.setAll(spread, b -> covariance[b].clone());
        }

        @Override
        public double[] push(double[][] line) {
            if (line.length != bands()) {
                throw new IllegalArgumentException(
                        "the line has " + line.length + " bands but the model has " + bands());
            }
            for (int b = 0; b < line.length; b++) {
                if (line[b].length != columns) {
                    throw new IllegalArgumentException("band " + b + " of the line has " + line[b].length
                            + " columns but the scene has " + columns);
                }
            }
            int[] column = new int[columns];
            int n = 0;
            for (int i = 0; i < columns; i++) {
                boolean valid = true;
                for (int b = 0; b < line.length; b++) {
                    packed[b][n] = line[b][i];
                    valid &= Double.isFinite(line[b][i]);
                }
                if (valid) {
                    column[n++] = i;
                }
            }
            double[] some = new double[columns];
            take(packed, n, some);
            double[] scores = new double[columns];
            Arrays.fill(scores, Double.NaN);
            for (int i = 0; i < n; i++) {
                scores[column[i]] = some[i];
            }
            return scores;
        }

        /** Moves the background by the pixels of a line, which are overwritten, and scores them. */
        void take(double[][] planes, int n, double[] scores) {
            if (n == 0) {
                return;
            }
            learn(planes, n);
            factor();
            Kernels.best().squaredDistances(upper, center, planes, n, scores);
        }

        private void learn(double[][] planes, int n) {
            lines = started ? lines : lines + 1;
            double share = Math.max(forgetting, 1.0 / lines);
            Kernels.best().means(planes, n, lineMean);
            for (double[] row : scatter) {
                Arrays.fill(row, 0.0);
            }
            Kernels.best().addScatter(planes, n, lineMean, scratch, scatter);
            for (int b = 0; b < center.length; b++) {
                lineMean[b] -= center[b];
            }
            for (int a = 0; a < center.length; a++) {
                for (int b = a; b < center.length; b++) {
                    double moved = spread[a][b] + share * lineMean[a] * lineMean[b];
                    spread[a][b] = (1 - share) * moved + share * scatter[a][b] / n;
                    spread[b][a] = spread[a][b];
                }
                center[a] += share * lineMean[a];
            }
        }

        private void factor() {
            double variance = 0;
            for (int b = 0; b < center.length; b++) {
                variance += spread[b][b] / center.length;
            }
            if (!Double.isFinite(variance)) {
                throw new IllegalArgumentException(
                        "the samples are so large that their squares overflow: scale the cube");
            }
            double added = variance > 0 ? loading * variance : 1;
            Optional<double[][]> lower = Dense.cholesky(loaded(added));
            while (lower.isEmpty()) {
                added *= 10;
                lower = Dense.cholesky(loaded(added));
            }
            for (int b = 0; b < upper.length; b++) {
                Arrays.fill(upper[b], 0.0);
                upper[b][b] = 1;
                Dense.forward(lower.get(), upper[b]);
            }
        }

        private double[][] loaded(double added) {
            double[][] matrix = new double[spread.length][];
            for (int b = 0; b < matrix.length; b++) {
                matrix[b] = spread[b].clone();
                matrix[b][b] += added;
            }
            return matrix;
        }
    }
}
