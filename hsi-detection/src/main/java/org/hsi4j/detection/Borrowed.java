package org.hsi4j.detection;

import java.util.List;
import org.hsi4j.stats.MeanScatter;

/**
 * The covariances of the parts of a scene, too many for their pixels: each is that of its n pixels and of ten more a band, 10 B, which
 * have the covariance W within all parts, C = ((n - 1) S + 10 B W) / (n + 10 B - 1).
 */
final class Borrowed {
    static final int PIXELS_PER_BAND = 10;

    private Borrowed() {}

    /** The covariance within the parts, all of them together. */
    static double[][] within(List<MeanScatter> parts) {
        int bands = parts.get(0).bands();
        double[][] within = new double[bands][bands];
        double pixels = 0;
        for (MeanScatter part : parts) {
            pixels += part.count();
            double[][] covariance = part.covariance();
            for (int a = 0; a < bands; a++) {
                for (int b = 0; b < bands; b++) {
                    within[a][b] += Math.max(0, part.count() - 1) * covariance[a][b];
                }
            }
        }
        for (double[] row : within) {
            for (int b = 0; b < bands; b++) {
                row[b] /= pixels;
            }
        }
        return within;
    }

    /** A part and ten pixels a band of a covariance about its mean. */
    static MeanScatter joined(MeanScatter part, double[][] covariance) {
        int bands = part.bands();
        long more = (long) PIXELS_PER_BAND * bands;
        double[][] scatter = part.covariance();
        for (int a = 0; a < bands; a++) {
            for (int b = 0; b < bands; b++) {
                scatter[a][b] = Math.max(0, part.count() - 1) * scatter[a][b] + more * covariance[a][b];
            }
        }
        return MeanScatter.of(part.count() + more, part.mean(), scatter);
    }
}
