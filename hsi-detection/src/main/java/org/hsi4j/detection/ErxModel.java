package org.hsi4j.detection;

import java.util.Arrays;
import java.util.Optional;
import org.hsi4j.Cube;
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
        return new Stream(PackedLines.requireColumns(columns));
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
        return new Stream(columns).score(scene, context);
    }

    /** The lines of one scene. */
    private final class Stream extends PackedLines {
        private final double[] center = mean.clone();
        private final double[][] spread = new double[bands()][];
        private final double[] lineMean = new double[bands()];
        private final double[][] scatter = new double[bands()][bands()];
        private final double[][] upper = new double[bands()][bands()];
        private final double[][] scratch;
        private long lines = started ? Long.MAX_VALUE : 0;

        Stream(int columns) {
            super(bands(), columns);
            this.scratch = Kernels.best().scatterScratch(bands(), columns);
            Arrays.setAll(spread, b -> covariance[b].clone());
        }

        /** Moves the background by the pixels of a line, which are overwritten, and scores them. */
        @Override
        void take(double[][] planes, int[] places, int n, double[] scores) {
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
