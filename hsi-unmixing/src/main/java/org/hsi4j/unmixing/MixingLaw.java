package org.hsi4j.unmixing;

import org.hsi4j.linalg.Dense;
import org.hsi4j.stats.HySime;
import org.hsi4j.stats.MarchenkoPastur;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.RegressionNoise;

/** What mean and scatter of a scene say about how it is mixed; the default rules of this package ask here. */
final class MixingLaw {
    /** What brightness may vary by in a scene whose abundances sum to one. */
    private static final double VARIES = 0.1;

    private final MeanScatter statistics;
    private final double[] noise;
    private final Dense.Eigen directions;
    private final int noiseEdge;
    private final boolean linear;

    private MixingLaw(MeanScatter statistics, double[] noise, Dense.Eigen directions, int noiseEdge, boolean linear) {
        this.statistics = statistics;
        this.noise = noise;
        this.directions = directions;
        this.noiseEdge = noiseEdge;
        this.linear = linear;
    }

    static MixingLaw of(MeanScatter statistics) {
        int edge = MarchenkoPastur.withDefaults().estimate(statistics).count();
        int error = HySime.withDefaults().estimate(statistics).count();
        return new MixingLaw(
                statistics,
                RegressionNoise.of(statistics).deviation(),
                Dense.eigen(statistics.correlation()),
                edge,
                error > 0 && Math.abs(edge - error) <= 1);
    }

    /**
     * Whether fixed endmembers and noise explain the scene: then the eigenvalue beyond the last endmember is noise, and the
     * noise edge and the least error of HySime lie at most one apart. In scenes whose materials vary they lie far apart.
     */
    boolean isLinear() {
        return linear;
    }

    /** The eigenvalues that noise would not reach. */
    int noiseEdge() {
        return noiseEdge;
    }

    /** The mean power of the noise along directions. */
    double noiseAlong(double[][] directions) {
        double power = 0;
        for (double[] direction : directions) {
            for (int b = 0; b < noise.length; b++) {
                power += direction[b] * noise[b] * direction[b] * noise[b];
            }
        }
        return power;
    }

    /** The fewest directions that leave no more than a share of what the strongest leaves, both without their noise. */
    int directionsFor(double share) {
        double[] left = left();
        int count = 1;
        while (count < left.length && left[count - 1] > share * share * left[0]) {
            count++;
        }
        return count;
    }

    /** The mean power outside the strongest k + 1 directions that is not noise. */
    private double[] left() {
        double[] values = directions.values();
        double[] left = new double[values.length];
        double sum = 0;
        for (int k = values.length - 1; k >= 0; k--) {
            left[k] = Math.max(0, sum);
            sum += values[k] - noiseAlong(new double[][] {directions.vectors()[k]});
        }
        return left;
    }

    /**
     * How much the brightness of pixels varies beyond what the mixture explains: the deviation from one of the sum of
     * abundances, under the best possible scales of the endmembers, without the part that is noise.
     *
     * <p>Whatever p independent endmembers span the scene, the sum of a pixel's abundances is h'y for one h of that span, and
     * the least mean square of h'y - 1 is 1 - m'R<sup>+</sup>m, R = Y Y' / N being cut to its p strongest directions.
     */
    double brightnessVariation(int p) {
        int count = Math.min(linear ? Math.max(p, noiseEdge) : p, noise.length);
        double[] mean = statistics.mean();
        double[] h = new double[mean.length];
        double explained = 0;
        double floor = directions.values()[0] * mean.length * 0x1p-52;
        for (int k = 0; k < count && directions.values()[k] > floor; k++) {
            double[] direction = directions.vectors()[k];
            double along = 0;
            for (int b = 0; b < mean.length; b++) {
                along += direction[b] * mean[b];
            }
            explained += along * along / directions.values()[k];
            for (int b = 0; b < mean.length; b++) {
                h[b] += along / directions.values()[k] * direction[b];
            }
        }
        double squared = 1 - explained;
        for (int b = 0; b < mean.length; b++) {
            squared -= h[b] * h[b] * noise[b] * noise[b];
        }
        return Math.sqrt(Math.max(0, squared));
    }

    boolean brightnessVaries(int p) {
        return varies(brightnessVariation(p));
    }

    static boolean varies(double brightnessVariation) {
        return brightnessVariation > VARIES;
    }
}
