package org.hsi4j.view;

import java.util.List;

/**
 * A result that knows how to draw itself. Every result of the science modules does; what is on the floors below pictures
 * (scenes, maps, spectra, statistics, figures of merit) is drawn by the static {@code of} of a picture instead, which the
 * description of this package lists.
 *
 * <pre>{@code
 * for (Figure figure : result.figures()) {
 *     figure.picture().writePng(folder.resolve(figure.name() + ".png"));
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Illustrated {

    /**
     * The pictures, what matters most first.
     *
     * @return at least one, with different names
     */
    List<Figure> figures();
}
