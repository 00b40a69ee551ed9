package org.hsi4j.unmixing;

import java.util.List;
import java.util.Objects;
import org.hsi4j.Endmembers;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.view.Figure;
import org.hsi4j.view.Illustrated;
import org.hsi4j.view.SpectraPlot;

/**
 * Endmembers found among the pixels of a scene, in two forms: the pixels as they are, with their noise, and the same pixels
 * projected on the signal subspace, which takes most of the noise out. A method of minimum volume ({@link Mvsa}, {@link Sisal}) finds corners that need not be
 * pixels: these are then what is projected, and the pixels are those with the largest share of each.
 *
 * @param pixels the spectra of the pixels
 * @param projected the same spectra projected on the subspace that the method worked in, or what the method made of them
 *     to take their noise out (its description says so); equal to {@code pixels} for a method that does neither
 * @param positions the number of each pixel in the scene, {@code row * columns + column}, in the order of the endmembers
 * @param diagnostics how the search went
 */
public record Extraction(Endmembers pixels, Endmembers projected, List<Integer> positions, Diagnostics diagnostics)
        implements Illustrated {

    /**
     * Checks that the parts belong together and copies the positions.
     *
     * @throws IllegalArgumentException if the numbers of endmembers or bands differ
     */
    public Extraction {
        positions = List.copyOf(positions);
        Objects.requireNonNull(diagnostics, "diagnostics");
        if (pixels.count() != projected.count() || pixels.count() != positions.size()) {
            throw new IllegalArgumentException(pixels.count() + " pixels, " + projected.count()
                    + " projected pixels and " + positions.size() + " positions do not belong together");
        }
        if (pixels.bands() != projected.bands()) {
            throw new IllegalArgumentException(
                    "pixels have " + pixels.bands() + " bands but projected pixels have " + projected.bands());
        }
    }

    /**
     * The endmembers without most of their noise ({@code projected}) and as they are ({@code pixels}).
     *
     * @return two figures
     */
    @Override
    public List<Figure> figures() {
        return List.of(
                new Figure("projected", "The endmembers, projected on the signal subspace.", SpectraPlot.of(projected)),
                new Figure(
                        "pixels",
                        "The pixels they were found in.",
                        SpectraPlot.of(pixels).withTitle("Pixels of the endmembers")));
    }
}
