package org.hsi4j.restoration;

import org.hsi4j.Cube;
import org.hsi4j.Precision;
import org.hsi4j.SampleSource;
import org.hsi4j.run.Diagnostics;
import org.hsi4j.run.RunContext;

/**
 * What a method has learnt of a whole scene, and what is then left to do: one pass in which no sample needs more than its pixel. That
 * pass goes into the heap, or is done again whenever the result is read.
 *
 * @param cube the scene, which lends its metadata
 * @param source the restored samples, computed when they are read; NaN where there is none
 * @param provenance what was done
 * @param diagnostics how the learning went
 */
record Learnt(Cube cube, SampleSource source, String provenance, Diagnostics diagnostics) {

    /** Learns. */
    interface Learner {

        /**
         * Passes over a scene as often as it must.
         *
         * @param beside bytes of the result, if it is to be held beside what is learnt
         */
        Learnt learn(Cube cube, RunContext context, long beside);
    }

    /** The result on the heap. */
    static RestoredCube onHeap(Cube cube, RunContext context, Learner learner) {
        long start = System.nanoTime();
        long bytes = bytes(cube);
        context.requireMemory(bytes, "the restored cube");
        Learnt learnt = learner.learn(cube, context, bytes);
        Cube.Builder clean = learnt.source instanceof ModelSource model
                ? model.onHeap(learnt.cube, context)
                : copy(learnt.view().build(), context);
        return new RestoredCube(clean.provenance(learnt.provenance).build(), learnt.diagnostics.since(start));
    }

    /** The result as a view. */
    static RestoredCube view(Cube cube, RunContext context, Learner learner) {
        long start = System.nanoTime();
        Learnt learnt = learner.learn(cube, context, 0);
        return new RestoredCube(learnt.view().provenance(learnt.provenance).build(), learnt.diagnostics.since(start));
    }

    /** A view on the heap. */
    static Cube.Builder copy(Cube view, RunContext context) {
        Cube.Builder result = Cube.builderLike(view);
        RowBlocks.forEach(
                view, context, "restoring", (index, first, count, planes) -> result.run(first, count, planes));
        return result;
    }

    /** The samples as they are when they are read. */
    private Cube.Builder view() {
        return Cube.builderLike(cube, source);
    }

    /** What is to be said of memory when the result is held too. */
    static String besideResult(long beside) {
        return beside > 0 ? " with the restored cube" : "";
    }

    /** Bytes of a restored cube. */
    static long bytes(Cube cube) {
        return (cube.precision() == Precision.FLOAT ? Float.BYTES : Double.BYTES) * cube.samples();
    }
}
