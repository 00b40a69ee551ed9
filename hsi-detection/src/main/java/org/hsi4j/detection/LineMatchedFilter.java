package org.hsi4j.detection;

import org.hsi4j.Cube;
import org.hsi4j.Spectrum;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Column-wise matched filter for line scanners, with forgetting: the target's share of a pixel by what its column of the sensor has seen so far, of which
 * older lines count less and less.
 *
 * <p>Each column has a mean m and a covariance S of its own. A pixel x is scored by what came before it: C<sup>-1</sup>(t - m) is the filter w and
 * w'(x - m) / w'(t - m) the score, 1 for the pure target and 0 for the mean, as {@link MatchedFilter} has it. Then the column learns: with d = x - m and
 * the forgetting a, m becomes m + a d and S becomes (1 - a) (S + a d d'). The t-th pixel of a column counts by 1/t until that is less than a.
 *
 * <p><b>Few lines.</b> C is S and 10 B pixels more that have the covariance W within all columns (learnt from the same differences with the same forgetting),
 * C = (n S + 10 B W) / (n + 10 B) + l v I, by the rule of {@link ColumnBackground}; n is the number of the column's pixels, (2 - a) / a at most, which is
 * how many independent ones the forgetting leaves; v is the mean variance of C's bands and l the loading. The first pixel of a column has
 * the score 0: it is all that is known. A line is scored when it is pushed, see {@link LineDetectionModel#lines}; a whole scene is its rows, one after the
 * other, on one thread. {@link #fit} starts with the background of a scene of as many columns, {@link #fromNothing} without. The score's distribution is not
 * known: no threshold by the model, no p-values.
 *
 * <p><b>Defaults.</b> a is .002, so 500 lines are remembered, because a covariance of B bands wants several times as many; l is
 * 10<sup>-6</sup>. The filter of a column is made anew with every 16th of its pixels ({@link #withRefresh}), of different columns in
 * different lines, and with each of its first four; its mean is always that of all pixels so far. All three are ours.
 *
 * <p>A pixel without a finite sample in every band changes nothing and is NaN. Memory: 4 B<sup>2</sup> + 12 B bytes a column, whatever the number of
 * lines. Costs 3 B<sup>2</sup> + B<sup>3</sup> / 48 flops a pixel. Immutable and thread-safe.
 *
 * <pre>{@code
 * LineScorer scorer = LineMatchedFilter.withDefaults().fromNothing(spectrum).lines(columns);
 * double[] shares = scorer.push(line);
 * }</pre>
 */
public final class LineMatchedFilter implements TargetDetector {
    private final double forgetting;
    private final double loading;
    private final int refresh;

    private LineMatchedFilter(double forgetting, double loading, int refresh) {
        this.forgetting = forgetting;
        this.loading = loading;
        this.refresh = refresh;
    }

    /**
     * With a forgetting of .002, a loading of 10<sup>-6</sup>, and a filter made anew with every 16th pixel.
     *
     * @return the method
     */
    public static LineMatchedFilter withDefaults() {
        return new LineMatchedFilter(0.002, 1e-6, 16);
    }

    /**
     * How fast it forgets.
     *
     * @param share a, what a new line counts, above zero and at most 1
     * @return a changed copy
     * @throws IllegalArgumentException if it is out of range
     */
    public LineMatchedFilter withForgetting(double share) {
        return new LineMatchedFilter(Erx.requireForgetting(share), loading, refresh);
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
    public LineMatchedFilter withLoading(double share) {
        return new LineMatchedFilter(forgetting, Erx.requireLoading(share), refresh);
    }

    /**
     * What is added to the diagonal.
     *
     * @return l, in mean variances of the bands
     */
    public double loading() {
        return loading;
    }

    /**
     * How often the filter of a column is made anew.
     *
     * @param pixels after so many pixels of the column, at least one
     * @return a changed copy
     * @throws IllegalArgumentException if it is below one
     */
    public LineMatchedFilter withRefresh(int pixels) {
        if (pixels < 1) {
            throw new IllegalArgumentException("a filter is made anew after one pixel or more, not " + pixels);
        }
        return new LineMatchedFilter(forgetting, loading, pixels);
    }

    /**
     * How often the filter of a column is made anew.
     *
     * @return pixels of the column
     */
    public int refresh() {
        return refresh;
    }

    @Override
    public String name() {
        return "line-mf";
    }

    @Override
    public String summary() {
        return "The target's share by the lines so far of the pixel's column, for line scanners.";
    }

    @Override
    public String reference() {
        return "Thompson and others, Real-time remote detection and measurement for airborne imaging spectroscopy: a case study"
                + " with methane, 2015; forgetting and shrinkage are ours";
    }

    /**
     * A model that starts without a background.
     *
     * @param target the spectrum sought, without a NaN
     * @return the model, for scenes of any number of columns
     * @throws IllegalArgumentException if the target has a NaN
     */
    public LineDetectionModel fromNothing(Spectrum target) {
        Background.requireSpectrum("target", target, target.bands(), "target");
        return new LineFilterModel(target, null, this, Diagnostics.none());
    }

    /** {@inheritDoc} The model is for scenes of as many columns as the background. */
    @Override
    public LineDetectionModel fit(Cube background, Spectrum target, RunContext context) {
        Background.requireTarget(target, background);
        return fit(ColumnBackground.of(background, context), target);
    }

    /**
     * From a background that is known, in place of a scene.
     *
     * @param background of the columns of the sensor
     * @param target the spectrum sought, in the bands and the unit of the background
     * @return a model for scenes of as many columns
     * @throws IllegalArgumentException if the target has another number of bands, a NaN, or is the mean of the background
     */
    public LineDetectionModel fit(ColumnBackground background, Spectrum target) {
        Background.requireSpectrum("target", target, background.bands(), "background");
        Diagnostics diagnostics = background.whole().diagnostics();
        Background.of(background.whole().covariance(), 0).direction(target); // refuses what cannot be told apart
        return new LineFilterModel(target, background, this, diagnostics);
    }
}
