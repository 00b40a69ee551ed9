package org.hsi4j.simulate;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Something that makes a cube worse in a known way, and tells exactly what it did. What is drawn at random comes from the
 * degradation's own seed, one stream a band, so the same settings give the same bits on any number of threads. Invalid
 * samples stay invalid.
 *
 * <pre>{@code
 * Stripes.Result striped = Stripes.withDefaults().withSeed(4).apply(clean);
 * Cube noisy = GaussianNoise.withDefaults().withSigma(0.05).apply(striped.cube()).cube();
 * }</pre>
 *
 * @param <R> what it hands back
 */
public interface Degradation<R extends Degraded> {

    /**
     * Degrades a cube with all threads.
     *
     * @param cube the cube, which stays as it is
     * @return the worse cube and what was done to it
     * @throws IllegalArgumentException as {@link #apply(Cube, RunContext)}
     */
    default R apply(Cube cube) {
        return apply(cube, RunContext.defaults());
    }

    /**
     * Degrades a cube.
     *
     * @param cube the cube, which stays as it is
     * @param context threads, progress, cancellation and memory limit; its seed is not used
     * @return the worse cube, on the heap with the precision of the given one, and what was done to it
     * @throws IllegalArgumentException if the settings do not fit the cube or the result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    R apply(Cube cube, RunContext context);
}
