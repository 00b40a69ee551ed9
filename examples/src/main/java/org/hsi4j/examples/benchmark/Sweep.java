package org.hsi4j.examples.benchmark;

import java.util.List;
import java.util.function.DoubleFunction;

/**
 * One parameter of the generator, taken through its range while the others stay.
 *
 * @param <S> the scenes
 * @param key one word, for file names
 * @param label the parameter with its unit
 * @param values its values, in rising order
 * @param scenes the scene of a value
 */
public record Sweep<S>(String key, String label, List<Double> values, DoubleFunction<SceneSource<S>> scenes) {

    /** Copies the list. */
    public Sweep {
        values = List.copyOf(values);
    }

    /**
     * The figures of a contestant at a value of the parameter.
     *
     * @param key the sweep
     * @param value the value
     * @param entry the figures
     */
    public record Point(String key, double value, Entry entry) {}
}
