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

    /**
     * Leaves the choice to a diagnosis: {@link AutoRestorer}.
     *
     * @return the sentence, ready to be run
     */
    public Automatic automatically() {
        return automatically(AutoRestorer.withDefaults());
    }

    /**
     * Leaves the choice to a diagnosis, with options.
     *
     * @param restorer who plans
     * @return the sentence, ready to be run
     */
    public Automatic automatically(AutoRestorer restorer) {
        return new Automatic(cube, Objects.requireNonNull(restorer, "restorer"));
    }

    /**
     * A scene that is to be diagnosed and mended. Immutable and thread-safe.
     *
     * <pre>{@code
     * Restoring.Automatic sentence = Restoring.of(scene).automatically();
     * Diagnosis diagnosis = sentence.diagnose(context);
     * MendedScene mended = sentence.run(diagnosis, sentence.plan(diagnosis).without(2), context);
     * }</pre>
     */
    public static final class Automatic {
        private final Cube cube;
        private final AutoRestorer restorer;

        private Automatic(Cube cube, AutoRestorer restorer) {
            this.cube = cube;
            this.restorer = restorer;
        }

        /**
         * Finds out what is wrong.
         *
         * @param context threads, progress, cancellation and memory limit
         * @return the diagnosis
         * @throws IllegalArgumentException if the scene does not fit the memory limit twice in float64
         */
        public Diagnosis diagnose(RunContext context) {
            return Diagnosis.of(cube, context);
        }

        /**
         * Plans what to do.
         *
         * @param diagnosis what is wrong
         * @return the plan
         */
        public RestorationPlan plan(Diagnosis diagnosis) {
            return restorer.plan(diagnosis);
        }

        /**
         * Runs with {@link RunContext#defaults()}.
         *
         * @return the mended scene with diagnosis and plan
         * @throws IllegalArgumentException if a method cannot work on the scene
         */
        public MendedScene run() {
            return run(RunContext.defaults());
        }

        /**
         * Diagnoses, plans and runs.
         *
         * @param context threads, progress, cancellation, seed and memory limit
         * @return the mended scene with diagnosis and plan
         * @throws IllegalArgumentException if a method cannot work on the scene or a result exceeds the memory limit
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public MendedScene run(RunContext context) {
            return restorer.mend(cube, context);
        }

        /**
         * Runs a plan of the caller's.
         *
         * @param diagnosis what is wrong
         * @param plan what to do about it
         * @param context threads, progress, cancellation, seed and memory limit
         * @return the mended scene with diagnosis and plan
         * @throws IllegalArgumentException if a method cannot work on the scene or a result exceeds the memory limit
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public MendedScene run(Diagnosis diagnosis, RestorationPlan plan, RunContext context) {
            return AutoRestorer.mend(cube, diagnosis, plan, context);
        }
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

        /**
         * Learns, and leaves the rest to whoever reads the result: so a scene larger than the heap goes from file to file.
         *
         * @param context threads, progress, cancellation, seed and memory limit
         * @return the restored scene as a view, which reads the scene whenever it is read
         * @throws IllegalArgumentException if the method is no {@link StreamingRestorer}, cannot work on the scene, or what it learns
         *     exceeds the memory limit
         * @throws java.util.concurrent.CancellationException if the run is cancelled
         */
        public RestoredCube stream(RunContext context) {
            if (restorer instanceof StreamingRestorer streaming) {
                return streaming.stream(cube, context);
            }
            throw new IllegalArgumentException(restorer.name() + " holds its whole result: it cannot stream");
        }
    }
}
