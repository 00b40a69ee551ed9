package org.hsi4j.detection;

import java.util.Objects;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.hsi4j.Cube;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;
import org.jspecify.annotations.Nullable;

/**
 * Mean and covariance of a whole scene's background, shrunk as asked, and trimmed if wanted.
 *
 * <p>The {@linkplain #statistics() statistics} give the covariance and the correlation matrix as they are; the {@linkplain #covariance()
 * covariance} is what detectors use. <b>Joining</b> is exact for the statistics. The weight of a shrinkage falls as 1/n for one law of the
 * pixels, by Ledoit and Wolf as by the leave-one-out likelihood, so that of joined backgrounds is the mean of n a over the parts, by their
 * pixels, over the sum of their pixels: what the whole would have where the parts are alike, without another pass over them.
 * {@link Shrinkage#AUTO} decides anew.
 *
 * <p>Invalid pixels take no part. Costs B<sup>2</sup> flops a pixel, and what {@link Shrinkage} says. Immutable, serialisable,
 * thread-safe.
 *
 * @serial exclude
 */
public final class SceneBackground extends BackgroundStatistics {
    private static final long serialVersionUID = 1L;

    private final MeanScatter statistics;
    private final Shrinkage shrinkage;
    private final CovarianceEstimate covariance;
    private final long trimmedPixels;
    private final long nanos;

    private SceneBackground(
            MeanScatter statistics,
            Shrinkage shrinkage,
            CovarianceEstimate covariance,
            long trimmedPixels,
            long nanos) {
        this.statistics = statistics;
        this.shrinkage = shrinkage;
        this.covariance = covariance;
        this.trimmedPixels = trimmedPixels;
        this.nanos = nanos;
    }

    /**
     * Learns the background.
     *
     * @param cube scene whose valid pixels are background, but for a few
     * @param shrinkage how to shrink
     * @param context threads, progress, cancellation and memory limit
     * @return the background
     * @throws IllegalArgumentException if the scene has no valid pixel, or samples so large or so small that their variance
     *     does not fit into a double
     */
    public static SceneBackground of(Cube cube, Shrinkage shrinkage, RunContext context) {
        Objects.requireNonNull(shrinkage, "shrinkage");
        long start = System.nanoTime();
        SceneBackground background = of(cube, MeanScatter.of(cube, context), shrinkage, context);
        return new SceneBackground(
                background.statistics, shrinkage, background.covariance, 0, System.nanoTime() - start);
    }

    /** Of a scene whose statistics are there already. */
    static SceneBackground of(Cube cube, MeanScatter statistics, Shrinkage shrinkage, RunContext context) {
        long start = System.nanoTime();
        CovarianceEstimate covariance = CovarianceEstimate.of(cube, statistics, shrinkage, context);
        return new SceneBackground(statistics, shrinkage, covariance, 0, System.nanoTime() - start);
    }

    /**
     * Learns the background twice, the second time without the pixels that are farthest from it, so that anomalies do not hide by
     * widening it. The scatter is then widened by the factor by which that shrinks the variances of a Gaussian.
     *
     * @param cube scene whose valid pixels are background, but for a few
     * @param share of the pixels that are left out, from 0 to 0.5
     * @param shrinkage how to shrink
     * @param context threads, progress, cancellation and memory limit
     * @return the background
     * @throws IllegalArgumentException if the share is out of range, or as {@link #of} says
     */
    public static SceneBackground trimmed(Cube cube, double share, Shrinkage shrinkage, RunContext context) {
        return trimmed(cube, share, shrinkage, 0, context);
    }

