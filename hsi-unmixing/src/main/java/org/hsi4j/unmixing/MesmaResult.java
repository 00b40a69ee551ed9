package org.hsi4j.unmixing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hsi4j.AbundanceMaps;
import org.hsi4j.ScoreMap;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.AbundancePanel;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.MapPicture;

/**
 * What {@link Mesma} finds in a scene. All maps are NaN at invalid pixels.
 *
 * @param fractions one map a class, zero where the class is not in the model of the pixel
 * @param shade what is left of one; zero in a model without shade, one where no model counts
 * @param chosen one map a class: the index in the library of the spectrum that stands for it, -1 where there is none
 * @param size number of spectra in the model of the pixel, zero where no model counts
 * @param rmse root mean square over the bands of what the model leaves, in the unit of the scene
 * @param diagnostics the figures {@code models}, {@code size}, {@code dependent_models} and {@code unmodelled}
 */
public record MesmaResult(
        AbundanceMaps fractions,
        ScoreMap shade,
        List<ScoreMap> chosen,
        ScoreMap size,
        ScoreMap rmse,
        Diagnostics diagnostics)
        implements Illustrated {

    /**
     * Checks that the parts belong together and copies the list.
     *
     * @throws IllegalArgumentException if the numbers of classes differ
     */
    public MesmaResult {
        chosen = List.copyOf(chosen);
        Objects.requireNonNull(shade, "shade");
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(rmse, "rmse");
        Objects.requireNonNull(diagnostics, "diagnostics");
        if (chosen.size() != fractions.count()) {
            throw new IllegalArgumentException("fractions of " + fractions.count() + " classes and choices for "
                    + chosen.size() + " do not belong together");
        }
    }

    /**
     * The fractions ({@code fractions}), the RMSE ({@code rmse}), the size of the models ({@code size}) and the chosen spectra of
     * each class ({@code chosen-1}, ...).
     *
     * @return at least four figures
     */
    @Override
    public List<Figure> figures() {
        List<Figure> figures = new ArrayList<>(List.of(
                new Figure("fractions", "How much of each class the pixels hold.", AbundancePanel.of(fractions)),
                new Figure(
                        "rmse",
                        "What the model of the pixel leaves unexplained: the root mean square over the bands.",
                        MapPicture.of(rmse)),
                new Figure("size", "Number of spectra in the model of the pixel.", MapPicture.of(size))));
        for (int k = 0; k < chosen.size(); k++) {
            figures.add(new Figure(
                    "chosen-" + (k + 1),
                    "Which spectrum of the library stands for "
                            + fractions.names().get(k) + ", -1 for none.",
                    MapPicture.of(chosen.get(k))));
        }
        return List.copyOf(figures);
    }
}
