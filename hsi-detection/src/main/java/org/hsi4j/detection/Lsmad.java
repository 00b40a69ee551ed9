package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.PixelTile;
import org.hsi4j.linalg.Kernels;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * LSMAD: the Mahalanobis distance of a pixel from the low-rank part of the background.
 *
 * <p>{@link GoDec} takes the rare and strong entries and the noise out of the background. With the mean m and the covariance of what is left,
 * whose d eigenvectors v<sub>k</sub> have the variances s<sub>k</sub>, d not more than the rank, the score is the sum of (v<sub>k</sub>'(x - m))<sup>2</sup> /
 * s<sub>k</sub>: zero or larger, without unit. <b>What a pixel has outside these directions counts nothing</b>, as with the
 * pseudo-inverse of the paper: an anomaly that lies there alone is not seen by this method. Where there are no more
 * bands than directions nothing is taken out and this is {@link Rx} without shrinkage. (A program that is often used under this name scores the
 * sparse part instead.) There is no threshold by the model, and there are no p-values.
 *
 * <p>Defaults: rank 28 and .004 of the entries, as in the paper. Directions of less than 10<sup>-12</sup> of the largest variance (equal or
 * constant bands, few pixels) are left out, and the diagnostics say so. Invalid pixels take no part and are NaN. The score costs 2 B d flops a
 * pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * DetectionResult odd = Detection.of(scene).with(Lsmad.withDefaults().withRank(20)).run();
 * }</pre>
 */
public final class Lsmad implements AnomalyDetector {
    private final GoDec decomposition;

    private Lsmad(GoDec decomposition) {
        this.decomposition = decomposition;
    }

    /**
     * With the rank and the sparsity of the paper.
     *
     * @return the method
     */
    public static Lsmad withDefaults() {
        return new Lsmad(GoDec.withDefaults());
    }

    /**
     * Another rank of the background.
     *
     * @param directions at least 1; 28 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Lsmad withRank(int directions) {
        return new Lsmad(decomposition.withRank(directions));
    }

    /**
     * The rank of the background.
     *
     * @return at least one
     */
    public int rank() {
        return decomposition.rank();
    }

    /**
     * Another share of entries that are taken out of the background.
     *
     * @param share from 0 to 0.5; .004 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is negative or above 0.5
     */
    public Lsmad withSparsity(double share) {
        return new Lsmad(decomposition.withSparsity(share));
    }

    /**
     * The share of entries that are taken out of the background.
     *
     * @return zero to a half
     */
    public double sparsity() {
        return decomposition.sparsity();
    }

    /**
     * Another number of iterations at most.
     *
     * @param count at least one; 100 by default
     * @return a changed copy
     * @throws IllegalArgumentException if it is smaller than one
     */
    public Lsmad withMaxIterations(int count) {
        return new Lsmad(decomposition.withMaxIterations(count));
    }

    /**
     * The number of iterations at most.
     *
     * @return at least one
     */
    public int maxIterations() {
        return decomposition.maxIterations();
    }

    @Override
    public String name() {
        return "lsmad";
    }

    @Override
    public String summary() {
        return "Mahalanobis distance from the low-rank part of the scene.";
    }

    @Override
    public String reference() {
        return "Zhang, Du, Zhang and Wang, A low-rank and sparse matrix decomposition-based Mahalanobis distance method for"
                + " hyperspectral anomaly detection, 2016";
    }

    @Override
    public DetectionModel fit(Cube background, RunContext context) {
        long start = System.nanoTime();
        LowRankBackground lowRank = decomposition.fit(background, context);
        LowRankBackground.Distances distances = lowRank.distances();
        int kept = distances.weights().length;
        Diagnostics diagnostics = lowRank.diagnostics()
                .with("pixels", (double) lowRank.statistics().count())
                .with("condition", distances.condition())
                .with("shrinkage", 0)
                .with("directions", kept);
        if (kept < lowRank.rank()) {
            diagnostics = diagnostics.note(
                    "the background has " + kept + " directions only; what a pixel has outside them counts nothing");
        }
        return new Model(lowRank, distances.weights(), diagnostics.since(start));
    }

    private static final class Model extends GaussianModel implements PixelDetectionModel {
        private static final long serialVersionUID = 1L;

        private final double[][] weights;
        private final double[] mean;

        Model(LowRankBackground background, double[][] weights, Diagnostics diagnostics) {
            super(background.statistics().bands(), null, diagnostics);
            this.weights = weights;
            this.mean = background.statistics().mean();
        }

        @Override
        public Worker worker() {
            double[][] whitened = new double[weights.length][PixelTile.capacityFor(bands())];
            return (tile, output) -> {
                int n = tile.size();
                double[][] planes = tile.planes();
                for (int b = 0; b < mean.length; b++) {
                    for (int i = 0; i < n; i++) {
                        planes[b][i] -= mean[b];
                    }
                }
                Kernels.best().multiply(weights, planes, n, whitened);
                Kernels.best().squaredNorms(whitened, n, output[0]);
            };
        }
    }
}