    static SceneBackground trimmed(Cube cube, double share, Shrinkage shrinkage, double loading, RunContext context) {
        long start = System.nanoTime();
        SceneBackground all = of(cube, shrinkage, context);
        if (Rx.requireTrimming(share) == 0) {
            return all;
        }
        ScoreMap distances = Rx.withDefaults()
                .withLoading(loading)
                .fit(all, context)
                .score(cube, context)
                .scores();
        Mask outermost = distances.above(Decision.exceededBy(distances, share).orElseThrow());
        SceneBackground inner = of(cube.masked(outermost.not()), shrinkage, context);
        double left = (double) outermost.count() / distances.valid().count();
        MeanScatter widened = widened(inner.statistics, 1 / shortened(inner.bands(), left));
        return new SceneBackground(
                widened,
                shrinkage,
                CovarianceEstimate.of(widened, inner.covariance.applied(), inner.covariance.alpha()),
                outermost.count(),
                System.nanoTime() - start);
    }

    /** The factor by which a Gaussian's variances shrink when the share beyond a distance is cut off. */
    private static double shortened(int bands, double share) {
        if (share == 0) {
            return 1;
        }
        double limit = ChiSquaredDistribution.of(bands).inverseSurvivalProbability(share);
        return ChiSquaredDistribution.of(bands + 2).cumulativeProbability(limit) / (1 - share);
    }

    private static MeanScatter widened(MeanScatter statistics, double factor) {
        double[][] scatter = statistics.covariance();
        double scale = factor * Math.max(0, statistics.count() - 1);
        for (double[] row : scatter) {
            for (int b = 0; b < row.length; b++) {
                row[b] *= scale;
            }
        }
        return MeanScatter.of(statistics.count(), statistics.mean(), scatter);
    }

    /**
     * With the pixels of another background of the same sensor.
     *
     * @param other of as many bands, and shrunk by the same rule
     * @return a new background
     * @throws IllegalArgumentException if the numbers of bands or the rules differ
     */
    public SceneBackground plus(SceneBackground other) {
        if (other.shrinkage != shrinkage) {
            throw new IllegalArgumentException("a background that is shrunk by " + other.shrinkage
                    + " does not go with one that is shrunk by " + shrinkage);
        }
        MeanScatter joined = statistics.plus(other.statistics);
        double n = joined.count();
        double pixelsByWeight = (weighted(covariance) + weighted(other.covariance)) / n;
        return new SceneBackground(
                joined,
                shrinkage,
                CovarianceEstimate.of(joined, shrinkage, Math.min(1, pixelsByWeight / n)),
                trimmedPixels + other.trimmedPixels,
                nanos + other.nanos);
    }

    private static double weighted(CovarianceEstimate part) {
        return part.alpha() * part.count() * part.count();
    }

    @Override
    public int bands() {
        return statistics.bands();
    }

    @Override
    public long pixels() {
        return statistics.count();
    }

    /**
     * Mean and scatter, not shrunk.
     *
     * @return of {@link #pixels()} pixels
     */
    public MeanScatter statistics() {
        return statistics;
    }

    /**
     * The covariance that detectors use.
     *
     * @return positive definite
     */
    public CovarianceEstimate covariance() {
        return covariance;
    }

    /**
     * The rule of the shrinkage that was asked for.
     *
     * @return the rule
     */
    public Shrinkage shrinkage() {
        return shrinkage;
    }

    /**
     * How many pixels were trimmed.
     *
     * @return zero or more
     */
    public long trimmedPixels() {
        return trimmedPixels;
    }

    /**
     * How the estimate went.
     *
     * @return figures {@code pixels}, {@code condition}, {@code shrinkage} and {@code loading}, with notes where the scene needed help
     */
    public Diagnostics diagnostics() {
        return gaussian(0).diagnostics();
    }

    private Background gaussian(double loading) {
        return Background.of(covariance.loaded(loading), System.nanoTime() - nanos, trimmedPixels);
    }

    @Override
    DetectionModel model(double loading, Part part, RunContext context) {
        return part.of(gaussian(loading));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SceneBackground that
                && shrinkage == that.shrinkage
                && trimmedPixels == that.trimmedPixels
                && statistics.equals(that.statistics)
                && covariance.equals(that.covariance);
    }

    @Override
    public int hashCode() {
        return statistics.hashCode();
    }

    @Override
    public String toString() {
        return "background of " + pixels() + " pixels in " + bands() + " bands";
    }
}
