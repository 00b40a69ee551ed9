package org.hsi4j.examples.benchmark;

import java.util.Map;
import java.util.function.Supplier;
import org.hsi4j.run.RunContext;

/**
 * A method in a setting: one row of the table for each scene.
 *
 * @param <S> the scenes it runs on
 */
public interface Contestant<S> {

    /**
     * The method.
     *
     * @return its name
     */
    String method();

    /**
     * What it is given, and what completes it.
     *
     * @return a few words
     */
    String setting();

    /**
     * Whether the scene has what the setting needs.
     *
     * @param scene the scene
     * @return whether to run
     */
    boolean suits(S scene);

    /**
     * Does the work, which is timed, and says how to score it, which is not.
     *
     * @param scene the scene
     * @param context seed, threads and cancellation
     * @return the scores
     */
    Supplier<Map<Measure, Double>> run(S scene, RunContext context);
}
