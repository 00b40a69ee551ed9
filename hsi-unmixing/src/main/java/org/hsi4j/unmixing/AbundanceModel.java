package org.hsi4j.unmixing;

import java.io.Serializable;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * An abundance solver that knows its endmembers: gives p abundances a pixel, one an endmember, in their order. Immutable,
 * serialisable and thread-safe; applies to any scene with the same bands. Most solve each pixel by itself, see {@link
 * PixelAbundanceModel}; others look at its neighbours or at the whole scene too.
 */
public interface AbundanceModel extends Serializable {

    /**
     * Bands a scene must have.
     *
     * @return at least one
     */
    int bands();

    /**
     * Number of endmembers, p.
     *
     * @return at least one
     */
    int outputs();

    /**
     * What is known before any pixel is seen.
     *
     * @return the condition of the endmembers as the figure {@code condition}, and a note where they are dependent
     */
    Diagnostics diagnostics();

    /**
     * Solves for the abundances of a scene.
     *
     * @param scene the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the abundances, named em1, em2, ..., the same for any number of threads, and how it went, with what {@link
     *     #diagnostics} says; {@link AbundanceSolver#solve} lists the figures
     * @throws IllegalArgumentException if the scene has another number of bands or the memory limit would be exceeded
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    Abundances solve(Cube scene, RunContext context);
}
