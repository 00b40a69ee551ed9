package org.hsi4j.stats;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.Diagnostics;

/**
 * HFC, the virtual dimensionality after Harsanyi, Farrand and Chang, and its noise-whitened form NWHFC.
 *
 * <p>A source that is not noise adds to the mean: the l-th eigenvalue of the autocorrelation R = Y Y' / N then exceeds
 * that of the covariance K. Band l counts when z = lambda<sub>l</sub>(R) - lambda<sub>l</sub>(K) is larger than the
 * noise would make it with probability P<sub>F</sub>, z being normal with variance 2 (lambda<sub>l</sub>(R)<sup>2</sup>
 * + lambda<sub>l</sub>(K)<sup>2</sup>) / N. Both matrices are divided by N. The noise-whitened form divides each band
 * by its noise deviation ({@link RegressionNoise}) first. Two published programs use Pearson's correlation for R and
 * plain eigenvalues in the variance and count nearly all bands; this one does not.
 *
 * <p>The method tests how the mean lies among the eigenvectors, not the rank. A component whose mean is near zero after
 * the stronger ones are taken out stays unseen: with five endmembers four is a common answer. The figures
 * {@code weakest-counted} and {@code strongest-rejected} give z in units of its deviation on both sides of the threshold.
 * Immutable and thread-safe.
 *
 * <p>Reference: Chang and Du, "Estimation of number of spectrally distinct signal sources in hyperspectral imagery",
 * 2004.
 *
 * <pre>{@code
 * int p = Hfc.noiseWhitened().withFalseAlarm(1e-4).estimate(scene, context).count();
 * }</pre>
 */
public final class Hfc implements DimensionEstimator {
    private final boolean whitened;
    private final double falseAlarm;

    private Hfc(boolean whitened, double falseAlarm) {
        this.whitened = whitened;
        this.falseAlarm = falseAlarm;
    }

    /**
     * HFC on the scene as it is, with a false-alarm probability of 10<sup>-3</sup>.
     *
     * @return the method
     */
    public static Hfc withDefaults() {
        return new Hfc(false, 1e-3);
    }

    /**
     * NWHFC: HFC after the noise was made white, with a false-alarm probability of 10<sup>-3</sup>.
     *
     * @return the method
     */
    public static Hfc noiseWhitened() {
        return new Hfc(true, 1e-3);
    }

    /**
     * Another false-alarm probability.
     *
     * @param probability above zero and below one half; 10<sup>-3</sup> to 10<sup>-5</sup> are usual
     * @return a changed copy
     * @throws IllegalArgumentException if it is outside that range
     */
    public Hfc withFalseAlarm(double probability) {
        if (!(probability > 0 && probability < 0.5)) {
            throw new IllegalArgumentException("false alarm must be above 0 and below 0.5, not " + probability);
        }
        return new Hfc(whitened, probability);
    }

    /**
     * The false-alarm probability of one band.
     *
     * @return above zero and below one half
     */
    public double falseAlarm() {
        return falseAlarm;
    }

    @Override
    public String name() {
        return whitened ? "nwhfc" : "hfc";
    }

    @Override
    public String reference() {
        return "Chang and Du, Estimation of number of spectrally distinct signal sources in hyperspectral imagery, 2004";
    }

    @Override
    public DimensionEstimate estimate(MeanScatter statistics) {
        long n = statistics.count();
        Diagnostics diagnostics = Diagnostics.none().with("pixels", (double) n).with("false-alarm", falseAlarm);
        if (n < 2) {
            return new DimensionEstimate(name(), 0, diagnostics.note("fewer than two valid pixels"));
        }
        double[][] r = statistics.correlation();
        double[][] k = statistics.covariance();
        for (double[] row : k) {
            for (int b = 0; b < row.length; b++) {
                row[b] *= (n - 1.0) / n;
            }
        }
        double[] total;
        double[] centred;
        if (whitened) {
            RegressionNoise noise = RegressionNoise.of(statistics);
            double[] divisors = noise.divisors(r);
            total = Spectra.whitenedEigenvalues(r, divisors);
            centred = Spectra.whitenedEigenvalues(k, divisors);
            if (!noise.reliable()) {
                diagnostics = diagnostics.note("the noise of " + n + " pixels in " + r.length
                        + " bands cannot be estimated reliably, and neither can the dimension");
            }
        } else {
            total = Dense.eigen(r).values();
            centred = Dense.eigen(k).values();
        }
        return count(total, centred, n, diagnostics);
    }

    private DimensionEstimate count(double[] total, double[] centred, long n, Diagnostics diagnostics) {
        double threshold = NormalDistribution.of(0, 1).inverseSurvivalProbability(falseAlarm);
        double rounding = 10 * Math.ulp(1.0) * total.length * Math.max(0, total[0]);
        int count = 0;
        double weakest = Double.POSITIVE_INFINITY;
        double strongest = 0;
        for (int l = 0; l < total.length; l++) {
            double z = total[l] - centred[l];
            double deviation = Math.sqrt(2 * (total[l] * total[l] + centred[l] * centred[l]) / n);
            double ratio = z > rounding ? z / deviation : 0;
            if (ratio > threshold) {
                count++;
                weakest = Math.min(weakest, ratio);
            } else {
                strongest = Math.max(strongest, ratio);
            }
        }
        Diagnostics all = diagnostics.with("threshold", threshold).with("strongest-rejected", strongest);
        return new DimensionEstimate(name(), count, count == 0 ? all : all.with("weakest-counted", weakest));
    }
}
