package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/**
 * Finds endmembers and abundances together: endmembers need not be pixels of the scene. Immutable and thread-safe.
 *
 * <pre>{@code
 * Factorization f = Nmf.withDefaults().unmix(scene, 4, RunContext.defaults());
 * UnmixingResult r = Unmixing.of(scene).endmembers(4).blind(Nmf.withDefaults()).run();
 * }</pre>
 */
public interface BlindUnmixer extends Method {

    /**
     * Unmixes a scene.
     *
     * @param cube the scene; only valid pixels are looked at
     * @param count number of endmembers, p
     * @param context threads, progress, cancellation, memory limit, and the seed for a method that has none of its own
     * @return endmembers and abundances; the same for any number of threads
     * @throws IllegalArgumentException if the count is smaller than one, or greater than the method can find in this scene, or
     *     the abundances exceed the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    Factorization unmix(Cube cube, int count, RunContext context);

    @Override
    default String family() {
        return "unmixing";
    }

    @Override
    default String role() {
        return "blind unmixer";
    }
}
