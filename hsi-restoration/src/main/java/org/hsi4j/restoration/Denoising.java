package org.hsi4j.restoration;

import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.RunContext;

/**
 * Taking noise out of a scene, as a sentence. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestoredCube clean = Denoising.of(scene).with(WhitenedSvd.withDefaults()).run();
 * Cube cube = clean.cube();
 * double rank = clean.diagnostics().figures().get("rank");
 * }</pre>
 */
public final class Denoising {
    private final Cube cube;

    private Denoising(Cube cube) {
        this.cube = cube;
    }

    /**
     * Starts with the scene.
     *
     * @param cube the noisy scene
     * @return the beginning of the sentence
     */
    public static Denoising of(Cube cube) {
        return new Denoising(Objects.requireNonNull(cube, "cube"));
    }

    /**
     * Chooses the method.
     *
     * @param denoiser the method
     * @return the sentence, ready to be run
     */
    public Run with(Denoiser denoiser) {
        return new Run(cube, Objects.requireNonNull(denoiser, "denoiser"));
    }

    /** A scene and a method. Immutable and thread-safe. */
    public static final class Run {
        private final Cube cube;
        private final Denoiser denoiser;

        private Run(Cube cube, Denoiser denoiser) {
            this.cube = cube;
            this.denoiser = denoiser;
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
            RestoredCube restored = denoiser.denoise(cube, context);
            return new RestoredCube(restored.cube(), restored.diagnostics().since(start));
        }
    }
}
