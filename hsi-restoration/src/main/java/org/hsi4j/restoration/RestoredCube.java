package org.hsi4j.restoration;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.Quantity;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.ComparisonPanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;
import org.hsi4j.view.QuickLook;
import org.hsi4j.view.SpectraPlot;

/**
 * A restored scene and how the restoration went.
 *
 * @param cube the restored scene
 * @param diagnostics what was estimated on the way
 */
public record RestoredCube(Cube cube, Diagnostics diagnostics) implements Illustrated {

    /** Checks that both are there. */
    public RestoredCube {
        Objects.requireNonNull(cube, "cube");
        Objects.requireNonNull(diagnostics, "diagnostics");
    }

    /**
     * The restored scene ({@code after}).
     *
     * @return one figure
     */
    @Override
    public List<Figure> figures() {
        return List.of(new Figure("after", "After.", QuickLook.of(cube)));
    }

    /**
     * The restored scene beside the scene as it was: both in the same bands and stretch ({@code before}, {@code after}), the
     * band that changed most with the difference ({@code comparison}), what was taken out in all bands ({@code removed}), and
     * the middle pixel ({@code spectra}).
     *
     * @param before the scene as it was
     * @return five figures; only the first two where the restored scene has pixels of another size
     * @throws IllegalArgumentException if it has another number of bands
     */
    public List<Figure> figures(Cube before) {
        Cube shown = before.masked(before.validMask());
        QuickLook look = QuickLook.of(shown);
        List<Integer> bands = look.bands();
        List<Figure> both = List.of(
                new Figure("before", "Before.", look),
                new Figure(
                        "after",
                        "After, in the same bands and the same stretch.",
                        QuickLook.of(cube)
                                .withBands(bands.get(0), bands.get(1), bands.get(2))
                                .withStretchOf(shown)));
        if (before.rows() != cube.rows() || before.columns() != cube.columns()) {
            return both;
        }
        return List.of(
                both.get(0),
                both.get(1),
                new Figure(
                        "comparison",
                        "The band that changed most, relative to what varies in it.",
                        ComparisonPanel.of(before, cube).withUnit(unit(before))),
                new Figure(
                        "removed",
                        "What was taken out: the root mean square over the bands, in the unit of the scene.",
                        MapPicture.of(removed(before)).withUnit(unit(before))),
                new Figure("spectra", "The middle pixel before and after.", middle(before)));
    }

    /**
     * What was taken out of each pixel: the root mean square over the bands of the difference, in the unit of the scene.
     *
     * @param before the scene as it was
     * @return the map, NaN at invalid pixels
     * @throws IllegalArgumentException if its shape is not that of the restored scene
     */
    public ScoreMap removed(Cube before) {
        if (before.rows() != cube.rows() || before.columns() != cube.columns() || before.bands() != cube.bands()) {
            throw new IllegalArgumentException("the scene was " + before.rows() + "x" + before.columns() + "x"
                    + before.bands() + " but is " + cube.rows() + "x" + cube.columns() + "x" + cube.bands());
        }
        double[] squares = new double[before.pixels()];
        for (int b = 0; b < before.bands(); b++) {
            double[] x = before.plane(b);
            double[] y = cube.plane(b);
            for (int i = 0; i < squares.length; i++) {
                squares[i] += (x[i] - y[i]) * (x[i] - y[i]);
            }
        }
        for (int i = 0; i < squares.length; i++) {
            squares[i] = Math.sqrt(squares[i] / before.bands());
        }
        return ScoreMap.of("removed", before.rows(), before.columns(), squares)
                .withGeoReference(before.geoReference().orElse(null));
    }

    private SpectraPlot middle(Cube before) {
        int row = before.rows() / 2;
        int column = before.columns() / 2;
        return SpectraPlot.of(List.of(
                        before.spectrum(row, column).named("before"),
                        cube.spectrum(row, column).named("after")))
                .withTitle("Pixel (" + row + ", " + column + ")")
                .withValueLabel(unit(before).isEmpty() ? "value" : unit(before));
    }

    private static String unit(Cube before) {
        return before.quantity() == Quantity.UNKNOWN
                ? ""
                : before.quantity().name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
