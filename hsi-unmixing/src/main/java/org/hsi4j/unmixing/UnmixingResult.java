package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.Endmembers;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.SpectraPlot;

/**
 * What comes out of {@link Unmixing}.
 *
 * @param endmembers those the abundances belong to
 * @param abundances one map an endmember; NaN at invalid pixels
 * @param extraction both forms of the endmembers and where they lie; empty when the endmembers were given or found blind
 * @param factorization all that a blind unmixer found; empty without one
 * @param residual root mean square over the bands of y - E a, in the unit of the scene; NaN at invalid pixels
 * @param diagnostics figures and notes of all steps; {@code residual_rms} is the root mean square over all bands and pixels
 * @param brightness where the abundances are shares of the light of a pixel, what they were divided by; the residual is then
 *     that of brightness times E a
 * @param count why there are as many endmembers; empty when their number or they themselves were given
 * @param intervals between which limits noise leaves each abundance; empty unless asked for ({@link Unmixing#intervals})
 */
public record UnmixingResult(
        Endmembers endmembers,
        AbundanceMaps abundances,
        Optional<Extraction> extraction,
        Optional<Factorization> factorization,
        ScoreMap residual,
        Diagnostics diagnostics,
        Optional<ScoreMap> brightness,
        Optional<EndmemberCount> count,
        Optional<AbundanceIntervals> intervals)
        implements Illustrated {

    /** Checks that all parts are there. */
    public UnmixingResult {
        Objects.requireNonNull(endmembers, "endmembers");
        Objects.requireNonNull(abundances, "abundances");
        Objects.requireNonNull(extraction, "extraction");
        Objects.requireNonNull(factorization, "factorization");
        Objects.requireNonNull(residual, "residual");
        Objects.requireNonNull(diagnostics, "diagnostics");
        Objects.requireNonNull(brightness, "brightness");
        Objects.requireNonNull(count, "count");
        Objects.requireNonNull(intervals, "intervals");
    }

    /**
     * A result whose model of a pixel is E a, with a number of endmembers that was given.
     *
     * @param endmembers those the abundances belong to
     * @param abundances one map an endmember; NaN at invalid pixels
     * @param extraction both forms of the endmembers and where they lie; empty without an extractor
     * @param factorization all that a blind unmixer found; empty without one
     * @param residual root mean square over the bands of y - E a
     * @param diagnostics figures and notes of all steps
     */
    public UnmixingResult(
            Endmembers endmembers,
            AbundanceMaps abundances,
            Optional<Extraction> extraction,
            Optional<Factorization> factorization,
            ScoreMap residual,
            Diagnostics diagnostics) {
        this(
                endmembers,
                abundances,
                extraction,
                factorization,
                residual,
                diagnostics,
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /**
     * This result with the abundances of each pixel divided by their sum ({@link AbundanceMaps#normalized()}), which becomes
     * its brightness. A pixel whose sum is not positive gets zeros. Intervals, which are those of other numbers, are left out.
     *
     * @return new result
     */
    public UnmixingResult normalized() {
        ScoreMap sums = Brightness.of(abundances);
        return new UnmixingResult(
                endmembers,
                abundances.normalized(),
                extraction,
                factorization,
                residual,
                diagnostics,
                Optional.of(
                        brightness.map(light -> Brightness.product(light, sums)).orElse(sums)),
                count,
                Optional.empty());
    }

    UnmixingResult with(EndmemberCount counted) {
        return new UnmixingResult(
                endmembers,
                abundances,
                extraction,
                factorization,
                residual,
                diagnostics.after(counted.diagnostics()),
                brightness,
                Optional.of(counted),
                intervals);
    }

    /**
     * The endmembers ({@code endmembers}), their maps ({@code abundances}), what the model leaves ({@code residual}), what else
     * a blind unmixer learnt, and where there are such the {@code brightness}, the limits of the abundances
     * ({@link AbundanceIntervals#figures()}) and the {@code dimensions} that the number of endmembers comes from.
     *
     * @return three figures or more
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure("endmembers", "The endmembers.", SpectraPlot.of(endmembers)));
        figures.add(
                new Figure("abundances", "How much of each endmember the pixels hold.", AbundancePanel.of(abundances)));
        figures.add(new Figure(
                "residual",
                "What the model leaves unexplained: the root mean square over the bands, in the unit of the scene.",
                MapPicture.of(residual)));
        factorization.ifPresent(found -> figures.addAll(found.extras()));
        brightness.ifPresent(map -> figures.add(Abundances.brightnessFigure(map)));
        intervals.ifPresent(limits -> figures.addAll(limits.figures()));
        count.ifPresent(why -> figures.addAll(why.figures()));
        return List.copyOf(figures);
    }
}
