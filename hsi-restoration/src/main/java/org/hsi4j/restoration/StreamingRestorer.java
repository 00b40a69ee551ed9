package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * A method that learns in passes over the whole scene and then needs no more than a pixel for a pixel: its result is a view that
 * computes the samples when they are read, so a scene larger than the heap goes from file to file. All statistics are those of the scene,
 * never of a tile.
 *
 * <p>Held is what is learnt. Methods of single spectra and of lines hold some matrices; those of subspaces, such as
 * {@link SubspaceDenoiser}, the images of the scene's components, which are few, in place of its bands. A run whose memory limit that exceeds is
 * refused before the images are made.
 *
 * <pre>{@code
 * Cube large = Cubes.read(Path.of("large.hdr"));
 * RestoredCube mended = Restoring.of(large).with(MomentMatching.withDefaults()).stream(RunContext.defaults());
 * Cubes.write(mended.cube(), Path.of("mended.hdr"));
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
