package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleBinaryOperator;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * How much of each pixel a target fills, see {@link FillFraction}. The maps are NaN at invalid pixels.
 *
 * @param fraction share of the target, at most 1; signed, as background scatters about zero
 * @param standardError one standard deviation of the share
 * @param diagnostics how it went
 */
public record FillFractions(ScoreMap fraction, ScoreMap standardError, Diagnostics diagnostics) implements Illustrated {

    /** Checks that every part is there. */
    public FillFractions {
        Objects.requireNonNull(fraction, "fraction");
        Objects.requireNonNull(standardError, "standardError");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The lower ends of two-sided intervals.
     *
     * @param confidence that the interval covers the share, above zero and below one
     * @return from 0 to 1
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public ScoreMap lower(double confidence) {
        double deviations = deviations(confidence);
        return ends("lower fill fraction", (share, error) -> share - deviations * error);
    }

    /**
     * The upper ends of two-sided intervals.
     *
     * @param confidence that the interval covers the share, above zero and below one
     * @return from 0 to 1
     * @throws IllegalArgumentException if the confidence is out of range
     */
    public ScoreMap upper(double confidence) {
        double deviations = deviations(confidence);
        return ends("upper fill fraction", (share, error) -> share + deviations * error);
    }

    /** Half the width of an interval in standard errors. */
    static double deviations(double confidence) {
        if (!(confidence > 0 && confidence < 1)) {
            throw new IllegalArgumentException("a confidence is above 0 and below 1, not " + confidence);
        }
        return NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
    }

    private ScoreMap ends(String name, DoubleBinaryOperator end) {
        double[] values = fraction.toArray();
        double[] errors = standardError.toArray();
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(0, Math.min(1, end.applyAsDouble(values[i], errors[i]))); // NaN stays
        }
        return ScoreMap.of(name, fraction.rows(), fraction.columns(), values)
                .withGeoReference(fraction.geoReference().orElse(null));
    }

    /**
     * The maps: {@code fraction} and {@code standard-error}.
     *
     * @return two figures
     */
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("fraction", "Share of the target in each pixel.", MapPicture.of(fraction)),
                new Figure("standard-error", "One standard deviation of that share.", MapPicture.of(standardError)));
    }
}
