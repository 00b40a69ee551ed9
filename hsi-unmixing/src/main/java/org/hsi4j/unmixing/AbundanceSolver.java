package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.Endmembers;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Finds how much of each endmember is in every pixel. Immutable and thread-safe.
 *
 * <p>A solver implements {@link #fit}: its model is a {@link PixelAbundanceModel} when a spectrum is all it needs, and a bare
 * {@link AbundanceModel} that solves whole scenes when it looks at other pixels too. {@link Unmixing} calls {@link #solve}.
 *
 * <pre>{@code
 * Abundances a = Fcls.withDefaults().solve(scene, endmembers, RunContext.defaults());
 * ScoreMap first = a.maps().map(0);
 * }</pre>
 */
public interface AbundanceSolver extends Method {

    /**
     * Prepares for a set of endmembers.
     *
     * @param endmembers the columns of E
     * @return a model for pixels of the same bands
     */
    AbundanceModel fit(Endmembers endmembers);

    /**
     * Solves for the abundances of a whole scene: tile by tile and in bounded memory but for the maps themselves, unless the
     * method says that it holds more.
     *
     * <p>The diagnostics hold those of the model, the iterations, and the figures {@code negatives} (pixels with an
     * abundance below -10<sup>-9</sup>), {@code sum_deviation} (largest distance of the sum of a pixel's abundances from
     * one), {@code fallbacks} (pixels that the fast way could not solve to full accuracy, solved by a slower one) and
     * {@code unconverged} (pixels whose iterations were given up), and of methods that check it {@code kkt}, the largest
     * scaled residual of the conditions of Karush, Kuhn and Tucker. Methods that solve the scene as a whole say which
     * figures of their own they have. Endmembers whose wavelengths lie more than 1 nm
     * from those of the scene are used as they are, and a note says so.
     *
     * @param cube the scene
     * @param endmembers as many bands as the scene
     * @param context threads, progress, cancellation and memory limit
     * @return the abundances; the same for any number of threads
     * @throws IllegalArgumentException if the endmembers have another number of bands, or the maps exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    default Abundances solve(Cube cube, Endmembers endmembers, RunContext context) {
        return Passes.abundances(cube, endmembers, this, context);
    }

    @Override
    default String family() {
        return "unmixing";
    }

    @Override
    default String role() {
        return "abundance solver";
    }
}
