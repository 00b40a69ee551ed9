package org.hsi4j.detection;

import java.util.ArrayList;
import java.util.List;
import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.linalg.Dense;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.stats.Shrinkage;

/** The linear filter of least energy with given answers to given spectra, see {@link Tcimf}. */
final class ConstrainedFilter {

    private ConstrainedFilter() {}

    static DetectionModel fit(
            Cube background,
            List<Spectrum> targets,
            List<Spectrum> undesired,
            Shrinkage shrinkage,
            double loading,
            RunContext context) {
        Background.requireTargets(targets, background);
        for (Spectrum spectrum : undesired) {
            Background.requireSpectrum("undesired spectrum", spectrum, background);
        }
        long start = System.nanoTime();
        MeanScatter statistics = MeanScatter.of(background, context);
        CovarianceEstimate correlation = CovarianceEstimate.aboutZero(background, statistics, shrinkage, context);
        Background estimate = Background.of(correlation.loaded(loading), start);
        List<Spectrum> all = new ArrayList<>(targets);
        all.addAll(undesired);
        double[] direction = direction(estimate, all, targets.size());
        double[] weights = estimate.whitening().filter(direction);
        return FilterModel.of(weights, new double[weights.length], statistics, estimate.diagnostics());
    }

    /** S (S'S)^-1 c with S = L^-1 D, by S' = C Q' with orthonormal rows of Q' and lower triangular C: Q C^-1 c. */
    private static double[] direction(Background estimate, List<Spectrum> spectra, int targets) {
        int count = spectra.size();
        int bands = estimate.bands();
        if (count > bands) {
            throw new IllegalArgumentException(
                    "a filter of " + bands + " bands cannot have given answers to " + count + " spectra");
        }
        double[][] s = new double[count][];
        for (int k = 0; k < count; k++) {
            s[k] = estimate.whitening().apply(spectra.get(k).toArray());
            if (!(Background.norm(s[k]) > 0)) {
                throw new IllegalArgumentException("spectrum " + k + " is zero in every band, or next to it");
            }
        }
        double[][] basis = Dense.orthonormalized(s);
        double[] answers = new double[count];
        for (int k = 0; k < count; k++) {
            double sum = k < targets ? 1.0 : 0.0;
            for (int j = 0; j < k; j++) {
                sum -= Background.dot(s[k], basis[j]) * answers[j];
            }
            double own = Background.dot(s[k], basis[k]);
            if (!(Math.abs(own) > 1e-10 * Background.norm(s[k]))) {
                throw new IllegalArgumentException("spectrum " + k + " of the targets and the undesired ones depends on"
                        + " those before it: the filter cannot tell them apart");
            }
            answers[k] = sum / own;
        }
        double[] direction = new double[bands];
        for (int k = 0; k < count; k++) {
            for (int b = 0; b < bands; b++) {
                direction[b] += answers[k] * basis[k][b];
            }
        }
        return direction;
    }
}
