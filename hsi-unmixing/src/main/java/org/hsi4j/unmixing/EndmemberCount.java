package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;
import org.hsi4j.stats.DimensionEstimate;
import org.hsi4j.stats.DimensionEstimator;
import org.hsi4j.stats.MeanScatter;
import org.hsi4j.view.DimensionPlot;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;

/**
 * How many endmembers to look for when nobody says, and how far the known estimators disagree about it.
 *
 * <p>The estimators of {@link DimensionEstimator#all()} count what stands out of the noise. That is the number of endmembers
 * only where materials are fixed spectra and all else is noise. In most real scenes each material varies, and they count its
 * variants too: on Samson, with three materials, they say between 8 and 88. The rule therefore is:
 *
 * <ol>
 *   <li>Where the noise edge ({@link org.hsi4j.stats.MarchenkoPastur}) and HySime differ by at most one, the scene has an edge
 *       between signal and noise, and the noise edge counts ({@link Rule#NOISE_EDGE}).
 *   <li>Elsewhere the fewest directions count that leave, of what the strongest direction alone (brightness) leaves of the
 *       spectra, no more than 15 % (root mean square, both without their noise): {@link Rule#REMAINDER}. The 15 % stand for
 *       what the spectra of one material differ by among themselves.
 * </ol>
 *
 * <p>The second rule is one of thumb: the answer is for those who would else have to guess, not for those who know. It finds
 * 3 endmembers on Samson, 4 on the crop of Urban (whose published truths have 4, 5 and 6), and the true number on simulated
 * mixtures at 30 dB and without noise. It finds 3 on SalinasA, whose labels tell six crops apart, four of them lettuce of four
 * ages: their spectra differ by .05 to .2 rad, and those of one material of Samson by .03 to .08, so how far spectra lie apart
 * cannot make three of the one and six of the other.
 *
 * @param count how many to look for, at least one
 * @param rule which rule said so
 * @param estimates what the known estimators say
 * @param diagnostics the figure {@code endmembers} and a note with the reason and all estimates
 */
public record EndmemberCount(int count, Rule rule, List<DimensionEstimate> estimates, Diagnostics diagnostics)
        implements Illustrated {
    private static final double REMAINDER = 0.15;

    /**
     * Copies the estimates.
     *
     * @throws IllegalArgumentException if the count is smaller than one
     */
    public EndmemberCount {
        estimates = List.copyOf(estimates);
        if (count < 1) {
            throw new IllegalArgumentException("the number of endmembers must be at least 1, not " + count);
        }
    }

    /** Which rule found the number. */
    public enum Rule {
        /** What stands out of the noise, where two estimators that should agree do. */
        NOISE_EDGE,
        /** What brings the remainder down to 15 %, where the estimators disagree. */
        REMAINDER
    }

    /**
     * Counts in one pass over the valid pixels of a scene.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the count; the same for any number of threads
     * @throws IllegalArgumentException if no pixel is valid, or the memory limit is too small
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public static EndmemberCount of(Cube cube, RunContext context) {
        return of(MeanScatter.of(cube, context));
    }

    /**
     * Counts in statistics that were gathered before.
     *
     * @param statistics of the scene
     * @return the count
     * @throws IllegalArgumentException if no pixel was counted
     */
    public static EndmemberCount of(MeanScatter statistics) {
        if (statistics.count() == 0) {
            throw new IllegalArgumentException("the scene has no valid pixel to count endmembers in");
        }
        MixingLaw law = MixingLaw.of(statistics);
        List<DimensionEstimate> estimates = new ArrayList<>();
        for (DimensionEstimator estimator : DimensionEstimator.all()) {
            estimates.add(estimator.estimate(statistics));
        }
        Rule rule = law.isLinear() ? Rule.NOISE_EDGE : Rule.REMAINDER;
        int wanted = law.isLinear() ? law.noiseEdge() : law.directionsFor(REMAINDER);
        int count = (int) Math.max(1, Math.min(wanted, Math.min(statistics.bands(), statistics.count())));
        String all = estimates.stream().map(e -> e.method() + " " + e.count()).collect(Collectors.joining(", "));
        String reason = rule == Rule.NOISE_EDGE
                ? "that many stand out of the noise"
                : String.format(
                        Locale.ROOT,
                        "the estimators disagree, and that many leave no more than %.0f %% of what brightness leaves",
                        100 * REMAINDER);
        return new EndmemberCount(
                count,
                rule,
                estimates,
                Diagnostics.none()
                        .with("endmembers", (double) count)
                        .note("looked for " + count + " endmembers: " + reason + " (" + all + ")"));
    }

    /**
     * What the estimators say ({@code dimensions}).
     *
     * @return one figure
     */
    @Override
    public List<Figure> figures() {
        return List.of(new Figure(
                "dimensions",
                "How many dimensions the scene has, as the known estimators see it; " + count
                        + (rule == Rule.NOISE_EDGE
                                ? " endmembers were looked for, because that many stand out of the noise."
                                : " endmembers were looked for, because the estimators disagree and that many leave at most 15 %"
                                        + " of what brightness alone leaves."),
                DimensionPlot.of(estimates)));
    }
}
