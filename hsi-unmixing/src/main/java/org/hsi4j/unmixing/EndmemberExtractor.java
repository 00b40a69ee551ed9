package org.hsi4j.unmixing;

import org.hsi4j.Cube;
import org.hsi4j.method.Method;
import org.hsi4j.run.RunContext;

/** Finds the endmembers of a scene among its pixels, or beyond them. Immutable and thread-safe. */
public interface EndmemberExtractor extends Method {

    /**
     * Finds endmembers.
     *
     * @param cube the scene; only valid pixels are looked at
     * @param count number of endmembers, p
     * @param context threads, progress, cancellation, memory limit, and the seed for a method that has none of its own
     * @return the endmembers; the same for any number of threads
     * @throws IllegalArgumentException if the count is smaller than one, or greater than the number of bands or of valid
     *     pixels
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    Extraction extract(Cube cube, int count, RunContext context);

    @Override
    default String family() {
        return "unmixing";
    }

    @Override
    default String role() {
        return "endmember extractor";
    }
}
