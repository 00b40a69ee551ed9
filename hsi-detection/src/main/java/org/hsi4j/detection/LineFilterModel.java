package org.hsi4j.detection;

import java.util.Arrays;
import java.util.Optional;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.jspecify.annotations.Nullable;

/** Where a stream of lines starts, see {@link LineMatchedFilter}. */
final class LineFilterModel extends GaussianModel implements LineDetectionModel {
    private static final long serialVersionUID = 1L;

    /** Pixels of a column after each of which its filter is made anew. */
    private static final int FIRST_PIXELS = 4;

    private final double[] target;
    private final @Nullable ColumnBackground start;
    private final double forgetting;
    private final double loading;
    private final int refresh;

    LineFilterModel(
            Spectrum target, @Nullable ColumnBackground start, LineMatchedFilter method, Diagnostics diagnostics) {
        super(target.bands(), null, diagnostics);
        this.target = target.toArray();
        this.start = start;
        this.forgetting = method.forgetting();
        this.loading = method.loading();
        this.refresh = method.refresh();
    }

    @Override
    public LineScorer lines(int columns) {
        return stream(columns);
    }

    private Stream stream(int columns) {
        PackedLines.requireColumns(columns);
        if (start != null && start.columns() != columns) {
            throw new IllegalArgumentException("the model was fitted on " + start.columns()
                    + " columns of a sensor but the lines have " + columns);
        }
        return new Stream(columns);
    }

    @Override
    public Scoring score(Cube scene, RunContext context) {
        if (scene.bands() != bands()) {
            throw new IllegalArgumentException(
                    "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
        }
        long columns = scene.columns();
        context.requireMemory(
                8L * scene.pixels() + 4L * columns * bands() * (bands() + 9L) + 24L * bands() * bands(),
                "the map of the result and the statistics of the columns");
        return stream(scene.columns()).score(scene, context);
    }

    /** The lines of one scene. */
    private final class Stream extends PackedLines {
        private final double[][] means;
        /** Upper triangles, row by row. */
        private final double[][] covariances;

        private final long[] pixels;
        private final double[][] filters;
        private final double[][] within = new double[bands()][bands()];
        private final double[][] differences;
        private final double[][] scratch;
        private final double[][] scatter = new double[bands()][bands()];
        private final double[][] matrix = new double[bands()][bands()];
        private final double[] zero = new double[bands()];
        private final double[] pixel = new double[bands()];
        private final double mostPixels = (2 - forgetting) / forgetting;
        private long linesLearnt;

        Stream(int columns) {
            super(bands(), columns);
            int triangle = bands() * (bands() + 1) / 2;
            means = new double[columns][bands()];
            covariances = new double[columns][triangle];
            pixels = new long[columns];
            filters = new double[columns][bands()];
            differences = new double[bands()][columns];
            scratch = Kernels.best().scatterScratch(bands(), columns);
            if (start != null) {
                start(start);
            }
        }

        private void start(ColumnBackground background) {
            double[][] all = background.within();
            for (int b = 0; b < all.length; b++) {
                System.arraycopy(all[b], 0, within[b], 0, all.length);
            }
            for (int c = 0; c < means.length; c++) {
                MeanScatter column = background.column(c);
                linesLearnt = Math.max(linesLearnt, column.count());
                pixels[c] = column.count();
                means[c] = column.mean();
                double[][] covariance = column.covariance();
                int at = 0;
                for (int a = 0; a < all.length; a++) {
                    for (int b = a; b < all.length; b++) {
                        covariances[c][at++] = covariance[a][b];
                    }
                }
            }
            for (int c = 0; c < means.length; c++) {
                if (pixels[c] > 0) {
                    aim(c);
                }
            }
        }

        @Override
        void take(double[][] planes, int[] places, int n, double[] scores) {
            int learnt = 0;
            for (int i = 0; i < n; i++) {
                int column = places[i];
                for (int b = 0; b < pixel.length; b++) {
                    pixel[b] = planes[b][i] - means[column][b];
                }
                scores[i] = pixels[column] == 0 ? 0 : score(column);
                learnt = learn(column, learnt);
            }
            learnWithin(learnt);
            for (int i = 0; i < n; i++) {
                int column = places[i];
                if (pixels[column] <= FIRST_PIXELS || (pixels[column] + column) % refresh == 0) {
                    aim(column);
                }
            }
        }

        /** By the filter of the column, whatever lines it is of: it gives 1 for the target and 0 for the mean. */
        private double score(int column) {
            double signal = 0;
            double full = 0;
            for (int b = 0; b < pixel.length; b++) {
                signal += filters[column][b] * pixel[b];
                full += filters[column][b] * (target[b] - means[column][b]);
            }
            return full > 0 ? signal / full : 0;
        }

        /** Moves a column by the difference of its pixel, which is kept for what all columns share. */
        private int learn(int column, int learnt) {
            pixels[column]++;
            double share = Math.max(forgetting, 1.0 / pixels[column]);
            double[] covariance = covariances[column];
            int at = 0;
            for (int a = 0; a < pixel.length; a++) {
                means[column][a] += share * pixel[a];
                double weighted = share * pixel[a];
                for (int b = a; b < pixel.length; b++) {
                    covariance[at] = (1 - share) * (covariance[at] + weighted * pixel[b]);
                    at++;
                }
            }
            if (pixels[column] == 1) {
                return learnt; // there is no difference from what was not known
            }
            double root = Math.sqrt(1 - share);
            for (int b = 0; b < pixel.length; b++) {
                differences[b][learnt] = root * pixel[b];
            }
            return learnt + 1;
        }

        private void learnWithin(int n) {
            if (n == 0) {
                return;
            }
            linesLearnt++;
            double share = Math.max(forgetting, 1.0 / linesLearnt);
            for (double[] row : scatter) {
                Arrays.fill(row, 0.0);
            }
            Kernels.best().addScatter(differences, n, zero, scratch, scatter);
            for (int a = 0; a < scatter.length; a++) {
                for (int b = a; b < scatter.length; b++) {
                    within[a][b] = (1 - share) * within[a][b] + share * scatter[a][b] / n;
                }
            }
        }

        /** Makes the filter of a column anew. */
        private void aim(int column) {
            double own = Math.min((double) pixels[column], mostPixels);
            double borrowed = (double) Borrowed.PIXELS_PER_BAND * bands();
            double variance = 0;
            int at = 0;
            for (int a = 0; a < matrix.length; a++) {
                for (int b = a; b < matrix.length; b++) {
                    matrix[a][b] = (own * covariances[column][at++] + borrowed * within[a][b]) / (own + borrowed);
                    matrix[b][a] = matrix[a][b];
                }
                variance += matrix[a][a] / matrix.length;
            }
            if (!Double.isFinite(variance)) {
                throw new IllegalArgumentException(
                        "the samples are so large that their squares overflow: scale the cube");
            }
            double added = variance > 0 ? loading * variance : 1;
            load(added);
            Optional<double[][]> lower = Dense.cholesky(matrix);
            while (lower.isEmpty()) {
                load(9 * added);
                added *= 10;
                lower = Dense.cholesky(matrix);
            }
            for (int b = 0; b < target.length; b++) {
                filters[column][b] = target[b] - means[column][b];
            }
            Dense.solve(lower.get(), filters[column]);
        }

        private void load(double more) {
            for (int b = 0; b < matrix.length; b++) {
                matrix[b][b] += more;
            }
        }
    }
}
