package org.hsi4j.detection;

import java.util.Arrays;
import org.hsi4j.Cube;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;

/**
 * RX on the sparse part of robust principal components.
 *
 * <p>With the n valid pixels as the columns of X, the scene is divided into L + S = X such that |L|<sub>*</sub> + w |S|<sub>1</sub> is least: the sum of
 * L's singular values and w times the sum of S's magnitudes. The mean is not removed first. The score is the squared
 * Mahalanobis distance of a pixel's column of S from the mean and by the covariance of S: zero or larger, without unit. A scene that is scored
 * against a background learnt elsewhere is divided by itself, and its S compared with that background's. S is not Gaussian: there is no threshold by the
 * model, and there are no p-values.
 *
 * <p><b>Defaults.</b> w is 1 / sqrt(max(n, B)), for which exact recovery is proven, times {@link #weight()}, 1. It ends when |X - L - S| is below 10<sup>-7</sup> |X|, after 200
 * iterations at most, about 36 as a rule. On real scenes nine entries of ten are then in S, whose rank is full: the scores resemble those of
 * {@link Rx}, at some hundred times its cost.
 *
 * <p>A covariance of S that cannot be trusted is shrunk and reported, see {@link Shrinkage#AUTO}. Invalid pixels take no part and
 * are NaN. Keeps three values for each sample of the scene in float64; costs 3 B<sup>2</sup> flops a pixel and iteration, for the background
 * and for the scene. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(RpcaRx.withDefaults()).run();
 * }</pre>
 */
public final class RpcaRx implements AnomalyDetector {
    private static final double TOLERANCE = 1e-7;

    private final double weight;
    private final int maxIterations;

    private RpcaRx(double weight, int maxIterations) {
        this.weight = weight;
        this.maxIterations = maxIterations;
    }

    /**
     * With a weight of 1 and at most 200 iterations.
     *
     * @return the method
     */
    public static RpcaRx withDefaults() {
        return new RpcaRx(1, 200);
    }

    /**
     * Another weight of the sparse part.
     *
     * @param factor of w, above zero; the larger, the fewer entries are in S
     * @return a changed copy
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public RpcaRx withWeight(double factor) {
        if (!(factor > 0) || Double.isInfinite(factor)) {
            throw new IllegalArgumentException("the weight must be above zero, not " + factor);
        }
        return new RpcaRx(factor, maxIterations);
    }

    /**
     * The weight of the sparse part.
     *
     * @return a factor of w
     */
    public double weight() {
        return weight;
    }

    /**
     * Another number of iterations at most.
     *
     * @param count at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public RpcaRx withMaxIterations(int count) {
        if (count < 1) {
            throw new IllegalArgumentException("the number of iterations must be at least 1, not " + count);
        }
        return new RpcaRx(weight, count);
    }

    /**
     * The number of iterations at most.
     *
     * @return at least one
     */
    public int maxIterations() {
        return maxIterations;
    }

    @Override
    public String name() {
        return "rpca-rx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance of what robust principal components leave.";
    }

    @Override
    public String reference() {
        return "Candes, Li, Ma and Wright, Robust principal component analysis?, 2011; Lin, Chen and Ma, The augmented Lagrange"
                + " multiplier method for exact recovery of corrupted low-rank matrices, 2010";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        long start = System.nanoTime();
        MeanScatter statistics = Background.statistics(background, context);
        RobustPca.Result parts = RobustPca.decompose(background, weight, TOLERANCE, maxIterations, statistics, context);
        DetectionModel distances = Rx.withDefaults().fit(parts.sparse(), context);
        Diagnostics diagnostics = distances.diagnostics().after(parts.diagnostics());
        return new Model(this, distances, diagnostics.since(start));
    }

    private static final class Model extends GaussianModel {
        private static final long serialVersionUID = 1L;

        private final double weight;
        private final int maxIterations;
        private final DetectionModel distances;

        Model(RpcaRx method, DetectionModel distances, Diagnostics diagnostics) {
            super(distances.bands(), null, diagnostics);
            this.weight = method.weight;
            this.maxIterations = method.maxIterations;
            this.distances = distances;
        }

        @Override
        public Scoring score(Cube scene, RunContext context) {
            if (scene.bands() != bands()) {
                throw new IllegalArgumentException(
                        "the model was fitted on " + bands() + " bands but the cube has " + scene.bands());
            }
            context.requireMemory(8L * scene.pixels(), "the map of the result");
            MeanScatter statistics = MeanScatter.of(scene, context);
            if (statistics.count() == 0) {
                double[] nothing = new double[scene.pixels()];
                Arrays.fill(nothing, Double.NaN);
                return new Scoring(ScoreMap.of("scores", scene.rows(), scene.columns(), nothing), Diagnostics.none());
            }
            RobustPca.Result parts = RobustPca.decompose(scene, weight, TOLERANCE, maxIterations, statistics, context);
            return new Scoring(distances.score(parts.sparse(), context).scores(), Diagnostics.none());
        }
    }
}
