package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * A method that needs the whole scene for its statistics, but never in memory: it learns in passes over tiles, and its result is a view that
 * computes the samples when they are read. So a scene larger than the heap goes from file to file.
 *
 * <pre>{@code
 * Cube large = Cubes.read(Path.of("large.hdr"));
 * Cubes.write(MomentMatching.withDefaults().stream(large, context).cube(), Path.of("mended.hdr"));
 * }</pre>
 */
public interface StreamingRestorer extends Restorer {

    /**
     * Restores a scene without holding the result: the same samples as those of {@link #restore}, unless the method says how they differ.
     *
     * @param cube the scene as it was measured; must not change while the result is in use
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the restored scene as a view, which reads the scene whenever it is read
     * @throws IllegalArgumentException if the method cannot work on such a scene or what it learns exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    RestoredCube stream(Cube cube, RunContext context);
}
