package org.hsi4j.detection;

import java.io.Serializable;
import org.apache.commons.statistics.distribution.BetaDistribution;
import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.apache.commons.statistics.distribution.FDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/** How the scores of a Gaussian background are distributed. */
sealed interface BackgroundLaw extends Serializable {

    /** Probability that background has at least this score. */
    double survival(double score);

    /** The score that background exceeds with this probability, which is above zero and below one. */
    double quantile(double probability);

    /** Squared Mahalanobis distance in B bands: chi-square with B degrees of freedom. */
    record ChiSquare(int bands) implements BackgroundLaw {

        @Override
        public double survival(double score) {
            return ChiSquaredDistribution.of(bands).survivalProbability(score);
        }

        @Override
        public double quantile(double probability) {
            return ChiSquaredDistribution.of(bands).inverseSurvivalProbability(probability);
        }
    }

    /**
     * Squared distance in B bands from the mean and by the covariance of n &gt; B other pixels: (n+1)(n-1)B / (n(n-B)) times
     * a variable of the F distribution with B and n - B degrees of freedom (Hotelling).
     */
    record Hotelling(int bands, int pixels) implements BackgroundLaw {

        private double scale() {
            double n = pixels;
            return (n + 1) / n * (n - 1) / (n - bands) * bands;
        }

        private FDistribution ratio() {
            return FDistribution.of(bands, pixels - bands);
        }

        @Override
        public double survival(double score) {
            return ratio().survivalProbability(score / scale());
        }

        @Override
        public double quantile(double probability) {
            return scale() * ratio().inverseSurvivalProbability(probability);
        }
    }

    /** Output of a linear filter: normal with mean zero. */
    record Normal(double deviation) implements BackgroundLaw {

        @Override
        public double survival(double score) {
            return NormalDistribution.of(0, deviation).survivalProbability(score);
        }

        @Override
        public double quantile(double probability) {
            return NormalDistribution.of(0, deviation).inverseSurvivalProbability(probability);
        }
    }

    /** Square of the cosine between a fixed and an isotropic direction in B &gt; 1 dimensions: beta (1/2, (B-1)/2). */
    record SquaredCosine(double bands) implements BackgroundLaw {

        private BetaDistribution beta() {
            return BetaDistribution.of(0.5, 0.5 * (bands - 1));
        }

        @Override
        public double survival(double score) {
            return beta().survivalProbability(score);
        }

        @Override
        public double quantile(double probability) {
            return beta().inverseSurvivalProbability(probability);
        }
    }

    /** That cosine itself: symmetric about zero, so each sign has half of the square's probability. */
    record Cosine(double bands) implements BackgroundLaw {

        @Override
        public double survival(double score) {
            double half = 0.5 * new SquaredCosine(bands).survival(score * score);
            return score >= 0 ? half : 1 - half;
        }

        @Override
        public double quantile(double probability) {
            double tail = Math.min(probability, 1 - probability);
            double magnitude = Math.sqrt(new SquaredCosine(bands).quantile(2 * tail));
            return probability <= 0.5 ? magnitude : -magnitude;
        }
    }

    /** Share of the squared length of an isotropic vector in B dimensions that lies in k &lt; B of them: beta (k/2, (B-k)/2). */
    record SubspaceShare(int dimensions, int bands) implements BackgroundLaw {

        private BetaDistribution beta() {
            return BetaDistribution.of(0.5 * dimensions, 0.5 * (bands - dimensions));
        }

        @Override
        public double survival(double score) {
            return beta().survivalProbability(score);
        }

        @Override
        public double quantile(double probability) {
            return beta().inverseSurvivalProbability(probability);
        }
    }

    /** A positive multiple of something that has a law, and shifted. */
    record Scaled(BackgroundLaw law, double factor, double shift) implements BackgroundLaw {

        @Override
        public double survival(double score) {
            return law.survival((score - shift) / factor);
        }

        @Override
        public double quantile(double probability) {
            return shift + factor * law.quantile(probability);
        }
    }
}
