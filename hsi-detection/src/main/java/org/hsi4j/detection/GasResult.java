package org.hsi4j.detection;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Mask;
import org.hsi4j.ScoreMap;
import org.hsi4j.metrics.Connectivity;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * How much of a gas lies over each pixel. All maps are NaN at invalid pixels and where nothing could be measured.
 *
 * @param enhancement column of the gas above the background, <b>ppm m</b>, as it is: no other scaling
 * @param uncertainty one standard deviation of the enhancement, ppm m
 * @param sensitivity signal of the gas in this pixel by that in the mean pixel, which has 1: a dark pixel has less
 * @param diagnostics how it went
 */
public record GasResult(ScoreMap enhancement, ScoreMap uncertainty, ScoreMap sensitivity, Diagnostics diagnostics)
        implements Illustrated {

    /** Columns that are white in the picture are no rarer than this. */
    private static final double BRIGHTEST = 99.5;

    /** Checks that every part is there. */
    public GasResult {
        Objects.requireNonNull(enhancement, "enhancement");
        Objects.requireNonNull(uncertainty, "uncertainty");
        Objects.requireNonNull(sensitivity, "sensitivity");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The pixels of plumes: of the components, joined by sides and corners, of what has more gas than a threshold, those that are
     * large enough. Noise above the threshold makes small components, plumes large ones.
     *
     * @param threshold ppm m; 500 is what STARCOP (Ruzicka and others, 2023) takes with mag1c
     * @param leastPixels pixels that a plume has at least, one or more
     * @return the plumes
     * @throws IllegalArgumentException if the threshold is NaN or the least size below one
     */
    public Mask plumes(double threshold, int leastPixels) {
        return plumeObjects(threshold, leastPixels).map().mask();
    }

    /**
     * The plumes one by one, with place, extent, and the highest and the mean column of the gas as peak and mean score.
     *
     * @param threshold ppm m, as in {@link #plumes}
     * @param leastPixels pixels that a plume has at least, one or more
     * @return the plumes
     * @throws IllegalArgumentException if the threshold is NaN or the least size below one
     */
    public DetectedObjects plumeObjects(double threshold, int leastPixels) {
        return DetectedObjects.of(enhancement, threshold, Connectivity.EIGHT, leastPixels);
    }

    /**
     * The maps: {@code enhancement}, {@code uncertainty} and {@code sensitivity}.
     *
     * @return three figures
     */
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure(
                        "enhancement",
                        "Column of the gas above the background, in ppm m.",
                        MapPicture.of(enhancement).withPercentiles(0, BRIGHTEST).withUnit("ppm m")),
                new Figure(
                        "uncertainty",
                        "One standard deviation of the enhancement, in ppm m.",
                        MapPicture.of(uncertainty).withUnit("ppm m")),
                new Figure(
                        "sensitivity",
                        "Signal of the gas in the pixel by that in the mean pixel.",
                        MapPicture.of(sensitivity)));
    }
}
