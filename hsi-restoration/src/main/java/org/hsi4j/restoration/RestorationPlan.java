package org.hsi4j.restoration;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hsi4j.Cube;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * Steps that mend a scene, in their order, each with its reason. A value: a caller can look at the plan of an {@link
 * AutoRestorer}, take a step out or put another in its place, and run what is left. Immutable and thread-safe.
 *
 * <pre>{@code
 * RestorationPlan plan = AutoRestorer.withDefaults().plan(Diagnosis.of(scene, context));
 * RestoredCube mended = plan.replaced(0, FastHyIn.withDefaults()).run(scene, context);
 * }</pre>
 *
 * @param steps the steps; none for a scene in order
 */
public record RestorationPlan(List<Step> steps) {

    /**
     * One step.
     *
     * @param reason why it is taken, a sentence
     * @param restorer what is done
     */
    public record Step(String reason, Restorer restorer) {

        /** Checks that both are there. */
        public Step {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(restorer, "restorer");
        }

        @Override
        public String toString() {
            return restorer.name() + ": " + reason;
        }
    }

    /** Copies the list. */
    public RestorationPlan {
        steps = List.copyOf(steps);
    }

    /**
     * Without a step.
     *
     * @param index its number, from zero
     * @return another plan
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public RestorationPlan without(int index) {
        List<Step> changed = new ArrayList<>(steps);
        changed.remove(index);
        return new RestorationPlan(changed);
    }

    /**
     * With another method for a step; the reason stays.
     *
     * @param index number of the step, from zero
     * @param restorer the other method
     * @return another plan
     * @throws IndexOutOfBoundsException if there is no such step
     */
    public RestorationPlan replaced(int index, Restorer restorer) {
        List<Step> changed = new ArrayList<>(steps);
        Step old = steps.get(index);
        Restorer other = old.restorer() instanceof PresentBands bands ? bands.with(restorer) : restorer;
        changed.set(index, new Step(old.reason(), other));
        return new RestorationPlan(changed);
    }

    /**
     * With one more step at the end.
     *
     * @param reason why it is taken
     * @param restorer the method
     * @return another plan
     */
    public RestorationPlan then(String reason, Restorer restorer) {
        List<Step> changed = new ArrayList<>(steps);
        changed.add(new Step(reason, restorer));
        return new RestorationPlan(changed);
    }

    /**
     * Takes the steps, one after the other.
     *
     * @param cube the scene
     * @param context threads, progress, cancellation, seed and memory limit
     * @return the mended scene; a note a step, and the figures of all
     * @throws IllegalArgumentException if a method cannot work on the scene or a result exceeds the memory limit
     * @throws java.util.concurrent.CancellationException if the run is cancelled
     */
    public RestoredCube run(Cube cube, RunContext context) {
        long start = System.nanoTime();
        Cube mended = cube;
        Diagnostics diagnostics = Diagnostics.none();
        for (Step step : steps) {
            RestoredCube restored = step.restorer().restore(mended, context);
            diagnostics = restored.diagnostics().after(diagnostics.note(step.toString()));
            mended = restored.cube();
        }
        return new RestoredCube(mended, diagnostics.with("steps", steps.size()).since(start));
    }

    @Override
    public String toString() {
        return steps.isEmpty()
                ? "nothing to do"
                : String.join("; ", steps.stream().map(Step::toString).toList());
    }
}
