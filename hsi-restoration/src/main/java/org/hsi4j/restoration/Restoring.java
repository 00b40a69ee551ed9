package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Mending a scene, as a sentence. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestoredCube clean = Restoring.of(scene).with(WhitenedSvd.withDefaults()).run();
 * Cube cube = clean.cube();
 * double rank = clean.diagnostics().figures().get("rank");
 * }</pre>
 */
public final class Restoring {
    private final Cube cube;

    private Restoring(Cube cube) {
        this.cube = cube;
    }

    /**
     * Starts with the scene.
     *
     * @param cube the scene as it was measured
     * @return the beginning of the sentence
     */
    public static Restoring of(Cube cube) {
        return new Restoring(Objects.requireNonNull(cube, "cube"));
    }

    /**
     * Chooses the method.
     *
     * @param restorer the method
     * @return the sentence, ready to be run
     */
    public Run with(Restorer restorer) {
        return new Run(cube, Objects.requireNonNull(restorer, "restorer"));
    }

    /** A scene and a method. Immutable and thread-safe. */
    public static final class Run {
        private final Cube cube;
        private final Restorer restorer;

        private Run(Cube cube, Restorer restorer) {
            this.cube = cube;
            this.restorer = restorer;
        }

        /**
         * Runs with {@link RunContext#defaults()}.
         *
         * @return the restored scene
         * @throws IllegalArgumentException if the method cannot work on the scene
         */
        public RestoredCube run() {
            return run(RunContext.defaults());
        }

        /**
         * Runs.
         *
         * @param context threads, progress, cancellation, seed and memory limit
         * @return the restored scene; its diagnostics tell the time of the whole run
         * @throws IllegalArgumentException if the method cannot work on the scene or the result exceeds the memory limit
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public RestoredCube run(RunContext context) {
            long start = System.nanoTime();
            RestoredCube restored = restorer.restore(cube, context);
            return new RestoredCube(restored.cube(), restored.diagnostics().since(start));
        }
    }
}
