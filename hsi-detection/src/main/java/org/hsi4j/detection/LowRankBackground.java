package org.hsi4j.detection;

import java.io.Serializable;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.stats.MeanScatter;

/**
 * The low-rank part of a background, from which what is rare and strong was taken out: see {@link GoDec}. Parts of one scene, or
 * several scenes, can be joined. Immutable, serialisable, thread-safe.
 *
 * @serial exclude
 */
public final class LowRankBackground implements Serializable {
    private static final long serialVersionUID = 1L;

    /** A variance that is smaller than this part of the largest one is rounding. */
    private static final double LEAST_VARIANCE = 1e-12;

    private final MeanScatter statistics;
    private final int rank;
    private final Diagnostics diagnostics;

    LowRankBackground(MeanScatter statistics, int rank, Diagnostics diagnostics) {
        this.statistics = statistics;
        this.rank = rank;
        this.diagnostics = diagnostics;
    }

    /**
     * Mean and scatter of the low-rank part.
     *
     * @return in all bands; the scatter has no more than {@link #rank()} directions
     */
    public MeanScatter statistics() {
        return statistics;
    }

    /**
     * The directions that were allowed.
     *
     * @return at least one, at most one a band
     */
    public int rank() {
        return rank;
    }

    /**
     * How the decomposition went.
     *
     * @return iterations, whether it converged, figures {@code rank}, {@code sparse-entries} and {@code residual} (the root of
     *     the share of the squared samples that is in neither part)
     */
    public Diagnostics diagnostics() {
        return diagnostics;
    }

    /**
     * With the pixels of another background of the same sensor.
     *
     * @param other of as many bands
     * @return one whose rank is the larger of the two
     * @throws IllegalArgumentException if the numbers of bands differ
     */
    public LowRankBackground plus(LowRankBackground other) {
        return new LowRankBackground(
                statistics.plus(other.statistics), Math.max(rank, other.rank), other.diagnostics.after(diagnostics));
    }

    /** Rows w such that |w (x - m)|^2, summed, is the squared distance within the directions that the background has. */
    Distances distances() {
        Dense.Eigen eigen = Dense.eigen(statistics.covariance());
        double least = LEAST_VARIANCE * Math.max(0, eigen.values()[0]);
        int kept = 0;
        while (kept < rank && eigen.values()[kept] > least) {
            kept++;
        }
        double[][] weights = new double[kept][];
        for (int k = 0; k < kept; k++) {
            weights[k] = eigen.vectors()[k].clone();
            double scale = 1 / Math.sqrt(eigen.values()[k]);
            for (int b = 0; b < weights[k].length; b++) {
                weights[k][b] *= scale;
            }
        }
        return new Distances(weights, kept == 0 ? 1 : eigen.values()[0] / eigen.values()[kept - 1]);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed from one class to another, and not kept
    record Distances(double[][] weights, double condition) {}
}
