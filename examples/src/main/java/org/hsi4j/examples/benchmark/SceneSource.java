package org.hsi4j.examples.benchmark;

import java.io.IOException;
import org.hsi4j.run.RunContext;

/**
 * Where a scene comes from.
 *
 * @param <S> the scenes
 * @param name its name in the table
 * @param about what it is and what its truth is worth, in a sentence
 * @param drawn whether another seed makes another scene
 * @param maker makes it
 */
public record SceneSource<S>(String name, String about, boolean drawn, Maker<S> maker) {

    /**
     * Makes a scene.
     *
     * @param <S> the scenes
     */
    @FunctionalInterface
    public interface Maker<S> {

        /**
         * Makes the scene.
         *
         * @param context its seed is that of the scene
         * @return the scene
         * @throws IOException if a file cannot be read
         */
        S make(RunContext context) throws IOException;
    }
}
