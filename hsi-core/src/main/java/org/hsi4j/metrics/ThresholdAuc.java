package org.hsi4j.metrics;

import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;

/**
 * The areas of a three-dimensional ROC, whose third axis is the threshold &tau;, and the figures made of them. Chang, "An
 * effective evaluation tool for hyperspectral target detection: 3D receiver operating characteristic curve analysis", IEEE
 * TGRS 59, 2021. The scores are scaled to [0, 1] by the smallest and the largest one first; AUC(D,&tau;) is the area under the
 * detection rate as a function of the threshold, and AUC(F,&tau;) that under the false alarm rate.
 *
 * <p><b>Caveat.</b> The area under the share of scores above a threshold is nothing but their mean: AUC(D,&tau;) is the mean
 * scaled score of the targets, AUC(F,&tau;) that of the other pixels. Both, and all figures made of them, change under any
 * monotone rescaling of the scores, which changes no decision, and by one outlier. A squared score looks better than the score
 * here although it may rank far worse. Report AUC(D,F) first, and compare the others only for scores of one kind.
 *
 * <p>Pixels whose score is NaN are left out.
 *
 * <pre>{@code
 * ThresholdAuc areas = ThresholdAuc.of(scores, truth);
 * double odp = areas.overallDetectionProbability();
 * }</pre>
 *
 * @param auc AUC(D,F), the area under the ROC, zero to one ({@link Roc#auc()})
 * @param detection AUC(D,&tau;), zero to one; higher is better
 * @param falseAlarm AUC(F,&tau;), zero to one; lower is better
 */
public record ThresholdAuc(double auc, double detection, double falseAlarm) {

    /**
     * Of a map of scores. Costs O(N log N).
     *
     * @param scores the scores; pixels with NaN are left out
     * @param truth the target pixels, in an image of the same shape
     * @return the areas
     * @throws IllegalArgumentException if the shapes differ, no target pixel or no other pixel has a score, a score is
     *     infinite, or all scores are equal and so have no scale
     */
    public static ThresholdAuc of(ScoreMap scores, Mask truth) {
        double auc = Roc.of(scores, truth).auc();
        double low = scores.min();
        double range = scores.max() - low;
        if (!(range > 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException(
                    "scores from " + low + " to " + scores.max() + " cannot be scaled to the range from zero to one");
        }
        double[] values = scores.toArray();
        double targetSum = 0;
        double otherSum = 0;
        long targets = 0;
        long others = 0;
        for (int i = 0; i < values.length; i++) {
            double scaled = (values[i] - low) / range;
            if (Double.isNaN(scaled)) {
                continue;
            }
            if (truth.get(i)) {
                targetSum += scaled;
                targets++;
            } else {
                otherSum += scaled;
                others++;
            }
        }
        return new ThresholdAuc(auc, targetSum / targets, otherSum / others);
    }

    /**
     * Target detectability, AUC<sub>TD</sub> = AUC(D,F) + AUC(D,&tau;).
     *
     * @return zero to two; higher is better
     */
    public double targetDetectability() {
        return auc + detection;
    }

    /**
     * Background suppressibility, AUC<sub>BS</sub> = AUC(D,F) - AUC(F,&tau;).
     *
     * @return minus one to one; higher is better
     */
    public double backgroundSuppressibility() {
        return auc - falseAlarm;
    }

    /**
     * Detectability and suppressibility together, AUC<sub>TDBS</sub> = AUC(D,&tau;) - AUC(F,&tau;).
     *
     * @return minus one to one; higher is better
     */
    public double targetDetectionInBackground() {
        return detection - falseAlarm;
    }

    /**
     * Overall detection, AUC<sub>OD</sub> = AUC(D,F) + AUC(D,&tau;) - AUC(F,&tau;).
     *
     * @return minus one to two; higher is better
     */
    public double overallDetection() {
        return auc + detection - falseAlarm;
    }

    /**
     * Overall detection probability, AUC<sub>ODP</sub> = AUC(D,&tau;) + 1 - AUC(F,&tau;).
     *
     * @return zero to two; higher is better
     */
    public double overallDetectionProbability() {
        return detection + 1 - falseAlarm;
    }

    /**
     * Signal-to-noise probability ratio, AUC<sub>SNPR</sub> = AUC(D,&tau;) / AUC(F,&tau;).
     *
     * @return zero or more, higher being better; infinite when all other pixels have the smallest score
     */
    public double signalToNoiseProbabilityRatio() {
        return detection / falseAlarm;
    }
}
