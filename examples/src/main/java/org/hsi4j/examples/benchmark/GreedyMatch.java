package org.hsi4j.examples.benchmark;

import org.hsi4j.Endmembers;
import org.hsi4j.metrics.SpectralAngle;

/**
 * Which estimated endmember stands for which true one, as Zhu's programs have it: of all pairs the one whose spectra, scaled
 * to unit norm, are nearest to each other is taken first, then the nearest of those that are left. That distance is
 * 2 sin(angle / 2), so the spectral angle gives the same order. A spectrum of zeros is nobody's neighbour.
 */
final class GreedyMatch {

    private GreedyMatch() {}

    /** The estimated endmember for each true one; there are at least as many estimated as true ones. */
    static int[] of(Endmembers estimate, Endmembers truth) {
        double[][] angles = new double[truth.count()][estimate.count()];
        for (int k = 0; k < angles.length; k++) {
            for (int j = 0; j < angles[k].length; j++) {
                double angle = SpectralAngle.radians(truth.get(k), estimate.get(j));
                angles[k][j] = Double.isNaN(angle) ? Math.PI / 2 : angle;
            }
        }
        int[] match = new int[angles.length];
        boolean[] matched = new boolean[angles.length];
        boolean[] taken = new boolean[estimate.count()];
        for (int n = 0; n < match.length; n++) {
            int bestTrue = -1;
            int bestEstimate = -1;
            for (int k = 0; k < angles.length; k++) {
                for (int j = 0; j < taken.length; j++) {
                    boolean free = !matched[k] && !taken[j];
                    if (free && (bestTrue < 0 || angles[k][j] < angles[bestTrue][bestEstimate])) {
                        bestTrue = k;
                        bestEstimate = j;
                    }
                }
            }
            match[bestTrue] = bestEstimate;
            matched[bestTrue] = true;
            taken[bestEstimate] = true;
        }
        return match;
    }
}
