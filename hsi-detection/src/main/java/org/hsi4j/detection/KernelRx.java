package org.hsi4j.detection;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Dense;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.run.Tiles;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;

/**
 * Kernel RX: the squared Mahalanobis distance of a pixel from the background where a Gaussian kernel puts them.
 *
 * <p>With the kernel k(x, y) = exp(-|x - y|<sup>2</sup> / (2 s<sup>2</sup>)) and m pixels of the background as landmarks, a pixel has the features f(x) =
 * D<sup>-1/2</sup> U' (k(x, landmarks)), where U D U' are the kernels among the landmarks (the method of Nystrom: products of features are
 * kernels, exactly for landmarks). The score is (f - a)' (C + l v I)<sup>-1</sup> (f - a) with mean a and covariance C of the features of <b>all</b> valid
 * pixels and their mean variance v. This is the statistic that kernelising {@link Rx} gives, with the inverse of the covariance; what is often printed
 * under the name, with the inverse of the centred kernel matrix in place of its square, is another one. Zero or larger, without
 * unit. Over airport-1, beach-1, urban-1, urban-2 of ABU and HYDICE the defaults have a mean AUC of .972, {@link Rx} .955. There is no threshold by the model, and there are no p-values.
 *
 * <p><b>Defaults.</b> s is the root of twice the sum of the bands' variances, which is how far two pixels are apart on the mean: ours. 200
 * landmarks, drawn from the valid pixels. l is 10<sup>-4</sup>: ours.
 *
 * <p>It needs no inverse of the bands' covariance, so constant and equal bands and few pixels need no care: the loading does it.
 * Directions of the landmarks' kernels below 10<sup>-10</sup> of the strongest are left out. Invalid pixels take no part and are NaN.
 * Costs 2 m B + 2 m<sup>2</sup> flops a pixel for the background and for the score. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(KernelRx.withDefaults().withLandmarks(400)).run();
 * }</pre>
 */
public final class KernelRx implements AnomalyDetector {
    private static final double LEAST_EIGENVALUE = 1e-10;

    private final OptionalDouble width;
    private final int landmarks;
    private final double loading;
    private final OptionalLong seed;

    private KernelRx(OptionalDouble width, int landmarks, double loading, OptionalLong seed) {
        this.width = width;
        this.landmarks = landmarks;
        this.loading = loading;
        this.seed = seed;
    }

    /**
     * With 200 landmarks and a kernel as wide as the scene.
     *
     * @return the method
     */
    public static KernelRx withDefaults() {
        return new KernelRx(OptionalDouble.empty(), 200, 1e-4, OptionalLong.empty());
    }

    /**
     * Another width of the kernel.
     *
     * @param distance s, in the unit of the samples, above zero
     * @return a changed copy
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public KernelRx withWidth(double distance) {
        if (!(distance > 0) || Double.isInfinite(distance)) {
            throw new IllegalArgumentException("the width of the kernel must be above zero, not " + distance);
        }
        return new KernelRx(OptionalDouble.of(distance), landmarks, loading, seed);
    }

    /**
     * The width of the kernel.
     *
     * @return s; empty for the root of twice the sum of the bands' variances
     */
    public OptionalDouble width() {
        return width;
    }

    /**
     * Another number of landmarks.
     *
     * @param count m, from 1 to 1000; no more than there are valid pixels are taken
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public KernelRx withLandmarks(int count) {
        if (count < 1 || count > 1000) {
            throw new IllegalArgumentException("the number of landmarks must be from 1 to 1000, not " + count);
        }
        return new KernelRx(width, count, loading, seed);
    }

    /**
     * The number of landmarks.
     *
     * @return m
     */
    public int landmarks() {
        return landmarks;
    }

    /**
     * Another loading of the features' covariance.
     *
     * @param share l, in mean variances of the features, above zero
     * @return a changed copy
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public KernelRx withLoading(double share) {
        if (!(share > 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException("the loading must be above zero, not " + share);
        }
        return new KernelRx(width, landmarks, share, seed);
    }

    /**
     * What is added to the diagonal of the features' covariance.
     *
     * @return l, in mean variances of the features
     */
    public double loading() {
        return loading;
    }

    /**
     * With a seed of its own for the landmarks.
     *
     * @param newSeed any number
     * @return a changed copy
     */
    public KernelRx withSeed(long newSeed) {
        return new KernelRx(width, landmarks, loading, OptionalLong.of(newSeed));
    }

    /**
     * The seed for the landmarks.
     *
     * @return empty for that of the run
     */
    public OptionalLong seed() {
        return seed;
    }

    @Override
    public String name() {
        return "kernel-rx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance among Gaussian kernels.";
    }

