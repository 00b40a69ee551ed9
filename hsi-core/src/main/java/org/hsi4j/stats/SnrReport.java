package org.hsi4j.stats;

import java.util.Locale;

/**
 * Signal and noise of each band. Immutable and thread-safe.
 *
 * <p>Per band b: mean m, noise deviation s, the ratio m / s that sensor makers quote, and the power ratio in decibel,
 * 10 log10((R<sub>bb</sub> - s<sup>2</sup>) / s<sup>2</sup>) with R<sub>bb</sub> the mean square. A band without noise
 * has an infinite ratio; one of zeros, NaN.
 *
 * <pre>{@code
 * SnrReport report = SnrReport.of(statistics, NoiseCovariance.regression(statistics).deviation());
 * double worst = report.decibels(report.worstBand());
 * }</pre>
 */
public final class SnrReport {
    private final double[] mean;
    private final double[] meanSquare;
    private final double[] noise;

    private SnrReport(double[] mean, double[] meanSquare, double[] noise) {
        this.mean = mean;
        this.meanSquare = meanSquare;
        this.noise = noise;
    }

    /**
     * Of a scene and its noise.
     *
     * @param statistics of the scene
     * @param noiseDeviation standard deviation of the noise, one value a band
     * @return the report
     * @throws IllegalArgumentException if the numbers of bands differ, there is no pixel, or a deviation is negative or
     *     not finite
     */
    public static SnrReport of(MeanScatter statistics, double[] noiseDeviation) {
        if (noiseDeviation.length != statistics.bands()) {
            throw new IllegalArgumentException(
                    noiseDeviation.length + " noise deviations given for " + statistics.bands() + " bands");
        }
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("no valid pixel to compare the noise with");
        }
        double[][] correlation = statistics.correlation();
        double[] square = new double[noiseDeviation.length];
        for (int b = 0; b < square.length; b++) {
            if (!(noiseDeviation[b] >= 0) || Double.isInfinite(noiseDeviation[b])) {
                throw new IllegalArgumentException("noise deviation of band " + b + " is " + noiseDeviation[b]);
            }
            square[b] = correlation[b][b];
        }
        return new SnrReport(statistics.mean(), square, noiseDeviation.clone());
    }

    /**
     * Number of bands.
     *
     * @return at least one
     */
    public int bands() {
        return mean.length;
    }

    /**
     * Mean of a band over the scene.
     *
     * @param band the band
     * @return in the unit of the samples
     */
    public double mean(int band) {
        return mean[checked(band)];
    }

    /**
     * Standard deviation of the noise of a band.
     *
     * @param band the band
     * @return in the unit of the samples
     */
    public double noise(int band) {
        return noise[checked(band)];
    }

    /**
     * Mean by noise deviation.
     *
     * @param band the band
     * @return the ratio
     */
    public double ratio(int band) {
        return mean[checked(band)] / noise[band];
    }

    /**
     * Power of the signal by power of the noise.
     *
     * @param band the band
     * @return decibel; minus infinity where the noise is all there is
     */
    public double decibels(int band) {
        double power = noise[checked(band)] * noise[band];
        return 10 * Math.log10(Math.max(0, meanSquare[band] - power) / power);
    }

    /**
     * The band whose signal stands least above its noise; bands of zeros do not count.
     *
     * @return the first of equals; zero when no band counts
     */
    public int worstBand() {
        int worst = 0;
        for (int b = 1; b < mean.length; b++) {
            if (decibels(b) < decibels(worst) || Double.isNaN(decibels(worst))) {
                worst = b;
            }
        }
        return worst;
    }

    private int checked(int band) {
        return java.util.Objects.checkIndex(band, mean.length);
    }

    @Override
    public String toString() {
        int worst = worstBand();
        return String.format(Locale.ROOT, "SNR of %d bands, worst %.1f dB in band %d", bands(), decibels(worst), worst);
    }
}
