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
 */
public record UnmixingResult(
        Endmembers endmembers,
        AbundanceMaps abundances,
        Optional<Extraction> extraction,
        Optional<Factorization> factorization,
        ScoreMap residual,
        Diagnostics diagnostics)
        implements Illustrated {

    /** Checks that all parts are there. */
    public UnmixingResult {
        Objects.requireNonNull(endmembers, "endmembers");
        Objects.requireNonNull(abundances, "abundances");
        Objects.requireNonNull(extraction, "extraction");
        Objects.requireNonNull(factorization, "factorization");
        Objects.requireNonNull(residual, "residual");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The endmembers ({@code endmembers}), their maps ({@code abundances}), what the model leaves ({@code residual}), and what
     * else a blind unmixer learnt.
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
        return List.copyOf(figures);
    }
}