    @Override
    public String reference() {
        return "Kwon and Nasrabadi, Kernel RX-algorithm: a nonlinear anomaly detector for hyperspectral imagery, 2005";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        long start = System.nanoTime();
        CovarianceEstimate whole = CovarianceEstimate.of(background, Shrinkage.NONE, context);
        double[] mean = whole.mean();
        double[][] matrix = whole.matrix();
        double variance = 0;
        for (int b = 0; b < mean.length; b++) {
            variance += matrix[b][b];
        }
        double square = width.isPresent() ? width.getAsDouble() * width.getAsDouble() : 2 * variance;
        if (!(square > 0)) {
            square = 1; // a scene of one colour
        }
        Landmarks marks = Landmarks.of(mean, draw(background, mean, context), square);
        double[][] features = marks.features(LEAST_EIGENVALUE);
        context.requireMemory(
                16L * features.length * features.length * (Tiles.mostPartials(background, context) + 1L),
                "the scatter of the features");
        Sums sums = Tiles.reduce(
                background,
                context,
                "features",
                () -> new Sums(marks, features, background.bands()),
                Sums::add,
                Sums::join);
        MeanScatter statistics = sums.statistics();
        double[][] covariance = statistics.covariance();
        double trace = 0;
        for (int k = 0; k < covariance.length; k++) {
            trace += covariance[k][k];
        }
        double added = trace > 0 ? loading * trace / covariance.length : 1;
        for (int k = 0; k < covariance.length; k++) {
            covariance[k][k] += added;
        }
        Diagnostics diagnostics = Diagnostics.none()
                .with("pixels", (double) statistics.count())
                .with("landmarks", marks.count())
                .with("features", features.length)
                .with("width", Math.sqrt(square))
                .with("condition", Dense.condition(covariance))
                .with("shrinkage", 0)
                .with("loading", added);
        if (statistics.count() <= features.length || features.length < marks.count() || trace <= 0) {
            diagnostics = diagnostics.note("the kernels of " + marks.count() + " landmarks and " + statistics.count()
                    + " pixels span " + features.length + " directions; the loading stands for the others");
        }
        return new Model(marks, covariance, features, statistics.mean(), diagnostics.since(start));
    }

    /** Different valid pixels, relative to the mean. */
    private double[][] draw(Cube cube, double[] mean, RunContext context) {
        Mask valid = Valid.of(cube, context);
        Random random = new Random(seed.orElse(context.seed()));
        int left = valid.count();
        double[][] drawn = new double[Math.min(landmarks, left)][];
        int k = 0;
        for (int i = 0; i < cube.pixels() && k < drawn.length; i++) {
            // Of those left, so many are still wanted: every choice is equally likely.
            if (valid.get(i) && random.nextInt(left--) < drawn.length - k) {
                drawn[k] = cube.spectrum(i / cube.columns(), i % cube.columns()).toArray();
                for (int b = 0; b < mean.length; b++) {
                    drawn[k][b] -= mean[b];
                }
                k++;
            }
        }
        return drawn;
    }

    /** Mean and scatter of features, which are no longer than one: about zero no digits are lost. */
    private static final class Sums {
        private final Landmarks landmarks;
        private final double[][] features;
        private final double[] norms;
        private final double[][] kernels;
        private final double[][] values;
        private final double[][] scratch;
        private final double[] sum;
        private final double[][] scatter;
        private long count;

        Sums(Landmarks landmarks, double[][] features, int bands) {
            int capacity = PixelTile.capacityFor(bands);
            this.landmarks = landmarks;
            this.features = features;
            this.norms = new double[capacity];
            this.kernels = new double[landmarks.count()][capacity];
            this.values = new double[features.length][capacity];
            this.scratch = Kernels.best().scatterScratch(features.length, capacity);
            this.sum = new double[features.length];
            this.scatter = new double[features.length][features.length];
        }

        void add(PixelTile tile) {
            int n = tile.size();
            landmarks.kernels(tile, norms, kernels);
            Kernels.best().multiply(features, kernels, n, values);
            Kernels.best().addScatter(values, n, new double[sum.length], scratch, scatter);
            for (int k = 0; k < sum.length; k++) {
                for (int i = 0; i < n; i++) {
                    sum[k] += values[k][i];
                }
            }
            count += n;
        }

        Sums join(Sums later) {
            for (int k = 0; k < sum.length; k++) {
                sum[k] += later.sum[k];
                for (int j = k; j < sum.length; j++) {
                    scatter[k][j] += later.scatter[k][j];
                }
            }
            count += later.count;
            return this;
        }

        MeanScatter statistics() {
            double[] mean = Arrays.stream(sum).map(s -> s / count).toArray();
            for (int k = 0; k < mean.length; k++) {
                for (int j = k; j < mean.length; j++) {
                    scatter[k][j] -= count * mean[k] * mean[j];
                }
            }
            return MeanScatter.of(count, mean, scatter);
        }
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final Landmarks landmarks;
        private final double[][] weights; // L^-1 F: whitened features of the kernels
        private final double[] atMean;

        Model(Landmarks landmarks, double[][] covariance, double[][] features, double[] mean, Diagnostics diagnostics) {
            super(landmarks.bands(), null, diagnostics);
            double[][] lower = Dense.cholesky(covariance).orElseThrow();
            this.landmarks = landmarks;
            this.weights = new double[mean.length][landmarks.count()];
            double[] column = new double[mean.length];
            for (int j = 0; j < landmarks.count(); j++) {
                for (int k = 0; k < column.length; k++) {
                    column[k] = features[k][j];
                }
                Dense.forward(lower, column);
                for (int k = 0; k < column.length; k++) {
                    weights[k][j] = column[k];
                }
            }
            this.atMean = mean.clone();
            Dense.forward(lower, atMean);
        }

        @Override
        public Worker worker() {
            int capacity = PixelTile.capacityFor(bands());
            double[] norms = new double[capacity];
            double[][] kernels = new double[landmarks.count()][capacity];
            double[][] whitened = new double[weights.length][capacity];
            return (tile, output) -> {
                int n = tile.size();
                landmarks.kernels(tile, norms, kernels);
                Kernels.best().multiply(weights, kernels, n, whitened);
                for (int k = 0; k < whitened.length; k++) {
                    for (int i = 0; i < n; i++) {
                        whitened[k][i] -= atMean[k];
                    }
                }
                Kernels.best().squaredNorms(whitened, n, output[0]);
            };
        }
    }
}
