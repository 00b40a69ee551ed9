package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.CovarianceEstimate;
import org.hsi4j.stats.Shrinkage;

/**
 * Line-scan RX with forgetting (ERX): the squared Mahalanobis distance of a pixel from the lines up to its own, of which older ones count less and
 * less.
 *
 * <p>A line with the mean m<sub>t</sub> and the covariance S<sub>t</sub> of its valid pixels moves the background before it is scored: with d = m<sub>t</sub> - m and the
 * forgetting a, m becomes m + a d and C becomes (1 - a) (C + a d d') + a S<sub>t</sub>. The score is (x - m)' (C + l v I)<sup>-1</sup> (x - m), where v is the mean
 * variance of C's bands and l the loading: zero or larger, without unit. A line is scored when it is pushed, see
 * {@link LineDetectionModel#lines}; a whole scene is its rows, one after the other, on one thread. The background of {@link #fit}
 * is where it starts; {@link #fromNothing} starts without one, and the t-th line then counts by 1/t until that is less than a. Its
 * distribution is not known: there is no threshold by the model, and there are no p-values.
 *
 * <p><b>Defaults.</b> a is .02, so fifty lines are remembered, and l is 10<sup>-3</sup>, as for {@link DualWindowRx}: ours. The authors project the bands onto
 * a few random directions first, to be faster; here the distance is exact.
 *
 * <p>The background a stream starts from is shrunk where it cannot be trusted, and that is reported. A line without a valid pixel changes nothing.
 * Invalid pixels take no part and are NaN. Costs 2 B<sup>2</sup> flops a pixel and B<sup>3</sup> a line. Immutable and thread-safe.
 *
 * <pre>{@code
 * LineScorer scorer = Erx.withDefaults().fromNothing(bands).lines(columns);
 * double[] scores = scorer.push(line);
 * }</pre>
 */
public final class Erx implements AnomalyDetector {
    private final double forgetting;
    private final double loading;

    private Erx(double forgetting, double loading) {
        this.forgetting = forgetting;
        this.loading = loading;
    }

    /**
     * With a forgetting of .02 and a loading of 10<sup>-3</sup>.
     *
     * @return the method
     */
    public static Erx withDefaults() {
        return new Erx(0.02, DualWindowRx.DEFAULT_LOADING);
    }

    /**
     * How fast it forgets.
     *
     * @param share a, what a new line counts, above zero and at most 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public Erx withForgetting(double share) {
        return new Erx(requireForgetting(share), loading);
    }

    static double requireForgetting(double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("the forgetting must be above 0 and at most 1, not " + share);
        }
        return share;
    }

    /**
     * How fast it forgets.
     *
     * @return a
     */
    public double forgetting() {
        return forgetting;
    }

    /**
     * Another loading of the diagonal.
     *
     * @param share l, in mean variances of the bands, above zero
     * @return a changed copy
     * @throws IllegalArgumentException if it is not above zero or not finite
     */
    public Erx withLoading(double share) {
        return new Erx(forgetting, requireLoading(share));
    }

    static double requireLoading(double share) {
        if (share == 0) {
            throw new IllegalArgumentException(
                    "the loading must be above zero: a line may have fewer pixels than bands");
        }
        return Windows.requireLoading(share);
    }

    /**
     * What is added to the diagonal.
     *
     * @return l, in mean variances of the bands
     */
    public double loading() {
        return loading;
    }

    @Override
    public String name() {
        return "erx";
    }

    @Override
    public String summary() {
        return "Squared Mahalanobis distance from the lines so far, for line scanners.";
    }

    @Override
    public String reference() {
        return "Garske, Evans, Artlett and Wong, ERX: a fast real-time anomaly detection algorithm for hyperspectral line"
                + " scanning, 2024; without its random projection";
    }

    /**
     * A model that starts without a background.
     *
     * @param bands of the lines, at least one
     * @return the model
     * @throws IllegalArgumentException if there is no band
     */
    public LineDetectionModel fromNothing(int bands) {
        if (bands < 1) {
            throw new IllegalArgumentException("a line needs at least one band, not " + bands);
        }
        return new ErxModel(
                new double[bands], new double[bands][bands], false, forgetting, loading, Diagnostics.none());
    }

    @Override
    public LineDetectionModel fit(Cube background, RunContext context) {
        long start = System.nanoTime();
        CovarianceEstimate estimate = CovarianceEstimate.of(background, Shrinkage.AUTO, context);
        return new ErxModel(
                estimate.mean(),
                estimate.matrix(),
                true,
                forgetting,
                loading,
                estimate.diagnostics().since(start));
    }
}
